"""Facts as a Parquet file, with real days and numbers."""

from __future__ import annotations

import io
from collections.abc import Iterable
from itertools import islice

import pyarrow as pa
from pyarrow.parquet import ParquetWriter

from ledger.columns import columns
from ledger.told import Row

TYPES = {
    "string": pa.string(),
    "integer": pa.int64(),
    "number": pa.float64(),
    "boolean": pa.bool_(),
    "date": pa.date32(),
}
PART = 10_000  # rows held at a time


def parquet(table: str, rows: Iterable[Row], about: dict[str, str]) -> bytes:
    """Rows of a table as Parquet; ``about`` (as-of day, licence ...) and what each column means are its metadata."""
    fields = [
        pa.field(column.name, TYPES[column.type], metadata={"about": column.about, "unit": column.unit})
        for column in columns(table)
    ]
    schema = pa.schema(fields, metadata=about)
    out, left = io.BytesIO(), iter(rows)
    with ParquetWriter(out, schema) as writer:
        while held := list(islice(left, PART)):
            writer.write_table(pa.Table.from_pylist(held, schema))
    return out.getvalue()
