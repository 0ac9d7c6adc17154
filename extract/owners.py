"""Forces that a sentence names: nations and alliances, local forces, lists of them, and what "its" points to."""

from __future__ import annotations

from functools import cache

from extract.context import FORCES, LOCAL, Context
from extract.reading import Phrase, once
from extract.tables import forces, places

# Hosts of bases that also keep forces abroad.
GUESTS = {"TR"}
# "its" stands at most this many words from what is owned.
OWN = 6
# A name this near before it owns it, however the clause began.
BESIDE = 9
# A name is a force's if one of these words stands this near to it, in words.
MILITARY, MILITARY_WORDS = (
    6,
    ("troop", "body", "person", "mission", "base", "town", "leave", "stay", "commander", "number"),
)
# Between two names of a list stand at most so many other words.
LIST_GAP = 2


@cache
def theatres() -> frozenset[str]:
    """The countries in which the gazetteer knows bases of foreign forces."""
    return frozenset(row["country"] for row in places().values() if row["kind"] == "base")


@once
def prep_before(phrase: Phrase, at: int) -> str | None:
    """The preposition written directly before or to a mention."""
    for kind in ("in", "to"):
        if kind in phrase.mentions[at].before:
            return kind
    if phrase.touches(at - 1, at) and phrase.mentions[at - 1].has("prep"):
        return str(phrase.mentions[at - 1].get("prep"))
    return None


@once
def is_force(phrase: Phrase, at: int) -> bool:
    """Whether a name of a country stands for its forces or its government, not for its land."""
    mention = phrase.mentions[at]
    if mention.has("adjective", "demonym", "alliance"):
        return True
    if not mention.has("nation", "actor"):
        return False
    prep = prep_before(phrase, at)
    if prep in ("from", "to") and phrase.near(at, 6, "commander"):
        return True
    if mention.has("country") and prep == "from":
        return bool([i for i in phrase.near(at, 3, "troop", "body", "person") if i < at])
    if mention.has("country"):
        if str(mention.get("nation")) in GUESTS and (prep is None or "to" in mention.before):
            return bool(phrase.find("troop", "body", "person", "stay"))
        return prep is None and bool([i for i in phrase.near(at, 2, "troop", "body", "stay") if i > at])
    if prep == "from":
        return bool([i for i in phrase.near(at, 4, "troop", "body", "number", "other") if i < at])
    return prep in (None, "with", "near") or "to" in mention.before


@once
def force_at(phrase: Phrase, at: int) -> str | None:
    """The force that a mention names, ``LOCAL`` for local forces, or None."""
    mention = phrase.mentions[at]
    if mention.has("alliance"):
        return str(mention.get("alliance"))
    if mention.has("local", "localadj"):
        return LOCAL
    if not is_force(phrase, at) or (phrase.touches(at, at + 1) and phrase.mentions[at + 1].has("made")):
        return None
    force = str(mention.get("adjective", "demonym", "nation", "actor"))
    if force in theatres() and force not in GUESTS:
        return LOCAL
    return force if force in forces() else None


@once
def named_force(phrase: Phrase, at: int) -> str | None:
    """The force whose nation or alliance a mention names, be it as a land, a government or an army; None if local."""
    mention = phrase.mentions[at]
    force = str(mention.get("alliance", "adjective", "demonym", "nation", "actor"))
    return force if force in forces() and (force not in theatres() or force in GUESTS) else None


@once
def named_forces(phrase: Phrase) -> list[int]:
    """Where the sentence names nations or alliances that can send forces."""
    return [at for at in phrase.find(*FORCES) if named_force(phrase, at)]


@once
def listed_forces(phrase: Phrase) -> list[list[int]]:
    """``named_forces`` grouped by list."""
    return lists_of(phrase, named_forces(phrase))


@once
def foreign(phrase: Phrase) -> list[int]:
    """Where the sentence names foreign forces."""
    return [i for i in phrase.find(*FORCES) if force_at(phrase, i) not in (None, LOCAL)]


@once
def is_military(phrase: Phrase, at: int) -> bool:
    """Whether the force named at ``at`` is told of as one, not as a government, a firm or a university."""
    if phrase.near(at, 2, "civil") and not phrase.near(at, 2, "troop", "body"):
        return False
    return phrase.mentions[at].has("alliance", "demonym") or bool(phrase.near(at, MILITARY, *MILITARY_WORDS))


def lists_of(phrase: Phrase, named: list[int]) -> list[list[int]]:
    """The names grouped by list ("American, British and French")."""
    groups: list[list[int]] = []
    for at in named:
        last = groups[-1][-1] if groups else None
        joined = last is not None and all(m.has("link", "other") for m in phrase.mentions[last + 1 : at])
        words = phrase.gap(last, at).split() if joined and last is not None else []
        if joined and len([word for word in words if word.isalpha()]) <= LIST_GAP:
            groups[-1].append(at)
        else:
            groups.append([at])
    return groups


@once
def speaks(phrase: Phrase, at: int) -> bool:
    """Whether the force at ``at`` is only part of a speaker's name ("the American envoy said")."""
    return bool(phrase.near(at, 3, "say")) and not phrase.near(at, 1, "troop", "body")


def owner(phrase: Phrase, noun: int, context: Context) -> str | None:
    """The force that "its", "their" beside the noun points to: the one its clause or sentence begins with."""
    owned = [
        i
        for i in (noun, *phrase.near(noun, OWN, "body", "strength", "troop", "own"))
        if i <= noun and is_own(phrase, i)
    ]
    if not owned:
        return None
    before = [i for i in foreign(phrase) if i < owned[0]]
    if not before:
        return context.force
    clause = [i for i in before if phrase.same_clause(i, noun)] or before[-1:]
    beside = phrase.distance(clause[-1], owned[0]) <= BESIDE
    return force_at(phrase, clause[-1] if beside else clause[0])


def is_own(phrase: Phrase, at: int) -> bool:
    """Whether a mention is "its", "their", or has that written to it."""
    return phrase.mentions[at].after == "own" or phrase.mentions[at].has("own")
