"""Promise keeping: what was promised first, how often it was moved, when it was done; and who keeps promises."""

from __future__ import annotations

from typing import Any

import pandas as pd

from extract.frames import DAY, TEXT
from ledger.picture import OPEN, Picture, table_of
from ledger.plain import rows_of
from ledger.told import Row

PROMISES: dict[str, Any] = {
    "place": TEXT, "force": TEXT, "event": TEXT, "announcer": TEXT, "first_published": DAY, "first_start": DAY,
    "first_end": DAY, "moves": object, "date_start": DAY, "date_end": DAY, "state": TEXT, "met_on": DAY,
    "days": "Int64", "days_late": "Int64", "facts": object,
}  # fmt: skip
ANNOUNCERS: dict[str, Any] = {
    "announcer": TEXT, "promised": "Int64", "met": "Int64", "met_late": "Int64", "moved": "Int64",
    "passed": "Int64", "open": "Int64",
}  # fmt: skip


def promises(picture: Picture) -> pd.DataFrame:
    """One row a promised deadline of the picture, the first promised first.

    place, force, event; announcer (the speaker of the first telling, else its publisher), first_published and
    the window as first promised (first_start, first_end); moves (list of dicts as in
    ``Picture.deadlines``), the window as promised now (date_start, date_end); state (upcoming,
    due, passed, met, met_late), met_on (done by that day), days from first_end to met_on (below 0: before
    it), days_late after the window as promised last (at most; 0 when kept in time). Both are missing while
    nobody reported the deed. facts: the ids that the row rests on.
    """
    promised = sorted(
        (row for row in picture.rows["deadlines"] if row["promised"]), key=lambda row: row["first_published"]
    )
    return table_of([row | {"days": _days(row)} for row in promised], PROMISES)


def _days(row: Row) -> int | None:
    return None if row["met_on"] is None else int((row["met_on"] - row["first_end"]).days)


def announcers(promised: pd.DataFrame) -> pd.DataFrame:
    """How those kept their word who announced the rows of ``promises``, who promised most first.

    announcer; promised (so many), met (in time), met_late, passed (nobody reported it), open (upcoming or
    due): these four add up to promised; moved (so many of them were moved at least once).
    """
    found: dict[str, Row] = {}
    for row in rows_of(promised):
        line = found.setdefault(row["announcer"], dict.fromkeys(ANNOUNCERS, 0) | {"announcer": row["announcer"]})
        line["promised"] += 1
        line["open" if row["state"] in OPEN else row["state"]] += 1
        line["moved"] += bool(row["moves"])
    return table_of(sorted(found.values(), key=lambda line: (-line["promised"], line["announcer"])), ANNOUNCERS)
