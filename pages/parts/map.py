"""The map: bundled borders, regions by the state of their deadline, bases by theirs; no outside tiles."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from typing import Any

import pydeck as pdk

from extract.tables import places
from pages.parts import labels, marks
from pages.parts.claims import show_key
from pages.parts.data import ROOT, Row, Snapshot
from pages.parts.frame import View

BORDERS = ROOT / "data" / "borders"
FOCUS = ("IQ", "SY")  # the countries of the mission, drawn lighter than their neighbours
# What shows Iraq and Syria whole on a wide screen (False) and on a phone (True).
WINDOW = {
    False: labels.Window(34.15, 42.1, 5.28, width=744, height=560),
    True: labels.Window(34.15, 42.1, 4.28, width=350, height=380),
}
FRESH = 365  # days after which a site's last report is old and its mark pale


@dataclass(frozen=True)
class Paper:
    """Colours of the map's ground in one theme: red, green, blue, alpha."""

    land: list[int]
    focus: list[int]
    border: list[int]
    inner: list[int]
    ink: list[int]
    faint: list[int]


ALPHAS = (255, 255, 255, 100, 255, 255)
PAPER = {
    theme: Paper(*(marks.colour(value, alpha) for value, alpha in zip(values, ALPHAS, strict=True)))
    for theme, values in {
        "light": ("#f1ede4", "#fffdf9", "#a8a090", "#a8a090", "#22262e", "#6d6759"),
        "dark": ("#171b22", "#20262f", "#566070", "#566070", "#e9e6df", "#a3adba"),
    }.items()
}


@lru_cache(maxsize=4)
def borders_url(name: str) -> str:
    """Address of a borders file on our own server; it changes with the file, so it can be kept for long."""
    version = sha256((BORDERS / f"{name}.geojson").read_bytes()).hexdigest()[:10]
    return f"borders/{name}.geojson?v={version}"


def deck(view: View, shot: Snapshot, show: str | None, window: labels.Window | None = None) -> pdk.Deck:
    """The map as of the snapshot's day; ``show`` is the evidence key of the base that is picked out.

    ``window`` is the part that is seen, all of Iraq and Syria unless given.
    """
    paper = PAPER[view.theme]
    points = [_point(view, row) for row in shown(shot)]
    points.sort(key=lambda point: point["rank"], reverse=True)  # what matters most is drawn last, on top
    countries = _countries(view)
    window = window or WINDOW[view.phone]
    labels.place(points, countries, window)
    picked = [point for point in points if point["show"] == show]
    return pdk.Deck(
        layers=[
            *_ground(view, shot, paper),
            *([_ring(picked, paper)] if picked else []),
            _bases(view, points),
            _names(view, points, countries, paper),
        ],
        views=[pdk.View(type="MapView", controller={"scrollZoom": False, "dragRotate": False, "touchRotate": False})],
        initial_view_state=pdk.ViewState(
            latitude=window.latitude, longitude=window.longitude, zoom=window.zoom, min_zoom=3.5
        ),
        map_provider=None,
        tooltip={"html": _tooltip(view), "style": {"background": "none", "padding": "0"}},
    )


def shown(shot: Snapshot) -> list[Row]:
    """The bases on the map: one row a place, the headline's before those of single nations."""
    rows: dict[str, Row] = {}
    for row in sorted(shot.bases, key=lambda row: not row["headline"]):
        if row["latitude"] is not None:
            rows.setdefault(row["place"], row)
    return list(rows.values())


def _ground(view: View, shot: Snapshot, paper: Paper) -> list[pdk.Layer]:
    focus = " || ".join(f"properties.id === '{country}'" for country in FOCUS)
    ground = f"@@=({focus}) ? {paper.focus} : {paper.land}"
    fills = region_fills(view.theme, shot.regions)
    return [
        pdk.Layer(
            "GeoJsonLayer", id="countries", data=borders_url("countries"), pickable=False,
            get_line_color=paper.border, line_width_min_pixels=1.7,
            # Set on the sublayer: Streamlit pales the fill of a layer itself while a base is selected.
            _subLayerProps={"polygons-fill": {"getFillColor": ground}},
        ),
        pdk.Layer(
            "GeoJsonLayer", id="regions", data=borders_url("regions"), pickable=False,
            get_fill_color=fills, get_line_color=paper.inner, line_width_min_pixels=0.7,
            update_triggers={"getFillColor": fills},
        ),
    ]  # fmt: skip


def region_fills(theme: str, states: dict[str, str]) -> str:
    """A deck.gl expression: the colour of each region by the state of its deadline."""
    index = marks.THEMES.index(theme)
    alpha = (78, 88)[index]
    parts = [
        f"properties.id === '{region}' ? {marks.colour(marks.REGIONS[state][index], alpha)}"
        for region, state in sorted(states.items())
    ]
    return " : ".join([*parts, "[0, 0, 0, 0]"])


def _countries(view: View) -> list[dict[str, Any]]:
    """Names of the countries and where they stand, in capitals where the script has them."""
    word = view.words
    return [
        {
            "position": [float(row["longitude"]), float(row["latitude"])],
            "label_map": word.place(place).upper(),
        }
        for place, row in places().items()
        if row["kind"] == "country" and row["latitude"]
    ]


def _names(view: View, points: list[dict[str, Any]], countries: list[dict[str, Any]], paper: Paper) -> pdk.Layer:
    named = [
        {key: name[key] for key in ("position", "label_map", "anchor", "offset")} | {"color": color, "pixels": pixels}
        for names, color, pixels in ((countries, paper.faint, 11.5), (points, paper.ink, 12.5))
        for name in names
        if "anchor" in name
    ]
    if view.words.direction == "rtl":
        return _pictures(named)
    return pdk.Layer(
        "TextLayer", id="names", data=named, pickable=False, get_position="position", get_text="label_map",
        get_size="pixels", get_color="color", get_text_anchor="anchor", get_pixel_offset="offset",
        character_set=pdk.types.String("auto"), font_family=pdk.types.String("IBM Plex Sans, sans-serif"),
        font_settings={"fontSize": 48, "buffer": 6},
    )  # fmt: skip


def _pictures(named: Iterable[dict[str, Any]]) -> pdk.Layer:
    """The names in Arabic script, which the browser itself has to set."""
    drawn = [
        {
            "position": name["position"],
            "offset": name["offset"],
            "label_map": name["label_map"],
            "icon": labels.picture(name["label_map"], name["pixels"], name["color"], name["anchor"]),
        }
        for name in named
    ]
    return pdk.Layer(
        "IconLayer", id="names", data=drawn, pickable=False, get_position="position", get_icon="icon",
        get_size=labels.TALL, get_pixel_offset="offset",
    )  # fmt: skip


def _point(view: View, row: Row) -> dict[str, Any]:
    word = view.words
    low, high = row["troops_min"], row["troops_max"]
    stated = high if high is not None else low
    troops = {"count_min": low, "count_max": high, "approximate": False}
    return {
        "position": [row["longitude"], row["latitude"]],
        "icon": row["state"],
        "size": mark_size(stated, row["state"]),
        "rank": list(marks.BASES).index(row["state"]) - (stated or 0) / 10_000,
        "show": show_key("base", row),
        "name": word.place(row["place"]),
        "label_map": word.place(row["place"]),
        "state": word(f"base.{row['state']}"),
        "force": word.force(row["force"]),
        "troops": word("tip.troops", n=word.count(troops)) if stated is not None else word("tip.troops.unknown"),
        "alpha": [0, 0, 0, 255 if (view.as_of - row["published"]).days <= FRESH else 120],
        "told": word("tip.told", day=word.day(row["published"])),
    }


def mark_size(troops: int | None, state: str) -> float:
    """Side of a base's mark in pixels: its area grows with the stated troops, none stated is small."""
    if state == "left":
        return 17
    return min(21 + math.sqrt(troops or 0) * 0.5, 46)


def _ring(picked: Iterable[dict[str, Any]], paper: Paper) -> pdk.Layer:
    return pdk.Layer(
        "ScatterplotLayer", id="picked", data=list(picked), get_position="position", pickable=False,
        radius_units=pdk.types.String("pixels"), get_radius="size * 0.6", filled=False, stroked=True,
        line_width_units=pdk.types.String("pixels"), get_line_width=2.5, get_line_color=paper.ink,
    )  # fmt: skip


def _bases(view: View, points: list[dict[str, Any]]) -> pdk.Layer:
    return pdk.Layer(
        "IconLayer", id="bases", data=points, pickable=True, get_position="position", get_icon="icon",
        get_size="size", get_color="alpha", icon_atlas=pdk.types.String(marks.atlas(view.theme)),
        icon_mapping=marks.atlas_mapping(),
    )  # fmt: skip


def _tooltip(view: View) -> str:
    return (
        f"<div class='tip' dir='{view.words.direction}'><b>{{name}}</b><span>{{state}} · {{force}}</span>"
        f"<span>{{troops}}</span><i>{{told}}</i><em>{view.words.html('tip.click')}</em></div>"
    )


def legend(view: View, shot: Snapshot) -> str:
    """HTML: what shapes and colours mean, only those that the map shows now."""
    word = view.words
    bases = {row["state"] for row in shown(shot)}
    seen = set(shot.regions.values())
    items = [f"<li><span class='mark {s}'></span>{word.html(f'base.{s}')}</li>" for s in marks.BASES if s in bases]
    fills = [f"<li><span class='swatch {s}'></span>{word.html(f'region.{s}')}</li>" for s in marks.REGIONS if s in seen]
    groups = (("legend.bases", items), ("legend.regions", fills))
    keys = "".join(f"<p>{word.html(key)}</p><ul>{''.join(lines)}</ul>" for key, lines in groups if lines)
    note = f"<p class='quiet'>{word.html('legend.note')}</p>"
    return f"<div class='legend' lang='{word.lang}'>{keys}{note}</div>"
