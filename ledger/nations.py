"""Nations as of a day: role, last stated number, first and last report, and whether they have gone."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from extract.tables import places
from ledger.deeds import Deed
from ledger.told import WIDTH, Row, kind_of, order, unique

# A number for a whole country is preferred to a newer one for a part of it as long as it is not older.
WHOLE = timedelta(days=365)
PRESENT = frozenset({"present", "arriving", "leaving"})


def nation_lines(
    nations: Iterable[Row], others: Iterable[Row], troops: Iterable[Row], deeds: Iterable[Deed]
) -> list[Row]:
    """One row a nation (and NATO) that any fact tells of, the coalition itself excepted.

    ``others`` are all facts of other kinds, ``troops`` the rows of ``troop_lines``. The columns are those
    of ``Picture.nations``.
    """
    roles: dict[str, list[Row]] = {}
    told: dict[str, list[Row]] = {}
    for row in nations:
        roles.setdefault(row["force"], []).append(row)
    for row in [*(row for rows in roles.values() for row in rows), *others]:
        told.setdefault(row["force"], []).append(row)
    numbers, deeds = list(troops), list(deeds)
    return [
        _line(roles.get(force, []), told[force], [row for row in numbers if row["force"] == force], deeds)
        for force in sorted(told)
        if force != "coalition"
    ]


def _line(roles: list[Row], told: list[Row], numbers: list[Row], deeds: list[Deed]) -> Row:
    force = told[0]["force"]
    newest = max(told, key=order)
    number = _number(numbers)
    gone = _gone(told, [deed for deed in deeds if deed.force == force])
    known = unique(row["role"] for row in reversed(roles))
    by_id = {row["fact"]: row for row in told}
    facts = [gone["fact"]] if gone else []
    facts += number["facts"][:1] if number else []
    facts = unique([*facts, *(row["fact"] for row in roles[-1:]), newest["fact"]])
    return {
        "force": force,
        "role": known[0] if known else None,
        "roles": known,
        "count_min": number["count_min"] if number else None,
        "count_max": number["count_max"] if number else None,
        "approximate": number["approximate"] if number else None,
        "count_place": number["place"] if number else None,
        "count_day": number["published"] if number else None,
        "first_report": min(row["published"] for row in told),
        "last_report": newest["published"],
        "gone": gone is not None,
        "gone_on": gone["day"] if gone else None,
        "publisher": by_id[facts[0]]["publisher"],
        "url": by_id[facts[0]]["url"],
        "facts": facts,
        "others": [row["facts"][0] for row in numbers if row["facts"][0] not in facts],
    }


def _number(numbers: list[Row]) -> Row | None:
    """The newest number told as present, but a country's before that of a part of it, if not a year older."""
    stated = [row for row in numbers if row["status"] == "present"]
    if not stated:
        return None
    newest = max(row["published"] for row in stated)
    fresh = [row for row in stated if newest - row["published"] <= WHOLE]
    return min(fresh, key=lambda row: (WIDTH[kind_of(row["place"])], newest - row["published"]))


def _gone(told: list[Row], deeds: list[Deed]) -> Row | None:
    """The report that the nation left the last country it was reported in, with its ``day``; else None.

    Only its own end of mission or withdrawal in a whole country counts, or that at least as many left it
    as were last said to be there, and only while no report tells of its forces there afterwards. Some
    who left, a base or a region left do not make a nation gone.
    """
    present: dict[str, list[Row]] = {}
    for row in told:
        if row.get("place") in places() and row.get("status") in PRESENT:
            present.setdefault(places()[row["place"]]["country"], []).append(row)
    ends = [deed.row | {"day": deed.day} for deed in deeds if "event" in deed.row]
    ends += [row | {"day": row["published"]} for row in told if _all_left(row, present)]
    last: dict[str, Row] = {}
    for end in sorted(ends, key=lambda end: end["day"]):
        country = end["place"]
        if kind_of(country) == "country" and not any(_after(row, end) for row in present.get(country, [])):
            last.setdefault(country, end)
    if not last or not present.keys() <= last.keys():
        return None
    return max(last.values(), key=lambda end: end["day"])


def _after(row: Row, end: Row) -> bool:
    """Whether ``row`` tells of forces after ``end``: on a later day, or beside it in the same report."""
    return bool(row["published"] > end["day"] or row["report"] == end["report"])


def _all_left(row: Row, present: dict[str, list[Row]]) -> bool:
    """Whether the number told as left is at least the one last told as present in the same country."""
    if row.get("status") != "left" or row.get("count_min") is None:
        return False
    before = [other for other in present.get(row["place"], []) if other["published"] < row["published"]]
    stated = [other for other in before if other["place"] == row["place"] and other.get("count_max")]
    return bool(stated and row["count_min"] >= max(stated, key=order)["count_max"])
