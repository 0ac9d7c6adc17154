"""Nations: which are there, since when and until when, in which numbers; and one force's own view."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from pages.parts import axis, nation, nations
from pages.parts.choice import asked
from pages.parts.data import Snapshot, snapshot
from pages.parts.drawer import drawer
from pages.parts.frame import View, footer, frame, notify
from pages.parts.take import take


def style() -> None:
    """Gives the page the look of charts and of its own tables."""
    axis.style()
    st.html(f"<style>{Path(nations.__file__).with_suffix('.css').read_text(encoding='utf-8')}</style>")


def draw_all(view: View, shot: Snapshot) -> None:
    """Draws the table of the nations that the address asks for."""
    word = view.words
    rows = nations.nations_of(shot)
    if not rows:
        notify(view, word("nations.none"))
        return
    fit = nations.wanted(view, rows)
    view = view.choosing(role=fit.role or "", gone=fit.presence)
    st.html(
        f"<header class='headline' lang='{word.lang}'><h1>{word.html('nations.page')}</h1>"
        f"<p class='quiet'>{word.html('nations.lead')}</p></header>{nations.figures(view, rows)}"
    )
    nations.lists(view, rows, fit=fit)
    st.html(nations.table(view, fit.of(rows)) + take(view, "nations.csv", "ledger.xlsx", **view.chosen))
    drawer(view, shot)


def draw_one(view: View, shot: Snapshot, own: nation.Force) -> None:
    """Draws the view of one force."""
    view = view.choosing(nation=own.force)
    st.html(nation.title(view, own))
    nations.lists(view, shot.nations, own.force)
    st.html(nation.figures(view, own) + nation.chart(view, own))
    st.html(nation.tables(view, own))
    drawer(view, shot)


def draw(view: View) -> None:
    """Draws one force's view where the address asks for one, else all nations."""
    shot = snapshot(view.books, view.as_of)
    style()
    name = asked("nation")
    own = nation.force_of(view, shot, name) if name else None
    if own:
        draw_one(view, shot, own)
        return
    if name:
        notify(view, view.words("nations.unknown"))
    draw_all(view, shot)


view = frame("nations")
draw(view)
footer(view)
