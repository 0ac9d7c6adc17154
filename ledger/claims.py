"""Claims: the facts that count, kept in memory so that the picture of any day is found without reading them all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from extract.model import KEYS
from extract.tables import places
from ledger.deeds import Deed, Deeds, View
from ledger.denials import Denials
from ledger.promises import Plans
from ledger.tellings import NONE, Claim, Source, Telling, Tellings, until
from ledger.told import LEAVING, Row
from ledger.words import Sites

# Told of a nation's forces at a place, these say that it has forces there.
PRESENT = frozenset({"present", "arriving", "leaving"})


class Claims:
    """All facts that count, fed report by report; ``ledger.picture.picture`` draws from it.

    A fact is one small tuple (``Telling``) in the sorted lists of those who ask for it. What is worked out
    of these lists (promises, words on bases, denials) is kept, and done again only from the day on which
    something was added or taken away. One thread at a time may ``put`` or draw.
    """

    def __init__(self) -> None:
        self.told: dict[str, Tellings] = defaultdict(Tellings)  # by force: all its facts
        self.roles: dict[str, dict[str | None, Tellings]] = defaultdict(lambda: defaultdict(Tellings))
        self.there: dict[str, dict[str, Tellings]] = defaultdict(lambda: defaultdict(Tellings))  # force, country
        self.numbers: dict[tuple[str, str | None], Tellings] = defaultdict(Tellings)  # by force and place
        self.present: dict[tuple[str, str | None], Tellings] = defaultdict(Tellings)  # those told as present
        self.stated: dict[tuple[str, str | None, int | None, int | None], Tellings] = defaultdict(Tellings)
        self.plans: dict[tuple[str, str], Plans] = defaultdict(Plans)  # by place and force
        self.ends: dict[tuple[str, str], Tellings] = defaultdict(Tellings)  # plans that are none of leaving
        self.deeds = Deeds()
        self.denials = Denials(self.deeds)
        self.sites = Sites(self.deeds)
        self._reports: dict[str, list[Telling]] = {}
        self._same: dict[Any, Any] = {}

    def put(self, report: str, rows: Iterable[Row]) -> None:
        """Takes the facts that ``report`` states, in place of what it stated before; none removes it.

        ``rows`` have ``kind``, ``fact``, ``publisher``, ``voice``, ``published``, ``url``, ``speaker``,
        ``char_start``, ``force`` and the keys of their kind; forces that are not named are the coalition's.
        Facts of one sentence keep the order in which they come.
        """
        ordered = sorted(rows, key=lambda row: row["char_start"] or 0)
        tellings = [self._telling(report, at, row) for at, row in enumerate(ordered)]
        for telling in self._reports.pop(report, ()):
            self._remove(telling)
        for telling in tellings:
            self._add(telling)
        if tellings:
            self._reports[report] = tellings

    def told_by(self, report: str) -> Sequence[Telling]:
        """The facts that count of a report."""
        return self._reports.get(report, ())

    def number(self, day: date) -> int:
        """How many facts were published by ``day``."""
        return sum(until(told, day) for told in self.told.values())

    def view(self, as_of: date, known: date) -> View:
        """What counts in the picture of ``as_of`` as known on ``known``."""
        for telling in self.denials.refresh():
            self.sites.touch(telling.claim.place or "", telling.published)
        view = View(as_of, known)
        view = replace(view, with_coalition=frozenset(self._members(view.until)))
        doubted = self.denials.at(view)
        denied = frozenset(telling.fact for tellings in doubted.values() for telling in tellings)
        view = replace(view, doubted=doubted, denied=denied)
        return replace(view, unsettled=self.denials.unsettled(view))

    def newest_of(self, force: str, day: date, limit: int) -> tuple[list[str], int]:
        """The newest facts of a force by ``day``, those of one report as its text has them, and how many there are."""
        told = self.told.get(force, NONE)
        count = until(told, day)
        newest = told[max(count - limit, 0) : count]
        newest.sort(key=lambda one: (-one.published.toordinal(), one.report, one.at))
        return [telling.fact for telling in newest], count

    def _members(self, day: date) -> Iterator[str]:
        """Forces that leave when the coalition leaves: the US, and nations only ever told as the coalition's."""
        yield "US"
        for force, roles in self.roles.items():
            if {role for role, told in roles.items() if until(told, day)} == {"coalition"}:
                yield force

    def _telling(self, report: str, at: int, row: Row) -> Telling:
        same = self._once
        claim = Claim(**{key: same(row.get(key)) for key in ("kind", *KEYS[row["kind"]])})
        claim = claim if claim.force else claim._replace(force="coalition")
        source = Source(same(row["publisher"]), same(row["voice"]), row["url"])
        return Telling(same(row["published"]), report, at, row["fact"], same(row["speaker"]), same(source), same(claim))

    def _once(self, value: Any) -> Any:
        """The value itself, or an equal one that is kept already: a million facts share some thousand claims."""
        return self._same.setdefault((type(value), value), value)

    def _add(self, telling: Telling) -> None:
        for tellings in self._lists(telling):
            tellings.take(telling)
        if deed := self.deeds.find(telling.claim):
            deed.tellings.take(telling)
            self.denials.story(deed.place, deed.force).add(telling)
        self._touch(telling, deed)

    def _remove(self, telling: Telling) -> None:
        for tellings in self._lists(telling):
            tellings.drop(telling)
        if deed := self.deeds.find(telling.claim):
            deed.tellings.drop(telling)
            self.denials.story(deed.place, deed.force).remove(telling)
        self._touch(telling, deed)

    def _touch(self, telling: Telling, deed: Deed | None) -> None:
        """Marks what has to be worked out anew because of a telling that has come or gone."""
        claim = telling.claim
        self.denials.touch(telling)
        if claim.place and (claim.kind == "base" or (deed and deed.leaving)):
            self.sites.touch(claim.place, telling.published)
        if claim.place and claim.kind == "deadline" and not deed:
            self.plans[claim.place, claim.force].touch(telling.published)

    def _lists(self, telling: Telling) -> Iterator[Tellings]:
        """The lists that a telling stands in; those of its deed are not among them."""
        claim = telling.claim
        yield self.told[claim.force]
        yield from self.denials.there(claim)
        if claim.kind == "nation":
            yield self.roles[claim.force][claim.role]
        elif claim.kind == "troops":
            yield self.numbers[claim.force, claim.place]
            if claim.status == "present":
                yield self.present[claim.force, claim.place]
                yield self.stated[claim.force, claim.place, claim.count_min, claim.count_max]
        elif claim.place and claim.kind == "base":
            yield self.sites.own(claim.place, claim.force)
        elif claim.place and claim.status != "done":
            yield self.plans[claim.place, claim.force].planned
            if claim.event not in LEAVING:
                yield self.ends[claim.place, claim.force]
        if claim.place in places() and claim.status in PRESENT:
            yield self.there[claim.force][places()[claim.place]["country"]]
