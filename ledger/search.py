"""Words that are searched for in reports: the same for every way to write them, on both sides.

What the extractor folds is folded here too (hamza, ta marbuta, tatweel, vowel signs, Kurdish and Persian letters,
digits of any script, case); beyond that a hamza without a carrier is no letter, 2,500 is 2500, and whatever is
neither letter nor digit only parts words.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from extract.fold import fold, fold_with_origin

HAMZA = "\N{ARABIC LETTER HAMZA}"
LONGEST = 100  # characters of a search; what is beyond is not looked for
GROUPING = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
PARTING = re.compile(r"[\W_]+")
# A part in (any pair of) quotation marks, which folding makes one, or what stands between two spaces.
PART = re.compile(r'"([^"]*)"|([^\s"]+)')
FOUND_IN = ("title", "publisher", "text", "note")

Span = tuple[int, int]


def plain(text: str) -> str:
    """The words of ``text`` in their folded form, one space before and after each."""
    return f" {PARTING.sub(' ', GROUPING.sub('', fold(text).replace(HAMZA, ''))).strip()} "


def plain_report(values: Mapping[str, Any]) -> str:
    """The words by which a report is found: those of its title, publisher, text and note."""
    return plain("\n".join(values[name] or "" for name in FOUND_IN))


def terms(asked: str) -> tuple[str, ...]:
    """What all must occur in ``plain`` text: each word asked for, as a part of a word too; a phrase as whole words.

    Only letters, digits and single spaces are left of what was asked, so a term is safe in any pattern.
    """
    found: list[str] = []
    for phrase, word in PART.findall(fold(asked[:LONGEST])):
        term = plain(phrase) if phrase else plain(word).strip()
        if term.strip() and term not in found:
            found.append(term)
    return tuple(found)


def hits(text: str, sought: Sequence[str]) -> list[Span]:
    """Where the terms stand in ``text`` as it was written: (start, end), in order, none inside another."""
    if not sought:
        return []
    folded = fold_with_origin(text)
    spans = (match.span() for match in _pattern(sought).finditer(folded.text))
    return [(folded.origin[start], folded.origin[end]) for start, end in spans]


def _pattern(sought: Sequence[str]) -> re.Pattern[str]:
    """Finds the terms in folded text, over what ``plain`` leaves out of it; the longest first."""
    parts = []
    for term in sorted(sought, key=len, reverse=True):
        letters = "".join(map(_letter, term.strip()))
        parts.append(rf"(?<![^\W_]){letters}(?![^\W_])" if term.startswith(" ") else letters)
    return re.compile("|".join(parts))


def _letter(letter: str) -> str:
    if letter == " ":
        return rf"[\W_{HAMZA}]+"
    return rf"{letter}(?:,(?=\d))?" if letter.isdigit() else rf"{letter}{HAMZA}?"
