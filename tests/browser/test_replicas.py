"""Two replicas of the image on PostgreSQL behind nginx: one is killed, its readers go on at the other."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from email.message import Message
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_add import TEXT, draft, still
from tests.browser.test_overview import up
from tests.databases import Postgres, eventually
from tests.image import Image, Replica, running
from tests.nginx import Nginx, nginx


@dataclass
class Site:
    """What ``compose.yaml`` describes, on loopback."""

    nginx: Nginx
    replicas: list[Replica]

    def get(self, path: str, cookie: str = "", **headers: str) -> tuple[Message, bytes]:
        headers |= {"Cookie": f"reader={cookie}"} if cookie else {}
        asked = Request(self.nginx.address + path, headers=headers)  # noqa: S310 - our own server
        with urlopen(asked, timeout=30) as answer:  # noqa: S310 - our own server
            return answer.headers, answer.read()

    def answering(self, cookie: str) -> str:
        """The host and port of the replica that answers this reader."""
        before = len(self._lines(cookie))
        self.get("/_stcore/health", cookie)
        eventually(lambda: len(self._lines(cookie)) > before)  # nginx writes its log when it has answered
        return self._lines(cookie)[-1][0]

    def _lines(self, cookie: str) -> list[list[str]]:
        return [line for line in self.nginx.log if line[-1] == cookie]


@pytest.fixture(scope="module")
def site(image: Image, postgres_server: Postgres) -> Iterator[Site]:
    settings = {"LEDGER_URL": postgres_server.new_database(), "STREAMLIT_SERVER_COOKIE_SECRET": "0123456789abcdef" * 2}
    with ExitStack() as stack:
        replicas = [stack.enter_context(running(image, **settings)) for _ in range(2)]
        yield Site(stack.enter_context(nginx(*(f"127.0.0.1:{one.port}" for one in replicas))), replicas)


def test_a_reader_stays_with_one_replica_and_readers_of_one_address_are_spread(site: Site) -> None:
    given, _ = site.get("/")
    assert given["Set-Cookie"].startswith("reader=")
    assert "HttpOnly" in given["Set-Cookie"]
    assert site.get("/", cookie="known")[0]["Set-Cookie"] is None
    assert site.get("/assets/icon.png")[0]["Set-Cookie"] is None, "what is shared may be cached for all"
    first = {f"reader{n}": site.answering(f"reader{n}") for n in range(12)}
    assert len(set(first.values())) == 2
    assert first == {reader: site.answering(reader) for reader in first}


def test_what_nginx_adds_and_refuses(site: Site) -> None:
    shown, page = site.get("/", **{"Accept-Encoding": "gzip"})
    assert shown["Content-Encoding"] == "gzip"
    assert b"<html" in gzip.decompress(page)
    script = gzip.decompress(page).decode().split('src="./static/js/')[1].split('"')[0]
    assert "max-age=31536000" in site.get(f"/static/js/{script}")[0]["Cache-Control"]
    assert site.get("/borders/regions.geojson")[0]["Cache-Control"] == "public, max-age=604800"
    assert shown["X-Content-Type-Options"] == "nosniff"
    for path, status, body in (("/_stcore/metrics", 404, None), ("/_stcore/upload_file/a/b", 413, bytes(6_000_000))):
        with pytest.raises(HTTPError) as refused:
            urlopen(Request(site.nginx.address + path, body, method="PUT" if body else "GET"), timeout=30)  # noqa: S310
        assert refused.value.code == status, path
        refused.value.close()


def test_who_looks_through_nginx_may_not_write(page: Page, site: Site) -> None:
    page.goto(f"{site.nginx.address}/add?lang=en")
    expect(page.locator(".notice")).to_be_visible(timeout=60_000)
    assert page.locator(".st-key-pasted").count() == 0


def test_one_replica_is_killed_and_its_reader_goes_on_at_the_other(page: Page, site: Site) -> None:
    address = f"{site.nginx.address}/?lang=en&as_of=2026-11-10&show=troops%3AUS%3AIQ-AR"
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    up(page, address)
    expect(page.locator(".evidence")).to_be_visible()
    cookie = next(cookie["value"] for cookie in page.context.cookies() if cookie["name"] == "reader")
    serving = site.answering(cookie)
    killed, left = sorted(site.replicas, key=lambda replica: not replica.address.endswith(serving))
    _keep(page.context.new_page(), killed)

    killed.process.kill()
    killed.process.wait(10)

    # The page comes back by itself; the other replica draws it anew, with what was kept at the first.
    expect(page.locator(".evidence")).to_contain_text("about 1,357", timeout=60_000)
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert page.url == address
    assert site.answering(cookie) == left.address.removeprefix("http://")
    # Its reader goes on.
    page.locator(".st-key-time input[type=date]").fill("2026-11-09")
    expect(page.locator(".st-key-time")).to_contain_text("9 November 2026", timeout=60_000)
    expect(page).to_have_url(address.replace("11-10", "11-09"))
    assert problems == []


def _keep(page: Page, replica: Replica) -> None:
    """Adds a report at a replica, as a person at its own machine."""
    up(page, f"{replica.address}/add?lang=en")
    draft(page, TEXT.format(n="1,357"))
    page.get_by_label("Publisher").fill("Example Agency")
    page.get_by_label("Publisher").press("Enter")
    still(page)
    page.locator(".st-key-who input").fill("Editor")
    page.locator(".st-key-who input").press("Enter")
    still(page)
    page.locator(".st-key-draft-day label").click()
    keep = page.locator(".st-key-keep button")
    expect(keep).to_be_enabled()
    keep.click()
    expect(page.locator(".outcome")).to_contain_text("1 report kept")
    page.close()
