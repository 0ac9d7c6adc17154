"""What changed between the pictures of two days, as a table of cases."""

from __future__ import annotations

import pytest

from ledger.changes import Change, changes
from ledger.claims import Claims
from ledger.picture import picture
from tests.rows import Row, base, cases, claims_of, day, done, nation, promise, troops

START, END = "2025-09-07", "2025-11-01"
KNOWN = [
    base("2025-08-01", "A", "present", "victoria"),
    troops("2025-08-01", 2500, 2500),
    nation("2025-08-01", "FI"),
    promise("2025-08-01", "2025-10", place="IQ-KR"),
]
HERE = base("2025-08-20", "A", "present")
PLAN = promise("2025-08-01", "2025-09")
CHANGES = [
    # what was told beside that: kind, change, its day; nothing else may have changed
    ("nothing", [], []),
    ("before both days", [HERE], []),
    ("after both days", [base("2025-11-02", "A", "present")], []),
    ("the same again", [HERE, base("2025-10-02", "B", "present")], []),
    ("came and went", [HERE, base("2025-09-10", "A", "leaving"), base("2025-09-12", "A", "present")], []),
    ("a base", [base("2025-09-10", "A", "present")], ["base new 2025-09-10"]),
    ("a status", [HERE, base("2025-09-10", "A", "leaving")], ["base changed 2025-09-10"]),
    ("a contradiction", [HERE, base("2025-09-10", "B", "left")], ["base contradicted 2025-09-10"]),
    ("one no more", [base("2025-09-01", "A", "present"), base("2025-09-05", "B", "left"),
     base("2025-09-10", "A", "left")], ["base changed 2025-09-10"]),
    ("a number", [troops("2025-10-01", 2000, 2000)], ["troops changed 2025-10-01"]),
    ("the same number", [troops("2025-10-01", 2500, 2500)], []),
    ("a nation", [nation("2025-10-01", "FR")], ["nation new 2025-10-01"]),
    ("a nation gone", [done("2025-10-02", "2025-10-01", place="IQ", force="FI", event="mission_end")],
     ["deadline new 2025-10-02", "nation changed 2025-10-01"]),
    ("a promise", [promise("2025-10-01", "2026")], ["deadline new 2025-10-01"]),
    ("one passed", [PLAN], ["deadline late 2025-10-01"]),
    ("one met", [PLAN, done("2025-09-21", "2025-09-20"), done("2025-10-21", "2025-09-20")],
     ["deadline met 2025-09-21"]),
    ("one met late", [PLAN, done("2025-10-05", "2025-10-04")], ["deadline met 2025-10-05"]),
    ("one moved", [PLAN, promise("2025-09-10", "2026-06")], ["deadline moved 2025-09-10"]),
    ("moved twice", [PLAN, promise("2025-09-10", "2026-06"), promise("2025-10-10", "2026-07")],
     ["deadline moved 2025-09-10", "deadline moved 2025-10-10"]),
    ("told more exactly", [promise("2025-08-01", "2026"), promise("2025-10-01", "2026-05")],
     ["deadline changed 2025-10-01"]),
    ("met and denied", [PLAN, done("2025-09-06", "2025-09-05"), troops("2025-09-20", 5, 5, place="ain-al-asad",
     force="coalition")], ["deadline contradicted 2025-11-01", "troops new 2025-09-20"]),
]  # fmt: skip


def between(claims: Claims) -> list[Change]:
    return changes(picture(claims, day(START)), picture(claims, day(END)))


def told(found: list[Change]) -> list[str]:
    return [f"{one.kind} {one.what} {one.day}" for one in found]


@pytest.mark.parametrize(("more", "expected"), cases(CHANGES))
def test_changes(more: list[Row], expected: list[str]) -> None:
    claims = claims_of([*KNOWN, *more])
    found = [one for one in between(claims) if one.place != "IQ-KR"]
    # What a deadline does to its bases is not looked at here, nor what is overdue whatever was told.
    bases = {one.place for one in found if one.what == "late" or any(row["kind"] == "deadline" for row in more)}
    assert sorted(told([one for one in found if one.kind != "base" or one.place not in bases])) == sorted(expected)
    for one in found:
        assert one.facts, "every change rests on facts"
        assert day(START) < one.day <= day(END)
        assert one.before != one.after
        assert (one.before is None) == (one.what == "new")


def test_a_change_tells_before_and_after_and_on_what_it_rests() -> None:
    rows = [HERE, base("2025-09-10", "B", "left")]
    (found,) = between(claims_of(rows))
    assert found.before is not None
    assert (found.before["status"], found.before["state"]) == ("present", "present")
    assert (found.after["status"], found.after["state"]) == ("left", "contested")
    assert (found.place, found.force) == ("ain-al-asad", "coalition")
    assert found.facts == (rows[1]["fact"], rows[0]["fact"])


def test_an_overdue_base_is_late_the_day_after_its_deadline() -> None:
    found = between(claims_of([HERE, PLAN]))
    assert [(one.kind, one.what, one.day) for one in found] == [
        ("base", "late", day("2025-10-01")),
        ("deadline", "late", day("2025-10-01")),
    ]
