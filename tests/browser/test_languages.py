"""Arabic and Sorani in a real Chromium: no number scrambled, the digits that the visitor chose."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.test_overview import up

WIDE = {"viewport": {"width": 1440, "height": 900}}


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
