"""Facts are found by what they are about, without reading all of them."""

from __future__ import annotations

from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_index("facts_about", "facts", ["kind", "force", "place"])
