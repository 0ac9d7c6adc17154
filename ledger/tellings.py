"""Tellings: who tells what, and when, in the order of publication."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple


class Claim(NamedTuple):
    """What a fact says, whoever said it; the keys of its kind as in facts.md, all others None."""

    kind: str
    force: str
    place: str | None = None
    status: str | None = None
    count_min: int | None = None
    count_max: int | None = None
    approximate: bool | None = None
    event: str | None = None
    date_start: date | None = None
    date_end: date | None = None
    precision: str | None = None
    role: str | None = None


class Source(NamedTuple):
    """Who published a report; near copies of one text share one ``voice``."""

    publisher: str
    voice: str
    url: str | None


class Telling(NamedTuple):
    """One fact: a claim as one report tells it. Tellings sort by day, report and place in the text (``at``)."""

    published: date
    report: str
    at: int
    fact: str
    speaker: str | None
    source: Source
    claim: Claim

    @property
    def voice(self) -> str:
        return self.source.voice


class Tellings(list[Telling]):
    """Tellings in their order, with the day of each beside it: days are looked up in one small block of memory.

    To be changed by ``take``, ``drop``, ``end`` and ``cut`` only.
    """

    def __init__(self, tellings: Iterable[Telling] = ()) -> None:
        super().__init__(tellings)
        self.days = array("l", [telling.published.toordinal() for telling in self])

    def first(self, count: int) -> Tellings:
        """A copy of the first ``count``."""
        part = Tellings()
        part.extend(self[:count])
        part.days = self.days[:count]
        return part

    def take(self, telling: Telling) -> None:
        """Adds a telling at its place."""
        at = len(self) if self and self[-1] < telling else bisect_left(self, telling)
        self.insert(at, telling)
        self.days.insert(at, telling.published.toordinal())

    def end(self, telling: Telling) -> None:
        """Adds a telling as the last one."""
        self.append(telling)
        self.days.append(telling.published.toordinal())

    def drop(self, telling: Telling) -> None:
        """Takes a telling out."""
        at = bisect_left(self, telling)
        del self[at], self.days[at]

    def cut(self, count: int) -> None:
        """Keeps the first ``count`` only."""
        del self[count:], self.days[count:]


NONE = Tellings()


def before(tellings: Tellings, day: date) -> int:
    """How many of the tellings were published before ``day``."""
    return bisect_left(tellings.days, day.toordinal())


def until(tellings: Tellings, day: date) -> int:
    """How many of the tellings were published on or before ``day``."""
    return bisect_right(tellings.days, day.toordinal())


def first_of(tellings: Tellings, telling: Telling) -> int:
    """Where the report of ``telling`` is first among the tellings, or would be."""
    return bisect_left(tellings, (telling.published, telling.report))


def newest(told: Iterable[tuple[Tellings, int]], most: int) -> list[Telling]:
    """The ``most`` newest of the first so many tellings of each list, the oldest of them first."""
    parts = [tellings[max(count - most, 0) : count] for tellings, count in told]
    return parts[0] if len(parts) == 1 else sorted(telling for part in parts for telling in part)[-most:]


def window(claim: Claim) -> tuple[date, date]:
    """First and last day of a deadline; one day when only the end is known."""
    end = claim.date_end or date.max  # facts.md: a deadline without an end is none, so this is never far off
    return claim.date_start or end, end
