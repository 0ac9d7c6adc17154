"""Which rows of a table are asked for: the filters of the pages, over rows with the plain names of columns."""

from __future__ import annotations

from collections.abc import Mapping

from extract.model import KEYS
from extract.tables import forces
from ledger.contingents import NO_ROLE, roles_of
from ledger.told import Row, at_and_around

UNSTATED = "unstated"  # stands in addresses for a place that is not told
# What is asked of the reports of facts, for ``Ledger.found``: ``fits`` knows rows only.
OF_REPORTS = ("language", "q")
FILTERS: dict[str, tuple[str, ...]] = {
    "nations": ("role", "gone"),
    "bases": ("region", "state", "force"),
    "troops": ("force", "place"),
    "deadlines": ("place", "force", "state"),
    "facts": ("kind", "force", "place", "publisher", "report", *OF_REPORTS),
}

# The values of those filters that have only these.
BASES = ("present", "arriving", "leaving", "overdue", "contested", "left")
DEADLINES = ("upcoming", "due", "passed", "met", "met_late", "done")
VALUES: dict[tuple[str, str], tuple[str, ...]] = {
    ("nations", "role"): ("coalition", "nato", "bilateral", NO_ROLE),
    ("nations", "gone"): ("true", "false"),
    ("bases", "state"): BASES,
    ("deadlines", "state"): DEADLINES,
    ("facts", "kind"): tuple(KEYS),
    **{(table, "force"): tuple(forces()) for table, names in FILTERS.items() if "force" in names},
}


def standing(row: Row) -> str:
    """The state of a deadline; "done" is a deed that nobody had announced."""
    return "done" if row["state"] == "met" and not row["promised"] else str(row["state"])


def fits(table: str, row: Row, chosen: Mapping[str, str | None]) -> bool:
    """Whether a row of the table has the values asked for (see ``FILTERS``); None is any.

    A nation's ``role`` is any of its roles, ``gone`` is ``true`` or ``false``. A deadline is of its ``place`` and
    of those that hold it, a base of its ``region`` and of its country. A fact of no named force is the coalition's.
    """
    return all(wanted is None or _has(table, row, name, wanted) for name, wanted in chosen.items())


def _has(table: str, row: Row, name: str, wanted: str) -> bool:
    if name == "gone":
        return wanted == ("true" if row["gone"] else "false")
    if name == "role":
        return wanted in roles_of(row)
    if name == "region" or (table == "deadlines" and name == "place"):
        return wanted in at_and_around(row["place"])
    if name == "state" and table == "deadlines":
        return wanted == standing(row)
    if name == "place":
        return wanted == (row["place"] or UNSTATED)
    if name == "force":
        return wanted == (row["force"] or "coalition")
    return bool(wanted == row[name])
