"""Tables of cases: value first, then all the ways to say it; negatives (nothing expected) stand beside."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest

FOLDER = Path(__file__).resolve().parent
Row = dict[str, str]


def rows(name: str) -> list[Row]:
    """The rows of ``tests/cases/NAME`` as dicts by column."""
    with (FOLDER / name).open(encoding="utf-8", newline="") as table:
        return list(csv.DictReader(table))


def cases(name: str) -> list[Any]:
    """The rows of a table for pytest, each named by its line and its text."""
    return [pytest.param(row, id=f"line {line}: {row['text']}") for line, row in enumerate(rows(name), 2)]
