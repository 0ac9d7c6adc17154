"""The words themselves that stand around a mention, whether the reader knows them or not, as signs."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cache

from extract.judge import Signs
from extract.lexicon import words_of
from extract.reading import Phrase, once

WORD = re.compile(r"[^\W_]+")
# So many of the first letters of a word stand for all its forms, so many words on each side are looked at.
STEM, REACH = 5, 4
# What stands next to the mention is told by its place up to so many words away.
TOUCHING = 2
# A word says less than a kind of words, which more articles show.
WORTH = 0.5


@cache
def _articles() -> tuple[str, ...]:
    """The articles that are written to their noun, the longest first."""
    return tuple(sorted((word for word in words_of("article") if not word.isascii()), key=len, reverse=True))


def stem(word: str) -> str:
    """The first letters of a folded word without its article; 0 for figures."""
    if word.isdigit():
        return "0"
    article = next((a for a in _articles() if word.startswith(a) and len(word) > len(a) + 2), "")
    return word[len(article) :][:STEM]


@once
def _stems(phrase: Phrase) -> tuple[list[int], list[str]]:
    """Where the words of a sentence begin, and their stems."""
    words = list(WORD.finditer(phrase.text, phrase.start, phrase.end))
    return [word.start() for word in words], [stem(word[0]) for word in words]


def words_around(phrase: Phrase, at: int) -> Signs:
    """The stems of the words around the mention ``at``."""
    starts, stems = _stems(phrase)
    mention = phrase.mentions[at]
    before = stems[: bisect_left(starts, mention.start)][: -REACH - 1 : -1]
    after = stems[bisect_left(starts, mention.end) :][:REACH]
    signs: Signs = {}
    for side, words in (("-", before), ("+", after)):
        for far, word in enumerate(words, 1):
            signs[f"word {side} {word}"] = WORTH
            if far <= TOUCHING:
                signs[f"word {side}{far} {word}"] = WORTH
    return signs
