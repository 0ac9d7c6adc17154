"""The day of publication that an article tells of itself."""

from __future__ import annotations

from datetime import date

from extract.reading import read_with_datelines
from extract.resolve import resolve_date

# The date line of an article stands at its head.
HEAD = 800


def day_of(text: str, lang: str) -> date | None:
    """The first full date (day, month and year) at the head of an article, or None."""
    for mention in read_with_datelines(text[:HEAD], lang):
        read = mention.get("date")
        if read is not None and read.day and read.month and read.year:
            window = resolve_date(read, date(read.year, 1, 1), None)
            if window:
                return window.start
    return None
