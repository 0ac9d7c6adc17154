"""Troops and deadlines in a real Chromium: time lines, marks open their evidence, choices the address."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.test_overview import PHONE, up

DAY = "as_of=2025-09-07"
PAGES = ["troops", "deadlines"]
MARK = {"troops": ".field a.claim", "deadlines": ".track a.deadline"}


@pytest.mark.parametrize("lang", ["en", "ar"])
@pytest.mark.parametrize("name", PAGES)
def test_time_runs_from_left_to_right_in_every_language(page: Page, address: str, name: str, lang: str) -> None:
    up(page, f"{address}/{name}?lang={lang}&{DAY}")
    years = page.evaluate(
        "() => [...document.querySelectorAll('.tick b')].map(e => [e.getBoundingClientRect().left, e.textContent])"
    )
    assert len(years) > 1
    assert [word for _, word in sorted(years)] == sorted(word for _, word in years)
    marks = page.evaluate(
        "s => [...document.querySelectorAll(s)].map(e => e.getBoundingClientRect())"
        ".every(b => b.left > 0 && b.right < innerWidth && b.width > 0)",
        MARK[name],
    )
    assert marks


def test_the_lines_of_the_time_line_stand_behind_its_bars_in_arabic_too(page: Page, address: str) -> None:
    for lang in ("en", "ar"):
        up(page, f"{address}/deadlines?lang={lang}&{DAY}")
        lines, track = (page.locator(s).first.bounding_box() for s in (".deeds .lines", ".deeds .track"))
        assert lines and track
        assert abs(lines["x"] - track["x"]) < 1
        assert abs(lines["width"] - track["width"]) < 1


@pytest.mark.parametrize("name", PAGES)
def test_a_mark_opens_its_sentence_by_click_and_escape_closes_it(page: Page, address: str, name: str) -> None:
    up(page, f"{address}/{name}?lang=en&{DAY}")
    mark = page.locator(MARK[name]).last
    key = mark.get_attribute("data-show")
    mark.click()
    expect(page.locator(".evidence mark").first).to_be_visible()
    assert f"/{name}?" in page.url
    expect(mark).to_have_css("outline-style", "solid")
    assert page.url.endswith(f"show={quote(str(key), safe='')}")
    page.keyboard.press("Escape")
    expect(page.locator(".evidence")).to_have_count(0)
    assert "show=" not in page.url


@pytest.mark.parametrize("name", PAGES)
def test_a_mark_opens_its_sentence_with_the_keyboard_alone(page: Page, address: str, name: str) -> None:
    up(page, f"{address}/{name}?lang=en&{DAY}")
    link = page.locator(".field a.claim" if name == "troops" else ".what a.ev").first
    permanent = link.get_attribute("href")
    link.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".st-key-close button")).to_be_focused()
    title = page.locator(".evidence h2").inner_text()
    page.keyboard.press("Enter")
    expect(page.locator(".evidence")).to_have_count(0)
    up(page, f"{address}/{permanent}")
    expect(page.locator(".evidence h2")).to_have_text(title)
    assert f"/{name}?" in page.url


def test_a_choice_stands_in_the_address_and_survives_language_and_day(page: Page, address: str) -> None:
    up(page, f"{address}/troops?lang=en&{DAY}")
    page.locator("select[name=place]").select_option("SY")
    expect(page.locator("h1")).to_have_text("Troops in Syria: United States")
    assert "place=SY" in page.url
    page.get_by_role("link", name="العربية").click()
    expect(page.locator("h1")).to_have_text("القوات في سوريا: الولايات المتحدة")
    assert "place=SY" in page.url and DAY in page.url and "lang=ar" in page.url
    page.locator("select[name=force]").select_option("coalition")
    expect(page.locator("h1")).to_contain_text("التحالف الدولي")
    assert "place=" not in page.url and "lang=ar" in page.url


def test_deadlines_are_chosen_and_grouped_by_their_lists(page: Page, address: str) -> None:
    up(page, f"{address}/deadlines?lang=en&{DAY}")
    before = page.locator(".track").count()
    page.locator("select[name=state]").select_option("passed")
    expect(page.locator(".track.upcoming")).to_have_count(0)
    assert 0 < page.locator(".track").count() < before
    page.locator("select[name=by]").select_option("who")
    expect(page.locator(".deeds h3").first).not_to_have_text("Iraq")
    assert "state=passed" in page.url and "by=who" in page.url
    page.locator("select[name=state]").select_option("")
    expect(page.locator(".track")).to_have_count(before)
    assert "state=" not in page.url


def test_the_claims_can_be_downloaded(page: Page, address: str) -> None:
    up(page, f"{address}/troops?lang=en&{DAY}")
    with page.expect_download() as started:
        page.locator(".take a", has_text="CSV").first.click()
    assert started.value.suggested_filename == "facts-2025-09-07.csv"
    raw = started.value.path().read_bytes()
    assert raw.startswith(b"\xef\xbb\xbffact,kind,published,publisher,")
    assert raw.count(b"\r\n") == page.locator("#claims tbody tr").count() + 1


def test_on_a_phone_the_chart_begins_with_the_newest_and_what_is_touched_is_large_enough(
    browser: Browser, address: str
) -> None:
    context = browser.new_context(**PHONE)
    page = up(context.new_page(), f"{address}/troops?lang=en&{DAY}")
    right = page.evaluate(
        "() => { const b = document.querySelector('.field .now').getBoundingClientRect(); return b.right; }"
    )
    assert 0 < right < 390
    small = page.evaluate(
        "() => [...document.querySelectorAll('.choices select, #claims .go a')]"
        ".filter(e => e.getBoundingClientRect().height < 40).length"
    )
    assert not small
    context.close()
