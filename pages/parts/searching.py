"""What reports are searched for: the field, the lists beside it, and the parameters of the address they stand in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import streamlit as st

from ledger.clean import shown
from ledger.search import LONGEST, terms
from ledger.shelf import Occurring, Wanted
from pages.parts.choice import Choice, asked, choices
from pages.parts.frame import View, notify
from pages.parts.scripts import scripted

_field = scripted(
    "search", "<form class='search' role='search'><input type='search' dir='auto'><button></button></form>"
)

FILTERS = ("publisher", "language", "kind", "place")
KINDS = ("base", "troops", "deadline", "nation")
LISTED = 200  # publishers in the list, those of most reports; a longer one nobody reads


def wanted(view: View, occurring: Occurring) -> tuple[Wanted, View]:
    """What the address asks for of what occurs, and the view with it; what cannot be is left out with a notice."""
    there = _there(occurring)
    chosen = {name: asked(name) or "" for name in FILTERS}
    known = {name: value if value in there[name] else "" for name, value in chosen.items()}
    words = asked("q") or ""
    sought = terms(words)
    if known != chosen:
        notify(view, view.words("notice.choice"))
    if words and not sought:
        notify(view, view.words("search.nothing"))
    if len(words) > LONGEST:
        notify(view, view.words("search.long", n=view.words.number(LONGEST)))
    query = words[:LONGEST] if sought else ""
    asks = Wanted(sought, known["publisher"], known["language"], known["kind"], known["place"])
    return asks, view.choosing(q=query, **known)


def _there(occurring: Occurring) -> dict[str, Counter[str]]:
    return dict(zip(FILTERS, (occurring.publishers, occurring.langs, occurring.kinds, occurring.places), strict=True))


def field(view: View) -> None:
    """Draws the search field."""
    word = view.words
    _field(
        key="search",
        data={
            "lang": word.lang,
            "asked": view.chosen.get("q", ""),
            "label": word("search.label"),
            "hint": word("search.hint"),
            "button": word("search.button"),
            "longest": LONGEST,
        },
        on_q_change=_searched,
    )


def _searched() -> None:
    """What was typed becomes the address's; the list begins with its first page."""
    st.query_params.pop("n", None)
    if words := (st.session_state["search"].q or ""):
        st.query_params["q"] = words
    else:
        st.query_params.pop("q", None)


def lists(view: View, occurring: Occurring) -> None:
    """Draws the lists of publishers, languages, kinds of facts and places that occur."""
    word = view.words
    names: dict[str, Callable[[str], str]] = {
        "publisher": shown,
        "language": word.language,
        "kind": lambda kind: word(f"kind.{kind}"),
        "place": word.place,
    }
    every = ("", word("choice.all"))
    drawn = []
    for name, there in _there(occurring).items():
        value = view.chosen.get(name, "")
        most = dict.fromkeys([*(one for one, _ in there.most_common(LISTED)), *([value] if value else [])])
        options = [(one, names[name](one)) for one in most]
        if name == "kind":
            options.sort(key=lambda option: KINDS.index(option[0]))
        else:
            options.sort(key=lambda option: option[1].casefold())
        drawn.append(Choice(name, value, [every, *options], drops=("n",)))
    choices(view, *drawn)
