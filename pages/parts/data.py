"""What pages show: reports, facts and the picture of a day, read once and kept for all visitors."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import streamlit as st

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = (ROOT / "data" / "reports", ROOT / "data" / "local")

Row = dict[str, Any]


@dataclass(frozen=True)
class Library:
    """All reports and facts: ``reports`` by id, ``facts`` by id with their ``kind``, newest report first."""

    stamp: str
    claims: Any
    reports: dict[str, Any]
    facts: dict[str, Row]

    @property
    def first(self) -> date:
        """The day of the oldest report."""
        return min(report.published for report in self.reports.values())

    def facts_in(self, report: str) -> list[Row]:
        """The facts of one report in the order of its text."""
        found = [fact for fact in self.facts.values() if fact["report"] == report]
        return sorted(found, key=lambda fact: (fact["char_start"], fact["char_end"]))


@dataclass(frozen=True)
class Snapshot:
    """The picture as of one day as plain rows (None where a value is not known), ready for pages."""

    as_of: date
    newest: date | None
    bases: list[Row]
    troops: list[Row]
    deadlines: list[Row]
    nations: list[Row]
    regions: dict[str, str]
    next: Row | None
    last: Row | None
    picture: Any
    reports: int


def rows_of(table: Any) -> list[Row]:
    """The rows of a dataframe as dicts; missing values of any kind become None, lists stay lists."""
    import pandas as pd  # noqa: PLC0415 - the page's first run must not wait for what it may not need

    plain = table.astype(object)
    return [
        {k: (v if isinstance(v, list | dict) or not pd.isna(v) else None) for k, v in row.items()}
        for row in plain.to_dict("records")
    ]


def _stamp() -> str:
    """A mark of the report files that changes when one is added, edited or removed."""
    files = sorted(path for folder in FOLDERS if folder.is_dir() for path in folder.rglob("*") if path.is_file())
    seen = [(str(path), (state := path.stat()).st_size, state.st_mtime_ns) for path in files]
    return sha256(repr(seen).encode()).hexdigest()


@st.cache_resource(max_entries=2, show_spinner=False)
def _library(stamp: str) -> Library:
    from ledger.claims import Claims  # noqa: PLC0415 - see rows_of
    from ledger.reports import facts_of, load_reports  # noqa: PLC0415 - see rows_of

    reports = load_reports(*FOLDERS)
    frames = facts_of(reports)
    tables = {
        "base": frames.bases,
        "troops": frames.troops,
        "deadline": frames.deadlines,
        "nation": frames.nations,
    }
    facts = {row["fact"]: row | {"kind": kind} for kind, table in tables.items() for row in rows_of(table)}
    claims = Claims()
    for report in reports:
        claims.put(
            report.id, [fact | {"voice": fact["publisher"]} for fact in facts.values() if fact["report"] == report.id]
        )
    newest_first = sorted(reports, key=lambda report: (report.published, report.id), reverse=True)
    return Library(stamp, claims, {report.id: report for report in newest_first}, facts)


@st.cache_resource(max_entries=48, show_spinner=False)
def _snapshot(stamp: str, as_of: date) -> Snapshot:
    from ledger.picture import last_deadline, next_deadline, picture, region_states  # noqa: PLC0415

    drawn = picture(_library(stamp).claims, as_of)
    ahead, behind = next_deadline(drawn), last_deadline(drawn)
    states = region_states(drawn)
    return Snapshot(
        as_of=as_of,
        newest=drawn.newest,
        bases=rows_of(drawn.bases),
        troops=rows_of(drawn.troops),
        deadlines=rows_of(drawn.deadlines),
        nations=rows_of(drawn.nations),
        regions=dict(zip(states["place"], states["state"], strict=True)),
        next=None if ahead is None else _plain(ahead),
        last=None if behind is None else _plain(behind),
        picture=drawn,
        reports=sum(report.published <= as_of for report in _library(stamp).reports.values()),
    )


def _plain(row: Any) -> Row:
    import pandas as pd  # noqa: PLC0415 - see rows_of

    return rows_of(pd.DataFrame([row]))[0]


def library() -> Library:
    """All reports and their facts; read again when a file in data/reports or data/local has changed."""
    return _library(_stamp())


def snapshot(books: Library, as_of: date) -> Snapshot:
    """The picture as of ``as_of``; the last 48 days asked for are kept."""
    return _snapshot(books.stamp, as_of)


def warm(as_of: date) -> None:
    """Reads everything in the background, so that the first visitor does not wait for it."""
    threading.Thread(target=lambda: snapshot(library(), as_of), daemon=True).start()


def find(rows: Iterable[Row], **wanted: str | None) -> Row | None:
    """The first row whose values are the wanted ones, or None."""
    return next((row for row in rows if all(row[k] == v for k, v in wanted.items())), None)
