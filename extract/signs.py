"""The signs that a sentence shows around a word: what stands beside it, near it, between it and another word."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from operator import itemgetter
from typing import Any

from extract.clauses import distance, same_clause
from extract.context import DEEDS, OTHER_DEEDS, Context
from extract.judge import Signs
from extract.owners import foreign, is_military
from extract.reading import Phrase, once

# Kinds whose value says more than the kind.
VALUED = {"prep", "modal", "link", "hedge", "anaphor", "event", "bound", "alliance"}
# Kinds of deeds, whose value is their form.
FORMED = {*DEEDS, *OTHER_DEEDS, "say"}
# Kinds that say nothing beyond what others say.
SILENT = {"figures", "core", "rel", "ordinal", "month"}
# A sentence of fewer letters is an entry, a heading or an aside.
SHORT = 60
# Which neighbours are looked at, in mentions.
BESIDE = {-2: "-2", -1: "-1", 1: "+1", 2: "+2"}
# Upper bounds, in words, of what counts as touching, near, ... when a distance is told.
STEPS = (1, 2, 4, 7, 11, 16, 24)
DISTANCES = [str(next(bound for bound in STEPS if words <= bound)) for words in range(STEPS[-1] + 1)]
# Kinds that count as one when the nearest of them is looked for; others count as themselves.
GROUPS = {
    "twotroops": "troop", "adjective": "force", "nation": "force", "actor": "force", "localadj": "local",
    "base": "site", "town": "site", "region": "land", "country": "land", "area": "land", "nontroop": "others",
    "civil": "others", "uno": "others", "vague": "fraction", "demonym": "people",
}  # fmt: skip
ALONE = {
    "troop", "person", "body", "alliance", "mission", "local", "number", "date", "casualty", "event", "say", "leave",
    "hand", "end", "shift", "stay", "host", "arrive", "cut", "grow", "begin", "strength", "modal", "neg", "deny",
    "full", "fraction", "own", "bilateral", "commander", "combat", "including", "ofthem", "other", "ago", "wide",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Told:
    """What signs tell of one mention: the names of its kinds, those that say more than a kind, its groups,
    and as what it can be a party to a deed (None: not)."""

    names: tuple[str, ...]
    exact: tuple[str, ...]
    groups: frozenset[str]
    party: str | None


@once
def told(phrase: Phrase) -> list[Told]:
    """What signs tell of each mention."""
    return [_told(frozenset(mention.tags.items())) for mention in phrase.mentions]


@lru_cache(maxsize=10_000)
def _told(tags: frozenset[tuple[str, Any]]) -> Told:
    names, exact = [], []
    for kind, value in sorted(tags, key=itemgetter(0)):
        if kind in SILENT:
            continue
        names.append(kind)
        if kind in VALUED:
            exact.append(f"{kind}={value}")
        elif kind in FORMED and value:
            exact.append(f"{kind}.{value}")
    kinds = {kind for kind, _ in tags}
    groups = frozenset(GROUPS.get(kind, kind) for kind in kinds if kind in GROUPS or kind in ALONE)
    party = next((kind for kind in PARTIES if kind in kinds), None)
    return Told((*names, *exact), tuple(exact), groups, party)


def each(names: tuple[str, ...], before: str, behind: str = "") -> Signs:
    """A sign for each name, with the same words before and behind it."""
    return {f"{before} {name}{behind}": 1.0 for name in names}


def step(words: int) -> str:
    """A distance in words, coarsely."""
    return DISTANCES[words] if words < len(DISTANCES) else "far"


@once
def _grouped(phrase: Phrase) -> list[int]:
    """Where mentions stand that ``nearest`` looks for."""
    return [at for at, each_told in enumerate(told(phrase)) if each_told.groups]


def beside(phrase: Phrase, at: int) -> Signs:
    """The mentions next to ``at`` on both sides: their kinds, and how close they stand."""
    signs: Signs = {}
    here, all_told = phrase.spots[at], told(phrase)
    for offset, where in BESIDE.items():
        other = at + offset
        if not 0 <= other < len(all_told):
            signs[f"{where} none"] = 1.0
            continue
        there = phrase.spots[other]
        unknown = abs(there.words - here.words) - abs(offset)
        close = " touching" if unknown <= 0 else " near" if unknown <= 2 else " far"
        if there.soft != here.soft or there.hard != here.hard:
            close += " apart"
        names = all_told[other].names
        signs |= each(names, where) | each(names, where, close)
    mention = phrase.mentions[at]
    for particle in mention.before:
        signs[f"written to {particle}"] = 1.0
    if mention.after:
        signs[f"ends in {mention.after}"] = 1.0
    return signs


def nearest(phrase: Phrase, at: int) -> Signs:
    """The nearest mention of each group of kinds before and behind ``at``, its form and how far it is."""
    signs: Signs = {}
    spots, here, all_told = phrase.spots, phrase.spots[at], told(phrase)
    grouped = _grouped(phrase)
    for side, others in (
        ("before", [i for i in reversed(grouped) if i < at]),
        ("after", [i for i in grouped if i > at]),
    ):
        seen: set[str] = set()
        for i in others:
            there = all_told[i]
            if there.groups <= seen:
                continue
            far = distance(spots[i], here)
            where = side if same_clause(spots[i], here) else f"{side} beyond"
            close, reach = 4 / (4 + far), step(far)
            for group in there.groups - seen:
                signs[f"{where} {group} {reach}"] = 1.0
                signs[f"{where} {group}"] = close
            for name in there.exact:
                signs.setdefault(f"{where} {name}", close)
            seen |= there.groups
    return signs


def between(phrase: Phrase, at: int, other: int, prefix: str = "") -> Signs:
    """How the mention ``other`` stands to ``at``: side, distance, preposition, what lies between."""
    side = f"{prefix}{'after' if other > at else 'before'}"
    a, b, all_told = phrase.spots[at], phrase.spots[other], told(phrase)
    far = phrase.distance(at, other)
    signs: Signs = {
        side: 1.0,
        f"{side} {step(far)}": 1.0,
        f"{side} far": min(far, STEPS[-1]) / 10,
        f"{side} commas": float(min(3, abs(a.soft - b.soft))),
        f"{side} borders": float(min(2, abs(a.hard - b.hard))),
        f"{side} inserted": float(a.inner != b.inner),
    }
    past = f"{side} past"
    for i in range(min(at, other) + 1, max(at, other)):
        signs |= each(all_told[i].names, past)
    if other <= 1:
        signs[f"{side} opens"] = 1.0
    return signs


def state(phrase: Phrase, context: Context) -> Signs:
    """What the sentence and the article before it are about: forces, bases, counts."""
    named = foreign(phrase)
    army = any(is_military(phrase, at) for at in named)
    here = "army" if army else "named" if named else "told" if context.force else "unknown"
    return {
        f"force {here}": 1.0,
        f"force {here} silent {min(4, context.silent)}": 1.0,
        "question": float(phrase.text[phrase.start : phrase.end].rstrip("\"' ").endswith("?")),
        "item": float(not phrase.text[phrase.start].isalnum() and phrase.text[phrase.start] not in "\"'("),
        "short": float(phrase.end - phrase.start < SHORT),
        "local here": float(bool(phrase.find("local", "localadj"))),
        "troops here": float(bool(phrase.find("troop", "body"))),
        "site here": float(bool(phrase.find("base", "town"))),
        "count told": float(context.count is not None),
        f"count told {min(3, context.uncounted)} ago": 1.0,
        f"date told {min(3, context.undated)} ago": 1.0,
        f"line forces {min(2, len(context.line.forces))} {here}": 1.0,
        f"deed told {context.deed}": 1.0,
        f"last count {context.count.status if context.count else None}": 1.0,
        f"line facts {min(3, context.line.facts)}": 1.0,
        "line begins": float(phrase.begins),
        "bases told": min(3, len(context.known)) / 3,
        **context.profile,
    }


def deed_kind(phrase: Phrase, deed: int) -> str:
    """The kind of a deed (leave, hand, end, ...) or of a mission."""
    tags = phrase.mentions[deed].tags
    return next((kind for kind in DEEDS if kind in tags), "mission")


@once
def deed_signs(phrase: Phrase, deed: int, context: Context) -> Signs:
    """Who does what a deed tells, and to what: the forces or locals before it, the site, troops or others behind."""
    kind = deed_kind(phrase, deed)
    form = f"{kind}.{phrase.mentions[deed].get(kind)}"
    subject = _first(phrase, deed, range(deed - 1, -1, -1))
    target = _first(phrase, deed, range(deed + 1, len(phrase.mentions)))
    known = "named" if foreign(phrase) else "told" if context.force else "unknown"
    return {
        f"{form} by {subject}": 1.0,
        f"{kind} by {subject}": 1.0,
        f"{form} to {target}": 1.0,
        f"{kind} to {target}": 1.0,
        f"{kind} by {subject} to {target}": 1.0,
        f"{kind} force {known}": 1.0,
        f"{kind} force {known} silent {min(3, context.silent)}": 1.0,
    }


# A party to a deed is one of so many mentions of its clause before or behind it.
PARTY_REACH = 4
# What can do a deed or have it done to it, the most telling first.
PARTIES = (
    "local", "localadj", "troop", "body", "mission", "demonym", "alliance", "base", "town", "site", "nontroop",
    "civil", "uno", "adjective", "nation", "actor", "commander", "person", "region", "country", "anaphor",
)  # fmt: skip


def _first(phrase: Phrase, deed: int, others: Iterable[int]) -> str:
    """The kind of the first of some mentions that can be a party to a deed: it is near, and in the clause."""
    near = islice((i for i in others if phrase.same_clause(i, deed)), PARTY_REACH)
    return next((party for i in near if (party := told(phrase)[i].party)), "nobody")


def joined(*many: Signs) -> Signs:
    """All signs; of one told twice the stronger."""
    out = dict(many[0])
    for signs in many[1:]:
        if out.keys().isdisjoint(signs):
            out |= signs
            continue
        for sign, value in signs.items():
            if sign not in out or value > out[sign]:
                out[sign] = value
    return out
