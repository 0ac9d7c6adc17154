"""The columns of the tables that can be taken away, and what each means: rows of data/columns.csv."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from extract.tables import rows

SOURCE = ("fact", "report", "publisher", "url", "others")
TABLES: dict[str, tuple[str, ...]] = {
    "nations": (
        "as_of", "force", "code", "force_name", "role", "roles", "count_min", "count_max", "approximate",
        "count_place", "count_day", "first_report", "last_report", "gone", "gone_on", "entry", "arrival",
        "places", "exit_place", "exit_start", "exit_end", "exit_state", *SOURCE,
    ),
    "bases": (
        "as_of", "place", "place_name", "force", "force_name", "headline", "status", "state", "since", "published",
        "deadline_end", "troops_min", "troops_max", "latitude", "longitude", "region", "country", *SOURCE,
    ),
    "troops": (
        "as_of", "force", "force_name", "place", "place_name", "count_min", "count_max", "approximate", "status",
        "published", "age_days", "left_on", *SOURCE,
    ),
    "deadlines": (
        "as_of", "place", "place_name", "force", "force_name", "headline", "event", "date_start", "date_end",
        "precision", "state", "promised", "moved", "first_start", "first_end", "first_published", "met_on",
        "days_late", "published", "announcer", *SOURCE,
    ),
    "facts": (
        "fact", "kind", "published", "publisher", "lang", "force", "force_name", "place", "place_name", "status",
        "count_min", "count_max", "approximate", "event", "date_start", "date_end", "precision", "role", "speaker",
        "quote", "report", "url", "rule", "review", "char_start", "char_end",
    ),
}  # fmt: skip
# What tells the rows of a table apart.
KEYS = {"facts": ("report", "fact")}


@dataclass(frozen=True)
class Column:
    """One column: ``type`` is Frictionless' (string, integer, number, boolean, date), ``titles`` its heading by
    language, ``unit`` empty where there is none."""

    name: str
    type: str
    unit: str
    about: str
    titles: Mapping[str, str]


@cache
def dictionary() -> dict[str, Column]:
    """All columns by their names; a name means the same in all tables."""
    return {
        row["name"]: Column(
            row["name"], row["type"], row["unit"], row["about"], {lang: row[lang] for lang in ("en", "ar", "ckb")}
        )
        for row in rows("columns.csv")
    }


def columns(table: str) -> list[Column]:
    """The columns of a table (a key of ``TABLES``) in their order."""
    return [dictionary()[name] for name in TABLES[table]]
