"""The countdown to the end of the next deadline's window; the seconds tick in the browser."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode

from pages.parts.claims import deadline_title, outcome, show_key
from pages.parts.data import Row, Snapshot
from pages.parts.frame import BAGHDAD, View
from pages.parts.scripts import scripted

HTML = """
<section class="countdown" role="timer" aria-live="off">
  <p data-text="over"></p>
  <h2 data-text="title"></h2>
  <div class="clock">
    <span data-unit="days"><b></b><i></i></span><span data-unit="hours"><b></b><i></i></span>
    <span data-unit="minutes"><b></b><i></i></span><span data-unit="seconds"><b></b><i></i></span>
  </div>
  <p class="result" data-text="result"></p>
  <p data-text="until"></p>
  <a data-text="evidence"></a>
</section>
"""
UNITS = ("days", "hours", "minutes", "seconds")

_component = scripted("countdown", HTML)


def countdown(view: View, shot: Snapshot) -> None:
    """Draws the countdown."""
    _component(key="countdown", data=_data(view, shot))


def _data(view: View, shot: Snapshot) -> dict[str, Any]:
    word = view.words
    row = shot.next or shot.last
    data: dict[str, Any] = {
        "lang": word.lang,
        "digits": word.digits,
        "units": {unit: word.forms(f"unit.{unit}") for unit in UNITS},
        "now": _moment(view),
        "end": None,
        "show": "",
        "href": "",
        "text": {"over": word("countdown.none"), "title": "", "result": "", "until": "", "evidence": ""},
    }
    if row is None:
        return data
    key = show_key("deadline", row)
    return data | {
        "end": window_end(row) if shot.next else None,
        "show": key,
        "href": f"?{urlencode(view.query(as_of=view.as_of.isoformat(), show=key))}",
        "text": _ahead(view, row) if shot.next else _behind(view, row),
    }


def _ahead(view: View, row: Row) -> dict[str, str]:
    word = view.words
    return {
        "over": word("countdown.next"),
        "title": deadline_title(word, row),
        "result": "",
        "until": word("countdown.until", day=word.day(row["date_end"])),
        "evidence": word("evidence.open"),
    }


def _behind(view: View, row: Row) -> dict[str, str]:
    word = view.words
    ago = (view.as_of - row["date_end"]).days
    return {
        "over": word("countdown.over"),
        "title": deadline_title(word, row),
        "result": outcome(word, row),
        "until": word("countdown.ended", day=word.day(row["date_end"]), ago=word.plural("days", ago)),
        "evidence": word("evidence.open"),
    }


def window_end(row: Row) -> int:
    """The last moment of a deadline's window in Baghdad, in milliseconds since 1970 (UTC)."""
    midnight = datetime.combine(row["date_end"] + timedelta(days=1), time(), BAGHDAD)
    return int(midnight.timestamp() * 1000)


def _moment(view: View) -> int:
    """Now, moved to the as-of day: a past day is counted from this time of that day."""
    return int((datetime.now(UTC) - (view.today - view.as_of)).timestamp() * 1000)
