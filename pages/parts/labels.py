"""Names on the map: room found for each name, and those in Arabic script drawn by the browser as small pictures.

deck.gl draws letter by letter: it neither joins nor orders Arabic, and Unicode has no joined forms of the Kurdish
letters that one could give it instead. In a picture (SVG) the browser sets the name as it sets the page.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from html import escape
from typing import Any
from urllib.parse import quote

LETTER = 6.6  # width of a letter on the map, in pixels at the labels' size
LINE = 15  # height of a line of a label, in pixels
TALL = 22  # height of a name's picture: its letters reach far above and below the line
WIDEST = 1.0  # width of a letter in such a picture at most, times the size of the type
FINE = 2  # dots of the picture to a pixel, for screens with two

Box = tuple[float, float, float, float]
Candidate = tuple[str, list[float], Box]


def picture(name: str, pixels: float, colour: list[int], anchor: str) -> dict[str, Any]:
    """A name as an icon of deck.gl's: ``pixels`` is the size of the type, ``colour`` red, green, blue, alpha.

    What comes back: its address, its size in dots, and the point in it that stands at the place (``anchor``: start,
    middle or end, from the left, as deck.gl calls them).
    """
    size, height = pixels * FINE, TALL * FINE
    width = math.ceil((len(name) + 1) * size * WIDEST)
    red, green, blue, _ = colour
    # Written from right to left, a text begins at its right end.
    x, end = {"start": (0, "end"), "middle": (width // 2, "middle"), "end": (width, "start")}[anchor]
    svg = (
        f"<svg xmlns='http://www.w3.org/2000/svg' width='{width}' height='{height}'>"
        f"<text x='{x}' y='{height * 0.66:.0f}' direction='rtl' text-anchor='{end}' font-family='sans-serif' "
        f"font-weight='600' font-size='{size:g}' fill='rgb({red},{green},{blue})'>{escape(name)}</text></svg>"
    )
    address = "data:image/svg+xml," + quote(svg, safe=" =':/.,;()")
    return {"url": address, "width": width, "height": height, "anchorX": x, "anchorY": height // 2}


def pixels(longitude: float, latitude: float, zoom: float) -> tuple[float, float]:
    """Web Mercator pixels, from the map's corner in the north-west."""
    world = 512 * 2**zoom
    sine = math.sin(math.radians(latitude))
    return (longitude + 180) / 360 * world, (0.5 - math.log((1 + sine) / (1 - sine)) / (4 * math.pi)) * world


def _meet(a: Box, b: Box) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def _inside(box: Box, frame: Box) -> bool:
    return box[0] >= frame[0] and box[1] >= frame[1] and box[2] <= frame[2] and box[3] <= frame[3]


def _candidates(x: float, y: float, width: float, gap: float) -> list[Candidate]:
    """Places for a label around its mark: anchor, offset in pixels, and the box that it would fill."""
    half = LINE / 2
    return [
        ("start", [gap, 0], (x + gap, y - half, x + gap + width, y + half)),
        ("end", [-gap, 0], (x - gap - width, y - half, x - gap, y + half)),
        ("middle", [0, gap + half], (x - width / 2, y + gap, x + width / 2, y + gap + LINE)),
        ("middle", [0, -gap - half], (x - width / 2, y - gap - LINE, x + width / 2, y - gap)),
    ]


@dataclass(frozen=True)
class Window:
    """The part of the map that every visitor sees: its middle (degrees), zoom, and size in pixels."""

    latitude: float
    longitude: float
    zoom: float
    width: int
    height: int

    def box(self) -> Box:
        """The window in the pixels of the whole world."""
        x, y = pixels(self.longitude, self.latitude, self.zoom)
        return x - self.width / 2, y - self.height / 2, x + self.width / 2, y + self.height / 2


def place(points: list[dict[str, Any]], wide: list[dict[str, Any]], window: Window) -> None:
    """Finds room for names: each point that has some gets an ``anchor`` and an ``offset`` in pixels.

    The most important points (lowest ``rank``) choose first, then the ``wide`` names of countries, which
    step up or down when their middle is taken. A name without room in the window stays in its tooltip and
    in the table.
    """
    zoom, frame = window.zoom, window.box()
    taken: list[Box] = []
    for point in points:
        x, y = pixels(*point["position"], zoom)
        half = point["size"] / 2
        taken.append((x - half, y - half, x + half, y + half))
    marks = list(taken)
    for point, own in sorted(zip(points, marks, strict=True), key=lambda pair: pair[0]["rank"]):
        x, y = pixels(*point["position"], zoom)
        width = len(point["label_map"]) * LETTER
        others = [box for box in taken if box is not own]
        _choose(point, _candidates(x, y, width, point["size"] / 2 + 3), others, frame)
        taken += [point.pop("box")] if "box" in point else []
    for name in wide:
        x, y = pixels(*name["position"], zoom)
        half = len(name["label_map"]) * LETTER * 0.7
        steps = [step * LINE for step in (0, 1, -1, 2, -2, 3)]
        boxes = [("middle", [0, dy], (x - half, y + dy - LINE, x + half, y + dy + LINE)) for dy in steps]
        _choose(name, boxes, taken, frame)


def _choose(name: dict[str, Any], candidates: list[Candidate], taken: list[Box], frame: Box) -> None:
    for anchor, offset, box in candidates:
        if _inside(box, frame) and not any(_meet(box, other) for other in taken):
            name["anchor"], name["offset"], name["box"] = anchor, offset, box
            return
