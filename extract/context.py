"""What an article has told so far and a later sentence leaves out; kinds of words that several rules use."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date

from extract.model import Fact
from extract.resolve import Window

LOCAL, COALITION = "local", "coalition"
PLACES = ("base", "region", "area", "country", "town")
FORCES = ("adjective", "demonym", "alliance", "nation", "actor")
# Deeds that end a presence, a mission or the hold on a site.
ENDING = ("leave", "hand", "end", "shift")
# Words of deeds: what a date or a site can be the date or the site of, and what competes with them.
DEEDS = (*ENDING, "stay", "host", "arrive", "cut", "grow")
OTHER_DEEDS = ("begin", "say", "event", "casualty")
# The theatre that the monitor began with; an article that names no country is about it.
THEATRE = "IQ"


@dataclass(slots=True)
class Context:
    """Forces, places, dates and counts told before the sentence at hand (``force`` is None: none so far).

    ``silent`` counts the sentences since a foreign force was named.
    """

    published: date
    force: str | None = None
    alliance: str | None = None
    silent: int = 0
    country: str = THEATRE
    place: str | None = None
    region: str | None = None
    bases: list[str] = field(default_factory=list)
    known: set[str] = field(default_factory=set)
    window: Window | None = None
    deed: str | None = None
    count: Fact | None = None
    speaker: str | None = None
    topic: str | None = None
    topic_place: str | None = None
    named: Counter[str] = field(default_factory=Counter)
    profile: dict[str, float] = field(default_factory=dict)
    unplaced: int = 0
    uncounted: int = 9
    undated: int = 9
    year: int | None = None
    held: Counter[str | None] = field(default_factory=Counter)
    line: set[str | None] = field(default_factory=set)
    line_forces: set[str | None] = field(default_factory=set)
    line_facts: int = 0
    heading: str | None = None
    recent: list[str] = field(default_factory=list)
    recent_bases: list[str] = field(default_factory=list)

    def share(self, force: str) -> float:
        """How large a part of the foreign forces that the article names is this one."""
        return self.named[force] / max(1, self.named.total())
