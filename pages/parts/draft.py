"""One draft before it is kept: its fields, its text with the facts in place, and what it would change."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from html import escape
from typing import TYPE_CHECKING

import streamlit as st

from extract.languages import LANGUAGES
from ledger.clean import one_line
from ledger.errors import LedgerError
from ledger.reviews import CORRECTED, REJECTED
from pages.parts import writing
from pages.parts.changes import consequences
from pages.parts.claims import claim
from pages.parts.correction import correction
from pages.parts.data import Row
from pages.parts.desk import Desk
from pages.parts.evidence import mark_of, marked, safe_url, written
from pages.parts.frame import View
from pages.parts.problems import told

if TYPE_CHECKING:
    from ledger.drafts import Draft
    from ledger.preview import Preview
    from ledger.reports import Report

PASTED = "pasted text"  # what ledger.sources calls it
TITLE = 90  # characters of a text that stand for a missing title
EARLIEST = date(1990, 1, 1)  # ledger.drafts refuses what is older


def drafting(view: View, desk: Desk) -> None:
    """Draws the draft on top of the desk, and keeps or discards it as the visitor decides."""
    draft = desk.waiting[0]
    _head(view, desk, draft)
    report, sure = _fields(view, desk, draft)
    ahead = _preview(view, desk, report)
    _met(view, ahead)
    with st.container(key="draft", horizontal=True, gap="large"):
        with st.container(key="draft-read"):
            _text(view, desk, ahead, report)
            _facts(view, desk, ahead)
        with st.container(key="draft-side"):
            consequences(view, ahead)
            _decision(view, desk, report, ahead, sure)


def _head(view: View, desk: Desk, draft: Draft) -> None:
    word = view.words
    place = desk.total - len(desk.waiting) + 1
    of = word("draft.of", n=word.number(place), all=word.number(desk.total)) if desk.total > 1 else ""
    address = safe_url(draft.report.url)
    link = f" · <a href='{address}' target='_blank'>{word.html('evidence.article')} ↗</a>" if address else ""
    name = word("draft.pasted") if draft.name == PASTED else draft.name
    remarks = "".join(f"<p class='quiet' lang='en' dir='ltr'>{escape(one)}</p>" for one in draft.remarks)
    st.html(
        f"<header class='prose draft-head' lang='{word.lang}'><h1>{word.html('draft.title')}"
        f" <span class='quiet num'>{escape(of)}</span></h1>"
        f"<p class='quiet'><bdi>{escape(name)}</bdi>{link}</p>{remarks}</header>"
    )
    if desk.total > 1:
        st.progress((place - 1) / desk.total)


def _fields(view: View, desk: Desk, draft: Draft) -> tuple[Report, bool]:
    """The report as the visitor has it now, and whether its day is sure: stated, confirmed or edited."""
    word, report, at = view.words, draft.report, desk.number
    with st.container(key="draft-fields", horizontal=True, vertical_alignment="bottom", gap="small"):
        title = st.text_input(
            word("draft.field.title"), _headline(report), 500, key=f"title-{at}", persist_state="session"
        )
        publisher = st.text_input(
            word("draft.field.publisher"), report.publisher if _is_named(report) else "", 500,
            key=f"publisher-{at}", persist_state="session", width=260,
        )  # fmt: skip
        lang = st.selectbox(
            word("draft.field.lang"), LANGUAGES, LANGUAGES.index(report.lang), word.language,
            key=f"lang-{at}", persist_state="session", width=150,
        )  # fmt: skip
        day = st.date_input(
            word("draft.field.day"), report.published, EARLIEST, view.today,
            key=f"day-{at}", format="YYYY-MM-DD", persist_state="session", width=150,
        )  # fmt: skip
    day = day or report.published
    sure = draft.day_certain or day != report.published
    if not sure:
        told = word("draft.day.sure", day=word.day(report.published), why=word(f"draft.day.{draft.why}"))
        with st.container(key="draft-day"):
            sure = st.checkbox(told, key=f"sure-{at}", persist_state="session")
    edited = replace(
        report, title=one_line(title or "") or _headline(report), publisher=one_line(publisher or "") or report.id,
        lang=lang, published=day,
    )  # fmt: skip
    return edited, sure


def _is_named(report: Report) -> bool:
    """Whether its publisher is known; a draft without one has its own id there."""
    return report.publisher != report.id


def _headline(report: Report) -> str:
    """The title, or the first words of the text where it has none."""
    if report.title != report.id:
        return report.title
    first = one_line(report.text.strip().split("\n", 1)[0])
    return first if len(first) <= TITLE else first[:TITLE].rsplit(" ", 1)[0] + " …"


def _preview(view: View, desk: Desk, report: Report) -> Preview:
    """What keeping the report as it is now would do; worked out again only when something is another."""
    said = desk.said(report.id, "")
    key = (report, view.books.stamp, view.as_of, repr(sorted(desk.verdicts.items())))
    if desk.seen is None or desk.seen[0] != key:
        desk.seen = key, view.books.ledger.preview(report, view.as_of, said)
    return desk.seen[1]


def _met(view: View, ahead: Preview) -> None:
    """Says so when the ledger has the report, or one that it is a near copy of."""
    word, kept = view.words, ahead.kept
    if kept.new and kept.origin == kept.id:
        return
    other = view.books.ledger.report(kept.id if not kept.new else kept.origin)
    link = (
        f"<a target='_blank' href='{view.link('reports', report=other.id)}' dir='auto'>{escape(other.title)}</a>"
        f" (<bdi>{escape(other.publisher)}</bdi>, {word.day(other.published)})"
    )
    said = word.html("draft.copy") if kept.new else word.html(f"draft.known.{kept.why}")
    st.html(f"<p class='notice' role='status' lang='{word.lang}'>{said} {link}</p>")


def _text(view: View, desk: Desk, ahead: Preview, report: Report) -> None:
    """Draws the text with the sentence of every fact that counts in place."""
    facts = [row for row in ahead.facts if row["review"] != REJECTED]
    body = marked(report.text, facts, desk.correcting)
    st.html(
        f"<div class='prose'><h2>{view.words.html('draft.text')}</h2>"
        f"<div class='text' tabindex='0' {written(report.lang)}>{body}</div></div>"
    )


def _facts(view: View, desk: Desk, ahead: Preview) -> None:
    """Draws the facts in words under their sentences, each with a tick that says it is right."""
    word = view.words
    title = word.plural("draft.facts", len(ahead.facts))
    note = word.html("draft.facts.note" if ahead.facts else "draft.facts.none")
    st.html(f"<div class='prose'><h2>{escape(title)}</h2><p class='quiet'>{note}</p></div>")
    with st.container(key="draft-facts", gap=None):
        sentence = None
        for fact in ahead.facts:
            if sentence != (sentence := (fact["char_start"], fact["char_end"])):
                st.html(f"<blockquote {written(fact['lang'])}>{escape(fact['quote'])}</blockquote>")
            _fact(view, desk, fact, ahead.kept.new)


def _fact(view: View, desk: Desk, fact: Row, free: bool) -> None:
    """Draws one fact with its tick and, when it is the one being corrected, the form of its values."""
    word, ident = view.words, fact["fact"]
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.checkbox(
            _plainly(claim(word, fact)), ident not in _rejected(desk), key=f"right-{desk.number}-{ident}",
            on_change=_ticked, args=(desk, ident), disabled=not free, width="stretch", wrap=True,
        )  # fmt: skip
        if desk.correcting != ident:
            st.button(
                word("correct.open"), key=f"correct-{desk.number}-{ident}", type="tertiary",
                on_click=_open, args=(desk, ident), disabled=not free,
            )  # fmt: skip
    if fact["review"]:
        st.html(f"<p class='said'>{mark_of(word, fact)}</p>")
    if desk.correcting == ident:
        _correct(view, desk, fact)


def _plainly(text: str) -> str:
    """Text for a widget's label, which reads Markdown: nothing in it is a sign."""
    return "".join(f"\\{letter}" if letter in r"\`*_{}[]()#+-.!~$:<>|&" else letter for letter in text)


def _rejected(desk: Desk) -> set[str]:
    return {fact for fact, (verdict, _) in desk.verdicts.items() if verdict == REJECTED}


def _ticked(desk: Desk, fact: str) -> None:
    """A tick set or taken away: right as it is, or rejected."""
    if st.session_state[f"right-{desk.number}-{fact}"]:
        desk.verdicts.pop(fact, None)
    else:
        desk.verdicts[fact] = (REJECTED, None)


def _open(desk: Desk, fact: str) -> None:
    desk.correcting = fact


def _correct(view: View, desk: Desk, fact: Row) -> None:
    ident = fact["fact"]
    over, changed = correction(view.words, fact, f"{desk.number}-{ident}")
    if changed:
        desk.verdicts[ident] = (CORRECTED, changed)
    if over:
        desk.correcting = None
        st.rerun()


def _decision(view: View, desk: Desk, report: Report, ahead: Preview, sure: bool) -> None:
    """Draws who keeps it and the buttons that keep, discard, or keep all that need nothing more."""
    word, new = view.words, ahead.kept.new
    with st.container(key="decision"):
        who = named(view)
        wanted = {"draft.day.first": sure or not new, "draft.publisher.first": _is_named(report) or not new}
        missing = [key for key, there in (wanted | {"who.first": bool(who)}).items() if not there]
        with st.container(horizontal=True, gap="small"):
            if new:
                st.button(
                    word("draft.keep"), key="keep", type="primary", disabled=bool(missing),
                    on_click=_keep, args=(view, desk, report, who),
                )  # fmt: skip
            leave = word("draft.discard" if new else "draft.next")
            st.button(leave, key="discard", on_click=_discard, args=(desk, new))
            ready = [draft for draft in desk.waiting if draft.day_certain and _is_named(draft.report)]
            label = word.plural("draft.keep_all", len(ready))
            if len(ready) > 1 and st.button(label, key="keep-all", disabled=not who):
                _keep_all(view, desk, ready, report, who)
                st.rerun()
        if missing:
            st.html(f"<p class='quiet' lang='{word.lang}'>{' '.join(word.html(key) for key in missing)}</p>")
        if desk.problem:
            st.html(f"<p class='notice' role='alert'>{desk.problem}</p>")


def named(view: View) -> str:
    """The name under which the visitor writes: an editor's address, else one asked for, kept with the session."""
    if email := writing.visitor().email:
        return email
    given = st.text_input(
        view.words("who"), writing.login(), 80, key="who", persist_state="session", width=220, autocomplete="name"
    )
    return one_line(given or "")


def _keep(view: View, desk: Desk, report: Report, who: str) -> None:
    """Keeps the draft on top with the verdicts on its facts; what goes wrong is told, and all stays on the desk."""
    ids = {row["fact"] for row in desk.seen[1].facts} if desk.seen else set()
    said = [review for review in desk.said(report.id, who) if review.fact in ids]
    try:
        kept = view.books.ledger.add(report, who, said)
    except LedgerError as problem:
        desk.problem = told(view.words, problem)
        return
    _settle(desk, report, kept)
    desk.next()
    if not desk.waiting:
        st.session_state["pasted"] = st.session_state["address"] = ""


def _keep_all(view: View, desk: Desk, ready: list[Draft], edited: Report, who: str) -> None:
    """Keeps the drafts one by one, the one on top as it was edited; the others stay on the desk."""
    bar, top = st.progress(0.0, view.words("draft.keeping")), desk.waiting[0]
    for done, draft in enumerate(ready, 1):
        if draft is top:
            _keep(view, desk, edited, who)
        else:
            try:
                _settle(desk, draft.report, view.books.ledger.add(draft.report, who))
            except LedgerError as problem:
                desk.problem = told(view.words, problem)
            else:
                desk.waiting.remove(draft)
        if desk.problem:
            return
        bar.progress(done / len(ready), view.words("draft.keeping"))


def _settle(desk: Desk, report: Report, kept: object) -> None:
    if kept.new:
        desk.kept.append((report.title, kept))
    else:
        desk.known += 1


def _discard(desk: Desk, new: bool) -> None:
    desk.discarded += new
    desk.known += not new
    desk.next()
