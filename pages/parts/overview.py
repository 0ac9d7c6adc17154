"""The overview page: headline, key figures, map, countdown, timetable, nations, sites."""

from __future__ import annotations

import streamlit as st

from pages.parts import headline, map, tables
from pages.parts.countdown import countdown
from pages.parts.data import Snapshot, snapshot
from pages.parts.drawer import drawer, show
from pages.parts.frame import View, footer, frame
from pages.parts.take import take


def overview() -> None:
    """Draws the overview as of the day in the address, or of today in Baghdad."""
    view = frame("overview")
    shot = snapshot(view.books, view.as_of)
    st.html(headline.headline(view, shot) + headline.figures(view, shot))
    with st.container(key="stage", horizontal=True, gap="medium"):
        with st.container(key="map-side"):
            _map(view, shot)
        with st.container(key="rail"):
            countdown(view, shot)
            if shot.deadlines:
                st.html(tables.timetable(view, shot))
    drawer(view, shot)
    with st.container(key="below", horizontal=True, gap="medium"):
        with st.container(key="nations-side"):
            st.html(tables.nations(view, shot) + take(view, "nations.csv", "ledger.xlsx", "package.zip"))
        with st.container(key="sites-side"):
            st.html(tables.sites(view, shot) + take(view, "bases.csv", "bases.geojson"))
    footer(view)


def _map(view: View, shot: Snapshot) -> None:
    st.pydeck_chart(
        map.deck(view, shot, st.query_params.get("show")),
        height=map.WINDOW[view.phone].height,
        key="map",
        on_select=_picked,
        alt=view.words("map.alt"),
    )
    st.html(map.legend(view, shot))


def _picked() -> None:
    """A click on the map: its base becomes what the address shows; a click beside it closes the panel."""
    objects = st.session_state["map"].selection.objects.get("bases")
    show(objects[0]["show"] if objects else None)
