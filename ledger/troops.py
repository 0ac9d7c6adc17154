"""Numbers of troops as of a day: per force and place the latest one, with all other claims beside it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from ledger.deeds import Deed
from ledger.told import Row, covers, unique, wider


def troop_lines(troops: Iterable[Row], deeds: list[Deed], with_coalition: frozenset[str], as_of: date) -> list[Row]:
    """One row a force and place (None: a place wider than a country, or not told); numbers are never added.

    The number is the latest told as ``present``; of several in one report the first, which is the whole
    of which the text then tells the parts. Where none was told as present, the counts are None and
    ``status`` is what the latest figure was told as (planned, past ...). None is unknown, 0 is none.
    ``left_on`` is the day by which the force was reported to have left that place after the number was
    published; it does not make the number 0.
    """
    groups: dict[tuple[str, str | None], list[Row]] = {}
    for row in troops:
        groups.setdefault((row["force"], row["place"]), []).append(row)
    found = []
    for (force, place), rows in sorted(groups.items(), key=lambda item: (item[0][0], item[0][1] or "")):
        gone = [
            deed.day
            for deed in deeds
            if deed.leaving and not deed.denied and deed.place in (place, *wider(place))
            if covers(deed.force, force, with_coalition)
        ]
        line = _line(rows, as_of)
        left = min((day for day in gone if day > line["published"]), default=None)
        found.append(line | {"left_on": left})
    return found


def _line(rows: list[Row], as_of: date) -> Row:
    present = [row for row in rows if row["status"] == "present"]
    newest = (present or rows)[-1]
    deciding = next(row for row in present or rows if row["report"] == newest["report"])
    stated = bool(present)
    same = [row for row in reversed(present) if _count(row) == _count(deciding)]
    facts = unique(row["fact"] for row in [deciding, *same])
    return {
        "force": deciding["force"],
        "place": deciding["place"],
        "count_min": deciding["count_min"] if stated else None,
        "count_max": deciding["count_max"] if stated else None,
        "approximate": deciding["approximate"] if stated else None,
        "status": deciding["status"],
        "published": deciding["published"],
        "age_days": (as_of - deciding["published"]).days,
        "facts": facts,
        "others": unique(row["fact"] for row in reversed(rows) if row["fact"] not in facts),
    }


def _count(row: Row) -> tuple[int | None, int | None]:
    return row["count_min"], row["count_max"]
