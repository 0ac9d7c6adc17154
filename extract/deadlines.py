"""When the foreign presence at a place ends, moves or is handed over: dates tied to deeds."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from extract.context import COALITION, DEEDS, ENDING, OTHER_DEEDS, REACH, Context
from extract.dates import DateRead
from extract.deeds import deed_kind, denied, form, is_done, modals, negated
from extract.model import Fact, Quote
from extract.owners import force_of_deed, foreign, prep_before
from extract.reading import Phrase
from extract.resolve import Window, resolve_date
from extract.sites import listed, place_at

EVENTS = {
    "leave": "withdrawal",
    "hand": "handover",
    "end": "mission_end",
    "shift": "transfer",
    "mission": "mission_end",
}
KURDISTAN, FEDERAL = "IQ-KR", "iq-federal"
# Bounds that look ahead: what is told with them has not happened yet unless it is told as done.
AHEAD = ("by", "until", "before")
# How near the presence that ends must be named to the word that ends it, in words.
NEAR = 14
# The rule's name ends so when the date counts from the day of publication ("next month").
RELATIVE = "relative-date"
# After so many sentences without a foreign force, "the mission ends" is another mission's end.
SILENCE = 4


def deadlines_from(phrase: Phrase, published: date, context: Context, quote: Quote) -> Iterator[Fact]:
    """The deadline facts of one sentence."""
    dates = phrase.find("date")
    if phrase.text[phrase.end - 1] == ":":  # a heading
        return
    for at in dates:
        read: DateRead = phrase.mentions[at].get("date")
        deed = _deed_of(phrase, at, dates, context)
        done = None if deed is None else _is_done(phrase, deed, read)
        window = resolve_date(read, published, done, context.window)
        if window is None:
            continue
        context.window = window
        kind = context.deed if deed is None and _is_entry(phrase, context) else None
        if deed is None and kind is None:
            continue
        anchor = at if deed is None else deed
        force = force_of_deed(phrase, anchor, context)
        if force is None and not _receives(phrase, anchor):
            continue
        marks = tuple(
            (phrase.mentions[i].start, phrase.mentions[i].end, name) for i, name in ((at, "date"), (anchor, "deed"))
        )
        for place in _places(phrase, at, anchor, context):
            yield quote.fact(
                "deadline",
                f"{kind or deed_kind(phrase, anchor)}-{'date' if read.is_explicit else RELATIVE}",
                place=place,
                force=force or COALITION,
                event=EVENTS[kind] if kind else _event(phrase, anchor),
                date_start=window.start,
                date_end=window.end,
                precision=window.precision,
                status=_status(done, window, published, read),
                marks=marks,
            )


def _receives(phrase: Phrase, deed: int) -> bool:
    """Whether local forces, the only ones named, take a site over instead of leaving one of their own."""
    return phrase.mentions[deed].has("hand") or bool(phrase.near(deed, NEAR, "base", "town"))


def _is_done(phrase: Phrase, deed: int, read: DateRead) -> bool | None:
    done = is_done(phrase, deed)
    return False if done is None and read.bound in AHEAD else done


def _deed_of(phrase: Phrase, at: int, dates: list[int], context: Context) -> int | None:
    """The deed that the date at ``at`` is the date of, if that is an ending of foreign presence."""

    def cost(i: int) -> float:
        weight: float = phrase.distance(i, at) + (1.5 if i > at else 0)
        between = [d for d in dates if min(i, at) < d < max(i, at)]
        beyond = i > at and phrase.soft[i] != phrase.soft[at]
        return weight + 5 * len(between) + (4 if phrase.mentions[i].has("say") else 0) + (12 if beyond else 0)

    read: DateRead = phrase.mentions[at].get("date")
    if denied(phrase, at) or _day_of_saying(phrase, at) or (read.bound == "after" and read.offset is not None):
        return None
    stays = [i for i in phrase.find("stay", "host", "mission") if _stays_until(phrase, i, at)]
    ahead = phrase.mentions[at].get("date").bound in ("by", "until")
    others = ("say", "arrive", "cut", "grow") if ahead else (*OTHER_DEEDS, "arrive", "cut", "grow")
    rivals = [i for i in phrase.find(*ENDING, *others) if cost(i) <= REACH and not _attribution(phrase, i)]
    best = min([*rivals, *stays], key=cost, default=None)
    if best is not None and best not in stays and not phrase.mentions[best].has(*ENDING):
        ends = [i for i in rivals if phrase.mentions[i].has(*ENDING) and phrase.same_clause(i, at)]
        close = phrase.mentions[best].has("say") and ends and cost(min(ends, key=cost)) <= cost(best) + 3
        best = min(ends, key=cost) if close else None
    if best is None or not _ends_presence(phrase, best, context) or _is_part(phrase, best):
        return None
    since = phrase.mentions[at].get("date").bound == "since"
    return None if since and not (form(phrase, best) == "done" and phrase.distance(best, at) <= NEAR) else best


def _ends_presence(phrase: Phrase, deed: int, context: Context) -> bool:
    """Whether what the deed ends is foreign forces' presence, mission or hold on a site."""
    forces, kind = foreign(phrase), deed_kind(phrase, deed)
    site = phrase.near(deed, NEAR, "base", "town")
    if not forces and (context.force is None or (context.silent > SILENCE and not site)):
        return False
    if phrase.near(deed, NEAR, "uno") or (kind == "hand" and phrase.near(deed, 2, "commander")):
        return False
    if kind == "stay" and not forces:
        return True
    if kind in ("end", "shift"):
        return bool(phrase.near(deed, NEAR, "mission", "body", "leave", "hand", "alliance", "troop", "bilateral"))
    if phrase.near(deed, 3, "nontroop") and not phrase.near(deed, 6, "full"):
        return False
    told = phrase.near(deed, NEAR, "troop", "body", "base", "site", "mission", "anaphor", "person", "town", "full")
    if kind == "stay" and phrase.near(deed, NEAR, "region", "country", "area"):
        return True
    left = [i for i in phrase.near(deed, 4, "region", "country") if prep_before(phrase, i) == "from"]
    return bool(told or left) or any(phrase.distance(i, deed) <= NEAR for i in forces)


def _is_part(phrase: Phrase, deed: int) -> bool:
    """Whether only a counted part leaves: the presence does not end with it."""
    if phrase.mentions[deed].has("leave") and [i for i in phrase.near(deed, 8, "fraction", "vague") if i < deed]:
        return True
    if form(phrase, deed) != "done" or not phrase.mentions[deed].has("leave") or phrase.near(deed, NEAR, "full", "own"):
        return False
    counted = [i for i in phrase.near(deed, 6, "number") if phrase.near(i, 2, "troop")]
    return bool(counted)


def _attribution(phrase: Phrase, at: int) -> bool:
    return phrase.mentions[at].has("attribution", "including")


def _day_of_saying(phrase: Phrase, at: int) -> bool:
    """Whether the date only says when somebody spoke ("said on Wednesday it was ...")."""
    read: DateRead = phrase.mentions[at].get("date")
    if read.bound in (*AHEAD, "after") or (read.offset is None and read.weekday is None and read.day is None):
        return False
    told = [i for i in phrase.find(*DEEDS, *OTHER_DEEDS) if i < at and not _attribution(phrase, i)]
    if not told or not phrase.mentions[told[-1]].has("say"):
        return False
    return not any(m.get("link") == "that" for m in phrase.mentions[told[-1] + 1 : at])


def _stays_until(phrase: Phrase, deed: int, at: int) -> bool:
    """Whether a stay ends with the date: "remains until", "no combat mission past"."""
    read: DateRead = phrase.mentions[at].get("date")
    if not phrase.same_clause(deed, at) or phrase.distance(deed, at) > REACH:
        return False
    if read.bound == "after":
        return negated(phrase, deed)
    past = "past" in modals(phrase, deed) and "plan" not in modals(phrase, deed)
    return read.bound == "until" and not past and phrase.mentions[deed].has("stay")


def _is_entry(phrase: Phrase, context: Context) -> bool:
    """Whether the sentence is an entry of a list: a place and a date, no verb ("Qayyarah West, 26/03/2020")."""
    if context.force is None or context.deed is None or phrase.find(*DEEDS, *OTHER_DEEDS, "neg"):
        return False
    places = [i for i in phrase.sites if phrase.mentions[i].has("base", "town", "area")]
    return bool(places) and len(phrase.text[phrase.start : phrase.end].split()) <= NEAR


def _status(done: bool | None, window: Window, published: date, read: DateRead) -> str:
    if done is None:
        return "done" if window.end <= published and read.bound not in AHEAD else "planned"
    return "done" if done and window.start <= published else "planned"


def _event(phrase: Phrase, deed: int) -> str:
    """What ends: the mission, the presence, the hold on a site, or the coalition's footing."""
    kind = deed_kind(phrase, deed)
    mission = phrase.nearest(deed, "mission")
    if kind in ("stay", "host"):
        return "mission_end" if mission is not None and phrase.distance(mission, deed) <= 8 else "withdrawal"
    if kind == "end":
        near = phrase.near(deed, 6, "leave", "hand")
        if near and (mission is None or phrase.distance(near[0], deed) <= phrase.distance(mission, deed)):
            return EVENTS[deed_kind(phrase, near[0])]
    if kind in ("hand", "shift") and phrase.near(deed, 6, "bilateral"):
        return "transfer"
    return EVENTS[kind]


def _places(phrase: Phrase, at: int, deed: int, context: Context) -> list[str]:
    """The places whose presence ends with the date at ``at``."""
    dates = phrase.find("date")
    sites = [i for i in phrase.sites if not _destination(phrase, i, deed) and not phrase.mentions[i].has("wide")]
    before = max((d for d in dates if d < at), default=-1)
    after = min((d for d in dates if d > at), default=len(phrase.mentions))

    def cost(i: int) -> float:
        weight: float = min(phrase.distance(i, deed), phrase.distance(i, at))
        if not before < i < after:
            weight += 8
        elif i > at and after < len(phrase.mentions):
            weight += 4
        weight += 5 * (i > at and i > deed)
        return weight + (4 if phrase.mentions[i].has("anaphor") else 0) - (3 if phrase.mentions[i].has("base") else 0)

    named_before = [i for i in phrase.sites if i < deed and phrase.mentions[i].has("base", "town")]
    if phrase.mentions[deed].after == "own" and named_before and form(phrase, deed) != "noun":
        return [place_at(phrase, named_before[-1], context) or context.country]
    best = min(sites, key=cost, default=None)
    if len(dates) > 1 and sites and dates[0] < sites[0] and dates[-1] < sites[-1]:
        best = next((i for i in sites if at < i < after), best)  # each date before its place
    if best is None or cost(best) > REACH:
        return [context.country]
    found = [place_at(phrase, i, context) or context.country for i in listed(phrase, best)]
    return list(dict.fromkeys(_federal(phrase, found)))


def _destination(phrase: Phrase, at: int, deed: int) -> bool:
    """Whether forces go to the place at ``at`` instead of leaving it."""
    return prep_before(phrase, at) == "to" and not phrase.mentions[deed].has("end", "shift")


def _federal(phrase: Phrase, places: list[str]) -> list[str]:
    """ "All of Iraq except the Kurdistan Region" is federal Iraq."""
    spared = [
        i
        for i in phrase.find("region")
        if phrase.mentions[i].get("region") == KURDISTAN and prep_before(phrase, i) == "except"
    ]
    if not spared:
        return places
    return [FEDERAL if place == "IQ" else place for place in places if place != KURDISTAN]
