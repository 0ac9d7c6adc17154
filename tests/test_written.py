"""Calendar, feed, map, workbook, package and Parquet, each read back by somebody else's program."""

from __future__ import annotations

import io
import json
import re
import zipfile
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import feedparser
import pyarrow.parquet as pq
import pytest
from frictionless import Package
from geojson_pydantic import FeatureCollection
from icalendar import Calendar
from openpyxl import load_workbook

from ledger.agenda import Entry, calendar
from ledger.atom import Feed, News, atom
from ledger.columnar import parquet
from ledger.columns import TABLES, columns, dictionary
from ledger.geojson import geojson
from ledger.happenings import happenings, key_of
from ledger.package import About, package
from ledger.workbook import Sheet, workbook
from tests.rows import base, nation, picture_of, promise
from tests.unruly import ALL, CONTROLS, FORMULAS, MARKUP

DAY = date(2025, 9, 7)
ABOUT = About(
    "Monitor", "What it is.", "Cite it.", "Rights.", ("Apache-2.0", "Apache License 2.0", "https://www.apache.org/licenses/LICENSE-2.0"),
    "https://example.org/", DAY, "en",
)  # fmt: skip
VALUES: dict[str, Any] = {"integer": 3, "number": -1.5, "boolean": True, "date": DAY, "string": "text"}


def row(table: str, **values: object) -> dict[str, Any]:
    """A row with a value of its type in every column, but for those given."""
    return {column.name: VALUES[column.type] for column in columns(table)} | values


def facts() -> list[dict[str, Any]]:
    return [row("facts", fact=str(at), quote=text, publisher=text, speaker=None) for at, text in enumerate(ALL)]


def test_the_calendar_has_window_place_and_link_and_says_nothing_twice() -> None:
    entry = Entry(
        "f1", date(2025, 9, 1), date(2025, 9, 30), f"End, of\nall; {MARKUP}{CONTROLS}", "قاعدة", "a\nb", "https://x.org/deadlines?a=1&b=2",
        DAY, "due", 2, (33.8, 42.4),
    )  # fmt: skip
    raw = calendar("Deadlines", "en", [entry])
    assert raw == calendar("Deadlines", "en", [entry])
    assert all(len(line) <= 75 for line in raw.split(b"\r\n"))
    made = Calendar.from_ical(raw)
    assert not made.errors
    (event,) = made.walk("VEVENT")
    assert (event.decoded("dtstart"), event.decoded("dtend")) == (date(2025, 9, 1), date(2025, 10, 1))
    assert event["summary"] == f"End, of\nall; {MARKUP}abcd"
    assert (event["location"], event["url"]) == ("قاعدة", entry.url)
    assert event.decoded("dtstamp") == datetime(2025, 9, 7, tzinfo=UTC)
    assert (event["sequence"], event["uid"]) == (2, "f1@foreign-forces-monitor")
    assert Calendar.from_ical(calendar("None", "ar", [])).walk("VEVENT") == []


def test_the_feed_is_well_formed_whatever_reports_say_and_its_ids_stay() -> None:
    head = Feed("Monitor", "en", "https://x.org/feed.atom?lang=en", "https://x.org/?lang=en", DAY, "Rights.")
    news = [
        News(("report", str(at)), DAY, text, text, "report", "https://x.org/?a=1&b=2", text)
        for at, text in enumerate(ALL)
    ]
    found = feedparser.parse(atom(head, news))
    assert not found.bozo, found.bozo_exception
    assert found.version == "atom10"
    assert len(found.entries) == len({entry.id for entry in found.entries}) == len(ALL)
    assert found.entries[0].link == "https://x.org/?a=1&b=2"
    assert found.entries[ALL.index(MARKUP)].title_detail.type == "text/plain"
    other = Feed("مرصد", "ar", "https://y.org/feed.atom", "https://y.org/", DAY, "")
    assert [one.id for one in feedparser.parse(atom(other, news)).entries] == [one.id for one in found.entries]
    assert not feedparser.parse(atom(head, [])).bozo


def test_the_map_is_valid_geojson_with_longitude_first() -> None:
    raw = geojson([row("bases", latitude=33.8, longitude=42.4, place="a"), row("bases", latitude=None, place="b")])
    found = FeatureCollection.model_validate_json(raw)
    assert found.features[0].geometry.model_dump()["coordinates"] == (42.4, 33.8)
    assert found.features[1].geometry is None
    assert json.loads(raw)["features"][0]["properties"]["since"] == "2025-09-07"


@pytest.mark.parametrize(("lang", "turned"), [("en", False), ("ar", True), ("ckb", True)])
def test_the_workbook_has_real_days_no_formulas_and_the_direction_of_its_language(lang: str, turned: bool) -> None:
    sheets = [Sheet("Facts", columns("facts"), facts()), Sheet("None", columns("bases"), [])]
    raw = workbook(sheets, [("as of", "=1+1")], "Monitor", lang, DAY)
    with zipfile.ZipFile(io.BytesIO(raw)) as parts:
        moments = re.findall(rb"\d\d:\d\d:\d\d", parts.read("docProps/core.xml"))
        assert moments == [b"00:00:00"] * 2  # not when it was made: the same picture has the same bytes
    assert raw == workbook(sheets, [("as of", "=1+1")], "Monitor", lang, DAY)
    book = load_workbook(io.BytesIO(raw))
    assert book.sheetnames == ["Monitor", "Facts", "None"]
    assert {bool(sheet.sheet_view.rightToLeft) for sheet in book} == {turned}
    page = book["Facts"]
    assert [cell.value for cell in page[1]] == [column.titles[lang] for column in columns("facts")]
    names = list(TABLES["facts"])
    cell = page.cell(2, names.index("published") + 1)
    assert (cell.value.date(), cell.is_date, cell.number_format) == (DAY, True, "yyyy-mm-dd")
    assert page.cell(2, names.index("count_min") + 1).value == 3
    assert not [cell.coordinate for sheet in book for line in sheet for cell in line if cell.data_type == "f"]
    quotes = [page.cell(at, names.index("quote") + 1).value for at in range(2, len(ALL) + 2)]
    assert quotes[: len(FORMULAS) - 3] == FORMULAS[:-3]
    assert quotes[ALL.index(MARKUP)] == MARKUP
    assert (page.freeze_panes, page.max_row, book["None"].max_row) == ("A2", len(ALL) + 1, 1)


def test_the_package_is_valid_and_tells_what_each_column_means(tmp_path: Path) -> None:
    tables = {"bases": [row("bases")], "facts": facts(), "troops": []}
    raw = package(ABOUT, tables)
    assert raw == package(ABOUT, {"bases": [row("bases")], "facts": facts(), "troops": []})
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        archive.extractall(tmp_path)
    report = Package(tmp_path / "datapackage.json").validate()
    assert report.valid, report.flatten(["rowNumber", "fieldName", "type", "note"])
    told = json.loads((tmp_path / "datapackage.json").read_text("utf-8"))
    assert (told["as_of"], told["citation"], told["licenses"][0]["name"]) == ("2025-09-07", "Cite it.", "Apache-2.0")
    assert {resource["name"] for resource in told["resources"]} == {"bases", "facts", "troops", "columns"}
    fields = {field["name"]: field for field in told["resources"][0]["schema"]["fields"]}
    assert fields["troops_min"]["unit"] == "persons"
    assert all(field["description"] for field in fields.values())
    assert "text" in {source["title"] for source in told["sources"]}


def test_a_package_with_a_value_of_another_type_is_not_valid(tmp_path: Path) -> None:
    with zipfile.ZipFile(io.BytesIO(package(ABOUT, {"bases": [row("bases", troops_min="many")]}))) as archive:
        archive.extractall(tmp_path)
    assert not Package(tmp_path / "datapackage.json").validate().valid


def test_parquet_has_real_types_and_every_letter() -> None:
    raw = parquet("facts", iter(facts()), {"as_of": "2025-09-07"})
    found = pq.read_table(io.BytesIO(raw))
    assert found.column("quote").to_pylist() == ALL
    assert (str(found.schema.field("published").type), str(found.schema.field("count_min").type)) == (
        "date32[day]",
        "int64",
    )
    assert found.schema.metadata[b"as_of"] == b"2025-09-07"
    assert found.schema.field("count_min").metadata[b"about"].decode() == dictionary()["count_min"].about
    assert pq.read_table(io.BytesIO(parquet("facts", [], {}))).num_rows == 0


PLAN = [
    promise("2025-09-01", "2025-09"),
    promise("2025-09-20", "2025-10", "B"),
    base("2025-09-25", "C", "left"),
    nation("2025-10-03", "FR"),
]


def test_a_change_is_the_same_whatever_later_day_it_is_asked_on() -> None:
    days = [date(2025, 9, 1), date(2025, 9, 20), date(2025, 9, 25), date(2025, 10, 3)]

    def told(until: str) -> dict[tuple[str, ...], date]:
        found = happenings(lambda day: picture_of(PLAN, day.isoformat()), days, date.fromisoformat(until))
        assert [change.day for change in found] == sorted((change.day for change in found), reverse=True)
        return {key_of(change): change.day for change in found}

    early, late = told("2025-09-26"), told("2025-11-30")
    assert early.items() <= late.items()
    assert {key[:3] for key in late} >= {
        ("deadline", "new", "2025-09-01"),
        ("deadline", "moved", "2025-09-20"),
        ("base", "new", "2025-09-25"),
        ("nation", "new", "2025-10-03"),
    }
    assert happenings(lambda day: picture_of([], day.isoformat()), [], date(2025, 9, 1)) == []
