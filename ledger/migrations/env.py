"""Run by Alembic: the schema is brought up to date on the connection that ``ledger.database`` hands over."""

from __future__ import annotations

from alembic import context

from ledger.schema import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
context.run_migrations()
