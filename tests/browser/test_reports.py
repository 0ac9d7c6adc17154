"""The reports in a real Chromium: searched, chosen, paged and read, by mouse and by keyboard."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.test_overview import PHONE, up

REPORT = "2025-09-07-al-araby-al-jadeed"
LOOKS: dict[str, dict[str, Any]] = {
    "wide": {"viewport": {"width": 1440, "height": 900}},
    "dark phone": PHONE | {"color_scheme": "dark"},
}


@pytest.mark.parametrize("look", LOOKS.values(), ids=LOOKS)
@pytest.mark.parametrize("lang", ["en", "ar"])
def test_nothing_fails_and_nothing_is_cut(browser: Browser, address: str, lang: str, look: dict[str, Any]) -> None:
    context = browser.new_context(**look)
    page = context.new_page()
    errors: list[str] = []
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    for asked in ("q=troops", f"report={REPORT}&q=troops"):
        up(page, f"{address}/reports?lang={lang}&{asked}")
        expect(page.locator(".search button" if "report" not in asked else ".report mark").first).to_be_visible()
        assert not [error for error in errors if "404" not in error]
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        cut = page.evaluate(
            """() => [...document.querySelectorAll('.stHtml *, .choices *, .search *')].filter(e => {
                const box = e.getBoundingClientRect();
                return box.width > 1 && (box.right > innerWidth + 1 || box.left < -1) && !e.closest('option');
            }).map(e => e.outerHTML.slice(0, 120))"""
        )
        assert not cut
    context.close()


def test_a_search_without_hamza_or_in_other_digits_finds_and_goes_back(page: Page, address: str) -> None:
    up(page, f"{address}/reports?lang=ar")
    field = page.locator(".search input")
    field.fill("اخلا")
    page.locator(".search button").click()
    expect(page.locator(".snippet mark").first).to_have_text(re.compile("^[إا]خلاء?$"))
    assert "q=" in page.url and "lang=ar" in page.url
    first = page.locator(".found").inner_text()
    field.fill("2500")
    field.press("Enter")
    expect(page.locator(".snippet mark", has_text="٢٥٠٠").first).to_be_visible()
    page.go_back()
    expect(page.locator(".found")).to_have_text(first)
    expect(field).to_have_value("اخلا")
    page.get_by_role("link", name="English").click()
    expect(page.locator(".found")).to_contain_text("found.")
    expect(field).to_have_value("اخلا")
    field.fill("")
    expect(page.locator(".found")).to_have_count(0)
    assert "q=" not in page.url


def test_lists_choose_and_pages_follow_by_keyboard_alone(page: Page, address: str) -> None:
    up(page, f"{address}/reports?lang=en")
    page.locator(".pager a[rel=next]").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".pager a[rel=prev]")).to_be_visible(timeout=60_000)
    assert "n=2" in page.url
    page.locator("select[name=language]").focus()
    page.keyboard.type("En")
    expect(page.locator(".found")).to_contain_text("reports found")
    assert "language=en" in page.url and "n=" not in page.url.replace("lang=", "")
    expect(page.locator("select[name=language]")).to_be_focused()
    page.locator(".listing li a").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".report .text mark").first).to_be_visible(timeout=60_000)
    expect(page.locator(".around a").first).to_have_text("Back to the reports found")
    page.locator(".around a").first.click()
    expect(page.locator("select[name=language]")).to_have_value("en", timeout=60_000)


def test_a_fact_leads_to_its_sentence_and_back_and_its_address_opens_there(page: Page, address: str) -> None:
    up(page, f"{address}/reports?lang=en&report={REPORT}")
    fact = page.locator("li.fact a.to").last
    fact.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".text mark.picked").first).to_be_focused()
    expect(page.locator(".text mark.picked").first).to_be_in_viewport()
    assert "fact=" in page.url
    expect(page.locator(".text")).to_have_attribute("dir", "rtl")
    up(page, page.url)
    expect(page.locator("li.fact.picked")).to_have_count(1)
    expect(page.locator(".text mark.picked").first).to_be_focused()
    expect(page.locator(".text mark.picked").first).to_be_in_viewport()
    page.locator(".text .number").first.click()
    expect(page.locator("li.fact").first).to_be_in_viewport()
