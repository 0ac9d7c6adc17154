"""Bases as GeoJSON (RFC 7946)."""

from __future__ import annotations

import json

from ledger.plain import json_ready
from ledger.told import Row

POINT = ("longitude", "latitude")  # the order of GeoJSON


def geojson(rows: list[Row]) -> bytes:
    """Rows of the table ``bases`` as a FeatureCollection: points in degrees (WGS 84), all else as properties.

    A base whose coordinates are not known has no geometry.
    """
    return json.dumps(
        {"type": "FeatureCollection", "features": [_feature(row) for row in rows]}, ensure_ascii=False
    ).encode()


def _feature(row: Row) -> Row:
    point = [row[name] for name in POINT]
    return {
        "type": "Feature",
        "id": f"{row['place']}:{row['force']}",
        "geometry": None if None in point else {"type": "Point", "coordinates": point},
        "properties": json_ready({name: value for name, value in row.items() if name not in POINT}),
    }
