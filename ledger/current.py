"""What counts now, out of all that was ever kept: last revisions, last readings, last verdicts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from itertools import groupby, islice
from typing import Any

from sqlalchemy import ColumnElement, Connection, FromClause, RowMapping, Select, and_, exists, func, or_, select

from ledger.facts import READ, SAID, Row
from ledger.reports import Report
from ledger.reviews import CORRECTED, REJECTED, REOPENED, Review, corrected, typed
from ledger.schema import facts, readings, reports, reviews

OWN = tuple(field.name for field in fields(Report))
# The order of facts: of one sentence that of their ids, so that it is the same in every database.
AT = (facts.c.char_start, facts.c.id)
IN_TEXT = (readings.c.seq, *AT)
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


def latest_revisions() -> Select[tuple[int]]:
    """The ``seq`` of the last revision of every report."""
    return select(func.max(reports.c.seq)).group_by(reports.c.id)


def revision_of(connection: Connection, ident: str) -> Stored | None:
    """The last revision of the report with this id, or None."""
    query = select(reports).where(reports.c.id == ident).order_by(reports.c.seq.desc()).limit(1)
    row = connection.execute(query).mappings().first()
    return None if row is None else stored(row)


def stored(row: RowMapping) -> Stored:
    """A row of the table reports as what it stands for."""
    report = Report(**{name: row[name] for name in OWN})
    return Stored(report, row["seq"], row["revision"], row["origin"], row["added_at"], row["added_by"])


def verdicts(connection: Connection, since: int = 0) -> Verdicts:
    """The last review of each fact and of each report (fact None), of those after the review ``since``."""
    query = select(reviews).where(reviews.c.seq > since).order_by(reviews.c.seq)
    found = [review(row) for row in connection.execute(query).mappings()]
    return {(said.report, said.fact): said for said in found}


def review(row: RowMapping) -> Review:
    """A row of the table reviews as what it stands for."""
    changed = row["changed"] and typed(row["changed"])
    return Review(row["report"], row["fact"], row["verdict"], row["who"], changed, row["why"], row["at"])


def statements(connection: Connection, since: int, said: Verdicts) -> Iterator[tuple[str, list[Row]]]:
    """Each report read after the reading ``since``, with the facts that count: none when it was rejected."""
    query = _facts().where(readings.c.seq > since, reports.c.seq.in_(latest_revisions())).order_by(*IN_TEXT)
    yield from _grouped(connection, query, said)


def statements_of(connection: Connection, ids: Iterable[str], said: Verdicts) -> Iterator[tuple[str, list[Row]]]:
    """The same for the reports with these ids."""
    query = _facts().where(reports.c.seq.in_(latest_revisions().where(reports.c.id.in_(list(ids)))))
    yield from _grouped(connection, query.order_by(*IN_TEXT), said)


def _grouped(connection: Connection, query: Select[Any], said: Verdicts) -> Iterator[tuple[str, list[Row]]]:
    rows = connection.execution_options(yield_per=5_000).execute(query).mappings()
    for ident, group in groupby(rows, key=lambda row: row["report"]):
        whole = said.get((ident, None))
        told = [] if whole and whole.verdict == REJECTED else [fact_row(row, said) for row in group if row["fact"]]
        yield ident, [row for row in told if row["review"] != REJECTED]


def facts_where(connection: Connection, *which: Any, said: Verdicts) -> list[Row]:
    """All facts of last readings that fit, in the order of their reports and texts; rejected ones too."""
    query = _counting().where(*which).order_by(reports.c.published, reports.c.id, *AT)
    rows = connection.execute(query).mappings()
    return [fact_row(row, said) for row in rows]


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
    query = _counting().where(or_(stated, facts.c.id.in_(moved)), reports.c.published <= asked.until)
    newest = query.order_by(reports.c.published.desc(), reports.c.id.desc(), *AT)
    rows = connection.execution_options(yield_per=500).execute(newest).mappings()
    whole = {report for (report, fact), last in said.items() if fact is None and last.verdict == REJECTED}
    counted = (fact_row(row, said) for row in rows if row["report"] not in whole)
    return list(islice((row for row in counted if row["review"] != REJECTED and asked.fits(row)), limit))


def _counting() -> Select[Any]:
    """The facts of last readings of last revisions, found from the facts: for few facts of many."""
    own, last, later, origins = readings.alias("own"), readings.alias("last"), reports.alias("later"), reports.alias()
    newest = select(func.max(readings.c.seq)).where(readings.c.report == own.c.report).scalar_subquery()
    replaced = select(later.c.seq).where(later.c.id == reports.c.id, later.c.revision > reports.c.revision)
    return (
        select(*_columns(origins))
        .select_from(facts)
        .join(own, own.c.seq == facts.c.reading)
        .join(last, last.c.seq == newest)
        .join(reports, reports.c.seq == own.c.report)
        .join(origins, and_(origins.c.id == reports.c.origin, origins.c.revision == 1))
        .where(func.coalesce(last.c.same_as, last.c.seq) == facts.c.reading, ~replaced.exists())
    )


def unreviewed(connection: Connection, until: date, limit: int, said: Verdicts) -> list[Row]:
    """The newest facts published by ``until`` that have no verdict, so many at most."""
    query = _without_verdict(until).order_by(reports.c.published.desc(), reports.c.id, facts.c.char_start)
    return [fact_row(row, said) for row in connection.execute(query.limit(limit)).mappings()]


def number_unreviewed(connection: Connection, until: date) -> int:
    """How many facts published by ``until`` have no verdict."""
    left = select(func.count()).select_from(_without_verdict(until).subquery())
    return connection.execute(left).scalar_one()


def _without_verdict(until: date) -> Select[Any]:
    """The facts of last readings that were not judged, nor their report rejected; reopened ones are not judged."""
    latest = select(func.max(reviews.c.seq)).group_by(reviews.c.report, reviews.c.fact)
    last = reviews.alias()
    of_fact, of_report = last.c.fact == facts.c.id, last.c.fact.is_(None) & (last.c.verdict == REJECTED)
    judged = exists().where(
        last.c.seq.in_(latest), last.c.report == reports.c.id, last.c.verdict != REOPENED, of_fact | of_report
    )
    return _facts().where(
        facts.c.id.is_not(None), reports.c.seq.in_(latest_revisions()), reports.c.published <= until, ~judged
    )


def fact_row(row: Mapping[str, Any] | RowMapping, said: Verdicts) -> Row:
    """A fact as the picture and the pages take it, corrected if it was; ``review`` is its verdict or None."""
    fact = dict(row)
    last = said.get((fact["report"], fact["fact"]))
    if last and last.verdict == CORRECTED and last.changed:
        fact = corrected(fact, last.changed)
    return fact | {"review": last.verdict if last and last.verdict != REOPENED else None}


def _facts() -> Select[Any]:
    """Every report's last reading with its facts; one row without a fact where it states none."""
    origins = reports.alias("origins")
    last = select(func.max(readings.c.seq)).group_by(readings.c.report)
    return (
        select(*_columns(origins))
        .select_from(readings)
        .join(reports, readings.c.report == reports.c.seq)
        .join(origins, and_(origins.c.id == reports.c.origin, origins.c.revision == 1))
        .outerjoin(facts, facts.c.reading == func.coalesce(readings.c.same_as, readings.c.seq))
        .where(readings.c.seq.in_(last))
    )


def _columns(origins: FromClause) -> tuple[ColumnElement[Any], ...]:
    """What a fact is told with; ``origins`` is the first revision of the report that its own is a copy of."""
    return (
        facts.c.id.label("fact"), facts.c.kind, *(facts.c[name] for name in (*SAID, *READ)),
        reports.c.id.label("report"), reports.c.publisher, origins.c.publisher.label("voice"),
        reports.c.published, reports.c.lang, reports.c.url,
    )  # fmt: skip
