"""When the foreign presence at a place ends, moves or is handed over: dates tied to deeds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from extract.candidates import Anchors, forces_for, places_for
from extract.case import Case
from extract.context import ENDING, Context
from extract.dates import DateRead
from extract.deeds import times
from extract.judge import Signs
from extract.model import Fact
from extract.owners import prep_before
from extract.reading import Phrase
from extract.resolve import Window, resolve_date
from extract.signs import beside, deed_signs, joined, nearest
from extract.sites import listed, place_at
from extract.vocabulary import words_around

EVENTS = ("mission_end", "withdrawal", "handover", "transfer")
STATUSES = ("planned", "done")
KURDISTAN, FEDERAL = "IQ-KR", "iq-federal"
# The rule's name ends so when the date counts from the day of publication ("next month").
RELATIVE = "relative-date"
# Deeds that a date of an ending can be told with.
TOLD_BY = (*ENDING, "stay", "mission", "host", "arrive")
# A sentence of so few words with a place is an entry of a list ("K1, 29/03/2020").
ENTRY = 8
# How far, in days, a window lies from publication when signs tell it.
SPANS = (7, 31, 92, 366, 1500)


def deadlines_from(case: Case) -> Iterator[Fact]:
    """The deadline facts of one sentence."""
    for at in case.phrase.find("date"):
        windows = _windows(case.phrase.mentions[at].get("date"), case.context)
        if windows:
            yield from _deadline(case, at, windows)


def _deadline(case: Case, at: int, windows: dict[Window, list[str]]) -> Iterator[Fact]:
    """The facts, one a place, of the date at ``at``, if it is one of an ending."""
    phrase, context = case.phrase, case.context
    read: DateRead = phrase.mentions[at].get("date")
    deed, guess = _deed(phrase, at), next(iter(windows))
    signs = _signs(case, at, deed, guess)
    ends = case.holds("date", frozenset(windows), signs)
    context.window = guess
    if not ends:
        return
    window = guess
    if len(windows) > 1:
        window = case.pick("date.window", frozenset(windows), _tellings(windows, signs, read, context))
    context.window, key = window, frozenset({window})
    status = case.sort("date.status", key, STATUSES, signs | _lies(window, context.published))
    event = case.sort("date.event", key, EVENTS, signs)
    anchors = {"date": at} if deed is None else {"deed": deed, "date": at}
    force = case.pick("date.force", key, forces_for(phrase, anchors, context))
    for place in _places(case, key, anchors):
        yield case.fact(
            "deadline",
            f"{event}-{'date' if read.is_explicit else RELATIVE}",
            {i: name for name, i in anchors.items()},
            place=place,
            force=force,
            event=event,
            date_start=window.start,
            date_end=window.end,
            precision=window.precision,
            status="planned" if window.start > context.published else status,
        )


def _windows(read: DateRead, context: Context) -> dict[Window, list[str]]:
    """The windows that a date can mean, each with the ways that lead to it."""
    ways = {
        "nearest": resolve_date(read, context.published, None, context.window),
        "past": resolve_date(read, context.published, True, context.window),
        "ahead": resolve_date(read, context.published, False, context.window),
    }
    if read.day is not None and read.month is None and context.window is not None:
        told = replace(read, year=context.window.start.year, month=context.window.start.month, same=False)
        ways["month told"] = resolve_date(told, context.published, None, context.window)
    open_year = read.month is not None and read.year is None and read.year_rel is None
    for way, year in (("year told", context.window and context.window.start.year), ("year of heading", context.year)):
        if open_year and year:
            told = replace(read, year=year, rel=None, same=False)
            ways[way] = resolve_date(told, context.published, None, context.window)
    found: dict[Window, list[str]] = {}
    for way, window in ways.items():
        if window is not None:
            found.setdefault(window, []).append(way)
    return found


def _tellings(windows: dict[Window, list[str]], signs: Signs, read: DateRead, context: Context) -> dict[Window, Signs]:
    """For each window the signs that speak for the ways to it."""
    tenses = [sign for sign in signs if sign.startswith(("does ", "modal near"))]
    options: dict[Window, Signs] = {}
    for window, ways in windows.items():
        options[window] = {}
        for way in ways:
            options[window] |= {way: 1.0, f"{way} {read.bound}": 1.0, f"{way} {read.rel}": 1.0}
            options[window] |= {f"{way} {sign}": signs[sign] for sign in tenses}
            if context.window is not None:
                ago = (context.published - context.window.end).days // 366
                options[window][f"{way} last {min(3, max(-1, ago))}"] = 1.0
            options[window] |= {f"{way} {sign}": 1.0 for sign in _lies(window, context.published)}
    return options


def _deed(phrase: Phrase, at: int) -> int | None:
    """The word nearest to the date that tells of an ending, else of a stay or a mission."""
    for kinds in (ENDING, TOLD_BY):
        found = phrase.find(*kinds)
        if found:
            return min(found, key=lambda i: phrase.distance(i, at) + (1.5 if i > at else 0))
    return None


def _signs(case: Case, at: int, deed: int | None, guess: Window) -> Signs:
    phrase, context = case.phrase, case.context
    read: DateRead = phrase.mentions[at].get("date")
    signs = joined(beside(phrase, at), nearest(phrase, at), _shape(phrase, read, guess, context.published), case.state)
    signs |= times(phrase, at, context) | words_around(phrase, at)
    if deed is None:
        return signs | {"no deed": 1.0, f"no deed told {context.deed}": 1.0}
    signs |= {f"of the date: {sign}": value for sign, value in deed_signs(phrase, deed, context).items()}
    mention = phrase.mentions[deed]
    for kind in TOLD_BY:
        if mention.has(kind):
            signs[f"deed {kind}"] = 1.0
            signs[f"deed {kind}.{mention.get(kind)}"] = 1.0
            signs[f"deed {kind} {read.bound}"] = 1.0
    dates = phrase.find("date")
    far = phrase.distance(at, deed)
    nearer = any(phrase.distance(d, deed) < far for d in dates if d != at)
    signs["another date is nearer"] = float(nearer)
    return signs


def _shape(phrase: Phrase, read: DateRead, window: Window, published: date) -> Signs:
    """How the date is told and where it lies from publication."""
    kind = (
        "offset"
        if read.offset is not None
        else "weekday"
        if read.weekday is not None
        else "same"
        if read.same
        else window.precision
    )
    words = len(phrase.text[phrase.start : phrase.end].split())
    return {
        "any": 1.0,
        f"bound {read.bound}": 1.0,
        f"part {read.part}": 1.0,
        f"told by {kind}": 1.0,
        f"told by {kind} {read.bound}": 1.0,
        "explicit": float(read.is_explicit),
        **_lies(window, published),
        f"dates {min(3, len(phrase.find('date')))}": 1.0,
        f"words {min(6, words // 6)}": 1.0,
        "entry": float(bool(phrase.sites) and words <= ENTRY),
        "heading": float(phrase.text[phrase.end - 1] == ":"),
    }


def _lies(window: Window, published: date) -> Signs:
    """Where a window lies from publication."""
    days = (window.end - published).days
    far = next((span for span in SPANS if abs(days) <= span), "more")
    ahead = "ahead" if days > 0 else "behind" if days < 0 else "today"
    return {f"lies {ahead}": 1.0, f"lies {ahead} {far}": 1.0, f"lies {ahead} {window.precision}": 1.0}


def _places(case: Case, key: frozenset[Window], anchors: Anchors) -> list[str]:
    """The places whose presence ends with the date."""
    phrase, context = case.phrase, case.context
    options = places_for(phrase, anchors, phrase.find("date"), context)
    if len(options) > 1:
        options.pop(None, None)
    best = case.pick("date.place", key, {place: signs for place, (signs, _) in options.items()})
    at = options[best][1] if best is not None else None
    if at is None:
        return [best or context.country]
    found = [place_at(phrase, i, context) or context.country for i in listed(phrase, at)]
    return list(dict.fromkeys(_federal(phrase, found)))


def _federal(phrase: Phrase, places: list[str]) -> list[str]:
    """ "All of Iraq except the Kurdistan Region" is federal Iraq."""
    spared = [
        i
        for i in phrase.find("region")
        if phrase.mentions[i].get("region") == KURDISTAN and prep_before(phrase, i) == "except"
    ]
    if not spared:
        return places
    return [FEDERAL if place == "IQ" else place for place in places if place != KURDISTAN]
