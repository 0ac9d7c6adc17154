"""Days of change: on which days the picture came to be otherwise than the day before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from ledger.claims import Claims
from ledger.told import Row

DAY = timedelta(days=1)


def days_of_change(claims: Claims, deadlines: Iterable[Row], until: date) -> list[tuple[date, int]]:
    """The days up to ``until`` on which something came to be otherwise, in order, and how much did on each.

    That is how many facts were published on the day, and how many promises of ``deadlines`` (rows of the picture
    of ``until``) came due on it or were over the day before.
    """
    number: Counter[int] = Counter()
    for told in claims.told.values():
        number.update(told.days)
    number.update(day.toordinal() for row in deadlines if row["promised"] for day in _turns(row))
    return [(date.fromordinal(day), count) for day, count in sorted(number.items()) if day <= until.toordinal()]


def _turns(row: Row) -> Iterator[date]:
    """The first day of each window that a promise had and the day after its last, while it stood for that window."""
    moves = row["moves"]
    starts = [row["first_published"], *(move["published"] for move in moves)]
    windows = [*((move["from_start"], move["from_end"]) for move in moves), (row["date_start"], row["date_end"])]
    for since, until, (start, end) in zip(starts, [*starts[1:], _kept(row)], windows, strict=True):
        yield from (day for day in (start, end + DAY) if since < day <= until)


def _kept(row: Row) -> date:
    """The day on which it was first told that the promise was kept; the last of all days when it was not."""
    if row["met_on"] is None:
        return date.max
    return next((step["published"] for step in row["history"] if step["fact"] == row["facts"][0]), date.max)
