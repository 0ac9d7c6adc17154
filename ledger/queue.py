"""The queue of review: facts that nobody has judged, those first on which most depends."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from ledger.facts import Row
from ledger.picture import Picture
from ledger.told import SAME_TIME

CONTRADICTS, DECIDES, REST = REASONS = ("contradicts", "decides", "rest")
# So many other claims of one row are looked at: they come newest first, and older ones are of another time.
OTHERS = 20


@dataclass(frozen=True)
class Waiting:
    """A fact to be judged, why it comes where it comes (one of ``REASONS``), and what other voices say against it."""

    fact: Row
    reason: str
    against: tuple[Row, ...] = ()


def weighty(picture: Picture) -> list[str]:
    """The ids of the facts that decide the rows of the picture, and of what is told otherwise beside each."""
    return list(dict.fromkeys(ident for deciding, others in _rows(picture) for ident in (deciding, *others)))


def queue(facts: Iterable[Row], picture: Picture) -> list[Waiting]:
    """Those of the facts that have no verdict (``review``), in the order in which they should be judged.

    First what contradicts, and is contradicted by, another voice within ``SAME_TIME``; then what decides a row of
    the picture; then the rest; each the newest first. ``facts`` are rows as ``Ledger.facts`` gives them, those of
    ``weighty(picture)`` among them.
    """
    known = {row["fact"]: row for row in facts}
    against: dict[str, list[Row]] = {}
    deciding = set()
    for first, others in _rows(picture):
        deciding.add(first)
        for other in others:
            if first in known and other in known and contradict(known[first], known[other]):
                against.setdefault(first, []).append(known[other])
                against.setdefault(other, []).append(known[first])
    waiting = [
        Waiting(row, _reason(ident, against, deciding), tuple(against.get(ident, ())))
        for ident, row in known.items()
        if row["review"] is None
    ]
    return sorted(waiting, key=_order)


def contradict(one: Row, other: Row) -> bool:
    """Whether two facts of one row of the picture are told by different voices of the same time and cannot both hold.

    Numbers that overlap, and windows that do, may both be right.
    """
    near = abs(one["published"] - other["published"]) <= SAME_TIME
    if one["voice"] == other["voice"] or one["kind"] != other["kind"] or not near:
        return False
    if one["kind"] == "troops":
        same = one["status"] == other["status"] == "present"
        return same and _apart((one["count_min"], one["count_max"]), (other["count_min"], other["count_max"]))
    if one["kind"] == "deadline":
        windows = ((row["date_start"] or row["date_end"], row["date_end"]) for row in (one, other))
        return one["status"] == other["status"] and _apart(*windows)
    return bool(one["kind"] == "base" and one["status"] != other["status"])


def _apart(one: tuple[Any, Any], other: tuple[Any, Any]) -> bool:
    """Whether two ranges, with None for an open end, have nothing in common."""
    (low, high), (lower, higher) = one, other
    return (high is not None and lower is not None and high < lower) or (
        higher is not None and low is not None and higher < low
    )


def _rows(picture: Picture) -> Iterator[tuple[str, list[str]]]:
    """Of each row of the picture the deciding fact and the newest that say otherwise."""
    for rows in picture.rows.values():
        for row in rows:
            if row["facts"]:
                yield row["facts"][0], row["others"][:OTHERS]


def _reason(ident: str, against: dict[str, list[Row]], deciding: set[str]) -> str:
    return CONTRADICTS if ident in against else DECIDES if ident in deciding else REST


def _order(waiting: Waiting) -> tuple[int, int, str, int, str]:
    fact = waiting.fact
    published: date = fact["published"]
    reason = REASONS.index(waiting.reason)
    return reason, -published.toordinal(), fact["report"], fact["char_start"], fact["fact"]
