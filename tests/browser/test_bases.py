"""The page of bases in a real Chromium: lists choose, states open their sentence."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.test_overview import up

DAY = "as_of=2025-09-07"
LATER = "as_of=2026-11-20"


def test_sites_are_chosen_by_their_lists_and_lead_to_their_own_view(page: Page, address: str) -> None:
    up(page, f"{address}/bases?lang=en&{DAY}&place=atlantis")
    expect(page.locator(".notice")).to_be_visible()
    rows = page.locator(".sitelist tr:has(.mark)")
    before = rows.count()
    page.locator("select[name=region]").select_option("SY")
    expect(page.locator(".sitelist .group")).to_have_count(1)
    assert 0 < rows.count() < before
    page.locator("select[name=state]").select_option("left")
    expect(page.locator(".sitelist .mark:not(.left)")).to_have_count(0)
    assert "region=SY" in page.url and "state=left" in page.url
    page.get_by_role("link", name="العربية").click()
    expect(page.locator(".sitelist:lang(ar)")).to_be_visible()
    assert "region=SY" in page.url and "state=left" in page.url
    page.locator("select[name=place]").select_option("ain-al-asad")
    expect(page.locator(".strip")).to_be_visible()
    assert "place=ain-al-asad" in page.url and "region=" not in page.url
    page.get_by_role("link", name="English").click()
    expect(page.locator("h1")).to_have_text("Ain al-Asad")


def test_a_state_opens_its_sentence_by_click_and_with_the_keyboard(page: Page, address: str) -> None:
    up(page, f"{address}/bases?lang=en&{LATER}&place=ain-al-asad")
    page.locator(".spell.contested").click()
    expect(page.locator(".evidence mark").first).to_be_visible()
    assert "place=ain-al-asad" in page.url and "show=fact" in page.url
    page.keyboard.press("Escape")
    expect(page.locator(".evidence")).to_have_count(0)
    link = page.locator("#facts a.ev").first
    link.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".st-key-close button")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".evidence")).to_have_count(0)


def test_the_strip_runs_from_left_to_right_and_the_map_is_told_in_words(page: Page, address: str) -> None:
    up(page, f"{address}/bases?lang=ar&{LATER}&place=ain-al-asad")
    left = page.locator(".spell").evaluate_all("all => all.map(e => e.getBoundingClientRect().left)")
    assert len(left) > 5 and left == sorted(left)
    told = page.locator("#states tbody tr")
    assert told.count() == len(left)
    near = page.locator("#near tbody tr")
    expect(near).to_have_count(5)
    expect(page.locator(".stDeckGlJsonChart")).to_be_visible()
    near.first.locator("a").first.click()
    expect(page.locator("h1")).not_to_have_text("عين الأسد")
    expect(page.locator(".strip")).to_be_visible()


def test_the_evidence_of_a_site_on_the_overview_leads_to_its_own_page(page: Page, address: str) -> None:
    up(page, f"{address}/?lang=en&{DAY}&show=base:harir:US")
    page.locator(".onward a").click()
    expect(page.locator("h1")).to_have_text("Harir Air Base")
    assert "/bases?" in page.url and DAY in page.url
