"""The tables of ``data/``: places, names, forces, terms, letters, weights, interface words; each is read once."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from functools import cache
from pathlib import Path

DATA = Path(__file__).resolve().parent.parent / "data"
Row = dict[str, str]


def cells(path: Path) -> Iterator[list[str]]:
    """The lines of a table (UTF-8, commas), its head first.

    Raises ValueError with file, line and remedy for a line that has not as many cells as the head.
    """
    with path.open(encoding="utf-8", newline="") as file:
        lines = csv.reader(file)
        head = next(lines)
        yield head
        for row in lines:
            if len(row) != len(head):
                raise ValueError(f"{path}, line {lines.line_num}: {len(row)} cells, not {len(head)}; mend the line")
            yield row


def read_table(path: Path) -> list[Row]:
    """The rows of a table, as dicts by column; ValueError as ``cells``."""
    head, *body = cells(path)
    return [dict(zip(head, row, strict=True)) for row in body]


@cache
def rows(name: str) -> list[Row]:
    """The rows of one table of ``data/``, not to be changed."""
    return read_table(DATA / name)


@cache
def places() -> dict[str, Row]:
    """The gazetteer: place id to its row of ``data/places.csv``."""
    return {row["id"]: row for row in rows("places.csv")}


@cache
def forces() -> dict[str, str]:
    """Force id to its kind: ``nation`` or ``alliance``."""
    return {row["id"]: row["kind"] for row in rows("forces.csv")}
