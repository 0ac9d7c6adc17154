"""Promise keeping: one row a promise, one an announcer."""

from __future__ import annotations

from ledger.keeping import ANNOUNCERS, PROMISES, announcers, promises
from tests.rows import day, done, line, lines, picture_of, promise

PLAN = promise("2025-03-01", "2025-09", "A", speaker="the minister")
TOLD = [
    PLAN,
    promise("2025-04-01", "2025-12", "B"),
    promise("2025-05-01", "2026-01", "C", speaker="a general"),
    done("2026-02-10", "2026-02-09"),
    promise("2025-03-02", "2025-06", "A", place="harir", speaker="the minister"),
    promise("2025-03-03", "2025-06", "A", place="IQ-KR"),
    promise("2025-03-04", "2026-09", "A", place="SY"),
    done("2026-08-05", "2026-08-04", place="al-tanf"),  # not announced
]


def test_a_promise_with_its_moves_and_the_days_between() -> None:
    found = line(promises(picture_of(TOLD, "2026-08-10")), place="ain-al-asad")
    assert (found["announcer"], found["first_published"]) == ("the minister", day("2025-03-01"))
    assert (found["first_start"], found["first_end"]) == (day("2025-09-01"), day("2025-09-30"))
    steps = [(step["published"], step["from_end"], step["date_end"], step["announcer"]) for step in found["moves"]]
    assert steps == [
        (day("2025-04-01"), day("2025-09-30"), day("2025-12-31"), "B"),
        (day("2025-05-01"), day("2025-12-31"), day("2026-01-31"), "a general"),
    ]
    assert (found["state"], found["met_on"]) == ("met_late", day("2026-02-09"))
    assert (found["days"], found["days_late"]) == (132, 9)
    before = line(promises(picture_of(TOLD, "2025-04-15")), place="ain-al-asad")
    assert (before["days"], before["days_late"], len(before["moves"])) == (None, None, 1)


def test_who_keeps_promises() -> None:
    promised = promises(picture_of(TOLD, "2026-08-10"))
    assert [row["place"] for row in lines(promised)] == ["ain-al-asad", "harir", "IQ-KR", "SY"]
    names = ("announcer", "promised", "met", "met_late", "moved", "passed", "open")
    assert [tuple(row[name] for name in names) for row in lines(announcers(promised))] == [
        ("A", 2, 0, 0, 0, 1, 1),
        ("the minister", 2, 0, 1, 1, 1, 0),
    ]


def test_kept_before_its_day() -> None:
    told = [PLAN, done("2025-08-02", "2025-08-01")]
    found = line(promises(picture_of(told, "2025-09-07")))
    assert (found["days"], found["days_late"]) == (-60, 0)


def test_without_promises_the_tables_are_empty_and_have_their_columns() -> None:
    promised = promises(picture_of([], "2025-09-07"))
    assert (list(promised), len(promised)) == (list(PROMISES), 0)
    assert (list(announcers(promised)), len(announcers(promised))) == (list(ANNOUNCERS), 0)
