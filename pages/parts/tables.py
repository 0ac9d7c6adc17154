"""Tables of the overview as small HTML: nations, sites (the map in words), deadlines."""

from __future__ import annotations

from datetime import date
from html import escape

from extract.tables import places
from pages.parts.claims import deadline_title, outcome, show_key
from pages.parts.data import Row, Snapshot
from pages.parts.frame import View
from pages.parts.marks import BASES

WIDE = ("country", "area", "region")
ENTRIES = 7  # deadlines in the timetable
ALL_DEADLINES = "deadlines"  # evidence key that opens the list of all


def evidence_link(view: View, key: str, inner: str, name: str = "") -> str:
    """A link to the evidence of ``key`` around HTML ``inner``: opens in place, and is a permalink to this page.

    ``name`` is what it is called where ``inner`` alone would not tell it from others; it begins with the same words.
    """
    address, title = view.permalink(show=key), view.words.html("evidence.open")
    label = f" aria-label='{escape(name)}'" if name else ""
    return f"<a class='ev' data-show='{escape(key)}' href='{address}' title='{title}'{label}>{inner}</a>"


def time(view: View, day: date | None) -> str:
    """HTML: a day for narrow columns."""
    if day is None:
        return f"<span class='quiet'>{view.words.html('day.unknown')}</span>"
    return f"<time datetime='{day.isoformat()}'>{escape(view.words.short(day))}</time>"


def flag(force: str) -> str:
    """HTML: the flag of a nation or alliance."""
    source = f"assets/flags/{escape(force.lower())}.png"
    return f"<img class='flag' src='{source}' alt='' width='24' height='18' loading='lazy'>"


def head(view: View, names: list[str]) -> str:
    """HTML: the head of a table from the keys of its columns."""
    cells = "".join(f"<th scope='col'>{view.words.html(f'column.{name}')}</th>" for name in names)
    return f"<thead><tr>{cells}</tr></thead>"


def cell(column: str, inner: str) -> str:
    """HTML: a cell that knows its column."""
    return f"<td class='{column}'>{inner}</td>"


def nations(view: View, shot: Snapshot) -> str:
    """HTML: the nations of the coalition and of NATO's mission, those still there first."""
    word = view.words
    order = sorted(shot.nations, key=lambda row: (bool(row["gone"]), -(row["count_max"] or row["count_min"] or 0)))
    rows = "".join(_nation(view, row) for row in order)
    titles = head(view, ["nation", "role", "number", "first", "last", "evidence"])
    return (
        f"<section id='nations' lang='{word.lang}'><h2>{word.html('nations.title')}</h2>"
        f"<p class='quiet'>{word.html('nations.note')}</p>"
        f"<table class='ledger nations'>{titles}<tbody>{rows}</tbody></table>"
        f"<p class='more'><a href='{view.link('nations')}'>{word.html('nations.more')}</a></p></section>"
    )


def _nation(view: View, row: Row) -> str:
    word = view.words
    key = show_key("nation", row)
    gone = ""
    if row["gone"]:
        text = word("nation.gone_on", day=word.short(row["gone_on"])) if row["gone_on"] else word("nation.gone")
        gone = f" <span class='tag'>{escape(text)}</span>"
    known = row["count_min"] is not None or row["count_max"] is not None
    number = f"<span class='quiet'>{word.html('count.unknown')}</span>"
    if known:
        where = word("number.where", place=word.place(row["count_place"]), day=word.short(row["count_day"]))
        number = f"<b class='num'>{escape(word.count(row))}</b> <span class='quiet'>{escape(where)}</span>"
    name = word("evidence.of", value=word("evidence.word"), of=word.force(row["force"]))
    evidence = evidence_link(view, key, word.html("evidence.word"), name)
    return (
        f"<tr{' class=gone' if row['gone'] else ''}>"
        f"<th scope='row'>{flag(row['force'])}<span>{escape(word.force(row['force']))}{gone}</span></th>"
        + cell("role", escape(_roles(view, row)))
        + cell("number", number)
        + cell("first", time(view, row["first_report"]))
        + cell("last", time(view, row["last_report"]))
        + f"<td class='go'>{evidence}</td></tr>"
    )


def _roles(view: View, row: Row) -> str:
    told = view.words("list.comma").join(view.words(f"role.{role}") for role in row["roles"])
    return told or view.words("role.unknown")


def sites(view: View, shot: Snapshot) -> str:
    """HTML: every base of the map in words, by state, those left folded; the text equivalent of the map."""
    word = view.words
    groups = "".join(_sites_of(view, state, [row for row in shot.bases if row["state"] == state]) for state in BASES)
    return (
        f"<section id='sites' lang='{word.lang}'><h2>{word.html('sites.title')}</h2>"
        f"<p class='quiet'>{word.html('sites.note' if groups else 'sites.none')}</p>{groups}</section>"
    )


def _sites_of(view: View, state: str, rows: list[Row]) -> str:
    if not rows:
        return ""
    word = view.words
    rows.sort(key=lambda row: row["published"], reverse=True)
    title = (
        f"<summary><span class='mark {state}'></span>{word.html(f'base.{state}')} "
        f"<span class='quiet num'>{word.number(len(rows))}</span></summary>"
    )
    body = "".join(_site(view, row) for row in rows)
    return (
        f"<details{'' if state == 'left' else ' open'}>{title}"
        f"<table class='ledger sites'><tbody>{body}</tbody></table></details>"
    )


def _site(view: View, row: Row) -> str:
    word = view.words
    name = evidence_link(view, show_key("base", row), escape(word.place(row["place"])))
    where = word("site.where", place=word.place(row["region"] or row["country"]), force=word.force(row["force"]))
    return f"<tr><th scope='row'>{name}<small>{escape(where)}</small></th><td>{time(view, row['published'])}</td></tr>"


def timetable(view: View, shot: Snapshot) -> str:
    """HTML: the deadlines of countries and regions, one a state, the next ones first; a link opens all."""
    word = view.words
    first: dict[tuple[str, str], Row] = {}
    for row in sorted(shot.deadlines, key=_nearest):
        if row["headline"] and row["promised"] and _kind(row["place"]) in WIDE:
            first.setdefault((row["place"], row["state"]), row)
    main = list(first.values())[:ENTRIES]
    more = ""
    if rest := len(shot.deadlines) - len(main):
        more = f"<p>{evidence_link(view, ALL_DEADLINES, escape(word.plural('timetable.more', rest)))}</p>"
    return (
        f"<section class='timetable' lang='{word.lang}'><h2>{word.html('timetable.title')}</h2>"
        f"<ol>{''.join(entry(view, row) for row in main)}</ol>{more}</section>"
    )


def all_deadlines(view: View, shot: Snapshot) -> str:
    """HTML: every deadline and every reported deed, the next ones first."""
    entries = "".join(entry(view, row) for row in sorted(shot.deadlines, key=_nearest))
    opening = f"<div class='evidence timetable' role='region' lang='{view.words.lang}'>"
    return f"{opening}<h2>{view.words.html('timetable.all')}</h2><ol>{entries}</ol></div>"


def _nearest(row: Row) -> tuple[bool, int, int, bool, bool]:
    """What lies ahead by its end, then what is over, the latest first; countries and the coalition first."""
    ahead = row["state"] in {"upcoming", "due"}
    days = row["date_end"].toordinal()
    width = WIDE.index(kind) if (kind := _kind(row["place"])) in WIDE else len(WIDE)
    return not ahead, days if ahead else -days, width, row["state"] != "passed", row["force"] != "coalition"


def _kind(place: str) -> str:
    return places().get(place, {}).get("kind", "")


def entry(view: View, row: Row) -> str:
    """HTML: a deadline of a timetable: when, what ends, what became of it."""
    word = view.words
    chip = f"<span class='chip {row['state']}'>{escape(outcome(word, row))}</span>"
    moved = ""
    if row["moved"] and row["first_end"]:
        moved = f"<small>{escape(word('deadline.moved', day=word.day(row['first_end'])))}</small>"
    title = evidence_link(view, show_key("deadline", row), escape(deadline_title(word, row)))
    return f"<li><time>{escape(word.window(row))}</time><div>{title}{chip}{moved}</div></li>"
