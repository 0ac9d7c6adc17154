"""A quiet line of links under what is shown: the same data as files, for this day and these filters."""

from __future__ import annotations

from html import escape
from urllib.parse import urlencode

from ledger.filters import FILTERS
from pages.parts.frame import View

FORMS = {
    "csv": "CSV", "jsonl": "JSON Lines", "json": "JSON", "geojson": "GeoJSON", "ics": "iCalendar", "xlsx": "Excel",
    "parquet": "Parquet", "zip": "Data Package",
}  # fmt: skip


def take(view: View, *names: str, **filters: str | None) -> str:
    """HTML: links to exports (``nations.csv``, ``bases.geojson`` ...; keys of ``documents.EXPORTS``), with the filters.

    The day stands in the address even when it is today: what is taken is what is looked at. A filter without a value
    is none, and one that the export does not know is left out: workbook, package and ``picture.json`` take none.
    """
    word = view.words
    links = " · ".join(_link(view, name, filters) for name in names)
    return f"<p class='take' lang='{word.lang}'><span>{word.html('take.title')}</span> {links}</p>"


def _link(view: View, name: str, filters: dict[str, str | None]) -> str:
    stem, _, form = name.partition(".")
    chosen = {key: value for key, value in filters.items() if value and key in FILTERS.get(stem, ())}
    asked = urlencode({"lang": view.words.lang, "as_of": view.as_of.isoformat(), **chosen})
    title = view.words.html(f"export.{stem}_{form}")
    return f"<a href='{escape(f'export/{name}?{asked}')}' title='{title}'>{FORMS[form]}</a>"
