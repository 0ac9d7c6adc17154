"""Our own HTTP routes (borders, fonts, flags), the security headers of every answer, and what is turned away."""

from __future__ import annotations

import logging
import re
import sys
from base64 import b64encode
from collections.abc import AsyncIterator, Awaitable, Callable, MutableMapping
from contextlib import asynccontextmanager
from hashlib import sha256
from http import HTTPStatus
from math import ceil
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import streamlit as st
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from ledger.settings import problems
from pages.parts import exports, limits, settings
from pages.parts.data import ROOT, warm
from pages.parts.frame import today
from pages.parts.words import LOCALES, words

log = logging.getLogger(__name__)
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Message, Receive, Send], Awaitable[None]]

INLINE = re.compile(r"<script>(.*?)</script>", re.S)
HSTS = b"max-age=31536000"  # seconds: one year
UPLOADS = "/_stcore/upload_file/"
DOORS = ("/auth/login", "/oauth2callback", "/auth/logout")
LANGUAGE = "language"  # the cookie of a language that waits at the door


def policy() -> str:
    """The Content-Security-Policy: Streamlit's own scripts and styles, nothing from another host.

    Streamlit builds its components from blobs and writes styles inline. The one script in its page is named by its
    hash, so that no other inline script runs, nor any ``javascript:`` address.
    """
    page = (Path(st.__file__).parent / "static" / "index.html").read_text(encoding="utf-8")
    hashes = (b64encode(sha256(script.encode()).digest()).decode() for script in INLINE.findall(page))
    scripts = " ".join(f"'sha256-{digest}'" for digest in hashes)
    return "; ".join(
        (
            "default-src 'self'",
            f"script-src 'self' {scripts} 'wasm-unsafe-eval' blob:",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "connect-src 'self' data: blob:",
            "worker-src 'self' blob:",
            "object-src 'none'",
            "base-uri 'self'",
            "form-action 'self'",
            f"frame-ancestors {settings.frame_ancestors()}",
        )
    )


class SecurityHeaders:
    """ASGI middleware that adds the headers of security to every answer that does not set them itself."""

    def __init__(self, app: App) -> None:
        self.app = app
        self.headers = {
            b"content-security-policy": policy().encode(),
            b"x-content-type-options": b"nosniff",
            b"referrer-policy": b"strict-origin-when-cross-origin",
        }

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        # uvicorn has put in what a trusted proxy says of the scheme (FORWARDED_ALLOW_IPS).
        wanted = self.headers | ({b"strict-transport-security": HSTS} if scope.get("scheme") == "https" else {})

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                there = {name.lower() for name, _ in message["headers"]}
                more = [(name, value) for name, value in wanted.items() if name not in there]
                message = {**message, "headers": [*message["headers"], *more]}
            await send(message)

        await self.app(scope, receive, with_headers if scope["type"] == "http" else send)


class BackToAdding:
    """ASGI middleware: who has signed in or out comes back to the page on which the button is, in their language.

    Streamlit leads to the overview, by the browser's language. The language of the page where the button was pressed
    waits in a cookie until the provider sends the visitor back.
    """

    def __init__(self, app: App) -> None:
        self.app = app

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not scope["path"].endswith(DOORS):
            await self.app(scope, receive, send)
            return
        request = Request(scope)
        left = parse_qs(urlsplit(request.headers.get("referer", "")).query).get("lang", [""])[0]
        lang = next((one for one in (left, request.cookies.get(LANGUAGE)) if one in LOCALES), "")

        async def to_adding(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(raw=message["headers"])
                if (home := headers.get("location", "")).startswith("/") and home.endswith("/"):
                    headers["location"] = f"{home}add?lang={lang}" if lang else f"{home}add"
                elif left in LOCALES:
                    headers.append("set-cookie", f"{LANGUAGE}={left}; Path=/; Max-Age=600; HttpOnly; SameSite=Lax")
            await send(message)

        await self.app(scope, receive, to_adding)


class OwnUploads:
    """ASGI middleware: files are taken from sessions whose page offered the field, and from each visitor at a pace."""

    def __init__(self, app: App) -> None:
        self.app = app

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        app = self.app
        if scope["type"] == "http" and scope["method"] in ("PUT", "POST") and UPLOADS in scope["path"]:
            session = scope["path"].partition(UPLOADS)[2].partition("/")[0]
            visitor = scope["client"][0] if scope["client"] else ""
            if session not in limits.guests():
                app = PlainTextResponse("uploading is for editors who have signed in", HTTPStatus.FORBIDDEN)
            elif seconds := ceil(limits.uploads().wait(visitor)):
                app = PlainTextResponse(
                    f"too many uploads in one minute; try again in {seconds} seconds",
                    HTTPStatus.TOO_MANY_REQUESTS, {"Retry-After": str(seconds)},
                )  # fmt: skip
        await app(scope, receive, send)


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
    """What every request and answer passes through."""
    return [
        Middleware(SecurityHeaders),
        Middleware(TrustedHostMiddleware, allowed_hosts=settings.allowed_hosts(), www_redirect=False),
        Middleware(BackToAdding),
        Middleware(OwnUploads),
    ]


def failed(error: Exception) -> bool:
    """Says in the visitor's words that the page could not be drawn, and logs why; no traceback is shown."""
    log.error("a page failed", exc_info=error)
    lang = st.query_params.get("lang", "")
    word = words(lang if lang in LOCALES else "en")
    st.html(f"<p class='notice' role='alert' lang='{word.lang}'>{word.html('notice.failed')}</p>")
    return True


def check_settings() -> None:
    """Ends the program, with a line for each setting that is wrong, before anybody is let in."""
    if found := [*problems(), *settings.problems()]:
        sys.exit("\n".join(found))


@asynccontextmanager
async def lifespan(_app: object) -> AsyncIterator[None]:
    """Reads the reports when the server starts, not when the first visitor comes."""
    warm(today())
    yield
