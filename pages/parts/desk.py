"""One visitor's desk: the drafts brought in and not yet decided, kept in the session and shown to nobody else."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import streamlit as st

if TYPE_CHECKING:
    from ledger.drafts import Draft, Refused
    from ledger.intake import Kept
    from ledger.preview import Preview
    from ledger.reviews import Review

Verdict = tuple[str, dict[str, Any] | None]


@dataclass
class Desk:
    """Drafts one after the other, the first of ``waiting`` on top.

    ``number`` counts all drafts that ever lay on top, so that the fields of one are not those of the next.
    ``verdicts`` are those on the facts of the one on top; ``correcting`` is the fact whose values are open.
    ``kept`` and ``refused`` are what became of the others since the last source was read; ``known`` counts those
    that the ledger had already, ``problem`` is what went wrong last, a line of HTML.
    """

    waiting: list[Draft] = field(default_factory=list)
    total: int = 0
    number: int = 0
    verdicts: dict[str, Verdict] = field(default_factory=dict)
    correcting: str | None = None
    kept: list[tuple[str, Kept]] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    known: int = 0
    discarded: int = 0
    problem: str = ""
    seen: tuple[Any, Preview] | None = None

    def clear(self) -> None:
        """Forgets what became of the last source; the next one comes."""
        self.kept, self.refused, self.known, self.discarded, self.total = [], [], 0, 0, 0
        self.problem = ""

    def take(self, found: Draft | Refused) -> None:
        """Lays one more on the desk."""
        if hasattr(found, "report"):
            self.waiting.append(found)
            self.total += 1
        else:
            self.refused.append(found)

    def next(self) -> None:
        """Takes the draft on top away."""
        self.waiting.pop(0)
        self.number += 1
        self.verdicts, self.correcting, self.problem = {}, None, ""

    def said(self, report: str, who: str) -> list[Review]:
        """The verdicts on the facts of the draft on top as reviews of ``report``."""
        from ledger.reviews import Review  # noqa: PLC0415 - see data._opened

        return [Review(report, fact, verdict, who, changed) for fact, (verdict, changed) in self.verdicts.items()]


def desk() -> Desk:
    """The visitor's own desk."""
    found: Desk = st.session_state.setdefault("desk", Desk())
    return found
