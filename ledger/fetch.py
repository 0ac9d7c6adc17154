"""One page from the internet, fetched with care: where to, how much, how long, and whether it is allowed."""

from __future__ import annotations

import re
import ssl
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http import HTTPStatus
from http.client import HTTPException
from socket import SHUT_RDWR, gaierror, socket
from threading import Timer
from urllib.parse import urljoin

import certifi
from protego import Protego
from urllib3 import BaseHTTPResponse
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import DecodeError, HTTPError, LocationParseError
from urllib3.util import Url, parse_url

from ledger.addresses import Guard, public, refused_of, resolved

# Who asks, in robots.txt and in full.
AGENT = "ForeignForcesMonitor"
USER_AGENT = f"{AGENT}/1.0 (open monitor of foreign troop presence; reads published reports, obeys robots.txt)"
# Bytes of one page once unpacked, seconds for everything (names, redirects, robots.txt), redirects.
MOST, SECONDS, HOPS = 5_000_000, 20.0, 5
# What of a robots.txt has to be read (RFC 9309, 2.5); no browser takes longer addresses, no name server longer hosts.
ROBOTS, LONGEST, LONGEST_HOST = 500 * 1024, 2_000, 253
CHUNK = 65_536
REDIRECTS = (301, 302, 303, 307, 308)
PACKED = {"", "identity", "gzip", "x-gzip", "deflate"}
# Characters that no address holds: blanks, controls, backslash, marks of writing direction.
FOREIGN = re.compile(r"[\s\x00-\x20\x7f-\xa0\\\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
HOST = re.compile(r"[\w.-]+|\[[\da-fA-F:.%\w]+\]", re.ASCII)

Rules = Protego | str


class RefusedError(ValueError):
    """A page that is not fetched; the message is one line: the address, what is wrong, what to do."""


@dataclass(frozen=True, slots=True)
class Page:
    """One answer: the last address, its content unpacked, and what the server said of it.

    ``content_type`` is in small letters without parameters, "" if not told; ``etag`` and ``modified`` are for
    asking again; ``unchanged`` says that the server has nothing newer than what it was asked about, so
    ``content`` is empty.
    """

    url: str
    content_type: str
    charset: str | None
    content: bytes
    fetched: datetime
    etag: str | None = None
    modified: str | None = None
    unchanged: bool = False


def _trusted() -> ssl.SSLContext:
    return ssl.create_default_context(cafile=certifi.where())


@dataclass(frozen=True)
class Web:
    """What holds for all pages of one run: who may be asked, whom to trust, and the robots.txt read so far.

    ``guard`` says of each address whether a connection may be made; by default to public ones alone.
    """

    guard: Guard = public
    seconds: float = SECONDS
    tls: ssl.SSLContext = field(default_factory=_trusted)
    robots: dict[str, Rules] = field(default_factory=dict)


@dataclass(frozen=True)
class Visit:
    """One fetch under way: what holds for it, and when it has to be over (``time.monotonic``)."""

    web: Web
    end: float

    def left(self, url: Url) -> float:
        """Seconds left; raises RefusedError if there are none."""
        left = self.end - time.monotonic()
        if left <= 0:
            raise self.late(url)
        return left

    def late(self, url: Url) -> RefusedError:
        return RefusedError(f"{url}: takes longer than {self.web.seconds:g} s; try again later, or upload the page")


@dataclass(frozen=True)
class Answer:
    url: Url
    status: int
    headers: Mapping[str, str]
    content: bytes


def fetch(address: str, web: Web, last: Page | None = None) -> Page:
    """The page at ``address``, after redirects; with ``last``, only if it has changed since (``unchanged``).

    Only http and https, only where ``web.guard`` lets it go, at every redirect anew; robots.txt is obeyed, no
    cookie is kept, and no proxy of the environment is used. Raises RefusedError for all that goes wrong.
    """
    visit = Visit(web, time.monotonic() + web.seconds)
    conditions = {"If-None-Match": last and last.etag, "If-Modified-Since": last and last.modified}
    headers = {name: value for name, value in conditions.items() if value}

    def ask(url: Url) -> Answer:
        numbers = _numbers(url, visit)
        _obey(url, visit)
        return _ask(url, numbers, headers, visit)

    answer = _follow(address, ask)
    if answer.status == HTTPStatus.NOT_MODIFIED and headers and last:
        return Page(last.url, "", None, b"", datetime.now(UTC), last.etag, last.modified, unchanged=True)
    if answer.status // 100 != 2:
        raise RefusedError(f"{answer.url}: answers {answer.status}{_advice(answer.status)}")
    kind, _, parameters = answer.headers.get("content-type", "").partition(";")
    charset = re.search(r"charset\s*=\s*[\"']?([\w.:-]+)", parameters, re.IGNORECASE)
    return Page(
        url=str(answer.url),
        content_type=kind.strip().lower(),
        charset=charset[1] if charset else None,
        content=answer.content,
        fetched=datetime.now(UTC),
        etag=answer.headers.get("etag"),
        modified=answer.headers.get("last-modified"),
    )


def _advice(status: int) -> str:
    known = {one.value: one.phrase for one in HTTPStatus}
    phrase = f" ({known[status]})" if status in known else ""
    if status in (404, 410):
        return f"{phrase}; check the address"
    if status == 429 or status >= 500:
        return f"{phrase}; try again later"
    if status in (401, 402, 403, 407, 451):
        return f"{phrase}: it is not open to this reader; save the page in your browser and upload the file"
    return f"{phrase}, which is no page; check the address"


def _follow(address: str, ask: Callable[[Url], Answer]) -> Answer:
    """The first answer that is no redirect."""
    url = _parsed(address)
    passed = [url]
    while (answer := ask(url)).status in REDIRECTS:
        url = _next(url, answer.headers.get("location"))
        if url in passed:
            raise RefusedError(f"{passed[0]}: redirects in a circle; open it in a browser and give its last address")
        if len(passed) > HOPS:
            raise RefusedError(f"{passed[0]}: redirects more than {HOPS} times; give its last address")
        passed.append(url)
    return answer


def _next(url: Url, location: str | None) -> Url:
    if not location:
        raise RefusedError(f"{url}: redirects without saying where to; check the address")
    # http.client reads header bytes as Latin-1; most servers that write beyond ASCII mean UTF-8.
    target = location.encode("latin-1", "replace").decode("utf-8", "replace")
    try:
        found = _parsed(urljoin(str(url), target))
    except RefusedError as problem:
        raise RefusedError(f"{url}: redirects to what is not fetched: {problem}") from None
    except ValueError:
        raise RefusedError(f"{url}: redirects to what is no address; check the address") from None
    if url.scheme == "https" and found.scheme == "http":
        raise RefusedError(f"{url}: redirects from https to {found}, which anybody may alter on the way; check it")
    return found


def _parsed(address: str) -> Url:
    """The parts of an address; raises RefusedError for one that is not fetched."""
    shown = FOREIGN.sub("\ufffd", address.strip()[:200])
    if len(address) > LONGEST:
        raise RefusedError(f"{shown}...: is longer than any address ({LONGEST} characters); check it")
    if FOREIGN.search(address.strip()):
        raise RefusedError(f"{shown}: holds a character that no address has; copy it again")
    try:
        url = parse_url(address.strip())
    except LocationParseError:
        raise RefusedError(f"{shown}: is no address of a page; write it as https://host/page") from None
    if url.scheme not in ("http", "https"):
        raise RefusedError(f"{shown}: begins with neither http:// nor https://; only those are fetched")
    if not url.host or len(url.host) > LONGEST_HOST or not HOST.fullmatch(url.host):
        raise RefusedError(f"{shown}: names no host; write it as https://host/page")
    if url.auth:
        raise RefusedError(f"{url.host}: the address holds a user name or password; give it without")
    return url._replace(path=url.path or "/", fragment=None)


def _numbers(url: Url, visit: Visit) -> list[str]:
    """The IP addresses of the host, all let through by the guard."""
    visit.left(url)
    try:
        numbers = resolved(str(url.host).strip("[]"), _port(url), visit.end)
    except TimeoutError:
        raise visit.late(url) from None
    except OSError:
        raise RefusedError(f"{url}: there is no host {url.host}; check the address and the connection") from None
    if refused := refused_of(numbers, visit.web.guard):
        raise RefusedError(f"{url}: leads to {refused}, which is no public address; only the open web is fetched")
    return numbers


def _port(url: Url) -> int:
    return url.port or (443 if url.scheme == "https" else 80)


def _obey(url: Url, visit: Visit) -> None:
    """Raises RefusedError where the robots.txt of the host, read once a run, forbids the page."""
    origin = str(Url(url.scheme, None, url.host, url.port))
    rules = visit.web.robots.get(origin)
    if rules is None:
        rules = visit.web.robots[origin] = _rules(f"{origin}/robots.txt", visit)
    if isinstance(rules, str):
        raise RefusedError(f"{url}: its robots.txt cannot be read, which means no ({rules}); try again later")
    if not rules.can_fetch(str(url), AGENT):
        raise RefusedError(f"{url}: its robots.txt asks programs not to read it; save the page and upload the file")


def _rules(address: str, visit: Visit) -> Rules:
    """The rules of a robots.txt, or why they are unknown (RFC 9309, 2.3.1: none if missing, all if unreachable)."""
    try:
        answer = _follow(address, lambda url: _ask(url, _numbers(url, visit), {}, visit))
    except RefusedError as problem:
        return str(problem)
    if answer.status >= 500:
        return f"answers {answer.status}"
    text = answer.content[:ROBOTS].decode("utf-8", "replace") if answer.status // 100 == 2 else ""
    return Protego.parse(text)


def _ask(url: Url, numbers: list[str], headers: Mapping[str, str], visit: Visit) -> Answer:
    """The answer of the host at one of these IP addresses; raises RefusedError for what goes wrong on the way."""
    host = str(url.netloc)
    usual = {"Host": host, "User-Agent": USER_AGENT, "Accept": "*/*", "Accept-Encoding": "gzip, deflate"}
    try:
        connection = _connected(url, numbers, visit)
        try:
            with _cut_off(connection.sock, visit.left(url)):
                connection.request("GET", url.request_uri, headers={**usual, **headers}, preload_content=False)
                response = connection.getresponse()
                content = b"" if response.status in REDIRECTS else _content(url, response)
                visit.left(url)
        finally:
            connection.close()
    except (HTTPError, HTTPException, OSError) as problem:
        visit.left(url)
        raise RefusedError(f"{url}: {_what(problem)}") from None
    return Answer(url, response.status, response.headers, content)


def _connected(url: Url, numbers: list[str], visit: Visit) -> HTTPConnection:
    """A connection to the first of the IP addresses that answers; the certificate has to be the host's."""
    host = str(url.host).strip("[]")
    for place, number in enumerate(numbers):
        seconds = visit.left(url) / (len(numbers) - place)
        connection = (
            HTTPSConnection(number, _port(url), timeout=seconds, ssl_context=visit.web.tls, server_hostname=host)
            if url.scheme == "https"
            else HTTPConnection(number, _port(url), timeout=seconds)
        )
        try:
            connection.connect()
            return connection
        except (HTTPError, OSError) as problem:
            connection.close()
            if place == len(numbers) - 1:
                raise problem from None
    raise OSError("no address")


@contextmanager
def _cut_off(wire: socket, seconds: float) -> Iterator[None]:
    """Shuts the wire after so many seconds: a timeout of a socket begins anew with every byte that drips in."""

    def shut() -> None:
        with suppress(OSError):
            socket.shutdown(wire, SHUT_RDWR)

    timer = Timer(seconds, shut)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _content(url: Url, response: BaseHTTPResponse) -> bytes:
    """The content unpacked piece by piece, so that a bomb goes off in the first 5 MB."""
    packed = {one.strip() for one in response.headers.get("content-encoding", "").lower().split(",")} - PACKED
    if packed:
        raise RefusedError(f"{url}: is packed as {packed.pop()[:20]!r}, which was not asked for; upload the page")
    parts: list[bytes] = []
    size = 0
    for part in response.stream(CHUNK, decode_content=True):
        size += len(part)
        if size > MOST:
            raise RefusedError(f"{url}: is larger than {MOST // 1_000_000} MB; give the page of one article")
        parts.append(part)
    return b"".join(parts)


def _what(problem: Exception) -> str:
    if isinstance(problem, ssl.SSLCertVerificationError):
        return f"its certificate is not valid ({problem.verify_message.rstrip('.')}); check the address"
    if isinstance(problem, ssl.SSLError):
        return "speaks no https that can be trusted; check the address"
    if isinstance(problem, DecodeError):
        return "is packed in a broken way; upload the page"
    if isinstance(problem, gaierror | ConnectionRefusedError) or "NewConnection" in type(problem).__name__:
        return "nobody answers there; check the address"
    return f"breaks off in the middle ({type(problem).__name__}); try again later"
