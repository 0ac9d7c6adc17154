"""Tables as plain rows, and plain rows as JSON and as text for a terminal."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import pandas as pd

Row = dict[str, Any]


def rows_of(table: pd.DataFrame) -> list[Row]:
    """The rows of a dataframe as dicts; missing values of any kind become None, lists stay lists."""
    columns = {
        str(name): [v if isinstance(v, list | dict) or not pd.isna(v) else None for v in values.astype(object)]
        for name, values in table.items()
    }
    return [dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)]


def json_ready(value: Any) -> Any:
    """``value`` with days and moments as ISO text, down to the last list, for ``json.dumps``."""
    if isinstance(value, Mapping):
        return {str(key): json_ready(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [json_ready(inner) for inner in value]
    return value.isoformat() if isinstance(value, date) else value


def as_table(rows: Iterable[Mapping[str, Any]], columns: Sequence[str]) -> str:
    """``rows`` as lines of text under the names of ``columns``, each as wide as its longest cell."""
    cells = [list(columns), *([_cell(row.get(name)) for name in columns] for row in rows)]
    widths = [max(_width(line[i]) for line in cells) for i in range(len(columns))]
    return "\n".join(
        "  ".join(cell + " " * (width - _width(cell)) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in cells
    )


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Mapping):
        return ", ".join(f"{name} {_cell(inner) or '-'}" for name, inner in value.items())
    return " ".join(str(value).split())


def _width(text: str) -> int:
    """Columns that a terminal needs: marks that sit on other letters take none."""
    return sum(not unicodedata.combining(letter) and unicodedata.category(letter) != "Cf" for letter in text)
