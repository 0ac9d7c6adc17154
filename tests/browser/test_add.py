"""The page add in a real Chromium: paste, upload, an address that is refused, and a review by keyboard alone."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.test_overview import PHONE, up
from tests.servers import server

TEXT = "Erbil, November 3 - About {n} US troops remain in Erbil province, a spokesman said on 3 November 2026."


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """A server with a ledger of its own, for these tests write."""
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setenv("LEDGER_URL", f"sqlite:///{Path(folder) / 'ledger.db'}")
        with server() as running:
            yield running


def still(page: Page) -> None:
    """Waits until the page is drawn: a key that is pressed before that is lost, as for a person."""
    expect(page.locator("[data-testid=stApp]")).to_have_attribute("data-test-script-state", "notRunning")
    page.wait_for_timeout(300)


def draft(page: Page, text: str) -> None:
    """Pastes a text and waits for its draft."""
    page.locator(".st-key-pasted textarea").fill(text)
    page.locator(".st-key-read-paste button").click()
    expect(page.locator(".st-key-decision")).to_be_visible()


def test_a_pasted_text_is_looked_at_corrected_and_kept_and_the_picture_changes(page: Page, address: str) -> None:
    up(page, f"{address}/add?lang=en")
    draft(page, TEXT.format(n="1,357"))
    expect(page.locator(".text mark").first).to_be_visible()
    expect(page.locator(".changes")).to_contain_text("United States: troops, Erbil")
    keep = page.locator(".st-key-keep button")
    expect(keep).to_be_disabled()
    page.get_by_label("Publisher").fill("Example Agency")
    page.get_by_label("Publisher").press("Enter")
    page.locator(".st-key-draft-day label").click()
    expect(keep).to_be_enabled()
    keep.click()
    expect(page.locator(".outcome")).to_contain_text("1 report kept")
    up(page, f"{address}/?lang=en&show=troops:US:IQ-AR")
    expect(page.locator(".evidence")).to_contain_text("about 1,357")
    expect(page.locator(".evidence .review").first).to_contain_text("not yet reviewed")


def test_a_file_with_several_articles_comes_one_after_the_other(page: Page, address: str) -> None:
    up(page, f"{address}/add?lang=en")
    page.get_by_role("tab", name="Upload a file").click()
    lines = [f'{{"text": "{TEXT.format(n=2000 + i)}", "published": "2026-11-0{i}", "publisher": "P"}}' for i in (4, 5)]
    content = "\n".join([*lines, "no article"]).encode()
    page.locator("input[type=file]").set_input_files({"name": "two.jsonl", "mimeType": "text/plain", "buffer": content})
    read = page.locator(".st-key-read-file button")
    expect(read).to_be_enabled()
    read.click()
    expect(page.locator(".draft-head h1")).to_contain_text("1 of 2")
    expect(page.locator(".refused li")).to_contain_text("line 3")
    page.locator(".st-key-discard button").click()
    expect(page.locator(".draft-head h1")).to_contain_text("2 of 2")
    page.locator(".st-key-discard button").click()
    expect(page.locator(".outcome")).to_contain_text("2 discarded")


def test_an_address_of_this_machine_is_refused_in_one_line_and_stays_in_its_field(page: Page, address: str) -> None:
    up(page, f"{address}/add?lang=en")
    page.get_by_role("tab", name="Give an address").click()
    field = page.locator(".st-key-address input")
    field.fill(f"{address}/feed.xml")
    field.press("Enter")
    page.locator(".st-key-read-address button").click()
    line = page.locator(".refused li")
    expect(line).to_have_count(1)
    expect(line).to_contain_text("127.0.0.1")
    expect(field).to_have_value(f"{address}/feed.xml")


def test_a_review_by_keyboard_alone(page: Page, address: str) -> None:
    up(page, f"{address}/add?lang=en&view=review")
    judged = page.locator(".judged")
    for key, said in (("1", "accepted"), ("2", "rejected")):
        before = judged.inner_text()
        still(page)
        page.keyboard.press(key)
        expect(page.locator(".st-key-last")).to_contain_text(said)
        expect(judged).not_to_have_text(before, use_inner_text=True)
    still(page)
    waits = page.locator(".st-key-views a").nth(1).inner_text()
    page.keyboard.press("4")
    expect(page.locator(".st-key-unskip")).to_be_visible()
    still(page)
    page.keyboard.press("3")
    use = page.get_by_role("button", name="Use these values")
    expect(use).to_be_visible()
    for _ in range(40):  # from the last button on, Tab leads through the form
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.innerText") == "Leave it":
            break
    page.keyboard.press("Enter")
    expect(use).to_have_count(0)
    assert page.locator(".st-key-views a").nth(1).inner_text() == waits, "a skipped fact still waits"


def test_a_draft_is_not_wider_than_a_phone(browser: Browser, address: str) -> None:
    context = browser.new_context(**PHONE)
    page = up(context.new_page(), f"{address}/add?lang=ar")
    draft(page, TEXT.format(n="1,900") + " " + "https://example.org/" + "a" * 300)
    page.locator("[class*='st-key-correct-'] button").first.click()
    expect(page.locator("[class*='st-key-correction-']").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    cut = page.evaluate(
        """() => [...document.querySelectorAll('.stMain *')].filter(e => {
            const box = e.getBoundingClientRect();
            const hidden = e.closest('[aria-hidden=true], .st-key-nav') || e.type === 'date';
            return box.width > 1 && !hidden && (box.right > innerWidth + 1 || box.left < -1);
        }).map(e => e.outerHTML.slice(0, 120))"""
    )
    assert not cut
    context.close()


def test_the_address_of_changes_leads_to_the_page_in_the_same_language(page: Page, address: str) -> None:
    up(page, f"{address}/about/changes?from=2026-09-01&to=2026-10-05&lang=ar")
    expect(page.locator(".changes li").first).to_be_visible()
    assert "view=changes" in page.url and page.url.startswith(f"{address}/about?")
    expect(page.locator("html")).to_have_attribute("lang", "ar")
