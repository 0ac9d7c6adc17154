"""Dates put on the calendar: what was read, seen from the day of publication."""

from __future__ import annotations

import calendar
from dataclasses import dataclass, replace
from datetime import date, timedelta

from extract.dates import DateRead

PARTS = {"start": (1, 10), "mid": (11, 20)}
# Before this month "left before the end of the year" cannot mean the current year.
LATE_IN_THE_YEAR = 11
QUARTER, HALF = 3, 6
# "a month within which" counts from publication; longer spans would be no deadline any more.
SPAN_PRECISION = {"day": "day", "week": "week", "month": "month", "year": "year"}


@dataclass(frozen=True, slots=True)
class Window:
    """Inclusive days and how exactly they were told (day, week, month, quarter, half, year)."""

    start: date
    end: date
    precision: str


def resolve_date(read: DateRead, published: date, past: bool | None, before: Window | None = None) -> Window | None:
    """The window that ``read`` means in a report of ``published``.

    ``past`` says whether a deed (True) or a plan (False) is told, which settles a month or weekday without a
    year; None takes the nearest. ``before`` is the date told before, for "the same month". None if the words
    name no day, or one that no calendar has.
    """
    try:
        return _resolved(read, published, past, before)
    except (ValueError, OverflowError):  # the 31st of June, the year 10000
        return None


def _resolved(read: DateRead, published: date, past: bool | None, before: Window | None) -> Window | None:
    if read.same and read.offset is not None:
        return _days_from(before, read.offset)
    if read.same and read.day is not None and read.month is None and before is not None:
        return _month(
            replace(read, same=False, month=before.start.month, year=before.start.year), published, past, before
        )
    if read.same and read.month is None:
        return _after(read, before)
    if read.offset is not None:
        day = published + timedelta(days=read.offset)
        return Window(day, day, "day")
    if read.weekday is not None:
        day = _weekday(read, published, past)
        return Window(day, day, "day")
    if read.span is not None:
        return None if past or read.unit == "day" else _span(read, published)
    if read.unit in ("quarter", "half"):
        return _fraction(read, published, past)
    if read.unit == "week":
        monday = published - timedelta(days=published.weekday()) + timedelta(weeks=read.rel or 0)
        return Window(monday, monday + timedelta(days=6), "week")
    if read.unit == "year" or (read.year is not None and read.month is None):
        return _year(read, published, past, before)
    return _month(read, published, past, before)


def _days_from(before: Window | None, days: int) -> Window | None:
    """The day so many days after the one told before; None if that was no day."""
    if before is None or before.precision != "day":
        return None
    day = before.start + timedelta(days=days)
    return Window(day, day, "day")


def _after(read: DateRead, before: Window | None) -> Window | None:
    """The date told before, or the year after it."""
    if before is None or not read.rel:
        return before
    if read.part == "later":
        return Window(_months_on(before.start, 12), _months_on(before.end, 12), before.precision)
    return _months(before.start.year + read.rel, 1, 12, "year") if read.unit == "year" else None


def _weekday(read: DateRead, published: date, past: bool | None) -> date:
    ahead = ((read.weekday or 0) - published.isoweekday()) % 7
    if read.rel == 1:
        return published + timedelta(days=ahead or 7)
    if read.rel == -1:
        return published + timedelta(days=ahead - 7)
    if past is False and ahead:
        return published + timedelta(days=ahead)
    return published + timedelta(days=ahead - 7 if ahead else 0)


def _span(read: DateRead, published: date) -> Window:
    count = read.span or 1
    if read.unit == "month":
        end = _month_end(_months_on(published, count))
    elif read.unit == "year":
        end = _months_on(published, 12 * count)
    else:
        end = published + timedelta(days=count * (7 if read.unit == "week" else 1))
    return Window(published, end, SPAN_PRECISION[read.unit or "month"])


def _month_end(day: date) -> date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def _months_on(day: date, count: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _months(year: int, first: int, count: int, precision: str) -> Window:
    last = first + count - 1
    return Window(date(year, first, 1), date(year, last, calendar.monthrange(year, last)[1]), precision)


def _fraction(read: DateRead, published: date, past: bool | None) -> Window:
    length = QUARTER if read.unit == "quarter" else HALF
    year = read.year or published.year + (read.year_rel or 0)
    window = _months(year, ((read.ordinal or 1) - 1) * length + 1, length, read.unit or "quarter")
    if read.year is None and read.year_rel is None and past is False and window.end < published:
        window = _months(year + 1, window.start.month, length, window.precision)
    return window


def _year(read: DateRead, published: date, past: bool | None, before: Window | None) -> Window:
    year = read.year or published.year + (read.rel or 0)
    if read.year is None and not read.rel and past and read.part == "end" and published.month < LATE_IN_THE_YEAR:
        year = before.start.year if before and before.end < published else year - 1  # the year told of before
    if read.part == "start":
        return _months(year, 1, QUARTER, "quarter")
    if read.part == "mid":
        return _months(year, 1, HALF, "half")
    if read.part == "lastday":
        return Window(date(year, 12, 31), date(year, 12, 31), "day")
    return _months(year, 1, 12, "year")


def _month(read: DateRead, published: date, past: bool | None, before: Window | None) -> Window | None:
    year, month = _which_month(read, published, past, before)
    if read.day is not None:
        day = date(year, month, read.day)
        return Window(day, day, "day")
    if read.part in PARTS:
        first, last = PARTS[read.part]
        return Window(date(year, month, first), date(year, month, last), "week")
    window = _months(year, month, 1, "month")
    return Window(window.end, window.end, "day") if read.part == "lastday" else window


def _which_month(read: DateRead, published: date, past: bool | None, before: Window | None) -> tuple[int, int]:
    if read.month is None:
        shift = read.rel or 0
        if read.rel is None and read.day is not None and read.day != published.day:
            shift = int(read.day < published.day) if not past else -int(read.day > published.day)
        whole = published.year * 12 + published.month - 1 + shift
        return whole // 12, whole % 12 + 1
    if read.year is not None:
        return read.year, read.month
    if read.same and before is not None:
        return before.start.year + (read.year_rel or 0), read.month
    if read.year_rel is not None:
        return published.year + read.year_rel, read.month
    distance = read.month - published.month
    ahead = distance == 0 and read.day is not None and read.day > published.day
    behind = distance == 0 and read.day is not None and read.day < published.day
    if read.rel == 1:
        return published.year + (distance <= 0 and not ahead), read.month
    if read.rel == -1:
        return published.year - (distance >= 0 and not behind), read.month
    if read.rel == 0:
        return published.year, read.month
    if past is True:
        return published.year - (distance > 0 or ahead), read.month
    if past is False:
        return published.year + (distance < 0 or behind), read.month
    nearest = min((-1, 0, 1), key=lambda shift: abs(distance + 12 * shift))
    return published.year + nearest, read.month
