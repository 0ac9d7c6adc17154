"""What went wrong, told to the visitor: a sentence in the language of the page, and what the ledger says of it."""

from __future__ import annotations

from html import escape

from pages.parts.words import Words


def told(word: Words, problem: Exception) -> str:
    """HTML: that it did not work, and why; the ledger gives its reasons in English."""
    return f"{word.html('problem')} <bdi lang='en'>{escape(str(problem))}</bdi>"
