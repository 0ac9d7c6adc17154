"""What the time bar is told: days as gaps, days in words, how old the newest report is, a day to compare with."""

from __future__ import annotations

import json
from datetime import date, timedelta
from itertools import accumulate

import pytest

from pages.parts.timebar import earlier, stops, told
from pages.parts.words import LOCALES, words
from tests.rows import cases, day

FIRST, TODAY = date(2019, 1, 19), date(2026, 11, 23)


def at_stops(found: dict[str, object]) -> list[date]:
    gaps = found["gaps"]
    assert isinstance(gaps, list)
    return [day(str(found["first"])) + timedelta(days=days) for days in accumulate(gaps)]


def test_the_slider_stops_at_the_first_day_at_each_change_and_today() -> None:
    found = stops([(day("2020-02-29"), 3), (day("2025-09-07"), 900)], FIRST, TODAY)
    assert at_stops(found) == [FIRST, day("2020-02-29"), day("2025-09-07"), TODAY]
    assert found["heights"] == "0290"
    assert at_stops(stops([], TODAY, TODAY)) == [TODAY]


def test_thousands_of_days_are_small() -> None:
    every = [(FIRST + timedelta(days=n), n % 60) for n in range((TODAY - FIRST).days)]
    found = stops(every, FIRST, TODAY)
    assert len(at_stops(found)) == len(every) + 1
    assert len(json.dumps(found)) < 12_500


@pytest.mark.parametrize("lang", LOCALES)
def test_days_come_out_as_the_words_write_them(lang: str) -> None:
    word = words(lang)
    data = told(word, TODAY, TODAY)
    for when in (day("2025-09-07"), day("2022-11-11"), day("2019-02-22"), day("2011-12-31")):
        year, number = ("".join(data["digits"][int(digit)] for digit in str(value)) for value in (when.year, when.day))
        said = data["months"][when.month - 1].replace("{d}", number).replace("{y}", year)
        assert said == word.day(when)
        assert data["then"].replace("{day}", said) == word("time.then", day=word.day(when))


@pytest.mark.parametrize(
    ("newest", "english", "arabic"),
    [
        (None, "No report yet", "لا تقارير بعد"),
        ("2026-11-23", "Newest report of the same day", "أحدث تقرير في اليوم نفسه"),
        ("2026-11-22", "Newest report 1 day old", "أحدث تقرير قبل يوم واحد"),
        ("2026-11-21", "Newest report 2 days old", "أحدث تقرير قبل يومين"),
        ("2026-11-13", "Newest report 10 days old", "أحدث تقرير قبل ١٠ أيام"),
    ],
)
def test_the_age_of_the_newest_report(newest: str | None, english: str, arabic: str) -> None:
    for lang, said in (("en", english), ("ar", arabic)):
        assert told(words(lang), TODAY, day(newest) if newest else None)["age"] == said


@pytest.mark.parametrize(
    ("as_of", "expected"),
    cases(
        [
            ("thirty days before", "2025-09-20", "2025-08-21"),
            ("the last change is longer ago", "2021-06-01", "2020-02-28"),
            ("never before the first day", "2019-02-01", "2019-01-19"),
        ]
    ),
)
def test_a_day_to_compare_with(as_of: str, expected: str) -> None:
    changed = [(FIRST, 2), (day("2020-02-29"), 3), (day("2025-09-07"), 9)]
    assert earlier(changed, FIRST, day(as_of)) == day(expected)
