"""Facts as rows: their ids last as long as the report states them, whatever sentence is quoted."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from ledger.facts import read_facts, same_facts
from ledger.reports import Report

TEXT = "About 2,500 US troops are in Iraq. The coalition's mission in Iraq is to end by the end of September 2025."
REPORT = Report("one", None, "A", date(2025, 9, 7), "en", "T", TEXT)


def ids(report: Report) -> dict[str, str]:
    return {row["kind"]: row["id"] for row in read_facts(report)}


def test_facts_are_rows_with_all_keys_and_their_quote() -> None:
    rows = read_facts(REPORT)
    assert {row["kind"] for row in rows} == {"troops", "deadline", "nation"}
    assert len({frozenset(row) for row in rows}) == 1
    for row in rows:
        assert TEXT[row["char_start"] : row["char_end"]] == row["quote"]
        assert len(row["id"]) == 16
    number = next(row for row in rows if row["kind"] == "troops")
    assert (number["count_min"], number["count_max"], number["approximate"], number["event"]) == (
        2500,
        2500,
        True,
        None,
    )


def test_an_id_stays_when_the_words_around_the_fact_change() -> None:
    moved = replace(REPORT, text=f"Nothing is known of tanks. {TEXT}")
    assert ids(moved) == ids(REPORT)


def test_an_id_changes_with_the_report_and_with_what_is_said() -> None:
    assert not set(ids(replace(REPORT, id="two")).values()) & set(ids(REPORT).values())
    more = ids(replace(REPORT, text=TEXT.replace("2,500", "2,600")))
    assert more["troops"] != ids(REPORT)["troops"]
    assert more["deadline"] == ids(REPORT)["deadline"]


def test_the_same_facts_are_told_from_others() -> None:
    rows = read_facts(REPORT)
    assert same_facts(rows, list(reversed(rows)))
    assert not same_facts(rows, rows[1:])
    assert not same_facts(rows, [row | {"rule": "other"} for row in rows])
