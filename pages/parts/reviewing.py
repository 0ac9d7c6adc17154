"""The review: one fact after the other, those first on which most depends, judged with four keys."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

import streamlit as st

from ledger.clean import one_line
from ledger.errors import LedgerError
from ledger.reviews import ACCEPTED, CORRECTED, REJECTED, REOPENED, Review
from pages.parts import writing
from pages.parts.claims import claim
from pages.parts.correction import correction
from pages.parts.data import Row, queue
from pages.parts.draft import named
from pages.parts.evidence import in_context, mark_of, source, written
from pages.parts.frame import BAGHDAD, PAGES, View
from pages.parts.problems import told
from pages.parts.words import Words

if TYPE_CHECKING:
    from ledger.queue import Waiting

AROUND = 400  # characters of the report on either side of the sentence
# Figures are on every keyboard, whatever its script; letters are not.
KEYS = {ACCEPTED: "1", REJECTED: "2", "correct": "3", "skip": "4"}


def views(view: View, asked: str | None) -> None:
    """Draws the two views of the page: bring in, and review with the number of facts that wait."""
    word = view.words
    _, number = queue(view.books, view.as_of)
    here = 2 if asked == "review" else 1
    st.html(f"<style>.st-key-views>:nth-child({here}) a{{border-color:var(--accent)}}</style>")
    with st.container(key="views", horizontal=True, gap="medium"):
        st.page_link(PAGES["add"], label=word("add.view"), query_params=view.query())
        label = word("review.view", n=word.number(number))
        st.page_link(PAGES["add"], label=label, query_params=view.query(view="review"))


def reviewing(view: View) -> None:
    """Draws the fact that is to be judged next, and takes the verdict."""
    word = view.words
    waiting, number = queue(view.books, view.as_of)
    skipped: list[str] = st.session_state.setdefault("skipped", [])
    left = [one for one in waiting if one.fact["fact"] not in skipped]
    st.html(
        f"<header class='prose' lang='{word.lang}'><h1>{word.html('review.title')}</h1>"
        f"<p>{word.html('review.lead')}</p></header>"
    )
    _last(view)
    if left:
        _one(view, left[0], number)
    else:
        st.html(f"<p class='empty' role='status'>{word.html('review.none')}</p>")
    if skipped:
        said = word.plural("review.skipped", len(skipped))
        st.button(said, key="unskip", type="tertiary", on_click=skipped.clear)
    _orphans(view)


def _last(view: View) -> None:
    """Draws what was said last, with a button that takes it back, or what went wrong."""
    word = view.words
    if problem := st.session_state.pop("review-problem", None):
        st.html(f"<p class='notice' role='alert'>{problem}</p>")
    last: Review | None = st.session_state.get("last-review")
    fact = view.books.ledger.facts([last.fact]).get(last.fact) if last and last.fact else None
    if last and fact:
        with st.container(key="last", horizontal=True, vertical_alignment="center", gap="small"):
            st.html(f"<p role='status'>{mark_of(word, fact)} {escape(claim(word, fact))}</p>", width="content")
            st.button(word("review.undo"), key="undo", type="tertiary", on_click=_undo, args=(view, last))


def _one(view: View, waiting: Waiting, number: int) -> None:
    word, fact = view.words, waiting.fact
    said, side = st.columns([3, 2], gap="large")
    with said:
        st.html(_card(view, waiting, number))
        _verdict(view, fact)
    with side:
        if waiting.against:
            cards = "".join(_said(view, other) for other in waiting.against)
            st.html(f"<section class='against'><h2>{word.html('review.against')}</h2>{cards}</section>")
        reason = word.html(f"review.why.{waiting.reason}")
        st.html(f"<p class='quiet'>{reason}</p><p class='quiet'>{word.html('review.states')}</p>")


def _card(view: View, waiting: Waiting, number: int) -> str:
    word, fact = view.words, waiting.fact
    report = view.books.ledger.report(fact["report"])
    quote = in_context(report.text, fact["char_start"], fact["char_end"], AROUND)
    left = word.plural("review.left", number)
    return (
        f"<article class='judged' lang='{word.lang}'>"
        f"<p class='quiet'><span class='why {waiting.reason}'>{word.html(f'review.{waiting.reason}')}</span>"
        f"{escape(left)}</p>"
        f"<h2>{escape(claim(word, fact))}</h2>"
        f"<blockquote {written(report.lang)}>{quote}</blockquote>{source(view, fact, aside=True)}</article>"
    )


def _said(view: View, fact: Row) -> str:
    """HTML: what another voice says, in its own words."""
    word = view.words
    quote = f"<blockquote {written(fact['lang'])}>{escape(fact['quote'])}</blockquote>"
    return (
        f"<article class='card'><h4>{escape(claim(word, fact))}</h4>{mark_of(word, fact)}{quote}"
        f"{source(view, fact, aside=True)}</article>"
    )


def _verdict(view: View, fact: Row) -> None:
    """Draws the four buttons, the name and the reason, and the form of the right values when it is open."""
    word, ident = view.words, fact["fact"]
    with st.container(key="verdict", horizontal=True, gap="small"):
        for name, key in KEYS.items():
            st.button(
                word(f"review.do.{name}"), key=f"{name}-{ident}", shortcut=key,
                type="primary" if name == ACCEPTED else "secondary", on_click=_pressed, args=(view, fact, name),
            )  # fmt: skip
    if st.session_state.get("correcting") == ident:
        over, changed = correction(word, fact, ident)
        if changed:
            _say(view, fact, CORRECTED, changed)
        if over:
            st.session_state.pop("correcting", None)
            st.rerun()
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        named(view)
        st.text_input(word("review.reason"), max_chars=500, key=f"why-{ident}")


def _pressed(view: View, fact: Row, name: str) -> None:
    if name == "skip":
        st.session_state["skipped"].append(fact["fact"])
    elif name == "correct":
        st.session_state["correcting"] = fact["fact"]
    else:
        _say(view, fact, name)


def _say(view: View, fact: Row, verdict: str, changed: dict[str, Any] | None = None) -> None:
    """Keeps the verdict of the visitor on the fact; what goes wrong is told above it."""
    who = writing.visitor().email or one_line(st.session_state.get("who") or "")
    why = one_line(st.session_state.get(f"why-{fact['fact']}") or "") or None
    if not who:
        st.session_state["review-problem"] = view.words.html("who.first")
        return
    said = Review(fact["report"], fact["fact"], verdict, who, changed, why)
    try:
        view.books.ledger.review(said)
    except LedgerError as problem:
        st.session_state["review-problem"] = told(view.words, problem)
        return
    st.session_state["last-review"] = said


def _undo(view: View, last: Review) -> None:
    try:
        view.books.ledger.review(Review(last.report, last.fact, REOPENED, last.who))
    except LedgerError as problem:
        st.session_state["review-problem"] = told(view.words, problem)
        return
    del st.session_state["last-review"]


def _orphans(view: View) -> None:
    """Draws the reviews whose fact is no longer read, if there are any."""
    word = view.words
    rows = "".join(_orphan(view, said) for said in view.books.ledger.orphans() if said.verdict != REOPENED)
    if rows:
        st.html(
            f"<section class='prose orphans'><h2>{word.html('review.orphans')}</h2>"
            f"<p class='quiet'>{word.html('review.orphans.note')}</p><ul>{rows}</ul></section>"
        )


def _orphan(view: View, said: Review) -> str:
    word, day = view.words, view.words.day(said.at.astimezone(BAGHDAD).date())
    link = f"<a target='_blank' href='{view.link('reports', report=said.report)}'><bdi>{escape(said.report)}</bdi></a>"
    why = f" · <bdi>{escape(said.why)}</bdi>" if said.why else ""
    verdict = f"{word.html(f'review.{said.verdict}')}{_values(word, said)}"
    return f"<li>{link} · {verdict} · <bdi>{escape(said.who)}</bdi> · {day}{why}</li>"


def _values(word: Words, said: Review) -> str:
    """The values of a correction, as text."""
    values = word("list.comma").join(f"{word(f'key.{key}')}: {value}" for key, value in (said.changed or {}).items())
    return f" ({escape(values)})" if values else ""
