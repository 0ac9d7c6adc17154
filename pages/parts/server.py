"""Our own HTTP routes (borders, fonts, flags) and the security headers of every answer."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Awaitable, Callable, MutableMapping
from contextlib import asynccontextmanager
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

import streamlit as st
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from pages.parts import exports
from pages.parts.data import ROOT, warm
from pages.parts.frame import today
from pages.parts.words import LOCALES, words

log = logging.getLogger(__name__)
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

# Streamlit builds its components from blobs and writes styles inline; nothing may come from another host.
POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self' 'unsafe-inline' 'wasm-unsafe-eval' blob:",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self' ws: wss: data: blob:",
        "worker-src 'self' blob:",
        "object-src 'none'",
        "base-uri 'self'",
        "frame-ancestors 'self'",
    )
)
HEADERS = {
    b"content-security-policy": POLICY.encode(),
    b"x-content-type-options": b"nosniff",
    b"referrer-policy": b"strict-origin-when-cross-origin",
}


class SecurityHeaders:
    """ASGI middleware that adds ``HEADERS`` to every answer that does not set them itself."""

    def __init__(self, app: Callable[..., Awaitable[None]]) -> None:
        self.app = app

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                there = {name.lower() for name, _ in message["headers"]}
                more = [(name, value) for name, value in HEADERS.items() if name not in there]
                message = {**message, "headers": [*message["headers"], *more]}
            await send(message)

        await self.app(scope, receive, with_headers if scope["type"] == "http" else send)


class LongKept(StaticFiles):
    """Static files that a browser may keep for a week without asking again."""

    def file_response(self, *args: Any, **kwargs: Any) -> Response:
        response = super().file_response(*args, **kwargs)
        response.headers["Cache-Control"] = "public, max-age=604800"
        return response


def _changes(request: Request) -> Response:
    """``/about/changes?from=DAY&to=DAY`` leads to that view of the page about, in whatever folder the app is served."""
    asked = urlencode(
        [("view", "changes"), *(pair for pair in request.query_params.multi_items() if pair[0] != "view")]
    )
    return RedirectResponse(f"../about?{asked}", HTTPStatus.TEMPORARY_REDIRECT)


def routes() -> list[BaseRoute]:
    """``/borders/*.geojson``, ``/assets/`` (fonts, flags), ``/about/changes``, a view with an address of its own, and
    what can be taken away (``exports``)."""
    return [
        *exports.routes(),
        Route("/about/changes", _changes),
        Mount("/borders", LongKept(directory=ROOT / "data" / "borders")),
        Mount("/assets", LongKept(directory=ROOT / "static")),
    ]


def middleware() -> list[Middleware]:
    """What every answer passes through."""
    return [Middleware(SecurityHeaders)]


def failed(error: Exception) -> bool:
    """Says in the visitor's words that the page could not be drawn, and logs why; no traceback is shown."""
    log.error("a page failed", exc_info=error)
    lang = st.query_params.get("lang", "")
    word = words(lang if lang in LOCALES else "en")
    st.html(f"<p class='notice' role='alert' lang='{word.lang}'>{word.html('notice.failed')}</p>")
    return True


@asynccontextmanager
async def lifespan(_app: object) -> AsyncIterator[None]:
    """Reads the reports when the server starts, not when the first visitor comes."""
    warm(today())
    yield
