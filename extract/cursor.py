"""Moves over a row of mentions word by word, as long as they touch: what readers of dates are built on."""

from __future__ import annotations

import re
from functools import cache

from extract.lexicon import words_of
from extract.model import Mention, Number


@cache
def _gap() -> re.Pattern[str]:
    """What may stand between words that touch: blanks, light marks and an article."""
    articles = "|".join(re.escape(word) for word in sorted(words_of("article"), key=len, reverse=True))
    return re.compile(rf"(?:{articles})?[\s/\-,()]{{0,4}}(?:(?:{articles})\s*)?")


class Cursor:
    """Stands before the mention ``at``, having begun with ``first``."""

    def __init__(self, text: str, mentions: list[Mention], first: int) -> None:
        self.text, self.mentions, self.first, self.at = text, mentions, first, first

    def peek(self, *kinds: str) -> Mention | None:
        """The next mention if it touches the last one read and can be one of ``kinds``."""
        if self.at >= len(self.mentions):
            return None
        mention = self.mentions[self.at]
        if not mention.has(*kinds):
            return None
        return mention if self.at == self.first or self.touches() else None

    def touches(self) -> bool:
        """Whether the next mention touches the one before it."""
        before, mention = self.mentions[self.at - 1], self.mentions[self.at]
        return _gap().fullmatch(self.text, before.end, mention.start) is not None

    def take(self, *kinds: str) -> Mention | None:
        """Like ``peek``, and moves on."""
        mention = self.peek(*kinds)
        if mention:
            self.at += 1
        return mention

    def value(self, kind: str) -> str | None:
        """The value of the next mention if it is of ``kind``, and moves on."""
        mention = self.take(kind)
        return None if mention is None else str(mention.get(kind))

    def skip(self, *preps: str) -> bool:
        """Moves on if the next mention is one of these prepositions, and tells whether it did."""
        word = self.peek("prep")
        if word is not None and word.get("prep") in preps:
            self.at += 1
            return True
        return False

    def figure(self, low: int, high: int) -> int | None:
        """The next number if it is exact and between the bounds; does not move."""
        mention = self.peek("number")
        number = mention.get("number") if mention else None
        if isinstance(number, Number) and number.low is not None and number.low == number.high:
            return number.low if low <= number.low <= high else None
        return None
