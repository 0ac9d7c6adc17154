"""What changed in the picture, before and after, in words; of two days, or by a report that is not kept yet."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

import streamlit as st

from pages.parts.frame import View

if TYPE_CHECKING:
    from ledger.preview import Preview


def consequences(view: View, ahead: Preview) -> None:
    """Draws what keeping the draft would change in the picture of the day looked at."""
    word = view.words
    st.html(f"<section class='changes'><h2>{word.html('draft.changes')}</h2></section>")
