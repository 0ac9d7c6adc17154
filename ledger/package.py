"""The picture of a day as a Frictionless Data Package: CSV files, and what each of their columns means."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from ledger.columns import KEYS, Column, columns
from ledger.tables import BOM, csv_line, csv_lines
from ledger.told import Row
from ledger.zips import zipped

DICTIONARY = "columns.csv"


@dataclass(frozen=True)
class About:
    """What a package tells of itself; ``home`` is where it was taken from, ``licence`` its name, title and address."""

    title: str
    description: str
    citation: str
    rights: str
    licence: tuple[str, str, str]
    home: str
    as_of: date
    lang: str


def package(about: About, tables: Mapping[str, Iterable[Row]]) -> bytes:
    """A zip file: ``datapackage.json``, a CSV a table (keys of ``ledger.columns.TABLES``), ``columns.csv``.

    Checked by ``frictionless validate``. ``sources`` are the publishers of what is in it.
    """
    publishers: set[str] = set()
    files = {f"{name}.csv": csv_lines(name, _noting(rows, publishers)) for name, rows in tables.items()}

    def all_files() -> Iterator[tuple[str, Iterable[bytes]]]:
        yield from files.items()
        yield DICTIONARY, _dictionary(tables)
        yield "datapackage.json", [_descriptor(about, tables, publishers)]  # the publishers are known by now

    return zipped(all_files())


def _noting(rows: Iterable[Row], publishers: set[str]) -> Iterator[Row]:
    for row in rows:
        publishers.add(row["publisher"])
        yield row


def _dictionary(tables: Iterable[str]) -> Iterator[bytes]:
    yield BOM.encode() + csv_line(("table", "column", "type", "unit", "about"))
    for table in tables:
        for column in columns(table):
            yield csv_line((table, column.name, column.type, column.unit, column.about))


def _descriptor(about: About, tables: Iterable[str], publishers: Iterable[str | None]) -> bytes:
    name, title, path = about.licence
    told = {
        "profile": "tabular-data-package",
        "name": "foreign-forces-monitor",
        "id": f"foreign-forces-monitor-{about.as_of}",
        "title": about.title,
        "description": about.description,
        "homepage": about.home,
        "version": about.as_of.isoformat(),
        "created": f"{about.as_of}T00:00:00Z",
        "as_of": about.as_of.isoformat(),
        "lang": about.lang,
        "citation": about.citation,
        "rights": about.rights,
        "licenses": [{"name": name, "title": title, "path": path}],
        "sources": [{"title": publisher} for publisher in sorted(filter(None, publishers))],
        "resources": [*(_resource(table) for table in tables), _resource_of_columns()],
    }
    return json.dumps(told, ensure_ascii=False, indent=1).encode()


def _resource(table: str) -> dict[str, Any]:
    schema: dict[str, Any] = {"fields": [_field(column) for column in columns(table)], "missingValues": [""]}
    if table in KEYS:
        schema["primaryKey"] = list(KEYS[table])
    return _tabular(table, schema)


def _resource_of_columns() -> dict[str, Any]:
    fields = [{"name": name, "type": "string"} for name in ("table", "column", "type", "unit", "about")]
    return _tabular("columns", {"fields": fields, "missingValues": [""], "primaryKey": ["table", "column"]})


def _tabular(name: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {
        "profile": "tabular-data-resource",
        "name": name,
        "path": f"{name}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8-sig",  # UTF-8 with a byte order mark, so that spreadsheets know it
        "schema": schema,
    }


def _field(column: Column) -> dict[str, str]:
    field = {"name": column.name, "type": column.type, "title": column.titles["en"], "description": column.about}
    return field | ({"unit": column.unit} if column.unit else {})
