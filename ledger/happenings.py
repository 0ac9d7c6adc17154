"""What happened day by day: each change as it came about, from one day on which something could change to the next."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from itertools import pairwise

from ledger.changes import Change, changes
from ledger.picture import Picture
from ledger.told import Row

DAY = timedelta(days=1)


def happenings(drawn: Callable[[date], Picture], published: Iterable[date], until: date) -> list[Change]:
    """The changes from the first of the days on which reports were ``published`` up to ``until``, the newest first.

    ``drawn`` gives the picture of a day. A change is the same whatever later day it is asked on, as long as no older
    report comes in: each is one from the eve of its day, not from the eve of all.
    """
    told = sorted({day for day in published if day <= until})
    if not told:
        return []
    turns = {day for row in drawn(until).rows["deadlines"] for day in _turns(row) if told[0] < day <= until}
    pictures = map(drawn, [told[0] - DAY, *sorted({*told, *turns})])
    found = [change for first, last in pairwise(pictures) for change in changes(first, last)]
    return sorted(found, key=lambda change: change.day, reverse=True)


def _turns(row: Row) -> Iterator[date]:
    """The days on which a deadline comes due or has passed, also those of the windows that it had before."""
    windows = [(row["date_start"], row["date_end"]), *((move["from_start"], move["from_end"]) for move in row["moves"])]
    for start, end in windows:
        yield start or end
        yield end + DAY


def key_of(change: Change) -> tuple[str, ...]:
    """What makes a change the same for ever: not the facts it rests on, which a better reader may tell otherwise."""
    row = change.after
    end = (str(row["date_end"]), str(row["promised"])) if change.kind == "deadline" else ()
    return change.kind, change.what, change.day.isoformat(), change.place or "", change.force, *end
