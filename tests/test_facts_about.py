"""Facts are found by kind, force and place as they stand now: last revision, last reading, last verdict."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from ledger.intake import prepared
from ledger.reports import Report
from ledger.reviews import Review
from ledger.store import Ledger

DAY = date(2025, 9, 7)
ONE = Report("one", "https://example.org/1", "A", DAY, "en", "T", "About 2,500 US troops are in Iraq.")
TWO = replace(
    ONE,
    id="two",
    url="https://example.org/2",
    publisher="B",
    published=DAY + timedelta(days=3),
    text="Some 900 US troops are in Syria. There are 1,400 US troops in Iraq, officials said on Tuesday.",
)


@pytest.fixture
def ledger(url: str) -> Ledger:
    ledger = Ledger(url)
    ledger.add(ONE, by="me")
    ledger.add(TWO, by="me")
    return ledger


def numbers(ledger: Ledger, place: str | None = "IQ", until: date = date.max, limit: int | None = None) -> list[int]:
    return [row["count_max"] for row in ledger.facts_about("troops", "US", place, until, limit)]


def test_the_newest_come_first_and_none_of_a_later_day_or_another_place(ledger: Ledger) -> None:
    assert numbers(ledger) == [1400, 2500]
    assert numbers(ledger, limit=1) == [1400]
    assert numbers(ledger, until=DAY) == [2500]
    assert numbers(ledger, until=DAY - timedelta(days=1)) == []
    assert numbers(ledger, place="SY") == [900]
    assert numbers(ledger, place=None) == []
    assert ledger.facts_about("troops", "FR", "IQ", date.max) == []
    assert ledger.facts_about("base", "US", "IQ", date.max) == []
    (row,) = ledger.facts_about("troops", "US", "IQ", DAY)
    assert row == ledger.facts([row["fact"]])[row["fact"]]


def test_verdicts_count_as_soon_as_they_are_said(ledger: Ledger) -> None:
    new, old = (row["fact"] for row in ledger.facts_about("troops", "US", "IQ", date.max))
    ledger.review(Review("one", old, "rejected", "me"))
    assert numbers(ledger) == [1400]
    ledger.review(Review("one", old, "reopened", "me"))
    assert numbers(ledger) == [1400, 2500]
    ledger.review(Review("two", new, "corrected", "me", {"place": "SY", "count_max": 1500}))
    assert numbers(ledger) == [2500]
    assert numbers(ledger, place="SY") == [900, 1500]
    ledger.review(Review("two", None, "rejected", "me"))
    assert numbers(ledger, place="SY") == []


def test_only_the_last_revision_counts(ledger: Ledger) -> None:
    ledger._revise(prepared(replace(ONE, text="No word.")), "me")
    assert numbers(ledger) == [1400]


def test_all_facts_come_the_newest_first_in_pieces_of_any_size(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = list(ledger.facts_until(date.max))
    assert [row["published"] for row in whole] == sorted((row["published"] for row in whole), reverse=True)
    assert {row["fact"] for row in whole} == {row["fact"] for name in ("one", "two") for row in ledger.facts_in(name)}
    monkeypatch.setattr("ledger.store.REPORTS", 1)
    assert list(ledger.facts_until(date.max)) == whole
    assert {row["report"] for row in ledger.facts_until(DAY)} == {"one"}
    assert list(ledger.facts_until(DAY - timedelta(days=1))) == []
    ledger.review(Review("two", None, "rejected", "me"))
    assert {row["report"] for row in ledger.facts_until(date.max)} == {"one"}


def test_a_ledger_says_whether_it_answers(ledger: Ledger, tmp_path: Path) -> None:
    assert ledger.answers()
    gone = Ledger(f"sqlite:///{tmp_path / 'gone.db'}")
    gone.close()
    (tmp_path / "gone.db").write_bytes(b"no database")
    assert not gone.answers()
