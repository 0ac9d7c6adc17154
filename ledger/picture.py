"""The picture of foreign troop presence as of a day: four tables, the countdown and the regions' states."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import pandas as pd

from extract.frames import DAY, TEXT
from extract.tables import places
from ledger.bases import base_lines
from ledger.claims import Claims
from ledger.deadlines import deadline_lines
from ledger.nations import nation_lines, newest_day
from ledger.told import WIDTH, Row, kind_of, wider
from ledger.troops import troop_lines

BASES: dict[str, Any] = {
    "place": TEXT, "force": TEXT, "headline": "boolean", "status": TEXT, "state": TEXT, "since": DAY,
    "published": DAY, "deadline_end": DAY, "troops_min": "Int64", "troops_max": "Int64",
    "latitude": "Float64", "longitude": "Float64", "region": TEXT, "country": TEXT,
    "facts": object, "others": object,
}  # fmt: skip
TROOPS: dict[str, Any] = {
    "force": TEXT, "place": TEXT, "count_min": "Int64", "count_max": "Int64", "approximate": "boolean",
    "status": TEXT, "published": DAY, "age_days": "Int64", "left_on": DAY, "facts": object, "others": object,
}  # fmt: skip
DEADLINES: dict[str, Any] = {
    "place": TEXT, "force": TEXT, "headline": "boolean", "event": TEXT, "date_start": DAY, "date_end": DAY,
    "precision": TEXT, "state": TEXT, "promised": "boolean", "moved": "boolean", "first_start": DAY,
    "first_end": DAY, "first_published": DAY, "first_fact": TEXT, "met_on": DAY, "days_late": "Int64", "published": DAY,
    "announcer": TEXT, "facts": object, "others": object, "history": object, "moves": object,
}  # fmt: skip
NATIONS: dict[str, Any] = {
    "force": TEXT, "role": TEXT, "roles": object, "count_min": "Int64", "count_max": "Int64",
    "approximate": "boolean", "count_place": TEXT, "count_day": DAY, "first_report": DAY, "last_report": DAY,
    "entry": DAY, "entry_fact": TEXT, "arrival": "boolean", "gone": "boolean", "gone_on": DAY,
    "publisher": TEXT, "url": TEXT, "facts": object, "others": object,
}  # fmt: skip
OPEN = frozenset({"upcoming", "due"})


Rows = dict[str, list[Row]]  # by table


@dataclass(frozen=True)
class Picture:
    """What the reports published on or before ``known`` say of the day ``as_of``.

    ``known`` is ``as_of`` unless another day was asked for. Before it: what somebody who stopped reading
    then would expect on ``as_of``. After it: of what was published after ``as_of`` only deeds whose window
    was over by ``as_of`` count, for they date what had happened by then.

    ``newest`` is the day of the newest of them that states a fact (None without any). Days are
    ``datetime.date``, counts nullable integers (persons; missing is unknown, 0 is none), coordinates
    degrees (WGS 84). In every table ``facts`` lists the ids of the facts that a row rests on, the deciding
    one first, and ``others`` those that say otherwise. ``headline`` rows are those of the coalition and
    the US, which the headline, the countdown and the map follow. ``rows`` has the tables as plain rows, missing is
    None there; they are not to be changed.

    bases
        place, force, headline, status (present, leaving, left, arriving: the latest word), state (the
        status, or ``contested``: another publisher said otherwise within 30 days, or ``overdue``: the
        deadline has passed and nobody said that they left), since (first day of the run of this status),
        published, deadline_end, troops_min, troops_max (stated for the base itself), latitude, longitude,
        region, country. One headline row a base, and one for each other force told there alone.
    troops
        force, place (missing: wider than a country, or not told), count_min, count_max, approximate,
        status (``present``; anything else means that no present number was ever stated), published,
        age_days, left_on (the force was reported to have left the place by that later day).
    deadlines
        place, force, headline, event (as promised; once met, what was done), date_start, date_end,
        precision, state (upcoming, due, passed, met, met_late), promised (False for a deed that nobody
        had announced), moved, first_start and first_end (the window before all moves), first_published,
        first_fact (the fact that told it first: the same in the pictures of later days), met_on (done by that day),
        days_late (at most; 0 when kept in time, missing while not kept), published, announcer
        (who promised it: the speaker of the first telling, else its publisher; missing for a deed), history
        (list of dicts: published, publisher, place, date_start, date_end, precision, status, fact; when many
        told it the first telling of each window, the newest, and the first of the deed), moves (list of
        dicts: published, publisher, announcer, from_start, from_end, from_precision, date_start, date_end, precision,
        fact).
    nations
        force, role (latest told), roles (all, latest first), count_min, count_max, approximate,
        count_place, count_day (last stated present number), first_report, last_report, entry (day of the first
        report that tells of its forces there, missing where one told them gone before), entry_fact (the fact that
        says so), arrival (whether it tells of their arrival), gone, gone_on, publisher and url of the deciding
        fact's report.
    """

    as_of: date
    known: date
    newest: date | None
    rows: Rows

    # Pages need plain rows only, and to make tables of thousands of them takes longer than to find them.
    @cached_property
    def bases(self) -> pd.DataFrame:
        return table_of(self.rows["bases"], BASES)

    @cached_property
    def troops(self) -> pd.DataFrame:
        return table_of(self.rows["troops"], TROOPS)

    @cached_property
    def deadlines(self) -> pd.DataFrame:
        return table_of(self.rows["deadlines"], DEADLINES)

    @cached_property
    def nations(self) -> pd.DataFrame:
        return table_of(self.rows["nations"], NATIONS)


def picture(claims: Claims, as_of: date, known: date | None = None) -> Picture:
    """The picture as of ``as_of`` as it was known on ``known`` (see ``Picture``); nothing later has a part in it."""
    view = claims.view(as_of, known or as_of)
    lines = deadline_lines(claims, view)
    numbers = troop_lines(claims, view)
    rows = {
        "bases": plain(base_lines(claims, lines, numbers, view), BASES),
        "troops": plain(numbers, TROOPS),
        "deadlines": plain(lines, DEADLINES),
        "nations": plain(nation_lines(claims, numbers, view), NATIONS),
    }
    return Picture(view.as_of, view.known, newest_day(claims, view), rows)


def plain(rows: list[Row], columns: Iterable[str]) -> list[Row]:
    return [{name: row[name] for name in columns} for row in rows]


def table_of(rows: list[Row], columns: dict[str, Any]) -> pd.DataFrame:
    return pd.DataFrame({name: pd.Series([row[name] for row in rows], dtype=kind) for name, kind in columns.items()})


def coming_deadlines(picture: Picture) -> list[Row]:
    """The open deadlines of the headline (coalition, US) as dicts, the next end first.

    Countries, areas and regions; those of single bases only when none of these is open, for a base may be
    left while all else stays. Where the one force's window lies within the other's at the same place
    ("in 2026", "in September 2026"), only the narrower is listed. Of those that end on one day the widest
    place comes first, the coalition before the US.
    """
    ahead = [line for line in _headline(picture) if line["state"] in OPEN]
    wide = [line for line in ahead if kind_of(line["place"]) != "base"] or ahead
    exact = [line for line in wide if not any(_tells_more(other, line) for other in wide)]
    return sorted(exact, key=lambda line: (line["date_end"], *_rank(line)))


def _tells_more(one: Row, other: Row) -> bool:
    """Whether ``one`` has a narrower window within that of ``other`` at the same place."""
    within = other["date_start"] <= one["date_start"] and one["date_end"] <= other["date_end"]
    same = (one["date_start"], one["date_end"]) == (other["date_start"], other["date_end"])
    return one["place"] == other["place"] and within and not same


def next_deadline(picture: Picture) -> Row | None:
    """The deadline that the countdown runs to (a row of ``Picture.deadlines`` as a dict), or None."""
    return next(iter(coming_deadlines(picture)), None)


def last_deadline(picture: Picture) -> Row | None:
    """The deadline of the headline that was last to pass or to be met, or None before the first."""
    behind = [line for line in _headline(picture) if line["state"] not in OPEN]
    wide = [line for line in behind if kind_of(line["place"]) != "base"]
    return min(wide or behind, key=lambda line: (-_closed(line).toordinal(), *_rank(line)), default=None)


def region_states(picture: Picture) -> pd.DataFrame:
    """place, state: for each region the state of its headline deadline, else of the nearest wider place's.

    Of several lines the next open one counts, else the last one, and of those that were over on one day
    the one that nobody reported as done. Regions without any are left out.
    """
    lines: dict[str, list[Row]] = {}
    for line in _headline(picture):
        lines.setdefault(line["place"], []).append(line)
    states = {
        place: _current(next(lines[where] for where in (place, *wider(place)) if where in lines))["state"]
        for place in places()
        if kind_of(place) == "region" and any(where in lines for where in (place, *wider(place)))
    }
    return table_of([{"place": k, "state": v} for k, v in states.items()], {"place": TEXT, "state": TEXT})


def _current(lines: Iterable[Row]) -> Row:
    return min(
        lines,
        key=lambda line: (
            line["state"] not in OPEN,
            line["date_end"].toordinal() if line["state"] in OPEN else -_closed(line).toordinal(),
            line["state"] != "passed",
            *_rank(line),
        ),
    )


def _headline(picture: Picture) -> list[Row]:
    """The promised deadlines of the coalition and the US, as plain rows."""
    return [row for row in picture.rows["deadlines"] if row["headline"] and row["promised"]]


def _closed(line: Row) -> date:
    """The day on which a deadline was over: its end, or the day it was met before."""
    end: date = line["date_end"]
    return end if line["met_on"] is None else min(end, line["met_on"])


def _rank(line: Row) -> tuple[int, bool, int]:
    """The widest place first, the coalition before the US, the newest report first."""
    return WIDTH[kind_of(line["place"])], line["force"] != "coalition", -line["published"].toordinal()
