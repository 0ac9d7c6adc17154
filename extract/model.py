"""What the reader passes from step to step: sentences, mentions and, at the end, facts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

# The keys of facts.md for each kind of fact, in the order in which they are printed.
KEYS: dict[str, tuple[str, ...]] = {
    "base": ("place", "force", "status"),
    "troops": ("force", "place", "count_min", "count_max", "approximate", "status"),
    "deadline": ("place", "force", "event", "date_start", "date_end", "precision", "status"),
    "nation": ("force", "role"),
}
SPAN_KEYS = ("quote", "char_start", "char_end", "speaker")


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that an article states, with the words that state it.

    ``kind`` is ``base``, ``troops``, ``deadline`` or ``nation``; which of the other keys are filled
    follows from it (``KEYS``). ``text[char_start:char_end] == quote`` always holds. Counts are persons,
    days are inclusive, ``rule`` names the rule that read it, ``marks`` the spans (start, end, kind) that
    it was read from.
    """

    kind: str
    quote: str
    char_start: int
    char_end: int
    rule: str
    force: str | None = None
    place: str | None = None
    status: str | None = None
    count_min: int | None = None
    count_max: int | None = None
    approximate: bool | None = None
    event: str | None = None
    date_start: date | None = None
    date_end: date | None = None
    precision: str | None = None
    role: str | None = None
    speaker: str | None = None
    marks: tuple[tuple[int, int, str], ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """The keys of facts.md (days as ISO text) and ``rule``, ready for JSON."""
        names = ("kind", *KEYS[self.kind], *SPAN_KEYS, "rule")
        values = {name: getattr(self, name) for name in names}
        return {k: v.isoformat() if isinstance(v, date) else v for k, v in values.items()}


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence of the original text, its offsets and who is reported to say it: what facts are quoted from."""

    text: str
    start: int
    end: int
    speaker: str | None = None


@dataclass(slots=True)
class Mention:
    """A stretch of a text that means something to the reader.

    ``start`` and ``end`` are offsets in the folded text. ``tags`` are its possible readings: kind of word
    (``data/terms.csv``: ``troop``, ``leave``, ``month`` ...), ``base``, ``region``, ``area``, ``country``,
    ``adjective``, ``demonym``, ``actor``, ``alliance``, ``number`` or ``date``, each with its value.
    ``before`` are the particles written to it ("and", "in", "to", "the"), ``after`` is what its ending says
    ("own" for a possessive pronoun, "other" for any other ending, empty without one), ``stem`` where the
    word itself ends.
    """

    start: int
    end: int
    tags: dict[str, Any]
    before: frozenset[str] = frozenset()
    after: str = ""
    stem: int = 0

    def get(self, *kinds: str) -> Any:
        """The value of the first of ``kinds`` that the mention has, or None."""
        for kind in kinds:
            if kind in self.tags:
                return self.tags[kind]
        return None

    def has(self, *kinds: str) -> bool:
        """Whether it can be read as one of ``kinds``."""
        tags = self.tags
        for kind in kinds:  # noqa: SIM110 - this is asked thousands of times an article, and a plain loop is quickest
            if kind in tags:
                return True
        return False


@dataclass(frozen=True, slots=True)
class Number:
    """A count as written: bounds (None: open), whether hedged, and whether it is a bare figure."""

    low: int | None
    high: int | None
    approximate: bool = False
