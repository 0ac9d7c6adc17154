"""Facts of a report as plain rows, with ids that last."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from extract import extract
from extract.model import KEYS
from ledger.reports import Report

Row = dict[str, Any]
# What a fact says; with the report these keys make the fact, whatever sentence of it is quoted.
SAID = tuple(dict.fromkeys(key for keys in KEYS.values() for key in keys))
READ = ("quote", "char_start", "char_end", "speaker", "rule")


def read_facts(report: Report) -> list[Row]:
    """The facts that the text of ``report`` states: ``id``, ``kind``, all keys of facts.md (None where the kind
    has them not), ``quote, char_start, char_end, speaker, rule`` and ``number``, the order in which they are read. An
    id comes once."""
    found: dict[str, Row] = {}
    for fact in extract(report.text, report.published, report.lang):
        row: Row = {name: getattr(fact, name) for name in ("kind", *SAID, *READ)}
        ident = fact_id(report.id, row)
        found.setdefault(ident, row | {"id": ident, "number": len(found)})
    return list(found.values())


def fact_id(report: str, row: Row) -> str:
    """16 hexadecimal digits, the same as long as the report states the same fact, wherever and in whatever words."""
    made_of = (report, row["kind"], *(row[name] for name in KEYS[row["kind"]]))
    return sha256(repr([str(part) for part in made_of]).encode()).hexdigest()[:16]


def same_facts(one: list[Row], two: list[Row]) -> bool:
    """Whether two readings found the same facts in the same words."""

    def plain(rows: list[Row]) -> list[tuple[Any, ...]]:
        return sorted(tuple(str(row[name]) for name in ("id", "kind", *SAID, *READ)) for row in rows)

    return plain(one) == plain(two)
