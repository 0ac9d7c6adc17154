"""The tables of the ledger. Rows are added, never changed or removed: triggers in the database see to it.

What counts now follows from the newest rows: the highest revision of a report, its last reading, the last
said review of a fact. ``seq`` is the order in which rows were added; writers take turns, so it is the order of commits.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
)

metadata = MetaData()
SEQ = BigInteger().with_variant(Integer, "sqlite")  # only INTEGER counts up by itself in SQLite


class Moment(TypeDecorator[datetime]):
    """A point in time with its zone, UTC; SQLite keeps times without a zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        return value and value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        return value and (value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC))


def _seq() -> Column[Any]:
    return Column("seq", SEQ, primary_key=True, autoincrement=True)


# One row a revision of a report. ``url_key`` and ``content_key`` tell the same report brought in twice;
# ``origin`` is the id of the report that this one is a near copy of, or its own. ``text`` comes last: SQLite reads a
# long row only as far as it must.
reports = Table(
    "reports", metadata, _seq(),
    Column("id", String(120), nullable=False),
    Column("revision", Integer, nullable=False),
    Column("url", Text),
    Column("url_key", Text),
    Column("content_key", String(64), nullable=False),
    Column("publisher", Text, nullable=False),
    Column("published", Date, nullable=False),
    Column("retrieved", Moment),
    Column("lang", String(8), nullable=False),
    Column("title", Text, nullable=False),
    Column("note", Text),
    Column("summary", Boolean, nullable=False),
    Column("origin", String(120), nullable=False),
    Column("added_at", Moment, nullable=False),
    Column("added_by", Text, nullable=False),
    Column("text", Text, nullable=False),
    UniqueConstraint("id", "revision", name="reports_id_revision"),
    Index("reports_url_key", "url_key"),
    Index("reports_content_key", "content_key"),
    Index("reports_published", "published"),
    Index("reports_origin", "origin"),
)  # fmt: skip

# Bands of the sketch of a text (ledger/copies.py): texts with the same band at the same place may be copies.
bands = Table(
    "bands", metadata,
    Column("band", BigInteger, primary_key=True, autoincrement=False),
    Column("place", Integer, primary_key=True, autoincrement=False),
    Column("report", SEQ, ForeignKey("reports.seq"), primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,  # half the room: the key is the whole row
)  # fmt: skip

# The words of a revision as they are searched (ledger/search.py); a further row where the folding has changed since.
folded = Table(
    "folded", metadata, _seq(),
    Column("report", SEQ, ForeignKey("reports.seq"), nullable=False),
    Column("text", Text, nullable=False),
    Index("folded_report", "report"),
)  # fmt: skip

# One row each time that a version of the extractor read a report. ``same_as`` is the earlier reading that
# found the very same facts, so that they are not kept twice.
readings = Table(
    "readings", metadata, _seq(),
    Column("report", SEQ, ForeignKey("reports.seq"), nullable=False),
    Column("version", String(40), nullable=False),
    Column("at", Moment, nullable=False),
    Column("same_as", SEQ, ForeignKey("readings.seq")),
    UniqueConstraint("report", "version", name="readings_report_version"),
)  # fmt: skip

# ``number`` is the place of a fact among those of its reading: one sentence may state several, in an order that counts.
facts = Table(
    "facts", metadata,
    Column("reading", SEQ, ForeignKey("readings.seq"), primary_key=True, autoincrement=False),
    Column("id", String(16), primary_key=True),
    Column("number", Integer, nullable=False),
    Column("kind", String(8), nullable=False),
    Column("force", String(40)),
    Column("place", String(120)),
    Column("status", String(12)),
    Column("count_min", BigInteger),
    Column("count_max", BigInteger),
    Column("approximate", Boolean),
    Column("event", String(16)),
    Column("date_start", Date),
    Column("date_end", Date),
    Column("precision", String(8)),
    Column("role", String(12)),
    Column("quote", Text, nullable=False),
    Column("char_start", Integer, nullable=False),
    Column("char_end", Integer, nullable=False),
    Column("speaker", Text),
    Column("rule", Text, nullable=False),
    Index("facts_id", "id"),
    Index("facts_about", "kind", "force", "place"),
)  # fmt: skip

# Verdicts on facts (``fact``: its id) and on whole reports (``fact`` missing). ``changed`` holds the keys that a
# correction replaces; the reading itself stays as it was.
reviews = Table(
    "reviews", metadata, _seq(),
    Column("report", String(120), nullable=False),
    Column("fact", String(16)),
    Column("verdict", String(12), nullable=False),
    Column("changed", JSON(none_as_null=True)),
    Column("who", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("why", Text),
    Index("reviews_fact", "fact"),
    Index("reviews_report", "report"),
)  # fmt: skip
