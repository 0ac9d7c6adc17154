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
# The same for reading all reports anew, which one program does for all.
READER = TURN + 1
# Seconds that a writer waits for its turn, and that a lost server has to come back.
PATIENCE = 30.0
PAUSE = 0.25
# Connections of one program: writers that wait for their turn must not keep readers out.
POOL: dict[str, Any] = {"pool_size": 10, "max_overflow": 30}

# What a database's code (PostgreSQL's SQLSTATE, SQLite's error name) begins with when ...
FULL = ("53100", "SQLITE_FULL", "SQLITE_IOERR_SHMSIZE")
# ... another one has the lock,
BUSY = ("55P03", "40001", "40P01", "SQLITE_BUSY", "SQLITE_LOCKED", "SQLITE_PROTOCOL")
# the connection broke, the server stops, starts or has no room for one more session,
LOST = ("08", "53", "57P")
# it must not be opened or written by us, or is no database,
SHUT = ("42501", "25006", "SQLITE_CANTOPEN", "SQLITE_NOTADB", "SQLITE_READONLY")
# the file is not what was written.
HURT = ("XX001", "XX002", "SQLITE_CORRUPT", "SQLITE_IOERR")
# A server that lets nobody in gives no code: what it says then that waiting does not mend.
REFUSED = ("password", "does not exist", "pg_hba.conf", "SSL was required", "is bad: invalid")


def connect(url: str) -> Engine:
    """An engine for ``url`` with the schema brought up to date.

    Several programs may do so at once: the first one makes the changes, the others wait for it. Raises
    LedgerError for an address or a database that cannot be used, UnreachableError when no server answers,
    FullError, BusyError.
    """
    engine = _engine(url)
    try:
        retried(lambda: _upgrade(engine))
    except DBAPIError as problem:
        raise LedgerError(
            f"the ledger cannot be set up in this database ({_said(problem)}); "
            "give it a database of its own and check LEDGER_URL"
        ) from problem
    return engine


def _engine(url: str) -> Engine:
    try:
        address = make_url(url)
        kind = address.get_backend_name()
        if kind == "sqlite" and address.database not in (None, "", ":memory:"):
            Path(address.database).parent.mkdir(parents=True, exist_ok=True)
            engine = create_engine(address, connect_args={"timeout": PATIENCE}, **POOL)
            event.listen(engine, "connect", _sqlite)
            event.listen(engine, "begin", _begin)
            return engine
        if kind == "postgresql":
            given = {"connect_timeout": 10, "options": f"-c lock_timeout={int(PATIENCE * 1000)}"}
            # All that is read in one go is of one moment, as it is in SQLite.
            return create_engine(
                address, connect_args=given, pool_pre_ping=True, isolation_level="REPEATABLE READ", **POOL
            )
    except (ArgumentError, NoSuchModuleError, ImportError, ValueError):
        pass  # told below, without the words of the problem: they may quote the password
    except OSError as problem:
        raise LedgerError(f"the ledger's folder cannot be made ({problem}); check LEDGER_URL") from None
    raise LedgerError(
        f"the ledger's address, which begins with {url.partition(':')[0]!r}, cannot be used; set LEDGER_URL to "
        "postgresql://user:password@host/name or sqlite:////path/ledger.db"
    )


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
    config.set_main_option("script_location", str(Path(__file__).with_name("migrations")).replace("%", "%%"))
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
    options = {"isolation_level": "READ COMMITTED"} if engine.dialect.name == "postgresql" else {}
    with engine.connect().execution_options(writes=True, **options) as connection, connection.begin():
        if engine.dialect.name == "postgresql":
            # What comes after it sees all that was committed before it was our turn.
            connection.execute(text("SELECT pg_advisory_xact_lock(:turn)"), {"turn": TURN})
        yield connection


@contextmanager
def snapshot(engine: Engine) -> Iterator[Connection]:
    """A transaction that reads the database as it stands at its first look, whatever others write meanwhile."""
    options = {"isolation_level": "REPEATABLE READ"} if engine.dialect.name == "postgresql" else {}
    with engine.connect().execution_options(**options) as connection, connection.begin():
        yield connection


@contextmanager
def alone(engine: Engine) -> Iterator[None]:
    """Only one program at a time is inside, on PostgreSQL: the others wait, and go on where it ends or dies.

    SQLite has no such lock, and hardly ever several servers: there everyone goes in at once.
    """
    if engine.dialect.name != "postgresql":
        yield
        return
    while (connection := retried(lambda: _locked(engine))) is None:
        time.sleep(4 * PAUSE)
    with connection:  # taken out of the pool: when it is closed or breaks, the lock is free
        yield


def _locked(engine: Engine) -> Connection | None:
    """A connection of its own that holds the lock; None when another program does."""
    connection = engine.connect().execution_options(isolation_level="AUTOCOMMIT")
    connection.detach()
    if connection.scalar(text("SELECT pg_try_advisory_lock(:reader)"), {"reader": READER}):
        return connection
    connection.close()
    return None


def retried(work: Callable[[], T]) -> T:
    """What ``work`` gives, tried again while the database is locked or its server away, for ``PATIENCE`` seconds.

    ``work`` must be one transaction that may run twice: when the connection breaks while it is committed, nobody
    knows whether it was. Raises FullError at once, LedgerError for what waiting does not mend, BusyError and
    UnreachableError when patience is at an end.
    """
    until = time.monotonic() + PATIENCE
    told = False
    while True:
        try:
            return work()
        except (DBAPIError, PoolTimeoutError) as problem:
            meant = _meant(problem)
            if not isinstance(meant, BusyError | UnreachableError) or time.monotonic() > until:
                raise meant from problem
            if not told:
                log.warning("the ledger is not to be had just now, trying for %g seconds: %s", PATIENCE, _said(problem))
            told = True
            time.sleep(PAUSE)


def _meant(problem: DBAPIError | PoolTimeoutError) -> Exception:
    """The error of ours that a database error stands for; itself when it is a fault of the program."""
    if isinstance(problem, PoolTimeoutError):
        return BusyError("the ledger is busy: too many at once; try again in a moment")
    said, code = _said(problem), _code(problem)
    if code.startswith(FULL):
        return FullError("there is no room left on the ledger's disk; nothing is half kept: make room and do it again")
    if code.startswith(BUSY):
        return BusyError("the ledger is locked by another program; nothing was kept: end it or try again in a moment")
    if code.startswith(SHUT):
        return LedgerError(f"the ledger cannot be opened or written ({said}); check LEDGER_URL and its permissions")
    if code.startswith(HURT):
        return LedgerError(f"the ledger's file is damaged or its disk is ({said}); put a backup in its place")
    # A server that was not reached gives no code.
    unmet = not code and isinstance(problem, OperationalError)
    if unmet and not problem.connection_invalidated and any(word in said for word in REFUSED):
        return LedgerError(f"the ledger's database lets nobody in ({said}); check LEDGER_URL")
    if unmet or problem.connection_invalidated or code.startswith(LOST):
        return UnreachableError(
            f"the ledger's database does not answer ({said}); nothing is half kept: "
            "check LEDGER_URL and the server, then do it again"
        )
    return problem


def _code(problem: DBAPIError) -> str:
    return str(getattr(problem.orig, "sqlstate", None) or getattr(problem.orig, "sqlite_errorname", None) or "")


def _said(problem: DBAPIError | PoolTimeoutError) -> str:
    """What the driver said, in one line; without the statement that it said it of."""
    words = str(getattr(problem, "orig", None) or problem).strip()
    coded = isinstance(problem, DBAPIError) and _code(problem)
    return words.partition("\n")[0] if coded else " ".join(words.split())
