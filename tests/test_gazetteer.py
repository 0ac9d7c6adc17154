"""The gazetteer: ids, names, forces, coordinates and borders fit together."""

from __future__ import annotations

import csv
import json
import re
from collections import Counter, defaultdict
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
import shapely
from babel import Locale
from geopy.distance import geodesic
from shapely.geometry import Point, shape
from shapely.ops import nearest_points

from extract.fold import fold

DATA = Path(__file__).resolve().parent.parent / "data"
LANGUAGES = ("en", "ar", "ckb", "fr")
# Borders are simplified and some sites lie on a border, so a base may stand this far outside its polygon.
TOLERANCE_KM = 3.0
# Natural Earth draws the governorate of Baghdad no wider than the city; these districts belong to it.
OUTSIDE_KM = {"taji": 15.0, "abu-ghraib": 16.0, "besmaya": 15.0}
# Two names of one ground: the map shows them on one spot.
ONE_GROUND = {("ain-al-asad", "camp-havoc"), ("al-sahra", "speicher"), ("conoco", "mss-euphrates")}


def ids(text: str) -> list[str]:
    return text.split()


IRAQ = ids("""
    ain-al-asad harir victoria erbil-air-base joint-operations-command union-iii balad taji qayyarah k1
    kirkuk-air-base al-qaim habbaniyah besmaya nineveh-operations speicher mosul-dam makhmour h2 h3 bashiqa
    zilkan bamarni halabja abu-ghraib fob-grizzly al-sahra tallil camp-havoc black-tiger
""")
SYRIA = ids("""
    al-tanf al-shaddadi qasrak kharab-al-jir tal-baydar jabal-abdulaziz hasakah-base himo qamishli-airport
    conoco al-omar mss-euphrates al-jafra sarrin kharab-ashk manbij-base ayn-issa hmeimim
    tartus-base t4 qulayb
""")
ELSEWHERE = {
    "JO": ["tower-22", "muwaffaq-salti", "prince-hassan", "king-faisal-jafr", "jtc-amman"],
    "KW": ["camp-arifjan", "camp-buehring", "ali-al-salem", "ahmad-al-jaber", "camp-patriot"],
    "QA": ["al-udeid", "as-sayliyah"],
    "AE": ["al-dhafra", "al-minhad"],
    "SA": ["prince-sultan", "eskan", "king-fahd-taif"],
    "BH": ["nsa-bahrain", "isa-air-base"],
    "OM": ["thumrait", "masirah"],
    "TR": ["incirlik", "kurecik", "konya"],
    "CY": ["akrotiri"],
}
BASES = {"IQ": IRAQ, "SY": SYRIA, **ELSEWHERE}
GOVERNORATES = {
    "IQ": ids("AN AR BA BB BG DA DI DQ KA KI MA MU NA NI QA SD SU WA"),
    "SY": ids("DI RD HL HM HI LA TA ID DY HA RA SU DR QU"),
}
# Regions without a polygon of their own: a region of governorates, and a governorate younger than the data.
WITHOUT_BORDERS = {"IQ-KR": ["IQ-AR", "IQ-DA", "IQ-SU"], "halabja-governorate": ["IQ-SU"]}
# Surveyed points to hold the table against: OurAirports and Wikipedia.
KNOWN = {
    "ain-al-asad": (33.7856, 42.4412),
    "harir": (36.5347, 44.3397),
    "al-tanf": (33.5058, 38.6178),
    "al-udeid": (25.1173, 51.3150),
    "incirlik": (37.0021, 35.4259),
}

Row = dict[str, str]


@cache
def rows(name: str) -> list[Row]:
    with (DATA / name).open(encoding="utf-8", newline="") as table:
        return list(csv.DictReader(table))


@cache
def places() -> dict[str, Row]:
    return {row["id"]: row for row in rows("places.csv")}


@cache
def borders(name: str) -> dict[str, Any]:
    features = json.loads((DATA / "borders" / name).read_text(encoding="utf-8"))["features"]
    return {feature["properties"]["id"]: shape(feature["geometry"]) for feature in features}


def key(name: str) -> str:
    """A name as the reader compares it, with and without hyphens alike."""
    return " ".join(fold(name).replace("-", " ").split())


def polygon(place: str) -> Any:
    """The land of a region or country; of a region without borders, that of the governorates it lies in."""
    lands = {**borders("countries.geojson"), **borders("regions.geojson")}
    if place in WITHOUT_BORDERS:
        return shapely.union_all([lands[part] for part in WITHOUT_BORDERS[place]])
    return lands[place]


def outside_km(place: str, within: str) -> float:
    """How far a place's point lies outside the land of another place, in kilometres; 0 inside."""
    row = places()[place]
    point, land = Point(float(row["longitude"]), float(row["latitude"])), polygon(within)
    if land.covers(point):
        return 0.0
    edge = nearest_points(land, point)[0]
    return float(geodesic((edge.y, edge.x), (point.y, point.x)).km)


def test_ids_are_unique() -> None:
    assert not [place for place, count in Counter(row["id"] for row in rows("places.csv")).items() if count > 1]
    assert not [force for force, count in Counter(row["id"] for row in rows("forces.csv")).items() if count > 1]


@pytest.mark.parametrize(("country", "bases"), BASES.items())
def test_every_base_of_the_answer_keys_is_there(country: str, bases: list[str]) -> None:
    assert {base: places()[base]["country"] for base in bases if base in places()} == dict.fromkeys(bases, country)
    assert {places()[base]["kind"] for base in bases} == {"base"}


@pytest.mark.parametrize(("country", "codes"), GOVERNORATES.items())
def test_every_governorate_is_there_with_borders(country: str, codes: list[str]) -> None:
    wanted = {f"{country}-{code}" for code in codes}
    assert wanted <= {place for place, row in places().items() if row["kind"] == "region"}
    assert wanted <= borders("regions.geojson").keys()


def test_parents_lead_to_the_country() -> None:
    for place, row in places().items():
        above, seen = row, {place}
        while above["parent"]:
            assert above["parent"] in places(), f"{place}: no parent {above['parent']}"
            above = places()[above["parent"]]
            assert above["id"] not in seen, f"{place}: parents in a ring"
            seen.add(above["id"])
        assert (above["kind"], above["id"]) == ("country", row["country"]), place


def test_kinds_and_codes() -> None:
    assert {row["kind"] for row in rows("places.csv")} == {"country", "region", "area", "base"}
    assert {row["kind"] for row in rows("forces.csv")} == {"nation", "alliance"}
    known = Locale("en").territories
    assert all(row["country"] in known for row in rows("places.csv"))
    assert all(row["id"] in known for row in rows("forces.csv") if row["kind"] == "nation")
    iso = re.compile(r"[A-Z]{2}-[A-Z]{2}")
    regions = [place for place, row in places().items() if row["kind"] == "region"]
    assert [place for place in regions if not iso.fullmatch(place)] == ["halabja-governorate"]


def test_coordinates_are_there_with_their_source() -> None:
    for place, row in places().items():
        assert Point(float(row["longitude"]), float(row["latitude"])).within(shapely.box(25, 12, 75, 43)), place
        assert row["source"], place


@pytest.mark.parametrize("place", [b for bases in BASES.values() for b in bases])
def test_bases_lie_in_their_region_and_country(place: str) -> None:
    row = places()[place]
    assert outside_km(place, row["country"]) <= TOLERANCE_KM
    assert outside_km(place, row["parent"]) <= OUTSIDE_KM.get(place, TOLERANCE_KM)


def test_label_points_lie_inside() -> None:
    labelled = [p for p, row in places().items() if row["kind"] in {"country", "region"}]
    assert [p for p in labelled if outside_km(p, p) > 0] == []
    assert outside_km("iq-federal", "IQ") == 0 < outside_km("iq-federal", "IQ-KR")


@pytest.mark.parametrize(("place", "point"), KNOWN.items())
def test_known_points(place: str, point: tuple[float, float]) -> None:
    row = places()[place]
    assert geodesic(point, (float(row["latitude"]), float(row["longitude"]))).km < 1


def test_no_two_bases_on_one_spot() -> None:
    points = {p: (float(r["latitude"]), float(r["longitude"])) for p, r in places().items() if r["kind"] == "base"}
    near = {pair for pair in combinations(sorted(points), 2) if geodesic(*(points[p] for p in pair)).km < 0.3}
    assert near == ONE_GROUND


def test_names_belong_to_one_place_each() -> None:
    owners = defaultdict(set)
    for row in rows("names.csv"):
        owners[key(row["name"])].add(row["id"])
    for lang in LANGUAGES:
        for country in (p for p, row in places().items() if row["kind"] == "country"):
            owners[key(Locale(lang).territories[country])].add(country)
    assert {name: found for name, found in owners.items() if len(found) > 1} == {}


def test_name_rows_are_sound() -> None:
    seen: set[tuple[str, str]] = set()
    for row in rows("names.csv"):
        assert row["id"] in places(), row
        assert row["lang"] in LANGUAGES, row
        assert row["need"] in {"", "site"}, row
        assert row["name"] == row["name"].strip(), row
        assert len(key(row["name"])) > 1, row
        assert (row["lang"], fold(row["name"])) not in seen, f"twice: {row}"
        seen.add((row["lang"], fold(row["name"])))


def test_a_doubtful_name_is_doubtful_in_every_language() -> None:
    needs = defaultdict(set)
    for row in rows("names.csv"):
        needs[fold(row["name"])].add(row["need"])
    assert [name for name, need in needs.items() if len(need) > 1] == []


def test_every_place_has_a_name_in_every_language() -> None:
    named = {(row["id"], row["lang"]) for row in rows("names.csv")}
    assert [(p, lang) for p in places() for lang in LANGUAGES if (p, lang) not in named] == []


def test_force_rows_are_sound() -> None:
    forces = {row["id"] for row in rows("forces.csv")}
    seen: set[tuple[str, str]] = set()
    for row in rows("force_names.csv"):
        assert row["id"] in forces, row
        assert row["lang"] in LANGUAGES, row
        assert row["kind"] in {"name", "actor", "adjective", "demonym"}, row
        assert (row["lang"], fold(row["name"])) not in seen, f"twice: {row}"
        seen.add((row["lang"], fold(row["name"])))


def test_names_belong_to_one_force_each() -> None:
    owners = defaultdict(set)
    for row in rows("force_names.csv"):
        owners[row["lang"], key(row["name"])].add(row["id"])
    for row in rows("countries.csv"):
        owners[row["lang"], key(row["name"])].add(row["id"])
    assert {name: found for name, found in owners.items() if len(found) > 1} == {}


def test_every_country_has_one_name_in_every_language() -> None:
    nations = {row["id"] for row in rows("forces.csv") if row["kind"] == "nation"}
    countries = {place for place, row in places().items() if row["kind"] == "country"}
    named = sorted((row["id"], row["lang"]) for row in rows("countries.csv"))
    assert named == sorted((code, lang) for code in nations | countries for lang in LANGUAGES)


def test_every_force_can_be_named_in_every_language() -> None:
    named = {(row["id"], row["lang"]) for row in rows("force_names.csv")}
    assert [(r["id"], lang) for r in rows("forces.csv") for lang in LANGUAGES if (r["id"], lang) not in named] == []


@pytest.mark.parametrize(
    ("lang", "name", "force", "kind"),
    [
        ("ar", "أميركية", "US", "adjective"),
        ("ar", "الأتراك", "TR", "demonym"),
        ("ar", "البنتاغون", "US", "actor"),
        ("en", "US-led coalition", "coalition", "name"),
        ("en", "Italians", "IT", "demonym"),
        ("en", "NATO", "nato", "name"),
        ("fr", "américaines", "US", "adjective"),
        ("ckb", "هاوپەیمانان", "coalition", "name"),
    ],
)
def test_forces_the_press_names(lang: str, name: str, force: str, kind: str) -> None:
    found = {(r["lang"], fold(r["name"])): (r["id"], r["kind"]) for r in rows("force_names.csv")}
    bare = fold(name).removeprefix(fold("ال")) if lang == "ar" else fold(name)
    assert (found.get((lang, fold(name))) or found.get((lang, bare))) == (force, kind)


def test_borders_are_small_whole_and_shared() -> None:
    files = list((DATA / "borders").glob("*.geojson"))
    assert {file.name for file in files} == {"countries.geojson", "regions.geojson"}
    assert sum(file.stat().st_size for file in files) < 400_000
    for name in ("countries.geojson", "regions.geojson"):
        assert all(land.is_valid for land in borders(name).values())
        assert shapely.coverage_is_valid(list(borders(name).values()))


@pytest.mark.parametrize("country", ["IQ", "SY"])
def test_a_country_is_its_regions(country: str) -> None:
    parts = [land for code, land in borders("regions.geojson").items() if code.startswith(country)]
    assert shapely.union_all(parts).symmetric_difference(borders("countries.geojson")[country]).area < 0.001


def test_every_country_of_the_gazetteer_has_borders() -> None:
    assert {p for p, row in places().items() if row["kind"] == "country"} <= borders("countries.geojson").keys()
