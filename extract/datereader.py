"""Reads dates out of a row of mentions.

A date is an optional bound ("by"), an optional part ("end of") and a core: day, month and year in any order,
a year, a unit ("next month", "third quarter of 2021"), a weekday, "today".
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from extract.context import DEEDS
from extract.cursor import Cursor
from extract.dates import DateRead
from extract.model import Mention

YEARS = range(1990, 2101)
# Shifts that count from the date told before, not from the day of publication.
BACK = ("same", "after")
# The kinds of words that a date can begin with.
FIRST = frozenset(
    (
        "later",
        "yearend",
        "quartername",
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
        "thisyear",
    )
)
# "within 60 months" is the longest span that still is a deadline.
LONGEST_SPAN = 60
DIGITS_OF_A_YEAR = 4
DAYS_OF = {"day": 1, "week": 7}


def read_dates(text: str, mentions: list[Mention]) -> list[Mention]:
    """``mentions`` with every date as one mention tagged ``date``: a ``DateRead``."""
    out: list[Mention] = []
    at = 0
    while at < len(mentions):
        mention = mentions[at]
        if mention.get("anaphor") == "date":
            out.append(replace(mention, tags={"date": DateRead(bound="by", same=True)}))
            at += 1
            continue
        if FIRST.isdisjoint(mention.tags):
            out.append(mention)
            at += 1
            continue
        reader = DateReader(text, mentions, at)
        if reader.is_hijri():
            at = reader.at
            continue
        read = reader.date()
        if read is None:
            out.append(mention)
            at += 1
        else:
            out.append(Mention(mention.start, mentions[reader.at - 1].end, {"date": read}, mention.before))
            at = reader.at
    return out


class DateReader(Cursor):
    """Reads one date that begins at ``first``; ``at`` is where it stands."""

    def __init__(self, text: str, mentions: list[Mention], first: int) -> None:
        super().__init__(text, mentions, first)
        self.bounds: list[str] = []
        self.part: str | None = None

    def is_hijri(self) -> bool:
        """Whether a Hijri date begins here; it is read over: the Gregorian one beside it counts."""
        if self.take("number", "ordinal") and self.take("hijrimonth"):
            self.take("number")
            self.take("hijri")
            return True
        self.at = self.first
        return False

    def date(self) -> DateRead | None:
        """The date that begins at ``first``, or None with the reader left anywhere."""
        while bound := self.value("bound"):
            self.bounds.append(bound)
        if self.bounds:
            self.take("prep", "full")
        if not self._read_part():
            return None
        start = self.at
        kinds = self.mentions[start].tags if start < len(self.mentions) else {}
        for first, core in CORES:
            if not first.isdisjoint(kinds):
                self.at = start
                if (read := core(self)) is not None:
                    return replace(read, bound=self.bounds[-1] if self.bounds else None, part=self.part)
        return None

    def _read_part(self) -> bool:
        """Reads "end of", "mid-"; False if the word is a deed here ("will end September 30")."""
        word = self.take("part")
        if word is None:
            return True
        self.part = str(word.get("part"))
        day = self.peek("unit")
        if self.part == "end" and day is not None and day.get("unit") == "day":
            self.part = "lastday"
            self.at += 1
        if self.skip("from"):
            return True
        return not word.has("end") or bool(self.bounds)

    def _year(self) -> int | None:
        """A year in figures, with or without the word for year before it."""
        start = self.at
        self.skip("from", "in")
        unit = self.peek("unit")
        if unit is not None and unit.get("unit") == "year":
            self.at += 1
        value = self.figure(YEARS[0], YEARS[-1])
        if value is not None and self.mentions[self.at].get("figures"):
            mention = self.mentions[self.at]
            if mention.end - mention.start == DIGITS_OF_A_YEAR:
                self.at += 1
                self.take("gregorian")
                return value
        self.at = start
        return None

    def _relative(self, unit: str) -> int | None:
        """The shift beside ``unit`` on either side of it ("next year", "this month")."""
        start = self.at
        for order in (("rel", "unit"), ("unit", "rel")):
            self.at = start
            first = self.take(order[0])
            second = self.take(order[1]) if first else None
            if first and second:
                shift, named = (first, second) if order[0] == "rel" else (second, first)
                if named.get("unit") == unit and shift.get("rel") not in BACK:
                    return int(shift.get("rel"))
        self.at = start
        if unit == "year" and (this := self.value("thisyear")):
            return int(this)
        return None

    def _relative_year(self) -> int | None:
        """ "of next year": the shift of the year, or None."""
        start = self.at
        self.skip("from", "in")
        shift = self._relative("year")
        if shift is None:
            self.at = start
        return shift

    def _day(self) -> int | None:
        if (ordinal := self.value("ordinal")) is not None:
            return int(ordinal)
        value = self.figure(1, 31)
        if value is not None:
            self.at += 1
        return value

    def _calendar(self) -> DateRead | None:
        mention = self.take("calendar")
        read: DateRead | None = mention.get("calendar") if mention else None
        return read

    def _from_told(self) -> DateRead | None:
        """ "Three days later", "two days before that", "the next day": counted from the date told before."""
        if self.part:
            return None
        start = self.at
        turn = self.value("later")
        days = self._days()
        turn = turn or (self.value("later") if days is not None and not self.bounds else None)
        if days is not None and turn is not None:
            return DateRead(same=True, offset=days * int(turn))
        self.at = start
        found = {self.value("rel"), self.value("unit"), self.value("rel")}
        return DateRead(same=True, offset=1) if found >= {"after", "day"} else None

    def _days(self) -> int | None:
        """A number of days or weeks, in days."""
        if (dual := self.peek("dualunit")) is not None and dual.get("dualunit") in DAYS_OF:
            self.at += 1
            return 2 * DAYS_OF[dual.get("dualunit")]
        count = self.figure(1, LONGEST_SPAN)
        self.at += count is not None
        unit = self.take("unit") if count is not None else self.take("oneunit")
        if unit is None or unit.get("unit") not in DAYS_OF:
            return None
        return (count or 1) * DAYS_OF[unit.get("unit")]

    def _named_day(self) -> DateRead | None:
        """ "today", "yesterday, Thursday", "the same day"; a date in figures behind it says it better."""
        offset = self.value("day")
        if offset is None:
            return None
        back = self.peek("rel")
        if back is not None and back.get("rel") == "same":
            self.at += 1
            return DateRead(same=True, unit="day")
        if back is not None and back.get("rel") == "after":
            self.at += 1
            return DateRead(same=True, offset=1)
        self.take("weekday")
        return self._calendar() or DateRead(offset=int(offset))

    def _month_day(self) -> DateRead | None:
        """ "September 15, 2025", "Jan. 31"."""
        month = None if self.part else self.value("month")
        day = self._day() if month else None
        return None if day is None else self._year_of(int(month or 0), day)

    def _day_month(self) -> DateRead | None:
        """ "15 September 2025", "the 15th of September", "the 15th of this month"."""
        in_words = self.peek("ordinal") is not None and not self.text[self.mentions[self.at].start].isdigit()
        day = self._day()
        if day is None:
            return None
        of = self.skip("from", "in")
        if in_words and not of:  # "the first: September" is not the first of September
            return None
        if (month := self.value("month")) is not None:
            return self._year_of(int(month), day)
        shift = self._relative("month")
        if shift is not None:
            return DateRead(day=day, unit="month", rel=shift)
        words = {self.value("rel"), self.value("unit"), self.value("rel")}
        return DateRead(day=day, unit="month", same=True) if words >= {"same", "month"} else None

    def _month(self) -> DateRead | None:
        """ "September 2025", "last December", "this September"."""
        shift = self.value("rel")
        if shift in BACK:
            return None
        unit = self.peek("unit") if shift is None else None
        if unit is not None and unit.get("unit") == "month":
            self.at += 1
        else:
            unit = None
        month = self.value("month") or (self._month_in_figures() if unit is not None else None)
        if month is None:
            return None
        read = self._year_of(int(month), None)
        return read if shift is None else replace(read, rel=int(shift))

    def _month_in_figures(self) -> int | None:
        """ "Month 7", as it is said in Iraq."""
        month = self.figure(1, 12)
        self.at += month is not None
        return month

    def _year_of(self, month: int, day: int | None) -> DateRead:
        """A month (and day) with what is said of its year behind it."""
        while self.take("month"):
            pass  # one month under two names
        if (year := self._year()) is not None:
            return DateRead(year=year, month=month, day=day)
        if (year_rel := self._relative_year()) is not None:
            return DateRead(month=month, day=day, year_rel=year_rel)
        start = self.at
        shift = self.value("rel")
        if shift is not None and shift not in BACK and self.peek("unit", "weekday") is None:
            return DateRead(month=month, day=day, rel=int(shift))
        self.at = start
        self.skip("from", "in")
        if (order := {self.value("rel"), self.value("unit"), self.value("rel")}) >= {"same", "year"}:
            return DateRead(month=month, day=day, same=True)
        if order >= {"after", "year"}:
            return DateRead(month=month, day=day, same=True, year_rel=1)
        self.at = start
        return DateRead(month=month, day=day)

    def _within(self) -> DateRead | None:
        """ "within two months"."""
        if "within" not in self.bounds or self.part:
            return None
        if (dual := self.value("dualunit")) is not None:
            return DateRead(unit=dual, span=2)
        count = self.figure(1, LONGEST_SPAN)
        self.at += count is not None
        unit = self.take("unit")
        if unit is None or unit.get("unit") in ("quarter", "half"):
            return None
        if count is None and self.figure(1, 1) is not None:
            self.at += 1
        alone = unit.has("oneunit") and "the" not in unit.before and not self.peek("rel", "number")
        if count is None and not alone:  # "within weeks" names no day
            return None
        return DateRead(unit=str(unit.get("unit")), span=count or 1)

    def _fraction(self) -> DateRead | None:
        """ "the third quarter of 2021", "first half of next year"."""
        if (quarter := self.value("quartername")) is not None:
            return DateRead(unit="quarter", ordinal=int(quarter), year=self._year(), year_rel=None)
        ordinal = self.value("ordinal")
        unit = self.value("unit")
        if ordinal is None:
            ordinal = self.value("ordinal")
        if ordinal is None or unit not in ("quarter", "half") or int(ordinal) > (4 if unit == "quarter" else 2):
            return None
        year = self._year()
        shift = self._relative_year() if year is None else None
        return DateRead(unit=unit, ordinal=int(ordinal), year=year, year_rel=shift)

    def _weekday(self) -> DateRead | None:
        """ "on Thursday", "next Sunday"; a date behind it says it better."""
        before = self.value("rel")
        weekday = self.value("weekday")
        if weekday is None or before in BACK:
            return None
        start = self.at
        for better in (self._calendar, self._month_day, self._day_month):
            self.at = start
            if (read := better()) is not None:
                return read
        self.at = start
        shift = before or self.value("rel")
        return DateRead(weekday=int(weekday), rel=None if shift is None or shift in BACK else int(shift))

    def _unit(self) -> DateRead | None:
        """ "next month", "the end of the year", "that month"."""
        start = self.at
        for order in (("rel", "unit"), ("unit", "rel")):
            self.at = start
            found = {kind: self.value(kind) for kind in order}
            unit, shift = found["unit"], found["rel"]
            if unit is None or shift is None:
                continue
            if unit not in ("week", "month", "year"):
                return None
            if shift in BACK:
                return DateRead(same=True, unit=unit, rel=1 if shift == "after" else None)
            return DateRead(unit=unit, rel=int(shift))
        self.at = start
        if (this := self.value("thisyear")) is not None:
            return DateRead(unit="year", rel=int(this))
        unit = self.value("unit")
        if unit == "year" and self.peek("number"):
            return None
        if unit == "year" and self.value("later") == "1":
            self.part = "later"
            return DateRead(same=True, unit="year", rel=1)
        if unit in ("month", "year") and (self.part or self.bounds[-1:] == ["by"]):
            return DateRead(unit=unit, rel=0)
        return None

    def _day_alone(self) -> DateRead | None:
        """ "no later than the 20th", "on the 16th": the day of the month at hand, or of the next."""
        if self.part or not (self.bounds[-1:] in (["by"], ["before"], ["until"], ["after"]) or self._on_a_day()):
            return None
        ordinal = self.value("ordinal")
        rest = self.text[self.mentions[self.at - 1].end :].lstrip(" ")
        alone = not rest[:1].isalpha() or self.peek("link", "modal", "prep", "anaphor", *DEEDS) is not None
        return DateRead(day=int(ordinal), unit="month") if ordinal is not None and alone else None

    def _on_a_day(self) -> bool:
        """Whether "on" stands before an ordinal in figures."""
        before = self.mentions[self.at - 1] if self.at == self.first and self.at else None
        here = self.peek("ordinal")
        on = before is not None and before.get("prep") in ("on", "in") and here is not None
        return on and here is not None and self.text[here.start].isdigit() and self.touches()

    def _year_end(self) -> DateRead | None:
        if self.take("yearend") is None:
            return None
        self.part = "end"
        return DateRead(unit="year", rel=0)

    def _year_alone(self) -> DateRead | None:
        """A year alone: with the word for year, a part, a bound or "in" before it."""
        before = self.mentions[self.at - 1] if self.at == self.first and self.at else None
        in_year = before is not None and before.get("prep") in ("in", "from")
        touching = in_year and before is not None and not self.text[before.end : self.mentions[self.at].start].strip()
        unit = self.peek("unit")
        named = unit is not None and unit.get("unit") == "year"
        if not (self.part or self.bounds or named or touching):
            return None
        year = self._year()
        if year is None or self.peek("troop", "body", "adjective", "local", "localadj", "unit"):
            return None
        return DateRead(year=year)


# What a date can be, in the order in which it is tried, and the kinds of words that it can begin with then.
CORES: tuple[tuple[frozenset[str], Callable[[DateReader], DateRead | None]], ...] = (
    (frozenset(("calendar",)), DateReader._calendar),
    (frozenset(("later", "dualunit", "number", "oneunit", "rel", "unit")), DateReader._from_told),
    (frozenset(("day",)), DateReader._named_day),
    (frozenset(("month",)), DateReader._month_day),
    (frozenset(("ordinal", "number")), DateReader._day_month),
    (frozenset(("rel", "unit", "month")), DateReader._month),
    (frozenset(("dualunit", "number", "unit")), DateReader._within),
    (frozenset(("quartername", "ordinal", "unit")), DateReader._fraction),
    (frozenset(("rel", "weekday")), DateReader._weekday),
    (frozenset(("rel", "unit", "thisyear")), DateReader._unit),
    (frozenset(("yearend",)), DateReader._year_end),
    (frozenset(("prep", "unit", "number")), DateReader._year_alone),
    (frozenset(("ordinal",)), DateReader._day_alone),
)
