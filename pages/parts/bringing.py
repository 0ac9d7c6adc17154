"""What a visitor brings in: pasted text, a file or an address, read into drafts on the visitor's desk."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from html import escape
from typing import TYPE_CHECKING

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from pages.parts import limits, writing
from pages.parts.desk import Desk
from pages.parts.frame import View

if TYPE_CHECKING:
    from ledger.drafts import Draft, Refused
    from ledger.sources import Upload

FILES = ("txt", "html", "htm", "md", "json", "jsonl", "csv", "pdf")
WIDTH, HEIGHT = 840, 280  # pixels of the fields, and of the one for pasted text


def bringing(view: View, desk: Desk) -> None:
    """Draws the three ways to bring something in, and reads what was given into drafts."""
    word = view.words
    st.html(
        f"<header class='prose' lang='{word.lang}'><h1>{word.html('add.title')}</h1>"
        f"<p>{word.html('add.lead')}</p></header>"
    )
    with st.container(key="bring", width=WIDTH):
        paste, file, address = st.tabs([word("add.paste"), word("add.file"), word("add.address")], key="way")
    source: Upload | str | None = None
    for tab, way in ((paste, _pasted), (file, _uploaded), (address, _addressed)):
        with tab:
            source = way(view) or source
    if source:
        _read(view, desk, source)
        st.rerun()


def _pasted(view: View) -> Upload | None:
    word = view.words
    text = st.text_area(word("add.paste.label"), key="pasted", height=HEIGHT, persist_state="session")
    if not st.button(word("add.read"), key="read-paste", type="primary"):
        return None
    from ledger.sources import pasted  # noqa: PLC0415 - see data._opened

    return pasted(text or "")


def _uploaded(view: View) -> Upload | None:
    word = view.words
    st.html(f"<style>.st-key-uploaded{{--choose:{json.dumps(word('add.file.choose'), ensure_ascii=False)}}}</style>")
    limits.guests().let_in(get_script_run_ctx().session_id)
    file = st.file_uploader(word("add.file.label"), FILES, key="uploaded")
    if not st.button(word("add.read"), key="read-file", type="primary", disabled=file is None) or file is None:
        return None
    from ledger.sources import Upload  # noqa: PLC0415 - see data._opened

    return Upload(file.name, file.getvalue())


def _addressed(view: View) -> str | None:
    word = view.words
    address = st.text_input(
        word("add.address.label"), key="address", placeholder="https://", persist_state="session", width=640
    )
    pressed = st.button(word("add.read"), key="read-address", type="primary")
    address = (address or "").strip()
    return (address if "://" in address else f"https://{address}") if pressed and address else None


def _read(view: View, desk: Desk, source: Upload | str) -> None:
    """Lays what the source holds on the desk, one draft after the other, and tells how far it has come."""
    from extract.articles import Given  # noqa: PLC0415 - see data._opened
    from ledger.sources import Intake  # noqa: PLC0415

    word, ledger = view.words, view.books.ledger
    desk.clear()
    # Where nothing tells a day, today is offered, and has to be confirmed.
    intake = Intake(view.today, Given(changed=view.today), seen=ledger.has)
    try:
        found_drafts = writing.drafts(source, intake)
    except writing.TooManyError as problem:
        desk.problem = word.plural("add.too_many", problem.seconds)
        return
    with st.status(word("add.reading"), expanded=True) as status:
        name = st.empty()
        for found in found_drafts:
            desk.take(_retrieved(found) if isinstance(source, str) else found)
            status.update(label=word.plural("add.reading.so_far", desk.total + len(desk.refused)))
            name.html(f"<p class='quiet'><bdi>{escape(found.name)}</bdi></p>")
    if not desk.total and not desk.refused:
        desk.problem = word.html("add.nothing_new")


def _retrieved(found: Draft | Refused) -> Draft | Refused:
    """A draft with the moment at which it was fetched; what is refused stays as it is."""
    if not hasattr(found, "report"):
        return found
    return replace(found, report=replace(found.report, retrieved=datetime.now(UTC)))


def outcome(view: View, desk: Desk) -> None:
    """Draws what became of the last source: kept, known, discarded, and one line for each that cannot be read."""
    word = view.words
    kept = "".join(
        f"<li>✓ <a target='_blank' href='{view.link('reports', report=one.id)}' dir='auto'>{escape(title)}</a>"
        f" <span class='quiet'>{escape(word.plural('reports.facts', one.facts))}</span></li>"
        for title, one in desk.kept
    )
    refused = "".join(f"<li dir='auto' lang='en'>{escape(str(one))}</li>" for one in desk.refused)
    parts = [f"<h2>{escape(word.plural('add.kept', len(desk.kept)))}</h2><ul>{kept}</ul>" if kept else ""]
    others = [("add.known", desk.known), ("add.discarded", desk.discarded)]
    parts += [f"<p class='quiet'>{escape(word.plural(key, count))}</p>" for key, count in others if count]
    if refused:
        title = word.plural("add.refused", len(desk.refused))
        parts.append(f"<section class='refused' role='alert'><h2>{escape(title)}</h2><ul>{refused}</ul></section>")
    if desk.problem:
        parts.append(f"<p class='notice' role='alert'>{desk.problem}</p>")
    if any(parts):
        st.html(f"<section class='prose outcome' lang='{word.lang}'>{''.join(parts)}</section>")
