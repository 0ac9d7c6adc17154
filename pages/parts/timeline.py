"""Promises against deeds on one time line: each deadline a row, and the same as a table of words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from itertools import groupby
from typing import Any

from ledger import filters
from ledger.filters import standing
from ledger.plain import rows_of
from ledger.told import WIDTH, kind_of, wider
from pages.parts.axis import ticks
from pages.parts.claims import deadline_title, outcome, show_key
from pages.parts.data import Row
from pages.parts.frame import View
from pages.parts.marks import DEADLINES
from pages.parts.scale import Days, days_of
from pages.parts.tables import cell, evidence_link, head, time

ANNOUNCERS = 20  # who are listed, those with most promises
AHEAD = ("upcoming", "due")
Window = tuple[date, date]


@dataclass(frozen=True)
class Bar:
    """A stretch of the time line, in percent from the left."""

    left: float
    width: float

    @property
    def right(self) -> float:
        return self.left + self.width


@dataclass(frozen=True)
class Track:
    """One deadline on the time line: its window, those it had before it was moved, and where its mark stands.

    ``announced`` leads from the day it was first told to the mark (None where nobody had told it), ``late``
    from the end of the window to the deed that came after it.
    """

    window: Bar
    earlier: tuple[Bar, ...]
    announced: Bar | None
    late: Bar | None
    mark: float


def fits(row: Row, chosen: Mapping[str, str | None]) -> bool:
    """Whether a deadline is of the place (or one within it), the force and the state chosen, as exports ask it."""
    return filters.fits("deadlines", row, chosen)


def window(row: Row) -> Window:
    """First and last day of a deadline; one day when only its end is known."""
    return row["date_start"] or row["date_end"], row["date_end"]


def earlier_windows(row: Row) -> list[Window]:
    """The windows that a deadline had before each move, in their order."""
    return [(move["from_start"] or move["from_end"], move["from_end"]) for move in row["moves"]]


def days_for(rows: Iterable[Row], as_of: date) -> Days:
    """The time line on which all of the deadlines have room, and the as-of day."""
    found: list[date] = []
    for row in rows:
        found += window(row)
        found += [day for one in earlier_windows(row) for day in one]
        found += [day for day in (row["met_on"], row["first_published"]) if day]
    return days_of(found, as_of)


def track(row: Row, days: Days) -> Track:
    """Where the parts of a deadline stand on the time line."""
    own, met = window(row), row["met_on"]
    end = days.at(own[1])
    mark = days.at(met) if met else end
    announced = None
    if row["promised"]:
        first = days.at(row["first_published"])
        announced = Bar(first, round(max(0.0, mark - first), 2))
    late = Bar(end, round(mark - end, 2)) if met and met > own[1] else None
    return Track(_bar(own, days), tuple(_bar(one, days) for one in earlier_windows(row)), announced, late, mark)


def _bar(own: Window, days: Days) -> Bar:
    left = days.at(own[0])
    day = 100 / ((days.last - days.first).days + 1)
    return Bar(left, round(days.at(own[1]) + day - left, 2))


def announcer(row: Row) -> str:
    """Who first told a deadline; of a deed that nobody had announced, who reported it first."""
    return str(row["announcer"] or row["history"][0]["publisher"])


def places_of(rows: Iterable[Row]) -> list[str]:
    """The places of the deadlines and those that hold them, the widest first."""
    found = {place for row in rows for place in (row["place"], *wider(row["place"]))}
    return sorted(found, key=_widest_first)


def ordered(rows: Iterable[Row]) -> list[Row]:
    """Deadlines place by place, countries first; at each what lies ahead first, then what is over, newest first."""
    return sorted(rows, key=lambda row: (*_widest_first(row["place"]), *nearest(row)))


def _widest_first(place: str) -> tuple[int, str]:
    """Countries, areas, regions and bases, each by their ids."""
    return WIDTH[kind_of(place)], place


def nearest(row: Row) -> tuple[bool, int]:
    """What lies ahead by its end, then what is over, the latest first."""
    ahead = row["state"] in AHEAD
    days = row["date_end"].toordinal()
    return not ahead, days if ahead else -days


def chart(view: View, groups: Sequence[tuple[str, list[Row]]]) -> str:
    """HTML: the groups of deadlines on one time line."""
    word = view.words
    rows = [row for _, group in groups for row in group]
    days = days_for(rows, view.as_of)
    several = any(len({row["place"] for row in group}) > 1 for _, group in groups)
    body = "".join(
        f"<h3><bdi>{escape(name)}</bdi></h3><ol>{''.join(_row(view, row, days, several) for row in group)}</ol>"
        for name, group in groups
    )
    return (
        f"<figure class='plot deeds' lang='{word.lang}'><figcaption>{word.html('deadlines.chart')}</figcaption>"
        f"{_key(view, rows)}<div class='tracks'><div class='lines' aria-hidden='true'>{ticks(view, days)}</div>"
        f"{body}</div></figure>"
    )


def _row(view: View, row: Row, days: Days, several: bool) -> str:
    word, state = view.words, standing(row)
    key = show_key("deadline", row)
    title = deadline_title(word, row) if several else _short(view, row)
    on = track(row, days)
    return (
        f"<li><div class='what'>{evidence_link(view, key, escape(title))}"
        f"<small><i class='deadline {state}'></i>{escape(fate(view, row))}</small></div>"
        f"<div class='track {state}'>{bars(on)}"
        f"<a class='deadline {state}' style='left:{on.mark}%' tabindex='-1' data-show='{escape(key)}' "
        f"href='{view.permalink(show=key)}' title='{escape(deadline_title(word, row))}: {escape(fate(view, row))}'></a>"
        "</div></li>"
    )


def _short(view: View, row: Row) -> str:
    """What ends, under the name of the place."""
    word = view.words
    return word("deadlines.short", event=word(f"event.{row['event']}"), force=word.force(row["force"]))


def bars(on: Track) -> str:
    """HTML: the stretches of a deadline on its track."""
    parts = [("was", bar) for bar in on.earlier]
    parts += [("told", on.announced)] if on.announced else []
    parts += [("window", on.window)]
    parts += [("late", on.late)] if on.late else []
    drawn = "".join(f"<i class='{name}' style='left:{b.left}%;width:{b.width}%'></i>" for name, b in parts)
    return f"<span aria-hidden='true'>{drawn}</span>"


def fate(view: View, row: Row) -> str:
    """The window of a deadline and what became of it; how long it is to go of one that lies ahead."""
    word = view.words
    if not row["promised"]:
        return outcome(word, row)
    return word("deadlines.fate", window=word.window(row), outcome=countdown(view, row) or outcome(word, row))


def countdown(view: View, row: Row) -> str:
    """How long it is until the end of a deadline that lies ahead; nothing of any other."""
    if row["state"] not in AHEAD:
        return ""
    word = view.words
    left = (row["date_end"] - view.as_of).days
    if not left:
        return word("deadlines.today")
    return word(f"deadlines.{row['state']}", days=word.plural("days", left))


def _key(view: View, rows: Sequence[Row]) -> str:
    """What the marks and lines mean, of the states that occur."""
    word = view.words
    there = {standing(row) for row in rows}
    states = "".join(
        f"<li><i class='deadline {s}'></i>{word.html(f'standing.{s}')}</li>" for s in DEADLINES if s in there
    )
    lines = ["told", "window", *(["was"] if any(map(earlier_windows, rows)) else [])]
    lines += ["late"] if "met_late" in there else []
    parts = "".join(f"<li><i class='{name}'></i>{word.html(f'key.{name}')}</li>" for name in lines)
    now = f"<li><i class='now'></i>{escape(word.day(view.as_of))}</li>"
    return f"<ul class='key'>{states}</ul><ul class='key'>{parts}{now}</ul>"


def table(view: View, groups: Sequence[tuple[str, list[Row]]]) -> str:
    """HTML: every deadline of the chart in words."""
    word = view.words
    rows = "".join(_told(view, row) for _, group in groups for row in group)
    columns = head(view, ["deadline", "window", "announced", "moved", "outcome", "late", "evidence"])
    return (
        f"<section id='deadlines' lang='{word.lang}'><details{'' if view.phone else ' open'}>"
        f"<summary><h2>{word.html('deadlines.table')}</h2></summary>"
        f"<table class='ledger told'>{columns}<tbody>{rows}</tbody></table></details></section>"
    )


def _told(view: View, row: Row) -> str:
    word, state = view.words, standing(row)
    none = "<span class='quiet'>–</span>"
    first = (
        f"<span>{time(view, row['first_published'])} <bdi>{escape(announcer(row))}</bdi></span>"
        if row["promised"]
        else none
    )
    late = word.number(row["days_late"]) if row["days_late"] is not None else none
    said = countdown(view, row) or outcome(word, row)
    cells = {
        "window": escape(word.window(row)) if row["promised"] else none,
        "announced": first,
        "moved": time(view, row["first_end"]) if row["moved"] else none,
        "outcome": f"<span><i class='deadline {state}'></i>{escape(said)}</span>",
        "late": late,
    }
    told = "".join(_named(view, name, inner) for name, inner in cells.items())
    evidence = cell("go", evidence_link(view, show_key("deadline", row), word.html("evidence.word")))
    return f"<tr><th scope='row'>{escape(deadline_title(word, row))}</th>{told}{evidence}</tr>"


def _named(view: View, column: str, inner: str) -> str:
    """A cell that knows the name of its column: on a phone it stands before it."""
    return f"<td class='{column}' data-name='{view.words.html(f'column.{column}')}'>{inner}</td>"


def grouped(view: View, rows: Iterable[Row], by: str) -> list[tuple[str, list[Row]]]:
    """Deadlines by ``place``, countries first, or by ``who`` first told them, with the name of each group."""
    place_by_place = ordered(rows)
    if by == "place":
        return [
            (view.words.place(p), list(group)) for p, group in groupby(place_by_place, key=lambda row: row["place"])
        ]
    told: dict[str, list[Row]] = {}
    for row in place_by_place:
        told.setdefault(announcer(row), []).append(row)
    return sorted(told.items(), key=lambda item: (-len(item[1]), item[0]))


def keeping(view: View, picture: Any) -> str:
    """HTML: who keeps promises: of each who announced deadlines how many, and what became of them."""
    from ledger.keeping import announcers, promises  # noqa: PLC0415 - brings pandas, drawn after the picture

    word = view.words
    found = rows_of(announcers(promises(picture)))[:ANNOUNCERS]
    names = ("promised", "met", "met_late", "passed", "open", "moved")
    rows = "".join(
        f"<tr><th scope='row'><bdi>{escape(row['announcer'])}</bdi></th>"
        + "".join(f"<td class='num' data-name='{word.html(f'kept.{n}')}'>{word.number(row[n])}</td>" for n in names)
        + "</tr>"
        for row in found
    )
    head = "".join(f"<th scope='col'>{word.html(f'kept.{name}')}</th>" for name in ("who", *names))
    return (
        f"<section id='keeping' lang='{word.lang}'><details{'' if view.phone else ' open'}>"
        f"<summary><h2>{word.html('kept.title')}</h2></summary>"
        f"<p class='quiet'>{word.html('kept.note')}</p>"
        f"<table class='ledger told'><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></details></section>"
    )
