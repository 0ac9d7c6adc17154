"""Deeds: what has been reported as done, by everybody who told it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from itertools import islice
from typing import NamedTuple

from ledger.tellings import Claim, Telling, Tellings, before, until
from ledger.told import LEAVING

# Which facts tell a deed: deadlines told as done, and bases told as left.
DONE = frozenset({("deadline", "done"), ("base", "left")})


@dataclass(eq=False)
class Deed:
    """Something reported as done at a place; ``tellings`` are all reports of it, in their order.

    ``event`` is None for a base told as left. ``start`` and ``end`` are the window told; as each report can
    only speak of what was done by its own day, ``day`` of a telling is never after its publication.
    """

    place: str
    force: str
    event: str | None
    start: date | None
    end: date
    tellings: Tellings = field(default_factory=Tellings)

    @property
    def leaving(self) -> bool:
        """Whether the forces are gone (a withdrawal, a handover, a base left), not only a mission ended."""
        return self.event is None or self.event in LEAVING

    def tells(self, telling: Telling) -> bool:
        """Whether the telling of a deed tells this one."""
        claim = telling.claim
        window = claim.event, claim.date_start, claim.date_end or date.max
        return (claim.place, claim.force) == (self.place, self.force) and window == (self.event, self.start, self.end)

    def day(self, telling: Telling) -> date:
        """The day by which it was done, as this report has it."""
        return min(telling.published, self.end)

    def begin(self, telling: Telling) -> date:
        """The first day on which it can have been done, as this report has it."""
        day = self.day(telling)
        return min(self.start or day, day)


class Act(NamedTuple):
    """One telling of a deed; acts sort by the day by which it was done, then by publication."""

    day: date
    telling: Telling
    deed: Deed

    @property
    def begin(self) -> date:
        return self.deed.begin(self.telling)


def day_of(telling: Telling) -> date:
    """The day by which the deed of this telling was done; of anything else the day of publication."""
    end = telling.claim.date_end
    return min(telling.published, end) if end else telling.published


class Deeds:
    """All deeds by place and force, each with its tellings in their order."""

    def __init__(self) -> None:
        self._deeds: dict[tuple[str, str], dict[tuple[str | None, date | None, date], Deed]] = {}
        self._by: dict[str, list[Deed]] = {}

    def of(self, place: str, force: str) -> Iterable[Deed]:
        """The deeds of one force at one place."""
        known = self._deeds.get((place, force))
        return known.values() if known else ()

    def by(self, force: str) -> Iterable[Deed]:
        """The deeds of one force at all places."""
        return self._by.get(force, ())

    def ended(self) -> set[tuple[str, str]]:
        """Place and force of everything that was told as ended, other than by a report on a base."""
        return {key for key, deeds in self._deeds.items() if any(event is not None for event, *_ in deeds)}

    def find(self, claim: Claim) -> Deed | None:
        """The deed that a claim speaks of; None when it tells nothing as done, or not where."""
        if not claim.place or (claim.kind, claim.status) not in DONE:
            return None
        end = claim.date_end or date.max
        deeds = self._deeds.setdefault((claim.place, claim.force), {})
        key = (claim.event, claim.date_start, end)
        if key not in deeds:
            deeds[key] = Deed(claim.place, claim.force, *key)
            self._by.setdefault(claim.force, []).append(deeds[key])
        return deeds[key]


@dataclass(frozen=True)
class View:
    """What counts in one picture: of the day ``as_of``, known on ``known``.

    ``denied`` are the facts that tell a deed which others deny (see ``ledger.denials``), ``doubted`` the same
    by place and force of the deed, ``with_coalition`` the forces that leave when the coalition leaves, ``unsettled`` by
    place the first deed of the coalition whose denial was still to come, or to be withdrawn.
    """

    as_of: date
    known: date
    denied: Set[str] = frozenset()
    doubted: Mapping[tuple[str, str], list[Telling]] = field(default_factory=dict)
    with_coalition: frozenset[str] = frozenset()
    unsettled: Mapping[str, date] = field(default_factory=dict)

    @cached_property
    def until(self) -> date:
        """The day until which every report counts."""
        return min(self.as_of, self.known)

    def covers(self, doer: str, force: str) -> bool:
        """Whether ``force`` has left when ``doer`` has: its own forces, or the coalition for its members."""
        return doer == force or (doer == "coalition" and force in self.with_coalition)

    def doers(self, force: str) -> tuple[str, ...]:
        """The forces whose leaving is that of ``force``."""
        return (force, "coalition") if force != "coalition" and force in self.with_coalition else (force,)

    def count(self, deed: Deed) -> int:
        """How many tellings of the deed count: those told later date what was over by ``as_of``."""
        over = deed.event is not None and deed.end <= self.as_of
        return until(deed.tellings, self.known if over else self.until)

    def acts(self, deeds: Iterable[Deed], first: date, last: date) -> Iterator[tuple[Deed, int, int]]:
        """Each deed done between the two days, with the part of its tellings that says so."""
        for deed in deeds:
            if deed.end >= first and (tellings := deed.tellings) and tellings[-1].published >= first:
                start = before(tellings, first)
                stop = self.count(deed)
                if deed.end > last:
                    stop = min(stop, until(tellings, last))
                if start < stop:
                    yield deed, start, stop

    def sure(self, deed: Deed, start: int, stop: int, most: int) -> list[Act]:
        """The first ``most`` of a part of the tellings that are not denied."""
        sure = (told for at in range(start, stop) if (told := deed.tellings[at]).fact not in self.denied)
        return [Act(deed.day(telling), telling, deed) for telling in islice(sure, most)]

    def last_sure(self, deed: Deed, start: int, stop: int) -> Act | None:
        """The last of a part of the tellings that is not denied."""
        sure = (told for at in reversed(range(start, stop)) if (told := deed.tellings[at]).fact not in self.denied)
        return next((Act(deed.day(telling), telling, deed) for telling in sure), None)

    def earliest(self, deeds: Iterable[Deed], first: date, last: date) -> Act | None:
        """The act between the two days that was done first and is not denied."""
        found = (self.sure(*part, most=1) for part in self.acts(deeds, first, last))
        return min((act for acts in found for act in acts), default=None)
