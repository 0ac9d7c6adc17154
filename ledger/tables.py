"""Tables to take away as text: CSV for spreadsheets and for programs, and JSON lines."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator
from datetime import date

from ledger.clean import body
from ledger.columns import TABLES
from ledger.plain import json_ready
from ledger.told import Row

# A spreadsheet runs a text that begins with one of these as a formula (OWASP, "CSV injection").
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
BOM = "\N{ZERO WIDTH NO-BREAK SPACE}"


def csv_lines(table: str, rows: Iterable[Row]) -> Iterator[bytes]:
    """Rows of a table (a key of ``ledger.columns.TABLES``) as CSV, line by line: one header row, one row each.

    UTF-8 with a byte order mark, lines and quotes as in RFC 4180. Days are ISO 8601, ``true`` and ``false``, an empty
    cell is unknown, 0 is none. A text that a spreadsheet would run as a formula has an apostrophe before it;
    controls that no text needs are left out.
    """
    names = TABLES[table]
    yield BOM.encode() + csv_line(names)
    for row in rows:
        yield csv_line(row[name] for name in names)


def csv_line(values: Iterable[object]) -> bytes:
    """One line of CSV."""
    out = io.StringIO(newline="")
    csv.writer(out).writerow([_cell(value) for value in values])
    return out.getvalue().encode()


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return value.isoformat()
    if not isinstance(value, str):
        return str(value)
    return f"'{body(value)}" if value.startswith(FORMULA) else body(value)


def json_lines(rows: Iterable[Row]) -> Iterator[bytes]:
    """Rows as JSON lines, UTF-8, days as ISO text; texts are whole, unknown is null."""
    for row in rows:
        yield json.dumps(json_ready(row), ensure_ascii=False).encode("utf-8", "backslashreplace") + b"\n"
