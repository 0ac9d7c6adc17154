"""Which force and which place a word of a sentence belongs to.

One notion of nearness (``Phrase.distance``) decides, with what the article told before (``Context``) where the
sentence itself is silent. Local forces compete too: a number that belongs to them belongs to nobody we count.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache

from extract.lexicon import forces, gazetteer
from extract.model import Fact
from extract.reading import Phrase
from extract.resolve import Window

LOCAL, COALITION = "local", "coalition"
PLACES = ("base", "region", "area", "country", "town")
FORCES = ("adjective", "demonym", "alliance", "nation", "actor")
# Words of deeds: what a date or a site can be the date or the site of.
DEEDS = ("leave", "hand", "end", "shift", "stay", "host", "arrive", "cut", "grow")
# Deeds that end a presence, a mission or the hold on a site.
ENDING = ("leave", "hand", "end", "shift")
OTHER_DEEDS = ("begin", "say", "event", "casualty")
# What a list of places may hold between them.
LIST_WORDS = ("site", "link", "prep", "anaphor", "full", "strength", "including", "article")
# The theatre that the monitor began with; an article that names no country is about it.
THEATRE = "IQ"
# The region in which a country's capital lies.
CAPITALS = {"IQ": "IQ-BG", "SY": "SY-DI"}
# No word farther away than this, in words, belongs to another one.
REACH = 30


@dataclass(slots=True)
class Context:
    """What the article has told so far and a later sentence leaves out."""

    force: str | None = None
    country: str = THEATRE
    place: str | None = None
    bases: list[str] = field(default_factory=list)
    sites: set[str] = field(default_factory=set)
    window: Window | None = None
    deed: str | None = None
    count: Fact | None = None

    def look(self, phrase: Phrase) -> None:
        """Remembers the forces and places of a sentence for the ones that follow."""
        named = [force for at in phrase.find(*FORCES) if (force := force_at(phrase, at)) and force != LOCAL]
        if named:
            self.force = named[0]
        bases = [base for at in phrase.find("base", "town") if (base := base_at(phrase, at, self))]
        if bases:
            self.bases = bases
            self.sites.update(bases)
        places = [place_id(phrase, at) for at in phrase.find(*PLACES) if is_site(phrase, at, self)]
        held = [place for place in places if country_of(place) in theatres()]
        if held:
            self.place = bases[0] if bases else held[0]
            self.country = country_of(held[0]) or self.country
        ending = [kind for at in phrase.find(*ENDING) for kind in ENDING if phrase.mentions[at].has(kind)]
        if ending:
            self.deed = ending[-1]


@cache
def theatres() -> frozenset[str]:
    """The countries in which the gazetteer knows bases of foreign forces."""
    return frozenset(row["country"] for row in gazetteer().values() if row["kind"] == "base")


def country_of(place: str | None) -> str | None:
    """The country that a place of the gazetteer lies in."""
    return gazetteer().get(place or "", {}).get("country")


def place_id(phrase: Phrase, at: int) -> str:
    """The place id of a mention."""
    return str(phrase.mentions[at].get(*PLACES) or "")


def prep_before(phrase: Phrase, at: int) -> str | None:
    """The preposition written directly before or to a mention."""
    for kind in ("in", "to"):
        if kind in phrase.mentions[at].before:
            return kind
    if at and phrase.touches(at - 1, at) and phrase.mentions[at - 1].has("prep"):
        return str(phrase.mentions[at - 1].get("prep"))
    return None


def is_force(phrase: Phrase, at: int) -> bool:
    """Whether a name of a country stands for its forces or its government, not for its land."""
    mention = phrase.mentions[at]
    if mention.has("adjective", "demonym", "alliance"):
        return True
    if not mention.has("nation", "actor"):
        return False
    prep = prep_before(phrase, at)
    if mention.has("country"):
        return prep is None and bool([i for i in phrase.near(at, 2, "troop", "body", "stay") if i > at])
    if prep == "from":
        return bool([i for i in phrase.near(at, 4, "troop", "body", "number", "other") if i < at])
    return prep in (None, "with", "near", "to")


def force_at(phrase: Phrase, at: int) -> str | None:
    """The force that a mention names, ``LOCAL`` for local forces, or None."""
    mention = phrase.mentions[at]
    if mention.has("alliance"):
        return str(mention.get("alliance"))
    if mention.has("local", "localadj"):
        return LOCAL
    if is_force(phrase, at):
        force = str(mention.get("adjective", "demonym", "nation", "actor"))
        return force if force in forces() else None
    return None


def base_at(phrase: Phrase, at: int, context: Context) -> str | None:
    """The base that a mention names.

    A name that is also a town's counts where the article has called it a base before, a site word stands
    beside it, it is listed with a base, or forces leave it or hand it over.
    """
    mention = phrase.mentions[at]
    if mention.has("base"):
        return str(mention.get("base"))
    town = mention.get("town")
    if not town:
        return None
    known = town in context.sites or phrase.near(at, 4, "site") or _listed_with_base(phrase, at)
    return str(town) if known or _holds_forces(phrase, at, context) else None


def _listed_with_base(phrase: Phrase, at: int) -> bool:
    near = phrase.near(at, 7, "base", "town")
    return any(phrase.mentions[i].has("base") or phrase.near(i, 4, "site") for i in near)


def _holds_forces(phrase: Phrase, at: int, context: Context) -> bool:
    """Whether foreign forces leave, keep or hand over what the mention names, or are told to be at it."""
    foreign = any(force_at(phrase, i) not in (None, LOCAL) for i in phrase.find(*FORCES))
    if not foreign and context.force is None:
        return False
    if phrase.near(at, 3, "leave", "hand", "stay"):
        return True
    return foreign and bool([i for i in phrase.near(at, 5, "troop", "body", "person") if i < at]) and not phrase.near(at, 5, "local")


def force_near(phrase: Phrase, at: int, context: Context, reach: float = REACH) -> tuple[str, int | None]:
    """The force that the mention at ``at`` is about and where it is named; the context's if none is near."""
    here = [i for i in phrase.find(*FORCES, "local", "localadj") if force_at(phrase, i)]

    def cost(i: int) -> float:
        weight: float = phrase.distance(i, at) + (2 if i > at else 0)
        if i > at + 1 and any(m.has(*DEEDS) and not m.has("including") for m in phrase.mentions[at + 1 : i]):
            weight += 8
        return weight + (6 if phrase.mentions[i].has("actor") else 0) + (6 if _speaks(phrase, i) else 0)

    best = min(here, key=cost, default=None)
    if best is None or cost(best) > reach:
        return context.force or COALITION, None
    return force_at(phrase, best) or COALITION, best


def _speaks(phrase: Phrase, at: int) -> bool:
    """Whether the force at ``at`` is only part of a speaker's name ("the American envoy said")."""
    return bool(phrase.near(at, 3, "say")) and not phrase.near(at, 1, "troop", "body")


def place_near(phrase: Phrase, at: int, context: Context) -> tuple[str | None, int | None]:
    """The place that the number at ``at`` is told of, and where it stands; (None, None) if none is near."""

    def cost(i: int) -> float:
        weight: float = phrase.distance(i, at) + (0 if i > at else 3)
        between = phrase.mentions[min(i, at) + 1 : max(i, at)]
        if phrase.mentions[i].get("anaphor") == "there":
            weight += 4
        if any(m.has("number") for m in between):
            weight += 10
        if any(m.has("fraction") for m in between):
            weight += 20
        if prep_before(phrase, i) == "from" and phrase.near(i, 3, "arrive"):
            weight += 20
        return weight + (4 if prep_before(phrase, i) == "to" else 0)

    sites = [i for i in phrase.find(*PLACES, "anaphor", "wide") if is_site(phrase, i, context)]
    best = min(sites, key=cost, default=None)
    if best is None or cost(best) > (REACH if best > at else 2 * REACH):
        return None, None
    return site(phrase, best, context), best


def is_site(phrase: Phrase, at: int, context: Context) -> bool:
    """Whether a mention names or stands for a place."""
    mention = phrase.mentions[at]
    if mention.has("anaphor"):
        return _meant(phrase, at, context) is not None
    if mention.has("base", "town"):
        return base_at(phrase, at, context) is not None
    if mention.has("country") and mention.has("nation"):
        return not is_force(phrase, at)
    return mention.has(*PLACES, "wide") and not mention.has("alliance")


def site(phrase: Phrase, at: int, context: Context) -> str | None:
    """The place that a mention stands for; None for what is wider than a country."""
    mention = phrase.mentions[at]
    if mention.has("wide"):
        return None
    if mention.has("anaphor"):
        return _meant(phrase, at, context)
    return base_at(phrase, at, context) or place_id(phrase, at)


def _meant(phrase: Phrase, at: int, context: Context) -> str | None:
    """The place that "the country", "the base", "there" or "the capital" stands for, or None."""
    kind = phrase.mentions[at].get("anaphor")
    before = [i for i in phrase.find(*PLACES) if i < at and is_site(phrase, i, context)]
    bases = [base for i in before if (base := base_at(phrase, i, context))]
    if kind == "country":
        return context.country
    if kind == "city":
        return CAPITALS.get(context.country)
    if kind == "base":
        return bases[-1] if bases else (context.bases[0] if context.bases else None)
    if kind == "there":
        return bases[-1] if bases else (place_id(phrase, before[-1]) if before else context.place)
    return None


def listed(phrase: Phrase, at: int, context: Context) -> list[int]:
    """The places that stand in one list with the one at ``at`` ("Baghdad and Anbar"), ``at`` among them.

    A region or country behind a base only says where the base is and is left out.
    """
    sites = [i for i in phrase.find(*PLACES) if is_site(phrase, i, context)]
    if at not in sites:
        return [at]
    where, group = sites.index(at), [at]
    for i in sites[where + 1 :]:
        if not _continues(phrase, group[-1], i):
            break
        group.append(i)
    for i in reversed(sites[:where]):
        if not _continues(phrase, i, group[0]):
            break
        group.insert(0, i)
    return [i for n, i in enumerate(group) if not n or not _says_where(phrase, group[n - 1], i)]


def _continues(phrase: Phrase, left: int, right: int) -> bool:
    """Whether the place at ``right`` continues the list that the one at ``left`` is in."""
    between = phrase.mentions[left + 1 : right]
    if any(not m.has(*LIST_WORDS) or (m.has(*DEEDS) and not m.has("site", "including")) for m in between):
        return False
    words = len(phrase.text[phrase.mentions[left].end : phrase.mentions[right].start].split())
    return words <= 6 and phrase.same_clause(left, right)


def _says_where(phrase: Phrase, left: int, at: int) -> bool:
    """Whether the place at ``at`` only tells where the base at ``left`` is ("Harir, in Erbil")."""
    mention, before = phrase.mentions[at], phrase.mentions[left]
    if mention.has("base", "town") or "and" in mention.before or not before.has("base", "town"):
        return False
    return not any(m.get("link") == "and" for m in phrase.mentions[left + 1 : at])
