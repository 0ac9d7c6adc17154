"""The first schema: reports, their readings, the facts read, reviews; nothing can be changed or removed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

SEQ = sa.BigInteger().with_variant(sa.Integer, "sqlite")
MOMENT = sa.DateTime(timezone=True)
TABLES = ("reports", "bands", "readings", "facts", "reviews")


def upgrade() -> None:
    op.create_table(
        "reports",
        sa.Column("seq", SEQ, primary_key=True, autoincrement=True),
        sa.Column("id", sa.String(120), nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("url", sa.Text),
        sa.Column("url_key", sa.Text),
        sa.Column("content_key", sa.String(64), nullable=False),
        sa.Column("publisher", sa.Text, nullable=False),
        sa.Column("published", sa.Date, nullable=False),
        sa.Column("retrieved", MOMENT),
        sa.Column("lang", sa.String(8), nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("note", sa.Text),
        sa.Column("summary", sa.Boolean, nullable=False),
        sa.Column("origin", sa.String(120), nullable=False),
        sa.Column("added_at", MOMENT, nullable=False),
        sa.Column("added_by", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.UniqueConstraint("id", "revision", name="reports_id_revision"),
    )
    for name in ("url_key", "content_key", "published", "origin"):
        op.create_index(f"reports_{name}", "reports", [name])
    op.create_table(
        "bands",
        sa.Column("band", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("place", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("report", SEQ, sa.ForeignKey("reports.seq"), primary_key=True, autoincrement=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "readings",
        sa.Column("seq", SEQ, primary_key=True, autoincrement=True),
        sa.Column("report", SEQ, sa.ForeignKey("reports.seq"), nullable=False),
        sa.Column("version", sa.String(40), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("same_as", SEQ, sa.ForeignKey("readings.seq")),
        sa.UniqueConstraint("report", "version", name="readings_report_version"),
    )
    op.create_table(
        "facts",
        sa.Column("reading", SEQ, sa.ForeignKey("readings.seq"), primary_key=True, autoincrement=False),
        sa.Column("id", sa.String(16), primary_key=True),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("kind", sa.String(8), nullable=False),
        sa.Column("force", sa.String(40)),
        sa.Column("place", sa.String(120)),
        sa.Column("status", sa.String(12)),
        sa.Column("count_min", sa.BigInteger),
        sa.Column("count_max", sa.BigInteger),
        sa.Column("approximate", sa.Boolean),
        sa.Column("event", sa.String(16)),
        sa.Column("date_start", sa.Date),
        sa.Column("date_end", sa.Date),
        sa.Column("precision", sa.String(8)),
        sa.Column("role", sa.String(12)),
        sa.Column("quote", sa.Text, nullable=False),
        sa.Column("char_start", sa.Integer, nullable=False),
        sa.Column("char_end", sa.Integer, nullable=False),
        sa.Column("speaker", sa.Text),
        sa.Column("rule", sa.Text, nullable=False),
    )
    op.create_index("facts_id", "facts", ["id"])
    op.create_table(
        "reviews",
        sa.Column("seq", SEQ, primary_key=True, autoincrement=True),
        sa.Column("report", sa.String(120), nullable=False),
        sa.Column("fact", sa.String(16)),
        sa.Column("verdict", sa.String(12), nullable=False),
        sa.Column("changed", sa.JSON),
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("why", sa.Text),
    )
    op.create_index("reviews_fact", "reviews", ["fact"])
    op.create_index("reviews_report", "reviews", ["report"])
    _keep_rows()


def _keep_rows() -> None:
    """Triggers that refuse to change or to remove a row."""
    word = "the ledger only grows: add a row instead"
    if op.get_bind().dialect.name == "sqlite":
        for table in TABLES:
            for deed in ("UPDATE", "DELETE"):
                op.execute(
                    f"CREATE TRIGGER {table}_no_{deed.lower()} BEFORE {deed} ON {table} "
                    f"BEGIN SELECT RAISE(ABORT, '{word}'); END"
                )
        return
    op.execute(
        "CREATE FUNCTION ledger_only_grows() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{word}'; END $$"
    )
    for table in TABLES:
        op.execute(
            f"CREATE TRIGGER {table}_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION ledger_only_grows()"
        )
