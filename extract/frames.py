"""Facts as four dataframes with fixed columns and dtypes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd
import pyarrow as pa

from extract.tables import places

TEXT = "string"
DAY = pd.ArrowDtype(pa.date32())
COMMON = {
    "fact": TEXT, "report": TEXT, "publisher": TEXT, "published": DAY, "lang": TEXT, "url": TEXT,
    "quote": TEXT, "char_start": "Int64", "char_end": "Int64", "speaker": TEXT, "rule": TEXT, "force": TEXT,
}  # fmt: skip
POINT = {"latitude": "Float64", "longitude": "Float64"}
COLUMNS: dict[str, dict[str, Any]] = {
    "base": COMMON | {"place": TEXT, "status": TEXT} | POINT | {"region": TEXT, "country": TEXT},
    "troops": COMMON
    | {"place": TEXT, "count_min": "Int64", "count_max": "Int64", "approximate": "boolean", "status": TEXT}
    | POINT,
    "deadline": COMMON
    | {"place": TEXT, "event": TEXT, "date_start": DAY, "date_end": DAY, "precision": TEXT, "status": TEXT}
    | POINT,
    "nation": COMMON | {"role": TEXT},
}


@dataclass(frozen=True)
class Frames:
    """One dataframe a kind of fact, a row a fact.

    All have ``fact, report, publisher, published, lang, url, quote, char_start, char_end, speaker, rule,
    force``; ``bases`` and ``troops`` and ``deadlines`` add their keys of facts.md and the coordinates
    (degrees, WGS 84) of the place from the gazetteer; missing where the gazetteer has none. Days are
    ``datetime.date``, counts nullable integers (persons).
    """

    bases: pd.DataFrame
    troops: pd.DataFrame
    deadlines: pd.DataFrame
    nations: pd.DataFrame


def region_of(place: str) -> str | None:
    """The first-level region (ISO 3166-2) that a place lies in, or None for a country or an unknown place."""
    gazetteer = places()
    while place in gazetteer and gazetteer[place]["kind"] == "base":
        place = gazetteer[place]["parent"]
    return place if place in gazetteer and gazetteer[place]["kind"] == "region" else None


def _located(row: Mapping[str, Any]) -> dict[str, Any]:
    known = places().get(row.get("place") or "", {})
    return dict(row) | {
        "latitude": float(known["latitude"]) if known.get("latitude") else None,
        "longitude": float(known["longitude"]) if known.get("longitude") else None,
        "region": region_of(row.get("place") or ""),
        "country": known.get("country"),
    }


def frames(rows: Iterable[Mapping[str, Any]]) -> Frames:
    """The four dataframes of ``rows``: flat dicts with a fact's keys and those of its report."""
    by_kind: dict[str, list[dict[str, Any]]] = {kind: [] for kind in COLUMNS}
    for row in rows:
        by_kind[row["kind"]].append(_located(row))
    made = {
        kind: pd.DataFrame(
            {name: pd.Series([r.get(name) for r in by_kind[kind]], dtype=kind_of) for name, kind_of in columns.items()}
        )
        for kind, columns in COLUMNS.items()
    }
    return Frames(made["base"], made["troops"], made["deadline"], made["nation"])
