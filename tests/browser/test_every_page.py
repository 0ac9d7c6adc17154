"""Every page in every language, wide and on a phone, light and dark, with much, old and no data.

One load of a page is looked at for all that can be wrong with it: errors, cut or overlapping words, and what axe-core
finds that keeps people out.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

import pytest
from playwright.sync_api import Browser, Page

from pages.parts.frame import PAGES, path
from pages.parts.words import LOCALES
from tests.browser.test_overview import PHONE, up
from tests.servers import ROOT, server

HERE = Path(__file__).parent
Theme = Literal["light", "dark"]
GEOMETRY = (HERE / "matrix.js").read_text(encoding="utf-8")
AXE = HERE / "node_modules" / "axe-core" / "axe.min.js"
WIDE: dict[str, Any] = {"viewport": {"width": 1440, "height": 900}}
LOOKS = {"wide": WIDE, "phone": PHONE}
THEMES: dict[str, tuple[Theme, Theme]] = {
    "wide": ("light", "dark"),
    "phone": ("dark", "light"),
}  # axe looks at the second
DAYS = ("", "&as_of=2025-09-07")  # with all reports, and as of an old day
# What lies inside Streamlit's own widgets and cannot be mended from outside: rule of axe -> selector.
STREAMLITS: dict[str, tuple[str, ...]] = {}
ACCESS = """async (known) => {
  const found = await axe.run(document, {resultTypes: ['violations']});
  return found.violations
    .filter(v => ['serious', 'critical'].includes(v.impact))
    .flatMap(v => v.nodes.map(n => [v.id, n.target.join(' '), n.html.slice(0, 160), n.any[0]?.message ?? '']))
    .filter(([rule, target]) => !(known[rule] ?? []).some(s => document.querySelector(target)?.closest(s)))
    .map(n => n.join(' | '));
}"""


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server whose ledger holds no report: a copy of the project without those that ship."""
    folder = tmp_path_factory.mktemp("empty")
    for name in ("app.py", "pages", "extract", "ledger", "static", "data", ".streamlit"):
        source = ROOT / name
        if source.is_dir():
            leave = shutil.ignore_patterns("__pycache__", "reports", "local", "secrets.toml")
            shutil.copytree(
                source, folder / name, ignore=leave if name != "ledger" else shutil.ignore_patterns("__pycache__")
            )
        else:
            shutil.copy(source, folder / name)
    (folder / "data" / "reports").mkdir()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LEDGER_URL", f"sqlite:///{folder / 'empty.db'}")
        with server(folder) as running:
            yield running


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("lang", LOCALES)
def test_every_page_is_whole(browser: Browser, address: str, lang: str, look: str) -> None:
    paths = [f"{path(name)}?lang={lang}{day}" for name in PAGES for day in DAYS]
    assert not wrong(browser, [f"{address}/{each}" for each in paths], look)


@pytest.mark.parametrize("lang", LOCALES)
def test_every_page_is_whole_without_a_report(browser: Browser, empty: str, lang: str) -> None:
    assert not wrong(browser, [f"{empty}/{path(name)}?lang={lang}" for name in PAGES], "wide")


def wrong(browser: Browser, addresses: list[str], look: str) -> str:
    """What is wrong with the pages, a line each; "" where nothing is."""
    errors: list[str] = []
    context = browser.new_context(**LOOKS[look], locale="en-GB", bypass_csp=True)  # axe is a script of the test's own
    page = context.new_page()
    # Streamlit's client looks for its server under the page's own path first, and is told 404.
    page.on(
        "console", lambda said: errors.append(said.text) if said.type == "error" and "404" not in said.text else None
    )
    page.on("pageerror", lambda error: errors.append(str(error)))
    lines = []
    for address in addresses:
        errors.clear()
        found = complaints(page, address, THEMES[look])
        lines += [f"{address}: {complaint}" for complaint in [*found, *errors]]
    context.close()
    return "\n".join(lines)


def complaints(page: Page, address: str, themes: tuple[Theme, Theme]) -> list[str]:
    """What geometry and axe-core find on a page, looked at in one theme and then in the other."""
    page.emulate_media(color_scheme=themes[0])
    up(page, address)
    settled(page)
    found: list[str] = page.evaluate(GEOMETRY)
    found += [f"alert: {said}" for said in page.locator(".stException, .stAlert, [role=alert]").all_inner_texts()]
    page.emulate_media(color_scheme=themes[1])
    settled(page)
    page.evaluate(AXE.read_text(encoding="utf-8"))
    return found + list(page.evaluate(ACCESS, STREAMLITS))


def settled(page: Page) -> None:
    """Waits until the script has run and fonts and styles are there."""
    page.locator(".stApp[data-test-script-state=notRunning]").wait_for()
    page.evaluate("document.fonts.ready")
    page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
