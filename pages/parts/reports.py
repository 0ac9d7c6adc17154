"""The list of reports: those asked for, page by page, with the words that were found in each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from html import escape
from typing import TYPE_CHECKING

from ledger.search import Span, hits
from pages.parts.data import Row
from pages.parts.evidence import written
from pages.parts.frame import View

if TYPE_CHECKING:
    from ledger.shelf import Entry, Occurring, Wanted

PAGE = 50  # origins on one page
COPIES = 30  # near copies of one text that are named in the list; the report itself names them all
AROUND = 110  # characters of a text on either side of the first word found
Groups = Sequence[Sequence["Entry"]]


def heading(view: View, occurring: Occurring) -> str:
    """HTML: how many reports there are."""
    word = view.words
    number = occurring.publishers.total()
    title = word.plural("reports.title", number, day=word.day(view.as_of))
    return (
        f"<section class='prose' lang='{word.lang}'><h1>{escape(title)}</h1>"
        f"<p class='quiet'>{word.html('reports.note')}</p></section>"
    )


def pages(groups: Groups) -> int:
    """How many pages the list has; an empty one has one."""
    return max(1, -(-len(groups) // PAGE))


def listing(view: View, wanted: Wanted, groups: Groups, page: int) -> str:
    """HTML: what was found, one page of it by year, near copies folded under their origin, links to the other pages."""
    word = view.words
    shown = [group[: COPIES + 1] for group in groups[(page - 1) * PAGE : page * PAGE]]
    cards = view.books.ledger.cards(entry for group in shown for entry in group)
    parts, year = [], None
    for number, group in enumerate(shown, (page - 1) * PAGE):
        rows = [cards[entry.report] for entry in group if entry.report in cards]
        if rows and rows[0]["published"].year != year:
            year = rows[0]["published"].year
            parts.append(f"{'</ul>' if parts else ''}<h2>{word.date(rows[0]['published'], 'year')}</h2><ul>")
        if rows:
            parts.append(_entry(view, wanted, rows, len(groups[number]) - 1))
    end = "</ul>" if parts else f"<p class='empty'>{word.html('reports.none')}</p>"
    return (
        f"<article class='listing' lang='{word.lang}'>{_told(view, groups)}{''.join(parts)}"
        f"{end if parts or not view.chosen else ''}{_pager(view, groups, page)}</article>"
    )


def _told(view: View, groups: Groups) -> str:
    """How many reports were found and where they come from; with none, what to do."""
    word = view.words
    number = sum(map(len, groups))
    every = f" <a href='{view.link('reports')}'>{word.html('search.clear')}</a>"
    if not number and view.chosen:
        return f"<p class='found' role='status'>{word.html('search.none')}{every}</p>"
    told = escape(word.plural("search.found", number)) + every if view.chosen else ""
    origins = escape(word.plural("reports.origins", len(groups))) if len(groups) < number else ""
    return f"<p class='found' role='status'>{told} <span class='quiet'>{origins}</span></p>" if told or origins else ""


def _entry(view: View, wanted: Wanted, rows: list[Row], copies: int) -> str:
    """One report with its near copies."""
    word, report = view.words, rows[0]
    folded = ""
    if copies:
        others = "".join(
            f"<li>{link(view, row)} <span class='quiet'>{source(view, row)}</span></li>" for row in rows[1:]
        )
        more = copies + 1 - len(rows)
        others += f"<li class='quiet'>{escape(word.plural('reports.more', more))}</li>" if more else ""
        title = word.plural("reports.group", copies + 1)
        folded = f"<details class='copies'><summary>{escape(title)}</summary><ul>{others}</ul></details>"
    rejected = f" · {word.html('review.rejected')}" if report["rejected"] else ""
    return (
        f"<li>{_time(view, report['published'])}<div>{link(view, report, wanted)}"
        f"<small><bdi>{_marked(report['publisher'], hits(report['publisher'], wanted.terms))}</bdi>{rejected}</small>"
        f"{_snippet(report, wanted)}{folded}</div>"
        f"<span>{escape(word.plural('reports.facts', report['facts']))}</span></li>"
    )


def _time(view: View, day: date) -> str:
    return f"<time datetime='{day}'>{view.words.short(day)}</time>"


def link(view: View, row: Row, wanted: Wanted | None = None) -> str:
    """HTML: the title of a report as a link to it, with the words found in it marked."""
    address = view.link("reports", **view.chosen, report=row["report"])
    title = _marked(row["title"], hits(row["title"], wanted.terms if wanted else ()))
    return f"<a {written(row['lang'])} href='{address}'>{title}</a>"


def source(view: View, row: Row) -> str:
    """HTML: who published a report, and when."""
    return f"<bdi>{escape(row['publisher'])}</bdi>{view.words('list.comma')}{view.words.short(row['published'])}"


def _snippet(report: Row, wanted: Wanted) -> str:
    """Where the words stand in the text: from a little before the first of them on."""
    found = hits(report["text"], wanted.terms)
    if not found:
        return ""
    text, (first, end) = report["text"], found[0]
    start, stop = max(0, first - AROUND), min(len(text), end + AROUND)
    # Whole words at both ends.
    start = (start and text.find(" ", start, first) + 1) or start
    stop = stop if stop == len(text) else max(text.rfind(" ", end, stop), end)
    inside = [(max(a - start, 0), b - start) for a, b in found if b <= stop]
    before, after = "… " if start else "", " …" if stop < len(text) else ""
    return f"<p class='snippet' {written(report['lang'])}>{before}{_marked(text[start:stop], inside)}{after}</p>"


def _marked(text: str, spans: Sequence[Span]) -> str:
    """HTML: a text with parts of it marked."""
    parts, last = [], 0
    for start, end in spans:
        parts.append(f"{escape(text[last:start])}<mark>{escape(text[start:end])}</mark>")
        last = end
    return "".join(parts) + escape(text[last:])


def _pager(view: View, groups: Groups, page: int) -> str:
    """Which part of the list this is, with links to the pages before and after it."""
    word, last = view.words, pages(groups)
    if last == 1:
        return ""
    first, end = (page - 1) * PAGE + 1, min(page * PAGE, len(groups))
    part = word("page.part", first=word.number(first), last=word.number(end), all=word.number(len(groups)))
    steps = [("page.newer", "prev", page - 1), ("page.older", "next", page + 1)]
    before, after = (
        f"<a rel='{rel}' href='{to_page(view, to)}'>{word.html(key)}</a>" if 1 <= to <= last else "<span></span>"
        for key, rel, to in steps
    )
    return f"<nav class='pager' aria-label='{word.html('page.label')}'>{before}<span>{escape(part)}</span>{after}</nav>"


def to_page(view: View, page: int) -> str:
    """The address of a page of the list, escaped for an attribute."""
    more = {"n": str(page)} if page > 1 else {}
    return view.link("reports", **view.chosen, **more)
