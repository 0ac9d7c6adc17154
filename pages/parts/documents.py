"""What can be taken away: the picture of a day as tables, map, calendar, workbook and package."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from http import HTTPStatus
from itertools import islice
from typing import TYPE_CHECKING

from ledger.filters import FILTERS, OF_REPORTS
from pages.parts.claims import deadline_title, outcome, show_key
from pages.parts.data import Row
from pages.parts.wanted import Wanted, WrongError

if TYPE_CHECKING:
    from ledger.agenda import Entry

# Facts in a file that is made in one piece; facts.csv and facts.jsonl come line by line and have no limit.
MOST = 100_000
SHEET = 30_000  # in the workbook, which is dear to make: a second for a few thousand
LICENCE = ("Apache-2.0", "Apache License 2.0", "https://www.apache.org/licenses/LICENSE-2.0")
TABLES = ("nations", "bases", "troops", "deadlines")


@dataclass(frozen=True)
class Export:
    """One document: its media type, the table whose filters it takes (none: ""), and what gives its bytes."""

    media: str
    table: str
    make: Callable[[Wanted], Iterable[bytes]]

    @property
    def filters(self) -> tuple[str, ...]:
        return FILTERS.get(self.table, ())


def rows(asked: Wanted, table: str) -> list[Row]:
    """The tidy rows of one table of the picture that are asked for."""
    from ledger.tidy import tidy  # noqa: PLC0415 - heavy, and not needed by the pages' first run (as below)

    shot, ledger = asked.shot, asked.view.books.ledger
    return tidy(table, shot.picture, asked.chosen, ledger.facts, asked.view.words)


def facts(asked: Wanted) -> Iterator[Row]:
    """The tidy facts that are asked for, the newest first."""
    from ledger.filters import UNSTATED  # noqa: PLC0415
    from ledger.tidy import tidy_facts  # noqa: PLC0415

    ledger, chosen, day = asked.view.books.ledger, asked.chosen, asked.view.as_of
    if {"kind", "force", "place"} <= chosen.keys():  # the few of a page are found by their index
        place = None if chosen["place"] == UNSTATED else chosen["place"]
        found: Iterable[Row] = ledger.facts_about(chosen["kind"], chosen["force"], place, day)
    else:
        found = ledger.facts_until(day)
    if (reports := _reports(asked)) is not None:
        found = (fact for fact in found if fact["report"] in reports)
    own = {name: value for name, value in chosen.items() if name not in OF_REPORTS}
    return tidy_facts(found, own, asked.view.words)


def _reports(asked: Wanted) -> set[str] | None:
    """The reports whose facts are asked for by search or language; None where all are. Raises WrongError."""
    from ledger.search import terms  # noqa: PLC0415
    from ledger.shelf import Wanted as Sought  # noqa: PLC0415

    chosen, view = asked.chosen, asked.view
    query, lang = chosen.get("q", ""), chosen.get("language", "")
    if not (query or lang):
        return None
    sought = terms(query)
    if query and not sought:
        raise WrongError(HTTPStatus.BAD_REQUEST, view.words.lang, "search")
    return {entry.report for entry in view.books.ledger.found(Sought(sought, lang=lang), view.as_of)}


def at_most(asked: Wanted, found: Iterable[Row], most: int) -> Iterator[Row]:
    """The rows, no more than ``most``. Raises WrongError with status 413 when there are more."""
    left = iter(found)
    yield from islice(left, most)
    if next(left, None) is not None:
        word, names = asked.view.words, ", ".join(FILTERS["facts"])
        raise WrongError(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, word.lang, "large", n=word.number(most), filters=names)


def table_csv(table: str, asked: Wanted) -> Iterable[bytes]:
    """A table as CSV."""
    from ledger.tables import csv_lines  # noqa: PLC0415

    return csv_lines(table, facts(asked) if table == "facts" else rows(asked, table))


def facts_jsonl(asked: Wanted) -> Iterable[bytes]:
    """Facts as JSON lines."""
    from ledger.tables import json_lines  # noqa: PLC0415

    return json_lines(facts(asked))


def facts_parquet(asked: Wanted) -> Iterable[bytes]:
    """Facts as Parquet."""
    from ledger.columnar import parquet  # noqa: PLC0415

    told = {"as_of": asked.view.as_of.isoformat(), "rights": asked.view.words("export.rights"), "cite": cite(asked)}
    yield parquet("facts", at_most(asked, facts(asked), MOST), told)


def bases_geojson(asked: Wanted) -> Iterable[bytes]:
    """Bases as GeoJSON."""
    from ledger.geojson import geojson  # noqa: PLC0415

    yield geojson(rows(asked, "bases"))


def picture_json(asked: Wanted) -> Iterable[bytes]:
    """The whole picture with all that its rows rest on, as the ledger draws it."""
    from ledger.plain import json_ready  # noqa: PLC0415

    shot = asked.shot
    told = {"as_of": shot.as_of, "newest": shot.newest, "reports": shot.reports, "cite": cite(asked)}
    told |= {"rights": asked.view.words("export.rights")} | {name: getattr(shot, name) for name in TABLES}
    yield json.dumps(json_ready(told), ensure_ascii=False).encode()


def deadlines_ics(asked: Wanted) -> Iterable[bytes]:
    """Deadlines as a calendar."""
    from ledger.agenda import calendar  # noqa: PLC0415
    from ledger.filters import fits  # noqa: PLC0415

    word = asked.view.words
    found = [row for row in asked.shot.deadlines if fits("deadlines", row, asked.chosen)]
    yield calendar(word("export.calendar"), word.lang, [_entry(asked, row) for row in found])


def _entry(asked: Wanted, row: Row) -> Entry:
    """A deadline in the calendar: its window, the place, what became of it, who told it, and the link."""
    from extract.tables import places  # noqa: PLC0415
    from ledger.agenda import Entry  # noqa: PLC0415
    from ledger.filters import standing  # noqa: PLC0415

    word, url = asked.view.words, asked.page("deadlines", show=show_key("deadline", row))
    told = [outcome(word, row), word.window(row)]
    if row["announcer"]:
        told.append(word("export.announced", who=row["announcer"], day=word.day(row["first_published"])))
    known = places().get(row["place"], {})
    point = (float(known["latitude"]), float(known["longitude"])) if known.get("latitude") else None
    return Entry(
        key=row["first_fact"],
        start=row["date_start"] or row["date_end"],
        end=row["date_end"],
        title=deadline_title(word, row),
        place=word.place(row["place"]),
        about="\n".join([*told, url]),
        url=url,
        told=row["published"],
        state=standing(row),
        moves=len(row["moves"]),
        point=point,
    )


def ledger_xlsx(asked: Wanted) -> Iterable[bytes]:
    """All tables as a workbook with headings in the language asked for."""
    from ledger.columns import columns  # noqa: PLC0415
    from ledger.workbook import Sheet, workbook  # noqa: PLC0415

    word = asked.view.words
    sheets = [Sheet(word(f"sheet.{name}"), columns(name), rows(asked, name)) for name in TABLES]
    sheets.append(Sheet(word("sheet.facts"), columns("facts"), at_most(asked, facts(asked), SHEET)))
    told = [(word("as_of"), asked.view.as_of.isoformat()), (word("sheet.read"), word("export.read"))]
    told += [(word("sheet.cite"), cite(asked)), (word("sheet.rights"), word("export.rights"))]
    yield workbook(sheets, told, word("brand"), word.lang, asked.view.as_of)


def package_zip(asked: Wanted) -> Iterable[bytes]:
    """All tables as a Frictionless Data Package."""
    from ledger.package import About, package  # noqa: PLC0415

    word = asked.view.words
    about = About(
        title=word("brand"),
        description=word("export.read"),
        citation=cite(asked),
        rights=word("export.rights"),
        licence=LICENCE,
        home=asked.base,
        as_of=asked.view.as_of,
        lang=word.lang,
    )
    tables = {name: rows(asked, name) for name in TABLES}
    yield package(about, {**tables, "facts": at_most(asked, facts(asked), MOST)})


def cite(asked: Wanted) -> str:
    """How to cite the picture of the day asked for."""
    word = asked.view.words
    url = f"{asked.base}?lang={word.lang}&as_of={asked.view.as_of}"
    return word("export.cite", brand=word("brand"), day=word.day(asked.view.as_of), url=url)


CSV = "text/csv; charset=utf-8"
EXPORTS = {
    **{f"{table}.csv": Export(CSV, table, partial(table_csv, table)) for table in (*TABLES, "facts")},
    "facts.jsonl": Export("application/x-ndjson", "facts", facts_jsonl),
    "facts.parquet": Export("application/vnd.apache.parquet", "facts", facts_parquet),
    "bases.geojson": Export("application/geo+json", "bases", bases_geojson),
    "deadlines.ics": Export("text/calendar; charset=utf-8", "deadlines", deadlines_ics),
    "ledger.xlsx": Export("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "", ledger_xlsx),
    "package.zip": Export("application/zip", "", package_zip),
    "picture.json": Export("application/json", "", picture_json),
}
