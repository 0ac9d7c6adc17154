"""Numbers of one force at one place over time: the claims as marks of a chart, and as a table of words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from html import escape
from itertools import groupby

from ledger.filters import UNSTATED
from pages.parts.axis import ticks
from pages.parts.claims import claim
from pages.parts.data import Row
from pages.parts.frame import View
from pages.parts.marks import CLAIMS
from pages.parts.scale import Days, Numbers, days_of, numbers_of
from pages.parts.tables import cell, evidence_link, head, time

SHOWN = 100  # claims in the chart and in the table, the newest
LASTS = timedelta(days=365)  # so long a number stands for the time after it; the map's marks pale then too
# The narrowest field that the chart is drawn in (style.css), and a mark with its air, in pixels.
FIELD = (700, 300)
MARK = 14
NOWHERE = "unstated"  # stands in the address for a place that is not told
DASH = "–"  # for what a table has nothing to say of


@dataclass
class Mark:
    """Where a claim stands, in percent: from the left, and its lowest and highest number from the bottom.

    ``open`` is "up" for "more than" (and for what is beyond the scale), "down" for "fewer than"; ``aside`` how
    many marks' widths it is moved so that it covers no other.
    """

    claim: Row
    x: float
    low: float
    high: float
    open: str = ""
    beyond: bool = False
    aside: int = 0


@dataclass(frozen=True)
class Step:
    """The number that stood from one day to another, in percent like ``Mark``; ``open`` has an open end."""

    left: float
    right: float
    low: float
    high: float
    open: bool = False


def slug(row: Row) -> str:
    """The place of a row as it stands in the address."""
    return row["place"] or UNSTATED


def stated(row: Row) -> tuple[int, int] | None:
    """The lowest and highest number that a claim states; None when it states none (which is not 0)."""
    ends = [number for number in (row["count_min"], row["count_max"]) if number is not None]
    return (min(ends), max(ends)) if ends else None


def scales(claims: Iterable[Row], as_of: date) -> tuple[Days, Numbers]:
    """The scales of the claims. Numbers of earlier times do not squeeze those of now: they may be beyond."""
    told = [(row, ends[1]) for row in claims if (ends := stated(row))]
    now = [greatest for row, greatest in told if row["status"] != "past"]
    greatest = max(now or [greatest for _, greatest in told], default=1)
    return days_of((row["published"] for row, _ in told), as_of), numbers_of(greatest)


def marks_of(claims: Iterable[Row], days: Days, numbers: Numbers) -> list[Mark]:
    """The mark of every claim that states a number, none covering another, in the order of their days."""
    found: list[Mark] = []
    for row in sorted(claims, key=lambda row: (row["published"], row["report"])):
        if ends := stated(row):
            mark = _mark(row, ends, days, numbers)
            level = [other for other in found if _level(mark, other)]
            mark.aside = next(steps for steps in _aside() if not any(_cover(mark, steps, other) for other in level))
            found.append(mark)
    return found


def _mark(row: Row, ends: tuple[int, int], days: Days, numbers: Numbers) -> Mark:
    beyond = ends[0] > numbers.top
    open_ = "up" if row["count_max"] is None or beyond else "down" if row["count_min"] is None else ""
    return Mark(row, days.at(row["published"]), numbers.at(ends[0]), numbers.at(ends[1]), open_, beyond)


def _aside() -> Iterable[int]:
    """0, 1, -1, 2, -2 ... without end."""
    yield 0
    step = 1
    while True:
        yield step
        yield -step
        step += 1


def _level(mark: Mark, other: Mark) -> bool:
    """Whether one stands neither above nor below the other."""
    return max(mark.low - other.high, other.low - mark.high) * FIELD[1] / 100 < MARK


def _cover(mark: Mark, steps: int, other: Mark) -> bool:
    """Whether a mark, moved aside by so many steps, covers another one on its level."""
    return abs((mark.x - other.x) * FIELD[0] / 100 + (steps - other.aside) * MARK) < MARK - 1


def steps_of(claims: Sequence[Row], left_on: date | None, days: Days, numbers: Numbers, as_of: date) -> list[Step]:
    """The latest number told as there, day by day, each until the next one and for ``LASTS`` at most.

    ``claims`` come the newest first, those of one report in the order of its text (``Ledger.facts_about``).
    After ``left_on``, and where nobody said a number, there is a gap.
    """
    present = [row for row in claims if row["status"] == "present"]
    deciding = [next(rows) for _, rows in groupby(present, key=lambda row: row["published"])]
    found: list[Step] = []
    until = as_of
    for row in deciding:
        start, ends = row["published"], stated(row)
        end = min(until, start + LASTS)
        if left_on and start < left_on:
            end = min(end, left_on)
        if ends:
            open_ = row["count_min"] is None or row["count_max"] is None
            found.append(Step(days.at(start), days.at(end), numbers.at(ends[0]), numbers.at(ends[1]), open_))
        until = start
    return found[::-1]


def chart(view: View, claims: Sequence[Row], left_on: date | None) -> str:
    """HTML: the claims as marks over their days, with the line of the latest number until ``left_on``."""
    word = view.words
    days, numbers = scales(claims, view.as_of)
    steps = "".join(step(one) for one in steps_of(claims, left_on, days, numbers, view.as_of))
    marks = "".join(_link(view, mark) for mark in marks_of(claims, days, numbers))
    lines = "".join(f"<i style='bottom:{numbers.at(n)}%'></i>" for n in numbers.lines())
    labels = "".join(f"<b style='bottom:{numbers.at(n)}%'>{word.number(n)}</b>" for n in numbers.lines())
    width = len(word.number(numbers.top)) + 2
    return (
        f"<figure class='plot' lang='{word.lang}'><figcaption>{word.html('strength.chart')}</figcaption>"
        f"<div class='frame'><div class='axis' aria-hidden='true' style='width:{width}ch'>{labels}</div>"
        f"<div class='scroll'>"
        f"<div class='field' role='group' aria-label='{word.html('strength.alt')}'>"
        f"<div class='lines' aria-hidden='true'>{lines}{ticks(view, days)}</div>"
        f"<div aria-hidden='true'>{steps}</div>{marks}</div></div></div>{_key(view, claims)}</figure>"
    )


def step(one: Step) -> str:
    """HTML: the number that stood from one day to another."""
    at = f"left:{one.left}%;width:{one.right - one.left:.2f}%;bottom:{one.low}%;height:{one.high - one.low:.2f}%"
    return f"<s class='{'step open' if one.open else 'step'}' style='{at}'></s>"


def _link(view: View, mark: Mark) -> str:
    word, row = view.words, mark.claim
    key = f"fact:{row['fact']}"
    names = ["claim", row["status"], mark.open, *(["about"] if row["approximate"] else [])]
    names += ["range"] if mark.high > mark.low else []
    aside = f"calc({mark.x}% + {mark.aside * MARK}px)" if mark.aside else f"{mark.x}%"
    at = f"left:{aside};bottom:{mark.low}%"
    if mark.high > mark.low:
        at += f";--h:{mark.high - mark.low:.2f}%"
    told = word("strength.mark", claim=claim(word, row), publisher=row["publisher"], day=word.day(row["published"]))
    number = f"<b>{escape(word.count(row))}</b>" if mark.beyond else ""
    return (
        f"<a class='{' '.join(filter(None, names))}' style='{at}' data-show='{key}' title='{escape(told)}' "
        f"href='{view.permalink(show=key)}'>{number}</a>"
    )


def _key(view: View, claims: Sequence[Row]) -> str:
    """What the marks mean: the states that occur, and the ways in which a number may be told."""
    word = view.words
    there = [status for status in CLAIMS if any(row["status"] == status for row in claims)]
    states = "".join(f"<li><i class='claim {s}'></i>{word.html(f'troops.{s}')}</li>" for s in there)
    forms = {"exact": "present", "about": "present about", "range": "present range", "open": "present up"}
    ways = "".join(f"<li><i class='claim {look}'></i>{word.html(f'form.{f}')}</li>" for f, look in forms.items())
    line = f"<li><i class='line'></i>{word.html('strength.line')}</li>"
    side = f"<li class='quiet'>{word.html('strength.side')}</li>"
    return f"<ul class='key'>{states}{ways}</ul><ul class='key'>{line}{side}</ul>"


def table(view: View, claims: Sequence[Row], more: bool) -> str:
    """HTML: the claims in words, the newest first; ``more``: these are not all."""
    word = view.words
    cut = ""
    if more:
        cut = f"<p class='quiet'>{word.html('strength.cut', n=word.number(len(claims)))}</p>"
    rows = "".join(_told(view, row) for row in claims)
    columns = head(view, ["stated", "status", "publisher", "published", "speaker", "evidence"])
    return (
        f"<section id='claims' lang='{word.lang}'><h2>{word.html('strength.claims')}</h2>{cut}"
        f"<table class='ledger told'>{columns}<tbody>{rows}</tbody></table></section>"
    )


def _told(view: View, row: Row) -> str:
    word = view.words
    speaker = f"<bdi>{escape(row['speaker'])}</bdi>" if row["speaker"] else f"<span class='quiet'>{DASH}</span>"
    mark = f"<i class='claim {row['status']}{' about' if row['approximate'] else ''}'></i>"
    return (
        f"<tr><th scope='row' class='num'>{escape(word.count(row))}</th>"
        + cell("status", f"{mark}{word.html('troops.' + row['status'])}")
        + cell("publisher", f"<bdi>{escape(row['publisher'])}</bdi>")
        + cell("published", time(view, row["published"]))
        + cell("speaker", speaker)
        + cell("go", evidence_link(view, f"fact:{row['fact']}", word.html("evidence.word")))
        + "</tr>"
    )
