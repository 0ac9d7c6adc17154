"""Writing habits folded away: one form for every way to write the same letters.

Case, hamza, ta marbuta, tatweel, vowel signs, presentation forms, Persian and Kurdish letter variants,
digits of any script, quotation marks, spaces. A folded text may be shorter or longer than the original;
``Folded.origin`` leads from every folded character back to the original one.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from dataclasses import dataclass
from functools import cache

from extract.tables import rows

# Combining marks, format characters (ZWNJ, direction marks) and tatweel carry no letter of their own.
SILENT = {"Mn", "Cf", "Me"}


@cache
def _letters() -> dict[str, str]:
    """Letter to the letter that stands for it, from ``data/letters.csv``."""
    return {row["letter"]: row["folded"] for row in rows("letters.csv")}


class _Table(dict[int, str]):
    """Code point to its folded form, worked out when a character is first met.

    ``uneven`` are the characters met so far that do not become one character.
    """

    uneven = ""

    def __missing__(self, code: int) -> str:
        char, letters = chr(code), _letters()
        out = letters.get(char)
        if out is None:
            parts = unicodedata.normalize("NFKD", char).lower()
            out = "".join(letters.get(c, c) for c in parts if unicodedata.category(c) not in SILENT)
            if char.isspace() and char != "\n":
                out = " "
            elif char.isdecimal():
                out = str(unicodedata.decimal(char))
        self[code] = out
        if len(out) != 1:
            self.uneven += char
        return out


_TABLE = _Table()


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text and, for each of its characters and its end, the offset in the original."""

    text: str
    origin: array[int]


def fold(text: str) -> str:
    """``text`` in its folded form."""
    return text.translate(_TABLE)


def fold_with_origin(text: str) -> Folded:
    """``text`` folded, with the way back to the original offsets."""
    folded = text.translate(_TABLE)
    origin, start = array("I"), 0
    if _TABLE.uneven:
        for match in re.finditer(f"[{re.escape(_TABLE.uneven)}]", text):
            place = match.start()
            origin.extend(range(start, place))
            origin.extend([place] * len(_TABLE[ord(text[place])]))
            start = place + 1
    origin.extend(range(start, len(text) + 1))
    return Folded(folded, origin)
