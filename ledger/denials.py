"""Denials: which tellings of a deed others contradicted soon after, from when until when."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from ledger.deeds import Deed, Deeds, View, day_of
from ledger.tellings import Claim, Telling, Tellings, before, until
from ledger.told import SAME_TIME, at_and_around, forces_of, kind_of, side_of


class Span(NamedTuple):
    """A telling that is denied from one day until (not on) another, on which it was confirmed."""

    telling: Telling
    denied: date
    confirmed: date


class Story:
    """The deeds of one side at one place, and who said within ``SAME_TIME`` that the forces were there.

    A telling is denied when another voice told of presence within the place after it, and it is denied no
    longer when another voice told the same deed. ``spans`` are worked out once and kept while nothing new
    bears on them: ``stale`` is the first day of publication of which this has to be done again.
    """

    def __init__(self, place: str, side: str, there: Tellings, deeds: Deeds) -> None:
        self.place = place
        self.side = side
        self.there = there
        self._deeds = deeds
        self.spans: list[Span] = []
        self.stale: date | None = None
        # Each day of a deed with its first telling and the first by another voice: these confirm all others.
        self._first: dict[int, list[Telling]] = {}

    @property
    def deeds(self) -> Iterator[Deed]:
        for force in forces_of(self.side):
            yield from self._deeds.of(self.place, force)

    def touch(self, published: date) -> None:
        """Has everything worked out again that was published on the day or later."""
        self.stale = min(self.stale or published, published)

    def add(self, telling: Telling) -> None:
        """Takes one more telling of a deed."""
        changed = self._confirm(telling)
        self.touch(day_of(telling) - SAME_TIME if changed else telling.published)

    def remove(self, telling: Telling) -> None:
        """Forgets a telling of a deed (its deed has it no longer)."""
        day = day_of(telling)
        self._first.pop(day.toordinal(), None)
        for deed in self.deeds:
            part = deed.tellings[before(deed.tellings, day) :] if deed.end >= day else []
            for other in part:
                if deed.day(other) == day:
                    self._confirm(other)
        self.touch(day - SAME_TIME)

    def _confirm(self, telling: Telling) -> bool:
        """Whether the telling is now one of the two that confirm the others of its day."""
        day = day_of(telling).toordinal()
        old = self._first.get(day, [])
        first, *rest = sorted([*old, telling])
        new = [first, *[other for other in rest if other.voice != first.voice][:1]]
        if new == old:
            return False
        self._first[day] = new
        return True

    def refresh(self) -> list[Telling]:
        """Works out anew what is stale; what is now denied for good and was not, or the other way round."""
        if self.stale is None:
            return []
        old = {span.telling for span in self.spans if span.confirmed == date.max}
        kept = [span for span in self.spans if span.telling.published < self.stale]
        kept += [span for deed in self.deeds for span in self._spans(deed, self.stale)]
        self.spans, self.stale = kept, None
        return list(old ^ {span.telling for span in kept if span.confirmed == date.max})

    def _spans(self, deed: Deed, since: date) -> Iterator[Span]:
        # A mission can end in a country while forces stay (Iraq in 2021), so presence denies no such end.
        if not deed.leaving and kind_of(self.place) == "country":
            return
        for telling in deed.tellings[before(deed.tellings, since) :]:
            denied = next((other.published for other in self.denials(telling, date.max)), None)
            confirmed = denied and self._confirmed(telling, denied)
            if denied and confirmed and denied < confirmed:
                yield Span(telling, denied, confirmed)

    def denials(self, telling: Telling, known: date) -> Iterator[Telling]:
        """Who told, by ``known``, of presence within the place soon after the deed was told."""
        last = min(telling.published + SAME_TIME, known)
        for at in range(until(self.there, telling.published), len(self.there)):
            other = self.there[at]
            if other.published > last:
                return
            if other.voice != telling.voice:
                yield other

    def _confirmed(self, telling: Telling, denied: date) -> date:
        """The first day on which another voice had told the same deed, if it is after ``denied``; else that day."""
        found = date.max
        day = day_of(telling).toordinal()
        for near in range(day - SAME_TIME.days, day + SAME_TIME.days + 1):
            for other in self._first.get(near, ()):
                if other.voice != telling.voice:
                    found = min(found, other.published)
                    if found <= denied:
                        return denied
                    break
        return found

    def at(self, view: View) -> list[Telling]:
        """The tellings that are denied in the picture of ``view``."""
        day = view.until
        found = [s.telling for s in self.spans if s.denied <= day < s.confirmed and s.telling.published <= day]
        if view.as_of < view.known:
            found = [telling for telling in found if not self._confirmed_since(telling, view)]
        return found

    def _confirmed_since(self, telling: Telling, view: View) -> bool:
        """Whether another voice told the same deed after the day of the picture, and that counts."""
        day = day_of(telling)
        return any(
            other.voice != telling.voice
            for deed in self.deeds
            for other in deed.tellings[until(deed.tellings, view.as_of) : view.count(deed)]
            if abs(deed.day(other) - day) <= SAME_TIME
        )


def tells_presence(claim: Claim) -> bool:
    """Whether the claim denies that the forces have left."""
    if claim.kind == "base":
        return claim.status in ("present", "leaving")
    return claim.kind == "troops" and claim.status == "present" and claim.count_max != 0


class Denials:
    """The stories of all places and sides. ``final`` are the facts that are denied and were never confirmed."""

    def __init__(self, deeds: Deeds) -> None:
        self._deeds = deeds
        self._there: dict[tuple[str, str], Tellings] = {}
        self._stories: dict[tuple[str, str], Story] = {}
        self.final: set[str] = set()

    def there(self, claim: Claim) -> Iterator[Tellings]:
        """The lists of those who told of presence, of each place in which the claim tells it."""
        if claim.place and tells_presence(claim):
            for where in at_and_around(claim.place):
                yield self._there.setdefault((where, side_of(claim.force)), Tellings())

    def story(self, place: str, force: str) -> Story:
        """What was told of deeds of a force (and of those that share its side) at a place."""
        key = place, side_of(force)
        if key not in self._stories:
            self._stories[key] = Story(*key, self._there.setdefault(key, Tellings()), self._deeds)
        return self._stories[key]

    def touch(self, telling: Telling) -> None:
        """Has worked out anew whom a telling of presence denies that has come or gone."""
        claim = telling.claim
        if claim.place and tells_presence(claim):
            for where in at_and_around(claim.place):
                if story := self._stories.get((where, side_of(claim.force))):
                    story.touch(telling.published - SAME_TIME)

    def refresh(self) -> list[Telling]:
        """Works out what is stale; the tellings of which it has changed whether they are denied for good."""
        changed = [telling for story in self._stories.values() for telling in story.refresh()]
        self.final ^= {telling.fact for telling in changed}
        return changed

    def at(self, view: View) -> dict[tuple[str, str], list[Telling]]:
        """The tellings of deeds that are denied in the picture of ``view``, by place and force."""
        found: dict[tuple[str, str], list[Telling]] = {}
        for story in self._stories.values():
            for telling in sorted(story.at(view)):
                found.setdefault((story.place, telling.claim.force), []).append(telling)
        return found

    def unsettled(self, view: View) -> dict[str, date]:
        """By place the first deed of the coalition that is not yet, or no longer, denied for good."""
        first: dict[str, date] = {}
        for story in self._stories.values():
            if story.side != side_of("coalition"):
                continue
            days = (
                telling.published
                for telling, _, confirmed in story.spans
                if telling.claim.force == "coalition"
                and telling.published <= view.until
                and (telling.fact in view.denied) != (confirmed == date.max)
            )
            if (day := min(days, default=None)) is not None:
                first[story.place] = day
        return first
