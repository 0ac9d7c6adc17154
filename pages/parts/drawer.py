"""The panel beside a page that shows the evidence the address asks for; links open it in place, Escape closes it."""

from __future__ import annotations

import re

import streamlit as st

from pages.parts import tables
from pages.parts.data import Snapshot
from pages.parts.evidence import panel_of
from pages.parts.frame import View, notify
from pages.parts.scripts import scripted

_links = scripted("drawer")


def drawer(view: View, shot: Snapshot) -> None:
    """Draws the panel while the address asks for the evidence of something, and follows the links to evidence."""
    with st.container(key="links"):
        _links(key="evidence", on_show_change=_followed)
    key = st.query_params.get("show")
    if not key:
        return
    inside = tables.all_deadlines(view, shot) if key == tables.ALL_DEADLINES else panel_of(view, shot, key)
    if inside is None:
        notify(view, view.words("notice.show"))
        return
    st.html(f"<style>{picked(key)}</style>")
    with st.container(key="drawer"):
        st.button(view.words("evidence.close"), key="close", on_click=show, args=(None,), type="tertiary")
        st.html(inside)


def picked(key: str) -> str:
    """CSS that rings the marks of a chart that lead to ``key``: what is drawn already need not be sent again."""
    safe = re.sub(r"[^\w:.-]", "", key)
    return (
        f".plot :is(.claim, .deadline)[data-show='{safe}']{{outline:2px solid var(--ink);outline-offset:3px;z-index:2}}"
    )


def show(key: str | None) -> None:
    """Has the address ask for the evidence of ``key``, or for none."""
    if key:
        st.query_params["show"] = key
    else:
        st.query_params.pop("show", None)


def _followed() -> None:
    show(st.session_state["evidence"].show)
