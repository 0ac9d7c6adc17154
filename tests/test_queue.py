"""The queue of review, the preview of a report, and verdicts kept with it, on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from ledger.errors import LedgerError, UnknownError
from ledger.queue import CONTRADICTS, DECIDES, REST, contradict
from ledger.reports import Report
from ledger.reviews import Review
from ledger.store import Ledger
from tests.rows import Row, base, cases, promise, troops

DAY = date(2025, 9, 10)


def report(ident: str, text: str, day: int, publisher: str) -> Report:
    return Report(ident, f"https://{ident}.example/a", publisher, date(2025, 9, day), "en", ident, text)


OLD = report("old", "About 2,500 US troops are in Iraq. French troops are in Iraq too.", 1, "A")
LEAVING = report("leaving", "US forces are withdrawing from Harir air base.", 2, "A")
ARRIVING = report("arriving", "New US forces have arrived at Harir air base.", 5, "B")


@pytest.fixture
def ledger(url: str) -> Ledger:
    own = Ledger(url)
    for one in (OLD, LEAVING, ARRIVING):
        own.add(one, "Layla")
    return own


def test_contradictions_come_first_then_what_decides_a_row_then_the_rest(ledger: Ledger) -> None:
    ledger.add(report("older", "About 2,400 US troops are in Iraq.", 1, "A"), "Layla")
    waiting = ledger.queue(DAY, 20)
    reasons = [one.reason for one in waiting]
    assert reasons == sorted(reasons, key=(CONTRADICTS, DECIDES, REST).index)
    assert [one.fact["report"] for one in waiting if one.reason == CONTRADICTS] == ["arriving", "leaving"]
    assert [one.against[0]["report"] for one in waiting if one.reason == CONTRADICTS] == ["leaving", "arriving"]
    assert len(waiting) == ledger.waiting(DAY) == len({one.fact["fact"] for one in waiting})
    assert [one.fact for one in ledger.queue(DAY, 2)] == [one.fact for one in waiting[:2]]


def test_who_is_judged_leaves_the_queue_and_comes_back_when_reopened(ledger: Ledger) -> None:
    first, number = ledger.queue(DAY, 1)[0].fact, ledger.waiting(DAY)
    for verdict, left in (("accepted", number - 1), ("reopened", number), ("rejected", number - 1)):
        ledger.review(Review(first["report"], first["fact"], verdict, "Omar"))
        assert ledger.waiting(DAY) == left
        assert (first["fact"] in {one.fact["fact"] for one in ledger.queue(DAY, 50)}) == (left == number)


def test_facts_of_a_rejected_report_and_later_ones_do_not_wait(ledger: Ledger) -> None:
    ledger.review(Review("arriving", None, "rejected", "Omar"))
    waiting = ledger.queue(date(2025, 9, 5), 50)
    assert {one.fact["report"] for one in waiting} == {"old", "leaving"}
    assert CONTRADICTS not in {one.reason for one in waiting}
    assert {one.fact["report"] for one in ledger.queue(date(2025, 9, 1), 50)} == {"old"}


PAIRS = [
    ("other states of a base", base("2025-09-01", "A", "left"), base("2025-09-05", "B", "present"), True),
    ("the same voice", base("2025-09-01", "A", "left"), base("2025-09-05", "A", "present"), False),
    ("the same state", base("2025-09-01", "A", "left"), base("2025-09-05", "B", "left"), False),
    ("long after", base("2025-07-01", "A", "left"), base("2025-09-05", "B", "present"), False),
    ("other numbers", troops("2025-09-01", 2500, 2500), troops("2025-09-05", 900, 900, publisher="B"), True),
    ("numbers that overlap", troops("2025-09-01", 2000, 2500), troops("2025-09-05", 2500, None, publisher="B"), False),
    ("other windows", promise("2025-09-01", "2025-10"), promise("2025-09-05", "2026-10", publisher="B"), True),
    ("one window in the other", promise("2025-09-01", "2026"), promise("2025-09-05", "2026-10", publisher="B"), False),
    ("other kinds", base("2025-09-01", "A", "left"), troops("2025-09-05", 900, 900, publisher="B"), False),
]


@pytest.mark.parametrize(("one", "other", "expected"), cases(PAIRS))
def test_what_contradicts(one: Row, other: Row, expected: bool) -> None:
    assert contradict(one, other) == contradict(other, one) == expected


NEW = report("new", "Fewer than 300 US troops are in Iraq, and US forces left Harir air base.", 8, "C")


def test_a_preview_tells_the_picture_that_adding_gives_and_writes_nothing(ledger: Ledger) -> None:
    stamp, now = ledger.stamp(), ledger.picture(DAY)
    ahead = ledger.preview(NEW, DAY)
    assert ledger.stamp() == stamp
    assert ahead.before.bases.equals(now.bases) and ledger.picture(DAY).bases.equals(now.bases)
    assert (ahead.kept.new, ahead.kept.id, ahead.kept.origin) == (True, "new", "new")
    kept = ledger.add(NEW, "Layla")
    assert kept == ahead.kept
    after = ledger.picture(DAY)
    for table in ("bases", "troops", "deadlines", "nations"):
        assert getattr(after, table).equals(getattr(ahead.after, table)), table
    assert [row["fact"] for row in ahead.facts] == [row["fact"] for row in ledger.facts_in("new")]


def test_a_preview_of_what_is_known_changes_nothing_and_says_which_it_is(ledger: Ledger) -> None:
    ahead = ledger.preview(replace(OLD, id="other", url=None), DAY)
    assert (ahead.kept.new, ahead.kept.id, ahead.kept.why) == (False, "old", "text")
    assert ahead.after is ahead.before


def test_verdicts_are_kept_with_the_report_even_under_another_id(ledger: Ledger) -> None:
    new = replace(NEW, id="old")
    facts = ledger.preview(new, DAY).facts
    number = next(row for row in facts if row["kind"] == "troops")
    site = next(row for row in facts if row["kind"] == "base")
    said = [
        Review("old", number["fact"], "corrected", "Layla", {"count_max": 250}),
        Review("old", site["fact"], "rejected", "Layla"),
    ]
    ahead = ledger.preview(new, DAY, said)
    kept = ledger.add(new, "Layla", said)
    assert kept.id == ahead.kept.id == "old-2"
    rows = {row["kind"]: row for row in ledger.facts_in("old-2")}
    assert (rows["troops"]["count_max"], rows["troops"]["read"]) == (250, {"count_max": 300})
    assert rows["base"]["review"] == "rejected"
    assert ledger.picture(DAY).troops.count_max.tolist() == ahead.after.troops.count_max.tolist()
    assert not [row for row in ledger.facts_in("old") if row["review"]]


@pytest.mark.parametrize("bad", [{"count_max": "many"}, {"role": "nato"}, None])
def test_a_verdict_that_cannot_be_keeps_nothing(ledger: Ledger, bad: dict[str, object] | None) -> None:
    number = next(row for row in ledger.preview(NEW, DAY).facts if row["kind"] == "troops")
    with pytest.raises(LedgerError):
        ledger.add(NEW, "Layla", [Review("new", number["fact"], "corrected", "Layla", bad)])
    with pytest.raises(UnknownError, match="states no fact"):
        ledger.add(NEW, "Layla", [Review("new", "0" * 16, "rejected", "Layla")])
    assert "new" not in ledger.stored(["new"])


def test_near_copies_are_listed_together_and_an_address_is_known(ledger: Ledger) -> None:
    assert ledger.has("http://www.old.example/a?utm_source=x") and not ledger.has("https://old.example/b")
    assert not ledger.has("no address")
    assert [row["report"] for row in ledger.copies("old")] == ["old"]
