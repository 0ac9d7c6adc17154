"""Dates as they are written; ``resolve.py`` puts them on the calendar later."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from extract.model import Mention
from extract.numbers import at_digits

# 15/09/2025, 15-9-2025, 15.09.2025, 2025-09-15, 15/9 ; day first, as the press of the region writes.
NUMERIC = re.compile(
    r"(?<![\d/.\-])(?:(?P<y>(?:19|20)\d\d)[-/](?P<m>\d{1,2})[-/](?P<d>\d{1,2})"
    r"|(?P<d2>\d{1,2})\s?[-/.]\s?(?P<m2>\d{1,2})\s?[-/.]\s?(?P<y2>(?:19|20)\d\d)"
    r"|(?!24/7|9/11|1/[2-9]\b)(?P<d3>\d{1,2})/(?P<m3>\d{1,2}))(?![\d/%])"
)


@dataclass(frozen=True, slots=True)
class DateRead:
    """A date as written, with nothing looked up in a calendar yet.

    ``bound`` is by, until, before, after, since or within; ``part`` is start, mid, end or lastday. ``rel``
    shifts the smallest unit told, ``year_rel`` the year; both count from the day of publication (0 this, 1
    next, -1 last). ``offset`` counts days from it, ``span`` units within which. ``same`` points back to the
    date told before.
    """

    bound: str | None = None
    part: str | None = None
    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    offset: int | None = None
    unit: str | None = None
    ordinal: int | None = None
    rel: int | None = None
    year_rel: int | None = None
    span: int | None = None
    same: bool = False

    @property
    def is_explicit(self) -> bool:
        """Whether the month or the year is told by name or figure."""
        return self.month is not None or self.year is not None


def find_numeric(text: str) -> Iterator[Mention]:
    """Dates in figures, as mentions with the tag ``calendar``: a ``DateRead`` (impossible days are left out)."""
    for match in at_digits(NUMERIC, text):
        named = {k[0]: int(v) for k, v in match.groupdict().items() if v}
        try:
            date(named.get("y", 2000), named["m"], named["d"])
        except ValueError:
            continue
        read = DateRead(year=named.get("y"), month=named["m"], day=named["d"])
        yield Mention(match.start(), match.end(), {"calendar": read})
