"""Facts made by hand for the tests of ledger/: one row a fact, as ``extract.frames.frames`` takes them."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from itertools import count
from typing import Any

from extract.frames import Frames, frames
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
        "published": day(published),
        "lang": "en",
        "url": f"https://example.org/{number}",
        "quote": "What they said.",
        "char_start": number,
        "char_end": number + 15,
        "speaker": None,
        "rule": "by-hand",
    } | values


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
        return date(*parts, 1), date(*parts, monthrange(*parts)[1]), "month"
    return date(*parts), date(*parts), "day"


def promise(
    published: str,
    when: str,
    publisher: str = "A",
    place: str = "ain-al-asad",
    force: str = "coalition",
    event: str = "withdrawal",
    status: str = "planned",
) -> Row:
    start, end, precision = window(when)
    dates = {"date_start": start, "date_end": end, "precision": precision}
    return _row("deadline", published, publisher, place=place, force=force, event=event, status=status) | dates


def done(published: str, when: str, publisher: str = "B", **values: Any) -> Row:
    return promise(published, when, publisher, status="done", **values)


def troops(
    published: str,
    least: int | None,
    most: int | None,
    publisher: str = "A",
    status: str = "present",
    place: str | None = "IQ",
    force: str = "US",
    approximate: bool = False,
) -> Row:
    counts = {"count_min": least, "count_max": most, "approximate": approximate}
    return _row("troops", published, publisher, place=place, force=force, status=status) | counts


def nation(published: str, force: str, role: str = "coalition", publisher: str = "A") -> Row:
    return _row("nation", published, publisher, force=force, role=role)


def picture_of(rows: list[Row], as_of: str) -> Picture:
    return picture(frames(rows), day(as_of))


def lines(table: Any, **wanted: Any) -> list[Row]:
    """The rows of a table of the picture with these values, missing ones as None."""
    found = []
    for row in table.astype(object).to_dict("records"):
        plain = {k: v if isinstance(v, list) or v == v and v is not None and str(v) != "<NA>" else None for k, v in row.items()}
        if all(plain[k] == v for k, v in wanted.items()):
            found.append(plain)
    return found


def line(table: Any, **wanted: Any) -> Row:
    """The only row of a table with these values."""
    (found,) = lines(table, **wanted)
    return found


__all__ = ["Frames", "Row", "base", "day", "done", "line", "lines", "nation", "picture_of", "promise", "troops", "window"]
