"""One reader of dates, in a process of its own: ``python -m tests.bench.reader NAME``.

Takes a question a line, ``{"text", "published", "lang", "past"}`` as JSON, and answers with a line:
``{"seconds", "ends"}``, the time that reading took and for each date found the last days that it may mean, most
often one: "September 2025" ends on the 30th. ``past`` says whether the text tells of a deed or of a plan, which a
reader may use to choose a year. It runs in the environments of the peers, so Python 3.10 must do.
"""

# ruff: noqa: PLC0415 - a reader can be imported in its own environment alone
from __future__ import annotations

import json
import sys
import time
from calendar import monthrange
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

Question = dict[str, Any]
# What is timed, and what makes the last days out of its result.
Reader = tuple[Callable[[Question], Any], Callable[[Any, Question], list[list[date]]]]
# How many months a grain has; a week ends on Sunday, everything smaller is a day.
MONTHS = {"month": 1, "quarter": 3, "year": 12}


def last_day(day: date, grain: str) -> date:
    """The last day of the week, month, quarter or year in which a day lies."""
    if grain == "week":
        return day + timedelta(days=6 - day.weekday())
    if grain not in MONTHS:
        return day
    month = -(-day.month // MONTHS[grain]) * MONTHS[grain]
    return date(day.year, month, monthrange(day.year, month)[1])


def published(asked: Question) -> datetime:
    """The begin of the day from which relative dates count."""
    return datetime.fromisoformat(asked["published"])


def ours() -> Reader:
    """The deadlines of this project's facts: all that it reads."""
    from extract import extract

    def read(asked: Question) -> Any:
        return extract(asked["text"], published(asked).date(), asked["lang"])

    return read, lambda facts, _: [[fact.date_end] for fact in facts if fact.kind == "deadline"]


def our_dates() -> Reader:
    """All dates that this project reads in a text, whatever they are dates of."""
    from extract.dateline import read_with_datelines
    from extract.resolve import resolve_date

    def read(asked: Question) -> Any:
        dates = [mention.get("date") for mention in read_with_datelines(asked["text"], asked["lang"])]
        return [resolve_date(each, published(asked).date(), asked["past"]) for each in dates if each]

    return read, lambda windows, _: [[window.end] for window in windows if window]


def dateparser(strategy: str) -> Reader:
    """``dateparser.search.search_dates`` in the language of the text; its strategies are ``split`` and ``ngram``."""
    from dateparser.search import search_dates

    def read(asked: Question) -> Any:
        prefer = "past" if asked["past"] else "future"
        settings = {"RELATIVE_BASE": published(asked), "PREFER_DATES_FROM": prefer}
        languages = [asked["lang"]]
        return search_dates(asked["text"], languages, settings, strategy=strategy, add_period=True) or []

    return read, lambda found, _: [[last_day(moment.date(), period)] for _, moment, period in found]


def puckling(*dimensions: str) -> Reader:
    """puckling with these dimensions, or with all."""
    from datetime import UTC

    from puckling import Context, Lang, Locale, Options, parse

    def read(asked: Question) -> Any:
        reference = published(asked).replace(tzinfo=UTC)
        context = Context(reference, Locale(Lang(asked["lang"].upper())))
        return parse(asked["text"], context, Options(parse_timeout_ms=None), dimensions or None)

    def ends(found: Any, _: Question) -> list[list[date]]:
        return [puckling_ends(entity.value.primary) for entity in found if entity.dim == "time"]

    return read, ends


def puckling_ends(value: Any) -> list[date]:
    """The last days of an instant; an interval may end with its last instant or before it."""
    last = getattr(value, "end", getattr(value, "instant", value))
    day = last.value.date()
    whole = [last_day(day, last.grain.value)]
    return whole if last is value else [*whole, day, day - timedelta(days=1)]


def mahad(*more: str) -> Reader:
    """mahad's times, and more of its dimensions."""
    from maha.parsers.functions import parse_dimension

    def read(asked: Question) -> Any:
        return parse_dimension(asked["text"], time=True, **dict.fromkeys(more, True))

    def ends(found: Any, asked: Question) -> list[list[date]]:
        values = [mahad_last(each.value) for each in found if each.dimension_type.name == "TIME"]
        return [[last_day((value + published(asked)).date(), mahad_grain(value))] for value in values]

    return read, ends


def mahad_last(value: Any) -> Any:
    """The time itself, or the end of an interval, its begin if the end is open."""
    if not hasattr(value, "end"):
        return value
    return value.start if value.end is None else value.end


def mahad_grain(value: Any) -> str:
    """The smallest unit that a time of mahad tells."""
    if value.is_days_set() or value.weekday is not None or value.is_hours_set():
        return "day"
    if value.is_weeks_set():
        return "week"
    return "month" if value.is_months_set() or value.next_month or value.prev_month else "year"


READERS: dict[str, Callable[[], Reader]] = {
    "ours": ours,
    "our dates": our_dates,
    "dateparser": lambda: dateparser("split"),
    "dateparser, ngram": lambda: dateparser("ngram"),
    "puckling": lambda: puckling("time"),
    "puckling, all": puckling,
    "mahad": mahad,
    "mahad, all": lambda: mahad("numeral", "ordinal", "duration"),
}


def main() -> None:
    """Answers one question a line until there are no more."""
    read, ends = READERS[sys.argv[1]]()
    for line in sys.stdin:
        asked = json.loads(line)
        start = time.perf_counter()
        found = read(asked)
        seconds = time.perf_counter() - start
        days = [[day.isoformat() for day in each] for each in ends(found, asked)]
        print(json.dumps({"seconds": seconds, "ends": days}), flush=True)


if __name__ == "__main__":
    main()
