"""The language of a text, by its script and its function words."""

from __future__ import annotations

import unicodedata
from functools import cache

from extract.fold import fold
from extract.lexicon import LANGUAGES, spellings
from extract.tables import rows

__all__ = ["LANGUAGES", "language_of"]
ARABIC_SCRIPT, LATIN_SCRIPT = ("ar", "ckb"), ("en", "fr")
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
    head = text[:HEAD]
    words = fold(head).replace(".", " ").replace(",", " ").split()
    arabic_letters = sum(unicodedata.name(char, "").startswith("ARABIC") for char in head)
    candidates = ARABIC_SCRIPT if 2 * arabic_letters > sum(char.isalpha() for char in head) else LATIN_SCRIPT
    return max(candidates, key=lambda lang: sum(word in _function_words(lang) for word in words))
