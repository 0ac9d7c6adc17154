"""Planned days of one place and force, put together: the same promise, a promise moved, or two phases."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from ledger.deeds import Deed
from ledger.told import SAME_STORY, Row, order


@dataclass(eq=False)
class Promise:
    """One promised end and everybody who told it.

    ``core`` is the newest telling of the narrowest window: a month inside a promised year is the same
    promise told more exactly, and the year told again does not widen it. ``before`` is the promise that
    this one replaced, when the day was moved.
    """

    core: Row
    tellings: list[Row] = field(default_factory=list)
    before: Promise | None = None

    @property
    def place(self) -> str:
        return str(self.core["place"])

    @property
    def force(self) -> str:
        return str(self.core["force"])

    @property
    def start(self) -> date:
        return window(self.core)[0]

    @property
    def end(self) -> date:
        return window(self.core)[1]

    @property
    def first(self) -> Promise:
        """The promise as it was before all moves."""
        return self.before.first if self.before else self

    @property
    def history(self) -> list[Row]:
        """All tellings, those of the replaced promises too, in the order of publication."""
        earlier = self.before.history if self.before else []
        return sorted(earlier + self.tellings, key=order)


def window(row: Row) -> tuple[date, date]:
    """First and last day of a deadline fact; one day when only the end is known."""
    return row["date_start"] or row["date_end"], row["date_end"]


def inside(inner: tuple[date, date], outer: tuple[date, date]) -> bool:
    """Whether the first window lies within the second (or is the same)."""
    return outer[0] <= inner[0] and inner[1] <= outer[1]


def promises_of(planned: Iterable[Row], deeds: list[Deed]) -> list[Promise]:
    """The promises that stand, from all ``planned`` facts of one place and force in their order.

    ``deeds`` are those that end that presence: what was done before a new day was told was not moved to
    that day, it was kept.
    """
    found: list[Promise] = []
    for row in planned:
        same = _same(found, row)
        if same is None:
            same = Promise(row)
            found.append(same)
        elif inside(window(row), (same.start, same.end)):
            same.core = row
        same.tellings.append(row)
    standing = list(found)
    for later in found:
        moved = [earlier for earlier in standing if _replaces(later, earlier, deeds)]
        if moved:
            later.before = min(moved, key=lambda earlier: abs(earlier.end - later.end))
            standing.remove(later.before)
    return standing


def _same(found: list[Promise], row: Row) -> Promise | None:
    """The promise that ``row`` tells again: the same window, one that it refines, or one within it."""
    told = window(row)
    equal = [p for p in found if (p.start, p.end) == told]
    wide = [p for p in found if inside(told, (p.start, p.end))]
    narrow = [p for p in found if inside((p.start, p.end), told)]
    if equal:
        return equal[0]
    if wide:
        return min(wide, key=lambda p: p.end - p.start)
    # "In 2026", with days in March and September known, speaks of when all of it ends.
    return max(narrow, key=lambda p: p.end, default=None)


def _replaces(later: Promise, earlier: Promise, deeds: list[Deed]) -> bool:
    """Whether the day was moved from ``earlier`` to ``later``, rather than both being promised.

    Not when ``later`` was over when first told (that is looking back), when ``earlier`` had been kept or
    was long past, or when ``earlier`` was told again as still ahead after ``later`` was known: then the
    two are phases of one plan. So they are when both came up in one report, or when a report that knows
    both adds the nearer one.
    """
    new, old = later.tellings[0], earlier.tellings[0]
    again = [t for t in earlier.tellings if order(t) > order(new) and t["report"] != new["report"]]
    together = any(t["report"] == new["report"] for t in earlier.tellings)
    kept = any(old["published"] <= d.day and d.row["published"] <= new["published"] for d in deeds)
    return (
        old["report"] != new["report"]
        and order(old) < order(new)
        and new["published"] <= window(new)[1]
        and new["published"] <= earlier.end + SAME_STORY
        and not any(t["published"] <= earlier.end for t in again)
        and not (together and later.end < earlier.end)
        and not kept
    )
