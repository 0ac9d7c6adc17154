"""Deadlines as of a day: what was promised for a place, whether the day has come, and what was done."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from ledger.deeds import Deed
from ledger.promises import Promise, promises_of, window
from ledger.told import HEADLINE, LEAVING, SAME_STORY, SAME_TIME, Row, covers, kind_of, order, unique, wider


def deadline_lines(
    deadlines: Iterable[Row], deeds: list[Deed], with_coalition: frozenset[str], as_of: date
) -> list[Row]:
    """One row a promise (with the history of its day), and one a deed that nobody had announced.

    ``deadlines`` and ``deeds`` are those known on ``as_of``; ``with_coalition`` the forces that leave
    when the coalition leaves. The columns are those of ``Picture.deadlines``.
    """
    groups: dict[tuple[str, str], list[Row]] = {}
    for row in deadlines:
        if row["place"]:
            groups.setdefault((row["place"], row["force"]), []).append(row)
    found: list[Row] = []
    for (place, force), rows in sorted(groups.items()):
        planned = [row for row in rows if row["status"] != "done"]
        events = frozenset(row["event"] for row in planned)
        ending = [deed for deed in deeds if _ends(deed, place, force, events, with_coalition)]
        part = [deed for deed in deeds if _ends_a_part(deed, place, force, with_coalition)]
        promises = promises_of(planned, [deed for deed in ending if not deed.denied])
        promises.sort(key=lambda promise: promise.end)
        used: set[str] = set()
        for promise in promises:
            # An earlier phase of a plan speaks of a part of the place, the last one of all of it.
            able = ending if promise is promises[-1] else ending + part
            mine = [deed for deed in able if _in_time(deed, promise, promises)]
            line = _promised(promise, mine, as_of)
            used.update(telling["fact"] for telling in line["history"])
            found.append(line)
        own = {row["fact"] for row in rows if row["status"] == "done"} - used
        found += _unannounced([deed for deed in ending if deed.row["fact"] in own])
    return found


def _ends(deed: Deed, place: str, force: str, events: frozenset[str], with_coalition: frozenset[str]) -> bool:
    """Whether ``deed`` ends the presence of ``force`` at ``place``.

    A wider place's end is that of the narrower ones in it, and the coalition's leaving is its members'
    leaving; never the other way round. That a mission ended says of its own force only that its mission
    ended, and of a base that was to be left or handed over nothing.
    """
    if deed.place != place and deed.place not in wider(place):
        return False
    if deed.force != force:
        return deed.leaving and covers(deed.force, force, with_coalition)
    return deed.leaving or deed.place == place or kind_of(place) != "base" or not events <= LEAVING


def _ends_a_part(deed: Deed, place: str, force: str, with_coalition: frozenset[str]) -> bool:
    """Whether all of ``force`` has left an area (federal Iraq) of the place."""
    part = kind_of(deed.place) == "area" and place in wider(deed.place)
    return part and deed.leaving and covers(deed.force, force, with_coalition)


def _in_time(deed: Deed, promise: Promise, phases: list[Promise]) -> bool:
    """Whether ``deed`` is near enough to ``promise`` to belong to it, and to no earlier phase of the plan.

    It comes after the promise, or after the window began where that was over when it was first told.
    """
    first = promise.history[0]
    since = first["published"] if first["published"] <= window(first)[1] else window(first)[0]
    if not since <= deed.day <= promise.end + SAME_STORY:
        return False
    earlier = [phase.end for phase in phases if phase.end < promise.end]
    return all(abs(deed.day - promise.end) < abs(deed.day - end) for end in earlier)


def _promised(promise: Promise, deeds: list[Deed], as_of: date) -> Row:
    kept = sorted((deed for deed in deeds if not deed.denied), key=lambda deed: (deed.day, order(deed.row)))
    denied = [deed.row for deed in deeds if deed.denied]
    met = kept[0] if kept else None
    done = [deed.row for deed in kept if deed.day <= kept[0].day + SAME_TIME]
    state, late = _state(promise, met, as_of)
    replaced = promise.before.history if promise.before else []
    return _row(promise.core, promise.history + done + denied) | {
        "event": met.row.get("event", promise.core["event"]) if met else promise.core["event"],
        "state": state,
        "promised": True,
        "moved": promise.before is not None,
        "first_end": promise.first.end,
        "first_published": promise.history[0]["published"],
        "met_on": met.day if met else None,
        "days_late": late,
        "facts": _ids([*done, promise.core, *reversed(promise.tellings)]),
        "others": _ids([*replaced, *denied]),
    }


def _state(promise: Promise, met: Deed | None, as_of: date) -> tuple[str, int | None]:
    """The state of a promise and how many days late it was kept, at most; None while it is not kept."""
    if met and met.start > promise.end:
        return "met_late", (met.day - promise.end).days
    if met:
        return "met", 0
    if as_of < promise.start:
        return "upcoming", None
    return ("due" if as_of <= promise.end else "passed"), None


def _ids(rows: Iterable[Row]) -> list[str]:
    return unique(row["fact"] for row in rows)


def _unannounced(deeds: list[Deed]) -> list[Row]:
    """Rows of deeds without a promise; deeds within ``SAME_TIME`` of each other are one."""
    found: list[list[Deed]] = []
    for deed in sorted(deeds, key=lambda deed: (deed.start, deed.day)):
        if found and deed.start <= max(other.day for other in found[-1]) + SAME_TIME:
            found[-1].append(deed)
        else:
            found.append([deed])
    return [_done(group) for group in found]


def _done(group: list[Deed]) -> Row:
    sure = [deed for deed in group if not deed.denied]
    exact = min(sure or group, key=lambda deed: (deed.day - deed.start, deed.day, order(deed.row)))
    return _row(exact.row, [deed.row for deed in group]) | {
        "state": "met" if sure else "passed",
        "promised": False,
        "moved": False,
        "first_end": exact.row["date_end"],
        "first_published": min(deed.row["published"] for deed in group),
        "met_on": exact.day if sure else None,
        "days_late": None,
        "facts": _ids([exact.row, *(deed.row for deed in sure)]),
        "others": unique(fact for deed in group for fact in deed.denied),
    }


def _row(core: Row, told: list[Row]) -> Row:
    start, end = window(core)
    return {
        "place": core["place"],
        "force": core["force"],
        "headline": core["force"] in HEADLINE,
        "event": core["event"],
        "date_start": start,
        "date_end": end,
        "precision": core["precision"],
        "published": max(row["published"] for row in told),
        "history": [_telling(row) for row in sorted(told, key=order)],
    }


def _telling(row: Row) -> dict[str, Any]:
    """One line of the history; a base reported as left had been left by the day of the report."""
    by = {"date_start": row["published"], "date_end": row["published"], "precision": "day"}
    names = ("published", "publisher", "place", "date_start", "date_end", "precision", "status", "fact")
    return {name: row[name] if name in row else by[name] for name in names}
