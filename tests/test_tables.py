"""Tables of the picture as tidy rows and as CSV: codes, days, unknown beside zero, nothing that is run."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from datetime import date
from typing import Any

import pandas as pd
import pytest

from extract.tables import rows as table
from ledger.columns import TABLES, dictionary
from ledger.filters import FILTERS, VALUES, fits
from ledger.tables import csv_lines, json_lines
from ledger.tidy import PICTURE, tidy, tidy_facts
from pages.parts.marks import BASES, DEADLINES
from pages.parts.words import words
from tests.rows import Row, base, done, nation, picture_of, promise, troops
from tests.unruly import ALL, CONTROLS, FORMULAS, TURNED

TOLD = [
    nation("2025-01-01", "FI"),
    done("2025-02-01", "2025-01-31", place="IQ", force="FI"),
    nation("2025-01-01", "US"),
    troops("2025-09-01", 2500, 2500, approximate=True),
    nation("2025-01-01", "FR"),
    troops("2025-08-01", 0, 0, force="FR"),
    nation("2025-01-01", "nato", "nato"),
    base("2025-01-01", "A", "present"),
    promise("2025-01-01", "2025-09"),
]


def tidied(name: str, told: list[Row], **chosen: str) -> list[Row]:
    known = {row["fact"]: row for row in told}

    def look_up(ids: list[str]) -> Mapping[str, Any]:
        return {ident: known[ident] for ident in ids if ident in known}

    return tidy(name, picture_of(told, "2025-09-07"), chosen, look_up, words("en"))


def as_csv(name: str, rows: list[Row]) -> bytes:
    return b"".join(csv_lines(name, rows))


def read(name: str, told: list[Row]) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(as_csv(name, tidied(name, told)).decode("utf-8-sig"), newline="")))


def test_bytes_are_what_spreadsheets_and_programs_expect() -> None:
    data = as_csv("nations", tidied("nations", TOLD))
    assert data.startswith(b"\xef\xbb\xbfas_of,force,code,force_name,role,")
    assert data.endswith(b"\r\n")
    assert data.count(b"\r\n") == data.count(b"\n") == 5  # one header row, four nations
    assert as_csv("nations", []).count(b"\n") == 1
    frame = pd.read_csv(io.BytesIO(data), keep_default_na=False, na_values=[""])
    assert list(frame.columns) == list(TABLES["nations"])
    assert frame.set_index("force").loc["FR", "count_max"] == 0


def test_codes_days_and_unknown_beside_zero() -> None:
    found = {row["force_name"]: row for row in read("nations", TOLD)}
    assert {name: row["code"] for name, row in found.items()} == {
        "Finland": "FI", "France": "FR", "United States": "US", "NATO": "",
    }  # fmt: skip
    american = found["United States"]
    assert [american[k] for k in ("count_min", "count_max", "approximate")] == ["2500", "2500", "true"]
    assert [american[k] for k in ("count_place", "count_day", "as_of")] == ["IQ", "2025-09-01", "2025-09-07"]
    assert [american[k] for k in ("gone", "gone_on")] == ["false", ""]
    assert (american["url"], american["publisher"]) == (TOLD[3]["url"], "A")
    assert (found["France"]["count_min"], found["France"]["count_max"]) == ("0", "0")
    assert (found["Finland"]["count_min"], found["Finland"]["approximate"]) == ("", "")
    assert (found["Finland"]["gone"], found["Finland"]["gone_on"]) == ("true", "2025-01-31")


def test_numbers_below_zero_are_numbers_and_a_deed_is_no_kept_promise() -> None:
    (site,) = tidied("bases", TOLD)
    line = as_csv("bases", [site | {"latitude": -1.5}]).decode().splitlines()[1]
    assert ",-1.5," in line and "'-1.5" not in line
    assert {row["state"] for row in read("deadlines", TOLD)} == {"due", "done"}


def test_no_cell_is_run_as_a_formula_and_none_is_cut() -> None:
    row = dict.fromkeys(TABLES["facts"])
    raw = as_csv("facts", [row | {"quote": text, "publisher": text} for text in ALL])
    found = [one["quote"] for one in csv.DictReader(io.StringIO(raw.decode("utf-8-sig"), newline=""))]
    assert len(found) == len(ALL)
    assert all(text.startswith("'") for text in found[: len(FORMULAS)])
    assert not any(text.startswith(tuple("=+-@\t\r\n")) for text in found)
    assert found[ALL.index(CONTROLS)] == "abcd"
    assert "\u202e" not in found[ALL.index(TURNED)]
    assert found[-2:] == ALL[-2:]


def test_json_lines_keep_every_letter() -> None:
    row = dict.fromkeys(TABLES["facts"]) | {"published": date(2025, 9, 7), "count_min": 0}
    lines = list(json_lines([row | {"quote": text} for text in [*ALL, "half \ud800"]]))
    assert [json.loads(line)["quote"] for line in lines[:-1]] == ALL
    assert json.loads(lines[0])["published"] == "2025-09-07"
    assert json.loads(lines[0])["count_min"] == 0
    assert json.loads(lines[0])["count_max"] is None
    assert all(line.count(b"\n") == 1 for line in lines)


@pytest.mark.parametrize(
    ("name", "chosen", "expected"),
    [
        ("nations", {"role": "nato"}, ["nato"]),
        ("nations", {"gone": "true"}, ["FI"]),
        ("nations", {"gone": "false", "role": "coalition"}, ["FR", "US"]),
        ("troops", {"force": "US"}, ["US"]),
        ("troops", {"force": "US", "place": "unstated"}, []),
        ("bases", {"region": "IQ-AN"}, ["coalition"]),
        ("bases", {"region": "IQ"}, ["coalition"]),
        ("bases", {"region": "SY"}, []),
        ("bases", {"state": "left"}, []),
        ("deadlines", {"place": "IQ"}, ["coalition", "FI"]),
        ("deadlines", {"place": "ain-al-asad", "state": "due"}, ["coalition"]),
        ("deadlines", {"state": "done"}, ["FI"]),
        ("deadlines", {"state": "met"}, []),
    ],
)
def test_filters(name: str, chosen: dict[str, str], expected: list[str]) -> None:
    assert sorted(row["force"] for row in tidied(name, TOLD, **chosen)) == sorted(expected)


def test_a_fact_of_no_named_force_is_the_coalitions() -> None:
    fact = troops("2025-09-01", 1, 1, force=None, review=None)
    assert fits("facts", fact, {"force": "coalition", "kind": "troops"})
    assert not fits("facts", fact, {"force": "US"})
    whole = dict.fromkeys(TABLES["facts"]) | fact
    (row,) = tidy_facts([whole], {"publisher": "A"}, words("ar"))
    assert (row["force"], row["force_name"], row["place_name"]) == (None, None, "العراق")


def test_every_column_is_used_and_told_in_three_languages() -> None:
    assert {name for names in TABLES.values() for name in names} == dictionary().keys()
    assert all(row[key] for row in table("columns.csv") for key in ("name", "type", "en", "ar", "ckb", "about"))
    for name in PICTURE:
        assert set(FILTERS[name]) <= {*TABLES[name], "role", "gone"}


def test_the_values_of_filters_are_those_of_the_pages() -> None:
    assert VALUES["bases", "state"] == tuple(BASES)
    assert VALUES["deadlines", "state"] == tuple(DEADLINES)


def test_roles_places_entry_and_announced_end() -> None:
    told = [
        *TOLD,
        nation("2025-03-01", "US", "nato"),
        troops("2025-08-30", 900, 900, place="SY"),
        base("2024-12-01", "A", "arriving", force="US"),
        promise("2025-01-01", "2026-09", place="IQ", force="US"),
    ]
    (american,) = [row for row in tidied("nations", told) if row["force"] == "US"]
    assert [american[k] for k in ("role", "roles", "places")] == ["nato", "nato coalition", "IQ SY"]
    assert [american[k] for k in ("entry", "arrival")] == [date(2024, 12, 1), True]
    exits = [american[f"exit_{k}"] for k in ("place", "start", "end", "state")]
    assert exits == ["IQ", date(2026, 9, 1), date(2026, 9, 30), "upcoming"]
