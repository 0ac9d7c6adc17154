"""The nations as CSV."""

from __future__ import annotations

import csv
import io

from ledger.tables import nations_csv
from tests.rows import Row, base, done, nation, picture_of, promise, troops


def read(rows: list[Row], role: str | None = None, gone: bool | None = None) -> list[dict[str, str]]:
    data = nations_csv(picture_of(rows, "2025-09-07"), role, gone)
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


TOLD = [
    nation("2025-01-01", "FI"),
    done("2025-02-01", "2025-01-31", place="IQ", force="FI"),
    nation("2025-01-01", "US"),
    troops("2025-09-01", 2500, 2500, approximate=True),
    nation("2025-01-01", "FR"),
    troops("2025-08-01", 0, 0, force="FR"),
    nation("2025-01-01", "nato", "nato"),
]


def test_bytes_are_what_spreadsheets_and_programs_expect() -> None:
    data = nations_csv(picture_of(TOLD, "2025-09-07"))
    assert data.startswith(b"\xef\xbb\xbfcode,name,role,count_min,")
    assert data.endswith(b"\r\n")
    assert data.count(b"\r\n") == data.count(b"\n") == 5  # one header row, four nations
    assert nations_csv(picture_of([], "2025-09-07")).count(b"\n") == 1


def test_codes_days_and_unknown_beside_zero() -> None:
    found = {row["name"]: row for row in read(TOLD)}
    assert {name: row["code"] for name, row in found.items()} == {
        "Finland": "FI", "France": "FR", "United States": "US", "NATO": "",
    }  # fmt: skip
    american = found["United States"]
    assert [american[k] for k in ("count_min", "count_max", "approximate")] == ["2500", "2500", "true"]
    assert [american[k] for k in ("count_place", "count_day")] == ["IQ", "2025-09-01"]
    assert [american[k] for k in ("gone", "gone_on")] == ["false", ""]
    assert american["url"] == TOLD[3]["url"]
    assert (found["France"]["count_min"], found["France"]["count_max"]) == ("0", "0")
    assert (found["Finland"]["count_min"], found["Finland"]["approximate"]) == ("", "")
    assert (found["Finland"]["gone"], found["Finland"]["gone_on"]) == ("true", "2025-01-31")


def test_no_cell_is_run_as_a_formula_and_none_is_cut() -> None:
    names = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", 'The "Daily", of\nBaghdad', "شفق نيوز"]
    codes = ["FR", "IT", "ES", "DE", "NL", "DK", "GB"]
    told = [nation("2025-01-01", code, publisher=name) for code, name in zip(codes, names, strict=True)]
    found = {row["code"]: row["publisher"] for row in read(told)}
    assert [found[code] for code in codes[:5]] == [f"'{name}" for name in names[:5]]
    assert [found[code] for code in codes[5:]] == names[5:]


def test_roles_places_entry_and_announced_end() -> None:
    told = [
        *TOLD,
        nation("2025-03-01", "US", "nato"),
        troops("2025-08-30", 900, 900, place="SY"),
        base("2024-12-01", "A", "arriving", force="US"),
        promise("2025-01-01", "2026-09", place="IQ", force="US"),
    ]
    found = {row["code"]: row for row in read(told)}
    american = found["US"]
    assert [american[k] for k in ("role", "roles", "places")] == ["nato", "nato;coalition", "IQ;SY"]
    assert [american[k] for k in ("entry", "arrival")] == ["2024-12-01", "true"]
    exits = [american[f"exit_{k}"] for k in ("place", "start", "end", "state")]
    assert exits == ["IQ", "2026-09-01", "2026-09-30", "upcoming"]
    finnish = found["FI"]
    assert [finnish[k] for k in ("roles", "places", "entry", "arrival", "exit_end")] == [
        "coalition", "", "2025-01-01", "false", "",
    ]  # fmt: skip
    assert [row["code"] for row in read(told, role="nato")] == ["US", ""]
    assert [row["code"] for row in read(told, gone=True)] == ["FI"]
    assert not read(told, role="nato", gone=True)
