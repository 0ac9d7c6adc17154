"""The time bar under every masthead: the day looked at, how old the newest report is, and steps to other days."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import streamlit as st

from pages.parts.scripts import scripted
from pages.parts.words import Words

LATELY = timedelta(days=30)
HIGHEST = 9  # of the marks above the slider; a digit each
HTML = """
<section class="time">
  <label class="day"><b></b><input type="date"></label>
  <div class="steps">
    <button data-do="back"></button><button data-do="play"></button><button data-do="on"></button>
  </div>
  <div class="line">
    <svg preserveAspectRatio="none" aria-hidden="true"><path/><path/></svg>
    <input type="range" min="0" step="1">
    <div class="years" aria-hidden="true"></div>
  </div>
  <p class="note"><span class="age"></span> <a></a> <button data-do="today"></button></p>
  <p class="aloud" role="status"></p>
</section>
"""

# Streamlit's own date input would take a third of the time in which the page comes up.
_bar = scripted("timebar", HTML)
Days = Sequence[tuple[date, int]]


def time_bar(data: dict[str, Any]) -> None:
    """Draws the bar; the day chosen in it becomes the address's."""
    _bar(key="time", data=data, on_day_change=_chosen)


def told(word: Words, as_of: date, newest: date | None) -> dict[str, Any]:
    """What the bar says of the day looked at; ``newest`` is the day of the newest report by then."""
    if newest is None:
        age = word("time.none")
    elif newest == as_of:
        age = word("time.fresh")
    else:
        age = word.plural("time.age", (as_of - newest).days)
    labels = {name: word(f"time.{name}") for name in ("label", "slider", "back", "on", "play", "pause", "today")}
    return {
        "lang": word.lang,
        "day": as_of.isoformat(),
        "field": word("as_of"),
        "labels": labels,
        "now": word("time.now", day="{day}"),
        "then": word("time.then", day="{day}"),
        "months": [_month(word, month) for month in range(1, 13)],
        "digits": "".join(word.number(digit) for digit in range(10)),
        "age": age,
        "changed": word("time.changed"),
    }


def _month(word: Words, month: int) -> str:
    """How a day of that month is written, with {d} and {y} for day and year, for the browser to fill in."""
    year = "".join(word.number(digit) for digit in (2, 2, 2, 2))
    day = "".join(word.number(digit) for digit in (1, 1))
    return word.day(date(2222, month, 11)).replace(year, "{y}").replace(day, "{d}")


def stops(days: Days, first: date, today: date) -> dict[str, Any]:
    """The days that the slider stops at, as gaps from ``first`` on, and how high the mark of each is (0 to 9)."""
    number = dict.fromkeys((first, today), 0) | dict(days)
    marked = sorted((day, count) for day, count in number.items() if first <= day <= today)
    ordinals = [day.toordinal() for day, _ in marked]
    gaps = [later - earlier for earlier, later in zip([ordinals[0], *ordinals], ordinals, strict=False)]
    # Each further step stands for twice as much.
    heights = "".join(str(min(count.bit_length(), HIGHEST)) for _, count in marked)
    return {"first": first.isoformat(), "last": today.isoformat(), "gaps": gaps, "heights": heights}


def earlier(days: Days, first: date, as_of: date) -> date:
    """A day to compare ``as_of`` with: 30 days before, or the last before the latest change where that is older."""
    changed = [day for day, _ in days]
    count = bisect_right(changed, as_of)
    before_change = changed[count - 1] - timedelta(days=1) if count else as_of
    return max(min(as_of - LATELY, before_change), first)


def _chosen() -> None:
    """An emptied field means today; of two days compared the later one is let go, for it follows the bar."""
    st.query_params.pop("to", None)
    if day := st.session_state["time"].day:
        st.query_params["as_of"] = day
    else:
        st.query_params.pop("as_of", None)
