"""Deeds: what has been reported as done, and who said the contrary soon after."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from ledger.told import LEAVING, SAME_TIME, Row, kind_of, order, same_side, wider


@dataclass(frozen=True)
class Deed:
    """Something reported as done at a place.

    ``start`` and ``day`` are the window in which it happened, ``day`` never after its publication: it was
    done *by* that day. ``leaving``: the forces are gone (a withdrawal, a handover, a base reported left),
    not only a mission ended. ``denied`` holds the facts with which another publisher said within
    ``SAME_TIME`` that the forces were still there.
    """

    place: str
    force: str
    leaving: bool
    start: date
    day: date
    row: Row
    denied: tuple[str, ...]


def deeds_of(deadlines: Iterable[Row], bases: Iterable[Row], troops: Iterable[Row]) -> list[Deed]:
    """All deeds in the order of publication: deadlines told as done and bases told as left."""
    bases = list(bases)
    there = [row for row in bases if row["status"] in ("present", "leaving")]
    there += [row for row in troops if row["status"] == "present" and row["count_max"] != 0]
    done = [row for row in deadlines if row["status"] == "done" and row["place"]]
    left = [row for row in bases if row["status"] == "left"]
    return [_deed(row, there) for row in sorted(done + left, key=order)]


def _deed(row: Row, there: list[Row]) -> Deed:
    day = min(row.get("date_end") or row["published"], row["published"])
    start = min(row.get("date_start") or day, day)
    leaving = row.get("event", "withdrawal") in LEAVING
    # A mission can end in a country while forces stay (Iraq in 2021), so presence denies no such end.
    deniable = leaving or kind_of(row["place"]) != "country"
    denied = tuple(other["fact"] for other in there if deniable and _denies(other, row))
    return Deed(row["place"], row["force"], leaving, start, day, row, denied)


def _denies(other: Row, row: Row) -> bool:
    """Whether ``other`` tells presence within the place of the deed ``row``, soon after, from elsewhere."""
    return (
        other["publisher"] != row["publisher"]
        and row["published"] < other["published"] <= row["published"] + SAME_TIME
        and same_side(row["force"], other["force"])
        and (other["place"] == row["place"] or row["place"] in wider(other["place"]))
    )
