"""The ledger keeps reports, readings, facts and reviews: the same on SQLite and on PostgreSQL."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from ledger import facts as reader
from ledger import intake, store
from ledger.errors import LedgerError, UnknownError
from ledger.facts import read_facts
from ledger.reports import Report
from ledger.reviews import Review
from ledger.schema import metadata
from ledger.store import Ledger

TEXT = "About 2,500 US troops are in Iraq. The coalition's mission in Iraq is to end by the end of September 2025."
ONE = Report("one", "https://example.org/1", "A", date(2025, 9, 7), "en", "T", TEXT)
OTHER = replace(
    ONE, id="two", url="https://example.org/2", publisher="B", text="France has 300 soldiers in Iraq, said B."
)


@pytest.fixture
def ledger(url: str) -> Ledger:
    return Ledger(url)


def test_a_report_is_kept_as_it_was_with_its_facts(ledger: Ledger) -> None:
    report = replace(ONE, note="told second-hand", summary=True, retrieved=datetime(2025, 9, 8, 7, 0, tzinfo=UTC))
    kept = ledger.add(report, by="me")
    assert (kept.id, kept.new, kept.why, kept.origin) == ("one", True, None, "one")
    assert ledger.report("one") == report
    facts = ledger.facts_in("one")
    assert len(facts) == kept.facts > 0
    assert {row["kind"] for row in facts} == {"troops", "deadline", "nation"}
    for row in facts:
        assert TEXT[row["char_start"] : row["char_end"]] == row["quote"]
        assert (row["report"], row["publisher"], row["voice"], row["published"]) == ("one", "A", "A", ONE.published)
        assert ledger.facts([row["fact"]]) == {row["fact"]: row}
    deadline = next(row for row in facts if row["kind"] == "deadline")
    assert deadline["date_end"] == date(2025, 9, 30)


@pytest.mark.parametrize(
    ("again", "why"),
    [
        (replace(ONE), "url"),
        (replace(ONE, id="x", text="Another text at the same address."), "url"),
        (replace(ONE, id="x", url=None), "text"),
        (replace(ONE, id="x", url="https://mirror.example/1", publisher="B", title="Other"), "text"),
    ],
)
def test_the_same_report_twice_is_kept_once(ledger: Ledger, again: Report, why: str) -> None:
    ledger.add(ONE, "me")
    kept = ledger.add(again, "you")
    assert (kept.id, kept.new, kept.why) == ("one", False, why)
    assert [row["report"] for row in ledger.listing()] == ["one"]


def test_a_taken_id_gets_a_number(ledger: Ledger) -> None:
    ledger.add(ONE, "me")
    assert ledger.add(replace(OTHER, id="one"), "me").id == "one-2"
    third = replace(OTHER, id="one", url=None, text="Italy has 200 soldiers in Erbil.")
    assert ledger.add(third, "me").id == "one-3"
    assert {row["report"] for row in ledger.facts_in("one-2")} == {"one-2"}
    assert ledger.report("one") == ONE


def test_a_changed_file_is_a_new_revision_and_the_old_one_stays(ledger: Ledger, tmp_path: Path) -> None:
    def write(words: str) -> None:
        (tmp_path / "r.txt").write_text(f"7 September 2025\n{words}", encoding="utf-8")

    write(TEXT)
    assert [kept.new for kept in ledger.fill(tmp_path)] == [True]
    assert ledger.fill(tmp_path) == []
    old = ledger.facts_in("r")
    write("About 900 US troops are in Iraq.")
    assert [kept.new for kept in ledger.fill(tmp_path)] == [True]
    assert "900" in ledger.report("r").text
    assert [row["count_max"] for row in ledger.facts_in("r") if row["kind"] == "troops"] == [900]
    assert [(event.what, event.report) for event in ledger.history() if event.who] == [("added", "r"), ("revised", "r")]
    write(TEXT)
    ledger.fill(tmp_path)
    assert [row["fact"] for row in ledger.facts_in("r")] == [row["fact"] for row in old]


def test_nothing_can_be_changed_or_removed(ledger: Ledger) -> None:
    ledger.add(ONE, "me")
    ledger.review(Review("one", None, "accepted", "me"))
    for table in metadata.tables.values():
        column = next(iter(table.columns))
        for deed in (table.delete(), table.update().values({column: column})):
            with pytest.raises(DBAPIError, match="only grows"), ledger.engine.begin() as connection:
                connection.execute(deed)


def test_the_schema_of_the_migrations_is_the_schema_of_the_code(ledger: Ledger) -> None:
    with ledger.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


def test_many_may_start_at_once(url: str) -> None:
    problems: list[BaseException] = []

    def begin() -> None:
        try:
            Ledger(url).add(ONE, "me")
        except BaseException as problem:  # told below, in the test's own thread
            problems.append(problem)

    threads = [threading.Thread(target=begin) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert problems == []
    assert len(Ledger(url).listing()) == 1


def test_a_review_is_seen_by_all_who_have_the_ledger_open(url: str) -> None:
    one, other = Ledger(url), Ledger(url)
    one.add(ONE, "me")
    day = date(2025, 9, 10)
    number = next(row for row in other.facts_in("one") if row["kind"] == "troops")
    assert other.picture(day).troops["count_max"].tolist() == [2500]
    one.review(Review("one", number["fact"], "corrected", "me", {"count_max": "2000", "count_min": "2000"}, "misread"))
    assert other.picture(day).troops["count_max"].tolist() == [2000]
    row = other.facts([number["fact"]])[number["fact"]]
    assert (row["review"], row["read"]) == ("corrected", {"count_max": 2500, "count_min": 2500})
    one.review(Review("one", number["fact"], "rejected", "me"))
    assert other.picture(day).troops.empty
    assert other.facts([number["fact"]])[number["fact"]]["review"] == "rejected"
    one.review(Review("one", number["fact"], "reopened", "me"))
    assert other.picture(day).troops["count_max"].tolist() == [2500]
    one.review(Review("one", None, "rejected", "me", why="a hoax"))
    assert other.picture(day).newest is None
    assert [row["rejected"] for row in other.listing()] == [True]
    said = [event.what for event in other.history() if event.who == "me"]
    assert said == ["added", "corrected", "rejected", "reopened", "rejected"]


@pytest.mark.parametrize(
    ("verdict", "changed", "words"),
    [
        ("right", None, "one of accepted, rejected, corrected, reopened"),
        ("accepted", {"count_max": "5"}, "corrected names the right values"),
        ("corrected", None, "corrected names the right values"),
        ("corrected", {"colour": "red"}, "a troops has no 'colour'"),
        ("corrected", {"count_max": "many"}, "'many' is no number of persons"),
        ("corrected", {"count_min": "9", "count_max": "5"}, "lies after"),
        ("corrected", {"status": "gone"}, "it is one of present, past"),
        ("corrected", {"force": "XX"}, "force 'XX' is not known"),
        ("corrected", {"place": "Somewhere else!"}, "is not known"),
        ("corrected", {"force": ""}, "cannot be empty"),
    ],
)
def test_a_wrong_verdict_says_what_can_be(
    ledger: Ledger, verdict: str, changed: dict[str, str] | None, words: str
) -> None:
    ledger.add(ONE, "me")
    number = next(row for row in ledger.facts_in("one") if row["kind"] == "troops")
    with pytest.raises(LedgerError, match=words):
        ledger.review(Review("one", number["fact"], verdict, "me", changed))
    assert [event.what for event in ledger.history() if event.who == "me"] == ["added"]


def test_only_what_is_there_can_be_reviewed(ledger: Ledger) -> None:
    ledger.add(ONE, "me")
    ledger.add(OTHER, "me")
    fact = ledger.facts_in("two")[0]["fact"]
    for report, which in (("nowhere", None), ("one", "0123456789abcdef"), ("one", fact)):
        with pytest.raises(UnknownError):
            ledger.review(Review(report, which, "accepted", "me"))


def test_a_new_reader_reads_anew_and_reviews_stay_with_their_facts(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    ledger.add(ONE, "me")
    ledger.add(OTHER, "me")
    facts = ledger.facts_in("one")
    number = next(row for row in facts if row["kind"] == "troops")
    nation = next(row for row in facts if row["kind"] == "nation")
    for row in (number, nation):
        ledger.review(Review("one", row["fact"], "accepted", "me"))
    assert ledger.unread() == []

    def newer(report: Report) -> list[reader.Row]:
        return [row | {"rule": "newer"} for row in read_facts(report) if row["kind"] != "nation"]

    for module in (store, intake):
        monkeypatch.setattr(module, "version", lambda: "newer")
    monkeypatch.setattr(store, "read_facts", newer)
    assert sorted(ledger.unread()) == ["one", "two"]
    assert [ledger.reread(ident) for ident in ("one", "two")] == [True, True]
    assert ledger.unread() == []
    assert ledger.reread("one") is False
    again = ledger.facts([number["fact"]])[number["fact"]]
    assert (again["rule"], again["review"]) == ("newer", "accepted")
    assert [review.fact for review in ledger.orphans()] == [nation["fact"]]
    assert nation["fact"] not in ledger.facts([nation["fact"]])


def test_the_same_facts_read_again_are_kept_once(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    ledger.add(ONE, "me")
    before = ledger.facts_in("one")
    for module in (store, intake):
        monkeypatch.setattr(module, "version", lambda: "newer")
    assert ledger.reread("one") is False
    assert ledger.facts_in("one") == before
    with ledger.engine.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM facts")) == len(before)
        assert connection.scalar(text("SELECT count(*) FROM readings")) == 2


AGENCY = (
    "The coalition handed over the base to the Iraqi army on Monday, officials said. About 2,500 US troops remain in "
    "Iraq and will leave Harir by September 2026, according to two officers who spoke on condition of anonymity. The "
    "move follows months of talks between Baghdad and Washington about the future of the mission, which began in 2014 "
    "after the group seized a third of the country. A spokesman said the transition would be carried out in two phases "
    "and that trainers would stay in Erbil until the end of next year, when the last of them will go home."
)


def test_near_copies_of_one_text_are_one_voice(ledger: Ledger) -> None:
    first = replace(ONE, id="agency", publisher="Agency", text=AGENCY)
    copy = replace(ONE, id="copy", url=None, publisher="Paper", text=f"{AGENCY} The paper could not reach the embassy.")
    for report in (OTHER, first, copy):
        ledger.add(report, "me")
    assert {row["report"]: row["origin"] for row in ledger.listing()} == {
        "two": "two",
        "agency": "agency",
        "copy": "agency",
    }
    assert {(row["publisher"], row["voice"]) for row in ledger.facts_in("copy")} == {("Paper", "Agency")}
    assert {row["voice"] for row in ledger.facts_in("two")} == {"B"}
