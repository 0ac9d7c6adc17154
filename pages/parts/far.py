"""How far a site is from the capital, its region's seat and the nearest border, and which sites are near."""

from __future__ import annotations

from html import escape

from pages.parts.frame import View
from pages.parts.words import Words


def distance(word: Words, km: float, rough: bool) -> str:
    """A distance in whole kilometres; ``rough`` when it can be off by some of them."""
    if km < 1:
        return word("distance.under", n=word.number(1))
    return word("distance.about" if rough else "distance.km", n=word.number(round(km)))


def distance_rows(view: View, place: str) -> list[tuple[str, str]]:
    """From where, and how far: the capital, the region's seat where it is another town, the nearest border."""
    from ledger.distances import distances, seats  # noqa: PLC0415 - geopy, not needed by the first run of a page

    word, found = view.words, distances(place)
    if found is None:
        return []
    towns = [(found.capital, found.capital_km), (found.seat, found.seat_km)]
    rows = {
        seats()[of][word.lang]: distance(word, km, found.rough) for of, km in towns if of is not None and km is not None
    }
    if found.neighbour and found.border_km is not None:
        border = word("distance.border", place=word.place(found.neighbour))
        rows[border] = distance(word, found.border_km, rough=True)
    return list(rows.items())


def distance_lines(view: View, place: str) -> str:
    """HTML: the distances of a place, a line each."""
    lines = "".join(f"<li>{escape(name)} <span>{escape(far)}</span></li>" for name, far in distance_rows(view, place))
    return f"<ul class='far'>{lines}</ul>" if lines else f"<span class='quiet'>{view.words.html('day.unknown')}</span>"
