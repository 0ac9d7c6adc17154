"""Planned days of one place and force, put together: the same promise, a promise moved, or two phases."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from ledger.deeds import Deed, View
from ledger.tellings import Telling, Tellings, before, first_of, until, window
from ledger.told import SAME_STORY

Window = tuple[date, date]


@dataclass(eq=False)
class Promise:
    """One promised end and everybody who ever told it, in the order of publication.

    ``cores`` are the tellings that said it most exactly when they came: a month inside a promised year is
    the same promise told more exactly, and the year told again does not widen it. The last one counts.
    """

    tellings: Tellings = field(default_factory=Tellings)
    cores: Tellings = field(default_factory=Tellings)

    @property
    def window(self) -> Window:
        return window(self.cores[-1].claim)


@dataclass(eq=False)
class Standing:
    """A promise as of a day: its first ``count`` tellings, of which ``core`` is the newest of the exactest.

    ``moved`` is the promise that this one replaced, when the day was moved.
    """

    tellings: Tellings
    count: int
    core: Telling
    moved: Standing | None = None

    @cached_property
    def start(self) -> date:
        return window(self.core.claim)[0]

    @cached_property
    def end(self) -> date:
        return window(self.core.claim)[1]

    @property
    def chain(self) -> list[Standing]:
        """The promise and those that it replaced, the first one first."""
        return [*(self.moved.chain if self.moved else []), self]


def inside(inner: Window, outer: Window) -> bool:
    """Whether the first window lies within the second (or is the same)."""
    return outer[0] <= inner[0] and inner[1] <= outer[1]


class Plans:
    """All planned days of one force at one place, put together once and kept while nothing older comes in.

    ``stale`` is the first day of publication from which it has to be done again.
    """

    def __init__(self) -> None:
        self.planned = Tellings()
        self.stale: date | None = None
        self._promises: list[Promise] = []
        self._memory: dict[Window, Promise | None] = {}

    def touch(self, published: date) -> None:
        """Has everything put together again that was published on the day or later."""
        self.stale = min(self.stale or published, published)

    def promises(self) -> list[Promise]:
        """All promises in the order in which they were first told; what was told later changes no earlier one."""
        if self.stale is not None:
            for promise in self._promises:
                promise.tellings.cut(before(promise.tellings, self.stale))
                promise.cores.cut(before(promise.cores, self.stale))
            self._promises = [promise for promise in self._promises if promise.tellings]
            self._memory.clear()
            for telling in self.planned[before(self.planned, self.stale) :]:
                self._take(telling)
            self.stale = None
        return self._promises

    def _take(self, telling: Telling) -> None:
        told = window(telling.claim)
        if told not in self._memory:
            self._memory[told] = self._same(told)
        same = self._memory[told]
        if same is None:
            same = Promise()
            self._promises.append(same)
        if not same.cores or inside(told, same.window):
            if not same.cores or told != same.window:
                self._memory.clear()
            same.cores.end(telling)
        same.tellings.end(telling)

    def _same(self, told: Window) -> Promise | None:
        """The promise that is told again: the same window, one that this refines, or one within it."""
        known = [(promise, promise.window) for promise in self._promises]
        equal = [p for p, its in known if its == told]
        wide = [p for p, its in known if inside(told, its)]
        narrow = [p for p, its in known if inside(its, told)]
        if equal:
            return equal[0]
        if wide:
            return min(wide, key=lambda p: p.window[1] - p.window[0])
        # "In 2026", with days in March and September known, speaks of when all of it ends.
        return max(narrow, key=lambda p: p.window[1], default=None)

    def standing(self, deeds: list[Deed], view: View) -> list[Standing]:
        """The promises that stand, as of the day of ``view``.

        ``deeds`` are those that end that presence: what was done before a new day was told was not moved
        to that day, it was kept.
        """
        found = [_as_of(promise, view.until) for promise in self.promises()]
        told = [promise for promise in found if promise]
        standing = list(told)
        for later in told:
            # What stands before ``later`` in the list was first told before it.
            known = standing[: standing.index(later)] if _is_ahead(later) else []
            moved = [earlier for earlier in known if _replaces(later, earlier, deeds, view)]
            if moved:
                later.moved = min(moved, key=lambda earlier: abs(earlier.end - later.end))
                standing.remove(later.moved)
        return standing


def _as_of(promise: Promise, day: date) -> Standing | None:
    count = until(promise.tellings, day)
    return Standing(promise.tellings, count, promise.cores[until(promise.cores, day) - 1]) if count else None


def _is_ahead(promise: Standing) -> bool:
    """Whether its day was still to come when it was first told."""
    return promise.tellings[0].published <= window(promise.tellings[0].claim)[1]


def _replaces(later: Standing, earlier: Standing, deeds: list[Deed], view: View) -> bool:
    """Whether the day was moved from ``earlier`` to ``later``, rather than both being promised.

    ``later`` was first told after ``earlier``, and before it was over itself (else that is looking back).
    Not when ``earlier`` had been kept or was long past, or when it was told again as still ahead after
    ``later`` was known: then the two are phases of one plan. So they are when both came up in one report,
    or when a report that knows both adds the nearer one.
    """
    new, old = later.tellings[0], earlier.tellings[0]
    return (
        old.report != new.report
        and new.published <= earlier.end + SAME_STORY
        and not any(again.published <= earlier.end for again in _again(earlier, new))
        and not (later.end < earlier.end and _told_in(earlier, new))
        and not _kept(deeds, old.published, new.published, view)
    )


def _again(earlier: Standing, new: Telling) -> Iterator[Telling]:
    """The first time that ``earlier`` was told by another report after ``new``, if it was."""
    for at in range(bisect_left(earlier.tellings, new), earlier.count):
        if earlier.tellings[at].report != new.report:
            yield earlier.tellings[at]
            return


def _told_in(earlier: Standing, new: Telling) -> bool:
    """Whether the report of ``new`` tells ``earlier`` too."""
    at = first_of(earlier.tellings, new)
    return at < earlier.count and earlier.tellings[at].report == new.report


def _kept(deeds: list[Deed], first: date, last: date, view: View) -> bool:
    """Whether one of the deeds was done on or after ``first`` and told by ``last``."""
    return any(
        telling.fact not in view.denied
        for deed in deeds
        if deed.end >= first
        for telling in deed.tellings[before(deed.tellings, first) : min(until(deed.tellings, last), view.count(deed))]
    )
