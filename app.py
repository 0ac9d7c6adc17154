"""The overview: who is where, how many, until when; and the server that sends it.

``streamlit run app.py`` imports this file once for the server (``app``) and runs it for each visitor.
"""

from __future__ import annotations

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

if get_script_run_ctx() is None:
    from pages.parts import server

    server.check_settings()
    app = st.App(
        "app.py",
        routes=server.routes(),
        middleware=server.middleware(),
        lifespan=server.lifespan,
        on_script_error=server.failed,
    )
else:
    from pages.parts.overview import overview

    overview()
