"""The list of reports, and one report with its facts in place, what people said of them, and its copies."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from ledger.reviews import REJECTED
from pages.parts.claims import claim
from pages.parts.data import Row
from pages.parts.evidence import mark_of, marked, safe_url, written
from pages.parts.frame import BAGHDAD, View

if TYPE_CHECKING:
    from ledger.current import Stored


def one(view: View, report: str, picked: str | None) -> str:
    """HTML: the text of a report with every fact's sentence marked, and the facts below it."""
    word, ledger = view.words, view.books.ledger
    kept, facts = ledger.stored([report])[report], ledger.facts_in(report)
    told = kept.report
    link = ""
    if outside := safe_url(told.url):
        link = f" · <a href='{outside}' target='_blank'>{word.html('evidence.article')} ↗</a>"
    ours = f" · {word.html('reports.summary')}" if told.summary else ""
    note = f"<p class='quiet'><bdi>{escape(told.note)}</bdi></p>" if told.note else ""
    counting = [fact for fact in facts if fact["review"] != REJECTED]
    return (
        f"<article class='prose' lang='{word.lang}'><p><a href='{view.link('reports')}'>"
        f"{word.html('reports.back')}</a></p><h1 {written(told.lang)}>{escape(told.title)}</h1>"
        f"<p class='quiet'><b><bdi>{escape(told.publisher)}</bdi></b> · {word.day(told.published)}{ours}{link}</p>"
        f"{_copies(view, kept.origin, report)}"
        f"<div class='text' {written(told.lang)}>{marked(told.text, counting, picked)}</div>{note}"
        f"<h2>{escape(word.plural('reports.facts', len(facts)))}</h2>"
        f"<ul>{''.join(_fact(view, fact) for fact in facts)}</ul>{_came(view, kept)}</article>"
    )


def _fact(view: View, fact: Row) -> str:
    """One fact in words with what people said of it; a rejected one is struck through."""
    said = escape(claim(view.words, fact))
    speaker = f" <span class='quiet'>· <bdi>{escape(fact['speaker'])}</bdi></span>" if fact["speaker"] else ""
    said = f"<s>{said}</s>" if fact["review"] == REJECTED else said
    return f"<li class='fact'><span>{said}{speaker}</span><span>{mark_of(view.words, fact)}</span></li>"


def _came(view: View, kept: Stored) -> str:
    """When the report was added and by whom, and when it was fetched."""
    word = view.words
    day, who = word.day(kept.added_at.astimezone(BAGHDAD).date()), f"<bdi>{escape(kept.added_by)}</bdi>"
    added = word.rich("reports.added", day=day, who=who)
    fetched = kept.report.retrieved
    more = f" {word.html('reports.retrieved', day=word.day(fetched.astimezone(BAGHDAD).date()))}" if fetched else ""
    return f"<p class='quiet came'>{added}{more}</p>"


def _copies(view: View, origin: str, report: str) -> str:
    """The other reports with nearly the same text, the first of them named as what the others copy."""
    others = [row for row in view.books.ledger.copies(origin) if row["report"] != report]
    if not others:
        return ""
    word = view.words
    title = word.html("reports.copy_of") if report != origin else escape(word.plural("reports.copies", len(others)))
    others.sort(key=lambda row: row["report"] != origin)
    rows = "".join(f"<li>{_link(view, row)} <span class='quiet'>{_from(view, row)}</span></li>" for row in others)
    return f"<section class='copies'><p>{title}</p><ul>{rows}</ul></section>"


def _link(view: View, row: Row) -> str:
    address = view.link("reports", report=row["report"])
    return f"<a {written(row['lang'])} href='{address}'>{escape(row['title'])}</a>"


def _from(view: View, row: Row) -> str:
    return f"<bdi>{escape(row['publisher'])}</bdi>{view.words('list.comma')}{view.words.short(row['published'])}"


def listing(view: View) -> str:
    """HTML: all reports known on the as-of day, newest first, by year; near copies folded under their origin."""
    word = view.words
    known = view.books.ledger.listing(view.as_of)
    groups: dict[str, list[Row]] = {}
    for report in reversed(known):  # the oldest stands for the others when the origin is not among them
        groups.setdefault(report["origin"], []).append(report)
    parts, year = [], None
    for group in reversed([_first(origin, group) for origin, group in groups.items()]):
        report = group[0]
        if report["published"].year != year:
            year = report["published"].year
            parts.append(f"{'</ul>' if parts else ''}<h2>{word.date(report['published'], 'year')}</h2><ul>")
        parts.append(_entry(view, report, group[1:]))
    title = word.plural("reports.title", len(known), day=word.day(view.as_of))
    origins = f" {word.plural('reports.origins', len(groups))}" if len(groups) < len(known) else ""
    end = "</ul>" if parts else f"<p class='empty'>{word.html('reports.none')}</p>"
    return (
        f"<article class='listing' lang='{word.lang}'><div class='prose'><h1>{escape(title)}</h1>"
        f"<p class='quiet'>{word.html('reports.note')}{escape(origins)}</p></div>{''.join(parts)}{end}</article>"
    )


def _first(origin: str, group: list[Row]) -> list[Row]:
    return sorted(group, key=lambda report: report["report"] != origin)


def _entry(view: View, report: Row, copies: list[Row]) -> str:
    word = view.words
    folded = ""
    if copies:
        rows = "".join(f"<li>{_link(view, row)} <span class='quiet'>{_from(view, row)}</span></li>" for row in copies)
        title = word.plural("reports.group", len(copies) + 1)
        folded = f"<details class='copies'><summary>{escape(title)}</summary><ul>{rows}</ul></details>"
    rejected = f" · {word.html('review.rejected')}" if report["rejected"] else ""
    return (
        f"<li><time datetime='{report['published']}'>{word.short(report['published'])}</time><div>{_link(view, report)}"
        f"<small><bdi>{escape(report['publisher'])}</bdi>{rejected}</small>{folded}</div>"
        f"<span>{escape(word.plural('reports.facts', report['facts']))}</span></li>"
    )
