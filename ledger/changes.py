"""Changes: what is new, changed, contradicted, met, moved or late between the pictures of two days."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from ledger.picture import Picture
from ledger.told import HALF, Row, side_of

KINDS = {"base": "bases", "troops": "troops", "deadline": "deadlines", "nation": "nations"}
# What of a row is compared, and told before and after; all else follows from these or only grows older.
COMPARED = {
    "base": ("status", "state", "deadline_end"),
    "troops": ("count_min", "count_max", "approximate", "status", "left_on"),
    "deadline": ("date_start", "date_end", "state", "met_on", "days_late"),
    "nation": ("role", "gone", "gone_on"),
}
WINDOW = ("date_start", "date_end", "precision")
MET = frozenset({"met", "met_late"})


@dataclass(frozen=True)
class Change:
    """One thing that is otherwise than it was.

    ``kind`` is base, troops, deadline or nation; ``what`` is ``new`` (nothing was known of it), ``changed``,
    ``contradicted`` (a base became contested, or a deed that kept a deadline was denied), ``met`` (also after
    the deadline: see ``days_late``), ``moved`` or ``late`` (its day has passed and nobody reported the deed).
    ``before`` (None when new) and ``after`` are rows of the two pictures; of a move both are the later one's, each
    with its own ``date_start`` and ``date_end``. ``day`` is when it came to be so: a day of publication, or the
    first day after a deadline; the day of the later picture where the row does not tell (a denial). ``facts`` are
    the ids that ``after`` rests on.
    """

    kind: str
    what: str
    day: date
    before: Row | None
    after: Row
    facts: tuple[str, ...]

    @property
    def place(self) -> str | None:
        """None for a nation, and for troops of a region wider than a country."""
        return self.after.get("place")

    @property
    def force(self) -> str:
        return str(self.after["force"])


def changes(first: Picture, last: Picture) -> list[Change]:
    """What changed from one picture to another, of a later day or of more reports, the oldest change first.

    A state that came and went between the two days is no change, a move is, for the promise keeps it.
    """
    found: list[Change] = []
    for kind, table in KINDS.items():
        old = {_key(kind, row): row for row in first.rows[table]}
        for row in last.rows[table]:
            found += _compare(kind, old.get(_key(kind, row)), row, (first.as_of, last.as_of))
    return sorted(found, key=lambda one: (one.day, one.kind, one.place or "", one.force, one.what))


def _key(kind: str, row: Row) -> tuple[object, ...]:
    """What makes a row the same in two pictures: of a promise the fact that first told it."""
    if kind == "base":
        return row["place"], side_of(row["force"])
    if kind == "deadline":
        return row["place"], row["force"], row["promised"], row["first_fact"]
    return row.get("place"), row["force"]


def _compare(kind: str, old: Row | None, row: Row, days: tuple[date, date]) -> Iterator[Change]:
    if kind == "deadline":
        yield from _moves(old, row)
    if old is not None and all(old[name] == row[name] for name in COMPARED[kind]):
        return
    what = _named(kind, old, row)
    if what:
        day = _day(kind, what, row, days[0])
        told = row["facts"][:HALF] + (row["others"] if what == "contradicted" else [])
        yield Change(kind, what, day if days[0] < day <= days[1] else days[1], old, row, tuple(told))


def as_row(change: Change) -> Row:
    """A change as one flat row: of ``before`` and ``after`` the values that differ (all of a new row)."""
    names = [name for name in (*COMPARED[change.kind], *WINDOW[:2]) if name in change.after]
    old = change.before
    differing = [name for name in dict.fromkeys(names) if old is None or old[name] != change.after[name]]
    return {
        "day": change.day, "what": change.what, "kind": change.kind, "place": change.place, "force": change.force,
        "before": old and {name: old[name] for name in differing},
        "after": {name: change.after[name] for name in differing},
        "facts": list(change.facts),
    }  # fmt: skip


def _moves(old: Row | None, row: Row) -> Iterator[Change]:
    """Each move of a promise that was not known before."""
    known = {move["fact"] for move in old["moves"]} if old else set()
    for move in row["moves"]:
        if move["fact"] not in known:
            before = row | {name: move[f"from_{name.removeprefix('date_')}"] for name in WINDOW}
            after = row | {name: move[name] for name in WINDOW}
            yield Change("deadline", "moved", move["published"], before, after, (move["fact"],))


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


def _day(kind: str, what: str, row: Row, start: date) -> date:
    """The day from which the row says so, or after ``start`` the day on which a report said so again."""
    day: date
    if kind == "base":
        late = what == "late" and row["deadline_end"] + timedelta(days=1)
        day = late or (row["since"] if what != "contradicted" and row["since"] > start else row["published"])
    elif kind == "troops":
        day = row["left_on"] or row["published"]
    elif kind == "nation":
        day = row["first_report"] if what == "new" else row["gone_on"] or row["last_report"]
    elif what == "late":
        day = row["date_end"] + timedelta(days=1)
    elif what == "new":
        day = row["first_published"]
    elif what == "met":
        day = next(step["published"] for step in row["history"] if step["fact"] == row["facts"][0])
    else:
        day = row["date_start"] if row["state"] == "due" else row["published"]
    return day
