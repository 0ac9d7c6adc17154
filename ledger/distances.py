"""How far a place is from the capital, from its region's seat, from the nearest border and from other places.

Distances are geodesic (geopy, WGS 84), in kilometres. Coordinates are those of ``data/places.csv`` and
``data/seats.csv``; borders those of ``data/borders/countries.geojson``, simplified to about 1 km. A border is a line
that two countries share: a coast is none, so places on an island have no border.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from geopy.distance import geodesic

from extract.frames import region_of
from extract.tables import DATA, Row, places, rows

Point = tuple[float, float]  # latitude, longitude
Line = tuple[Point, Point]
# What ``data/places.csv`` calls a point that stands for a site whose own is not public.
ROUGH = "approximate"


@dataclass(frozen=True)
class Distances:
    """Kilometres from one place; None where there is no such thing, or it lies in a country not told of.

    ``capital`` and ``seat`` are ids of ``seats``, ``neighbour`` is the country beyond the nearest border. ``rough``:
    the place's own coordinates are approximate.
    """

    capital: str | None
    capital_km: float | None
    seat: str | None
    seat_km: float | None
    neighbour: str | None
    border_km: float | None
    rough: bool


@cache
def seats() -> dict[str, Row]:
    """Capitals by their country and governorates' towns by their region: rows of ``data/seats.csv``."""
    return {row["place"]: row for row in rows("seats.csv")}


def point_of(row: Row) -> Point | None:
    """Latitude and longitude of a row of a table, in degrees."""
    return (float(row["latitude"]), float(row["longitude"])) if row.get("latitude") else None


def km(one: Point, other: Point) -> float:
    """The geodesic distance of two points."""
    return float(geodesic(one, other).km)


@cache
def distances(place: str) -> Distances | None:
    """The distances of a place of the gazetteer; None of one without coordinates."""
    row = places().get(place, {})
    here = point_of(row)
    if here is None:
        return None
    country, region = row["country"], region_of(place)
    border = nearest_border(country, here)
    return Distances(
        capital=country if country in seats() else None,
        capital_km=_to_seat(country, here),
        seat=region if region in seats() else None,
        seat_km=_to_seat(region, here),
        neighbour=border[0] if border else None,
        border_km=border[1] if border else None,
        rough=row["source"].startswith(ROUGH),
    )


def _to_seat(place: str | None, here: Point) -> float | None:
    there = point_of(seats().get(place or "", {}))
    return km(here, there) if there else None


def nearest(place: str, others: Iterable[str], most: int) -> list[tuple[str, float]]:
    """The other places nearest to a place, with their distances, the nearest first; those without a point left out."""
    here = point_of(places().get(place, {}))
    if here is None:
        return []
    points = {other: point for other in others if other != place and (point := point_of(places().get(other, {})))}
    return sorted(((other, km(here, point)) for other, point in points.items()), key=lambda one: one[1])[:most]


def nearest_border(country: str, here: Point) -> tuple[str, float] | None:
    """The neighbour behind the border of ``country`` that is nearest to a point, and how far that is."""
    lines = [(neighbour, line) for neighbour, found in borders(country).items() for line in found]
    if not lines:
        return None
    apart = {(neighbour, line): _apart(here, _foot(here, line)) for neighbour, line in lines}
    neighbour, line = min(apart, key=apart.__getitem__)
    return neighbour, km(here, _foot(here, line))


@cache
def borders(country: str) -> dict[str, list[Line]]:
    """The straight pieces of a country's borders by the neighbour whom it shares them with."""
    found: dict[str, list[Line]] = {}
    for line, countries in _pieces().items():
        if country in countries:
            for other in sorted(countries - {country}):
                found.setdefault(other, []).append(line)
    return found


@cache
def _pieces() -> dict[Line, set[str]]:
    """Every straight piece of every outline, and whose it is: neighbours have the same corners (``make.py``)."""
    found: dict[Line, set[str]] = {}
    text = (DATA / "borders" / "countries.geojson").read_text(encoding="utf-8")
    for feature in json.loads(text)["features"]:
        for ring in (ring for part in feature["geometry"]["coordinates"] for ring in part):
            corners = [(latitude, longitude) for longitude, latitude in ring]
            for start, end in pairwise(corners):
                found.setdefault((min(start, end), max(start, end)), set()).add(feature["properties"]["id"])
    return found


def _foot(here: Point, line: Line) -> Point:
    """The point of a short straight line that is nearest to ``here``, on a map that is true to scale there."""
    narrow = math.cos(math.radians(here[0]))
    (y0, x0), (y1, x1) = line
    dy, dx = y1 - y0, (x1 - x0) * narrow
    along = ((here[0] - y0) * dy + (here[1] - x0) * narrow * dx) / ((dy * dy + dx * dx) or 1.0)
    along = min(1.0, max(0.0, along))
    return y0 + along * (y1 - y0), x0 + along * (x1 - x0)


def _apart(one: Point, other: Point) -> float:
    """How far two points are apart on such a map, to compare by."""
    return math.hypot(one[0] - other[0], (one[1] - other[1]) * math.cos(math.radians(one[0])))
