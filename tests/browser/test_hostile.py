"""Reports full of script, markdown, LaTeX and formulas on every page: nothing runs, nothing leads outside."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from ledger.folders import SHIPPED
from ledger.store import Ledger
from pages.parts.documents import EXPORTS
from pages.parts.frame import PAGES, path
from tests.browser.test_overview import up
from tests.hostile import OVERRIDE, TEXT, reports
from tests.servers import server

HERE = [f"{path(name)}?" for name in PAGES]
DEEPER = [
    "?as_of=2026-11-21&show=troops:US:IQ&",
    "?show=base:harir:US&lang=ar&",
    "troops?force=FR&place=IQ-BG&",
    "deadlines?show=deadline:harir:US:2027-09-30&",
    "reports?report=hostile-1&",
    "reports?report=hostile-3&lang=ar&",
    "about?view=changes&from=2026-11-19&to=2026-11-21&",
    "add?view=review&",
]
# What must not be there once reports are drawn: elements and addresses that only their words could have made, and
# marks that turn the writing round outside of an element or of marks that keep it to itself.
TRACES = """() => ({
    hit: window.hit ?? null,
    elements: document.querySelectorAll(
        "img[src='x'], svg[onload], [onerror], [onmouseover], .katex, img[src*='evil']").length,
    scripts: [...document.querySelectorAll('script')].filter(e => e.textContent.includes('hit')).length,
    links: [...document.querySelectorAll('[href]')].map(e => e.getAttribute('href')).filter(
        href => /^\\s*(javascript|data:text|vbscript)/i.test(href) || href.includes('evil.example.org')),
    turned: [...(function* () {
        const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
        while (walk.nextNode()) yield walk.currentNode;
    })()].filter(node => node.data.replace(/\\u2068[^\\u2069]*\\u2069/g, '').includes('OVERRIDE'))
        .filter(node => !node.parentElement.closest('bdi, [dir], textarea, style'))
        .map(node => node.parentElement.outerHTML.slice(0, 200)),
    hidden: getComputedStyle(document.body).display === 'none',
})""".replace("OVERRIDE", OVERRIDE)
NOTHING = {"hit": None, "elements": 0, "scripts": 0, "links": [], "turned": [], "hidden": False}


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server whose ledger holds the hostile reports beside the shipped ones."""
    url = f"sqlite:///{tmp_path_factory.mktemp('hostile') / 'ledger.db'}"
    ledger = Ledger(url)
    ledger.fill(*SHIPPED)
    for report in reports():
        kept = ledger.add(report, f"{report.publisher} adder")
        assert kept.new and kept.facts, "its words must reach the pages"
    ledger.close()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LEDGER_URL", url)
        with server() as running:
            yield running


@pytest.fixture
def watched(browser: Browser, address: str) -> Iterator[Page]:
    """A page of which all that is asked of others, every dialog and every breach of the policy is noted."""
    context: BrowserContext = browser.new_context(viewport={"width": 1280, "height": 900}, locale="en-GB")
    page = context.new_page()
    noted: list[str] = []
    own = urlsplit(address).netloc

    def asked(url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("data", "blob") and parts.netloc != own:
            noted.append(f"asked {url}")

    page.on("request", lambda request: asked(request.url))
    page.on("websocket", lambda socket: asked(socket.url))
    page.on("dialog", lambda dialog: (noted.append(f"dialog {dialog.message}"), dialog.dismiss()))
    page.on("console", lambda line: noted.append(line.text) if "Content Security Policy" in line.text else None)
    page.on("pageerror", lambda error: noted.append(f"error {error}"))
    yield page
    context.close()
    assert not noted


def test_nothing_runs_and_nothing_leads_outside_on_any_page(watched: Page, address: str) -> None:
    found = {}
    for asked in [*HERE, *DEEPER]:
        language = "" if "lang=" in asked else "lang=en"
        up(watched, f"{address}/{asked}{language}")
        if (traces := watched.evaluate(TRACES)) != NOTHING:
            found[asked] = {key: value for key, value in traces.items() if value != NOTHING[key]}
    assert not found, json.dumps(found, ensure_ascii=False, indent=1)


def test_nothing_runs_in_what_is_taken_away(watched: Page, address: str) -> None:
    """Browsers that are told not to guess (nosniff) show none of these as a page, even where they are not saved."""
    for route in [*(f"/export/{name}" for name in EXPORTS), "/feed.atom", "/openapi.json"]:
        answer = watched.context.request.get(f"{address}{route}?lang=en")
        assert answer.status == 200, route
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "html" not in answer.headers["content-type"]
        assert "script-src 'self'" in answer.headers["content-security-policy"]
        if route.startswith("/export/"):
            assert answer.headers["content-disposition"].startswith("attachment")
        else:
            watched.goto(f"{address}{route}?lang=en")
            assert watched.evaluate("window.hit ?? null") is None
    cells = csv.reader(watched.context.request.get(f"{address}/export/facts.csv?lang=en").text().splitlines(True))
    formulas = [cell for row in cells for cell in row if re.match(r"[=+@\t\r]|-(?!\d)", cell)]
    assert not formulas


def test_nothing_runs_while_it_is_brought_in(watched: Page, address: str, tmp_path: Path) -> None:
    one = reports()[3]
    path = tmp_path / "<img src=x onerror=window.hit=1>.json"
    given = {"title": one.title, "publisher": one.publisher, "url": one.url, "text": f"{one.text}\n\nAnd 42 more."}
    path.write_text(json.dumps(given | {"published": "2026-11-21", "lang": "en", "note": one.note}), encoding="utf-8")
    up(watched, f"{address}/add?lang=en")
    watched.get_by_role("tab", name="Upload a file").click()
    watched.locator("input[type=file]").set_input_files(path)
    read = watched.locator(".st-key-read-file button")
    expect(read).to_be_enabled()
    read.click()
    expect(watched.locator(".st-key-decision")).to_be_visible()
    assert watched.evaluate(TRACES) == NOTHING
    watched.locator("[class*='st-key-correct-'] button").first.click()
    expect(watched.locator("[class*='st-key-correction-']").first).to_be_visible()
    assert watched.evaluate(TRACES) == NOTHING
    watched.locator(".st-key-keep button").click()
    expect(watched.locator(".outcome")).to_contain_text("1 report kept")
    assert watched.evaluate(TRACES) == NOTHING
    watched.locator(".st-key-pasted textarea").fill(TEXT)
    watched.locator(".st-key-read-paste button").click()
    expect(watched.locator(".st-key-decision")).to_be_visible()
    assert watched.evaluate(TRACES) == NOTHING
