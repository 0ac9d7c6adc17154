"""Numbers of foreign military personnel: whose they are, where, and whether they stay."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from extract.context import COALITION, DEEDS, FORCES, LOCAL, REACH, Context
from extract.counts import Count, counts
from extract.deeds import deed_kind, denied, form, is_done, modals, nearest_deed, told_time
from extract.model import Fact, Mention, Number, Quote
from extract.numbers import BOUNDS
from extract.owners import force_at, force_near, foreign, owner, prep_before
from extract.reading import Phrase, articles
from extract.sites import country_of, listed, parent_of, place_at, site_of

# A part of a count is told of a place of its own if that stands this near behind it, in words.
OWN_PLACE = 8
# "now" so near to the counted, in words, speaks of them.
AT_ONCE = 3


def troops_from(phrase: Phrase, context: Context, quote: Quote) -> Iterator[Fact]:
    """The troop facts of one sentence."""
    found = counts(phrase, context)
    last: Fact | None = context.count
    for count in found:
        force = _force(phrase, count, found, context, last)
        if force == LOCAL or denied(phrase, count.at):
            continue
        number = _number(phrase, count)
        last = quote.fact(
            "troops",
            count.rule,
            force=force,
            place=_place(phrase, count, found, context, last),
            count_min=number.low,
            count_max=number.high,
            approximate=number.approximate,
            status=_status(phrase, count, found, context),
            marks=_marks(phrase.mentions, count),
        )
        context.count = last
        yield last


def _marks(mentions: list[Mention], count: Count) -> tuple[tuple[int, int, str], ...]:
    marked = {count.noun: "troop", count.at: "number"}
    return tuple((mentions[i].start, mentions[i].end, kind) for i, kind in marked.items())


def _number(phrase: Phrase, count: Count) -> Number:
    """The number with a bound that stands apart from it ("will not exceed, in future, 500")."""
    number = phrase.mentions[count.at].get("number") or Number(2, 2)
    if any(phrase.mentions[i].get("hedge") == "posthoc" for i in phrase.near(count.noun, 1, "hedge") if i > count.noun):
        number = replace(number, approximate=True)
    if number.low is None or number.low != number.high:
        return Number(number.low, number.high, number.approximate)
    apart = [
        i
        for i in phrase.near(count.at, 12, "hedge")
        if i < count.at and phrase.mentions[i].get("hedge") in BOUNDS and not phrase.mentions[i].has("bound")
    ]
    if not apart or any(phrase.mentions[i].has("number") for i in range(apart[-1], count.at)):
        return replace(number)
    low, high = BOUNDS[phrase.mentions[apart[-1]].get("hedge")]
    return Number(number.low if low else None, number.high if high else None, number.approximate)


def _force(phrase: Phrase, count: Count, found: list[Count], context: Context, last: Fact | None) -> str:
    """Whose troops the number counts."""
    here = phrase.mentions[count.noun]
    if here.has("demonym"):
        return str(here.get("demonym"))
    first, end = min(count.at, count.noun), max(count.at, count.noun) + 3
    named = [
        i
        for i in phrase.near(count.noun, 4, *FORCES, "local", "localadj")
        if first <= i < end and _qualifies(phrase, i, count.noun)
    ]
    if (
        last
        and last.force == "US"
        and phrase.near(count.at, 5, "other")
        and phrase.near(count.at, 6, "nations", "alliance")
    ):
        return COALITION
    if len(several := _listed_after(phrase, count)) > 1:
        return COALITION
    if named:
        return force_at(phrase, min(named, key=lambda i: phrase.distance(i, count.noun))) or COALITION
    if several:
        return several.pop()
    if last and count.rule in ("number-list", "number-of-them"):
        before = max((c.at for c in found if c.at < count.at), default=-1)
        between = [
            f for i in range(before + 1, count.at) if phrase.mentions[i].has(*FORCES) and (f := force_at(phrase, i))
        ]
        return between[-1] if between else str(last.force)
    bodies = [i for i in phrase.near(count.noun, 10, "body") if i < count.noun]
    for noun in (count.noun, *bodies[-1:]):
        if named_before := owner(phrase, noun, context):
            return named_before
    ahead = [i for i in foreign(phrase) if i < count.noun]
    if not ahead and context.count is not None and context.silent == 0 and _deed_between(phrase, count.noun):
        return str(context.count.force)
    return force_near(phrase, count.noun, context)


def _deed_between(phrase: Phrase, noun: int) -> bool:
    """Whether the first force named behind the noun is the object of a deed ("officers are to join the NATO ...")."""
    named = [i for i in foreign(phrase) if i > noun]
    return not named or any(m.has(*DEEDS) for m in phrase.mentions[noun + 1 : named[0]])


def _qualifies(phrase: Phrase, at: int, noun: int) -> bool:
    """Whether the force named at ``at`` is the counted's own, not a partner's or another noun's."""
    if not force_at(phrase, at) or (
        prep_before(phrase, at) in ("with", "to", "in") and "to" not in phrase.mentions[at].before
    ):
        return False
    if at > noun and any(phrase.gap(i, i + 1).strip(" -'\"") not in articles() for i in range(noun, at)):
        return False  # a word in between that the reader does not know: "advisers beside the NATO mission"
    others = [
        i
        for i in range(noun + 1, min(at + 2, len(phrase.mentions)))
        if phrase.mentions[i].has("body", "mission", "commander", "troop")
    ]
    return at < noun or not any(i < at or phrase.touches(at, i) for i in others)


def _listed_after(phrase: Phrase, count: Count) -> set[str]:
    """The forces of a list behind the counted ("400 soldiers, most of them Americans and Australians")."""
    start = max(count.at, count.noun) + 1
    if not any(m.has("fraction", "ofthem") for m in phrase.mentions[start : start + 3]):
        return set()
    named = [i for i in phrase.near(count.noun, 16, "demonym", "adjective", "nation") if i > start]
    return {f for i in named if (f := force_at(phrase, i)) and f != LOCAL}


def _place(phrase: Phrase, count: Count, found: list[Count], context: Context, last: Fact | None) -> str | None:
    """Where the counted troops are."""
    at = site_of(phrase, count.at, [c.at for c in found])
    near = at is not None and at > count.at and phrase.distance(at, count.at) <= OWN_PLACE
    if last and ((count.rule == "number-of-them" and not near) or (at is None and count.rule != "number-noun")):
        return last.place
    if at is None:
        return context.country
    at = _base_inside(phrase, at, count, context) or at
    place = place_at(phrase, at, context)
    spread = {place_at(phrase, i, context) for i in listed(phrase, at) if phrase.mentions[i].has("base", "town")}
    return country_of(place) if len(spread) > 1 else place


def _base_inside(phrase: Phrase, at: int, count: Count, context: Context) -> int | None:
    """A base of the clause that lies in the region at ``at``: the more exact place ("in Baghdad, at Union III")."""
    wider = place_at(phrase, at, context)
    if not phrase.mentions[at].has("region", "country"):
        return None
    for i in phrase.near(count.at, REACH, "base", "town"):
        base = place_at(phrase, i, context)
        apart = any(phrase.mentions[n].has("number") for n in range(min(i, count.at) + 1, max(i, count.at)))
        close = phrase.mentions[at].has("region") or phrase.distance(i, at) <= OWN_PLACE
        told_in = prep_before(phrase, i) in ("in", "at") or phrase.distance(i, at) <= AT_ONCE
        if i in phrase.sites and not apart and close and told_in and wider in (parent_of(base), country_of(base)):
            return i
    return None


def _status(phrase: Phrase, count: Count, found: list[Count], context: Context) -> str:
    """Whether the counted are there, were, will be, come or go."""
    deed = nearest_deed(phrase, count.noun, "leave", "arrive", "stay", "host", reach=REACH)
    change = _change(phrase, count)
    if change is not None and (deed is None or phrase.distance(change, count.at) <= phrase.distance(deed, count.at)):
        return _changed(phrase, count, change, found)
    if any(
        phrase.mentions[i].get("modal") == "now" and phrase.distance(i, count.noun) <= AT_ONCE
        for i in phrase.find("modal")
        if not phrase.mentions[i].has("host", "stay")
    ):
        return "present"
    if phrase.near(count.at, OWN_PLACE, "ago"):
        return "past"
    near = modals(phrase, count.at) | (modals(phrase, deed) if deed is not None else set())
    kind = deed_kind(phrase, deed) if deed is not None else "host"
    if deed is not None and kind == "leave":
        return "left" if is_done(phrase, deed) else "leaving"
    if deed is not None and kind == "arrive":
        return "arriving" if form(phrase, deed) != "will" else "planned"
    time = told_time(phrase, count.at, context)
    if time == "planned" or "plan" in near or (deed is not None and form(phrase, deed) == "will"):
        return "planned"
    past = time == "past" or ("past" in near and "now" not in near and kind != "stay")
    return "past" if past else "present"


def _change(phrase: Phrase, count: Count) -> int | None:
    """The word for a cut or a growth that leads to the number or away from it."""
    near = [i for i in phrase.near(count.at, REACH, "cut", "grow") if i < count.at or phrase.distance(i, count.at) <= 3]
    return min(near, key=lambda i: phrase.distance(i, count.at), default=None)


def _changed(phrase: Phrase, count: Count, change: int, found: list[Count]) -> str:
    """Before a change the number is present, after it present or planned; what is cut away is leaving."""
    if [c for c in found if c.at > count.at and phrase.distance(c.at, count.at) <= 6]:
        return "present"
    return "present" if is_done(phrase, change) else "planned"
