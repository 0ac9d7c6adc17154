"""Claims: the facts that count, by report, and what of them was known on a day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import chain

from extract.model import KEYS
from ledger.told import Row, order


class Claims:
    """All facts that count, fed report by report; ``ledger.picture.picture`` draws from it."""

    def __init__(self) -> None:
        self._rows: dict[str, list[Row]] = {}

    def put(self, report: str, rows: Iterable[Row]) -> None:
        """Takes the facts that ``report`` states, in place of what it stated before; none removes it."""
        kept = [_own(row) | {"force": row["force"] or "coalition"} for row in rows]
        if kept:
            self._rows[report] = kept
        else:
            self._rows.pop(report, None)

    def told(self, kind: str, as_of: date, known: date) -> list[Row]:
        """The facts of one kind that count on ``as_of`` for who has read all until ``known``, as told.

        Of what was published after ``as_of`` only deeds whose window was over by then count.
        """
        rows = [row for rows in self._rows.values() for row in rows if row["kind"] == kind]
        return sorted((row for row in rows if _counts(row, as_of, known)), key=order)


def _own(row: Row) -> Row:
    """The fact without the keys of other kinds: that a base's fact has no event says what it is."""
    others = {*chain.from_iterable(KEYS.values())} - {*KEYS[row["kind"]], "force", "place"}
    return {key: value for key, value in row.items() if key not in others}


def _counts(row: Row, as_of: date, known: date) -> bool:
    if row["published"] <= as_of:
        return bool(row["published"] <= known)
    deed = row["kind"] == "deadline" and row["status"] == "done" and row["date_end"] <= as_of
    return bool(deed and row["published"] <= known)
