"""Reports read anew in the background: all of them, with the way told, and nothing lost when it stops."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from ledger import intake, store
from ledger.database import PAUSE, alone
from ledger.errors import BusyError
from ledger.facts import Row
from ledger.reports import Report
from ledger.rereading import Rereading
from ledger.store import Ledger
from tests.databases import Postgres, new_sqlite
from tests.test_store import ONE, OTHER


@pytest.fixture
def ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Ledger:
    """A ledger of two reports that an older version of the extractor has read."""
    made = Ledger(new_sqlite(tmp_path))
    for report in (ONE, OTHER):
        made.add(report, "me")
    for module in (store, intake):
        monkeypatch.setattr(module, "version", lambda: "newer")
    return made


def test_it_tells_how_far_it_is_and_what_changed(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    def read(report: Report) -> list[Row]:
        return intake.read_facts(report) if report.id == "one" else []

    monkeypatch.setattr(store, "read_facts", read)
    work = Rereading(ledger).start()
    work.wait(30)
    assert (work.running, work.done, work.total, work.changed) == (False, 2, 2, 1)
    assert ledger.unread() == []
    assert ledger.facts_in("two") == []
    assert ledger.facts_in("one") != []


def test_nothing_to_do_is_done_at_once(ledger: Ledger) -> None:
    Rereading(ledger).start().wait(30)
    work = Rereading(ledger).start()
    work.wait(30)
    assert (work.running, work.done, work.total, work.changed) == (False, 0, 0, 0)


def test_what_could_not_be_read_now_is_read_at_the_next_start(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def locked(_ident: str) -> bool:
        raise BusyError("the ledger is locked")

    monkeypatch.setattr(ledger, "reread", locked)
    work = Rereading(ledger).start()
    work.wait(30)
    assert not work.running
    assert "the ledger is locked" in caplog.text
    assert sorted(ledger.unread()) == ["one", "two"]


def test_a_report_revised_meanwhile_is_not_read_in_its_old_words(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "one.txt").write_text("7 September 2025\nAbout 900 US troops are in Iraq.", encoding="utf-8")
    read = store.read_facts

    def slow(report: Report) -> list[Row]:
        monkeypatch.setattr(store, "read_facts", read)
        assert [kept.new for kept in ledger.fill(tmp_path)] == [True]
        return read(replace(report, text="Nothing."))

    monkeypatch.setattr(store, "read_facts", slow)
    assert ledger.reread("one") is False
    assert [row["count_max"] for row in ledger.facts_in("one") if row["kind"] == "troops"] == [900]


def test_of_two_servers_one_reads_and_the_other_goes_on_when_it_dies(
    postgres_server: Postgres, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = postgres_server.new_database()
    first, second = Ledger(url), Ledger(url)
    for report in (ONE, OTHER):
        first.add(report, "me")
    for module in (store, intake):
        monkeypatch.setattr(module, "version", lambda: "newer")
    with alone(first.engine):
        work = Rereading(second).start()
        work.wait(4 * PAUSE)
        assert (work.running, work.done) == (True, 0)
        ended = "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND granted"
        postgres_server.do(ended)  # the first server is gone
        work.wait(30)
        assert (work.running, work.done, second.unread()) == (False, 2, [])
