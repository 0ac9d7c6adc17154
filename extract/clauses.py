"""Which words of a sentence belong together: its clauses, and how far two words are from each other.

Distances are counted in words; a comma, a "which" and above all the border of a clause make them longer, so
that the nearest word is the one that grammar would name. What is put in between ("Zilkan, the camp over which
they quarrelled, will be handed over") is read over by the words around it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from extract.model import Mention

HARD = re.compile(r"[;:.!?\n•▪|/]")
DASH = re.compile(r"—|–|\s-\s")
SOFT = re.compile(r"[,()]")
# What is neither a word nor a blank; most gaps have none.
SIGN = re.compile(r"[^\w ]")
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

    ``far`` is how far that is from the begin of the sentence, in words; the last two count only what stands
    outside of insertions.
    """

    words: int
    soft: int
    hard: int
    inner: int
    far: int
    outer_hard: int
    outer_far: int


def distance(a: Spot, b: Spot) -> int:
    """How far two mentions are from each other, in words."""
    if a.inner == b.inner == 0:
        return abs(a.outer_far - b.outer_far)
    return abs(a.far - b.far) + INNER_WEIGHT * (a.inner != b.inner)


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
    words = soft = hard = far = outer_hard = outer_far = before = 0
    for at, mention in enumerate(mentions):
        more_words, more_soft, more_hard = _marks(gaps[at], inner[at] != before)
        if "link" in mention.tags:
            linked = _link(mention, _follows_and(gaps, mentions, at))
            more_soft, more_hard = more_soft + linked[0], more_hard + linked[1]
        step = more_words + SOFT_WEIGHT * more_soft + HARD_WEIGHT * more_hard
        words, soft, hard, far = words + more_words, soft + more_soft, hard + more_hard, far + step
        if not inner[at]:  # what closes an insertion is no border of the clause around it
            outer_far += more_words if before else step
            outer_hard += 0 if before else more_hard
        before = inner[at]
        found.append(Spot(words, soft, hard, before, far, outer_hard, outer_far))
    return found


def _marks(gap: str, borders: bool) -> tuple[int, int, int]:
    """The words, commas and clause borders that a gap and the mention behind it add; ``borders`` on an insertion."""
    if len(gap) < 2:
        return 1, 0, 0
    words = 1 + len(WORDS.findall(gap))
    if not SIGN.search(gap):
        return words, 0, 0
    return words, len(SOFT.findall(gap)), len(HARD.findall(gap)) + (0 if borders else len(DASH.findall(gap)))


def _link(mention: Mention, follows_and: bool) -> tuple[int, int]:
    """The commas and clause borders that a linking word stands for: "and that" begins another thing said."""
    kind = mention.get("link")
    again = kind == "that" and ("and" in mention.before or follows_and)
    return kind in ("which", "that"), kind == "while" or again


def _follows_and(gaps: list[str], mentions: list[Mention], at: int) -> bool:
    """Whether "and" stands before the mention."""
    return at > 0 and not gaps[at].strip() and mentions[at - 1].get("link") == "and"


def _insertions(gaps: list[str], mentions: list[Mention]) -> list[int]:
    """For each mention the number of the insertion that it is in, 0 outside."""
    inner = [0] * len(mentions)
    marked = [at for at, gap in enumerate(gaps) if gap != " " and MARK.search(gap)]
    if marked in ([], [0]):
        return inner
    borders = [at for at, gap in enumerate(gaps) if at and gap != " " and HARD.search(gap)]
    for count, (first, end) in enumerate(_pairs(gaps, mentions, borders, marked), 1):
        for at in range(first, end):
            inner[at] = inner[at] or count
    return inner


def _pairs(
    gaps: list[str], mentions: list[Mention], borders: list[int], marked: list[int]
) -> Iterator[tuple[int, int]]:
    """Where insertions begin and end: in brackets, between dashes, between commas."""
    for first, end in pairwise([0, *borders, len(gaps)]):
        marks = [at for at in marked if first <= at < end]
        dashes = [at for at in marks if at > first and DASH.search(gaps[at])]
        yield from zip(dashes[::2], dashes[1::2], strict=False)
        for at in marks:
            if "(" in gaps[at]:
                closed = next((i for i in marks if i > at and ")" in gaps[i]), None)
                if closed:
                    yield at, closed
        yield from _between_commas(gaps, mentions, first, [at for at in marks if at > first and "," in gaps[at]])


def _between_commas(gaps: list[str], mentions: list[Mention], first: int, commas: list[int]) -> list[tuple[int, int]]:
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
