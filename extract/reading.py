"""From a text to its sentences, each with its mentions: numbers joined, dates read, sites without a name known."""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache, wraps
from itertools import chain
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

from extract.clauses import Spot, distance, same_clause, spots
from extract.datereader import read_dates
from extract.dates import find_numeric
from extract.fold import Folded, fold_with_origin
from extract.lexicon import Lexicon, lexicon, settle_overlaps, words_of
from extract.model import Mention, Quote
from extract.numbers import COUNTED, bound_numbers, find_figures, join_numbers
from extract.sentences import sentences
from extract.unlisted import with_unlisted

# "BAGHDAD, March 26 (Agency) -": a dateline stands within this many characters of a line's begin.
DATELINE = re.compile(r"(?:^|\n)[^\n.:;!?\"]{2,70}?(?:\)\s*-|\s—|\s-)\s")
# Without a word of these kinds, or of ``COUNTED``, a sentence has no date.
DATED = (
    "calendar",
    "month",
    "ordinal",
    "unit",
    "weekday",
    "day",
    "thisyear",
    "yearend",
    "quartername",
    "anaphor",
    "later",
)
# The longest sentence of the articles read by hand has 49 words that the reader knows.
MOST_HITS = 60
# A longer one is cut into pieces of so many.
PIECE = 20
# What has more of them without a full stop or a line's end is no prose and states nothing.
ENDLESS = 300
# Names up to this length are abbreviations and count only in capitals.
CAPITALS = 3
P = ParamSpec("P")
R = TypeVar("R")


@cache
def articles() -> frozenset[str]:
    """Nothing, or an article: what may stand between words that touch."""
    return words_of("article") | {""}


@dataclass(slots=True)
class Phrase:
    """A sentence as the rules see it: mentions, and for each its place among the words and the clauses.

    ``text`` is the whole folded text, ``origin`` the way back to the original offsets. ``begins``: it is the first
    of its line. ``places`` has the mentions by kind; ``bases`` and ``sites`` are filled in while it is read;
    ``found`` and ``known`` keep what is asked often (``find``, ``once``).
    """

    start: int
    end: int
    text: str
    origin: array[int]
    mentions: list[Mention]
    spots: list[Spot]
    places: dict[str, list[int]] = field(default_factory=dict)
    bases: frozenset[int] = frozenset()
    sites: list[int] = field(default_factory=list)
    begins: bool = False
    found: dict[tuple[str, ...], list[int]] = field(default_factory=dict)
    known: dict[tuple[Callable[..., Any], int | None], Any] = field(default_factory=dict)

    def distance(self, a: int, b: int) -> int:
        """How far the mentions ``a`` and ``b`` are from each other, in words."""
        return distance(self.spots[a], self.spots[b])

    def find(self, *kinds: str) -> list[int]:
        """Where the mentions of these kinds stand."""
        if len(kinds) == 1:
            return self.places.get(kinds[0], [])
        found = self.found.get(kinds)
        if found is None:
            several = [self.places[kind] for kind in kinds if kind in self.places]
            found = sorted(set(chain(*several))) if len(several) > 1 else several[0] if several else []
            self.found[kinds] = found
        return found

    def nearest(self, at: int, *kinds: str) -> int | None:
        """The mention of these kinds nearest to ``at`` (the one before it, if two are as near)."""
        candidates = [i for i in self.find(*kinds) if i != at]
        return min(candidates, key=lambda i: (self.distance(at, i), i > at), default=None)

    def near(self, at: int, reach: float, *kinds: str) -> list[int]:
        """Where mentions of these kinds stand in the clause of ``at``, at most ``reach`` words from it."""
        spots, here = self.spots, self.spots[at]
        return [
            i
            for i in self.find(*kinds)
            if i != at and same_clause(spots[i], here) and distance(spots[i], here) <= reach
        ]

    def gap(self, a: int, b: int) -> str:
        """The text between two mentions."""
        return self.text[self.mentions[a].end : self.mentions[b].start]

    def touches(self, a: int, b: int) -> bool:
        """Whether nothing but blanks stands between the mentions ``a`` and ``b``."""
        return 0 <= a < b < len(self.mentions) and self.gap(a, b).strip(" -'\"") in articles()

    def next_is_known(self, at: int) -> bool:
        """Whether the word after the mention ``at`` is one the reader knows, or none follows in the clause."""
        rest = self.text[self.mentions[at].end : self.end]
        if not rest.strip() or rest[0] in '.,;:)"' or rest.lstrip()[0] in '-—(,.;:)"+':
            return True
        follower = at + 1
        return follower < len(self.mentions) and self.touches(at, follower)

    def same_clause(self, a: int, b: int) -> bool:
        """Whether no clause border stands between the mentions ``a`` and ``b``."""
        return same_clause(self.spots[a], self.spots[b])


def once(work: Callable[Concatenate[Phrase, P], R]) -> Callable[Concatenate[Phrase, P], R]:
    """``work(phrase, at, ...)`` done once for each mention (or phrase, without one): for what stays the same
    within the sentence whatever else is given."""

    def asked(phrase: Phrase, at: int | None = None, *rest: Any) -> Any:
        key = (work, at)
        if key not in phrase.known:
            phrase.known[key] = work(phrase, *(() if at is None else (at, *rest)))  # type: ignore[call-arg]
        return phrase.known[key]

    return cast("Callable[Concatenate[Phrase, P], R]", wraps(work)(asked))


@dataclass(slots=True)
class Reading:
    """A text read: its folded form, the way back to the original offsets, and the sentences with known words."""

    original: str
    text: str
    origin: array[int]
    phrases: list[Phrase]

    def quote(self, phrase: Phrase, speaker: str | None) -> Quote:
        """A sentence as it stands in the original text; ``speaker`` is reported to say it."""
        start, end = self.origin[phrase.start], self.origin[phrase.end]
        while end < len(self.original) and unicodedata.combining(self.original[end]):
            end += 1  # signs on the last letter have no folded character of their own
        return Quote(self.original[start:end], start, end, speaker)


def read(text: str, lang: str) -> Reading:
    """The sentences of ``text`` with their mentions, numbers joined and dates read."""
    folded = fold_with_origin(text)
    words: Lexicon = lexicon(lang)
    figures = (words.with_particles(folded.text, m) for m in (*find_figures(folded.text), *find_numeric(folded.text)))
    hits = [hit for hit in (*words.find(folded.text), *figures) if _is_meant(text, folded, hit)]
    hits = with_unlisted(text, folded, settle_overlaps(hits))
    phrases, last = [], 0
    for start, end, inside in _pieces(folded.text, hits):
        found = _combined(folded.text, _without_dateline(folded.text, start, end, inside)) if inside else []
        if found:
            phrases.append(_phrase(folded, start, end, found))
            phrases[-1].begins = not last or "\n" in folded.text[last:start]
            last = end
    return Reading(text, folded.text, folded.origin, phrases)


def _combined(text: str, mentions: list[Mention]) -> list[Mention]:
    """``mentions`` with numbers joined, dates read and hedges drawn in, where the sentence has any."""
    kinds = {kind for mention in mentions for kind in mention.tags}
    counted = not kinds.isdisjoint(COUNTED)
    if counted:
        mentions = join_numbers(text, mentions)
    if counted or not kinds.isdisjoint(DATED):
        mentions = read_dates(text, mentions)
    return bound_numbers(text, mentions) if counted else mentions


def _pieces(text: str, hits: list[Mention]) -> Iterator[tuple[int, int, list[Mention]]]:
    """The sentences with their hits; one with more hits than any real sentence is cut, so that time stays linear,
    and one with far more is left out."""
    starts = [hit.start for hit in hits]
    for start, end in sentences(text):
        first, last = bisect_left(starts, start), bisect_left(starts, end)
        if last - first > ENDLESS:
            continue
        if last - first <= MOST_HITS:
            yield start, end, hits[first:last]
            continue
        for cut in range(first, last, PIECE):
            inside = hits[cut : min(cut + PIECE, last)]
            yield inside[0].start, inside[-1].end, inside


def _is_meant(text: str, folded: Folded, hit: Mention) -> bool:
    """Whether a short Latin name is written in capitals ("US" is no "us")."""
    if not folded.text[hit.start].isascii() or text[folded.origin[hit.start]].isupper():
        return True
    if hit.end - hit.start <= CAPITALS and hit.has("nation", "actor", "adjective", "base", "alliance"):
        return False
    return folded.text[hit.start : hit.end] not in words_of("capital")


def read_with_datelines(text: str, lang: str) -> list[Mention]:
    """The mentions of a text's sentences, those of its date lines included, dates read."""
    folded = fold_with_origin(text).text
    hits = [*lexicon(lang).find(folded), *find_figures(folded), *find_numeric(folded)]
    return read_dates(folded, join_numbers(folded, settle_overlaps(hits)))


def _without_dateline(text: str, start: int, end: int, mentions: list[Mention]) -> list[Mention]:
    """Mentions without those of a dateline ("ERBIL, March 26 (Agency) - ...")."""
    match = DATELINE.match(text, start, end)
    if not match or not mentions or (start and text[start - 1] != "\n" and text[start - 2 : start].strip()):
        return mentions
    head = [m for m in mentions if m.start < match.end()]
    if not head or not head[0].has("region", "country", "town", "actor", "nation") or head[0].start > start + 3:
        return mentions
    if any(m.has("leave", "hand", "end", "troop", "body", "mission", "say") for m in head):
        return mentions
    return mentions[len(head) :]


def _phrase(folded: Folded, start: int, end: int, mentions: list[Mention]) -> Phrase:
    phrase = Phrase(start, end, folded.text, folded.origin, mentions, spots(folded.text, start, mentions))
    for at, mention in enumerate(mentions):
        for kind in mention.tags:
            phrase.places.setdefault(kind, []).append(at)
    return phrase
