"""Bases as of a day: the latest word on each, who says otherwise, and whether its deadline has passed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from extract.frames import region_of
from extract.tables import places
from ledger.claims import Claims
from ledger.deeds import View, day_of
from ledger.tellings import Telling, until
from ledger.told import HALF, MOST, SAME_STORY, SAME_TIME, Row, side_of, unique, wider
from ledger.words import Words, status_of

# The rows of one place and side.
Beside = Callable[[str, str], Sequence[Row]]


@dataclass(frozen=True)
class Site:
    """One side at one base: the first ``count`` of its words, the deadlines and numbers told of all places."""

    words: Words
    count: int
    lines: Beside
    numbers: Beside
    view: View

    @property
    def last(self) -> Telling:
        return self.words.told[self.count - 1]


def base_lines(claims: Claims, lines: list[Row], numbers: list[Row], view: View) -> list[Row]:
    """One row a base for the coalition and the US together, and one for each other force told there alone.

    The columns are those of ``Picture.bases``; rows of the headline come first. ``lines`` and ``numbers``
    are the rows of deadlines and troops.
    """
    beside = by_side(lines), by_side(numbers)
    sides = sorted(claims.sites.sides(), key=lambda one: (one[1] != "", one))
    found = (base_line(claims, side, view, *beside) for side in sides)
    return [row for row in found if row]


def base_line(
    claims: Claims, of: tuple[str, str], view: View, lines: Beside, numbers: Beside = lambda *_: ()
) -> Row | None:
    """The row of one side at one base (``of``), None where nothing was said of it; it asks for what it needs beside."""
    words, count = claims.sites.at(*of, view, claims.denials.final)
    return _line(Site(words, count, lines, numbers, view)) if count else None


def by_side(rows: list[Row]) -> Beside:
    """Rows of deadlines or troops, to be asked for by place and side."""
    found: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        if row["place"]:
            found.setdefault((row["place"], side_of(row["force"])), []).append(row)
    return lambda place, side: found.get((place, side), ())


def _line(site: Site) -> Row:
    words, last = site.words, site.last
    first = words.runs[site.count - 1]
    against = _contradictions(site)
    deadline = _deadline(site)
    state = status_of(last)
    rests = [telling.fact for telling in reversed(words.told[max(first, site.count - HALF) : site.count])]
    if deadline and deadline["date_end"] < site.view.as_of and not _reported_left(site, against, deadline):
        state, rests = "overdue", [*rests, deadline["facts"][0]]
    elif against:
        state = "contested"
    number = _troops(site)
    point = places().get(words.place, {})
    return {
        "place": words.place,
        "force": words.side or last.claim.force,
        "headline": words.side == "",
        "status": status_of(last),
        "state": state,
        "since": _since(site, first),
        "published": last.published,
        "deadline_end": deadline["date_end"] if deadline else None,
        "troops_min": number["count_min"] if number else None,
        "troops_max": number["count_max"] if number else None,
        "latitude": float(point["latitude"]) if point.get("latitude") else None,
        "longitude": float(point["longitude"]) if point.get("longitude") else None,
        "region": region_of(words.place),
        "country": point.get("country"),
        "facts": unique([*rests, *(number["facts"] if number else [])])[:MOST],
        "others": unique(telling.fact for telling in against)[:HALF],
    }


def _since(site: Site, first: int) -> date:
    """The day from which the last status counts: its first report's, or that of a deed told after ``as_of``."""
    told = site.words.told
    later = told[max(first, until(told, site.view.as_of)) : site.count]
    return min([told[first].published, *(day_of(word) for word in later)])


def _contradictions(site: Site) -> list[Telling]:
    """The last words of other voices that contradict the latest one and are of the same 30 days, newest first."""
    last, day, told = site.last, day_of(site.last), site.words.told
    since = day - SAME_TIME
    latest: dict[str, Telling] = {}
    for at in reversed(range(site.count)):
        word = told[at]
        if word.published < since:
            break
        latest.setdefault(word.source.voice, word)
    return [
        word
        for voice, word in latest.items()
        if status_of(word) != status_of(last) and voice != last.voice
        if abs(day - day_of(word)) <= SAME_TIME and _contradict(word, last)
    ]


def _contradict(one: Telling, other: Telling) -> bool:
    """Whether two words cannot both hold: left against there, forces moved in against moved out.

    First leaving, then left is what one expects; left one day and still leaving on a later one is not.
    Leaving forces are still present, and arriving ones too.
    """
    first, then = sorted((one, other), key=day_of)
    told = status_of(first), status_of(then)
    if set(told) in ({"left", "present"}, {"left", "arriving"}, {"leaving", "arriving"}):
        return True
    return told == ("left", "leaving") and day_of(first) < day_of(then)


def _deadline(site: Site) -> Row | None:
    """The last deadline of the base itself, else (as long as it is not left) of the nearest wider place.

    Only one of the same story: told and due within two years of the last report on the base.
    """
    place, side, last = site.words.place, site.words.side, site.last
    for where in (place, *wider(place)) if status_of(last) != "left" else (place,):
        mine = [
            line
            for line in site.lines(where, side)
            if line["promised"]
            and line["first_published"] - SAME_STORY <= last.published <= line["date_end"] + SAME_STORY
        ]
        if mine:
            return max(mine, key=lambda line: (line["date_end"], line["published"]))
    return None


def _reported_left(site: Site, against: list[Telling], deadline: Row) -> bool:
    """Whether anybody said, since the deadline was first told, that the forces left, and was not denied."""
    if any(status_of(word) == "left" for word in (site.last, *against)):
        return True
    told, since, at = site.words.told, deadline["first_published"], site.count - 1
    while at >= 0 and told[at].published >= since:
        if status_of(told[at]) != "left":
            at = site.words.runs[at]
        elif day_of(told[at]) >= since and told[at].fact not in site.view.denied:
            return True
        at -= 1
    return False


def _troops(site: Site) -> Row | None:
    """The latest number stated as present at the base itself since the forces last left it."""
    mine = [
        row
        for row in site.numbers(site.words.place, site.words.side)
        if row["status"] == "present" and row["published"] > site.words.left[site.count - 1]
    ]
    return max(mine, key=lambda row: row["published"], default=None)
