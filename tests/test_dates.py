"""Dates: read as written, then put on the calendar from the day of publication.

``tests/cases/dates.csv``: the windows expected of a text ("first day..last day precision", joined by " + "),
nothing for none; ``past`` says whether a deed (yes) or a plan (no) is told, or neither (empty).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from babel import Locale
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.reading import read
from extract.resolve import Window, resolve_date
from tests.cases import Row, cases

PAST = {"yes": True, "no": False, "": None}
# CLDR writes a month as the press of each country does.
CALENDARS = {
    "ar": ("ar", "ar_IQ", "ar_SY", "ar_LB", "ar_JO", "ar_SA", "ar_MA", "ar_DZ", "ar_TN"),
    "ckb": ("ckb",),
    "en": ("en",),
    "fr": ("fr", "fr_CA"),
}
DAYS = st.dates(date(2003, 1, 1), date(2035, 12, 31))


def windows(text: str, lang: str, published: date, past: bool | None) -> Iterator[Window]:
    """The windows of a text's dates, each seen from the one before."""
    before: Window | None = None
    for phrase in read(text, lang).phrases:
        for mention in phrase.mentions:
            if mention.has("date") and (found := resolve_date(mention.get("date"), published, past, before)):
                before = found
                yield found


def told(found: Iterator[Window]) -> str:
    return " + ".join(f"{window.start}..{window.end} {window.precision}" for window in found)


@pytest.mark.parametrize("row", cases("dates.csv"))
def test_every_way_to_say_it(row: Row) -> None:
    published, past = date.fromisoformat(row["published"]), PAST[row["past"]]
    assert told(windows(row["text"], row["lang"], published, past)) == row["expected"]


def calendar_names(width: str) -> list[tuple[str, str, int, str]]:
    return [
        (lang, locale, number, name)
        for lang, locales in CALENDARS.items()
        for locale in locales
        for number, name in getattr(Locale.parse(locale), width)["format"]["wide"].items()
    ]


@pytest.mark.parametrize(("lang", "locale", "month", "name"), calendar_names("months"))
def test_every_month_that_cldr_knows(lang: str, locale: str, month: int, name: str) -> None:  # noqa: ARG001
    expected = date(2025, month, 7)
    assert told(windows(f"7 {name} 2025", lang, date(2025, 6, 1), None)) == f"{expected}..{expected} day"


@pytest.mark.parametrize(("lang", "locale", "weekday", "name"), calendar_names("days"))
def test_every_weekday_that_cldr_knows(lang: str, locale: str, weekday: int, name: str) -> None:  # noqa: ARG001
    monday = date(2025, 9, 1)
    (found,) = windows(name, lang, monday + timedelta(days=6), True)
    assert found == Window(monday + timedelta(days=weekday), monday + timedelta(days=weekday), "day")


@given(day=DAYS, published=DAYS, past=st.sampled_from(list(PAST.values())))
@settings(deadline=None, max_examples=60)
@pytest.mark.parametrize(
    ("lang", "form"),
    [
        ("en", "{:%d/%m/%Y}"),
        ("ar", "{:%d-%m-%Y}"),
        ("fr", "{:%d.%m.%Y}"),
        ("ckb", "{:%d/%m/%Y}"),
        ("en", "{:%Y-%m-%d}"),
    ],
)
def test_a_full_date_does_not_depend_on_the_day_of_publication(
    lang: str, form: str, day: date, published: date, past: bool | None
) -> None:
    assert list(windows(form.format(day), lang, published, past)) == [Window(day, day, "day")]


@given(published=DAYS)
@settings(deadline=None, max_examples=40)
@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "on Thursday"),
        ("en", "in May"),
        ("en", "15 August"),
        ("ar", "الخميس"),
        ("ar", "في أيار"),
        ("ar", "15 آب"),
        ("fr", "jeudi"),
        ("fr", "en mai"),
        ("fr", "le 15 août"),
        ("ckb", "پێنجشەممە"),
        ("ckb", "ئایار"),
        ("ckb", "١٥ی ئاب"),
    ],
)
def test_deeds_lie_behind_and_plans_ahead(lang: str, text: str, published: date) -> None:
    (done,), (planned,) = (tuple(windows(text, lang, published, past)) for past in (True, False))
    assert done.start <= published <= planned.end
    assert planned.end - done.start < timedelta(days=2 * 366)
