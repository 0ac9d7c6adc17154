"""The history of the ledger: what was added, when and by whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, func, select

from ledger.schema import facts, readings, reports, reviews


@dataclass(frozen=True)
class Event:
    """One thing that happened to the ledger at a moment (UTC).

    ``what`` is ``added`` or ``revised`` (a report), ``read`` (by the extractor's version ``note``) or a verdict;
    ``who`` is None for a reading; ``fact`` is given for verdicts on one; ``facts`` is how many a reading found,
    None for other events and for a reading that found what the one before it had.
    """

    at: datetime
    who: str | None
    what: str
    report: str
    fact: str | None = None
    facts: int | None = None
    note: str | None = None


def history(connection: Connection, last: int | None = None) -> list[Event]:
    """All events in the order in which they happened; the last so many when ``last`` is given."""
    events = [event for part in (_added, _read, _said) for event in part(connection, last)]
    events.sort(key=lambda event: event.at)
    return events[-last:] if last else events


def _newest(query: Select[Any], seq: Any, last: int | None) -> Select[Any]:
    """``query`` in the order of ``seq``, only its last rows when so many are asked for."""
    return query.order_by(seq.desc()).limit(last)


def _added(connection: Connection, last: int | None) -> list[Event]:
    names = (reports.c.added_at, reports.c.added_by, reports.c.revision, reports.c.id, reports.c.title)
    rows = connection.execute(_newest(select(*names), reports.c.seq, last)).all()
    return [
        Event(row.added_at, row.added_by, "added" if row.revision == 1 else "revised", row.id, note=row.title)
        for row in reversed(rows)
    ]


def _read(connection: Connection, last: int | None) -> list[Event]:
    number = select(func.count()).where(facts.c.reading == readings.c.seq).scalar_subquery()
    query = select(readings.c.at, readings.c.version, readings.c.same_as, reports.c.id, number.label("facts"))
    rows = connection.execute(_newest(query.join(reports), readings.c.seq, last)).all()
    return [
        Event(row.at, None, "read", row.id, facts=None if row.same_as else row.facts, note=row.version)
        for row in reversed(rows)
    ]


def _said(connection: Connection, last: int | None) -> list[Event]:
    rows = connection.execute(_newest(select(reviews), reviews.c.seq, last)).all()
    return [
        Event(row.at, row.who, row.verdict, row.report, row.fact, note=_reason(row.changed, row.why))
        for row in reversed(rows)
    ]


def _reason(changed: dict[str, Any] | None, why: str | None) -> str | None:
    """What a correction changed and why, in one line."""
    values = ", ".join(f"{key}={value}" for key, value in (changed or {}).items())
    return "; ".join(part for part in (values, why) if part) or None
