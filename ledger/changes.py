"""What is another in one picture than in the picture before it, row by row."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from ledger.picture import OPEN, Picture
from ledger.plain import rows_of
from ledger.told import Row

NEW, CHANGED, CONTRADICTED, MET, MOVED, LATE = WHAT = ("new", "changed", "contradicted", "met", "moved", "late")
# What became of a base that now has this state; any other is simply changed.
FATES = {"contested": CONTRADICTED, "overdue": LATE}
# The values of a row that are looked at; the others follow from the day (age) or from these.
VALUES = {
    "base": ("state",),
    "troops": ("count_min", "count_max", "approximate", "status"),
    "nation": ("role", "gone"),
    "deadline": ("event", "date_start", "date_end", "precision", "state", "met_on"),
}


@dataclass(frozen=True)
class Change:
    """A row of the picture that came or is another: ``kind`` as of facts, ``what`` one of ``WHAT``.

    ``before`` and ``after`` are the rows as plain dicts; None where there was or is none.
    """

    kind: str
    what: str
    before: Row | None
    after: Row | None


def changes(before: Picture, after: Picture) -> list[Change]:
    """What is another in ``after`` than in ``before``: of bases, troops, deadlines, nations, in this order."""
    return [
        *_keyed("base", before.bases, after.bases),
        *_keyed("troops", before.troops, after.troops),
        *_deadlines(rows_of(before.deadlines), rows_of(after.deadlines)),
        *_keyed("nation", before.nations, after.nations),
    ]


def _keyed(kind: str, before: pd.DataFrame, after: pd.DataFrame) -> Iterator[Change]:
    """The changes of a table whose rows are known again by place and force."""
    old = {_key(row): row for row in rows_of(before)}
    for row in rows_of(after):
        was = old.get(_key(row))
        if was is None:
            yield Change(kind, CONTRADICTED if row.get("state") == "contested" else NEW, None, row)
        elif _differ(kind, was, row):
            yield Change(kind, FATES.get(str(row.get("state")), CHANGED), was, row)


def _key(row: Row) -> tuple[str | None, str | bool]:
    """What makes a row the same on another day; the coalition and the US share one row of a base."""
    return row.get("place"), row.get("headline") or row["force"]


def _differ(kind: str, one: Row, other: Row) -> bool:
    return any(one[name] != other[name] for name in VALUES[kind])


def _deadlines(before: list[Row], after: list[Row]) -> Iterator[Change]:
    """The changes of deadlines, which are known again by the facts of their history even when their day has moved."""
    old = {mark: row for row in before for mark in _marks(row)}
    for row in after:
        was = next((old[mark] for mark in _marks(row) if mark in old), None)
        if was is None:
            yield Change("deadline", NEW, None, row)
        elif _differ("deadline", was, row):
            yield Change("deadline", _fate(was, row), was, row)


def _marks(row: Row) -> list[tuple[str, str, str]]:
    return [(row["place"], row["force"], told["fact"]) for told in row["history"]]


def _fate(was: Row, row: Row) -> str:
    if row["state"] == "met_late" or (row["state"] == "passed" and was["state"] in OPEN):
        return LATE
    if row["state"] == "met" and was["state"] != "met":
        return MET
    return MOVED if row["date_end"] != was["date_end"] else CHANGED
