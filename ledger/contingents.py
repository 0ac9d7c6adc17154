"""Contingents: the nations with their numbers by place and their announced end, and which of them are asked for."""

from __future__ import annotations

from collections.abc import Iterable

from ledger.told import WIDTH, Row, kind_of, side_of

AHEAD = frozenset({"upcoming", "due"})
NO_ROLE = "unknown"  # stands for the role of a nation of which none was told


def contingents(nations: Iterable[Row], troops: Iterable[Row], deadlines: Iterable[Row]) -> list[Row]:
    """The rows of nations (see ``Picture``), those still there first, then the largest last number first.

    Each has ``numbers`` besides: its rows of troops that state a number as there, that of ``count_place`` first, then
    the newest; they are never added. And ``exit``: the row of deadlines of its announced end, None without one.
    """
    stated: dict[str, list[Row]] = {}
    for row in troops:
        if row["status"] == "present" and (row["count_min"], row["count_max"]) != (None, None):
            stated.setdefault(row["force"], []).append(row)
    ends: dict[str, list[Row]] = {}
    for row in deadlines:
        ends.setdefault(row["force"], []).append(row)
    found = [
        row
        | {"numbers": _numbers(row, stated.get(row["force"], [])), "exit": announced_end(ends.get(row["force"], []))}
        for row in nations
    ]
    return sorted(found, key=lambda row: (bool(row["gone"]), -(row["count_max"] or row["count_min"] or 0)))


def _numbers(nation: Row, rows: list[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: (row["place"] != nation["count_place"], -row["published"].toordinal()))


def announced_end(deadlines: Iterable[Row]) -> Row | None:
    """Of one force's deadlines the announced end of its presence: of those ahead, else of all, the widest place's.

    Of several the next ahead, else the last; None without any. A single base may be left while all else stays, so
    its deadlines are none.
    """
    wide = [row for row in deadlines if row["promised"] and WIDTH[kind_of(row["place"])] < WIDTH["base"]]
    return min(wide, key=_next, default=None)


def _next(row: Row) -> tuple[bool, int, int]:
    ahead, end = row["state"] in AHEAD, row["date_end"].toordinal()
    return not ahead, WIDTH[kind_of(row["place"])], end if ahead else -end


def roles_of(row: Row) -> list[str]:
    """The roles of a nation, the latest told first; ``NO_ROLE`` alone where none was told."""
    return row["roles"] or [NO_ROLE]


def fits(row: Row, role: str | None = None, gone: bool | None = None) -> bool:
    """Whether a nation has (among others) the role asked for, and is reported gone or not; None is any."""
    return role in (None, *roles_of(row)) and gone in (None, bool(row["gone"]))


def sites_of(force: str, bases: Iterable[Row], told: Iterable[Row]) -> list[Row]:
    """The rows of bases that a force was told at.

    The coalition and the US share a row, which names the one told of last: it is the other's too where ``told`` (rows
    of troops and deadlines) has something of the other at that place.
    """
    places = {row["place"] for row in told if row["force"] == force}
    return [
        row
        for row in bases
        if row["force"] == force or (row["place"] in places and side_of(row["force"]) == side_of(force))
    ]
