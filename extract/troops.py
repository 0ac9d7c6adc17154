"""Numbers of foreign military personnel: whose they are, where, and whether they stay."""

from __future__ import annotations

from collections.abc import Iterator

from extract.candidates import forces_for, places_for
from extract.case import Case
from extract.counts import NOUNS, Count, counts
from extract.model import Fact
from extract.reading import Phrase

STATUSES = ("present", "past", "planned", "leaving", "left", "arriving")


def troops_from(case: Case) -> Iterator[Fact]:
    """The troop facts of one sentence."""
    phrase, found = case.phrase, counts(case)
    for count in found:
        key = count.number
        anchors = {"number": count.at}
        places = places_for(phrase, anchors, [c.at for c in found], case.context)
        fact = case.fact(
            "troops",
            _rule(phrase, count),
            {count.noun: "troop", count.at: "number"},
            force=case.pick("count.force", key, forces_for(phrase, anchors, case.context)),
            place=case.pick("count.place", key, {place: signs for place, (signs, _) in places.items()}),
            count_min=key.low,
            count_max=key.high,
            approximate=key.approximate,
            status=case.sort("count.status", key, STATUSES, count.signs),
        )
        case.context.count = fact
        yield fact


def _rule(phrase: Phrase, count: Count) -> str:
    """What the count was told by: a noun behind or before it, or nothing but what was told before."""
    if count.noun == count.at:
        return "number-alone"
    kind = next(kind for kind in NOUNS if phrase.mentions[count.noun].has(kind))
    return f"number-{kind}" if count.noun > count.at else f"{kind}-number"
