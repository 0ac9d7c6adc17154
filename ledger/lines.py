"""The rows of the ledger as lines of JSON, and such lines as rows again."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from functools import partial
from typing import Any

from sqlalchemy import JSON, BigInteger, Boolean, Column, Date, Integer, Select, String, select

from ledger.schema import Moment, facts, readings, reports, reviews

Row = dict[str, Any]
Reader = Callable[[Any], Any]

# The columns of each table as they are told. Rows are tied together by what they say (id, revision, version of the
# reader) and not by the database's own numbers; what can be worked out of a text anew (keys) is left out.
COLUMNS: dict[str, dict[str, Column[Any]]] = {
    "reports": {c.name: c for c in reports.c if c.name not in ("seq", "url_key", "content_key")},
    "readings": {
        "report": reports.c.id, "revision": reports.c.revision, "version": readings.c.version, "at": readings.c.at,
        "same_as": Column("same_as", String(40)),
    },
    "facts": {
        "report": reports.c.id, "revision": reports.c.revision, "version": readings.c.version,
        **{c.name: c for c in facts.c if c.name != "reading"},
    },
    "reviews": {c.name: c for c in reviews.c if c.name != "seq"},
}  # fmt: skip


def all_of(name: str) -> Select[Any]:
    """The query for all rows of a table as they are told, in the order in which they were added."""
    earlier = readings.alias("earlier")
    columns = COLUMNS[name] | ({"same_as": earlier.c.version} if name == "readings" else {})
    query = select(*(column.label(label) for label, column in columns.items()))
    if name == "readings":
        tied = readings.join(reports).outerjoin(earlier, earlier.c.seq == readings.c.same_as)
        return query.select_from(tied).order_by(readings.c.seq)
    if name == "facts":
        return query.select_from(facts.join(readings).join(reports)).order_by(facts.c.reading, facts.c.id)
    return query.order_by(reports.c.seq if name == "reports" else reviews.c.seq)


def line_of(row: Row) -> bytes:
    """A row as a line of JSON, in one spelling only: sorted keys, days and moments as ISO text."""
    told = json.dumps(row, default=_iso, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return f"{told}\n".encode()


def _iso(value: date) -> str:
    return value.isoformat()


def readers(name: str) -> dict[str, Reader]:
    """For each column of a table what makes its own type of a value of JSON; for ``row_of``."""
    return {label: _reader(column) for label, column in COLUMNS[name].items()}


def row_of(line: bytes, read: Mapping[str, Reader]) -> Row:
    """What ``line_of`` was given. Raises ValueError for anything that the table could not hold."""
    try:
        told = json.loads(line)
    except (ValueError, RecursionError):
        raise ValueError("is no row of JSON") from None
    if not isinstance(told, dict):
        raise ValueError("is no object of JSON")
    if other := told.keys() ^ read.keys():
        raise ValueError(f"lacks these keys or should not have them: {', '.join(sorted(other))[:200]}")
    row = {}
    for name, reader in read.items():
        try:
            row[name] = reader(told[name])
        except (ValueError, TypeError, OverflowError):
            raise ValueError(f"{name} cannot be {told[name]!r:.60}") from None
    return row


def _reader(column: Column[Any]) -> Reader:
    read, nullable = _of_type(column), column.nullable

    def value(raw: Any) -> Any:
        if raw is None and not nullable:
            raise ValueError
        return None if raw is None else read(raw)

    return value


def _of_type(column: Column[Any]) -> Reader:
    kind = column.type
    if isinstance(kind, String):
        return partial(_text, kind.length)
    if isinstance(kind, Integer):
        return partial(_number, 2**63 if isinstance(kind, BigInteger) else 2**31)
    return READERS[type(kind)]


def _text(longest: int | None, raw: Any) -> str:
    _exactly(str, raw).encode()  # halves of letters are taken by no database, NUL not by PostgreSQL
    if "\0" in raw or (longest and len(raw) > longest):
        raise ValueError
    return str(raw)


def _number(limit: int, raw: Any) -> int:
    if not -limit <= _exactly(int, raw) < limit:
        raise ValueError
    return int(raw)


def _moment(raw: Any) -> datetime:
    moment = datetime.fromisoformat(raw)
    if moment.tzinfo is None:
        raise ValueError
    return moment.astimezone(UTC)


def _exactly(kind: type, raw: Any) -> Any:
    if type(raw) is not kind:
        raise ValueError
    return raw


READERS: dict[type, Reader] = {
    Date: date.fromisoformat,
    Moment: _moment,
    Boolean: partial(_exactly, bool),
    JSON: partial(_exactly, dict),
}
