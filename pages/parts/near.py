"""The neighbours of a site: the nearest others with their distance and state, on a small map and in words."""

from __future__ import annotations

import math
from html import escape

import streamlit as st

from extract.tables import places
from ledger.distances import nearest
from pages.parts import labels, map
from pages.parts.claims import show_key
from pages.parts.data import Snapshot
from pages.parts.drawer import show
from pages.parts.far import distance
from pages.parts.frame import View
from pages.parts.sites import Site, beside, state

SHOWN = 5  # neighbours
WIDTH, HEIGHT = 350, 320  # of the map, in pixels
ROOM = 0.72  # of the map that the neighbours may fill; names stand beside their marks
ZOOMS = (4.2, 9.5)
Neighbour = tuple[Site, float]


def neighbours(site: Site, sites: list[Site]) -> list[Neighbour]:
    """The sites of the picture nearest to one of them, with their distances in km, the nearest first."""
    others = {other.place: other for other in sites}
    return [(others[place], km) for place, km in nearest(site.place, others, SHOWN)]


def window(site: Site, near: list[Neighbour]) -> labels.Window:
    """The part of the map around a site in which its neighbours lie."""
    latitude, longitude = site.row["latitude"], site.row["longitude"]
    x, y = labels.pixels(longitude, latitude, 0)
    spots = [labels.pixels(other.row["longitude"], other.row["latitude"], 0) for other, _ in near]
    reach = max((max(abs(x - a) / WIDTH, abs(y - b) / HEIGHT) for a, b in spots), default=0)
    zoom = math.log2(ROOM / 2 / reach) if reach else ZOOMS[1]
    return labels.Window(latitude, longitude, round(min(max(zoom, ZOOMS[0]), ZOOMS[1]), 2), WIDTH, HEIGHT)


def draw(view: View, shot: Snapshot, site: Site, near: list[Neighbour]) -> None:
    """Draws the map around a site; a click on a mark opens its evidence."""
    key = f"near-{site.place}"

    def picked() -> None:
        objects = st.session_state[key].selection.objects.get("bases")
        show(objects[0]["show"] if objects else None)

    st.pydeck_chart(
        map.deck(view, shot, show_key("base", site.row), window(site, near)),
        height=HEIGHT,
        key=key,
        on_select=picked,
        alt=view.words("near.alt", place=view.words.place(site.place)),
    )


def table(view: View, site: Site, near: list[Neighbour]) -> str:
    """HTML: the neighbours with their distance and state."""
    word = view.words
    rough = _rough(site)
    rows = "".join(
        f"<tr><th scope='row'>{_named(view, other)}</th>"
        f"<td class='num'>{escape(distance(word, km, rough or _rough(other)))}</td></tr>"
        for other, km in near
    )
    said = f"<table class='ledger near'><tbody>{rows}</tbody></table>"
    if not near:
        said = f"<p class='quiet'>{word.html('near.none')}</p>"
    return f"<section id='near' lang='{word.lang}'><h2>{word.html('near.title')}</h2>{said}</section>"


def _named(view: View, other: Site) -> str:
    name = f"<a href='{view.link('bases', place=other.place)}'>{escape(view.words.place(other.place))}</a>"
    return beside(f"<span class='mark {other.row['state']}'></span>", f"{name}<small>{state(view, other.row)}</small>")


def _rough(site: Site) -> bool:
    return places().get(site.place, {}).get("source", "").startswith("approximate")
