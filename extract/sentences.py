"""Where sentences begin and end in a folded text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from extract.fold import fold
from extract.lexicon import spellings
from extract.tables import rows

# A full stop, question or exclamation mark with what closes after it, before a space; or a line's end.
END = re.compile(r'[.!?]+["\')\]]*(?=\s)|\."(?=\w)|(?<=")\.(?=\w)|\n+')
# A single letter before the stop is an initial or a part of "u.s.".
INITIAL = re.compile(r"(?:^|[\s.(\"'])\w$")
LONGEST_ABBREVIATION = 8


@cache
def _abbreviations() -> frozenset[str]:
    return frozenset(
        fold(word) for row in rows("terms.csv") if row["kind"] == "abbreviation" for word in spellings(row["pattern"])
    )


def _is_abbreviation(text: str, stop: int) -> bool:
    before = text[max(0, stop - LONGEST_ABBREVIATION) : stop]
    word = before[max(before.rfind(" "), before.rfind("\n"), before.rfind("(")) + 1 :] + "."
    return word in _abbreviations() or (bool(INITIAL.search(before)) and word[:-1].isalpha())


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each sentence of a folded text, blanks at its ends left out."""
    start = 0
    for match in END.finditer(text):
        if match[0] == "." and _is_abbreviation(text, match.start()):
            continue
        yield from _trimmed(text, start, match.end())
        start = match.end()
    yield from _trimmed(text, start, len(text))


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    piece = text[start:end]
    if body := piece.strip():
        begin = start + piece.index(body[0])
        yield begin, begin + len(body)
