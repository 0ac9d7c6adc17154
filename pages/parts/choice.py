"""What a visitor may choose on a page, in the browser's own drop-down lists; the choice stands in the address."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from pages.parts.frame import View
from pages.parts.scripts import scripted

_lists = scripted("choice", "<div class='choices'></div>")


@dataclass(frozen=True)
class Choice:
    """One list: the parameter of the address, the chosen value, (value, words) of all, what a change lets go.

    The empty value stands for all, and for a parameter that the address does not have.
    """

    name: str
    value: str
    options: Sequence[tuple[str, str]]
    drops: tuple[str, ...] = ()


def choices(view: View, *lists: Choice) -> None:
    """Draws the lists in a row."""
    word = view.words
    fields = [
        {"name": one.name, "label": word(f"choice.{one.name}"), "value": one.value, "options": one.options}
        for one in lists
    ]
    allowed = {one.name: one for one in lists}

    def chosen() -> None:
        name, _, value = (st.session_state["choices"].choice or "").partition("=")
        if name not in allowed:
            return
        for gone in ("show", name, *allowed[name].drops):
            st.query_params.pop(gone, None)
        if value:
            st.query_params[name] = value

    _lists(key="choices", data={"lang": word.lang, "fields": fields}, on_choice_change=chosen)


def asked(name: str) -> str | None:
    """What the address asks for under ``name``; nothing and an empty value are None."""
    return st.query_params.get(name) or None
