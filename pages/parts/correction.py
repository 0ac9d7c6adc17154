"""The right values of a fact, asked for key by key; what was read stays in sight above them."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any

import streamlit as st

from extract.model import KEYS
from extract.tables import forces, places
from ledger.errors import LedgerError
from ledger.reviews import CHOICES, MOST, OPEN, checked
from pages.parts.claims import claim
from pages.parts.data import Row
from pages.parts.evidence import read_as
from pages.parts.problems import told
from pages.parts.words import Words

COUNTS = ("count_min", "count_max")
DAYS = ("date_start", "date_end")
LONG_AGO, FAR_AHEAD = date(1990, 1, 1), date(2099, 12, 31)


def correction(word: Words, fact: Row, key: str) -> tuple[bool, dict[str, Any] | None]:
    """Draws the form; (whether it is done with, the corrected values if there are any).

    ``key`` keeps the forms of two facts apart. A value that cannot be is told below the form, which stays.
    """
    read = read_as(fact)
    with st.form(f"correct-{key}", border=False), st.container(key=f"correction-{key}"):
        st.html(f"<p class='quiet'>{word.html('correct.read', claim=claim(word, read))}</p>")
        with st.container(horizontal=True, gap="small"):
            given = {name: _asked(word, fact, name, f"{key}-{name}") for name in KEYS[fact["kind"]]}
        with st.container(horizontal=True, gap="small"):
            done = st.form_submit_button(word("correct.use"), type="primary", key=f"use-{key}")
            left = st.form_submit_button(word("correct.leave"), key=f"leave-{key}")
    if not done:
        return left, None
    changed = {name: value for name, value in given.items() if value != read[name]}
    if not changed:
        st.html(f"<p class='notice' role='alert'>{word.html('correct.same')}</p>")
        return False, None
    try:
        return True, checked(fact["kind"], _with_other_end(changed, given))
    except LedgerError as problem:
        st.html(f"<p class='notice' role='alert'>{told(word, problem)}</p>")
        return False, None


def _with_other_end(changed: dict[str, Any], given: dict[str, Any]) -> dict[str, Any]:
    """The changed values, and of a range of which one end was changed the other end too, to be checked together."""
    pairs = [pair for pair in (COUNTS, DAYS) if any(name in changed for name in pair)]
    return changed | {name: given[name] for pair in pairs for name in pair}


def _asked(word: Words, fact: Row, name: str, key: str) -> Any:
    """The input for one key of the fact, with its present value in it."""
    label, value, kind = word(f"key.{name}"), fact[name], fact["kind"]
    if options := CHOICES.get((kind, name)):
        told = {one: _told(word, kind, name, one) for one in options}
        return st.selectbox(label, options, options.index(value), told.__getitem__, key=key, width=200)
    if name in COUNTS:
        return st.number_input(label, 0, MOST, value, 1, key=key, width=150)
    if name in DAYS:
        return st.date_input(label, value, LONG_AGO, FAR_AHEAD, key=key, format="YYYY-MM-DD", width=150)
    if name == "approximate":
        return st.checkbox(label, bool(value), key=key)
    options = _with(tuple(forces()) if name == "force" else _places((kind, name) in OPEN), value)
    show = word.force if name == "force" else word.place
    return st.selectbox(label, options, options.index(value), show, key=key, width=260)


def _told(word: Words, kind: str, name: str, one: str) -> str:
    """One of the values that a key may have, in words."""
    if name == "status":
        return word({"base": f"base.{one}", "troops": f"troops.{one}", "deadline": f"deadline.{one}"}[kind])
    return word({"event": f"event.{one}", "precision": f"precision.{one}", "role": f"role.{one}"}[name])


def _with(options: tuple[str | None, ...], value: str | None) -> tuple[str | None, ...]:
    """The options and, where it is none of them, the value that was read."""
    return options if value in options else (value, *options)


@cache
def _places(may_be_open: bool) -> tuple[str | None, ...]:
    return (*([None] if may_be_open else []), *places())
