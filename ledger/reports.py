"""A report: what was published, by whom and when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True)
class Report:
    """One published report.

    ``note`` says what a reader should know of it ("original not seen"); ``summary`` whether ``text`` is a
    summary in our own words and not the publisher's text; ``retrieved`` when it was fetched, where it was.
    """

    id: str
    url: str | None
    publisher: str
    published: date
    lang: str
    title: str
    text: str
    note: str | None = None
    summary: bool = False
    retrieved: datetime | None = None
