"""The tables of the picture, and facts, as tidy rows: one value a cell, with the source of each row beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Protocol

from babel import Locale

from ledger.columns import TABLES
from ledger.contingents import contingents
from ledger.filters import fits, standing
from ledger.picture import Picture
from ledger.told import Row

PICTURE = ("nations", "bases", "troops", "deadlines")


class Names(Protocol):
    """What forces and places are called in one language."""

    def force(self, force: str) -> str: ...
    def place(self, place: str | None) -> str: ...


def tidy(
    table: str, picture: Picture, chosen: Mapping[str, str | None], look_up: Callable[[list[str]], Mapping[str, Row]],
    names: Names,
) -> list[Row]:  # fmt: skip
    """The rows of one table of the picture (see ``PICTURE``) that fit what is chosen (``ledger.filters``).

    The keys are those of ``ledger.columns``. ``look_up`` gives facts by their ids, as ``Ledger.facts`` does: the
    deciding one tells the ``publisher`` and ``url`` of its row.
    """
    rows = picture.rows[table]
    if table == "nations":
        rows = contingents(rows, picture.rows["troops"], picture.rows["deadlines"])
    kept = [row for row in rows if fits(table, row, chosen)]
    known = look_up([row["facts"][0] for row in kept if row["facts"]])
    return [_tidy(table, picture, row, known, names) for row in kept]


def _tidy(table: str, picture: Picture, row: Row, known: Mapping[str, Row], names: Names) -> Row:
    fact = row["facts"][0] if row["facts"] else None
    source = known.get(fact or "", {})
    made = row | {name: source.get(name) for name in ("report", "publisher", "url")}
    made |= {"as_of": picture.as_of, "fact": fact, "others": " ".join(row["others"]) or None} | _named(row, names)
    if table == "nations":
        made |= {"roles": " ".join(row["roles"]) or None, "code": _code(row["force"])} | _exit(row)
    if table == "deadlines":
        made["state"] = standing(row)
    return {name: made[name] for name in TABLES[table]}


def tidy_facts(rows: Iterable[Row], chosen: Mapping[str, str | None], names: Names) -> Iterator[Row]:
    """Those of the facts (keys as of ``Ledger.facts_in``) that fit what is chosen, as rows of the table ``facts``."""
    for row in rows:
        if not fits("facts", row, chosen):
            continue
        made = row | _named(row, names)
        yield {name: made[name] for name in TABLES["facts"]}


def _named(row: Row, names: Names) -> Row:
    place, force = row.get("place"), row["force"]
    return {"force_name": names.force(force) if force else None, "place_name": names.place(place) if place else None}


def _exit(nation: Row) -> Row:
    """Where a nation's numbers are, and its announced end."""
    places = dict.fromkeys(number["place"] for number in nation["numbers"] if number["place"])
    end = nation["exit"] or {}
    keys = {"exit_place": "place", "exit_start": "date_start", "exit_end": "date_end", "exit_state": "state"}
    return {"places": " ".join(places) or None} | {name: end.get(key) for name, key in keys.items()}


def _code(force: str) -> str | None:
    """ISO 3166-1 alpha-2 of a nation; None for NATO."""
    return force if force in Locale("en").territories else None
