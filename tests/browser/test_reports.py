"""The reports in a real Chromium: searched, chosen, paged and read, by mouse and by keyboard."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.browser.test_overview import up

REPORT = "2025-09-07-al-araby-al-jadeed"


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
