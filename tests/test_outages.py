"""A database that is locked, stopped, shut or not there: waited for where that is right, else one clear line."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import PoolProxiedConnection, text

from ledger import database
from ledger.__main__ import main
from ledger.errors import BusyError, UnreachableError
from ledger.reviews import Review
from ledger.store import Ledger
from tests.adding import report
from tests.databases import USER, Postgres, eventually, new_sqlite, postgres
from tests.test_durable import ROOT, whole


@pytest.fixture(scope="module")
def server() -> Iterator[Postgres]:
    """A PostgreSQL server that may be stopped, with a user who has a password and one who may do nothing."""
    with postgres() as server:
        rules = server.folder / "data" / "pg_hba.conf"
        rules.write_text("host all locked 127.0.0.1/32 scram-sha-256\n" + rules.read_text())
        server.stop()
        server.start()
        server.do("CREATE ROLE locked LOGIN PASSWORD 'right'")
        server.do("CREATE ROLE guest LOGIN")
        yield server


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "PATIENCE", 1.0)


# Locked ------------------------------------------------------------------------------------------------------


@contextmanager
def locked(url: str) -> Iterator[None]:
    """As long as another program writes."""
    if url.startswith("sqlite"):
        other = sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None, check_same_thread=False)
        other.execute("BEGIN IMMEDIATE")
    else:
        other = psycopg.connect(url)
        other.execute("SELECT pg_advisory_xact_lock(%s)", [database.TURN])
    try:
        yield
    finally:
        other.close()


@pytest.mark.usefixtures("impatient")
def test_a_ledger_that_stays_locked_says_so_and_can_be_read(url: str) -> None:
    ledger = Ledger(url)
    ledger.add(report(0), "tests")
    with locked(url):
        with pytest.raises(BusyError, match="locked by another program; nothing was kept"):
            ledger.add(report(1), "tests")
        assert whole(ledger) == {0}
    assert ledger.add(report(1), "tests").new
    assert whole(ledger) == {0, 1}


def test_a_writer_waits_for_its_turn(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    # Each try is so short that it fails, and all of them together are long enough.
    monkeypatch.setattr(database, "PATIENCE", 0.2)
    ledger = Ledger(url)
    monkeypatch.setattr(database, "PATIENCE", 60.0)
    failed = threading.Event()
    monkeypatch.setattr(database.log, "warning", lambda *_: failed.set())
    writer = threading.Thread(target=lambda: ledger.add(report(0), "tests"))
    with locked(url):
        writer.start()
        assert failed.wait(30), "it did not wait"
    writer.join(60)
    assert whole(ledger) == {0}


# Stopped -----------------------------------------------------------------------------------------------------


def test_a_server_that_starts_again_under_load_loses_and_doubles_nothing(server: Postgres) -> None:
    url = server.new_database()
    ledger = Ledger(url)
    confirmed: set[int] = set()
    problems: list[BaseException] = []
    over = threading.Event()

    def write(first: int) -> None:
        number = first // 2  # two writers each bring in the same
        while not over.is_set():
            ledger.add(report(number), "tests")
            confirmed.add(number)
            number += 2

    def read(_: int) -> None:
        while not over.is_set():
            seen = set(confirmed)
            assert len(ledger.listing()) >= len(seen)
            ledger.claims()

    def guarded(work: Callable[[int], None], number: int) -> None:
        try:
            work(number)
        except BaseException as problem:  # told below, in the test's own thread
            problems.append(problem)

    threads = [threading.Thread(target=guarded, args=(work, n)) for n in range(4) for work in (write, read)]
    for thread in threads:
        thread.start()
    for mode in ("fast", "immediate") * 3:
        before = len(confirmed)
        eventually(lambda before=before: len(confirmed) > before + 5 or problems)
        server.stop(mode)
        server.start()
    over.set()
    for thread in threads:
        thread.join(60)
    assert problems == []
    assert whole(ledger) == confirmed
    ledger.close()


def test_a_server_that_stays_away_is_told(server: Postgres, monkeypatch: pytest.MonkeyPatch) -> None:
    ledger = Ledger(server.new_database())
    ledger.add(report(0), "tests")
    monkeypatch.setattr(database, "PATIENCE", 1.0)
    server.stop("immediate")
    try:
        for deed in (lambda: ledger.add(report(1), "tests"), ledger.listing, ledger.stamp):
            with pytest.raises(UnreachableError, match=r"does not answer.*nothing is half kept: check LEDGER_URL"):
                deed()
    finally:
        server.start()
    assert whole(ledger) == {0}
    assert ledger.add(report(1), "tests").new
    ledger.close()


def test_a_commit_whose_answer_is_lost_is_made_once(server: Postgres, monkeypatch: pytest.MonkeyPatch) -> None:
    ledger = Ledger(server.new_database())
    commit = ledger.engine.dialect.do_commit

    def breaks(connection: PoolProxiedConnection) -> None:
        commit(connection)
        monkeypatch.undo()
        own: Any = connection.dbapi_connection
        server.do(f"SELECT pg_terminate_backend({own.info.backend_pid}, 10000)")
        own.execute("SELECT 1")

    for deed in (
        lambda: ledger.add(report(0), "tests"),
        lambda: ledger.review(Review("r0", None, "accepted", "tests")),
    ):
        monkeypatch.setattr(ledger.engine.dialect, "do_commit", breaks)
        deed()
    assert whole(ledger) == {0}
    assert [event.what for event in ledger.history() if event.who] == ["added", "accepted"]
    ledger.close()


def test_a_stream_that_breaks_is_read_again(
    server: Postgres, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    url = server.new_database()
    ledger, other = Ledger(url), Ledger(url)
    for number in range(3):
        ledger.add(report(number), "tests")
    put = other._claims.put

    def breaks(ident: str, rows: list[Any]) -> None:
        put(ident, rows)
        monkeypatch.undo()
        server.stop("immediate")
        server.start()

    monkeypatch.setattr(other._claims, "put", breaks)
    day = report(2).published
    assert other.picture(day).troops.equals(ledger.picture(day).troops)
    assert not other.picture(day).troops.empty
    assert "trying for" in caplog.text
    for opened in (ledger, other):
        opened.close()


# Not there ---------------------------------------------------------------------------------------------------


def folder_of_a_file(folder: Path) -> str:
    (folder / "file").write_text("x")
    return f"sqlite:///{folder / 'file' / 'ledger.db'}"


def a_folder(folder: Path) -> str:
    return f"sqlite:///{folder}"


def no_database(folder: Path) -> str:
    (folder / "letter.db").write_text("Dear editors, this is a letter and no database. " * 30)
    return f"sqlite:///{folder / 'letter.db'}"


def damaged(folder: Path) -> str:
    url = new_sqlite(folder)
    Ledger(url).close()
    path = Path(url.removeprefix("sqlite:///"))
    path.write_bytes(path.read_bytes()[:4096] + os.urandom(len(path.read_bytes()) - 4096))
    return url


def anothers(folder: Path) -> str:
    with sqlite3.connect(folder / "other.db") as other:
        other.execute("CREATE TABLE reports (title TEXT)")
    return f"sqlite:///{folder / 'other.db'}"


def newer(url: str) -> str:
    ledger = Ledger(url)
    with ledger.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    ledger.close()
    return url


def read_only(folder: Path) -> str:
    url = new_sqlite(folder)
    Ledger(url).close()
    Path(url.removeprefix("sqlite:///")).chmod(0o444)
    folder.chmod(0o555)
    return url


def no_entry(folder: Path) -> str:
    inner = folder / "inner"
    inner.mkdir(mode=0o000)
    return f"sqlite:///{inner / 'ledger.db'}"


def no_new_folder(folder: Path) -> str:
    folder.chmod(0o555)
    return f"sqlite:///{folder / 'inner' / 'ledger.db'}"


@contextmanager
def nobody() -> Iterator[Path]:
    """As a user who is not root, for whom permissions count; gives a folder of theirs."""
    folder = Path(tempfile.mkdtemp(prefix="ledger-nobody-"))
    if USER:
        shutil.chown(folder, "nobody")
        os.seteuid(folder.stat().st_uid)
    try:
        yield folder
    finally:
        if USER:
            os.seteuid(0)
        for path in [folder, *folder.iterdir()]:
            path.chmod(0o755)
        shutil.rmtree(folder)


@contextmanager
def anybody() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder)


def said(url: str, capsys: pytest.CaptureFixture[str]) -> str:
    """The one line that ``python -m ledger list`` says of a database that cannot be used."""
    assert main(["--ledger", url, "list"]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert len(err.splitlines()) == 1, err
    return err


@pytest.mark.parametrize(
    ("user", "make", "words"),
    [
        (anybody, folder_of_a_file, "folder cannot be made"),
        (anybody, a_folder, "unable to open database file"),
        (anybody, no_database, "file is not a database"),
        (anybody, damaged, "the ledger's file is damaged or its disk is (database disk image is malformed)"),
        (anybody, anothers, "cannot be set up in this database (table reports already exists)"),
        (anybody, lambda folder: newer(new_sqlite(folder)), "made by a newer version of this program"),
        (nobody, read_only, "cannot be opened or written"),
        (nobody, no_entry, "unable to open database file"),
        (nobody, no_new_folder, "folder cannot be made"),
    ],
)
def test_a_file_that_cannot_be_used_is_told_in_a_line(
    user: Callable[[], AbstractContextManager[Path]],
    make: Callable[[Path], str],
    words: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    with user() as folder:
        line = said(make(folder), capsys)
    assert words in line


@pytest.mark.parametrize(
    "url",
    [
        "nonsense",
        "/var/lib/ledger.db",
        "http://example.org/ledger",
        "mysql://me:secret@127.0.0.1/ledger",
        "postgresql+asyncpg://me:secret@127.0.0.1/ledger",
        "postgresql://me:secret@127.0.0.1:port/ledger",
        "sqlite://",
        "sqlite:///:memory:",
    ],
)
def test_an_address_that_is_none_is_told_in_a_line(url: str, capsys: pytest.CaptureFixture[str]) -> None:
    line = said(url, capsys)
    assert "cannot be used; set LEDGER_URL to postgresql://user:password@host/name or sqlite:////path" in line
    assert "sec" not in line


@pytest.mark.parametrize(
    ("user", "name", "words"),
    [
        ("locked:wrong", "postgres", 'password authentication failed for user "locked"'),
        ("locked", "postgres", "no password supplied"),
        ("nobody", "postgres", 'role "nobody" does not exist'),
        ("guest", "postgres", "cannot be opened or written (permission denied for schema public)"),
        ("postgres", "nowhere", 'database "nowhere" does not exist'),
        ("postgres", "postgres?colour=red", 'invalid connection option "colour"'),
        ("postgres", "postgres?sslmode=require", "SSL was required"),
    ],
)
def test_a_server_that_lets_nobody_in_is_told_in_a_line(
    server: Postgres, user: str, name: str, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    line = said(f"postgresql://{user}@127.0.0.1:{server.port}/{name}", capsys)
    assert words in line
    assert "wrong" not in line


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("place", ["127.0.0.1:1", "nowhere.invalid"])
def test_a_server_that_is_not_there_is_waited_for_then_told(place: str, capsys: pytest.CaptureFixture[str]) -> None:
    begun = time.monotonic()
    assert "the ledger's database does not answer (" in said(f"postgresql://me:secret@{place}/ledger", capsys)
    assert time.monotonic() - begun >= database.PATIENCE


def test_a_newer_database_is_told(url: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert "made by a newer version of this program" in said(newer(url), capsys)


def test_the_command_itself_ends_with_a_line() -> None:
    command = [sys.executable, "-m", "ledger", "--ledger", "mysql://me@127.0.0.1/ledger", "list"]
    done = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True)
    assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (1, "", 1)


def test_programs_that_start_at_once_make_the_tables_once(url: str) -> None:
    command = [sys.executable, "-m", "tests.adding", url, "2"]
    programs = [
        subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) for _ in range(3)
    ]
    for program in programs:  # all have come as far as to open the ledger
        assert program.stdout.readline() == "ready\n"
    for program in programs:
        program.stdin.write("0 1\n")
        program.stdin.close()
    for program in programs:
        said = program.stdout.read()
        assert program.wait(60) == 0
        assert "kept 1" in said
    assert whole(Ledger(url)) == {0, 1}
