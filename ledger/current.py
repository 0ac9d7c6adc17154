"""What counts now, out of all that was ever kept: last revisions, last readings, last verdicts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from functools import cache
from itertools import groupby, islice
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    RowMapping,
    Select,
    and_,
    exists,
    func,
    or_,
    select,
    tuple_,
)
from sqlalchemy import Row as TableRow

from ledger.facts import READ, SAID, Row
from ledger.reports import Report
from ledger.reviews import CORRECTED, REJECTED, REOPENED, Review, corrected, typed
from ledger.schema import facts, readings, reports, reviews

OWN = tuple(field.name for field in fields(Report))
# Rows fetched, and values asked for, in one go: SQLite takes 32,766 values at most.
AT_ONCE = 5_000
# The order of facts in their text: by sentence, and within one as they were read.
IN_TEXT = (facts.c.char_start, facts.c.number)
Verdicts = dict[tuple[str, str | None], Review]


@dataclass(frozen=True)
class Stored:
    """A report as it lies in the ledger: its last revision, when it came and by whom.

    ``origin`` is the id of the report that it is a near copy of, its own when of none.
    """

    report: Report
    seq: int
    revision: int
    origin: str
    added_at: datetime
    added_by: str


@cache
def latest() -> ColumnElement[bool]:
    """Whether a row of the reports is the last revision; by an index, not by a look at all of them."""
    newer = reports.alias("newer")
    return ~exists().where(newer.c.id == reports.c.id, newer.c.revision > reports.c.revision)


@cache
def read_last() -> ColumnElement[bool]:
    """Whether a row of the readings is the last one of its report."""
    later = readings.alias("later")
    return ~exists().where(later.c.report == readings.c.report, later.c.seq > readings.c.seq)


def revision_of(connection: Connection, ident: str) -> Stored | None:
    """The last revision of the report with this id, or None."""
    query = select(reports).where(reports.c.id == ident).order_by(reports.c.revision.desc()).limit(1)
    row = connection.execute(query).mappings().first()
    return None if row is None else stored(row)


def stored(row: RowMapping) -> Stored:
    """A row of the table reports as what it stands for."""
    report = Report(**{name: row[name] for name in OWN})
    return Stored(report, row["seq"], row["revision"], row["origin"], row["added_at"], row["added_by"])


def verdicts(connection: Connection, *which: ColumnElement[bool]) -> Verdicts:
    """The last review of each fact and of each report (fact None), of those that fit.

    The last by when it was said: an archive may bring in older ones later.
    """
    query = select(reviews).where(*which).order_by(reviews.c.at, reviews.c.seq)
    found = [review(row) for row in connection.execute(query).mappings()]
    return {(said.report, said.fact): said for said in found}


def review(row: RowMapping) -> Review:
    """A row of the table reviews as what it stands for."""
    changed = row["changed"] and typed(row["changed"])
    return Review(row["report"], row["fact"], row["verdict"], row["who"], changed, row["why"], row["at"])


def statements(connection: Connection, since: int, said: Verdicts) -> Iterator[tuple[str, list[Row]]]:
    """Each report read after the reading ``since``, with the facts that count: none when it was rejected."""
    query = _facts().where(readings.c.seq > since).order_by(readings.c.seq, *IN_TEXT)
    yield from _grouped(connection, query, said)


def statements_of(connection: Connection, ids: Iterable[str], said: Verdicts) -> Iterator[tuple[str, list[Row]]]:
    """The same for the reports with these ids."""
    query = _facts().where(reports.c.id.in_(list(ids)))
    yield from _grouped(connection, query.order_by(readings.c.seq, *IN_TEXT), said)


def _grouped(connection: Connection, query: Select[Any], said: Verdicts) -> Iterator[tuple[str, list[Row]]]:
    rows = connection.execution_options(yield_per=AT_ONCE).execute(query).mappings()
    for ident, group in groupby(rows, key=lambda row: row["report"]):
        whole = said.get((ident, None))
        told = [] if whole and whole.verdict == REJECTED else [fact_row(row, said) for row in group if row["fact"]]
        yield ident, [row for row in told if row["review"] != REJECTED]


@dataclass(frozen=True)
class About:
    """What facts are asked for: their kind and, unless None, whose they are; ``place`` None is one not told."""

    kind: str
    force: str
    place: str | None
    until: date

    def fits(self, row: Row) -> bool:
        """Whether a fact, as it was corrected, is one of them."""
        own = (row["kind"], row["force"] or "coalition", row["place"])
        return own == (self.kind, self.force, self.place) and row["published"] <= self.until


def facts_about(connection: Connection, asked: About, limit: int | None, said: Verdicts) -> list[Row]:
    """The newest facts that count and fit, so many at most (None: all), the newest first."""
    moved = [fact for (_, fact), last in said.items() if fact and last.changed and {"force", "place"} & {*last.changed}]
    force = facts.c.force == asked.force
    if asked.force == "coalition":
        force = or_(force, facts.c.force.is_(None))
    stated = and_(facts.c.kind == asked.kind, force, facts.c.place == asked.place)
    query = _stated().where(or_(stated, facts.c.id.in_(moved)), reports.c.published <= asked.until)
    newest = query.order_by(reports.c.published.desc(), reports.c.id.desc(), *IN_TEXT)
    rows = connection.execution_options(yield_per=AT_ONCE).execute(newest).mappings()
    whole = _rejected(said)
    counted = (fact_row(row, said) for row in rows if row["report"] not in whole)
    return list(islice((row for row in counted if row["review"] != REJECTED and asked.fits(row)), limit))


def published_before(
    connection: Connection, until: date, last: tuple[date, str] | None, limit: int
) -> Sequence[TableRow[int, date, str]]:
    """``seq, published, id`` of the reports published by ``until``, the newest first, so many at most.

    Only those that come after ``last`` (day and id) in this order.
    """
    own = (reports.c.published, reports.c.id)
    newest = last[0] if last else until  # said once more, so that the index begins there
    query = select(reports.c.seq, *own).where(latest(), reports.c.published <= newest).limit(limit)
    if last:
        query = query.where(tuple_(*own) < last)
    return connection.execute(query.order_by(*(column.desc() for column in own))).all()


def facts_counting(connection: Connection, seqs: Sequence[int], said: Verdicts) -> list[Row]:
    """The facts that count of the reports with these ``seq``, by report, the newest first, in the order of its text."""
    query = _facts().where(reports.c.seq.in_(seqs))
    ordered = query.order_by(reports.c.published.desc(), reports.c.id.desc(), *IN_TEXT)
    return [row for _, rows in _grouped(connection, ordered, said) for row in rows]


def _stated() -> Select[Any]:
    """The facts of last readings, found from the facts and not from the readings: for few facts of many."""
    origins, own = reports.alias("origins"), readings.alias("own")
    return (
        select(*_columns(origins))
        .select_from(facts)
        .join(own, own.c.seq == facts.c.reading)
        .join(reports, reports.c.seq == own.c.report)
        .join(readings, readings.c.report == reports.c.seq)
        .join(origins, and_(origins.c.id == reports.c.origin, origins.c.revision == 1))
        .where(latest(), read_last(), func.coalesce(readings.c.same_as, readings.c.seq) == facts.c.reading)
    )


def facts_with(connection: Connection, ids: Sequence[str]) -> list[Row]:
    """Those of the facts that last readings state, with their verdicts."""
    found = []
    for start in range(0, len(ids), AT_ONCE):
        wanted = ids[start : start + AT_ONCE]
        # By way of their reports, so that no database thinks of going through all facts.
        stating = select(readings.c.report).join(facts).where(facts.c.id.in_(wanted))
        found += _judged(connection, _facts().where(facts.c.id.in_(wanted), reports.c.seq.in_(stating)))
    return found


def facts_of(connection: Connection, report: str) -> list[Row]:
    """All facts of the last reading of a report, in the order of its text, with their verdicts."""
    query = _facts().where(facts.c.id.is_not(None), reports.c.id == report)
    return _judged(connection, query.order_by(*IN_TEXT))


def _judged(connection: Connection, query: Select[Any]) -> list[Row]:
    rows = connection.execute(query).mappings().all()
    said = verdicts(connection, reviews.c.report.in_({row["report"] for row in rows}))
    return [fact_row(row, said) for row in rows]


def unreviewed(connection: Connection, until: date, limit: int) -> list[Row]:
    """The newest facts published by ``until`` that have no verdict, so many at most."""
    query = _without_verdict(until).order_by(reports.c.published.desc(), reports.c.id, *IN_TEXT)
    return _judged(connection, query.limit(limit))


def _without_verdict(until: date) -> Select[Any]:
    """The facts of last readings that were not judged, nor their report rejected; reopened ones are not judged."""
    last, later = reviews.alias("last"), reviews.alias("later_said")
    same = (later.c.report == last.c.report) & later.c.fact.is_not_distinct_from(last.c.fact)
    overruled = exists().where(same, tuple_(later.c.at, later.c.seq) > tuple_(last.c.at, last.c.seq))
    of_fact, of_report = last.c.fact == facts.c.id, last.c.fact.is_(None) & (last.c.verdict == REJECTED)
    judged = exists().where(last.c.report == reports.c.id, last.c.verdict != REOPENED, of_fact | of_report, ~overruled)
    return _facts().where(facts.c.id.is_not(None), reports.c.published <= until, ~judged)


def days(connection: Connection) -> list[date]:
    """The days of publication of all reports that were not rejected as a whole, in order."""
    rows = connection.execute(select(reports.c.id, reports.c.published).where(latest()).order_by(reports.c.published))
    rejected = rejected_reports(connection)
    return [row.published for row in rows if row.id not in rejected]


def rejected_reports(connection: Connection) -> set[str]:
    """The ids of the reports that were rejected as a whole."""
    return _rejected(verdicts(connection, reviews.c.fact.is_(None)))


def _rejected(said: Verdicts) -> set[str]:
    return {report for (report, fact), last in said.items() if fact is None and last.verdict == REJECTED}


def fact_row(row: Mapping[str, Any] | RowMapping, said: Verdicts) -> Row:
    """A fact as the picture and the pages take it, corrected if it was; ``review`` is its verdict or None."""
    fact = dict(row)
    last = said.get((fact["report"], fact["fact"]))
    if last and last.verdict == CORRECTED and last.changed:
        fact = corrected(fact, last.changed)
    return fact | {"review": last.verdict if last and last.verdict != REOPENED else None}


@cache
def _facts() -> Select[Any]:
    """The last reading of every report with its facts; one row without a fact where it states none."""
    origins = reports.alias("origins")
    return (
        select(*_columns(origins))
        .select_from(readings)
        .join(reports, readings.c.report == reports.c.seq)
        .join(origins, and_(origins.c.id == reports.c.origin, origins.c.revision == 1))
        .outerjoin(facts, facts.c.reading == func.coalesce(readings.c.same_as, readings.c.seq))
        .where(latest(), read_last())
    )


def _columns(origins: FromClause) -> tuple[ColumnElement[Any], ...]:
    """What a fact is told with; ``origins`` is the first revision of the report that its own is a copy of."""
    return (
        facts.c.id.label("fact"), facts.c.kind, *(facts.c[name] for name in (*SAID, *READ)),
        reports.c.id.label("report"), reports.c.publisher, origins.c.publisher.label("voice"),
        reports.c.published, reports.c.lang, reports.c.url,
    )  # fmt: skip
