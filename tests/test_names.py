"""Places and forces: every spelling leads to its id; what only looks like a name leads nowhere.

``tests/cases/names.csv``: the ids of the places and of the forces that a text names, in its order.
"""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from extract.reading import read
from tests.cases import Row, cases, rows

DATA = Path(__file__).resolve().parent.parent / "data"
PLACES = ("base", "region", "area", "country", "town")
FORCES = ("adjective", "demonym", "alliance", "nation", "actor")


def named(text: str, lang: str, kinds: tuple[str, ...]) -> str:
    """The ids of the names of these kinds, each once."""
    found = (m.get(*kinds) for phrase in read(text, lang).phrases for m in phrase.mentions if m.has(*kinds))
    return " ".join(dict.fromkeys(found))


@pytest.mark.parametrize("row", cases("names.csv"))
def test_every_way_to_say_it(row: Row) -> None:
    found = named(row["text"], row["lang"], PLACES), named(row["text"], row["lang"], FORCES)
    assert found == (row["places"], row["forces"])


def test_every_place_with_a_base_is_in_the_table() -> None:
    with (DATA / "places.csv").open(encoding="utf-8", newline="") as table:
        bases = {row["id"] for row in csv.DictReader(table) if row["kind"] == "base"}
    assert bases - {place for row in rows("names.csv") for place in row["places"].split()} == set()
