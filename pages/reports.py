"""Reports: what was published, and each report with the sentences that facts were read from."""

from __future__ import annotations

from html import escape

import streamlit as st

from pages.parts.claims import claim
from pages.parts.evidence import marked, safe_url
from pages.parts.frame import View, footer, frame


def one(view: View, report: str, picked: str | None) -> str:
    """HTML: the text of a report with every fact's sentence marked, and the facts below it."""
    word, told = view.words, view.books.ledger.report(report)
    facts = view.books.ledger.facts_in(report)
    link = ""
    if outside := safe_url(told.url):
        link = f" · <a href='{outside}' target='_blank'>{word.html('evidence.article')} ↗</a>"
    lang = f"dir='auto' lang='{escape(told.lang)}'"
    lines = "".join(
        f"<li>{escape(claim(word, fact))}"
        + (f" <span class='quiet'>· <bdi>{escape(fact['speaker'])}</bdi></span>" if fact["speaker"] else "")
        + "</li>"
        for fact in facts
    )
    ours = f" · {word.html('reports.summary')}" if told.summary else ""
    note = f"<p class='quiet'><bdi>{escape(told.note)}</bdi></p>" if told.note else ""
    return (
        f"<article class='prose' lang='{word.lang}'><p><a href='{view.link('reports')}'>"
        f"{word.html('reports.all')}</a></p><h1 {lang}>{escape(told.title)}</h1>"
        f"<p class='quiet'><b><bdi>{escape(told.publisher)}</bdi></b> · {word.day(told.published)}{ours}{link}</p>"
        f"<div class='text' {lang}>{marked(told.text, facts, picked)}</div>{note}"
        f"<h2>{escape(word.plural('reports.facts', len(facts)))}</h2><ul>{lines}</ul></article>"
    )


def listing(view: View) -> str:
    """HTML: all reports known on the as-of day, newest first, by year."""
    word = view.words
    known = view.books.ledger.listing(view.as_of)
    parts, year = [], None
    for report in known:
        if report["published"].year != year:
            year = report["published"].year
            parts.append(f"{'</ul>' if parts else ''}<h2>{year}</h2><ul>")
        parts.append(
            f"<li><time datetime='{report['published']}'>{word.short(report['published'])}</time><div>"
            f"<a dir='auto' lang='{escape(report['lang'])}' href='{view.link('reports', report=report['report'])}'>"
            f"{escape(report['title'])}</a><small><bdi>{escape(report['publisher'])}</bdi></small></div>"
            f"<span>{escape(word.plural('reports.facts', report['facts']))}</span></li>"
        )
    title = word.plural("reports.title", len(known), day=word.day(view.as_of))
    return (
        f"<article class='listing' lang='{word.lang}'><div class='prose'><h1>{escape(title)}</h1>"
        f"<p class='quiet'>{word.html('reports.note')}</p></div>{''.join(parts)}</ul></article>"
    )


view = frame("reports")
asked = st.query_params.get("report")
if asked and view.books.ledger.stored([asked]):
    st.html(one(view, asked, st.query_params.get("fact")))
else:
    missing = f"<p class='notice' role='status'>{view.words.html('notice.report')}</p>" if asked else ""
    st.html(missing + listing(view))
footer(view)
