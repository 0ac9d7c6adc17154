"""Bases: each site with its state, deadline, troops, nations and distances; and one site's own view."""

from __future__ import annotations

from html import escape

import streamlit as st

from pages.parts import axis, marks, site, sites
from pages.parts.choice import Choice, asked, choices
from pages.parts.data import snapshot
from pages.parts.drawer import drawer
from pages.parts.frame import View, footer, frame, notify
from pages.parts.sites import Site
from pages.parts.take import take


def lists(view: View, every: list[Site], region: str | None, state: str | None) -> None:
    """The lists of regions and states that occur, and of sites to look at on their own."""
    word = view.words
    states = {found.row["state"] for found in every}
    names = sorted(((found.place, word.place(found.place)) for found in every), key=lambda one: one[1])
    choices(
        view,
        Choice("region", region or "", [("", word("choice.all")), *sites.wheres(view, every)]),
        Choice(
            "state",
            state or "",
            [("", word("choice.all"))] + [(s, word(f"base.{s}")) for s in marks.BASES if s in states],
        ),
        Choice("place", "", [("", word("choice.all")), *names], drops=("region", "state")),
    )


def draw_all(view: View, every: list[Site]) -> None:
    """Draws the list of the sites that the address asks for."""
    word, region, state = view.words, asked("region"), asked("state")
    found = [one for one in every if one.within(region) and state in (None, one.row["state"])]
    if not found:
        notify(view, word("notice.choice"))
        region, state, found = None, None, every
    view = view.choosing(region=region or "", state=state or "")
    title = word.plural("bases.title", len(found))
    st.html(f"<section class='headline single' lang='{word.lang}'><h1>{escape(title)}</h1></section>")
    lists(view, every, region, state)
    st.html(f"<p class='quiet' lang='{word.lang}'>{word.html('bases.note')}</p>{sites.table(view, found)}")
    st.html(take(view, "bases.csv", "bases.geojson", "ledger.xlsx", **view.chosen))


def draw(view: View) -> None:
    """Draws the site in the address, or all sites."""
    shot, place = snapshot(view.books, view.as_of), asked("place")
    every = sites.sites_of(shot)
    one = next((found for found in every if found.place == place), None)
    axis.style("bases.css")
    if place and one is None:
        notify(view, view.words("notice.site"))
    if one:
        view = view.choosing(place=one.place)
        st.html(site.title(view, one))
        site.own(view, shot, one, every)
        st.html(take(view, "facts.csv", "facts.jsonl", place=one.place))
    elif every:
        draw_all(view, every)
    else:
        notify(view, view.words("sites.none"))
    drawer(view, shot)


view = frame("bases")
draw(view)
footer(view)
