"""Distances to capitals, seats, borders and neighbours: known values, and what has none."""

from __future__ import annotations

import pytest

from extract.tables import places, rows
from ledger.distances import borders, distances, nearest, seats
from tests.rows import cases

# Place: the distances (km) one finds with any map tool, and how far ours may be off; None where there is none.
KNOWN = [
    ("in the desert", "ain-al-asad", ("IQ", 189, "IQ-AN", 90, "SY", 152)),
    ("at three borders", "al-tanf", ("SY", 216, "SY-HI", 221, "JO", 20)),
    ("in the mountains", "harir", ("IQ", 354, "IQ-AR", 48, "TR", 49)),
    ("beyond the border", "tower-22", ("JO", 299, None, None, "SY", 2)),
    ("by the sea, which is no border", "hmeimim", ("SY", 212, "SY-LA", 20, "TR", 50)),
    ("on a peninsula", "al-udeid", ("QA", 29, None, None, "SA", 55)),
    ("on an island", "nsa-bahrain", ("BH", 3, None, None, None, None)),
    ("on an island far out, of a country with borders", "masirah", ("OM", 326, None, None, "SA", 365)),
]


@pytest.mark.parametrize(("place", "known"), cases(KNOWN))
def test_known_distances(place: str, known: tuple[str | None, ...]) -> None:
    found = distances(place)
    assert found
    assert (found.capital, found.seat, found.neighbour) == (known[0], known[2], known[4])
    for km, expected in zip((found.capital_km, found.seat_km, found.border_km), known[1::2], strict=True):
        assert (km is None) == (expected is None)
        assert km is None or km == pytest.approx(expected, abs=1.5)


@pytest.mark.parametrize("place", ["a-site-nobody-knows", ""])
def test_a_place_without_coordinates_has_no_distances(place: str) -> None:
    assert distances(place) is None
    assert nearest(place, places(), 5) == []


def test_approximate_coordinates_are_told() -> None:
    assert [distances(place).rough for place in ("ain-al-asad", "union-iii", "al-qaim")] == [False, True, False]  # type: ignore[union-attr]


def test_neighbours_are_nearest_first_and_never_the_place_itself() -> None:
    found = nearest("harir", ["harir", "ain-al-asad", "erbil-air-base", "k1", "no-such-place"], 2)
    assert [place for place, _ in found] == ["erbil-air-base", "k1"]
    assert found[0][1] == pytest.approx(47, abs=1)


def test_borders_are_those_of_the_neighbours_and_both_have_the_same() -> None:
    assert set(borders("IQ")) == {"IR", "JO", "KW", "SA", "SY", "TR"}
    assert set(borders("SY")) == {"IL", "IQ", "JO", "LB", "TR"}
    assert set(borders("IQ")["SY"]) == set(borders("SY")["IQ"])
    assert borders("BH") == borders("CY") == borders("ZZ") == {}


def test_every_base_has_a_capital_and_a_seat_with_names_and_a_source() -> None:
    bases = [row for row in places().values() if row["kind"] == "base"]
    wanted = {row["country"] for row in bases} | {row["parent"] for row in bases}
    assert wanted <= seats().keys() <= places().keys()
    for row in rows("seats.csv"):
        assert all(row.values()), row
        assert row["source"].startswith("GeoNames "), row
    assert len(seats()) == len(rows("seats.csv"))
