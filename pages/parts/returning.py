"""A page that comes back by itself when its server was lost: a replica died, or a laptop slept for long.

Streamlit connects again, but draws nothing until the visitor does something, and a server that has not drawn the page
yet knows nothing of its fields and lets that first click or date go by. So the page asks to be drawn at once.
"""

from __future__ import annotations

from pages.parts.scripts import scripted

_server_found = scripted("returning")


def returning() -> None:
    """Draws nothing that can be seen; the page is drawn anew when the connection is there again."""
    _server_found(key="returning", on_back_change=lambda: None)
