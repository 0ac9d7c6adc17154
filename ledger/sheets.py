"""Articles out of tables: one a row of CSV, under the keys of a JSON article."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

from extract.articles import Article, Given, UnreadableError, article_from
from extract.encodings import decode

COLUMNS = ("id", "url", "publisher", "published", "lang", "title", "text")
# What stands between cells: spreadsheets of countries that write 2,5 use the semicolon.
DELIMITERS = (",", ";", "\t")
# The longest cell; the csv module's own limit of 131,072 is below the longest article.
csv.field_size_limit(1_000_000)


def articles_in_csv(name: str, raw: bytes, given: Given) -> Iterator[tuple[str, Article | UnreadableError]]:
    """Each row's name and its article, or what is wrong with the row; other columns are passed over."""
    try:
        text = decode(name, raw)
        delimiter = _delimiter(name, text)
    except UnreadableError as problem:
        yield name, problem
        return
    rows = csv.DictReader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows.fieldnames = [one.strip().lower() for one in rows.fieldnames or ()]
    try:
        for number, row in enumerate(rows, 1):
            where = f"{name}, row {number}"
            yield where, _article(where, f"{Path(name).stem}-{number}", row, given)
    except csv.Error as problem:
        where = f"{name}, line {rows.line_num}"
        yield where, UnreadableError(f"{where}: is not CSV ({problem}); put texts in quotes, quotes doubled in them")


def _delimiter(name: str, text: str) -> str:
    """What the cells of the header stand between; raises UnreadableError for a table without a fitting header."""
    head = text.lstrip().splitlines()[0]
    for delimiter in DELIMITERS:
        names = Counter(one.strip().strip('"').lower() for one in head.split(delimiter))
        if names["text"]:
            twice = [one for one, count in names.items() if count > 1 and one in COLUMNS]
            if twice:
                raise UnreadableError(f"{name}: has two columns {twice[0]!r}; give each once")
            return delimiter
    raise UnreadableError(f'{name}: has no column "text"; the first row names the columns: {",".join(COLUMNS)}')


def _article(where: str, stem: str, row: dict[str | None, str | None], given: Given) -> Article | UnreadableError:
    if None in row:
        return UnreadableError(f"{where}: has more cells than the first row; put texts with commas in quotes")
    try:
        return article_from(where, stem, {key: row[key] for key in COLUMNS if row.get(key)}, given)
    except UnreadableError as problem:
        return problem
