"""The connection to the database: SQLite or PostgreSQL, brought up to date, with writers that take turns."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from alembic import command
from alembic.config import Config
from alembic.util import CommandError
from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from ledger.errors import BusyError, FullError, LedgerError, UnreachableError

log = logging.getLogger(__name__)
T = TypeVar("T")

# Any number will do, as long as nothing else in the same PostgreSQL database locks it.
TURN = 7_090_7025
# Seconds that a writer waits for its turn, and that a lost server has to come back.
PATIENCE = 30.0
PAUSE = 0.25

# What drivers say (SQLite as words, PostgreSQL as SQLSTATE classes) when ...
FULL = ("database or disk is full", "disk i/o error", "no space left", "could not extend file")
FULL_STATES = ("53100", "53200")
BUSY = ("database is locked", "database table is locked", "lock timeout")
BUSY_STATES = ("55P03", "40001", "40P01")
# 57P01 to 57P03: the server is being stopped or started; 08...: the connection broke; 53300: too many connections.
LOST_STATES = ("57P01", "57P02", "57P03", "53300")


def connect(url: str) -> Engine:
    """An engine for ``url`` with the schema brought up to date.

    Several programs may do so at once: the first one makes the changes, the others wait for it. Raises
    LedgerError for an address that is none, UnreachableError when no server answers, FullError, BusyError.
    """
    engine = _engine(url)
    retried(lambda: _upgrade(engine))
    return engine


def _engine(url: str) -> Engine:
    try:
        address = make_url(url)
        if address.get_backend_name() == "sqlite":
            if address.database and address.database != ":memory:":
                Path(address.database).parent.mkdir(parents=True, exist_ok=True)
            engine = create_engine(address, connect_args={"timeout": PATIENCE})
            event.listen(engine, "connect", _sqlite)
            event.listen(engine, "begin", _begin)
            return engine
        return create_engine(
            address,
            pool_pre_ping=True,
            pool_size=10,
            max_overflow=30,
            connect_args={"connect_timeout": 10, "options": f"-c lock_timeout={int(PATIENCE * 1000)}"},
        )
    except (ArgumentError, NoSuchModuleError) as problem:
        raise LedgerError(
            f"the ledger's address cannot be understood ({problem}); "
            "set LEDGER_URL to postgresql://user:password@host/name or sqlite:////path/ledger.db"
        ) from None
    except OSError as problem:
        raise UnreachableError(f"the ledger's folder cannot be made ({problem}); check LEDGER_URL") from None


def _sqlite(connection: Any, _record: object) -> None:
    # Transactions are begun by us (see _begin): sqlite3 would begin them late and without the writer's lock.
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.execute("PRAGMA synchronous=FULL")  # what is committed outlives a power cut, not only a killed program
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.close()


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _upgrade(engine: Engine) -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).with_name("migrations")))
    with writing(engine) as connection:
        config.attributes["connection"] = connection
        try:
            command.upgrade(config, "head")
        except CommandError as problem:
            raise LedgerError(
                f"the ledger was made by a newer version of this program ({problem}); update the program"
            ) from None


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A transaction for one writer at a time; it is committed when the block ends without an error."""
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        if engine.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:turn)"), {"turn": TURN})
        yield connection


def retried(work: Callable[[], T]) -> T:
    """What ``work`` gives, tried again while the database is locked or its server away, for ``PATIENCE`` seconds.

    ``work`` must be one transaction that may run twice. Raises FullError at once, BusyError and
    UnreachableError when patience is at an end.
    """
    until = time.monotonic() + PATIENCE
    while True:
        try:
            return work()
        except (DBAPIError, PoolTimeoutError) as problem:
            meant = _meant(problem)
            if not isinstance(meant, BusyError | UnreachableError) or time.monotonic() > until:
                raise meant from problem
            log.warning("the ledger is not to be had just now, trying again: %s", _said(problem))
            time.sleep(PAUSE)


def _meant(problem: DBAPIError | PoolTimeoutError) -> Exception:
    """The error of ours that a database error stands for; itself when it is a fault of the program."""
    if isinstance(problem, PoolTimeoutError):
        return BusyError("the ledger is busy: too many at once; try again in a moment")
    said, state = _said(problem).lower(), str(getattr(problem.orig, "sqlstate", None) or "")
    if state in FULL_STATES or any(word in said for word in FULL):
        return FullError("there is no room left on the ledger's disk; nothing was kept: make room, then add it again")
    if state in BUSY_STATES or any(word in said for word in BUSY):
        return BusyError("the ledger is locked by another program; nothing was kept: end it or try again in a moment")
    if problem.connection_invalidated or state in LOST_STATES or state.startswith("08") or _no_server(problem):
        return UnreachableError(
            "the ledger's database does not answer; nothing was kept: check LEDGER_URL and the server"
        )
    if "readonly" in said or "unable to open" in said or "not a database" in said:
        return UnreachableError(f"the ledger cannot be opened ({_said(problem)}); check LEDGER_URL and its permissions")
    return problem


def _no_server(problem: DBAPIError) -> bool:
    # Without a connection there is no SQLSTATE: a refused port, an unknown host, a wrong password.
    return isinstance(problem, OperationalError) and not getattr(problem.orig, "sqlstate", "sqlite")


def _said(problem: DBAPIError | PoolTimeoutError) -> str:
    return str(getattr(problem, "orig", None) or problem).strip().partition("\n")[0]
