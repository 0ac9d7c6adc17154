"""Real databases for the tests: SQLite files, and a PostgreSQL server of our own on loopback."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import psycopg
import pytest

STARTS = 30  # seconds that a server may take to answer
# PostgreSQL refuses to run as root; Debian's package brings this user.
USER = "postgres" if os.name == "posix" and os.getuid() == 0 else None
numbers = count()


def programs() -> Path | None:
    """The folder of PostgreSQL's programs (Debian keeps them off the PATH), None where it is not installed."""
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    found = shutil.which("initdb")
    return installed[-1].parent if installed else Path(found).resolve().parent if found else None


@dataclass
class Postgres:
    """A PostgreSQL server in a folder of its own, on a free port of 127.0.0.1."""

    bin: Path
    folder: Path
    port: int
    durable: bool = False

    def start(self) -> None:
        """Starts the server and returns when it answers."""
        options = f"-c port={self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories="
        options += "" if self.durable else " -c fsync=off"
        self._run("pg_ctl", "start", "-w", "-t", str(STARTS), "-l", str(self.folder / "log"), "-o", options)

    def stop(self, mode: str = "fast") -> None:
        """Stops it: ``fast`` ends all sessions, ``immediate`` is as a crash."""
        self._run("pg_ctl", "stop", "-w", "-m", mode)

    def new_database(self, folder: Path | None = None) -> str:
        """The address of a fresh, empty database; its tables lie in ``folder`` where one is given."""
        name = f"ledger{next(numbers)}"
        if folder:
            folder.mkdir()
            if USER:
                shutil.chown(folder, USER)
            self.do(f"CREATE TABLESPACE {name} LOCATION '{folder}'")
        self.do(f"CREATE DATABASE {name}" + (f" TABLESPACE {name}" if folder else ""))
        return self.address(name)

    def drop(self, url: str) -> None:
        """Removes a database that has a folder of its own, and lets go of the folder."""
        name = url.rpartition("/")[2]
        self.do(f"DROP DATABASE {name} WITH (FORCE)")
        self.do(f"DROP TABLESPACE {name}")

    def do(self, statement: str) -> None:
        """Runs one statement as the server's owner."""
        with psycopg.connect(self.address("postgres"), autocommit=True) as connection:
            connection.execute(statement)

    def address(self, name: str) -> str:
        return f"postgresql://postgres@127.0.0.1:{self.port}/{name}"

    def _run(self, program: str, *arguments: str) -> None:
        command = [self.bin / program, "-D", self.folder / "data", *arguments]
        done = subprocess.run(
            command, user=USER, cwd=self.folder, check=False, stdin=subprocess.DEVNULL,
            stdout=(self.folder / "out").open("w"), stderr=subprocess.STDOUT,
        )  # fmt: skip
        assert done.returncode == 0, (self.folder / "out").read_text() + _tail(self.folder / "log")


def _tail(log: Path) -> str:
    return log.read_text()[-2000:] if log.exists() else ""


@contextmanager
def postgres(*options: str, durable: bool = False) -> Iterator[Postgres]:
    """A server of our own, made with these options of initdb; ``durable``: what is committed is forced to the disk.

    The test is skipped where PostgreSQL is not installed, but never in CI.
    """
    bin_folder = programs()
    if bin_folder is None:
        assert os.environ.get("CI") != "true", "CI installs PostgreSQL"
        pytest.skip("no PostgreSQL on this machine: apt-get install postgresql")
    folder = Path(tempfile.mkdtemp(prefix="ledger-pg-"))
    if USER:
        shutil.chown(folder, USER)
    server = Postgres(bin_folder, folder, _free_port(), durable)
    try:
        server._run("initdb", "--username=postgres", "--auth=trust", "--encoding=UTF8", "--no-sync", *options)
        server.start()
        yield server
    finally:
        if (folder / "data" / "postmaster.pid").exists():
            server.stop("immediate")
        shutil.rmtree(folder, ignore_errors=True)


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def new_sqlite(folder: Path) -> str:
    """The address of a fresh SQLite database in ``folder``."""
    return f"sqlite:///{folder / f'ledger{next(numbers)}.db'}"


def eventually(true: object, seconds: float = STARTS) -> None:
    """Returns as soon as the callable ``true`` is; fails when it is not after so many seconds."""
    until = time.monotonic() + seconds
    while not true():  # type: ignore[operator]
        assert time.monotonic() < until, f"{true} did not come true in {seconds} seconds"
        time.sleep(0.02)


@contextmanager
def small_disk(megabytes: int) -> Iterator[Path]:
    """A disk of its own of so many megabytes; the test is skipped for who may not mount one, but never in CI."""
    folder = Path(tempfile.mkdtemp(prefix="ledger-disk-"))
    mount = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", folder]
    try:
        done = subprocess.run(mount, check=False, capture_output=True, text=True)
        if done.returncode:
            assert os.environ.get("CI") != "true", f"CI mounts a small disk: {done.stderr}"
            pytest.skip("a small disk can only be mounted as root")
        try:
            if USER:
                shutil.chown(folder, USER)
            yield folder
        finally:
            subprocess.run(["umount", "--lazy", folder], check=True)
    finally:
        folder.rmdir()


def leave_free(disk: Path, kilobytes: int) -> Path:
    """Fills ``disk`` with a file until so much is left; gives the file."""
    room = os.statvfs(disk)
    ballast = disk / "ballast"
    ballast.write_bytes(bytes(room.f_bavail * room.f_frsize - 1024 * kilobytes))
    return ballast
