"""Numbers of troops as of a day: per force and place the latest one, with all other claims beside it."""

from __future__ import annotations

from bisect import bisect_left
from datetime import date
from itertools import islice

from ledger.claims import Claims
from ledger.deeds import View
from ledger.told import MOST, Row, Telling, Tellings, at_and_around, unique, until


def troop_lines(claims: Claims, view: View) -> list[Row]:
    """One row a force and place (None: a place wider than a country, or not told); numbers are never added.

    The number is the latest told as ``present``; of several in one report the first, which is the whole
    of which the text then tells the parts. Where none was told as present, the counts are None and
    ``status`` is what the latest figure was told as (planned, past ...). None is unknown, 0 is none.
    ``left_on`` is the day by which the force was reported to have left that place after the number was
    published; it does not make the number 0. ``deciding`` is the telling of the number.
    """
    found = []
    for (force, place), told in sorted(claims.numbers.items(), key=lambda item: (item[0][0], item[0][1] or "")):
        if count := until(told, view.until):
            line = _line(told, count, claims.present.get((force, place), []), view)
            found.append(line | {"left_on": _left(claims, force, place, line["published"], view)})
    return found


def _left(claims: Claims, force: str, place: str | None, published: date, view: View) -> date | None:
    """The first day after ``published`` by which the force had left the place."""
    left = [
        day
        for where in (at_and_around(place) if place else ())
        for doer in view.doers(force)
        for deed in claims.deeds.of(where, doer)
        if deed.leaving and deed.end > published and deed.tellings and deed.tellings[-1].published > published
        for act in view.sure(deed, until(deed.tellings, published), view.count(deed), most=1)
        if (day := act.day) > published
    ]
    return min(left, default=None)


def _line(told: Tellings, count: int, present: Tellings, view: View) -> Row:
    stated = until(present, view.until)
    figures, known = (present, stated) if stated else (told, count)
    newest = figures[known - 1]
    deciding = figures[bisect_left(figures, (newest.published, newest.report))]
    claim = deciding.claim

    def same(telling: Telling) -> bool:
        return telling is deciding or (stated > 0 and _states(telling, deciding))

    facts = (figures[at] for at in reversed(range(known)) if same(figures[at]))
    others = (told[at] for at in reversed(range(count)) if not same(told[at]))
    return {
        "force": claim.force,
        "place": claim.place,
        "count_min": claim.count_min if stated else None,
        "count_max": claim.count_max if stated else None,
        "approximate": claim.approximate if stated else None,
        "status": claim.status,
        "published": deciding.published,
        "age_days": (view.as_of - deciding.published).days,
        "facts": unique([deciding.fact, *(telling.fact for telling in islice(facts, MOST))])[:MOST],
        "others": unique(telling.fact for telling in islice(others, MOST)),
        "deciding": deciding,
    }


def _states(telling: Telling, deciding: Telling) -> bool:
    """Whether it tells the same number as present."""
    one, other = telling.claim, deciding.claim
    return one.status == "present" and (one.count_min, one.count_max) == (other.count_min, other.count_max)
