"""Reports are found by their words; those that are there already get theirs."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

# What is written here must be what the search of this version of the program looks for.
from ledger.search import FOUND_IN, plain_report

revision = "0003"
down_revision = "0002"

SEQ = sa.BigInteger().with_variant(sa.Integer, "sqlite")
AT_ONCE = 500  # reports in memory
WORD = "the ledger only grows: add a row instead"


def upgrade() -> None:
    folded = op.create_table(
        "folded",
        sa.Column("seq", SEQ, primary_key=True, autoincrement=True),
        sa.Column("report", SEQ, sa.ForeignKey("reports.seq"), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
    )
    op.create_index("folded_report", "folded", ["report"])
    _keep_rows()
    connection = op.get_bind()
    reports = sa.table("reports", sa.column("seq"), *(sa.column(name) for name in FOUND_IN))
    last = 0
    while rows := connection.execute(_after(reports, last)).mappings().all():
        connection.execute(folded.insert(), [{"report": row["seq"], "text": plain_report(dict(row))} for row in rows])
        last = rows[-1]["seq"]


def _after(reports: sa.TableClause, last: int) -> sa.Select[tuple[object, ...]]:
    return sa.select(*reports.c).where(reports.c.seq > last).order_by(reports.c.seq).limit(AT_ONCE)


def _keep_rows() -> None:
    """The same triggers as on the other tables."""
    if op.get_bind().dialect.name == "sqlite":
        for deed in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER folded_no_{deed.lower()} BEFORE {deed} ON folded "
                f"BEGIN SELECT RAISE(ABORT, '{WORD}'); END"
            )
        return
    op.execute(
        "CREATE TRIGGER folded_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON folded "
        "FOR EACH STATEMENT EXECUTE FUNCTION ledger_only_grows()"
    )
