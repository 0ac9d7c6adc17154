"""A view can be taken along: its link gives the same view elsewhere, in a frame it has no masthead, it can be cited."""

from __future__ import annotations

from html import unescape

import pytest
from playwright.sync_api import Browser, Page, expect

from pages.parts import share
from pages.parts.words import words
from tests.browser.test_overview import up

VIEW = "deadlines?lang={lang}&as_of=2025-09-07&place=IQ&show=deadline:IQ:coalition:2025-09-30"
HOSTILE = {"q": '"><script>window.hit=1</script>', "lang": "en", "show": "base:x"}


def test_a_snippet_is_markup_of_one_frame_whatever_the_address_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(share, "full", lambda asked: f"https://example.org/?{'&'.join(map('='.join, asked.items()))}")
    made = share.snippet(HOSTILE, 'A "title" <b>')
    assert made.count("<") == 2 and made.startswith("<iframe ") and made.endswith("</iframe>")
    assert 'src="https://example.org/?q=&quot;&gt;&lt;script&gt;' in made
    assert "embed=true" in unescape(made) and "show=" not in made


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_the_link_gives_the_same_view_in_another_browser(page: Page, browser: Browser, address: str, lang: str) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    up(page, f"{address}/{VIEW.format(lang=lang)}")
    expect(page.locator(".evidence h2")).to_be_visible()
    page.locator("button.share").focus()
    page.keyboard.press("Enter")
    panel = page.locator("#share")
    expect(panel).to_be_visible()
    link = panel.locator("#share-link").input_value()
    cited = panel.locator("#share-citation").input_value()
    assert link in cited and ("2025" if lang == "en" else "٢٠٢٥") in cited
    panel.locator("button", has_text=words(lang)("share.copy")).first.click()
    expect(panel.locator("[role=status]")).not_to_be_empty()
    assert page.evaluate("navigator.clipboard.readText()") == link
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="en-GB")
    again = up(context.new_page(), link)
    for shown in ("h1", ".evidence h2", ".time"):
        expect(again.locator(shown).first).to_have_text(page.locator(shown).first.inner_text(), use_inner_text=True)
    context.close()


def test_a_frame_shows_the_view_alone_with_its_source(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport={"width": share.WIDTH, "height": share.HEIGHT}, locale="en-GB")
    page = up(context.new_page(), f"{address}/troops?lang=en&as_of=2025-09-07&embed=true")
    assert page.evaluate("document.documentElement.scrollWidth") <= share.WIDTH
    expect(page.locator(".st-key-nav")).to_have_count(0)
    expect(page.locator(".origin a")).to_contain_text("7 September 2025")
    assert "embed" not in str(page.locator(".origin a").get_attribute("href"))
    context.close()
