"""Facts made by hand for the tests of ledger/: one row a fact, as ``ledger.claims.Claims`` takes them."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from datetime import date
from itertools import count
from typing import Any

import pandas as pd
import pytest

from ledger.claims import Claims
from ledger.picture import Picture, picture

Row = dict[str, Any]
_numbers = count()


def day(text: str) -> date:
    return date.fromisoformat(text)


def _row(kind: str, published: str, publisher: str, **values: Any) -> Row:
    number = next(_numbers)
    return {
        "kind": kind,
        "fact": f"fact-{number}",
        "report": f"{published} {publisher}",
        "publisher": publisher,
        "voice": publisher,
        "published": day(published),
        "lang": "en",
        "url": f"https://example.org/{number}",
        "quote": "What they said.",
        "char_start": number,
        "char_end": number + 15,
        "speaker": None,
        "rule": "by-hand",
    } | values


def cases(table: Iterable[tuple[Any, ...]]) -> list[Any]:
    """The rows of a table of cases for pytest; the first column names the case."""
    return [pytest.param(*values, id=name) for name, *values in table]


def base(published: str, publisher: str, status: str, place: str = "ain-al-asad", force: str = "coalition") -> Row:
    return _row("base", published, publisher, place=place, force=force, status=status)


def window(text: str) -> tuple[date, date, str]:
    """``2025``, ``2025-09``, ``2025-09-15`` or ``2025-09-11..2025-09-20``: first day, last day, precision."""
    if ".." in text:
        start, end = text.split("..")
        return day(start), day(end), "week"
    parts = [int(part) for part in text.split("-")]
    if len(parts) == 1:
        return date(parts[0], 1, 1), date(parts[0], 12, 31), "year"
    if len(parts) == 2:
        year, month = parts
        return date(year, month, 1), date(year, month, monthrange(year, month)[1]), "month"
    return day(text), day(text), "day"


def promise(published: str, when: str, publisher: str = "A", **values: Any) -> Row:
    """A planned withdrawal of the coalition from Ain al-Asad, unless ``values`` say otherwise."""
    start, end, precision = window(when)
    dates = {"date_start": start, "date_end": end, "precision": precision}
    usual = {"place": "ain-al-asad", "force": "coalition", "event": "withdrawal", "status": "planned"}
    return _row("deadline", published, publisher, **usual | values) | dates


def done(published: str, when: str, publisher: str = "B", **values: Any) -> Row:
    return promise(published, when, publisher, status="done", **values)


def troops(published: str, least: int | None, most: int | None, publisher: str = "A", **values: Any) -> Row:
    """So many Americans present in Iraq, unless ``values`` say otherwise."""
    usual = {"place": "IQ", "force": "US", "status": "present", "approximate": False}
    return _row("troops", published, publisher, **usual | values, count_min=least, count_max=most)


def nation(published: str, force: str, role: str = "coalition", publisher: str = "A") -> Row:
    return _row("nation", published, publisher, force=force, role=role)


def claims_of(rows: Iterable[Row]) -> Claims:
    """The rows as claims, put report by report."""
    reports: dict[str, list[Row]] = {}
    for row in rows:
        reports.setdefault(row["report"], []).append(row)
    claims = Claims()
    for report, told in reports.items():
        claims.put(report, told)
    return claims


def picture_of(rows: list[Row], as_of: str, known: str | None = None) -> Picture:
    return picture(claims_of(rows), day(as_of), known and day(known))


def lines(table: Any, **wanted: Any) -> list[Row]:
    """The rows of a table of the picture with these values, missing ones as None."""
    rows = table.astype(object).to_dict("records")
    plain = [{k: None if v is pd.NA or v is None else v for k, v in row.items()} for row in rows]
    return [row for row in plain if all(row[k] == v for k, v in wanted.items())]


def line(table: Any, **wanted: Any) -> Row:
    """The only row of a table with these values."""
    (found,) = lines(table, **wanted)
    return found
