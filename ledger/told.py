"""What was known on a day, as plain rows, and which place and which force covers which."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from functools import cache
from typing import Any

import pandas as pd

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


def told(frame: pd.DataFrame, as_of: date) -> list[Row]:
    """Rows of one frame of facts that were published on or before ``as_of``, in the order of publication.

    Missing values are None; forces that are not named are the coalition's, as in facts.md. The order is
    day, report, place in the text, so it does not hang on the order in which the files were read.
    """
    columns = {
        str(name): [None if gone else v for v, gone in zip(values.tolist(), values.isna(), strict=True)]
        for name, values in frame.items()
    }
    columns["force"] = [force or "coalition" for force in columns["force"]]
    rows = [dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)]
    return sorted((row for row in rows if row["published"] <= as_of), key=order)


def order(row: Row) -> tuple[date, str, int]:
    """When a row was told: day, report, offset in its text."""
    return row["published"], row["report"], row["char_start"] or 0


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


def kind_of(place: str | None) -> str | None:
    """``country``, ``area``, ``region`` or ``base``; None for a place that the gazetteer has not."""
    return places()[place]["kind"] if place in places() else None


def _has_regions(place: str) -> bool:
    return any(row["kind"] == "region" and row["parent"] == place for row in places().values())


def same_side(one: str, other: str) -> bool:
    """Whether two forces share a line of the headline, or are the same force."""
    return one == other or {one, other} <= HEADLINE


def members(nations: Iterable[Row]) -> frozenset[str]:
    """Forces that leave when the coalition leaves: the US, and nations only ever told as the coalition's."""
    roles: dict[str, set[str | None]] = {}
    for row in nations:
        roles.setdefault(row["force"], set()).add(row["role"])
    return frozenset({"US"} | {force for force, known in roles.items() if known == {"coalition"}})


def covers(doer: str, force: str, with_coalition: frozenset[str]) -> bool:
    """Whether forces of ``force`` have left when ``doer`` has: its own, or the coalition for its members."""
    return doer == force or (doer == "coalition" and force in with_coalition)


def unique(ids: Iterable[str]) -> list[str]:
    """The ids in their order, each once."""
    return list(dict.fromkeys(ids))
