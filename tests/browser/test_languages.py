"""Arabic and Sorani in a real Chromium: no English left, no number scrambled, the digits that the visitor chose."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.test_overview import PHONE, up
from tests.test_words import NAMES

DAY = "as_of=2025-10-20"
PAGES = [
    "?show=troops:US:IQ&",
    "troops?",
    "deadlines?",
    "reports?",
    "reports?report=2025-09-07-al-araby-al-jadeed&",
    "add?",
    "add?view=review&",
    "about?",
    "about?view=changes&from=2025-09-01&to=2025-10-10&",
]
WIDE = {"viewport": {"width": 1440, "height": 900}}
# Text as it is seen, except what is marked as written in another language, and what a person types or chooses from.
SEEN = """lang => {
    const found = [];
    const walk = document.createTreeWalker(document.querySelector('.stApp'), NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) {
        const e = walk.currentNode.parentElement;
        if (e.closest('style, script, bdi, code, [data-testid=stIconMaterial]')) continue;
        const written = e.closest('[lang]');
        if (written && written.lang !== lang && written !== document.documentElement) continue;
        const box = e.getBoundingClientRect();
        if (box.width < 2 || box.height < 2 || getComputedStyle(e).fontSize === '0px') continue;
        found.push(walk.currentNode.textContent);
    }
    return found;
}"""
ISOLATED = re.compile("\N{FIRST STRONG ISOLATE}.*?\N{POP DIRECTIONAL ISOLATE}")
OTHER_LANGUAGES = {"English"}  # the link that leads there


@pytest.mark.parametrize(("lang", "look"), [("ar", WIDE), ("ckb", PHONE)])
def test_no_english_is_left_and_nothing_is_wider_than_the_screen(
    browser: Browser, address: str, lang: str, look: dict[str, Any]
) -> None:
    context = browser.new_context(**look)
    page = context.new_page()
    left: dict[str, set[str]] = {}
    for asked in PAGES:
        up(page, f"{address}/{asked}{DAY}&lang={lang}")
        expect(page.locator("[data-testid=stApp]")).to_have_attribute("data-test-script-state", "notRunning")
        expect(page.locator("html")).to_have_attribute("lang", lang)
        seen = " ".join(ISOLATED.sub("", text) for text in page.evaluate(SEEN, lang))
        if found := {*re.findall(r"[A-Za-z]{2,}", seen)} - NAMES - OTHER_LANGUAGES:
            left[asked] = found
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), asked
    assert not left
    context.close()


def test_the_uploader_speaks_the_language_of_the_page(page: Page, address: str) -> None:
    up(page, f"{address}/add?lang=ckb")
    page.get_by_role("tab").nth(1).click()
    button = page.locator(".st-key-uploaded section button p")
    expect(button).to_be_visible()
    said = "e => [getComputedStyle(e).fontSize, getComputedStyle(e, '::after').content]"
    assert button.evaluate(said) == ["0px", '"فایلێک هەڵبژێرە"']


def test_digits_follow_the_language_and_the_choice_on_every_page_and_in_the_countdown(
    browser: Browser, address: str
) -> None:
    context = browser.new_context(**WIDE, locale="ckb-IQ")
    page = up(context.new_page(), f"{address}/?as_of=2025-09-07&place=IQ")
    expect(page.locator("html")).to_have_attribute("lang", "ckb")  # chosen by the browser's language
    days, seconds = page.locator("[data-unit=days] b"), page.locator("[data-unit=seconds] b")
    expect(days).to_have_text(re.compile("^٢[٢٣]$"))
    expect(seconds).to_have_text(re.compile("^[٠-٩]{2}$"))
    expect(page.locator("h1")).to_contain_text("٣٠ی ئەیلوولی ٢٠٢٥")
    page.locator(".foot a[href*=digits]").last.click()
    expect(days).to_have_text(re.compile("^2[23]$"))
    expect(page.locator("h1")).to_contain_text("30ی ئەیلوولی 2025")
    assert "digits=latn" in page.url and "as_of=2025-09-07" in page.url and "place=IQ" in page.url
    page.locator(".st-key-nav a[href*=deadlines]").click()
    expect(page.locator(".tick b").first).to_have_text(re.compile(r"\d{4}"))
    assert not re.search("[٠-٩]", page.locator(".figures").inner_text())
    assert "digits=latn" in page.url
    context.close()


def test_numbers_and_days_stand_in_the_order_in_which_they_are_read(page: Page, address: str) -> None:
    """Letters of a range are found on the screen from right to left, the digits of a number from left to right."""
    up(page, f"{address}/about?view=changes&from=2025-09-01&to=2025-10-10&lang=ar&digits=latn")
    fields = page.locator(".stDateInput [role=group]")
    for field in fields.all():
        parts = field.locator("[role=spinbutton]")
        left = [box["x"] for part in parts.all() if (box := part.bounding_box())]
        assert left == sorted(left), "year, month, day"
    places = page.locator(".changes h2").evaluate(
        """e => { const text = e.firstChild, all = text.textContent; return ['2025', '10 ', '1 '].map(part => {
            const range = document.createRange(), at = all.indexOf(part);
            range.setStart(text, at); range.setEnd(text, at + part.trim().length);
            return [part, range.getBoundingClientRect().left];
        }); }"""
    )
    where = dict(places)
    assert where["1 "] > where["2025"] > where["10 "], "1 September 2025, then 10 October, from the right"


@pytest.mark.parametrize("asked", ["x", "", "thai", "<b>"])
def test_digits_that_are_not_known_give_the_usual_ones_and_a_notice(page: Page, address: str, asked: str) -> None:
    up(page, f"{address}/about?lang=ar&digits={asked}")
    expect(page.locator(".notice")).to_contain_text("الأرقام المعتادة")
    assert "digits=" not in str(page.locator(".brand").get_attribute("href"))
