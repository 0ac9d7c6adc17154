"""Deadlines as a calendar (iCalendar, RFC 5545) that people can subscribe to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from icalendar import Calendar, Event

from ledger.clean import shown

DAY = timedelta(days=1)
AGAIN = "PT12H"  # how often a calendar should look for news


@dataclass(frozen=True)
class Entry:
    """One window in the calendar: its first and last day, the words for it, and where it leads.

    ``key`` stays the same when the window is moved; ``told`` is the day of the latest report; ``moves`` how often the
    window was moved; ``point`` latitude and longitude in degrees.
    """

    key: str
    start: date
    end: date
    title: str
    place: str
    about: str
    url: str
    told: date
    state: str
    moves: int = 0
    point: tuple[float, float] | None = None


def calendar(name: str, lang: str, entries: Iterable[Entry]) -> bytes:
    """The entries as whole days of a calendar called ``name``, in the language ``lang``."""
    made = Calendar()
    made.add("prodid", "-//Foreign Forces Monitor//Deadlines//EN")
    made.add("version", "2.0")
    made.add("calscale", "GREGORIAN")
    for key in ("name", "x-wr-calname"):  # RFC 7986's, and the one that older programs read
        made.add(key, shown(name), parameters={"LANGUAGE": lang})
    made.add("refresh-interval", AGAIN, parameters={"VALUE": "DURATION"}, encode=False)
    for entry in entries:
        made.add_component(_event(entry))
    return bytes(made.to_ical())


def _event(entry: Entry) -> Event:
    event = Event()
    told = datetime.combine(entry.told, time(), UTC)
    event.add("uid", f"{entry.key}@foreign-forces-monitor")
    event.add("dtstamp", told)
    event.add("last-modified", told)
    event.add("sequence", entry.moves)
    event.add("dtstart", entry.start)
    event.add("dtend", entry.end + DAY)  # the day after the last one
    event.add("summary", shown(entry.title))
    event.add("location", shown(entry.place))
    event.add("description", shown(entry.about))
    event.add("url", entry.url)
    event.add("categories", [entry.state])
    event.add("transp", "TRANSPARENT")  # nobody is busy because of it
    if entry.point:
        event.add("geo", entry.point)
    return event
