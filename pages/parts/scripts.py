"""Parts of the page that work in the browser: Streamlit components, each with the script that lies beside this file."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import streamlit as st

# Streamlit sends the script with every drawing of the part, so what only people read stays here.
FOR_PEOPLE = re.compile(r"^\s+|\s*// .*$", re.M)
UNSEEN = "<i hidden></i>"


def scripted(name: str, html: str = UNSEEN) -> Any:
    """A component of the page around ``html``, moved by ``NAME.js``; call it with a key to draw it."""
    script = Path(__file__).with_name(f"{name}.js").read_text(encoding="utf-8")
    return st.components.v2.component(name, html=html, js=FOR_PEOPLE.sub("", script), isolate_styles=False)
