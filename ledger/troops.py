"""Numbers of troops as of a day: per force and place the latest one, with all other claims beside it."""

from __future__ import annotations

from datetime import date

from ledger.claims import Claims
from ledger.deeds import View
from ledger.tellings import NONE, Telling, Tellings, first_of, until
from ledger.told import HALF, MOST, Row, at_and_around, unique


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
            line = _line(claims, told, count, view)
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


def _line(claims: Claims, told: Tellings, count: int, view: View) -> Row:
    claim = told[0].claim
    present = claims.present.get((claim.force, claim.place), NONE)
    stated = until(present, view.until)
    figures, newest = (present, present[stated - 1]) if stated else (told, told[count - 1])
    deciding = figures[first_of(figures, newest)]
    claim = deciding.claim
    same = claims.stated[claim.force, claim.place, claim.count_min, claim.count_max] if stated else Tellings([deciding])
    again = until(same, view.until)
    facts = [deciding, *reversed(same[max(again - MOST, 0) : again])]
    return {
        "force": claim.force,
        "place": claim.place,
        "count_min": claim.count_min if stated else None,
        "count_max": claim.count_max if stated else None,
        "approximate": claim.approximate if stated else None,
        "status": claim.status,
        "published": deciding.published,
        "age_days": (view.as_of - deciding.published).days,
        "facts": unique(telling.fact for telling in facts)[:MOST],
        "others": [telling.fact for telling in _others(told, count, count - again, deciding)],
        "deciding": deciding,
    }


def _others(told: Tellings, count: int, others: int, deciding: Telling) -> list[Telling]:
    """The newest tellings of another number, of the ``others`` that there are; or of this one, but not as present."""
    claim = deciding.claim
    low, high, status = claim.count_min, claim.count_max, "present" if claim.status == "present" else None
    most = min(others, HALF)
    found: list[Telling] = []
    for at in reversed(range(count)):
        if len(found) == most:
            break
        other = told[at].claim
        same = other.count_max == high and other.count_min == low and other.status == status
        if not same and told[at] is not deciding:
            found.append(told[at])
    return found
