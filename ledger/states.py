"""One base over time: what the picture of each day said of it, and everything that was ever told of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise

from ledger.bases import base_line
from ledger.claims import Claims
from ledger.deadlines import promised_lines
from ledger.tellings import NONE, Telling, Tellings, newest, until, window
from ledger.told import SAME_TIME, Row, at_and_around, forces_of, side_of
from ledger.words import status_of

DAY = timedelta(days=1)
LOOKED_AT = 32  # days of which the picture is asked at most; the bases in the reports shown have fewer
KEPT = ("force", "headline", "state", "published", "facts")


def states(claims: Claims, place: str, force: str, as_of: date) -> list[Row]:
    """The states of a base, one row a spell of one state, the oldest first; of the side of ``force``.

    ``state``, ``force``, ``headline``, ``published`` and ``facts`` are those of the picture of the spell's first
    day, ``start``; ``end`` is the last day of which the picture said so, ``as_of`` in the last row. ``told`` are
    the days of the reports on the base by which it is known: the one it rests on, and those within the spell.
    No spell holds the days before the first report, nor those on which all that had been said of the base was
    denied. Of a base that may have changed on more than ``LOOKED_AT`` days so many are looked at, from the first
    to the last: short spells between them may be missing, and ``sampled`` says so.
    """
    side = side_of(force)
    days = _days(claims, place, side, as_of)
    sampled = len(days) > LOOKED_AT
    looked_at = [days[at * (len(days) - 1) // (LOOKED_AT - 1)] for at in range(LOOKED_AT)] if sampled else days
    told = [telling.published for telling in _reports(claims, place, side)]
    found: list[Row] = []
    for day, following in pairwise([*looked_at, as_of + DAY]):
        row = _on(claims, place, side, day)
        before = found[-1] if found and found[-1]["end"] == day - DAY else None
        if row and before and row["state"] == before["state"]:
            before["end"] = following - DAY
        elif row:
            found.append({name: row[name] for name in KEPT} | {"start": day, "end": following - DAY})
    for spell in found:
        spell["told"] = sorted({spell["published"], *(day for day in told if spell["start"] <= day <= spell["end"])})
        spell["sampled"] = sampled
    return found


def _on(claims: Claims, place: str, side: str, day: date) -> Row | None:
    """What the picture of ``day`` says of one side at the base; deadlines of wider places are looked up as needed."""
    view = claims.view(day, day)

    def lines(where: str, side: str) -> list[Row]:
        return [row for force in forces_of(side) for row in promised_lines(claims, where, force, view)]

    return base_line(claims, (place, side), view, lines)


def _days(claims: Claims, place: str, side: str, as_of: date) -> list[date]:
    """The days on which its state may have become another: more of them than did."""
    found = _days_of_words(sorted(_reports(claims, place, side)))
    for where in at_and_around(place):
        for force in sorted({*forces_of(side), "coalition"}):
            found |= {telling.published for deed in claims.deeds.of(where, force) for telling in deed.tellings}
            found |= {day for span in claims.denials.story(where, force).spans for day in (span.denied, span.confirmed)}
            found |= _days_of_plans(claims, where, force)
    first = min(_first_days(claims, place, side), default=date.max)
    return sorted(day for day in found if first <= day <= as_of)


def _first_days(claims: Claims, place: str, side: str) -> Iterator[date]:
    """When the base itself was first told of, by each who did: reports on it, and deeds there."""
    own = _reports(claims, place, side)
    deeds = [deed.tellings for force in forces_of(side) for deed in claims.deeds.of(place, force)]
    yield from (told[0].published for told in (own, *deeds) if told)


def _days_of_words(reports: list[Telling]) -> set[date]:
    """The days of the reports on the base, without those that say what all have said for a month."""
    found: set[date] = set()
    since, quarrel = 0, True
    for at, report in enumerate(reports):
        while reports[since].published < report.published - SAME_TIME:
            since += 1
        quarrelled, quarrel = quarrel, len({status_of(other) for other in reports[since : at + 1]}) > 1
        if since == at or quarrel or quarrelled:
            found.add(report.published)
    return found


def _days_of_plans(claims: Claims, place: str, force: str) -> set[date]:
    """The days on which deadlines were first told, and the first day after each."""
    plans = claims.plans.get((place, force))
    first: dict[date, date] = {}
    for telling in plans.planned if plans else NONE:
        first.setdefault(window(telling.claim)[1], telling.published)
    return {*first.values(), *(end + DAY for end in first if end < date.max)}


def _reports(claims: Claims, place: str, side: str) -> Tellings:
    """The reports on one side at the base itself."""
    return claims.sites.own(place, forces_of(side)[0])


def told_at(claims: Claims, place: str, day: date, most: int) -> list[Telling]:
    """The newest facts about this very place published by ``day``, of all kinds and forces, the newest first."""
    return newest([(told, until(told, day)) for told in (NONE, *_lists(claims, place))], most)[::-1]


def _lists(claims: Claims, place: str) -> Iterator[Tellings]:
    """The lists that together hold all that was told of a place, each fact once."""
    for base, side in claims.sites.sides():
        if base == place:
            yield _reports(claims, place, side)
    yield from (told for (_, where), told in claims.numbers.items() if where == place)
    yield from (plans.planned for (where, _), plans in claims.plans.items() if where == place)
    for force in claims.told:
        yield from (deed.tellings for deed in claims.deeds.of(place, force) if deed.event)
