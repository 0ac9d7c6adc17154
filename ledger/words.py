"""Words on bases: what was said of a side's forces at a base, in the order in which it was said."""

from __future__ import annotations

from collections.abc import Set
from datetime import date, timedelta
from functools import cache

from extract.frames import places
from ledger.deeds import Deeds, View, day_of
from ledger.tellings import NONE, Telling, Tellings, before, until
from ledger.told import SAME_TIME, at_and_around, forces_of, kind_of, side_of, wider


def status_of(telling: Telling) -> str | None:
    """What a report says of the forces at the base: its status, or that they left where it tells a deed."""
    return telling.claim.status if telling.claim.kind == "base" else "left"


class Words:
    """All that was said of one side's forces at a base.

    A deed (a withdrawal told with its date, of the base or of a wider place) is a word as well: ``left``,
    as of the day it was done. Each of ``told`` has beside it where the run of its status begins (``runs``)
    and the last day until then by which the forces had left (``left``). ``stale`` is the first day from which
    all this has to be put together anew.
    """

    def __init__(self, place: str, side: str) -> None:
        self.place = place
        self.side = side
        self.stale: date | None = date.min
        self.told = Tellings()
        self.runs: list[int] = []
        self.left: list[date] = []

    def own(self, telling: Telling) -> bool:
        """Whether it is a report on this side at this base, and no deed of a wider place or of the coalition."""
        claim = telling.claim
        return claim.kind == "base" and claim.place == self.place and side_of(claim.force) == self.side

    def add(self, events: list[Telling]) -> None:
        """Adds what was said next; of one day a report on the base itself has the last word."""
        for telling in sorted(events, key=lambda telling: (telling.published, self.own(telling), telling)):
            if self.told and not self.own(telling) and self._is_no_news(telling):
                continue
            at, status = len(self.told), status_of(telling)
            goes_on = at > 0 and status_of(self.told[-1]) == status
            left = self.left[-1] if at else date.min
            self.runs.append(self.runs[-1] if goes_on else at)
            self.left.append(max(left, day_of(telling)) if status == "left" else left)
            self.told.end(telling)

    def _is_no_news(self, deed: Telling) -> bool:
        """Whether a deed is history to who knows the last word: long past, or a wider place's when all had left."""
        last = self.told[-1]
        if day_of(deed) < day_of(last) - SAME_TIME:
            return True
        return deed.claim.place != self.place and status_of(last) == "left"

    def cut(self, day: date) -> None:
        """Forgets what was said on ``day`` and later."""
        count = before(self.told, day)
        self.told.cut(count)
        del self.runs[count:], self.left[count:]

    def as_of(self, day: date) -> Words:
        """A copy of what was said before ``day``."""
        count = before(self.told, day)
        words = Words(self.place, self.side)
        words.told = self.told.first(count)
        words.runs, words.left = self.runs[:count], self.left[:count]
        return words


class Sites:
    """The words on all bases, put together once and from then on only from the first new one on."""

    def __init__(self, deeds: Deeds) -> None:
        self._deeds = deeds
        self._own: dict[tuple[str, str], Tellings] = {}
        self._words: dict[str, dict[tuple[str, bool], Words]] = {}

    def own(self, place: str, force: str) -> Tellings:
        """The list of the reports on a base that tell of the side of ``force``."""
        return self._own.setdefault((place, side_of(force)), Tellings())

    def sides(self) -> set[tuple[str, str]]:
        """Base and side of all that anything was ever said of."""
        ended = {(place, side_of(force)) for place, force in self._deeds.ended() if kind_of(place) == "base"}
        return ended | self._own.keys()

    def touch(self, place: str, day: date) -> None:
        """Has the words on all bases within the place put together anew from ``day`` on."""
        for base in bases_within(place):
            for words in self._words.get(base, {}).values():
                words.stale = min(words.stale or day, day)

    def at(self, place: str, side: str, view: View, final: Set[str]) -> tuple[Words, int]:
        """The words on a side at a base, and how many of them count in ``view``.

        ``final`` are the facts that are denied for good. What is kept rests on these; where others are denied
        in ``view``, or deeds count that were told after its day, the last part is put together anew.
        """
        if not self._is_told_of(place, side, view):
            return Words(place, side), 0
        member = side in view.with_coalition
        words = self._kept(place, side, member, View(date.max, date.max, final))
        days = [day for where in at_and_around(place) if (day := view.unsettled.get(where))] if member else []
        if view.as_of < view.known:
            days.append(view.as_of + timedelta(days=1))
        events = self._events(words, member, min(days), view) if days else []
        if not days or (len(days) == 1 and view.as_of < min(days) and not events):
            return words, until(words.told, view.until)
        again = words.as_of(min(days))
        again.add(events)
        return again, len(again.told)

    def _is_told_of(self, place: str, side: str, view: View) -> bool:
        """Whether anything was said of this side at this very base; what is told of wider places makes no line."""
        if until(self._own.get((place, side), NONE), view.until):
            return True
        deeds = (deed for force in forces_of(side) for deed in self._deeds.of(place, force))
        return kind_of(place) == "base" and any(deed.leaving and view.count(deed) for deed in deeds)

    def _kept(self, place: str, side: str, member: bool, everything: View) -> Words:
        words = self._words.setdefault(place, {}).setdefault((side, member), Words(place, side))
        if words.stale is not None:
            words.cut(words.stale)
            words.add(self._events(words, member, words.stale, everything))
            words.stale = None
        return words

    def _events(self, words: Words, member: bool, since: date, view: View) -> list[Telling]:
        """What was said from ``since`` on: reports on the base, deeds of the side, undenied ones of its coalition."""
        own = self._own.get((words.place, words.side), NONE)
        found = own[before(own, since) : until(own, view.until)]
        forces = forces_of(words.side)
        for where in at_and_around(words.place):
            for force in (*forces, "coalition") if member else forces:
                for deed in self._deeds.of(where, force):
                    if deed.leaving and (deed.event or force not in forces):
                        told = deed.tellings[before(deed.tellings, since) : view.count(deed)]
                        found += told if force in forces else [one for one in told if one.fact not in view.denied]
        return found


@cache
def bases_within(place: str) -> tuple[str, ...]:
    """The place itself and the bases that lie in it."""
    return (place, *(base for base in places() if kind_of(base) == "base" and place in wider(base)))
