"""The time bar in a real Chromium: every way to another day, what follows it, and what that sends over the wire."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from pages.parts.frame import PAGES, path, today
from tests.browser.test_overview import PHONE, up
from tests.wire import relay

DAY = "as_of=2025-09-07"
SLIDER = ".time [type=range]"
FIRST_VIEW, CHANGE = 150_000, 20_000  # bytes over the websocket


def still(page: Page) -> None:
    expect(page.locator("[data-testid=stApp]")).to_have_attribute("data-test-script-state", "notRunning")


def test_the_slider_moves_everything_by_keyboard_alone_and_the_address_keeps_it(page: Page, address: str) -> None:
    up(page, f"{address}/?lang=en&{DAY}")
    slider = page.locator(SLIDER)
    expect(slider).to_have_attribute("aria-valuetext", "As of 7 September 2025")
    expect(page.locator(".time .age")).to_have_text("Newest report of the same day")
    slider.focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator("h1")).to_contain_text("On 15 September 2025")
    expect(page.locator("[data-unit=days] b")).to_have_text(re.compile(r"^1[45]$"))
    expect(slider).to_have_attribute("aria-valuetext", "As of 15 September 2025")
    assert "as_of=2025-09-15" in page.url
    page.keyboard.press("ArrowRight")  # the first day of the window that ends on the 16th is over: no report, a change
    expect(page.locator("h1")).to_contain_text("On 16 September 2025")
    expect(page.locator(".time .age")).to_have_text("Newest report 1 day old")
    page.reload()
    expect(page.locator("h1")).to_contain_text("On 16 September 2025")
    expect(slider).to_have_attribute("aria-valuetext", "As of 16 September 2025")
    expect(slider).to_be_visible()
    slider.focus()
    page.keyboard.press("End")
    expect(page.locator("h1")).not_to_contain_text("2025,")
    assert "as_of" not in page.url
    expect(page.locator(".time .day b")).to_have_text(re.compile(r"^Today, \d+ \w+ 20\d\d$"))


def test_play_goes_on_day_by_day_and_stops_at_escape_and_at_the_end(page: Page, address: str) -> None:
    up(page, f"{address}/troops?lang=en&{DAY}")
    still(page)
    play = page.locator("[data-do=play]")
    play.focus()
    page.keyboard.press("Enter")
    seen = []
    for day in ("15 September", "16 September", "1 October"):
        expect(page.locator(".time .day b")).to_have_text(f"As of {day} 2025")
        still(page)
        seen.append(page.url)
    expect(play).to_have_attribute("aria-label", "Stop")
    page.keyboard.press("Escape")
    expect(play).to_have_attribute("aria-label", "Play day by day")
    still(page)
    said = page.locator(".time .day b").inner_text()
    page.wait_for_timeout(2_000)
    assert page.locator(".time .day b").inner_text() == said
    assert len(set(seen)) > 1
    up(page, f"{address}/about?lang=en&as_of=2026-09-30")
    still(page)
    play.click()
    expect(page.locator(".time .day b")).to_contain_text("Today, ")
    expect(play).to_have_attribute("aria-label", "Play day by day")
    assert "as_of" not in page.url


def test_steps_and_the_way_back_to_today(page: Page, address: str) -> None:
    up(page, f"{address}/deadlines?lang=en&as_of=2025-09-10")
    still(page)
    page.locator("[data-do=back]").click()  # from a day between two changes to the one that it still shows
    expect(page.locator(".time .day b")).to_have_text("As of 7 September 2025")
    expect(page).to_have_url(re.compile("as_of=2025-09-07"))
    expect(page.locator(".time.waits")).to_have_count(0)
    changed = page.locator(".time .note a")
    assert changed.get_attribute("href") == "about?lang=en&as_of=2025-09-07&view=changes&from=2025-08-08"
    page.locator("[data-do=today]").click()
    expect(page.locator(".time .day b")).to_contain_text("Today, ")
    expect(page.locator("[data-do=on]")).to_be_disabled()
    expect(page).not_to_have_url(re.compile("as_of"))


def test_what_changed_follows_the_bar(page: Page, address: str) -> None:
    up(page, f"{address}/about?lang=en&view=changes&from=2025-09-01&to=2025-09-07")
    title = page.locator(".changes h2")
    expect(title).to_contain_text("from 1 September 2025 to 7 September 2025")
    page.get_by_label("As of").fill("2025-10-01")
    expect(title).to_contain_text("from 1 September 2025 to 1 October 2025")


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_a_phone_shows_the_page_that_is_open_and_what_is_touched_is_large_enough(
    browser: Browser, address: str, lang: str
) -> None:
    context = browser.new_context(**PHONE)
    page = up(context.new_page(), f"{address}/about?lang={lang}&{DAY}")
    expect(page.locator(".st-key-nav [aria-current=page]")).to_be_in_viewport(ratio=0.9)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    small = page.evaluate(
        "() => [...document.querySelectorAll('.time button, .time .day, .time a, .st-key-nav a')]"
        ".filter(e => e.getBoundingClientRect().height < 40 && !e.hidden).map(e => e.outerHTML)"
    )
    assert not small
    lefts = page.evaluate(
        "() => [...document.querySelectorAll('.years span')].map(e => e.getBoundingClientRect().left)"
    )
    assert lefts == sorted(lefts) and len(lefts) > 1, "time runs from left to right in every language"
    first, last = (page.locator(f"[data-do={name}]").bounding_box() for name in ("back", "on"))
    assert first and last and first["x"] < last["x"]
    context.close()


@pytest.mark.parametrize("width", [1440, 1024, 700])
def test_the_masthead_is_whole_at_every_width(browser: Browser, address: str, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 700})
    page = context.new_page()
    for lang in ("en", "ar"):
        up(page, f"{address}/about?lang={lang}&{DAY}")
        expect(page.locator(".years span").first).to_be_visible()
        boxes = page.evaluate(
            "() => [...document.querySelectorAll('.brand, .st-key-masthead a p, .time :is(b, button, a, .age, svg)')]"
            ".filter(e => e.checkVisibility()).map(e => { const r = e.getBoundingClientRect();"
            " return [e.textContent, r.left, r.top, r.right, r.bottom, e.scrollWidth - e.clientWidth] })"
        )
        assert len(boxes) > len(PAGES)
        for name, left, _, right, _, hidden in boxes:
            assert left >= 0 and right <= width and hidden <= 1, name
        links = [box for box in boxes if box[0]]
        over = [
            (one[0], other[0])
            for at, one in enumerate(links)
            for other in links[at + 1 :]
            if one[1] < other[3] and other[1] < one[3] and one[2] < other[4] - 2 and other[2] < one[4] - 2
        ]
        assert not over
    context.close()


@pytest.mark.parametrize("name", PAGES)
def test_a_first_view_and_a_change_of_day_send_little(browser: Browser, address: str, name: str) -> None:
    assert today().isoformat() > "2026-09-30"
    with relay(address) as wire:
        context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="en-GB")
        page = context.new_page()
        up(page, f"{wire.address}/{path(name)}?lang=ar")
        still(page)
        page.wait_for_timeout(500)
        first, wire.received = wire.received, 0
        page.locator(".time [type=date]").fill("2026-09-30")
        expect(page).to_have_url(re.compile("as_of=2026-09-30"))
        still(page)
        page.wait_for_timeout(500)
        context.close()
        print(f"{name}: {first:,} bytes at first view, {wire.received:,} for a change of day")
        assert first <= FIRST_VIEW
        assert 1_000 < wire.received <= CHANGE
