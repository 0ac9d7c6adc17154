"""Reports: what was published, searched and chosen, and each report with the sentences that facts were read from."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import streamlit as st

from pages.parts import axis, searching
from pages.parts.choice import asked
from pages.parts.data import groups, occurring
from pages.parts.frame import View, footer, frame, notify
from pages.parts.report import follow, one
from pages.parts.reports import heading, listing, pages
from pages.parts.take import take
from pages.parts.waiting import rereading


@lru_cache(maxsize=1)
def style() -> str:
    """The look of this page, which no other page carries."""
    return f"<style>{Path(__file__).with_name('parts').joinpath('reports.css').read_text(encoding='utf-8')}</style>"


def page_asked(view: View, last: int) -> int:
    """The page of the list that the address asks for: 1 to ``last``; another one gives the nearest, with a notice."""
    number = asked("n") or "1"
    if number.isascii() and number.isdecimal() and 1 <= int(number[:9]) <= last:
        return int(number[:9])
    notify(view, view.words("notice.page"))
    return last if number.isascii() and number.isdecimal() and number.strip("0") else 1


def draw(view: View) -> None:
    """Draws the report that the address asks for, else the list."""
    report = asked("report")
    there = occurring(view.books, view.as_of)
    axis.style()
    st.html(style())
    # No id holds what cannot be printed, and PostgreSQL takes no NUL.
    if report and report.isprintable() and view.books.ledger.stored([report]):
        wanted, view = searching.wanted(view, there)
        st.html(one(view, groups(view.books, view.as_of, wanted), report, asked("fact")))
        st.html(take(view, "facts.csv", "facts.jsonl", report=report))
        follow()
        return
    if report:
        notify(view, view.words("notice.report"))
    wanted, view = searching.wanted(view, there)
    found = groups(view.books, view.as_of, wanted)
    page = page_asked(view, pages(found))
    st.html(heading(view, there))
    searching.field(view)
    searching.lists(view, there)
    st.html(listing(view, wanted, found, page) + take(view, "facts.csv", "facts.jsonl", **view.chosen))


view = frame("reports")
rereading(view)
draw(view)
footer(view)
