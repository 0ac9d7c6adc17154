"""All words the reader knows, found in one pass over a folded text.

Rows of ``data/terms.csv`` (kinds of words), ``names.csv`` (places), ``force_names.csv`` (forces) and
``countries.csv`` become one Aho-Corasick automaton a language. A hit counts only between word borders; Arabic and
Kurdish particles written to a word are known by rows of their own.
"""

from __future__ import annotations

import gc
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from operator import and_
from typing import Any

from ahocorasick_rs import AhoCorasick, MatchKind

from extract.fold import fold
from extract.model import Mention
from extract.tables import Row, forces, places, rows

LANGUAGES = ("ar", "en", "ckb", "fr")
# The languages whose names a text holds: its own, those in Latin letters, and Arabic ones in Kurdish.
READ_WITH = {
    "ar": ("ar", "en", "fr"),
    "en": ("en", "fr"),
    "fr": ("fr", "en"),
    "ckb": ("ckb", "ar", "en", "fr"),
}
# Particles are written to words of this length or more; shorter ones hide in longer words too often.
BARE = 3
# Number words from hundred on are written to figures, too ("5thousand").
FACTOR = 100
LONGEST_PARTICLE, LONGEST_ENDING = 5, 7
FINITE = {"done", "now", "will"}
# Kinds whose words take no pronoun or plural ending: a longer word is another word there.
FIXED = frozenset({"number", "month", "unit", "weekday", "rel", "ordinal", "prep", "link", "neg", "bound", "part"})
# Kinds that help to read others and are no mentions of their own.
UNREAD = frozenset(
    {"proclitic", "enclitic", "joint", "article", "abbreviation", "manner", "pronoun", "capital", "nameparticle"}
)
# A pattern that is one choice without others inside.
FLAT = re.compile(r"\(([^()]*)\)")
NONE: frozenset[str] = frozenset()
# Before these two particles in one, an Arabic name loses its own article.
TO_THE = frozenset({"to", "the"})


def spellings(pattern: str) -> Iterator[str]:
    """Every spelling that a pattern of ``data/terms.csv`` stands for: ``(a|b)`` is a choice, ``|`` may be empty.

    Choices may hold choices. Raises ValueError for brackets that do not pair.
    """
    if "(" not in pattern:
        if ")" in pattern:
            raise ValueError(f"terms.csv: brackets do not pair in {pattern!r}")
        return iter((pattern,))
    if choice := FLAT.fullmatch(pattern):
        return iter(choice[1].split("|"))
    start = pattern.index("(")
    options, end = _options(pattern, start)
    heads = (f"{pattern[:start]}{spelling}" for option in options for spelling in spellings(option))
    tails = list(spellings(pattern[end:]))
    return (head + tail for head in heads for tail in tails)


def _options(pattern: str, start: int) -> tuple[list[str], int]:
    """The options of the choice that begins at ``start`` and where it ends."""
    depth, last, options = 0, start + 1, []
    for at in range(start, len(pattern)):
        if pattern[at] == "(":
            depth += 1
        elif pattern[at] in "|)" and depth == 1:
            options.append(pattern[last:at])
            last = at + 1
        if pattern[at] == ")":
            depth -= 1
            if not depth:
                return options, at + 1
    raise ValueError(f"terms.csv: brackets do not pair in {pattern!r}")


@cache
def words_of(kind: str) -> frozenset[str]:
    """All words of one kind, in all languages, folded."""
    return frozenset(
        fold(word) for row in rows("terms.csv") if row["kind"] == kind for word in spellings(row["pattern"])
    )


def _terms(lang: str) -> Iterator[tuple[str, str, str]]:
    for row in rows("terms.csv"):
        if row["lang"] == lang and row["kind"] not in UNREAD:
            for spelling in spellings(row["pattern"]):
                yield spelling, row["kind"], row["value"]


def _names(lang: str) -> Iterator[tuple[str, str, str]]:
    known = places()
    for row in rows("names.csv"):
        if row["lang"] not in READ_WITH[lang]:
            continue
        kind = known[row["id"]]["kind"]
        yield row["name"], "town" if row["need"] == "site" else kind, row["id"]
    for row in rows("force_names.csv"):
        if row["lang"] not in READ_WITH[lang]:
            continue
        kind = "alliance" if forces()[row["id"]] == "alliance" else row["kind"]
        yield row["name"], "nation" if kind == "name" else kind, row["id"]


def _countries(lang: str) -> Iterator[tuple[str, str, str]]:
    """Country names: a place where the gazetteer has it, a nation where it can send forces."""
    for row in rows("countries.csv"):
        if row["lang"] in READ_WITH[lang]:
            if places().get(row["id"], {}).get("kind") == "country":
                yield row["name"], "country", row["id"]
            if forces().get(row["id"]) == "nation":
                yield row["name"], "nation", row["id"]


@dataclass(frozen=True)
class Lexicon:
    """The automaton of one language and what its words mean."""

    automaton: AhoCorasick
    tags: list[dict[str, Any]]
    proclitics: dict[str, frozenset[str]]
    enclitics: dict[str, str]
    variant: list[str]

    def find(self, text: str) -> list[Mention]:
        """All words of the lexicon in a folded text, between word borders, overlaps included."""
        found = []
        letters = [*map(str.isalnum, text), False]
        inside = [*map(and_, letters, [False, *letters])]  # for each offset whether letters stand on both sides of it
        for index, start, close in self.automaton.find_matches_as_indexes(text, overlapping=True):
            if (inside[start] or inside[close]) and close - start < BARE:
                continue
            tags, variant, before, after, begin, end = self.tags[index], self.variant[index], NONE, "", start, close
            if inside[start]:
                begin, before = self._particles(text, start)
                if begin == start and not (text[start - 1].isdecimal() and int(tags.get("number", 0)) >= FACTOR):
                    continue
                if "the" in before and _is_verb(tags):
                    continue
            if variant == "article" and not before >= TO_THE:
                continue
            if inside[close]:
                end, after = self._ending(text, end, tags)
                if not after:
                    continue
            if variant == "joint" and after != "own":
                continue
            found.append(Mention(begin, end, tags, before, after, close))
        return found

    def with_particles(self, text: str, mention: Mention) -> Mention:
        """``mention`` (a figure) with the particles written to it."""
        begin = _word_start(text, mention.start)
        before = self.proclitics.get(text[begin : mention.start])
        return mention if before is None else replace(mention, start=begin, before=before)

    def _particles(self, text: str, start: int) -> tuple[int, frozenset[str]]:
        """Where the particles written to the word begin and what they mean; ``start`` if other letters stand there."""
        begin = _word_start(text, start)
        before = self.proclitics.get(text[begin:start])
        return (start, NONE) if before is None else (begin, before)

    def _ending(self, text: str, end: int, tags: dict[str, Any]) -> tuple[int, str]:
        """Where the word ends with a known ending written to it and what that means; no meaning: other letters."""
        if not FIXED.isdisjoint(tags):
            return end, ""
        close = end
        while close < len(text) and text[close].isalnum() and close - end < LONGEST_ENDING:
            close += 1
        return close, self.enclitics.get(text[end:close], "")


def _word_start(text: str, at: int) -> int:
    begin = at
    while begin and text[begin - 1].isalpha() and at - begin < LONGEST_PARTICLE:
        begin -= 1
    return begin


def _is_verb(tags: dict[str, Any]) -> bool:
    """Whether all readings are finite verbs, which take no article."""
    for kind, value in tags.items():  # noqa: SIM110 - asked for every noun with an article, and a plain loop is quickest
        if value not in FINITE and kind != "say":
            return False
    return True


@cache
def lexicon(lang: str) -> Lexicon:
    """The lexicon of one language: its terms, and the names of places and forces that its press writes."""
    gc.disable()  # nothing made here is garbage, and looking for some would take as long as the work
    try:
        return _made(lang)
    finally:
        gc.enable()
        gc.freeze()  # the lexicon stays: walking over it at each collection would double the time of an article


def _made(lang: str) -> Lexicon:
    meanings: dict[str, dict[str, Any]] = {}
    terms = list(_terms(lang))
    for word, kind, value in (*terms, *_names(lang), *_countries(lang)):
        meanings.setdefault(fold(word), {}).setdefault(kind, value)
    meanings.pop("", None)
    clitics = [row for row in rows("terms.csv") if row["lang"] == lang and row["kind"] in UNREAD]
    particles = {fold(r["pattern"]): frozenset(r["value"].split("+")) for r in clitics if r["kind"] == "proclitic"}
    endings = [r for r in reversed(clitics) if r["kind"] == "enclitic"]
    variants = _variants([word for word, _, _ in terms], meanings, clitics)
    patterns = [*meanings, *(word for word, _, _ in variants)]
    return Lexicon(
        AhoCorasick(patterns, matchkind=MatchKind.Standard, store_patterns=False),
        [*meanings.values(), *(tags for _, tags, _ in variants)],
        particles,
        {fold(ending): r["value"] or "other" for r in endings for ending in spellings(r["pattern"])},
        [""] * len(meanings) + [why for _, _, why in variants],
    )


def _variants(
    terms: list[str], meanings: dict[str, dict[str, Any]], clitics: list[Row]
) -> list[tuple[str, dict[str, Any], str]]:
    """Forms that words take only beside particles or endings: (form, tags, ``article`` or ``joint``).

    A name loses its article after "to the" written to it; a feminine ending turns into t before a pronoun.
    """
    articles = tuple(fold(r["pattern"]) for r in clitics if r["kind"] == "proclitic" and r["value"] == "the")
    bare = [
        (word[len(article) :], tags, "article")
        for word, tags in meanings.items()
        for article in articles
        if word.startswith(article) and len(word) > BARE + len(article) and word[len(article) :] not in meanings
    ]
    turns = {r["pattern"]: r["value"] for r in clitics if r["kind"] == "joint"}
    turned = {fold(word[:-1] + turns[word[-1]]): meanings[fold(word)] for word in terms if word[-1:] in turns}
    return bare + [(word, tags, "joint") for word, tags in turned.items() if word not in meanings]


def settle_overlaps(mentions: list[Mention]) -> list[Mention]:
    """The longest mentions that do not overlap, from left to right; two names of one place become one."""
    taken: list[Mention] = []
    for mention in sorted(mentions, key=lambda m: (m.start, -m.end, len(m.before), -m.stem)):
        while taken and taken[-1].end > mention.start:
            if _same_place(taken[-1], mention):
                taken[-1] = replace(taken[-1], end=max(taken[-1].end, mention.end), tags=taken[-1].tags | mention.tags)
                break
            if taken[-1].end - taken[-1].start >= mention.end - mention.start:
                break
            taken.pop()
        else:
            taken.append(mention)
    return taken


def _same_place(left: Mention, right: Mention) -> bool:
    place = left.get("base", "town")
    return place is not None and place == right.get("base", "town")
