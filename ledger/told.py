"""How long one speaks of the same thing, how much a row names, and which place and force covers which."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from functools import cache
from typing import Any

from extract.tables import places

Row = dict[str, Any]

# Whose presence the headline, the countdown and the state of bases and regions follow (DESIGN.md).
HEADLINE = frozenset({"coalition", "US"})
# Within so many days two publishers speak of the same state of things (DESIGN.md: "within 30 days").
SAME_TIME = timedelta(days=30)
# A deed or a new day later than this after the end of a window is another story, not that promise's.
SAME_STORY = timedelta(days=730)
# Events after which the forces are gone from the place; the others end a mission or its footing.
LEAVING = frozenset({"withdrawal", "handover"})
# Kinds of places from the widest to the narrowest; what the gazetteer has not comes last.
WIDTH = {"country": 0, "area": 1, "region": 2, "base": 3, None: 4}
# A row of the picture names at most so many facts that it rests on, and half as many that say otherwise: what
# decides comes first, the newest of the rest follow. At a million facts a row rests on ten thousands.
MOST = 30
HALF = MOST // 2


@cache
def wider(place: str | None) -> tuple[str, ...]:
    """The places that hold ``place``, the nearest first; empty for a country or an unknown place.

    An area (federal Iraq) is no unit of administration: it holds the regions that stand directly under
    its country, not those of a region with regions of its own (Kurdistan) nor that region itself.
    """
    gazetteer = places()
    found: list[str] = []
    here = place
    while here in gazetteer and gazetteer[here]["parent"]:
        above = gazetteer[here]["parent"]
        if gazetteer[here]["kind"] == "region" and kind_of(above) == "country" and not _has_regions(here):
            found += [k for k, v in gazetteer.items() if v["kind"] == "area" and v["parent"] == above]
        found.append(above)
        here = above
    return tuple(found)


@cache
def at_and_around(place: str) -> tuple[str, ...]:
    """The place and the places that hold it, the nearest first."""
    return (place, *wider(place))


@cache
def areas_of(place: str) -> tuple[str, ...]:
    """The areas (federal Iraq) that lie within the place."""
    return tuple(other for other in places() if kind_of(other) == "area" and place in wider(other))


@cache
def kind_of(place: str | None) -> str | None:
    """``country``, ``area``, ``region`` or ``base``; None for a place that the gazetteer has not."""
    return places()[place]["kind"] if place in places() else None


def _has_regions(place: str) -> bool:
    return any(row["kind"] == "region" and row["parent"] == place for row in places().values())


def side_of(force: str) -> str:
    """The headline ("") for the coalition and the US, which share its line, else the force itself."""
    return "" if force in HEADLINE else force


def forces_of(side: str) -> tuple[str, ...]:
    """The forces of a side."""
    return (side,) if side else ("coalition", "US")


def unique(ids: Iterable[str]) -> list[str]:
    """The ids in their order, each once."""
    return list(dict.fromkeys(ids))
