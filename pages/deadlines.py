"""Deadlines: what was promised, what was done, how late, and how long until what lies ahead."""

from __future__ import annotations

from html import escape

import streamlit as st

from pages.parts import axis, marks, timeline
from pages.parts.choice import Choice, asked, choices
from pages.parts.claims import show_key
from pages.parts.data import Row, snapshot
from pages.parts.drawer import drawer
from pages.parts.frame import View, footer, frame, notify
from pages.parts.headline import figure
from pages.parts.tables import evidence_link
from pages.parts.take import take

SHOWN = 80  # deadlines on one page
GROUPS = ("place", "who")
FILTERS = ("place", "force", "state")


def lists(view: View, rows: list[Row], chosen: dict[str, str | None], by: str) -> None:
    """The lists of places, forces and states that occur, and of what to group by."""
    word = view.words
    options = {
        "place": [(place, word.place(place)) for place in timeline.places_of(rows)],
        "force": [(force, word.force(force)) for force in sorted({row["force"] for row in rows}, key=word.force)],
        "state": [
            (state, word(f"standing.{state}"))
            for state in marks.DEADLINES
            if any(timeline.standing(row) == state for row in rows)
        ],
    }
    every = ("", word("choice.all"))
    choices(
        view,
        *(Choice(name, chosen[name] or "", [every, *options[name]]) for name in FILTERS),
        Choice("by", by, [(name, word(f"by.{name}")) for name in GROUPS]),
    )


def figures(view: View, rows: list[Row]) -> str:
    """HTML: the strip of key figures: ahead, kept, late, passed, of what was announced."""
    word = view.words
    states = {state: [row for row in rows if row["promised"] and row["state"] == state] for state in marks.DEADLINES}
    ahead = sorted(states["due"] + states["upcoming"], key=timeline.nearest)
    coming = ""
    if ahead:
        said = timeline.countdown(view, ahead[0])
        coming = evidence_link(view, show_key("deadline", ahead[0]), escape(word("deadlines.next", said=said)))
    latest = max((row["days_late"] or 0 for row in states["met_late"]), default=0)
    late = word("deadlines.latest", days=word.plural("days", latest)) if latest else ""
    count = {name: word.number(len(found)) for name, found in states.items()}
    cells = (
        f"<div><dt>{word.html('deadlines.ahead')}</dt><dd><strong>{word.number(len(ahead))}</strong>"
        f"<span>{coming}</span></dd></div>"
        + figure(word("deadlines.met"), count["met"], "")
        + figure(word("deadlines.late"), count["met_late"], late)
        + figure(word("deadlines.passed"), count["passed"], word("deadlines.passed.note"))
    )
    return f"<dl class='figures' lang='{word.lang}'>{cells}</dl>"


def draw(view: View) -> None:
    """Draws the page of the places, forces and states in the address."""
    word = view.words
    shot = snapshot(view.books, view.as_of)
    if not shot.deadlines:
        notify(view, word("countdown.none"))
        return
    chosen = {name: asked(name) for name in FILTERS}
    by = asked("by") or "place"
    rows = [row for row in shot.deadlines if timeline.fits(row, chosen)]
    if not rows or by not in GROUPS:
        notify(view, word("notice.choice"))
        chosen, by = dict.fromkeys(FILTERS), "place"
        rows = shot.deadlines
    view = view.choosing(**{name: value or "" for name, value in chosen.items()}, by=by if by == "who" else "")
    groups = timeline.grouped(view, sorted(rows, key=timeline.nearest)[:SHOWN], by)
    axis.style()
    st.html(f"<section class='headline single' lang='{word.lang}'><h1>{word.html('deadlines.title')}</h1></section>")
    lists(view, shot.deadlines, chosen, by)
    st.html(figures(view, rows))
    if len(rows) > SHOWN:
        st.html(
            f"<p class='quiet'>{escape(word('deadlines.cut', n=word.number(SHOWN), all=word.number(len(rows))))}</p>"
        )
    st.html(timeline.chart(view, groups))
    st.html(timeline.table(view, groups))
    st.html(take(view, "deadlines.csv", "deadlines.ics", "ledger.xlsx", **chosen))
    st.html(timeline.keeping(view, shot.picture))
    drawer(view, shot)


view = frame("deadlines")
draw(view)
footer(view)
