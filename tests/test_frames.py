"""Facts as dataframes: the same columns and dtypes whatever comes in, coordinates joined from the gazetteer."""

from __future__ import annotations

import csv
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from extract import extract
from extract.frames import Frames, frames, region_of

DATA = Path(__file__).resolve().parent.parent / "data"
COMMON = {
    "fact": "string", "report": "string", "publisher": "string", "published": "date32[day][pyarrow]",
    "lang": "string", "url": "string", "quote": "string", "char_start": "Int64", "char_end": "Int64",
    "speaker": "string", "rule": "string", "force": "string",
}  # fmt: skip
POINT = {"latitude": "Float64", "longitude": "Float64"}
DAYS = {"date_start": "date32[day][pyarrow]", "date_end": "date32[day][pyarrow]"}
EXPECTED: dict[str, dict[str, str]] = {
    "bases": COMMON | {"place": "string", "status": "string"} | POINT | {"region": "string", "country": "string"},
    "troops": COMMON
    | {"place": "string", "count_min": "Int64", "count_max": "Int64", "approximate": "boolean", "status": "string"}
    | POINT,
    "deadlines": COMMON
    | {"place": "string", "event": "string"} | DAYS | {"precision": "string", "status": "string"}
    | POINT,
    "nations": COMMON | {"role": "string"},
}  # fmt: skip
TEXT = (
    "Fewer than 500 US troops will stay in Iraq. The coalition left Ain al-Asad on 17 January 2026. "
    "Its mission in the Kurdistan Region ends in September 2026."
)
PUBLISHED = date(2026, 1, 18)


def row(**values: Any) -> dict[str, Any]:
    return {"kind": "base", "place": "ain-al-asad", "force": "US", "status": "left", "published": PUBLISHED} | values


def read() -> Frames:
    """The dataframes of a small report."""
    report = {"report": "one", "publisher": "A", "published": PUBLISHED, "lang": "en", "url": None}
    facts = extract(TEXT, PUBLISHED, "en")
    return frames(asdict(fact) | report | {"fact": str(at)} for at, fact in enumerate(facts))


@pytest.mark.parametrize("name", EXPECTED)
@pytest.mark.parametrize("full", [True, False], ids=["facts", "no facts"])
def test_columns_and_dtypes_are_fixed(name: str, full: bool) -> None:
    made: pd.DataFrame = getattr(read() if full else frames([]), name)
    assert {column: str(dtype) for column, dtype in made.dtypes.items()} == EXPECTED[name]
    assert list(made.columns) == list(EXPECTED[name])
    assert bool(len(made)) == full


def test_values_come_through() -> None:
    made = read()
    (base,) = made.bases.to_dict("records")
    assert (base["place"], base["force"], base["status"]) == ("ain-al-asad", "coalition", "left")
    assert (base["region"], base["country"]) == ("IQ-AN", "IQ")
    assert TEXT[base["char_start"] : base["char_end"]] == base["quote"]
    (troops,) = made.troops.to_dict("records")
    assert pd.isna(troops["count_min"])
    assert (troops["count_max"], troops["approximate"]) == (500, False)
    assert made.deadlines["date_end"].tolist() == [date(2026, 1, 17), date(2026, 9, 30)]
    assert made.deadlines["published"].tolist() == [PUBLISHED, PUBLISHED]
    assert made.nations[["force", "role"]].to_numpy().tolist() == [["US", "coalition"]]


def test_coordinates_are_those_of_the_gazetteer() -> None:
    with (DATA / "places.csv").open(encoding="utf-8", newline="") as table:
        points = {r["id"]: (float(r["latitude"]), float(r["longitude"])) for r in csv.DictReader(table)}
    made = frames(row(place=place) for place in points).bases
    assert dict(zip(made["place"], zip(made["latitude"], made["longitude"], strict=True), strict=True)) == points


@pytest.mark.parametrize("place", ["a-base-nobody-knows", None])
def test_a_place_that_is_not_in_the_gazetteer_has_no_coordinates(place: str | None) -> None:
    made = frames([row(place=place), row()]).bases
    assert made[["latitude", "longitude", "region", "country"]].isna().all(axis=1).tolist() == [True, False]


def test_unknown_is_not_zero() -> None:
    kinds = [{"count_min": 0, "count_max": 0}, {"count_min": None, "count_max": None}]
    made = frames(row(kind="troops", **counts) for counts in kinds).troops
    assert made["count_min"].isna().tolist() == [False, True]
    assert made["count_max"].fillna(-1).tolist() == [0, -1]


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        ("ain-al-asad", "IQ-AN"),
        ("al-tanf", "SY-HI"),
        ("IQ-BG", "IQ-BG"),
        ("IQ", None),
        ("iq-federal", None),
        ("tower-22", None),
        ("a-base-nobody-knows", None),
    ],
)
def test_region(place: str, expected: str | None) -> None:
    assert region_of(place) == expected
