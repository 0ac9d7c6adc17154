"""Which words of a sentence belong together: its clauses, and how far two words are from each other.

Distances are counted in words; a comma, a "which" and above all the border of a clause make them longer, so
that the nearest word is the one that grammar would name. What is put in between ("Zilkan, the camp over which
they quarrelled, will be handed over") is read over by the words around it.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import NamedTuple

from extract.model import Mention

HARD = re.compile(r"[;:.!?\n•▪|/]")
DASH = re.compile(r"—|–|\s-\s")
SOFT = re.compile(r"[,()]")
# Without a mark there is no insertion.
MARK = re.compile(r"[,()—–]|\s-\s")
WORDS = re.compile(r"[\w']+")
# What a comma or a relative word, and what the border of a clause, weigh in words.
SOFT_WEIGHT, HARD_WEIGHT = 3, 14
# What the border of a clause put in between weighs.
INNER_WEIGHT = 8
# Kinds of words that a clause can have as its verb, and the forms of deeds that are none.
VERBS = frozenset(("leave", "hand", "end", "shift", "stay", "host", "arrive", "cut", "grow", "say", "modal", "begin"))
NO_VERB = ("noun", "now")


class Spot(NamedTuple):
    """Where a mention stands: words, commas and clause borders before it, and the insertion it is in (0: none).

    The second three count only what stands outside of insertions.
    """

    words: int
    soft: int
    hard: int
    inner: int
    outer_words: int
    outer_soft: int
    outer_hard: int


def distance(a: Spot, b: Spot) -> int:
    """How far two mentions are from each other, in words."""
    if a.inner == b.inner == 0:
        return (
            abs(a.outer_words - b.outer_words)
            + SOFT_WEIGHT * abs(a.outer_soft - b.outer_soft)
            + HARD_WEIGHT * abs(a.outer_hard - b.outer_hard)
        )
    return (
        abs(a.words - b.words)
        + SOFT_WEIGHT * abs(a.soft - b.soft)
        + HARD_WEIGHT * abs(a.hard - b.hard)
        + INNER_WEIGHT * (a.inner != b.inner)
    )


def same_clause(a: Spot, b: Spot) -> bool:
    """Whether no clause border stands between two mentions."""
    if a.inner == b.inner == 0:
        return a.outer_hard == b.outer_hard
    return a.hard == b.hard


def spots(text: str, start: int, mentions: list[Mention]) -> list[Spot]:
    """Where each mention of the sentence that begins at ``start`` stands."""
    ends = [start, *(m.end for m in mentions)]
    gaps = [text[end : m.start] for end, m in zip(ends, mentions, strict=False)]
    inner = _insertions(gaps, mentions)
    found: list[Spot] = []
    words = soft = hard = 0
    outer = [0, 0, 0]
    for at, (gap, mention) in enumerate(zip(gaps, mentions, strict=True)):
        step = _step(gap, mention, _follows_and(gaps, mentions, at), inner[at] != (inner[at - 1] if at else 0))
        words, soft, hard = words + step[0], soft + step[1], hard + step[2]
        if not inner[at]:
            closes = at and inner[at - 1]
            outer = [outer[0] + step[0], outer[1] + (0 if closes else step[1]), outer[2] + (0 if closes else step[2])]
        found.append(Spot(words, soft, hard, inner[at], *outer))
    return found


def _step(gap: str, mention: Mention, again: bool, borders: bool) -> tuple[int, int, int]:
    """The words, commas and clause borders that a gap and the mention behind it add."""
    words, soft, hard = 1, 0, 0
    if len(gap) > 1:
        words += len(WORDS.findall(gap))
        soft = len(SOFT.findall(gap))
        hard = len(HARD.findall(gap)) + (0 if borders else len(DASH.findall(gap)))
    if mention.has("link"):
        kind = mention.get("link")
        again = kind == "that" and ("and" in mention.before or again)
        hard += kind == "while" or again
        soft += kind in ("which", "that")
    return words, soft, hard


def _follows_and(gaps: list[str], mentions: list[Mention], at: int) -> bool:
    """Whether "and" stands before the mention: "and that" begins another thing said."""
    return at > 0 and not gaps[at].strip() and mentions[at - 1].get("link") == "and"


def _insertions(gaps: list[str], mentions: list[Mention]) -> list[int]:
    """For each mention the number of the insertion that it is in, 0 outside."""
    inner = [0] * len(mentions)
    if not any(MARK.search(gap) for gap in gaps[1:]):
        return inner
    borders = [at for at, gap in enumerate(gaps) if at and HARD.search(gap)]
    for count, (first, end) in enumerate(_pairs(gaps, mentions, borders), 1):
        for at in range(first, end):
            inner[at] = inner[at] or count
    return inner


def _pairs(gaps: list[str], mentions: list[Mention], borders: list[int]) -> list[tuple[int, int]]:
    """Where insertions begin and end: in brackets, between dashes, between commas."""
    found = []
    edges = [0, *borders, len(gaps)]
    for first, end in pairwise(edges):
        dashes = [at for at in range(first + 1, end) if DASH.search(gaps[at])]
        found += list(zip(dashes[::2], dashes[1::2], strict=False))
        opened = [at for at in range(first, end) if "(" in gaps[at]]
        for at in opened:
            closed = next((i for i in range(at + 1, end) if ")" in gaps[i]), None)
            if closed:
                found.append((at, closed))
        found += _between_commas(gaps, mentions, first, end)
    return found


def _between_commas(gaps: list[str], mentions: list[Mention], first: int, end: int) -> list[tuple[int, int]]:
    commas = [at for at in range(first + 1, end) if "," in gaps[at]]
    found: list[tuple[int, int]] = []
    begin = first
    for where, at in enumerate(commas):
        if found and at < found[-1][1]:
            continue
        later = commas[where + 1 :]
        resumed = next((i for i in later if _resumes(gaps[i], mentions[i])), None)
        relative = mentions[at].get("link") == "which"
        if relative and later:
            found.append((at, resumed or later[0]))
        elif resumed and _awaits_verb(mentions, begin, at):
            found.append((at, resumed))
        begin = at
    return found


def _resumes(gap: str, mention: Mention) -> bool:
    """Whether the clause before an insertion goes on with its verb."""
    return len(gap.rpartition(",")[2].split()) == 0 and _is_verb(mention) and "and" not in mention.before


def _is_verb(mention: Mention) -> bool:
    return any(kind in VERBS and value not in NO_VERB for kind, value in mention.tags.items())


def _awaits_verb(mentions: list[Mention], first: int, end: int) -> bool:
    """Whether a stretch names somebody or something without a verb."""
    return not any(_is_verb(m) for m in mentions[first:end]) and any(
        mentions[at].has("base", "troop", "body", "site", "alliance", "nation", "demonym", "mission", "town")
        and not (at and mentions[at - 1].has("prep"))
        for at in range(first, end)
    )
