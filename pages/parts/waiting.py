"""What a visitor waits for: the bar of the reports that are read anew after the extractor has changed."""

from __future__ import annotations

import streamlit as st

from pages.parts.frame import View

EVERY = 2.0  # seconds between two looks at how far it has come; only while there is something to wait for


def rereading(view: View) -> None:
    """Draws the bar while reports are read anew; when all are, the page is drawn again with what they state now."""
    if view.books.rereading.running and view.books.rereading.total:
        st.fragment(run_every=EVERY)(_bar)(view)


def _bar(view: View) -> None:
    work, word = view.books.rereading, view.words
    if not work.running:
        st.rerun()
    said = word("rereading", done=word.number(work.done), all=word.number(work.total))
    st.progress(work.done / work.total, said)
