"""What pages show: the ledger, and the picture of a day as plain rows, drawn once for all visitors."""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import streamlit as st

if TYPE_CHECKING:
    from ledger.queue import Waiting
    from ledger.rereading import Rereading
    from ledger.shelf import Entry, Occurring, Wanted
    from ledger.store import Ledger

ROOT = Path(__file__).resolve().parents[2]

Row = dict[str, Any]
LONGEST_QUEUE = 200  # facts; more than a person judges at one sitting


@dataclass(frozen=True)
class Books:
    """The ledger as a visitor meets it: ``stamp`` says up to where it is written, ``first`` its oldest day.

    ``rereading`` tells how far the reports have been read anew after the extractor has changed.
    """

    ledger: Ledger
    stamp: tuple[int, int]
    first: date
    rereading: Rereading


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


@st.cache_resource(show_spinner=False)
def _opened() -> tuple[Ledger, Rereading]:
    """The ledger with the shipped reports in it; it is opened once for all visitors."""
    from ledger.folders import SHIPPED  # noqa: PLC0415 - the page's first run must not wait for what it may not need
    from ledger.rereading import Rereading  # noqa: PLC0415
    from ledger.store import Ledger  # noqa: PLC0415
    from pages.parts.writing import check  # noqa: PLC0415

    ledger = Ledger(guard=check)
    ledger.fill(*SHIPPED)
    return ledger, Rereading(ledger).start()


@st.cache_resource(max_entries=48, show_spinner=False)
def _snapshot(stamp: tuple[int, int], as_of: date) -> Snapshot:  # noqa: ARG001 - what is kept is of that stamp
    from ledger.picture import last_deadline, next_deadline, region_states  # noqa: PLC0415 - see _opened

    ledger, _ = _opened()
    drawn = ledger.picture(as_of)
    states = region_states(drawn)
    return Snapshot(
        as_of=as_of,
        newest=ledger.newest(as_of),
        bases=drawn.rows["bases"],
        troops=drawn.rows["troops"],
        deadlines=drawn.rows["deadlines"],
        nations=drawn.rows["nations"],
        regions=dict(zip(states["place"], states["state"], strict=True)),
        next=next_deadline(drawn),
        last=last_deadline(drawn),
        picture=drawn,
        reports=ledger.number(as_of),
    )


def books(today: date) -> Books:
    """The ledger as it is now; where it has no report yet, its first day is ``today``."""
    ledger, rereading = _opened()
    return Books(ledger, ledger.stamp(), ledger.first_day() or today, rereading)


def snapshot(opened: Books, as_of: date) -> Snapshot:
    """The picture as of ``as_of``; the last 48 days asked for are kept."""
    return _snapshot(opened.stamp, as_of)


@st.cache_resource(max_entries=48, show_spinner=False)
def _states(stamp: tuple[int, int], place: str, force: str, as_of: date) -> list[Row]:  # noqa: ARG001 - see _snapshot
    ledger, _ = _opened()
    return ledger.states(place, force, as_of)


def states(opened: Books, place: str, force: str, as_of: date) -> list[Row]:
    """The states of a base until ``as_of``, of the side of ``force``; not to be changed."""
    return _states(opened.stamp, place, force, as_of)


@st.cache_resource(max_entries=2, show_spinner=False)
def _days(stamp: tuple[int, int], until: date) -> list[tuple[date, int]]:
    ledger, _ = _opened()
    return ledger.days_of_change(_snapshot(stamp, until).deadlines, until)


def days_of_change(opened: Books, until: date) -> list[tuple[date, int]]:
    """The days up to ``until`` on which something came to be otherwise, in order, and how much did on each."""
    return _days(opened.stamp, until)


@st.cache_resource(max_entries=8, show_spinner=False)
def _queue(stamp: tuple[int, int], as_of: date) -> tuple[list[Waiting], int]:  # noqa: ARG001 - see _snapshot
    ledger, _ = _opened()
    return ledger.queue(as_of, LONGEST_QUEUE), ledger.waiting(as_of)


def queue(opened: Books, as_of: date) -> tuple[list[Waiting], int]:
    """The facts that wait for a verdict, the weightiest first (``LONGEST_QUEUE`` at most), and how many there are."""
    return _queue(opened.stamp, as_of)


@st.cache_resource(max_entries=8, show_spinner=False)
def _groups(stamp: tuple[int, int], as_of: date, wanted: Wanted) -> list[list[Entry]]:  # noqa: ARG001 - see _snapshot
    ledger, _ = _opened()
    groups: dict[str, list[Entry]] = {}
    for entry in ledger.found(wanted, as_of):
        groups.setdefault(entry.origin, []).append(entry)
    for origin, group in groups.items():
        group.sort(key=lambda entry: entry.report != origin)
    return list(reversed(groups.values()))


def groups(opened: Books, as_of: date, wanted: Wanted) -> list[list[Entry]]:
    """The reports asked for, the newest first; near copies of one text are one group.

    The first of a group is the text's origin or, where that is not among them, the oldest, which gives the group its
    place. What was asked for last is kept.
    """
    return _groups(opened.stamp, as_of, wanted)


@st.cache_resource(max_entries=16, show_spinner=False)
def _occurring(stamp: tuple[int, int], as_of: date) -> Occurring:  # noqa: ARG001 - see _snapshot
    ledger, _ = _opened()
    return ledger.occurring(as_of)


def occurring(opened: Books, as_of: date) -> Occurring:
    """What the reports known on ``as_of`` can be chosen by."""
    return _occurring(opened.stamp, as_of)


def warm(as_of: date) -> None:
    """Opens the ledger in the background and draws a first picture, so that no visitor waits for it."""
    threading.Thread(target=_warm, args=(as_of,), daemon=True).start()


def _warm(as_of: date) -> None:
    days_of_change(books(as_of), as_of)
    # The modules, tables and facts that are there by now stay until the end: who looks for garbage need not look there.
    gc.collect()
    gc.freeze()


def find(rows: Iterable[Row], **wanted: str | None) -> Row | None:
    """The first row whose values are the wanted ones, or None."""
    return next((row for row in rows if all(row[k] == v for k, v in wanted.items())), None)
