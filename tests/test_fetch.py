"""Fetching with care, against a real server on loopback that does all it should not."""

from __future__ import annotations

import socket
import ssl
import threading
import time
import tracemalloc
from collections.abc import Iterator
from datetime import UTC, datetime
from ipaddress import ip_address
from typing import Any

import pytest
import trustme

from ledger.addresses import public
from ledger.fetch import AGENT, MOST, RefusedError, Web, fetch
from tests.web import Site, page, this_server_only, web


@pytest.fixture(scope="module")
def shared() -> Iterator[Site]:
    with web() as site:
        yield site


@pytest.fixture
def site(shared: Site) -> Site:
    shared.asked.clear()
    return shared


@pytest.fixture
def mine() -> Iterator[Site]:
    """A server of one test alone."""
    with web() as site:
        yield site


def careful(**values: Any) -> Web:
    return Web(**{"guard": this_server_only} | values)


# --- where to --------------------------------------------------------------------------------------------

PUBLIC = [
    "8.8.8.8", "1.1.1.1", "93.184.216.34", "2606:2800:220:1::1", "2a00:1450:4001:81b::200e", "::ffff:8.8.8.8",
    "2002:808:808::1", "64:ff9b::808:808",
]  # fmt: skip
NOT_PUBLIC = [
    "0.0.0.0",  # noqa: S104 - nobody binds to it here
    "0.1.2.3", "10.0.0.1", "10.255.255.255", "100.64.0.1", "100.127.255.254", "127.0.0.1",
    "127.255.255.254", "169.254.169.254", "172.16.0.1", "172.31.255.255", "192.0.0.1", "192.0.2.1", "192.168.0.1",
    "192.168.255.255", "198.18.0.1", "198.51.100.1", "203.0.113.1", "224.0.0.1", "239.255.255.255", "240.0.0.1",
    "255.255.255.255", "::", "::1", "fe80::1", "fe80::1%1", "fc00::1", "fd12:3456::1", "fec0::1", "ff02::1",
    "ff0e::1", "2001:db8::1", "2001::1", "100::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254",
    "::127.0.0.1", "::ffff:0:127.0.0.1", "2002:7f00:1::1", "2002:a00:1::1", "2002:a9fe:a9fe::1", "64:ff9b::7f00:1",
    "64:ff9b::a9fe:a9fe", "64:ff9b::c0a8:1", "64:ff9b:1::808:808",
]  # fmt: skip


@pytest.mark.parametrize("address", PUBLIC)
def test_addresses_of_the_open_internet(address: str) -> None:
    assert public(ip_address(address))


@pytest.mark.parametrize("address", NOT_PUBLIC)
def test_addresses_that_are_not(address: str) -> None:
    assert not public(ip_address(address))


LOCAL = [
    "http://127.0.0.1/", "http://localhost/", "http://127.1/", "http://2130706433/", "http://0x7f000001/",
    "http://0177.0.0.1/", "http://[::1]/", "http://[::ffff:127.0.0.1]/", "http://0.0.0.0/", "http://[::]/",
    "http://169.254.169.254/latest/meta-data/", "http://10.1.2.3:8080/", "http://192.168.1.1/", "http://100.64.0.1/",
    "http://[fe80::1]/", "http://[64:ff9b::7f00:1]/", "http://[2002:7f00:1::]/", "http://224.0.0.1/",
]  # fmt: skip


@pytest.mark.parametrize("address", LOCAL)
def test_by_default_nothing_local_is_asked(address: str) -> None:
    with pytest.raises(RefusedError, match="no public address"):
        fetch(address, Web())


def test_a_server_on_loopback_is_never_reached_without_a_guard_that_says_so(site: Site) -> None:
    with pytest.raises(RefusedError, match="no public address"):
        fetch(f"{site.url}/article", Web())
    assert site.asked == []


def names(monkeypatch: pytest.MonkeyPatch, answers: list[str]) -> list[str]:
    """Lets the name news.example stand for each of the answers in turn, the last one for good; what was asked."""
    real, asked = socket.getaddrinfo, []

    def resolve(host: str, port: int, *args: Any, **values: Any) -> Any:
        if host != "news.example":
            return real(host, port, *args, **values)
        asked.append(host)
        numbers = (answers.pop(0) if len(answers) > 1 else answers[0]).split()
        return [found for number in numbers for found in real(number, port, *args, **values)]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    return asked


def test_the_name_is_told_to_the_server_that_was_checked(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    names(monkeypatch, ["127.0.0.1"])
    address = site.url.replace("127.0.0.1", "news.example")
    assert fetch(f"{address}/article", careful()).url == f"{address}/article"
    assert {headers["host"] for _, headers in site.asked} == {address.removeprefix("http://")}


def test_a_name_that_is_local_too_is_refused(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    names(monkeypatch, ["127.0.0.1 127.0.0.2"])
    with pytest.raises(RefusedError, match=r"leads to 127\.0\.0\.2, which is no public address"):
        fetch(site.url.replace("127.0.0.1", "news.example"), careful())
    assert site.asked == []


def test_a_name_that_changes_after_it_was_checked_changes_nothing(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    robots = names(monkeypatch, ["127.0.0.1", "127.0.0.1", "127.0.0.2"])
    address = site.url.replace("127.0.0.1", "news.example")
    assert fetch(f"{address}/article", careful()).content == page().encode()
    assert len(robots) == 2, "once for robots.txt and once for the page: what was checked is what is asked"
    with pytest.raises(RefusedError, match="no public address"):
        fetch(f"{address}/article", careful())


def test_the_environment_names_no_proxy(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9/")
    assert fetch(f"{site.url}/article", careful()).content == page().encode()


WRONG = [
    ("", "begins with neither"),
    ("example.org/page", "begins with neither"),
    ("ftp://example.org/", "begins with neither"),
    ("file:///etc/passwd", "begins with neither"),
    ("gopher://127.0.0.1:25/x", "begins with neither"),
    ("javascript:alert(1)", "begins with neither"),
    ("data:text/html,x", "begins with neither"),
    ("http://", "names no host"),
    ("http:///page", "names no host"),
    ("https://me:secret@example.org/", "user name or password"),
    ("http://example.org@127.0.0.1/", "user name or password"),
    ("http://example.org:99999/", "no address of a page"),
    ("http://exa mple.org/", "a character that no address has"),
    ("http://example.org/\\@127.0.0.1", "a character that no address has"),
    ("http://example.org/a\r\nHost: evil", "a character that no address has"),
    ("http://example.org/\u202egpj.exe", "a character that no address has"),
    ("http://example.org/\x00", "a character that no address has"),
    ("http://example.org/\ud800", "a character that no address has"),
    ("http://" + "a" * 3000, "longer than any address"),
    ("http://" + "a" * 300 + ".org/", "names no host"),
    ("http://" + "a" * 100 + ".org/", "there is no host"),
    ("http://①②⑦.0.0.1/", "no address of a page"),
    ("http://127。0。0。1/", "no address of a page"),
    ("http://a..b/", "there is no host"),
    ("http://<script>/", "names no host"),
    ("http://[::1", "no address of a page"),
]


@pytest.mark.parametrize(("address", "words"), WRONG)
def test_what_is_no_address_is_told_in_one_line(address: str, words: str) -> None:
    with pytest.raises(RefusedError, match=words) as told:
        fetch(address, Web())
    assert "\n" not in str(told.value)
    assert "secret" not in str(told.value)
    assert len(str(told.value)) < 400
    assert str(told.value).isprintable()


# --- what comes back -------------------------------------------------------------------------------------


def test_a_page_as_it_was_fetched(site: Site) -> None:
    before = datetime.now(UTC)
    found = fetch(f"  {site.url}/article#part ", careful())
    assert (found.url, found.content_type, found.charset) == (f"{site.url}/article", "text/html", "utf-8")
    assert found.content == page().encode()
    assert before <= found.fetched <= datetime.now(UTC)
    assert not found.unchanged


@pytest.mark.parametrize("path", ["/gzip", "/deflate", "/hop/1", "/hop/5"])
def test_packed_and_moved_pages(site: Site, path: str) -> None:
    found = fetch(site.url + path, careful())
    assert found.content == page().encode()
    assert found.url == site.url + (path if "hop" not in path else "/article")


def test_addresses_beyond_ascii(mine: Site) -> None:
    mine.answer("/%D8%A8%D8%BA%D8%AF%D8%A7%D8%AF", page())
    mine.redirect("/there", "/بغداد".encode().decode("latin-1"))
    for address in ("/بغداد", "/there"):
        assert fetch(mine.url + address, careful()).url == f"{mine.url}/%D8%A8%D8%BA%D8%AF%D8%A7%D8%AF"


def test_who_asks_says_so_and_keeps_no_cookie(mine: Site) -> None:
    mine.routes["/cookie"] = lambda handler: handler.send(302, b"", location="/article", set_cookie="a=b")
    fetch(f"{mine.url}/cookie", careful())
    fetch(f"{mine.url}/article", careful())
    assert all(headers["user-agent"].startswith(f"{AGENT}/") for _, headers in mine.asked)
    assert not any("cookie" in headers or "referer" in headers for _, headers in mine.asked)


def test_a_page_that_has_not_changed_is_not_sent_again(site: Site) -> None:
    first = fetch(f"{site.url}/conditional", careful())
    assert (first.etag, first.modified) == ('"one"', "Sun, 07 Sep 2025 20:00:00 GMT")
    again = fetch(f"{site.url}/conditional", careful(), first)
    assert (again.unchanged, again.content, again.etag) == (True, b"", '"one"')
    assert site.asked[-1][1]["if-modified-since"] == first.modified


BAD = [
    ("/404", "answers 404 (Not Found); check the address"),
    ("/410", "answers 410 (Gone); check the address"),
    ("/401", "answers 401 (Unauthorized): it is not open to this reader; save the page in your browser"),
    ("/403", "answers 403 (Forbidden): it is not open to this reader"),
    ("/429", "answers 429 (Too Many Requests); try again later"),
    ("/500", "answers 500 (Internal Server Error); try again later"),
    ("/503", "answers 503 (Service Unavailable); try again later"),
    ("/loop", "redirects in a circle"),
    ("/to-itself", "redirects in a circle"),
    ("/hop/6", "redirects more than 5 times"),
    ("/to-nowhere", "redirects without saying where to"),
    ("/to-file", "redirects to what is not fetched"),
    ("/to-metadata", "leads to 169.254.169.254, which is no public address"),
    ("/to-neighbour", "leads to 127.0.0.2, which is no public address"),
    ("/private/page", "robots.txt asks programs not to read it; save the page and upload the file"),
    ("/to-private", "robots.txt asks programs not to read it"),
    ("/endless", "is larger than 5 MB"),
    ("/large", "is larger than 5 MB"),
    ("/gzip-bomb", "is larger than 5 MB"),
    ("/gzip-gzip-bomb", "is larger than 5 MB"),
    ("/deflate-bomb", "is larger than 5 MB"),
    ("/chunked-bomb", "is larger than 5 MB"),
    ("/br", "is packed as 'br', which was not asked for"),
    ("/not-gzip", "is packed in a broken way"),
    ("/cut", "breaks off in the middle"),
    ("/garbage", "breaks off in the middle"),
]


@pytest.mark.parametrize(("path", "words"), BAD)
def test_what_goes_wrong_is_told_in_one_line(site: Site, path: str, words: str) -> None:
    with pytest.raises(RefusedError) as told:
        fetch(site.url + path, careful())
    assert words in str(told.value)
    assert "\n" not in str(told.value)


@pytest.mark.parametrize("path", ["/gzip-bomb", "/gzip-gzip-bomb", "/deflate-bomb", "/chunked-bomb", "/endless"])
def test_a_bomb_is_never_unpacked(site: Site, path: str) -> None:
    reader = careful()
    fetch(f"{site.url}/article", reader)
    tracemalloc.start()
    with pytest.raises(RefusedError):
        fetch(site.url + path, reader)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 4 * MOST


@pytest.mark.parametrize("path", ["/drip", "/drip-head", "/drip-chunks", "/silent"])
def test_slow_servers_are_left_in_time(site: Site, path: str) -> None:
    reader = careful()
    fetch(f"{site.url}/article", reader)
    began = time.monotonic()
    with pytest.raises(RefusedError, match=r"takes longer than 0\.5 s"):
        fetch(site.url + path, careful(seconds=0.5, robots=reader.robots))
    assert time.monotonic() - began < 5, "a tenth would do; a busy machine may take longer"


def test_a_slow_search_for_a_name_is_left_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    let_go = threading.Event()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: [] * let_go.wait(30))
    with pytest.raises(RefusedError, match=r"takes longer than 0\.2 s"):
        fetch("http://news.example/", careful(seconds=0.2))
    let_go.set()


def test_nobody_answers() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(RefusedError, match=r"robots\.txt cannot be read, which means no .*nobody answers there"):
        fetch(f"http://127.0.0.1:{port}/", careful())


# --- robots.txt ------------------------------------------------------------------------------------------

ROBOTS = [
    # what the server answers for /robots.txt, whether /news/page may be read
    (200, "", True),
    (200, "User-agent: *\nDisallow:", True),
    (200, "User-agent: *\nDisallow: /", False),
    (200, "User-agent: *\nDisallow: /news/\nAllow: /news/page", True),
    (200, "User-agent: *\nDisallow: /*/page$", False),
    (200, f"User-agent: {AGENT}\nDisallow: /news\n\nUser-agent: *\nDisallow:", False),
    (200, f"User-agent: *\nDisallow: /\n\nUser-agent: {AGENT}\nAllow: /", True),
    (200, "\x00\xff<html>not found</html>", True),
    (404, "", True),
    (403, "", True),
    (500, "", False),
    (503, "", False),
]


@pytest.mark.parametrize(("status", "text", "allowed"), ROBOTS)
def test_robots_txt_is_obeyed(mine: Site, status: int, text: str, allowed: bool) -> None:
    mine.answer("/news/page", page())
    mine.routes["/robots.txt"] = lambda handler: handler.send(status, text.encode("latin-1"), "text/plain")
    if allowed:
        assert fetch(f"{mine.url}/news/page", careful()).content
    else:
        with pytest.raises(RefusedError, match=r"robots\.txt"):
            fetch(f"{mine.url}/news/page", careful())
        assert mine.paths() == ["/robots.txt"]


def test_robots_txt_is_read_once_a_run_and_host(mine: Site) -> None:
    run = careful()
    for _ in range(3):
        fetch(f"{mine.url}/article", run)
    assert mine.paths().count("/robots.txt") == 1
    fetch(f"{mine.url}/article", careful())
    assert mine.paths().count("/robots.txt") == 2


def test_robots_txt_may_have_moved_but_not_to_where_nobody_goes(mine: Site) -> None:
    mine.answer("/elsewhere.txt", "User-agent: *\nDisallow: /article", "text/plain")
    mine.redirect("/robots.txt", "/elsewhere.txt", 301)
    with pytest.raises(RefusedError, match="asks programs not to read it"):
        fetch(f"{mine.url}/article", careful())
    mine.redirect("/robots.txt", "http://127.0.0.2/robots.txt", 301)
    with pytest.raises(RefusedError, match=r"robots\.txt cannot be read.*no public address"):
        fetch(f"{mine.url}/article", careful())


# --- https -----------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


def secured(authority: trustme.CA, *names: str) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(*names).configure_cert(context)
    return context


@pytest.fixture
def trusting(authority: trustme.CA) -> Web:
    context = ssl.create_default_context()
    authority.configure_trust(context)
    return careful(tls=context)


def test_https_with_the_certificate_of_the_name(
    authority: trustme.CA, trusting: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    names(monkeypatch, ["127.0.0.1"])
    with web(secured(authority, "news.example")) as site:
        address = site.url.replace("127.0.0.1", "news.example")
        assert fetch(f"{address}/article", trusting).content == page().encode()
        with pytest.raises(RefusedError, match="its certificate is not valid"):
            fetch(f"{site.url}/article", trusting)


def test_https_with_the_certificate_of_another_name_or_of_nobody(
    authority: trustme.CA, trusting: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    names(monkeypatch, ["127.0.0.1"])
    with web(secured(authority, "other.example")) as site:
        address = site.url.replace("127.0.0.1", "news.example")
        for reader in (trusting, careful()):
            with pytest.raises(RefusedError, match=r"its certificate is not valid .*; check the address"):
                fetch(f"{address}/article", reader)
        assert site.asked == []


def test_https_does_not_lead_back_to_http(authority: trustme.CA, trusting: Web, mine: Site) -> None:
    with web(secured(authority, "127.0.0.1")) as site:
        site.redirect("/down", f"{mine.url}/article")
        with pytest.raises(RefusedError, match="redirects from https to http://"):
            fetch(f"{site.url}/down", trusting)
        mine.redirect("/up", f"{site.url}/article")
        assert fetch(f"{mine.url}/up", trusting).url == f"{site.url}/article"
    assert mine.paths() == ["/robots.txt", "/up"]


def test_http_spoken_where_https_is_asked_for(site: Site) -> None:
    with pytest.raises(RefusedError, match="speaks no https that can be trusted"):
        fetch(site.url.replace("http://", "https://"), careful())
