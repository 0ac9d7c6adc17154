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
    ``SAME_TIME`` that the forces were still there; what two publishers told is denied by none.
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
    told = sorted(done + left, key=order)
    return [_deed(row, there, told) for row in told]


def _deed(row: Row, there: list[Row], told: list[Row]) -> Deed:
    day = _day(row)
    start = min(row.get("date_start") or day, day)
    leaving = row.get("event", "withdrawal") in LEAVING
    # A mission can end in a country while forces stay (Iraq in 2021), so presence denies no such end.
    deniable = leaving or kind_of(row["place"]) != "country"
    denials = [other["fact"] for other in there if deniable and _denies(other, row)]
    sure = denials and any(_confirms(other, row) for other in told)
    return Deed(row["place"], row["force"], leaving, start, day, row, () if sure else tuple(denials))


def _day(row: Row) -> date:
    """The day by which it was done: the end of the told window, but never after the report."""
    published: date = row["published"]
    return min(row.get("date_end") or published, published)


def _confirms(other: Row, row: Row) -> bool:
    """Whether another publisher told the same deed."""
    return (
        other["voice"] != row["voice"]
        and other["place"] == row["place"]
        and same_side(row["force"], other["force"])
        and abs(_day(other) - _day(row)) <= SAME_TIME
    )


def _denies(other: Row, row: Row) -> bool:
    """Whether ``other`` tells presence within the place of the deed ``row``, soon after, from elsewhere."""
    return (
        other["voice"] != row["voice"]
        and row["published"] < other["published"] <= row["published"] + SAME_TIME
        and same_side(row["force"], other["force"])
        and (other["place"] == row["place"] or row["place"] in wider(other["place"]))
    )
