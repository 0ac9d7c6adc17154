"""The history of one force on one time line: when it was told of, at sites, in which numbers, until when."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from html import escape

from pages.parts import strength, timeline
from pages.parts.axis import ticks
from pages.parts.claims import claim, deadline_title, show_key
from pages.parts.data import Row
from pages.parts.frame import View
from pages.parts.marks import CLAIMS, DEADLINES
from pages.parts.scale import Days, days_of, numbers_of

PLACES = 4  # whose numbers have a line, the first of the picture's
ENDS = 4  # deadlines with a line, the nearest


def chart(view: View, nation: Row | None, claims: Sequence[Row], numbers: Sequence[Row], ends: Sequence[Row]) -> str:
    """HTML: a line each for reports, sites, the numbers of a place, and an end, on one time line.

    ``nation`` is the row of the nation (None: the coalition), ``claims`` its facts, the newest first, ``numbers`` and
    ``ends`` its rows of troops and deadlines.
    """
    word = view.words
    days = _days(view, nation, claims, ends[:ENDS])
    lines = [
        _line(word("history.named"), "", _named(view, nation, claims, days)),
        _line(word("history.sites"), "", _sites(view, claims, days), "two"),
        *(_numbers(view, row, claims, days) for row in numbers[:PLACES]),
        *(_end(view, row, days) for row in ends[:ENDS]),
    ]
    return (
        f"<figure class='plot deeds past' lang='{word.lang}'><h2>{word.html('history.title')}</h2>"
        f"<figcaption>{word.html('history.note')}</figcaption>"
        f"<div class='tracks'><div class='lines' aria-hidden='true'>{ticks(view, days)}</div>"
        f"<ol>{''.join(lines)}</ol></div>{_key(view, nation, claims, ends[:ENDS])}</figure>"
    )


def _days(view: View, nation: Row | None, claims: Iterable[Row], ends: Iterable[Row]) -> Days:
    found = [row["published"] for row in claims]
    found += [nation[name] for name in ("entry", "gone_on") if nation and nation[name]]
    for row in ends:
        found += [*timeline.window(row), row["met_on"] or row["date_end"]]
        found += [row["first_published"]] if row["promised"] else []
    return days_of(found, view.as_of)


def _line(name: str, note: str, inner: str, look: str = "") -> str:
    """A line of the chart: HTML of its name, note and track; nothing where the track is empty."""
    if not inner:
        return ""
    small = f"<small>{note}</small>" if note else ""
    return f"<li><div class='what'><span>{name}</span>{small}</div><div class='track {look}'>{inner}</div></li>"


def _named(view: View, nation: Row | None, claims: Iterable[Row], days: Days) -> str:
    """A stroke for each day on which a report told of the force, and the marks of its entry and of its being gone."""
    first: dict[date, Row] = {}
    marked = [nation["entry"], nation["gone_on"]] if nation else []
    for row in claims:
        if row["published"] not in marked:
            first.setdefault(row["published"], row)
    strokes = [_mark(view, "seen", _left(days, day), row) for day, row in first.items()]
    if nation and nation["entry_fact"]:
        key, title = f"fact:{nation['entry_fact']}", f"{view.words('history.first')}: {view.words.day(nation['entry'])}"
        strokes.append(_link(view, f"claim {_entered(nation)}", _left(days, nation["entry"]), key, title))
    if nation and nation["gone_on"]:
        title = view.words("nation.gone_on", day=view.words.day(nation["gone_on"]))
        strokes.append(_link(view, "claim left", _left(days, nation["gone_on"]), show_key("nation", nation), title))
    return "".join(strokes)


def _entered(nation: Row) -> str:
    """What a nation's forces were told as in the first report of them."""
    return "arriving" if nation["arrival"] else "present"


def _sites(view: View, claims: Iterable[Row], days: Days) -> str:
    """A mark for each day and state in which it was told at a site."""
    first: dict[tuple[date, str], Row] = {}
    for row in claims:
        if row["kind"] == "base":
            first.setdefault((row["published"], row["status"]), row)
    return "".join(
        _mark(view, f"claim {status}", _left(days, day), row) for (day, status), row in reversed(first.items())
    )


def _numbers(view: View, line: Row, claims: Iterable[Row], days: Days) -> str:
    """The numbers of one place: the line of those told as there, and a mark for each."""
    told = [row for row in claims if row["kind"] == "troops" and row["place"] == line["place"]]
    stated = [(row, ends) for row in told if (ends := strength.stated(row))]
    scale = numbers_of(max((ends[1] for row, ends in stated if row["status"] != "past"), default=1))
    steps = "".join(strength.step(one) for one in strength.steps_of(told, line["left_on"], days, scale, view.as_of))
    marks = "".join(_number(view, row, f"{_left(days, row['published'])};bottom:{scale.at(ends[1])}%")
                    for row, ends in reversed(stated))  # fmt: skip
    word = view.words
    name = word.html("history.numbers", place=word.place(line["place"]))
    address = view.link("troops", force=line["force"], place=line["place"] or strength.NOWHERE)
    inner = f"<div class='curve'>{steps}{marks}</div>" if marks else ""
    note = word(f"troops.{line['status']}")
    if line["status"] == "present":
        note = word("state.troops", n=word.count(line), day=word.short(line["published"]))
    return _line(f"<a href='{address}'>{name}</a>", escape(note), inner)


def _number(view: View, row: Row, at: str) -> str:
    return _mark(view, f"claim {row['status']}{' about' if row['approximate'] else ''}", at, row)


def _end(view: View, row: Row, days: Days) -> str:
    on, state, title = timeline.track(row, days), timeline.standing(row), deadline_title(view.words, row)
    mark = _link(view, f"deadline {state}", f"left:{on.mark}%", show_key("deadline", row), title)
    return _line(escape(title), escape(timeline.fate(view, row)), timeline.bars(on) + mark, state)


def _mark(view: View, look: str, at: str, row: Row) -> str:
    """The mark of a claim, which opens its sentence; ``at`` is where it stands, as CSS."""
    day = view.words.day(row["published"])
    told = view.words("strength.mark", claim=claim(view.words, row), publisher=row["publisher"], day=day)
    return _link(view, look, at, f"fact:{row['fact']}", told)


def _link(view: View, look: str, at: str, key: str, title: str) -> str:
    return (
        f"<a class='{look}' style='{at}' tabindex='-1' data-show='{escape(key)}' "
        f"href='{view.permalink(show=key)}' title='{escape(title)}'></a>"
    )


def _left(days: Days, day: date) -> str:
    return f"left:{days.at(day)}%"


def _key(view: View, nation: Row | None, claims: Sequence[Row], ends: Iterable[Row]) -> str:
    """What the marks mean, of the states that occur."""
    word = view.words
    told = {row["status"] for row in claims if row["kind"] in ("base", "troops")}
    if nation:
        told |= {"left"} if nation["gone_on"] else set()
        told |= {_entered(nation)} if nation["entry_fact"] else set()
    states = "".join(f"<li><i class='claim {s}'></i>{word.html(f'troops.{s}')}</li>" for s in CLAIMS if s in told)
    standing = {timeline.standing(row) for row in ends}
    over = "".join(
        f"<li><i class='deadline {s}'></i>{word.html(f'standing.{s}')}</li>" for s in DEADLINES if s in standing
    )
    return f"<ul class='key'>{states}</ul><ul class='key'>{over}</ul>"
