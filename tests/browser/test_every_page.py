"""Every page in every language, wide and on a phone, light and dark, with much, old and no data.

One load of a page is looked at for all that can be wrong with it: errors, requests to other hosts, cut or overlapping
words, English left on pages in other languages, and what axe-core finds that keeps people out.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

import pytest
from playwright.sync_api import Browser, Page, expect

from pages.parts.frame import PAGES, path
from pages.parts.words import LOCALES
from tests.browser.test_overview import PHONE, up
from tests.servers import ROOT, server
from tests.test_words import NAMES

HERE = Path(__file__).parent
Theme = Literal["light", "dark"]
GEOMETRY = (HERE / "matrix.js").read_text(encoding="utf-8")
SEEN = (HERE / "seen.js").read_text(encoding="utf-8")
AXE = HERE / "node_modules" / "axe-core" / "axe.min.js"
WIDE: dict[str, Any] = {"viewport": {"width": 1440, "height": 900}}
LOOKS = {"wide": WIDE, "phone": PHONE}
SMALLER = {"wide": (1024, 768), "phone": (360, 740)}  # the window in which an old day is looked at
THEMES: dict[str, tuple[Theme, Theme]] = {
    "wide": ("light", "dark"),
    "phone": ("dark", "light"),
}  # axe looks at the second
OLD = "2025-09-07"
# Views of a page that have an address of their own.
VIEWS = (
    f"?show=troops:US:IQ&as_of={OLD}",
    f"bases?place=ain-al-asad&as_of={OLD}",
    "nations?nation=US",
    "reports?report=2025-09-07-al-araby-al-jadeed",
    "add?view=review",
    "about?view=changes&from=2025-09-01&to=2025-10-10",
)
ISOLATED = re.compile("\N{FIRST STRONG ISOLATE}.*?\N{POP DIRECTIONAL ISOLATE}")
OTHER_LANGUAGES = {"English"}  # the link that leads there
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
    views = [f"{view}&lang={lang}" for view in VIEWS]
    assert not wrong(browser, address, [*pages(lang), *views], look)


@pytest.mark.parametrize("lang", LOCALES)
def test_every_page_is_whole_without_a_report(browser: Browser, empty: str, lang: str) -> None:
    assert not wrong(browser, empty, pages(lang), "wide")


def pages(lang: str) -> list[str]:
    return [f"{path(name)}?lang={lang}" for name in PAGES]


def wrong(browser: Browser, address: str, asked: list[str], look: str) -> str:
    """What is wrong with the pages, a line each; "" where nothing is."""
    errors: list[str] = []
    context = browser.new_context(**LOOKS[look], locale="en-GB", bypass_csp=True)  # axe is a script of the test's own
    page = context.new_page()
    # Streamlit's client looks for its server under the page's own path first, and is told 404.
    page.on(
        "console", lambda said: errors.append(said.text) if said.type == "error" and "404" not in said.text else None
    )
    page.on("pageerror", lambda error: errors.append(str(error)))
    own = (address, address.replace("http", "ws"), "data:", "blob:")
    page.on("request", lambda request: None if request.url.startswith(own) else errors.append(f"asks {request.url}"))
    lines = []
    for each in asked:
        errors.clear()
        found = complaints(page, f"{address}/{each}", look)
        lines += [f"{each}: {complaint}" for complaint in [*found, *errors]]
    context.close()
    return "\n".join(lines)


def complaints(page: Page, address: str, look: str) -> list[str]:
    """What is found on a page, looked at in one theme, then in the other, then on an old day in a smaller window."""
    page.set_viewport_size(LOOKS[look]["viewport"])
    page.emulate_media(color_scheme=THEMES[look][0])
    up(page, address)
    settled(page)
    found = seen(page)
    page.emulate_media(color_scheme=THEMES[look][1])
    settled(page)
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found += page.evaluate(ACCESS, STREAMLITS)
    field = page.locator(".time [type=date]")
    if OLD in address or field.get_attribute("min") == field.get_attribute("max"):
        return found
    width, height = SMALLER[look]
    page.set_viewport_size({"width": width, "height": height})
    field.fill(OLD)
    expect(page).to_have_url(re.compile(f"as_of={OLD}"))
    expect(page.locator(".time.waits")).to_have_count(0)
    settled(page)
    return found + [f"{complaint} (on {OLD})" for complaint in seen(page)]


def seen(page: Page) -> list[str]:
    """What a look at the page finds: alerts, words out of place, words of another language."""
    found = [f"alert: {said}" for said in page.locator(".stException, .stAlert, [role=alert]").all_inner_texts()]
    found += page.evaluate(GEOMETRY)
    if (lang := page.locator("html").get_attribute("lang")) == "en":
        return found
    words = re.findall(r"[A-Za-z]{2,}", " ".join(ISOLATED.sub("", text) for text in page.evaluate(SEEN, lang)))
    return found + [f"English: {word}" for word in sorted({*words} - NAMES - OTHER_LANGUAGES)]


def settled(page: Page) -> None:
    """Waits until the script has run and fonts and styles are there."""
    page.locator(".stApp[data-test-script-state=notRunning]").wait_for()
    page.evaluate("document.fonts.ready")
    page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
