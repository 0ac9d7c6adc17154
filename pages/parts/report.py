"""One report: its text with every fact in place, what people said of each, its copies, its neighbours in the list."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

import streamlit as st

from ledger.reviews import REJECTED
from pages.parts.claims import claim
from pages.parts.data import Row
from pages.parts.evidence import mark_of, marked, safe_url, written
from pages.parts.frame import BAGHDAD, View
from pages.parts.reports import PAGE, Groups, link, source, to_page
from pages.parts.scripts import scripted

if TYPE_CHECKING:
    from ledger.current import Stored

_places = scripted("report")


def follow() -> None:
    """Brings the sentence of the fact in the address into sight, and of each fact that is followed later."""
    with st.container(key="places"):
        _places(key="fact-places")


def one(view: View, groups: Groups, report: str, picked: str | None) -> str:
    """HTML: a report; ``groups`` is the list that the visitor came from."""
    word, ledger = view.words, view.books.ledger
    kept, facts = ledger.stored([report])[report], ledger.facts_in(report)
    told = kept.report
    return (
        f"<article class='prose report' lang='{word.lang}'>{_around(view, groups, report)}"
        f"<h1 {written(told.lang)}>{escape(told.title)}</h1>{_head(view, kept)}{_copies(view, kept.origin, report)}"
        f"<div class='text' {written(told.lang)}>{_text(view, told.text, facts, picked)}</div>"
        f"<h2 id='facts'>{escape(word.plural('reports.facts', len(facts)))}</h2>"
        f"<ol class='facts'>{''.join(_fact(view, fact, at, picked) for at, fact in enumerate(facts, 1))}</ol>"
        f"{_came(view, kept)}</article>"
    )


def _head(view: View, kept: Stored) -> str:
    """Who published it, when, in which language, whether the text is our summary, the link, what else to know."""
    word, told = view.words, kept.report
    said = [f"<b><bdi>{escape(told.publisher)}</bdi></b>"]
    said.append(f"<time datetime='{told.published}'>{word.day(told.published)}</time>")
    said.append(escape(word.language(told.lang)))
    said += [word.html("reports.summary")] if told.summary else []
    if outside := safe_url(told.url):
        said.append(f"<a href='{outside}' target='_blank' rel='noopener'>{word.html('evidence.article')} ↗</a>")
    note = f"<p class='quiet'><bdi>{escape(told.note)}</bdi></p>" if told.note else ""
    return f"<p class='quiet'>{' · '.join(said)}</p>{note}"


def _around(view: View, groups: Groups, report: str) -> str:
    """Links back to the list, at the page where this report stands, and to the reports before and after it."""
    word = view.words
    order = [(entry.report, at // PAGE + 1) for at, group in enumerate(groups) for entry in group]
    at = next((number for number, (ident, _) in enumerate(order) if ident == report), None)
    back = "reports.back.found" if view.chosen else "reports.back"
    links = [f"<a href='{to_page(view, 1 if at is None else order[at][1])}'>{word.html(back)}</a>"]
    for key, rel, to in () if at is None else (("page.newer", "prev", at - 1), ("page.older", "next", at + 1)):
        if 0 <= to < len(order):
            address = view.link("reports", **view.chosen, report=order[to][0])
            links.append(f"<a rel='{rel}' href='{address}'>{word.html(key)}</a>")
    return f"<nav class='around' aria-label='{word.html('page.label')}'>{''.join(links)}</nav>"


def _text(view: View, text: str, facts: list[Row], picked: str | None) -> str:
    """The text with every sentence that counts marked, the numbers of its facts behind it."""
    numbers = {fact["fact"]: number for number, fact in enumerate(facts, 1)}
    counting = [fact for fact in facts if fact["review"] != REJECTED]

    def number(fact: Row) -> str:
        name, told = escape(claim(view.words, fact)), view.words.number(numbers[fact["fact"]])
        address = f"#fact-{escape(fact['fact'])}"
        return f"<a class='number' href='{address}' title='{name}' aria-label='{told} · {name}'>{told}</a>"

    return marked(text, counting, picked, number)


def _fact(view: View, fact: Row, number: int, picked: str | None) -> str:
    """One fact in words with its kind, its rule and what people said of it; a rejected one is struck through."""
    word, ident = view.words, fact["fact"]
    said = escape(claim(word, fact))
    if fact["review"] == REJECTED:
        said = f"<s>{said}</s>"
    else:
        address = view.link("reports", **view.chosen, report=fact["report"], fact=ident)
        said = f"<a class='to' data-fact='{escape(ident)}' href='{address}'>{said}</a>"
    speaker = f" · <bdi>{escape(fact['speaker'])}</bdi>" if fact["speaker"] else ""
    rule = f"<code title='{word.html('fact.rule')}'>{escape(fact['rule'])}</code>"
    return (
        f"<li id='fact-{escape(ident)}' class='fact{' picked' if ident == picked else ''}'>"
        f"<span class='number'>{word.number(number)}</span>"
        f"<div>{said}<small>{word.html('kind.' + fact['kind'])} · {rule}{speaker}</small></div>"
        f"<span class='state'>{mark_of(word, fact)}</span></li>"
    )


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
    rows = "".join(f"<li>{link(view, row)} <span class='quiet'>{source(view, row)}</span></li>" for row in others)
    return f"<section class='copies'><p>{title}</p><ul>{rows}</ul></section>"
