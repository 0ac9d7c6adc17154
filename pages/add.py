"""Add: bring reports in, see what each would change before it is kept, and judge what was read."""

from __future__ import annotations

import streamlit as st

from pages.parts import door, writing
from pages.parts.bringing import bringing, outcome
from pages.parts.desk import desk
from pages.parts.draft import drafting
from pages.parts.frame import footer, frame
from pages.parts.reviewing import reviewing, views
from pages.parts.waiting import rereading

view = frame("add")
asked = st.query_params.get("view")
visitor = writing.visitor()
if not visitor.may_write:
    door.closed(view, visitor)
else:
    door.opened(view, visitor)
    views(view, asked)
    rereading(view)
    mine = desk()
    if asked == "review":
        reviewing(view)
    elif mine.waiting:
        drafting(view, mine)
    else:
        bringing(view, mine)
    if asked != "review":
        outcome(view, mine)
footer(view)
