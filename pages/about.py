"""About: what the monitor is and is not, how to read it, where everything comes from."""

from __future__ import annotations

import streamlit as st

from pages.parts.frame import footer, frame
from pages.parts.rates import rates

SECTIONS = ("what", "read", "states", "not", "rates", "sources")

view = frame("about")
word = view.words
told = {s: f"<p>{word.html(f'about.{s}')}</p>" if s != "rates" else rates(word) for s in SECTIONS}
body = "".join(f"<h2>{word.html(f'about.{s}.title')}</h2>{told[s]}" for s in SECTIONS)
st.html(f"<article class='prose' lang='{word.lang}'><h1>{word.html('about.title')}</h1>{body}</article>")
footer(view)
