"""Geometry of the charts: where days, numbers, claims and windows stand, in percent."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from pages.parts import strength, timeline
from pages.parts.scale import MOST_LINES, MOST_TICKS, Days, Numbers, days_of, numbers_of

DAY = date(2025, 9, 7)
YEAR = Days(date(2025, 1, 1), date(2025, 12, 31))
TO_5000 = Numbers(1000, 5000)


@pytest.mark.parametrize("greatest", [0, 1, 2, 5, 6, 12, 99, 100, 300, 2500, 5200, 6000, 150_000, 9_999_999])
def test_a_scale_begins_at_zero_has_room_for_all_and_few_round_lines(greatest: int) -> None:
    scale = numbers_of(greatest)
    assert scale.lines()[0] == 0
    assert scale.lines()[-1] == scale.top >= greatest
    assert 1 <= len(scale.lines()) - 1 <= MOST_LINES
    assert str(scale.step).rstrip("0") in {"", "1", "2", "25", "5"}


@pytest.mark.parametrize(("number", "percent"), [(0, 0.0), (1, 0.02), (2500, 50.0), (5000, 100.0), (150_000, 100.0)])
def test_numbers_stand_between_bottom_and_top(number: int, percent: float) -> None:
    assert TO_5000.at(number) == percent


@pytest.mark.parametrize(
    ("first", "last", "ticks", "number"),
    [
        ("2025-01-01", "2025-12-31", "2025-01-01", 6),
        ("2019-01-19", "2026-11-20", "2020-01-01", 7),
        ("2001-01-01", "2026-01-01", "2005-01-01", 5),
        ("2025-01-05", "2025-01-20", None, 0),
    ],
)
def test_ticks_are_few_and_at_the_beginning_of_months(first: str, last: str, ticks: str | None, number: int) -> None:
    found = Days(date.fromisoformat(first), date.fromisoformat(last)).ticks()
    assert len(found) == number <= MOST_TICKS
    assert not found or found[0].isoformat() == ticks


def test_one_day_alone_has_a_year_around_it_and_no_day_is_out_of_the_calendar() -> None:
    alone = days_of([DAY], DAY)
    assert alone.last - alone.first >= timedelta(days=365)
    assert 90 < alone.at(DAY) < 100
    assert days_of([], DAY) == alone
    assert days_of([date.min, date.max], DAY) == Days(date.min, date.max)


def told(low: int | None, high: int | None, day: date = DAY, status: str = "present", **more: Any) -> dict[str, Any]:
    row = {"count_min": low, "count_max": high, "published": day, "status": status, "approximate": False}
    return row | {"report": "r", "fact": f"{low}-{high}-{day}"} | more


@pytest.mark.parametrize(
    ("low", "high", "stands"),
    [
        (2500, 2500, (50.0, 50.0, "", False)),
        (1000, 2000, (20.0, 40.0, "", False)),
        (2000, None, (40.0, 40.0, "up", False)),
        (None, 500, (10.0, 10.0, "down", False)),
        (0, 0, (0.0, 0.0, "", False)),
        (5000, 5000, (100.0, 100.0, "", False)),
        (150_000, None, (100.0, 100.0, "up", True)),
        (6000, 6000, (100.0, 100.0, "up", True)),
    ],
)
def test_a_claim_is_a_point_a_range_or_open(
    low: int | None, high: int | None, stands: tuple[float, float, str, bool]
) -> None:
    (mark,) = strength.marks_of([told(low, high)], YEAR, TO_5000)
    assert (mark.low, mark.high, mark.open, mark.beyond) == stands
    assert mark.x == YEAR.at(DAY)


def test_a_number_that_is_not_stated_is_a_gap_and_never_zero() -> None:
    assert strength.marks_of([told(None, None)], YEAR, TO_5000) == []
    assert strength.steps_of([told(None, None)], None, YEAR, TO_5000, DAY) == []
    assert strength.stated(told(None, None)) is None
    assert strength.stated(told(0, 0)) == (0, 0)


def test_marks_stand_side_by_side_and_never_on_each_other() -> None:
    marks = strength.marks_of([told(2500, 2500, report=str(i)) for i in range(5)], YEAR, TO_5000)
    assert sorted(mark.aside for mark in marks) == [-2, -1, 0, 1, 2]
    apart = [told(2500, 2500), told(1000, 1000), told(2500, 2500, date(2025, 3, 1))]
    assert [mark.aside for mark in strength.marks_of(apart, YEAR, TO_5000)] == [0, 0, 0]
    within = strength.marks_of([told(1000, 3000), told(2000, 2000)], YEAR, TO_5000)
    assert [mark.aside for mark in within] == [0, 1]


def test_numbers_of_earlier_times_do_not_squeeze_those_of_now() -> None:
    claims = [told(5200, 5200), told(150_000, None, status="past")]
    assert strength.scales(claims, DAY)[1] == numbers_of(5200)
    assert strength.scales(claims[1:], DAY)[1] == numbers_of(150_000)
    assert strength.scales([], DAY)[1] == numbers_of(1)


def test_the_line_follows_the_latest_number_and_stops_after_a_year() -> None:
    old, new, end = date(2022, 1, 1), date(2025, 3, 1), date(2025, 9, 7)
    days = Days(date(2021, 1, 1), date(2025, 12, 31))
    claims = [told(900, 900, new), told(2000, 2000, new), told(1, 1, new, "planned"), told(5000, 5000, old)]
    steps = strength.steps_of(claims, None, days, TO_5000, end)
    assert [(step.left, step.right, step.low) for step in steps] == [
        (days.at(old), days.at(old + strength.LASTS), 100.0),
        (days.at(new), days.at(end), 18.0),
    ]
    gone = strength.steps_of(claims, date(2025, 5, 1), days, TO_5000, end)
    assert gone[-1].right == days.at(date(2025, 5, 1))
    (ranged,) = strength.steps_of([told(1000, 2000, new)], None, days, TO_5000, end)
    assert (ranged.low, ranged.high, ranged.open) == (20.0, 40.0, False)
    (open_,) = strength.steps_of([told(1000, None, new)], None, days, TO_5000, end)
    assert open_.open


def line(start: str | None, end: str, **more: Any) -> dict[str, Any]:
    row: dict[str, Any] = {
        "place": "IQ",
        "force": "US",
        "date_start": start and date.fromisoformat(start),
        "date_end": date.fromisoformat(end),
        "state": "upcoming",
        "promised": True,
        "moved": False,
        "first_published": date(2025, 1, 1),
        "met_on": None,
        "history": [],
        "moves": [],
    }
    return row | more


def test_a_window_is_a_bar_and_one_day_has_a_width() -> None:
    on = timeline.track(line("2025-09-01", "2025-09-30"), YEAR)
    assert (on.window.left, on.late, on.earlier) == (YEAR.at(date(2025, 9, 1)), None, ())
    assert on.window.right == pytest.approx(YEAR.at(date(2025, 10, 1)), abs=0.02)
    assert on.mark == YEAR.at(date(2025, 9, 30))
    assert on.announced == timeline.Bar(0.0, on.mark)
    assert timeline.track(line(None, "2025-09-30"), YEAR).window.width > 0


@pytest.mark.parametrize(("met", "late"), [("2025-09-15", False), ("2025-09-30", False), ("2025-10-30", True)])
def test_the_deed_is_the_mark_and_days_late_lead_to_it(met: str, late: bool) -> None:
    day = date.fromisoformat(met)
    on = timeline.track(line("2025-09-01", "2025-09-30", met_on=day, state="met"), YEAR)
    assert on.mark == YEAR.at(day)
    assert (on.late is not None) is late
    if on.late:
        assert on.late.right == pytest.approx(on.mark, abs=0.02)


def test_a_deed_that_nobody_announced_has_no_promise_before_it() -> None:
    row = line(None, "2025-05-31", promised=False, state="met", met_on=date(2025, 5, 31))
    assert timeline.track(row, YEAR).announced is None
    assert timeline.standing(row) == "done"
    assert timeline.standing(row | {"promised": True}) == "met"


def test_windows_before_a_move_are_shown() -> None:
    june = (date(2025, 6, 1), date(2025, 6, 30))
    moves = [{"from_start": june[0], "from_end": june[1]}, {"from_start": None, "from_end": date(2025, 8, 1)}]
    row = line("2025-09-01", "2025-09-30", moved=True, moves=moves)
    assert timeline.earlier_windows(row) == [june, (date(2025, 8, 1), date(2025, 8, 1))]
    assert timeline.track(row, YEAR).earlier[0].left == YEAR.at(june[0])
    assert timeline.earlier_windows(row | {"moves": []}) == []


@pytest.mark.parametrize(
    ("place", "force", "state", "fits"),
    [
        (None, None, None, True),
        ("harir", None, None, True),
        ("IQ", "US", "upcoming", True),
        ("SY", None, None, False),
        (None, "FR", None, False),
        (None, None, "met", False),
    ],
)
def test_a_choice_of_place_takes_in_the_places_within_it(
    place: str | None, force: str | None, state: str | None, fits: bool
) -> None:
    chosen = {"place": place, "force": force, "state": state}
    assert timeline.fits(line(None, "2026-09-30", place="harir"), chosen) is fits
