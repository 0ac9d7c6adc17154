"""Reports: what was published, and each report with the sentences that facts were read from."""

from __future__ import annotations

import streamlit as st

from pages.parts.frame import footer, frame
from pages.parts.reports import listing, one
from pages.parts.take import take
from pages.parts.waiting import rereading

view = frame("reports")
rereading(view)
asked = st.query_params.get("report")
if asked and view.books.ledger.stored([asked]):
    st.html(one(view, asked, st.query_params.get("fact")) + take(view, "facts.csv", "facts.jsonl", report=asked))
else:
    missing = f"<p class='notice' role='status'>{view.words.html('notice.report')}</p>" if asked else ""
    st.html(missing + listing(view) + take(view, "facts.csv", "facts.jsonl", "facts.parquet"))
footer(view)
