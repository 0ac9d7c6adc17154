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
# More sentences than any sign tells apart.
LONG_AGO = 9


@dataclass(slots=True)
class Line:
    """What the paragraph at hand has named before the sentence at hand, and how many counts and dates it told."""

    places: set[str | None] = field(default_factory=set)
    forces: set[str] = field(default_factory=set)
    facts: int = 0


@dataclass(slots=True)
class Context:
    """What an article told before the sentence at hand; None: nothing of the kind so far."""

    published: date
    # of the whole article: the nation and the base named most, how often each force is named, kinds of words
    topic: str | None = None
    topic_place: str | None = None
    named: Counter[str] = field(default_factory=Counter)
    profile: dict[str, float] = field(default_factory=dict)
    # forces: the one and the alliance named last, the last few, that of a heading, sentences since one was named
    force: str | None = None
    alliance: str | None = None
    recent: list[str] = field(default_factory=list)
    heading: str | None = None
    silent: int = 0
    # places: the country, region and place at hand, the bases of the last sentence with any, the last few, all;
    # how often each was named, all together, and sentences since one was
    country: str = THEATRE
    region: str | None = None
    place: str | None = None
    bases: list[str] = field(default_factory=list)
    recent_bases: list[str] = field(default_factory=list)
    known: set[str] = field(default_factory=set)
    held: Counter[str | None] = field(default_factory=Counter)
    placed: int = 0
    unplaced: int = 0
    # the last date, year heading, deed that ends, count and speaker; sentences since a count and a date was told
    window: Window | None = None
    year: int | None = None
    deed: str | None = None
    count: Fact | None = None
    speaker: str | None = None
    uncounted: int = LONG_AGO
    undated: int = LONG_AGO
    line: Line = field(default_factory=Line)

    def share(self, force: str) -> float:
        """How large a part of the foreign forces that the article names is this one."""
        return self.named[force] / max(1, self.named.total())
