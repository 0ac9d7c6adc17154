"""Facts as a Parquet file, a row a fact, with the columns of the CSV format."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pyarrow as pa
from pyarrow.parquet import ParquetWriter

from extract.articles import Article
from extract.batch import StoppedError
from extract.facts import extract
from extract.formats import COLUMNS
from extract.model import KEYS, SPAN_KEYS

TYPES = {
    **dict.fromkeys(("published", "date_start", "date_end"), pa.date32()),
    **dict.fromkeys(("count_min", "count_max", "char_start", "char_end"), pa.int64()),
    "approximate": pa.bool_(),
}
SCHEMA = pa.schema([(name, TYPES.get(name, pa.string())) for name in COLUMNS])
# Rows held back and written at a time: some 10 MB.
PART = 10_000

Row = dict[str, Any]


def as_rows(article: Article) -> list[Row]:
    """Reads an article: a row a fact, with the values of ``COLUMNS`` that its kind has."""
    head = {"article": article.id, "published": article.published, "lang": article.lang}
    return [
        head | {name: getattr(fact, name) for name in ("kind", *KEYS[fact.kind], *SPAN_KEYS, "rule")}
        for fact in extract(article.text, article.published, article.lang)
    ]


def write_parquet(out: Path, articles: Iterable[list[Row]]) -> None:
    """Writes the rows of the articles, in their order; ``out`` is there when it is whole, and not before.

    Raises StoppedError when it cannot be written.
    """
    part = out.with_name(f"{out.name}.part")
    try:
        with part.open("wb") as file, ParquetWriter(file, SCHEMA) as writer:
            held: list[Row] = []
            for rows in articles:
                held += rows
                if len(held) >= PART:
                    writer.write_table(pa.Table.from_pylist(held, SCHEMA))
                    held.clear()
            writer.write_table(pa.Table.from_pylist(held, SCHEMA))
        part.replace(out)
    except OSError as problem:
        raise StoppedError(f"{out}: cannot be written ({problem.strerror or problem}); choose another file") from None
    finally:
        part.unlink(missing_ok=True)
