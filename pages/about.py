"""About: what the monitor is and is not, how to read it, where everything comes from."""

from __future__ import annotations

import streamlit as st

from pages.parts.changes import lately, two_days
from pages.parts.frame import View, footer, frame
from pages.parts.kept import kept
from pages.parts.rates import rates

SECTIONS = ("what", "lately", "kept", "read", "states", "not", "rates", "sources")


def about(view: View) -> None:
    """Draws the sections one below the other; some of them are not words but worked out."""
    word = view.words
    made = {"rates": lambda: rates(word), "lately": lambda: lately(view), "kept": lambda: kept(view)}
    told = {s: made[s]() if s in made else f"<p>{word.html(f'about.{s}')}</p>" for s in SECTIONS}
    body = "".join(f"<h2>{word.html(f'about.{s}.title')}</h2>{told[s]}" for s in SECTIONS)
    st.html(f"<article class='prose' lang='{word.lang}'><h1>{word.html('about.title')}</h1>{body}</article>")


view = frame("about")
if st.query_params.get("view") == "changes":
    two_days(view)
else:
    about(view)
footer(view)
