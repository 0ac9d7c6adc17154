"""A web server on loopback that does what servers do, and what they should not."""

from __future__ import annotations

import gzip
import ssl
import threading
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address

from ledger.addresses import Address

ENGLISH = (
    "About 2,500 US troops are in Iraq, an official said on Sunday. Coalition forces will leave Ain al-Asad base by "
    "the end of September 2025. The Iraqi army takes over the camps one after the other, and talks go on in Baghdad."
)
ARABIC = (
    "ينتشر نحو 2500 جندي أميركي في العراق. وستنسحب قوات التحالف من قاعدة عين الأسد بحلول نهاية سبتمبر 2025، "
    "بحسب ما قال مسؤول عراقي في بغداد. وتتسلم القوات العراقية المعسكرات واحدا بعد آخر."
)
PAGE = """<!doctype html><html><head><title>{title}</title>{head}</head><body><nav><a href="/">Home</a></nav>
<article><h1>{title}</h1><p>{text}</p><p>{text}</p></article><footer>All rights reserved</footer></body></html>"""
STATED = '<meta property="article:published_time" content="{}"><meta property="og:site_name" content="The Paper">'
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "ha" * 10}">' for n in range(12))


def page(text: str = ENGLISH, title: str = "Bases", day: str | None = "2025-09-07T22:30:00+03:00") -> str:
    return PAGE.format(title=title, text=text, head=STATED.format(day) if day else "")


def rss(*items: str, title: str = "The Wire", doctype: str = "") -> bytes:
    return (
        f'<?xml version="1.0" encoding="utf-8"?>{doctype}<rss version="2.0" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
        f"<title>{title}</title><link>https://example.org/</link>{''.join(items)}</channel></rss>"
    ).encode()


def item(link: str, day: str = "Sun, 07 Sep 2025 23:30:00 +0300", more: str = "", title: str = "One") -> str:
    return f"<item><title>{title}</title><link>{link}</link><pubDate>{day}</pubDate>{more}</item>"


def atom(*links: str) -> bytes:
    entries = "".join(
        f'<entry><title>Entry</title><link href="{link}"/><id>{link}</id><published>2025-09-06T10:00:00Z</published>'
        f"<updated>2025-09-08T10:00:00Z</updated></entry>"
        for link in links
    )
    return f'<feed xmlns="http://www.w3.org/2005/Atom"><title>The Atom</title>{entries}</feed>'.encode()


def rdf(link: str) -> bytes:
    return (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="{link}"><title>The Frame</title></channel>'
        f'<item rdf:about="{link}"><title>Entry</title><link>{link}</link><dc:date>2025-09-05</dc:date></item>'
        "</rdf:RDF>"
    ).encode()


@cache
def bomb(window: int = 31) -> bytes:
    """300 MB of blanks in a thousandth of the room, gzip or (``window`` 15) deflate."""
    packer = zlib.compressobj(1, zlib.DEFLATED, window)
    return b"".join(packer.compress(b" " * 1_000_000) for _ in range(300)) + packer.flush()


def this_server_only(address: Address) -> bool:
    """The guard of tests: one address of loopback, and no other."""
    return address == ip_address("127.0.0.1")


Route = Callable[["Handler"], None]


@dataclass
class Site:
    """A running server: its address, what was asked of it, and its routes, which tests may add to."""

    url: str
    routes: dict[str, Route]
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    over: threading.Event = field(default_factory=threading.Event)

    def answer(self, path: str, content: str | bytes, kind: str = "text/html; charset=utf-8", **headers: str) -> str:
        """Adds a page; its address."""
        raw = content.encode() if isinstance(content, str) else content
        self.routes[path] = lambda handler: handler.send(200, raw, kind, **headers)
        return self.url + path

    def status(self, path: str, status: int) -> str:
        self.routes[path] = lambda handler: handler.send(status, b"no")
        return self.url + path

    def redirect(self, path: str, target: str, status: int = 302) -> str:
        self.routes[path] = lambda handler: handler.send(status, b"", location=target)
        return self.url + path

    def paths(self) -> list[str]:
        return [path for path, _ in self.asked]


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    site: Site

    def do_GET(self) -> None:
        self.site.asked.append((self.path, {key.lower(): value for key, value in self.headers.items()}))
        self.close_connection = True
        route = self.site.routes.get(self.path)
        try:
            if route is None:
                self.send(404, b"not here")
            else:
                route(self)
        except OSError:
            pass  # the reader has gone, as it should

    def send(self, status: int, content: bytes, kind: str = "text/html", **headers: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Says nothing."""


def _endless(handler: Handler) -> None:
    handler.send_response(200)
    handler.end_headers()
    while not handler.site.over.is_set():
        handler.wfile.write(b"words and words and words " * 1000)


def _drip(handler: Handler) -> None:
    handler.send_response(200)
    handler.end_headers()
    while not handler.site.over.wait(0.02):
        handler.wfile.write(b"x")


def _drip_head(handler: Handler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Long: ")
    while not handler.site.over.wait(0.02):
        handler.wfile.write(b"x")


def _drip_chunks(handler: Handler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
    while not handler.site.over.wait(0.02):
        handler.wfile.write(b"1\r\nx\r\n")


def _silent(handler: Handler) -> None:
    handler.site.over.wait(30)


def _cut(handler: Handler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\nonly this")


def _garbage(handler: Handler) -> None:
    handler.wfile.write(b"\x00\x01\x02 hello\r\n\r\n")


def _conditional(handler: Handler) -> None:
    if handler.headers.get("If-None-Match") == '"one"':
        handler.send(304, b"")
    else:
        handler.send(200, page().encode(), ETag='"one"', Last_Modified="Sun, 07 Sep 2025 20:00:00 GMT")


def _chunked_bomb(handler: Handler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n\r\n")
    packed = bomb()
    handler.wfile.write(f"{len(packed):x}\r\n".encode() + packed + b"\r\n0\r\n\r\n")


def _routes() -> dict[str, Route]:
    return {
        "/endless": _endless,
        "/drip": _drip,
        "/drip-head": _drip_head,
        "/drip-chunks": _drip_chunks,
        "/silent": _silent,
        "/cut": _cut,
        "/garbage": _garbage,
        "/conditional": _conditional,
        "/chunked-bomb": _chunked_bomb,
    }


def _furnish(site: Site) -> None:
    """What most tests ask for."""
    port = site.url.rsplit(":", 1)[1]
    site.answer("/robots.txt", "User-agent: *\nDisallow: /private/\n", "text/plain")
    site.answer("/article", page())
    site.answer("/private/page", page())
    site.answer("/gzip", gzip.compress(page().encode()), Content_Encoding="gzip")
    site.answer("/deflate", zlib.compress(page().encode()), Content_Encoding="deflate")
    site.answer("/gzip-bomb", bomb(), Content_Encoding="gzip")
    site.answer("/gzip-gzip-bomb", gzip.compress(bomb()), Content_Encoding="gzip, gzip")
    site.answer("/deflate-bomb", bomb(15), Content_Encoding="deflate")
    site.answer("/br", b"\x0b\x02\x80", Content_Encoding="br")
    site.answer("/not-gzip", b"this is not gzip at all", Content_Encoding="gzip")
    site.answer("/large", b"x" * 6_000_000)
    site.answer("/picture", b"\x89PNG\r\n\x1a\n", "image/png")
    site.answer("/empty", b"")
    for status in (401, 403, 404, 410, 429, 500, 503):
        site.status(f"/{status}", status)
    for hop in range(1, 8):
        site.redirect(f"/hop/{hop}", f"/hop/{hop - 1}" if hop > 1 else "/article")
    site.redirect("/loop", "/loop-back")
    site.redirect("/loop-back", "/loop")
    site.redirect("/to-itself", "/to-itself", 301)
    site.redirect("/to-metadata", "http://169.254.169.254/latest/meta-data/")
    site.redirect("/to-neighbour", f"http://127.0.0.2:{port}/article")
    site.redirect("/to-file", "file:///etc/passwd")
    site.redirect("/to-nowhere", "")
    site.redirect("/to-private", "/private/page", 307)


@contextmanager
def web(tls: ssl.SSLContext | None = None) -> Iterator[Site]:
    """Runs a server on a free port of 127.0.0.1, https with ``tls``, furnished with what most tests ask for."""
    handler = type("Handler", (Handler,), {})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    if tls:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    site = Site(f"{'https' if tls else 'http'}://127.0.0.1:{server.server_port}", _routes())
    handler.site = site  # type: ignore[attr-defined]
    _furnish(site)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        site.over.set()
        server.shutdown()
        server.server_close()
        thread.join(5)
