"""On which days the picture came to be otherwise: none too few, none too many."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from ledger.days import days_of_change
from ledger.folders import SHIPPED
from ledger.plain import rows_of
from ledger.store import Ledger
from tests.rows import Row, base, cases, claims_of, day, done, picture_of, promise, troops

TODAY = date(2026, 11, 23)
A_DAY = timedelta(days=1)


def days(rows: list[Row], until: str = "2026-11-23") -> dict[str, int]:
    deadlines = rows_of(picture_of(rows, until).deadlines)
    return {str(when): number for when, number in days_of_change(claims_of(rows), deadlines, day(until))}


@pytest.mark.parametrize(
    ("rows", "expected"),
    cases(
        [
            ("nothing", [], {}),
            ("facts of one day are counted", [troops("2025-01-02", 5, 5), base("2025-01-02", "B", "present")],
             {"2025-01-02": 2}),
            ("what is published later is not known", [troops("2027-01-01", 5, 5)], {}),
            ("a window is due, then over", [promise("2025-08-01", "2025-09")],
             {"2025-08-01": 1, "2025-09-01": 1, "2025-10-01": 1}),
            ("one day, told on that day", [promise("2025-09-15", "2025-09-15")], {"2025-09-15": 1, "2025-09-16": 1}),
            ("a window that was over when it was told", [promise("2025-10-05", "2025-09")], {"2025-10-05": 1}),
            ("a window that is not over yet", [promise("2026-08-01", "2026-11")], {"2026-08-01": 1, "2026-11-01": 1}),
            ("kept before its time was over", [promise("2025-08-01", "2025-09"), done("2025-09-10", "2025-09-10")],
             {"2025-08-01": 1, "2025-09-01": 1, "2025-09-10": 1}),
            ("kept too late", [promise("2025-08-01", "2025-09"), done("2025-10-10", "2025-10-10")],
             {"2025-08-01": 1, "2025-09-01": 1, "2025-10-01": 1, "2025-10-10": 1}),
            ("moved in time", [promise("2025-08-01", "2025-09"), promise("2025-08-20", "2026-01")],
             {"2025-08-01": 1, "2025-08-20": 1, "2026-01-01": 1, "2026-02-01": 1}),
            ("moved when it was over", [promise("2025-08-01", "2025-09"), promise("2025-10-20", "2026-01")],
             {"2025-08-01": 1, "2025-09-01": 1, "2025-10-01": 1, "2025-10-20": 1, "2026-01-01": 1, "2026-02-01": 1}),
        ]
    ),
)  # fmt: skip
def test_days(rows: list[Row], expected: dict[str, int]) -> None:
    assert days(rows) == expected


def test_between_the_days_of_the_shipped_reports_nothing_changes_and_on_each_something_does(tmp_path: Path) -> None:
    ledger = Ledger(f"sqlite:///{tmp_path / 'ledger.db'}")
    ledger.fill(*SHIPPED)
    found = ledger.days_of_change(rows_of(ledger.picture(TODAY).deadlines), TODAY)
    when = [one for one, _ in found if one >= date(2025, 8, 1)]
    told = {row["published"] for row in ledger.listing()}
    for this, following in zip(when, [*when[1:], TODAY + A_DAY], strict=True):
        assert following - this == A_DAY or not ledger.changes(this, following - A_DAY), this
        assert this in told or ledger.changes(this - A_DAY, this), this


def test_the_newest_report_by_a_day_is_told_from_those_that_count(tmp_path: Path) -> None:
    ledger = Ledger(f"sqlite:///{tmp_path / 'ledger.db'}")
    assert ledger.newest(TODAY) is None
    ledger.fill(*SHIPPED)
    assert ledger.newest(date(2025, 9, 6)) == date(2025, 9, 3)
    assert ledger.newest(date(2025, 9, 7)) == date(2025, 9, 7)
    assert ledger.newest(date(2018, 1, 1)) is None
