"""Routes for programs and readers: exports, the feed, and what tells of them. Reading needs no key and no login."""

from __future__ import annotations

import json
import logging
from collections.abc import Hashable, Iterable, Iterator
from http import HTTPStatus
from itertools import chain

from anyio import CapacityLimiter
from anyio.to_thread import run_sync
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import BaseRoute, Route

from ledger.errors import LedgerError
from pages.parts.data import books
from pages.parts.documents import EXPORTS, Export
from pages.parts.frame import today
from pages.parts.kept import Document, Kept
from pages.parts.latest import Latest
from pages.parts.news import feed
from pages.parts.openapi import described
from pages.parts.wanted import Wanted, WrongError, wanted
from pages.parts.words import words

log = logging.getLogger(__name__)

WHOLE = 8_000_000  # bytes of an answer that is made and kept as a whole; what is longer goes out as it is made
KEPT = Kept(48_000_000)
CHUNK = 65_536  # bytes sent at a time of what goes out as it is made
METHODS = ["GET", "HEAD", "OPTIONS"]
# Anybody's page may read; "no-cache": may be kept, but is asked for again, which costs a few bytes (304).
OPEN = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Content-Disposition, Content-Language",
    "Cache-Control": "public, no-cache",
    "Cross-Origin-Resource-Policy": "cross-origin",
}
PREFLIGHT = {
    "Access-Control-Allow-Methods": ", ".join(METHODS),
    "Access-Control-Allow-Headers": "If-None-Match, Accept",
    "Access-Control-Max-Age": "86400",
    "Allow": ", ".join(METHODS),
}
MAKING = CapacityLimiter(2)  # threads, so that neither pages nor what is kept wait for what is made
LATEST = Latest(lambda: books(today()))
FEED = Export("application/atom+xml; charset=utf-8", "", feed)
ROBOTS = "User-agent: *\nDisallow: /add\nDisallow: /export/ledger.xlsx\nDisallow: /export/package.zip\n"


async def _export(request: Request) -> Response:
    """An export under its name, ``/export/{name}``."""
    name = request.path_params["name"]
    if name not in EXPORTS:
        missing = words("en")("export.wrong.missing", name=name[:60], known=", ".join(EXPORTS))
        return _problem(HTTPStatus.NOT_FOUND, missing)
    return await _answer(request, f"/export/{name}", EXPORTS[name], name)


async def _feed(request: Request) -> Response:
    return await _answer(request, "/feed.atom", FEED, None)


async def _answer(request: Request, route: str, export: Export, name: str | None) -> Response:
    """The answer to a request for ``export``; ``name`` is that of the file, which takes the day into it."""
    if request.method == "OPTIONS":
        return _preflight()
    try:
        asked = wanted(request, await LATEST(), route, export.filters, export.table)
        key = _key(asked, route)
        made = KEPT.get(key) or await run_sync(_made, asked, export, key, limiter=MAKING)
    except WrongError as problem:
        return _problem(problem.status, str(problem), problem.lang)
    except LedgerError:
        log.exception("an export could not be made")
        away = words("en")("export.wrong.away")
        return _problem(HTTPStatus.SERVICE_UNAVAILABLE, away, headers={"Retry-After": "10"})
    headers = OPEN | {"Content-Language": asked.view.words.lang} | _file(asked, name)
    return _sent(request, made, key, {**headers, "Content-Type": export.media})


def _preflight() -> Response:
    """What a page of another server wants to know before it reads ours."""
    return Response(status_code=HTTPStatus.NO_CONTENT, headers=OPEN | PREFLIGHT)


def _key(asked: Wanted, route: str) -> Hashable:
    """What an answer follows from, and nothing else."""
    view = asked.view
    return view.books.stamp, route, view.as_of, asked.dated, view.words.lang, asked.base, tuple(asked.chosen.items())


def _made(asked: Wanted, export: Export, key: Hashable) -> Document | Iterator[bytes]:
    """The answer as a document, which is kept, or piece by piece when it is long."""
    if there := KEPT.get(key):  # made while this one waited for its turn
        return there
    pieces, held, size = iter(_chunks(export.make(asked))), [], 0
    for piece in pieces:
        held.append(piece)
        size += len(piece)
        if size > WHOLE:
            return chain(held, pieces)
    document = Document.of(b"".join(held))
    KEPT.put(key, document)
    return document


def _chunks(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes in larger pieces: each one costs a change of threads."""
    held, size = [], 0
    for piece in pieces:
        held.append(piece)
        size += len(piece)
        if size >= CHUNK:
            yield b"".join(held)
            held, size = [], 0
    yield b"".join(held)


def _sent(request: Request, made: Document | Iterator[bytes], key: Hashable, headers: dict[str, str]) -> Response:
    """What was made, packed for those who take it so; 304 to those who have it already."""
    tag = made.tag if isinstance(made, Document) else Document.of(repr(key).encode()).tag
    takes = "gzip" in request.headers.get("accept-encoding", "")  # as starlette's own middleware reads it
    packed = made.packed if isinstance(made, Document) and takes else None
    own = f'{tag[:-1]}-gzip"' if packed else tag  # other bytes, another tag
    headers |= {"ETag": own, "Vary": "Accept-Encoding"}
    asked = {one.strip().removeprefix("W/") for one in request.headers.get("if-none-match", "").split(",")}
    if asked & {"*", own}:
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
    if packed:
        return Response(packed, headers=headers | {"Content-Encoding": "gzip"})
    if isinstance(made, Document):
        return Response(made.body, headers=headers)
    return Response(headers=headers) if request.method == "HEAD" else StreamingResponse(made, headers=headers)


def _file(asked: Wanted, name: str | None) -> dict[str, str]:
    """The name under which a browser keeps a file: with the day that it is the picture of."""
    if name is None:
        return {}
    stem, _, form = name.partition(".")
    return {"Content-Disposition": f'attachment; filename="{stem}-{asked.view.as_of}.{form}"'}


def _problem(status: HTTPStatus, detail: str, lang: str = "en", headers: dict[str, str] | None = None) -> Response:
    """What is wrong in one line (RFC 9457)."""
    told = {"type": "about:blank", "title": status.phrase, "status": status, "detail": detail}
    more = OPEN | {"Cache-Control": "no-store", "Content-Language": lang} | (headers or {})
    return Response(json.dumps(told, ensure_ascii=False), status, more, "application/problem+json")


async def _health(_request: Request) -> Response:
    """Whether this server can read its ledger: 200 or 503."""

    def answers() -> bool:
        try:
            return books(today()).ledger.answers()
        except LedgerError:
            return False

    fine = await run_sync(answers)
    told = {"status": "ok" if fine else "unavailable"}
    status = HTTPStatus.OK if fine else HTTPStatus.SERVICE_UNAVAILABLE
    return Response(json.dumps(told), status, {"Cache-Control": "no-store"}, "application/json")


async def _robots(_request: Request) -> Response:
    """What robots should leave alone: what is written to, and what is dear to make."""
    return Response(ROBOTS, headers={"Cache-Control": "public, max-age=86400"}, media_type="text/plain")


async def _openapi(request: Request) -> Response:
    """This list as OpenAPI."""
    return await _answer(request, "/openapi.json", OPENAPI, None)


def _description(asked: Wanted) -> Iterable[bytes]:
    yield json.dumps(described(asked, EXPORTS, FEED), ensure_ascii=False).encode()


OPENAPI = Export("application/json", "", _description)


def routes() -> list[BaseRoute]:
    """``/export/...``, ``/feed.atom``, ``/healthz``, ``/robots.txt``, ``/openapi.json``."""
    return [
        Route("/export/{name:path}", _export, methods=METHODS),
        Route("/feed.atom", _feed, methods=METHODS),
        Route("/openapi.json", _openapi, methods=METHODS),
        Route("/healthz", _health),
        Route("/robots.txt", _robots),
    ]
