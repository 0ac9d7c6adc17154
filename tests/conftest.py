"""What all tests share: a ledger of their own, and both kinds of database."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.databases import Postgres, new_sqlite, postgres
from tests.image import Image, built

# No test reads or writes the ledger of the person who runs them; the servers that tests start inherit it.
_FOLDER = tempfile.TemporaryDirectory(prefix="ledger-tests-")
os.environ["LEDGER_URL"] = f"sqlite:///{Path(_FOLDER.name) / 'ledger.db'}"


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Postgres]:
    with postgres() as server:
        yield server


@pytest.fixture(scope="session")
def image() -> Iterator[Image]:
    """The image of the Dockerfile, installed on this machine (about a minute)."""
    with built() as made:
        yield made


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database, once of each kind."""
    if request.param == "sqlite":
        return new_sqlite(tmp_path)
    server: Postgres = request.getfixturevalue("postgres_server")
    return server.new_database()
