"""Nothing is lost: programs that are killed, disks that fill up, and a crowd of writers and readers."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from sqlalchemy import func, select

from ledger import database
from ledger.copies import BANDS
from ledger.errors import FullError, LedgerError, UnreachableError
from ledger.facts import read_facts
from ledger.schema import bands, facts, readings, reports
from ledger.store import Ledger
from tests.adding import report
from tests.databases import Postgres, eventually, leave_free, new_sqlite, postgres, small_disk

ROOT = Path(__file__).resolve().parent.parent
REPORTS, KILLS, SECONDS = 600, 200, 60


@cache
def stated(number: int, ident: str) -> frozenset[str]:
    """The ids of the facts of a report of tests.adding that is kept as ``ident``."""
    return frozenset(row["id"] for row in read_facts(replace(report(number), id=ident)))


def number_of(ident: str) -> int:
    return int(ident[1:].partition("-")[0])


def whole(ledger: Ledger) -> set[int]:
    """The numbers of the reports that the ledger has; fails when one of them is not there with all that is its."""
    with ledger.engine.connect() as connection:  # one transaction: one moment
        kept = connection.execute(select(reports.c.seq, reports.c.id, reports.c.text)).all()
        marks = dict(connection.execute(select(bands.c.report, func.count()).group_by(bands.c.report)).all())
        read = connection.execute(select(readings.c.report, readings.c.seq)).all()
        found: dict[int, set[str]] = {reading: set() for _, reading in read}
        for row in connection.execute(select(facts.c.reading, facts.c.id)):
            found[row.reading].add(row.id)
    reading = dict(map(tuple, read))
    assert len(read) == len(kept) == len({row.text for row in kept}), "a report or a reading is there twice"
    assert marks.keys() == {row.seq for row in kept}, "bands without a report or a report without bands"
    for row in kept:
        number = number_of(row.id)
        assert row.text == report(number).text
        assert marks[row.seq] == BANDS
        assert found[reading[row.seq]] == stated(number, row.id)
    return {number_of(row.id) for row in kept}


# Killed ------------------------------------------------------------------------------------------------------


class Adding:
    """The program tests/adding.py, running."""

    def __init__(self, url: str) -> None:
        command = [sys.executable, "-m", "tests.adding", url, str(REPORTS)]
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True, "bufsize": 1}
        self.opening, self.report = 0.05, 0.01  # seconds: a guess, until there was a child
        self.program = subprocess.Popen(command, cwd=ROOT, **pipes)  # type: ignore[call-overload]
        assert self._line() == "ready"

    def _line(self) -> str:
        return self.program.stdout.readline().strip()

    def killed(self, numbers: list[int], confirmed: int, share: float) -> list[str]:
        """What a child says that is killed while it adds the report after so many confirmed ones, or, with none, opens.

        ``share`` is of the time that the child before it needed for a report or for the opening: what a kill meets
        does not depend on how fast the machine is.
        """
        self.program.stdin.write(" ".join(map(str, numbers)) + "\n")
        child = int(self._line().removeprefix("child "))
        said: list[str] = []
        begun = time.monotonic()
        while sum(line.startswith("kept") for line in said) < confirmed and said[-1:] != ["over"]:
            said.append(self._line())
            if said[-1] == "open":
                self.opening, begun = time.monotonic() - begun, time.monotonic()
        if confirmed:
            self.report = (time.monotonic() - begun) / confirmed
        time.sleep(share * (self.report if confirmed else self.opening))
        if said[-1:] != ["over"]:
            os.kill(child, signal.SIGKILL)
        while said[-1:] != ["over"]:
            said.append(self._line())
        return said[:-1]


@contextmanager
def adding(url: str) -> Iterator[Adding]:
    running = Adding(url)
    try:
        yield running
    finally:
        running.program.stdin.close()
        running.program.wait(30)


def test_who_is_killed_while_adding_loses_nothing(url: str) -> None:
    chance = random.Random(4)  # noqa: S311 - chance, no secret
    confirmed: set[int] = set()
    opening = unfinished = 0
    with adding(url) as program:
        for kill in range(KILLS):
            left = [number for number in range(REPORTS) if number not in confirmed]
            # One kill in eight meets a program that is starting, the first ones an empty database.
            starting = kill < 10 or not kill % 8
            wait = 0 if starting else chance.randint(1, 2)
            said = program.killed(left, wait, chance.uniform(0, 1.5 if starting else 1))
            confirmed |= {int(line.removeprefix("kept ")) for line in said if line.startswith("kept")}
            opening += "open" not in said
            unfinished += said[-1:] == ["begun"]  # a transaction, and no answer yet
            if kill < 10:
                continue  # to look would make the tables
            ledger = Ledger(url)
            assert confirmed <= whole(ledger), f"kill {kill}: confirmed reports are lost"
            ledger.close()
        assert unfinished >= KILLS / 4
        assert opening >= 5
        assert len(confirmed) < REPORTS, "all was added before the last kill"
        program.killed([number for number in range(REPORTS) if number not in confirmed], REPORTS, 0)
    ledger = Ledger(url)
    assert whole(ledger) == set(range(REPORTS))
    assert all(ledger.report(f"r{number}") == report(number) for number in range(REPORTS))
    assert len([event for event in ledger.history() if event.what == "added"]) == REPORTS


# A full disk -------------------------------------------------------------------------------------------------


def fill_up(ledger: Ledger, *errors: type[LedgerError]) -> int:
    """How many reports could be added before there was no room for the next one."""
    for number in range(REPORTS):
        try:
            ledger.add(report(number), "tests")
        except errors:
            return number
    raise AssertionError("the disk never was full")


def test_a_full_disk_keeps_nothing_half() -> None:
    with small_disk(4) as disk:
        url = new_sqlite(disk)
        ledger = Ledger(url)
        ballast = leave_free(disk, 1500)
        confirmed = fill_up(ledger, FullError)
        assert confirmed > 0
        for _ in range(3):
            with pytest.raises(FullError, match="no room left on the ledger's disk; nothing is half kept"):
                ledger.add(report(confirmed), "tests")
        other = Ledger(url)  # who opens it now can still read
        assert whole(ledger) == whole(other) == set(range(confirmed))
        assert all(other.report(f"r{number}") == report(number) for number in range(confirmed))
        other.close()
        ballast.unlink()
        assert ledger.add(report(confirmed), "tests").new
        assert whole(ledger) == set(range(confirmed + 1))
        ledger.close()


def test_a_full_disk_under_the_tables_of_postgresql(postgres_server: Postgres) -> None:
    with small_disk(32) as disk:
        url = postgres_server.new_database(disk / "tables")
        ledger = Ledger(url)
        ballast = leave_free(disk, 500)
        confirmed = fill_up(ledger, FullError)
        assert confirmed > 0
        assert whole(ledger) == set(range(confirmed))
        ballast.unlink()
        assert ledger.add(report(confirmed), "tests").new
        assert whole(ledger) == set(range(confirmed + 1))
        ledger.close()
        postgres_server.drop(url)


def test_a_full_disk_under_the_journal_of_postgresql(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "PATIENCE", 3.0)
    with small_disk(128) as disk, postgres(f"--waldir={disk / 'wal'}", "--wal-segsize=1") as server:
        url = server.new_database()
        ledger = Ledger(url)
        ballast = leave_free(disk, 100)
        confirmed = fill_up(ledger, FullError, UnreachableError)
        assert confirmed > 0
        # It cannot go on without its journal: the server ends.
        with pytest.raises(UnreachableError, match="does not answer"):
            ledger.add(report(confirmed), "tests")
        eventually(lambda: not (server.folder / "data" / "postmaster.pid").exists())
        ballast.unlink()
        server.start()
        assert set(range(confirmed)) <= whole(ledger) <= set(range(confirmed + 1))
        ledger.add(report(confirmed), "tests")
        assert whole(ledger) == set(range(confirmed + 1))
        ledger.close()


# A crowd -----------------------------------------------------------------------------------------------------


def test_eight_writers_and_twenty_readers_at_once(postgres_server: Postgres, tmp_path: Path) -> None:
    urls = [new_sqlite(tmp_path), postgres_server.new_database()]
    programs = [
        (url, subprocess.Popen(
            [sys.executable, "-m", "tests.crowd", url, str(name), str(SECONDS)], cwd=ROOT, stdout=subprocess.PIPE
        ))
        for url in urls for name in (0, 1)
    ]  # fmt: skip
    confirmed: dict[str, set[int]] = {url: set() for url in urls}
    for url, program in programs:
        told = json.loads(program.communicate(timeout=5 * SECONDS)[0])
        assert told["wrong"] == []
        assert told["pictures"] > 0
        assert told["kept"]
        confirmed[url] |= set(told["kept"])
    for url in urls:
        ledger = Ledger(url)
        assert whole(ledger) == confirmed[url]
        assert len(ledger.listing()) == len(confirmed[url])
        ledger.close()
