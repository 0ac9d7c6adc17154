"""Tables to take away, as CSV for spreadsheets and for programs: the nations, and claims of numbers."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date

from babel import Locale

from ledger.contingents import contingents, fits
from ledger.facts import Row
from ledger.picture import Picture
from ledger.plain import rows_of

COLUMNS = (
    "role", "count_min", "count_max", "approximate", "count_place", "count_day", "first_report",
    "last_report", "gone", "gone_on", "entry", "arrival", "publisher", "url",
)  # fmt: skip
MORE = ("roles", "places", "exit_place", "exit_start", "exit_end", "exit_state")
CLAIMS = (
    "published", "publisher", "speaker", "force", "place", "count_min", "count_max", "approximate", "status",
    "quote", "url", "report", "fact",
)  # fmt: skip
# A spreadsheet runs a cell that begins with one of these as a formula (OWASP, "CSV injection").
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def nations_csv(picture: Picture, role: str | None = None, gone: bool | None = None) -> bytes:
    """The nations of the picture that fit (``contingents.fits``) as CSV: a row a nation, NATO's mission among them.

    UTF-8 with a byte order mark, lines and quotes as in RFC 4180. ``code`` is ISO 3166-1 alpha-2 (empty
    for NATO, which has none), places ISO 3166 or a base's id, days ISO 8601, counts whole persons, ``true`` and
    ``false``; an empty cell is unknown, 0 is none.

    ``role`` is the latest told. ``entry`` is the day of the first report that tells of its forces there, ``arrival``
    whether that tells of their arrival. ``publisher`` and ``url`` name the report that the row's last figure (or that
    the nation has gone) was read from. ``roles`` are all that were told, the latest first, ``places`` those of its
    numbers as there (``claims_csv`` has the numbers), both with semicolons between them. ``exit_place`` to
    ``exit_state`` are of its announced end: where, the window (``exit_start`` may be missing), and what became of it
    (upcoming, due, passed, met, met_late). A text that a spreadsheet would run as a formula has an apostrophe
    before it.
    """
    names = Locale("en").territories
    lines: list[tuple[object, ...]] = []
    for row in contingents(rows_of(picture.nations), rows_of(picture.troops), rows_of(picture.deadlines)):
        if fits(row, role, gone):
            code = row["force"] if row["force"] in names else ""
            name = names.get(row["force"], row["force"].upper())
            lines.append((code, name, *(row[column] for column in COLUMNS), *_more(row)))
    return _csv(("code", "name", *COLUMNS, *MORE), lines)


def _more(row: Row) -> tuple[object, ...]:
    places = dict.fromkeys(number["place"] for number in row["numbers"] if number["place"])
    end = row["exit"] or {}
    return (
        ";".join(row["roles"]),
        ";".join(places),
        *(end.get(key) for key in ("place", "date_start", "date_end", "state")),
    )


def claims_csv(rows: Iterable[Row]) -> bytes:
    """Claims of numbers (``Ledger.facts_about``) as CSV, in the same form as ``nations_csv``, a row a claim.

    ``count_min`` without ``count_max`` is "more than", the other way round "fewer than", neither is not stated.
    """
    return _csv(CLAIMS, (tuple(row[column] for column in CLAIMS) for row in rows))


def _csv(header: Sequence[str], lines: Iterable[Sequence[object]]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(header)
    writer.writerows([_cell(value) for value in line] for line in lines)
    return out.getvalue().encode("utf-8-sig")


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return value.isoformat()
    text = str(value)
    return f"'{text}" if text.startswith(FORMULA) else text
