"""Tables as a workbook of Excel: real days and numbers, texts that are never formulas, right to left where read so."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.xml.constants import ARC_CORE
from openpyxl.xml.functions import tostring

from ledger.clean import shown
from ledger.columns import Column
from ledger.told import Row
from ledger.zips import timeless

LONGEST = 32_767  # characters in a cell, Excel's own limit
DAYS = "yyyy-mm-dd"
WIDTHS = {"date": 12, "integer": 12, "number": 12, "boolean": 10, "string": 18}
WIDE = {"quote": 70, "url": 40, "others": 24, "publisher": 26}


@dataclass(frozen=True)
class Sheet:
    """One sheet: its name, the columns with their headings in the sheet's language, and the rows."""

    name: str
    columns: Sequence[Column]
    rows: Iterable[Row]


def workbook(sheets: Iterable[Sheet], about: Sequence[tuple[str, str]], title: str, lang: str, day: date) -> bytes:
    """A workbook (.xlsx) of the sheets, and first one of what there is to know (``about``: label and text).

    In languages written from right to left the first column stands on the right. Headings are in ``lang``; row 1 stays
    in sight. Texts longer than a cell may be are cut, with a mark.
    """
    book = Workbook(write_only=True)
    book.properties.creator, book.properties.title = "Foreign Forces Monitor", shown(title)
    book.properties.created = book.properties.modified = datetime.combine(day, time(), UTC).replace(tzinfo=None)
    rtl = lang in ("ar", "ckb")
    _about(book, title, about, rtl)
    for sheet in sheets:
        _fill(book, sheet, lang, rtl)
    out = io.BytesIO()
    made = book.properties.modified
    book.save(out)
    book.properties.modified = made  # saving has put the moment there
    return timeless(out.getvalue(), {ARC_CORE: tostring(book.properties.to_tree())})


def _about(book: Workbook, title: str, about: Sequence[tuple[str, str]], rtl: bool) -> None:
    page = book.create_sheet(shown(title)[:31])
    page.sheet_view.rightToLeft = rtl
    page.column_dimensions["A"].width, page.column_dimensions["B"].width = 24, 100
    for label, text in about:
        name, words = _text(page, label), _text(page, text)
        name.font, words.alignment = Font(bold=True), Alignment(wrap_text=True, vertical="top")
        page.append([name, words])


def _fill(book: Workbook, sheet: Sheet, lang: str, rtl: bool) -> None:
    page = book.create_sheet(shown(sheet.name)[:31])
    page.sheet_view.rightToLeft = rtl
    page.freeze_panes = "A2"
    for number, column in enumerate(sheet.columns, 1):
        width = WIDE.get(column.name, WIDTHS[column.type])
        page.column_dimensions[get_column_letter(number)].width = max(width, len(column.titles[lang]) + 3)
    heads = [_text(page, column.titles[lang]) for column in sheet.columns]
    for head in heads:
        head.font = Font(bold=True)
    page.append(heads)
    count = 1
    for count, row in enumerate(sheet.rows, 2):  # noqa: B007 - the last one is asked for below
        page.append([_cell(page, row[column.name]) for column in sheet.columns])
    page.auto_filter.ref = f"A1:{get_column_letter(len(sheet.columns))}{count}"


def _cell(page: Any, value: object) -> object:
    if isinstance(value, date):
        cell = WriteOnlyCell(page)
        cell.value, cell.number_format = value, DAYS
        return cell
    return _text(page, value) if isinstance(value, str) else value


def _text(page: Any, text: str) -> Any:
    """A cell that holds ``text`` and runs nothing, whatever it begins with."""
    text = shown(text)
    cell = WriteOnlyCell(page, text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…")
    cell.data_type = "s"
    return cell
