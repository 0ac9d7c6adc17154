"""The language of a text, by its script and its function words."""

from __future__ import annotations

from functools import cache

from extract.fold import fold
from extract.lexicon import LANGUAGES, rows, spellings

__all__ = ["LANGUAGES", "language_of"]
FUNCTION_KINDS = {"prep", "link", "neg", "modal", "anaphor", "bound"}
# A text is told by its first words; more would only cost time.
HEAD = 3_000


@cache
def _function_words(lang: str) -> frozenset[str]:
    return frozenset(
        fold(word)
        for row in rows("terms.csv")
        if row["lang"] == lang and row["kind"] in FUNCTION_KINDS
        for word in spellings(row["pattern"])
    )


def language_of(text: str) -> str:
    """The language (ar, en, ckb, fr) whose function words make up most of the text's words."""
    words = fold(text[:HEAD]).replace(".", " ").replace(",", " ").split()
    return max(LANGUAGES, key=lambda lang: sum(word in _function_words(lang) for word in words))
