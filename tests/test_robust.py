"""Any text at all: never an error, quotes that stand in the text, facts that make sense, the same ones twice."""

from __future__ import annotations

import csv
import json
import re
from datetime import date
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from extract import Fact, extract
from extract.dateline import day_of
from extract.languages import LANGUAGES, language_of
from extract.model import KEYS
from tests.cases import rows

ROOT = Path(__file__).resolve().parent.parent
TEXTS = [
    json.loads(path.read_text(encoding="utf-8"))["text"] for path in sorted((ROOT / "data" / "reports").glob("*.json"))
]
TABLES = ("numbers.csv", "dates.csv", "names.csv", "clauses.csv")
# Bits of sentences that rules look for, in all languages.
BITS = sorted({row["text"] for name in TABLES for row in rows(name)})
STATUSES = {
    "base": {"present", "leaving", "left", "arriving"},
    "troops": {"present", "past", "planned", "leaving", "left", "arriving"},
    "deadline": {"planned", "done"},
    "nation": {None},
}
# The id of a site that the gazetteer lacks.
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)+")
DAYS = st.dates(date(1990, 1, 1), date(2099, 12, 31))
LANGS = st.sampled_from(LANGUAGES)
MARKS = list(" .,;:!?()[]{}\"'«»“”-–—/|•…\n\r\t،؛؟٪%0123456789٠١٢٣\u200c\u200f\u202b\u0640\u064b\ufeff")
FAST = settings(deadline=None, max_examples=100)


def places() -> set[str]:
    with (ROOT / "data" / "places.csv").open(encoding="utf-8", newline="") as table:
        return {row["id"] for row in csv.DictReader(table)}


def forces() -> set[str]:
    with (ROOT / "data" / "forces.csv").open(encoding="utf-8", newline="") as table:
        return {row["id"] for row in csv.DictReader(table)}


PLACES, FORCES = places(), forces()


def check(text: str, published: date, lang: str) -> None:
    """Reads a text twice and looks at each fact."""
    found = extract(text, published, lang)
    assert extract(text, published, lang) == found
    for fact in found:
        check_fact(fact, text)


def check_fact(fact: Fact, text: str) -> None:
    assert text[fact.char_start : fact.char_end] == fact.quote
    assert fact.quote.strip()
    assert fact.rule
    assert set(KEYS[fact.kind]) <= fact.as_dict().keys()
    assert fact.status in STATUSES[fact.kind]
    assert fact.force in FORCES
    if fact.kind in ("base", "deadline"):
        assert fact.place
    if fact.kind == "troops":
        assert fact.place is None or fact.place in PLACES or SLUG.fullmatch(fact.place)
        low, high = fact.count_min, fact.count_max
        assert low is not None or high is not None
        assert low is None or high is None or 0 <= low <= high
    if fact.kind == "deadline":
        assert fact.date_start is not None
        assert fact.date_end is not None
        assert fact.date_start <= fact.date_end
    for start, end, _kind in fact.marks:
        assert 0 <= start <= end <= len(text)


@given(text=st.text(max_size=200), published=DAYS, lang=LANGS)
@FAST
def test_any_characters(text: str, published: date, lang: str) -> None:
    check(text, published, lang)


@given(bits=st.lists(st.one_of(st.sampled_from(BITS), st.sampled_from(MARKS)), max_size=30), published=DAYS, lang=LANGS)
@FAST
def test_any_bits_of_sentences(bits: list[str], published: date, lang: str) -> None:
    check(" ".join(bits), published, lang)
    check("".join(bits), published, lang)


@given(data=st.data(), text=st.sampled_from(TEXTS), published=DAYS, lang=LANGS)
@FAST
def test_reports_cut_swapped_doubled_and_broken(data: st.DataObject, text: str, published: date, lang: str) -> None:
    places = st.integers(0, len(text))
    for _ in range(data.draw(st.integers(1, 4))):
        a, b = sorted((data.draw(places), data.draw(places)))
        text = data.draw(
            st.sampled_from(
                [
                    text[:a] + text[b:],
                    text[a:b],
                    text[b:] + text[a:b] + text[:a],
                    text[:b] + text[a:b] + text[b:],
                    text[:a] + data.draw(st.sampled_from(MARKS)) + text[a:],
                    text[:a] + text[a:b].upper() + text[b:],
                    text[:a] + text[a:b][::-1] + text[b:],
                    text[:a] + text[a:b].replace(" ", "") + text[b:],
                    text[:a] + text[a:b].encode().decode("cp1256", "replace") + text[b:],
                ]
            )
        )
    check(text, published, lang)


@given(text=st.one_of(st.text(max_size=200), st.sampled_from(TEXTS)), lang=LANGS)
@FAST
def test_language_and_day_of_any_text(text: str, lang: str) -> None:
    assert language_of(text) in LANGUAGES
    assert isinstance(day_of(text, lang), date | None)


@given(bit=st.one_of(st.sampled_from(MARKS), st.sampled_from(BITS)), lang=LANGS, times=st.sampled_from([50, 400]))
@settings(deadline=None, max_examples=40)
def test_endless_repetition(bit: str, lang: str, times: int) -> None:
    check(bit * times, date(2025, 9, 7), lang)
