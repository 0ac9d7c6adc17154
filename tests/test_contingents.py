"""Nations with their numbers by place, entry and announced end, and which of them are asked for."""

from __future__ import annotations

from typing import Any

import pytest

from ledger.contingents import contingents, fits
from ledger.plain import rows_of
from tests.rows import Row, base, cases, claims_of, day, done, nation, picture_of, promise, troops

DAY = "2025-09-07"


def of(rows: list[Row], as_of: str = DAY) -> dict[str, Row]:
    drawn = picture_of(rows, as_of)
    found = contingents(rows_of(drawn.nations), rows_of(drawn.troops), rows_of(drawn.deadlines))
    return {row["force"]: row for row in found}


def entry(rows: list[Row]) -> tuple[Any, ...]:
    row = of(rows)["FR"]
    return str(row["entry"]), row["arrival"], row["entry_fact"]


NAMED = nation("2024-01-01", "FR")
THERE = base("2024-02-01", "A", "present", force="FR")
SAME_DAY = base("2024-01-01", "B", "arriving", force="FR")
NOWHERE = troops("2023-05-01", 100, 100, force="FR", place=None)
GONE = done("2025-02-01", "2025-01-31", place="IQ", force="FR")
GONE_NAMED = nation("2025-02-01", "FR", publisher="B")  # the same report


@pytest.mark.parametrize(
    ("rows", "wanted"),
    cases(
        [
            ("named before there", [NAMED, THERE], ("2024-01-01", False, NAMED["fact"])),
            ("an arrival of the same day", [NAMED, SAME_DAY], ("2024-01-01", True, SAME_DAY["fact"])),
            ("a number of no place", [NAMED, NOWHERE], ("2023-05-01", False, NOWHERE["fact"])),
            ("gone later", [NAMED, GONE, GONE_NAMED], ("2024-01-01", False, NAMED["fact"])),
            ("only its end was told", [GONE, GONE_NAMED], ("None", None, None)),
            ("only that some left", [troops("2025-01-01", 9, 9, force="FR", status="left")], ("None", None, None)),
            ("only plans", [promise("2025-01-01", "2026", place="IQ", force="FR")], ("None", None, None)),
            ("later than the day", [NAMED, base("2026-01-01", "A", "arriving", force="FR")],
             ("2024-01-01", False, NAMED["fact"])),
        ]
    ),
)  # fmt: skip
def test_entry_is_the_first_report_of_forces_there(rows: list[Row], wanted: tuple[Any, ...]) -> None:
    assert entry(rows) == wanted


def test_numbers_are_those_told_as_there_each_with_its_place_and_never_added() -> None:
    rows = [
        troops("2025-08-01", 2500, 2500),
        troops("2025-09-01", 1600, None, place="ain-al-asad"),
        troops("2025-07-01", 0, 0, place="SY"),
        troops("2025-09-02", 5000, 5000, place="KW", status="planned"),
        troops("2025-09-03", 30, 30, force="FR"),
    ]
    found = of(rows)
    told = [(n["place"], n["count_min"], n["count_max"]) for n in found["US"]["numbers"]]
    assert told == [("IQ", 2500, 2500), ("ain-al-asad", 1600, None), ("SY", 0, 0)]
    assert found["US"]["count_max"] == 2500
    assert list(found) == ["US", "FR"]


def plan(when: str, place: str, **values: Any) -> Row:
    return promise("2024-01-01", when, place=place, **{"force": "FR"} | values)


@pytest.mark.parametrize(
    ("rows", "wanted"),
    cases(
        [
            ("none", [], None),
            ("the next ahead", [plan("2026-09", "IQ"), plan("2025-12", "SY")], ("SY", "2025-12-31")),
            ("ahead before passed", [plan("2025-02", "IQ"), plan("2026-12", "IQ-AR")], ("IQ-AR", "2026-12-31")),
            ("else the last passed", [plan("2024-02", "SY"), plan("2025-02", "IQ")], ("IQ", "2025-02-28")),
            ("a country before its part", [plan("2025-10", "IQ-AR"), plan("2025-12", "IQ")], ("IQ", "2025-12-31")),
            ("bases are none", [plan("2025-12", "ain-al-asad")], None),
            ("nor is a deed nobody announced", [plan("2024-12-01", "IQ", status="done")], None),
            ("nor another's", [plan("2025-12", "IQ", force="coalition")], None),
        ]
    ),
)
def test_the_announced_end(rows: list[Row], wanted: tuple[str, str] | None) -> None:
    end = of([nation("2024-01-01", "FR"), *rows])["FR"]["exit"]
    assert (end and (end["place"], str(end["date_end"]))) == wanted


ROWS: list[Row] = [
    {"roles": ["coalition", "nato"], "gone": False},
    {"roles": ["nato"], "gone": True},
    {"roles": [], "gone": False},
]


@pytest.mark.parametrize(
    ("role", "gone", "wanted"),
    [
        (None, None, [0, 1, 2]),
        ("nato", None, [0, 1]),
        ("coalition", None, [0]),
        ("bilateral", None, []),
        ("unknown", None, [2]),
        (None, False, [0, 2]),
        (None, True, [1]),
        ("nato", False, [0]),
        ("coalition", True, []),
        ("x", None, []),
    ],
)
def test_which_fit(role: str | None, gone: bool | None, wanted: list[int]) -> None:
    assert [at for at, row in enumerate(ROWS) if fits(row, role, gone)] == wanted


def test_the_newest_facts_of_a_force_come_first_and_none_of_a_later_day() -> None:
    rows = [nation("2025-01-01", "FR"), troops("2025-01-01", 5, 5, force="FR"), nation("2025-03-01", "FR")]
    rows += [nation("2026-01-01", "FR"), nation("2025-02-01", "US")]
    claims = claims_of(rows)
    first, second, third = (row["fact"] for row in rows[:3])
    assert claims.newest_of("FR", day(DAY), 9) == ([third, first, second], 3)
    assert claims.newest_of("FR", day(DAY), 1) == ([third], 3)
    assert claims.newest_of("FR", day("2024-01-01"), 9) == ([], 0)
    assert claims.newest_of("atlantis", day(DAY), 9) == ([], 0)
