"""Changes: what is new, changed, contradicted, met, moved or late between the pictures of two days."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pandas as pd

from ledger.claims import Claims
from ledger.picture import Picture, picture
from ledger.told import HALF, Row, side_of

KINDS = {"base": "bases", "troops": "troops", "deadline": "deadlines", "nation": "nations"}
# What of a row is compared, and told before and after; all else follows from these or only grows older.
COMPARED = {
    "base": ("status", "state", "deadline_end"),
    "troops": ("count_min", "count_max", "approximate", "status", "left_on"),
    "deadline": ("date_start", "date_end", "state", "met_on", "days_late"),
    "nation": ("role", "gone", "gone_on"),
}
# What is told of a row beside that.
TOLD: dict[str, tuple[str, ...]] = {"base": (), "troops": (), "deadline": ("event", "precision"), "nation": ()}
MET = frozenset({"met", "met_late"})


@dataclass(frozen=True)
class Change:
    """One thing that is otherwise than it was.

    ``kind`` is base, troops, deadline or nation; ``change`` is ``new`` (nothing was known of it), ``changed``,
    ``contradicted`` (a base became contested, or a deed that kept a deadline was denied), ``met`` (also after
    the deadline: see ``days_late``), ``moved`` or ``late`` (its day has passed and nobody reported the deed).
    ``place`` is None for a nation, and for troops of a region wider than a country. ``before`` (None when new)
    and ``after`` hold what is compared (``COMPARED``), of a move only ``date_end``. ``day`` is when it came to
    be so: a day of publication, or the first day after a deadline; the later of the two days where the row does
    not tell (a denial). ``facts`` are the ids that ``after`` rests on.
    """

    kind: str
    change: str
    place: str | None
    force: str
    day: date
    before: Row | None
    after: Row
    facts: tuple[str, ...]


def changes(claims: Claims, start: date, end: date) -> list[Change]:
    """What changed from the picture of ``start`` to that of ``end`` (the later day), the oldest change first.

    A state that came and went between the two days is no change, a move is, for the promise keeps it.
    """
    return compared(picture(claims, start), picture(claims, end))


def compared(first: Picture, last: Picture) -> list[Change]:
    """What is otherwise in ``last`` than in ``first``, of an earlier day or of the same one with fewer reports."""
    found: list[Change] = []
    for kind, table in KINDS.items():
        old = {_key(kind, row): row for row in _rows(getattr(first, table))}
        for row in _rows(getattr(last, table)):
            found += _compare(kind, old.get(_key(kind, row)), row, (first.as_of, last.as_of))
    return sorted(found, key=lambda one: (one.day, one.kind, one.place or "", one.force, one.change))


def _rows(table: pd.DataFrame) -> list[Row]:
    rows: list[Row] = table.astype(object).to_dict("records")  # type: ignore[assignment]
    return [{name: None if value is pd.NA or value is None else value for name, value in row.items()} for row in rows]


def _key(kind: str, row: Row) -> tuple[Any, ...]:
    """What makes a row the same in two pictures: of a promise the fact that first told it."""
    if kind == "base":
        return row["place"], side_of(row["force"])
    if kind == "deadline":
        return row["place"], row["force"], row["promised"], row["first_fact"]
    return row.get("place"), row["force"]


def _compare(kind: str, old: Row | None, row: Row, days: tuple[date, date]) -> Iterator[Change]:
    if kind == "deadline":
        known = {move["fact"] for move in old["moves"]} if old else set()
        for move in row["moves"]:
            if move["fact"] not in known and (move["published"] > days[0] or days[0] == days[1]):
                ends = {"date_end": move["from_end"]}, {"date_end": move["date_end"]}
                yield Change(kind, "moved", row["place"], row["force"], move["published"], *ends, (move["fact"],))
    if old and all(old[name] == row[name] for name in COMPARED[kind]):
        return
    names = (*COMPARED[kind], *TOLD[kind])
    before, after = old and {name: old[name] for name in names}, {name: row[name] for name in names}
    change = _named(kind, old, row)
    if change:
        day = _day(kind, change, row, days[0])
        told = row["facts"][:HALF] + (row["others"] if change == "contradicted" else [])
        day = day if days[0] < day <= days[1] else days[1]
        yield Change(kind, change, row.get("place"), row["force"], day, before, after, tuple(told))


def _named(kind: str, old: Row | None, row: Row) -> str | None:
    """What to call the change; None when it is a move and nothing else."""
    if old is None:
        return "new"
    if kind == "base" and row["state"] != old["state"]:
        return {"contested": "contradicted", "overdue": "late"}.get(row["state"], "changed")
    if kind == "deadline":
        if row["state"] in MET and old["state"] not in MET:
            return "met"
        if old["state"] in MET and row["state"] not in MET:
            return "contradicted"
        if row["state"] == "passed" and old["state"] != "passed":
            return "late"
        if len(row["moves"]) > len(old["moves"]):
            return None
    return "changed"


def _day(kind: str, change: str, row: Row, start: date) -> date:
    """The day from which the row says so, or after ``start`` the day on which a report said so again."""
    day: date
    if kind == "base":
        late = change == "late" and row["deadline_end"] + timedelta(days=1)
        day = late or (row["since"] if change != "contradicted" and row["since"] > start else row["published"])
    elif kind == "troops":
        day = row["left_on"] or row["published"]
    elif kind == "nation":
        day = row["first_report"] if change == "new" else row["gone_on"] or row["last_report"]
    elif change == "late":
        day = row["date_end"] + timedelta(days=1)
    elif change == "new":
        day = row["first_published"]
    elif change == "met":
        day = next(step["published"] for step in row["history"] if step["fact"] == row["facts"][0])
    else:
        day = row["date_start"] if row["state"] == "due" else row["published"]
    return day
