"""Bases as of a day: the latest word on each, who says otherwise, and whether its deadline has passed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from extract.frames import region_of
from extract.tables import places
from ledger.deeds import Deed
from ledger.told import HEADLINE, SAME_STORY, SAME_TIME, Row, kind_of, order, unique, wider


@dataclass(frozen=True)
class Word:
    """One report on a base: ``status`` as it was on ``day``.

    ``day`` is the day of publication, but of a deed (a withdrawal told with its date) the day it was done;
    ``told_of`` is the place of the deed, which may be wider than the base.
    """

    status: str
    day: date
    row: Row
    told_of: str | None = None


@dataclass(frozen=True)
class Known:
    """What else is known on the day and bears on bases: deeds, deadline lines, troops, who is a member."""

    deeds: list[Deed]
    lines: list[Row]
    troops: list[Row]
    with_coalition: frozenset[str]
    as_of: date


def base_lines(bases: Iterable[Row], known: Known) -> list[Row]:
    """One row a base for the coalition and the US together, and one for each other force told there alone.

    The columns are those of ``Picture.bases``; rows of the headline come first.
    """
    reports = [row for row in bases if row["place"]]
    sides = {(row["place"], _side(row["force"])) for row in reports}
    sides |= {(d.place, _side(d.force)) for d in known.deeds if d.leaving and kind_of(d.place) == "base"}
    return [
        _line(place, _words(reports, place, side, known), side, known)
        for place, side in sorted(sides, key=lambda one: (one[1] != "", one))
    ]


def _side(force: str) -> str:
    """The headline ("") for the coalition and the US, else the force itself."""
    return "" if force in HEADLINE else force


def _words(reports: list[Row], place: str, side: str, known: Known) -> list[Word]:
    """All that was said of the side's forces at the base, in the order in which it was said."""
    words = [
        Word(row["status"], row["published"], row)
        for row in reports
        if row["place"] == place and _side(row["force"]) == side
    ]
    words += [
        Word("left", deed.day, deed.row, told_of=deed.place)
        for deed in known.deeds
        if deed.leaving and deed.place in (place, *wider(place)) and _counts(deed, side, known)
    ]
    found: list[Word] = []
    for word in sorted(words, key=_moment):
        if not (word.told_of and found and _is_no_news(word, found[-1], place)):
            found.append(word)
    return found


def _is_no_news(deed: Word, before: Word, place: str) -> bool:
    """Whether a deed is history to who knows ``before``: long past, or a wider place's when all had left."""
    return deed.day < before.day - SAME_TIME or (deed.told_of != place and before.status == "left")


def _counts(deed: Deed, side: str, known: Known) -> bool:
    """Whether a deed says that the side's forces left: its own one, or the coalition's for its members."""
    if _side(deed.force) == side:
        return "event" in deed.row  # a base reported as left is among the reports already
    return deed.force == "coalition" and side in known.with_coalition and not deed.denied


def _moment(word: Word) -> tuple[date, bool, tuple[date, str, int]]:
    # On one day a report on the base itself has the last word over a deed told with its date.
    return word.row["published"], word.told_of is None, order(word.row)


def _line(place: str, words: list[Word], side: str, known: Known) -> Row:
    last = words[-1]
    run = _run(words)
    against = _contradictions(words)
    deadline = _deadline(place, side, last, known)
    state, rests = last.status, [word.row["fact"] for word in reversed(run)]
    if deadline and deadline["date_end"] < known.as_of and not _reported_left(words, against, deadline, known):
        state, rests = "overdue", [*rests, deadline["facts"][0]]
    elif against:
        state = "contested"
    number = _troops(place, side, words, known)
    point = places().get(place, {})
    return {
        "place": place,
        "force": side or last.row["force"],
        "headline": side == "",
        "status": last.status,
        "state": state,
        "since": min(word.row["published"] for word in run),
        "published": last.row["published"],
        "deadline_end": deadline["date_end"] if deadline else None,
        "troops_min": number["count_min"] if number else None,
        "troops_max": number["count_max"] if number else None,
        "latitude": float(point["latitude"]) if point.get("latitude") else None,
        "longitude": float(point["longitude"]) if point.get("longitude") else None,
        "region": region_of(place),
        "country": point.get("country"),
        "facts": unique([*rests, *(number["facts"] if number else [])]),
        "others": unique(word.row["fact"] for word in reversed(against)),
    }


def _run(words: list[Word]) -> list[Word]:
    """The last reports that all tell the same status."""
    start = len(words) - 1
    while start and words[start - 1].status == words[-1].status:
        start -= 1
    return words[start:]


def _contradictions(words: list[Word]) -> list[Word]:
    """The last words of other publishers that contradict the latest one and are of the same 30 days."""
    last = words[-1]
    latest_of = {word.row["publisher"]: word for word in words}
    return [
        word
        for publisher, word in latest_of.items()
        if publisher != last.row["publisher"] and abs(last.day - word.day) <= SAME_TIME and _contradict(word, last)
    ]


def _contradict(one: Word, other: Word) -> bool:
    """Whether two words cannot both hold: left against there, forces moved in against moved out.

    First leaving, then left is what one expects; left one day and still leaving on a later one is not.
    Leaving forces are still present, and arriving ones too.
    """
    first, then = sorted((one, other), key=lambda word: word.day)
    if {first.status, then.status} in ({"left", "present"}, {"left", "arriving"}, {"leaving", "arriving"}):
        return True
    return (first.status, then.status) == ("left", "leaving") and first.day < then.day


def _deadline(place: str, side: str, last: Word, known: Known) -> Row | None:
    """The last deadline of the base itself, else (as long as it is not left) of the nearest wider place.

    Only one of the same story: told and due within two years of the last report on the base.
    """
    for where in (place, *wider(place)) if last.status != "left" else (place,):
        mine = [
            line
            for line in known.lines
            if line["place"] == where
            and line["promised"]
            and _side(line["force"]) == side
            and line["first_published"] - SAME_STORY <= last.row["published"] <= line["date_end"] + SAME_STORY
        ]
        if mine:
            return max(mine, key=lambda line: (line["date_end"], line["published"]))
    return None


def _reported_left(words: list[Word], against: list[Word], deadline: Row, known: Known) -> bool:
    """Whether anybody said, since the deadline was first told, that the forces left, and was not denied."""
    denied = {deed.row["fact"] for deed in known.deeds if deed.denied}
    since = [word for word in words if word.day >= deadline["first_published"]]
    sure = [word for word in since if word.row["fact"] not in denied]
    return any(word.status == "left" for word in (words[-1], *against, *sure))


def _troops(place: str, side: str, words: list[Word], known: Known) -> Row | None:
    """The latest number stated as present at the base itself since the forces last left it."""
    left = max((word.day for word in words if word.status == "left"), default=date.min)
    mine = [
        row
        for row in known.troops
        if row["place"] == place
        and _side(row["force"]) == side
        and row["status"] == "present"
        and row["published"] > left
    ]
    return max(mine, key=lambda row: row["published"], default=None)
