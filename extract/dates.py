"""Dates read as they are written; ``resolve.py`` puts them on the calendar later.

A date is an optional bound ("by"), an optional part ("end of") and a core: day and month and year in any
order, a year, a unit ("next month", "third quarter of 2021"), a weekday, "today". What is read is kept as
a ``DateRead``: nothing is looked up in a calendar here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from extract.lexicon import words_of
from extract.model import Mention, Number

# 15/09/2025, 15-9-2025, 15.09.2025, 2025-09-15, 15/9 ; day first, as the press of the region writes.
NUMERIC = re.compile(
    r"(?<![\d/.\-])(?:(?P<y>(?:19|20)\d\d)[-/](?P<m>\d{1,2})[-/](?P<d>\d{1,2})"
    r"|(?P<d2>\d{1,2})\s?[-/.]\s?(?P<m2>\d{1,2})\s?[-/.]\s?(?P<y2>(?:19|20)\d\d)"
    r"|(?P<d3>\d{1,2})/(?P<m3>\d{1,2}))(?![\d/%])"
)


@cache
def _gap() -> re.Pattern[str]:
    """What may stand between the words of one date: blanks, light marks and an article."""
    articles = "|".join(re.escape(word) for word in sorted(words_of("article"), key=len, reverse=True))
    return re.compile(rf"(?:{articles})?[\s/\-,()]{{0,4}}(?:(?:{articles})\s*)?")


TIGHT = re.compile(r"[\s\-]{0,2}")
YEARS = range(1990, 2101)
# Shifts that count from the date told before, not from the day of publication.
BACK = ("same", "after")
# "last" beside a unit that is over reads as -1; beside the unit at hand (this, current) as 0.


@dataclass(frozen=True, slots=True)
class DateRead:
    """A date as written. ``rel`` shifts the smallest unit told, ``year_rel`` the year; both count from the day
    of publication (0 this, 1 next, -1 last). ``same`` points back to the date told before."""

    bound: str | None = None
    part: str | None = None
    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    offset: int | None = None
    unit: str | None = None
    ordinal: int | None = None
    rel: int | None = None
    year_rel: int | None = None
    span: int | None = None
    same: bool = False

    @property
    def is_explicit(self) -> bool:
        """Whether the month or the year is told by name or figure."""
        return self.month is not None or self.year is not None


def find_numeric(text: str) -> Iterator[Mention]:
    """Dates in figures, as mentions with the tag ``calendar``: a ``DateRead`` (impossible days are left out)."""
    for match in NUMERIC.finditer(text):
        named = {k[0]: int(v) for k, v in match.groupdict().items() if v}
        try:
            date(named.get("y", 2000), named["m"], named["d"])
        except ValueError:
            continue
        yield Mention(
            match.start(),
            match.end(),
            {"calendar": DateRead(None, None, named.get("y"), named["m"], named["d"])},
        )


class Reader:
    """Reads one date from a list of mentions, from left to right; ``at`` is where it stands."""

    def __init__(self, text: str, mentions: list[Mention], at: int) -> None:
        self.text, self.mentions, self.at = text, mentions, at

    def peek(self, *kinds: str) -> Mention | None:
        """The next mention if it touches the last one read and can be one of ``kinds``."""
        index = self.at
        if index >= len(self.mentions):
            return None
        mention = self.mentions[index]
        if index and self.at and not _gap().fullmatch(self.text, self.mentions[index - 1].end, mention.start):
            return None
        return mention if mention.has(*kinds) else None

    def take(self, *kinds: str) -> Mention | None:
        """Like ``peek``, and moves on."""
        mention = self.peek(*kinds)
        if mention:
            self.at += 1
        return mention

    def skip_of(self) -> None:
        """Moves over "of" / "from" / "the"."""
        if (word := self.peek("prep")) and word.get("prep") in ("from", "in"):
            self.at += 1

    def _figure(self, low: int, high: int) -> int | None:
        mention = self.peek("number")
        value = mention.get("number") if mention else None
        if (
            isinstance(value, Number)
            and value.low is not None
            and value.low == value.high
            and low <= value.low <= high
        ):
            return value.low
        return None

    def year(self) -> int | None:
        """A year in figures ("2025", "عام 2025", "ساڵی 2026")."""
        start = self.at
        self.skip_of()
        if (unit := self.peek("unit")) and unit.get("unit") == "year":
            self.at += 1
        value = self._figure(YEARS[0], YEARS[-1])
        if (
            value
            and self.mentions[self.at].get("figures")
            and self.mentions[self.at].end - self.mentions[self.at].start == 4
        ):
            self.at += 1
            self.take("gregorian")
            return value
        self.at = start
        return None

    def relative_year(self) -> int | None:
        """ "of next year", "من العام المقبل", "this year": the shift of the year, or None."""
        start = self.at
        self.skip_of()
        shift = self.relative("year")
        if shift is None:
            self.at = start
        return shift

    def relative(self, unit: str | None) -> int | None:
        """A shift beside ``unit`` on either side; without a unit the shift alone ("سبتمبر المقبل")."""
        start = self.at
        if unit is None:
            word = self.take("rel")
            return None if word is None or word.get("rel") in BACK else int(word.get("rel"))
        for order in (("rel", "unit"), ("unit", "rel")):
            self.at = start
            first, second = self.take(order[0]), None
            if first:
                second = self.take(order[1])
            if first and second:
                named, shift = (second, first) if order[0] == "rel" else (first, second)
                if named.get("unit") == unit and shift.get("rel") not in BACK:
                    return int(shift.get("rel"))
        self.at = start
        if this := self.take("thisyear"):
            return int(this.get("thisyear"))
        return None

    def day_number(self) -> int | None:
        """The day of a month: "15", "15th", "الخامس عشر", "fifth"."""
        if (word := self.peek("ordinal")) is not None:
            self.at += 1
            return int(word.get("ordinal"))
        value = self._figure(1, 31)
        if value is not None:
            self.at += 1
        return value


def read_dates(text: str, mentions: list[Mention]) -> list[Mention]:
    """``mentions`` with every date as one mention tagged ``date``: a ``DateRead``."""
    out: list[Mention] = []
    at = 0
    while at < len(mentions):
        if (over := _hijri_end(text, mentions, at)) > at:
            at = over
            continue
        if mentions[at].get("anaphor") == "date":
            out.append(replace(mentions[at], tags={"date": DateRead(bound="by", same=True)}))
            at += 1
            continue
        read, end = _date(text, mentions, at)
        if read and end > at:
            out.append(
                Mention(mentions[at].start, mentions[end - 1].end, {"date": read}, mentions[at].before)
            )
            at = end
        else:
            out.append(mentions[at])
            at += 1
    return out


def _hijri_end(text: str, mentions: list[Mention], at: int) -> int:
    """Where a Hijri date that begins at ``at`` ends: it is read over, the Gregorian one beside it counts."""
    reader = Reader(text, mentions, at + 1)
    if mentions[at].has("number", "ordinal") and reader.take("hijrimonth"):
        reader.take("number")
        reader.take("hijri")
        return reader.at
    return at


def _date(text: str, mentions: list[Mention], at: int) -> tuple[DateRead | None, int]:
    first = mentions[at]
    if not first.has(
        "bound",
        "part",
        "month",
        "calendar",
        "number",
        "ordinal",
        "unit",
        "rel",
        "weekday",
        "day",
        "hijrimonth",
        "thisyear",
    ):
        return None, at
    reader = Reader(text, mentions, at)
    reader.at = at
    bound = None
    while (
        word := reader.peek("bound") if reader.at > at else (first if first.has("bound") else None)
    ) is not None:
        bound = word.get("bound")
        reader.at += 1
    if bound and (word := reader.peek("prep", "full")) and reader.at > at:
        reader.at += 1
    part = None
    if (word := (reader.peek("part") if reader.at > at else (first if first.has("part") else None))) is not None:
        part = word.get("part")
        reader.at += 1
        if part == "end" and (day := reader.peek("unit")) is not None and day.get("unit") == "day":
            part = "lastday"
            reader.at += 1
        of = reader.peek("prep")
        if of is not None and of.get("prep") == "from":
            reader.at += 1
        elif word.has("end") and not bound:  # "will end September 30": a deed, not a part
            return None, at
    core = _core(reader, at, bound, part)
    if core is None:
        if bound and part is None:
            return None, at
        return None, at
    return replace(core, bound=bound, part=part), reader.at


def _core(reader: Reader, first: int, bound: str | None, part: str | None) -> DateRead | None:
    """The core of a date, or None with the reader left anywhere."""
    start = reader.at
    for attempt in (
        _calendar,
        _named_day,
        _month_day,
        _day_month,
        _month,
        _within,
        _fraction,
        _weekday,
        _unit,
        _year,
    ):
        reader.at = start
        found = attempt(reader, first, bound, part)
        if found is not None:
            return found
    return None


def _peek_first(reader: Reader, first: int, *kinds: str) -> Mention | None:
    """The mention at hand; the first one of a date has no neighbour to touch."""
    if reader.at == first:
        mention = reader.mentions[first]
        return mention if mention.has(*kinds) else None
    return reader.peek(*kinds)


def _calendar(reader: Reader, first: int, bound: str | None, part: str | None) -> DateRead | None:
    mention = _peek_first(reader, first, "calendar")
    if mention is None:
        return None
    reader.at += 1
    read: DateRead = mention.get("calendar")
    return read


def _named_day(reader: Reader, first: int, bound: str | None, part: str | None) -> DateRead | None:
    """ "today", "أمس الخميس"."""
    mention = _peek_first(reader, first, "day")
    if mention is None:
        return None
    reader.at += 1
    if (back := reader.peek("rel")) is not None and back.get("rel") == "same":
        reader.at += 1
        return DateRead(same=True, unit="day")
    reader.take("weekday")
    if (tail := reader.peek("calendar")) is not None:
        reader.at += 1
        exact: DateRead = tail.get("calendar")
        return exact
    return DateRead(offset=int(mention.get("day")))


def _year_of(reader: Reader, month: int, day: int | None) -> DateRead:
    """A month (and day) with what is said of its year behind it."""
    while reader.take("month"):
        pass  # "September/Aylul" is one month
    year = reader.year()
    if year is not None:
        return DateRead(year=year, month=month, day=day)
    year_rel = reader.relative_year()
    if year_rel is not None:
        return DateRead(month=month, day=day, year_rel=year_rel)
    start = reader.at
    if (word := reader.take("rel")) is not None:
        if word.get("rel") not in BACK and reader.peek("unit", "weekday") is None:
            return DateRead(month=month, day=day, rel=int(word.get("rel")))
        reader.at = start
    reader.skip_of()
    if (word := reader.take("rel")) is not None and word.get("rel") == "same":
        if (unit := reader.take("unit")) is not None and unit.get("unit") == "year":
            return DateRead(month=month, day=day, same=True)
    reader.at = start
    return DateRead(month=month, day=day)


def _month_day(reader: Reader, first: int, bound: str | None, part: str | None) -> DateRead | None:
    """ "September 15, 2025", "Jan. 31"."""
    month = _peek_first(reader, first, "month")
    if month is None or part:
        return None
    reader.at += 1
    day = reader.day_number() if reader.peek("number", "ordinal") and not reader.peek("month") else None
    if day is None:
        return None
    return _year_of(reader, int(month.get("month")), day)


def _day_month(reader: Reader, first: int, bound: str | None, part: str | None) -> DateRead | None:
    """ "15 September 2025", "the 15th of September", "الخامس من أيلول المقبل", "the 15th of this month"."""
    if _peek_first(reader, first, "number", "ordinal") is None:
        return None
    weekday_free = reader.at
    day = _first_day(reader, first)
    if day is None:
        return None
    named = not reader.mentions[weekday_free].has("number") and not _starts_with_figure(reader, weekday_free)
    behind = reader.at
    reader.skip_of()
    if named and reader.at == behind:  # "the first: September", not the first of September
        reader.at = weekday_free
        return None
    if (month := reader.take("month")) is not None:
        return _year_of(reader, int(month.get("month")), day)
    shift = reader.relative("month")
    if shift is not None:
        return DateRead(day=day, unit="month", rel=shift)
    reader.at = weekday_free
    return None


def _starts_with_figure(reader: Reader, at: int) -> bool:
    return reader.text[reader.mentions[at].start].isdigit()


def _first_day(reader: Reader, first: int) -> int | None:
    mention = reader.mentions[reader.at]
    if mention.has("ordinal"):
        reader.at += 1
        return int(mention.get("ordinal"))
    value = mention.get("number")
    if (
        isinstance(value, Number)
        and value.low == value.high
        and value.low is not None
        and 1 <= value.low <= 31
    ):
        reader.at += 1
        return value.low
    return None


def _month(reader: Reader, first: int, bound: str | None, part: str | None) -> DateRead | None:
    """ "September 2025", "last December", "this September", "شهر أيلول المقبل"."""
    shift = None
    if (word := _peek_first(reader, first, "rel")) is not None:
        if word.get("rel") in BACK:
            return None
        shift = int(word.get("rel"))
        reader.at += 1
    elif (unit := _peek_first(reader, first, "unit")) is not None and unit.get("unit") == "month":
        reader.at += 1
    month = _peek_first(reader, first, "month")
    if month is None:
        return None
    reader.at += 1
    read = _year_of(reader, int(month.get("month")), None)
    return replace(read, rel=shift) if shift is not None else read


def _within(reader: Reader, first: int, bound: str | None, part: str | None) -> DateRead | None:
    """ "within two months", "خلال شهرين"."""
    if reader.at == first or reader.mentions[reader.at - 1].get("bound") is None:
        return None
    if not any(
        m.has("bound") and m.tags.get("bound") == "within" for m in reader.mentions[first : reader.at]
    ):
        return None
    if (dual := reader.take("dualunit")) is not None:
        return DateRead(unit=dual.get("dualunit"), span=2)
    count = 1
    value = reader.peek("number")
    number = value.get("number") if value else None
    if isinstance(number, Number):
        if number.high is None or number.high > 60:
            return None
        count = number.high
        reader.at += 1
    unit = reader.take("unit")
    if unit is None or (number is None and reader.peek("rel")) or unit.get("unit") in ("quarter", "half"):
        return None
    if number is None and "the" in unit.before:
        return None
    return DateRead(unit=unit.get("unit"), span=count)


def _fraction(reader: Reader, first: int, bound: str | None, part: str | None) -> DateRead | None:
    """ "the third quarter of 2021", "الربع الثالث من العام الجاري", "first half of next year"."""
    ordinal = unit = None
    for _ in range(2):
        if ordinal is None and (word := _peek_first(reader, first, "ordinal")) is not None:
            ordinal = int(word.get("ordinal"))
            reader.at += 1
        elif (
            unit is None
            and (word := _peek_first(reader, first, "unit"))
            and word.get("unit") in ("quarter", "half")
        ):
            unit = str(word.get("unit"))
            reader.at += 1
    if ordinal is None or unit is None or ordinal > (4 if unit == "quarter" else 2):
        return None
    year = reader.year()
    shift = reader.relative_year() if year is None else None
    return DateRead(unit=unit, ordinal=ordinal, year=year, year_rel=shift)


def _weekday(reader: Reader, first: int, bound: str | None, part: str | None) -> DateRead | None:
    """ "on Thursday", "next Sunday", "الأحد المقبل"; a date behind it says it better."""
    shift = None
    if (word := _peek_first(reader, first, "rel")) is not None and word.get("rel") not in BACK:
        shift = int(word.get("rel"))
        reader.at += 1
    weekday = _peek_first(reader, first, "weekday")
    if weekday is None:
        return None
    reader.at += 1
    if shift is None and (word := reader.take("rel")) is not None and word.get("rel") not in BACK:
        shift = int(word.get("rel"))
    start = reader.at
    for attempt in (_calendar, _month_day, _day_month):
        reader.at = start
        if reader.peek("calendar", "month", "number", "ordinal") and (
            better := attempt(reader, -1, None, None)
        ):
            return better
    reader.at = start
    return DateRead(weekday=int(weekday.get("weekday")), rel=shift)


def _unit(reader: Reader, first: int, bound: str | None, part: str | None) -> DateRead | None:
    """ "next month", "الشهر المقبل", "the end of the year", "that month"."""
    start = reader.at
    for order in (("rel", "unit"), ("unit", "rel")):
        reader.at = start
        one = _peek_first(reader, first, order[0])
        if one is None:
            continue
        reader.at += 1
        two = reader.take(order[1])
        if two is None:
            continue
        unit, shift = (two, one) if order[0] == "rel" else (one, two)
        if unit.get("unit") not in ("week", "month", "year"):
            return None
        if shift.get("rel") == "same":
            return DateRead(same=True, unit=unit.get("unit"))
        if shift.get("rel") == "after":
            return DateRead(same=True, unit=unit.get("unit"), rel=1)
        return DateRead(unit=unit.get("unit"), rel=int(shift.get("rel")))
    reader.at = start
    if (this := _peek_first(reader, first, "thisyear")) is not None:
        reader.at += 1
        return DateRead(unit="year", rel=int(this.get("thisyear")))
    unit = _peek_first(reader, first, "unit")
    if unit is not None and (part or bound == "by") and unit.get("unit") in ("month", "year"):
        reader.at += 1
        return DateRead(unit=unit.get("unit"), rel=0)
    return None


def _year(reader: Reader, first: int, bound: str | None, part: str | None) -> DateRead | None:
    """A year alone: with its unit ("عام 2026"), a part, a bound or "in" before it."""
    introduced = bool(part or bound)
    if (unit := _peek_first(reader, first, "unit")) is not None and unit.get("unit") == "year":
        introduced = True
        reader.at += 1
    elif reader.at and not introduced:
        word = reader.mentions[reader.at - 1]
        touching = TIGHT.fullmatch(reader.text, word.end, reader.mentions[reader.at].start)
        introduced = bool(touching) and word.has("prep") and word.get("prep") in ("in", "from")
    mention = _peek_first(reader, first, "number")
    value = mention.get("number") if mention else None
    if not introduced or mention is None or not isinstance(value, Number) or value.low not in YEARS:
        return None
    if not mention.get("figures") or value.low != value.high or mention.end - mention.start != 4:
        return None
    reader.at += 1
    if reader.peek("troop", "body", "adjective", "local", "localadj", "unit"):
        return None
    reader.take("gregorian")
    return DateRead(year=value.low)
