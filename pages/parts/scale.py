"""Where days and numbers stand in a chart, in percent of its width and height; time runs from left to right."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

MARGIN = 0.02  # of the time shown, free on either side
SHORTEST = timedelta(days=365)  # a single day would have no width
STEPS = (1, 2, 3, 6, 12, 24, 60, 120)  # months between the ticks of a time line
MOST_TICKS = 9
GRID = (1, 2, 2.5, 5, 10)  # steps of numbers, times a power of ten
MOST_LINES = 5


@dataclass(frozen=True)
class Days:
    """A time line from the start of ``first`` to the end of ``last``."""

    first: date
    last: date

    def at(self, day: date) -> float:
        """Percent of the width from the left at which a day begins."""
        return round(100 * (day - self.first).days / ((self.last - self.first).days + 1), 2)

    def ticks(self, most: int = MOST_TICKS) -> list[date]:
        """First days of months, quarters, half years or years: ``most`` at most."""
        for step in STEPS:
            found = [day for day in self._months() if (day.year * 12 + day.month - 1) % step == 0]
            if len(found) <= most:
                return found
        return []

    def _months(self) -> Iterable[date]:
        months = range(self.first.year * 12 + self.first.month - 1, self.last.year * 12 + self.last.month)
        days = (date(month // 12, month % 12 + 1, 1) for month in months)
        return (day for day in days if self.first <= day <= self.last)


def days_of(days: Iterable[date], as_of: date) -> Days:
    """The time line on which all the days and the as-of day have room; a year at least."""
    found = [*days, as_of]
    first, last = min(found), max(found)
    first = min(first, last - SHORTEST)
    room = timedelta(days=max(1, round((last - first).days * MARGIN)))
    return Days(first - min(room, first - date.min), last + min(room, date.max - last))


@dataclass(frozen=True)
class Numbers:
    """A scale from 0 up to ``top``, with a line at every ``step``."""

    step: int
    top: int

    def at(self, number: int) -> float:
        """Percent of the height from the bottom; what is beyond the top stands at the top."""
        return round(min(100.0, 100 * number / self.top), 2)

    def lines(self) -> list[int]:
        """The numbers that have a line: 0, and each step up to the top."""
        return list(range(0, self.top + 1, self.step))


def numbers_of(greatest: int) -> Numbers:
    """A scale for numbers from 0 to ``greatest``, with ``MOST_LINES`` lines above 0 at most."""
    greatest = max(greatest, 1)
    power = 10 ** max(0, len(str(greatest)) - 2)
    steps = (int(power * factor) for factor in (*GRID, *(10 * more for more in GRID)) if power * factor % 1 == 0)
    step = next(step for step in steps if greatest <= step * MOST_LINES)
    return Numbers(step, -(-greatest // step) * step)
