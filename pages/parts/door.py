"""The door of the page add: who is signed in, how to sign in and out, and why adding is closed to a visitor."""

from __future__ import annotations

from html import escape

import streamlit as st

from pages.parts.frame import View
from pages.parts.writing import EDITOR, OFF, OUT, Visitor


def closed(view: View, visitor: Visitor) -> None:
    """Draws why the visitor may not add or review, and what they can do about it."""
    word = view.words
    told = word.html(f"add.{visitor.standing}")
    who = f"<p>{_signed_in(view, visitor)}</p>" if visitor.email else ""
    how = f"<p>{word.html('add.off.how')}</p>" if visitor.standing == OFF else ""
    st.html(
        f"<article class='prose' lang='{word.lang}'><h1>{word.html('add.title')}</h1>"
        f"<p class='notice' role='status'>{told}</p>{who}{how}</article>"
    )
    if visitor.standing == OUT:
        st.button(word("door.in"), key="sign-in", type="primary", on_click=st.login)
    elif visitor.email:
        _leave(view)


def opened(view: View, visitor: Visitor) -> None:
    """Draws under which address an editor is signed in, and the way out."""
    if visitor.standing == EDITOR:
        with st.container(key="door", horizontal=True, vertical_alignment="center", gap="small"):
            st.html(f"<p class='quiet' lang='{view.words.lang}'>{_signed_in(view, visitor)}</p>", width="content")
            _leave(view)


def _signed_in(view: View, visitor: Visitor) -> str:
    return f"{view.words.html('door.as')} <bdi>{escape(visitor.email)}</bdi>"


def _leave(view: View) -> None:
    st.button(view.words("door.out"), key="sign-out", type="tertiary", on_click=st.logout)
