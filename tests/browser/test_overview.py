"""The real app in a real Chromium without a network: what a visitor sees, does and takes away."""

from __future__ import annotations

import csv
import io
import re
from contextlib import suppress
from urllib.request import urlopen

from playwright.sync_api import Browser, Page, TimeoutError, expect

from extract.tables import places
from pages.parts import labels
from pages.parts.map import WINDOW

DAY = "as_of=2025-09-07"
# A loaded machine with WebGL in software draws slowly; what never comes fails all the same.
expect.set_options(timeout=30_000)
PHONE = {
    "viewport": {"width": 390, "height": 844},
    "is_mobile": True,
    "has_touch": True,
    "user_agent": "Mozilla/5.0 (Linux; Android 15) Chrome/142.0.0.0 Mobile Safari/537.36",
}


def up(page: Page, address: str) -> Page:
    page.goto(address)
    expect(page.locator(".foot")).to_be_visible(timeout=60_000)
    return page


def spot(page: Page, place: str) -> tuple[float, float]:
    """Where a place is on the screen, from the middle of the map and its zoom."""
    box = page.locator(".stDeckGlJsonChart").bounding_box()
    assert box
    row = places()[place]
    window = WINDOW[False]
    x, y = labels.pixels(float(row["longitude"]), float(row["latitude"]), window.zoom)
    middle = labels.pixels(window.longitude, window.latitude, window.zoom)
    return box["x"] + box["width"] / 2 + x - middle[0], box["y"] + box["height"] / 2 + y - middle[1]


def pointed_at(page: Page, place: str) -> tuple[float, float]:
    """Moves the mouse over a base until its tooltip is there (the map takes its time to draw)."""
    for _ in range(60):
        x, y = spot(page, place)
        page.mouse.move(x - 60, y)
        page.mouse.move(x, y)
        page.wait_for_timeout(300)
        if page.locator(".tip").count():
            break
    return x, y


def test_map_countdown_and_table_are_up_and_the_seconds_tick(page: Page, address: str) -> None:
    up(page, f"{address}/?lang=en&{DAY}")
    expect(page.locator(".stDeckGlJsonChart canvas")).to_be_visible()
    expect(page.locator("h1")).to_contain_text("due to end by 30 September 2025")
    assert page.locator("#nations tbody tr").count() >= 8
    expect(page.locator("[data-unit=days] b")).to_have_text(re.compile(r"^2[23]$"))
    seconds = page.locator("[data-unit=seconds] b")
    for _ in range(3):
        expect(seconds).not_to_have_text(seconds.inner_text())


def test_the_map_is_drawn_and_not_empty(page: Page, address: str) -> None:
    up(page, f"{address}/?lang=en&{DAY}")
    canvas = page.locator(".stDeckGlJsonChart canvas")
    page.wait_for_timeout(2500)
    with_map = canvas.screenshot()
    assert len(with_map) > 20_000, "a picture of one colour is far smaller"


def test_a_click_on_a_base_opens_its_evidence_and_escape_closes_it(page: Page, address: str) -> None:
    up(page, f"{address}/?lang=en&{DAY}")
    x, y = pointed_at(page, "ain-al-asad")
    expect(page.locator(".tip b")).to_have_text("Ain al-Asad")
    evidence = page.locator(".evidence h2")
    for _ in range(5):  # a map that is drawn anew under the mouse misses the click
        page.mouse.click(x, y)
        with suppress(TimeoutError):
            evidence.wait_for(timeout=8_000)
            break
    expect(evidence).to_have_text("Ain al-Asad")
    assert page.locator(".evidence mark").count() >= 1
    assert "show=base" in page.url
    page.keyboard.press("Escape")
    expect(page.locator(".evidence")).to_have_count(0)
    assert "show=" not in page.url


def test_a_number_opens_its_sentence_in_place_and_by_its_address(page: Page, address: str) -> None:
    up(page, f"{address}/?lang=en&{DAY}")
    link = page.locator("#nations a.ev").first
    expect(link).to_be_visible()
    permanent = link.get_attribute("href")
    assert permanent and "as_of=2025-09-07" in permanent
    link.click()
    title = page.locator(".evidence h2")
    expect(title).to_be_visible()
    said = title.inner_text()
    page.locator(".st-key-close button").click()
    expect(page.locator(".evidence")).to_have_count(0)
    up(page, f"{address}/{permanent}")
    expect(page.locator(".evidence h2")).to_have_text(said)


def test_the_focus_goes_into_the_evidence_with_the_keyboard_alone(page: Page, address: str) -> None:
    up(page, f"{address}/?lang=en&{DAY}")
    link = page.locator(".figures a.ev").first
    expect(link).to_be_visible()
    link.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".st-key-close button")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.evidence') !== null")
    page.keyboard.press("Escape")
    expect(page.locator(".evidence")).to_have_count(0)


def test_the_csv_can_be_downloaded_and_read_back(page: Page, address: str) -> None:
    up(page, f"{address}/?lang=en&{DAY}")
    with page.expect_download() as started:
        page.locator(".take a", has_text="CSV").first.click()
    download = started.value
    assert download.suggested_filename == "nations-2025-09-07.csv"
    raw = download.path().read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"))))
    assert len(rows) == page.locator("#nations tbody tr").count()
    assert {"US", "FR"} <= {row["code"] for row in rows}
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\d", row["last_report"]) for row in rows)
    assert max(row["last_report"] for row in rows) <= "2025-09-07"


def test_arabic_reads_from_right_to_left(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="ar-IQ")
    page = up(context.new_page(), f"{address}/?{DAY}")
    expect(page.locator(".stDeckGlJsonChart canvas")).to_be_visible()
    assert page.evaluate("getComputedStyle(document.querySelector('.headline')).direction") == "rtl"
    assert page.evaluate("getComputedStyle(document.querySelector('.stDeckGlJsonChart')).direction") == "ltr"
    rail, chart = page.locator(".st-key-rail").bounding_box(), page.locator(".st-key-map-side").bounding_box()
    assert rail and chart and rail["x"] < chart["x"]
    assert page.evaluate("document.documentElement.lang") == "ar"
    context.close()


def test_a_page_is_whole_for_its_first_visitor_and_links_keep_the_day(page: Page, address: str) -> None:
    up(page, f"{address}/reports?lang=en&{DAY}")
    expect(page.locator("h1")).to_contain_text("47 reports until 7 September 2025")
    page.get_by_role("link", name="Overview").click()
    expect(page.locator("h1")).to_contain_text("On 7 September 2025")
    page.get_by_role("link", name="العربية").click()
    expect(page.locator("h1")).to_contain_text("٢٠٢٥")
    expect(page.locator(".headline[lang=ar]")).to_be_visible()
    assert "as_of=2025-09-07" in page.url


def test_choosing_a_day_changes_the_picture_and_the_address(page: Page, address: str) -> None:
    up(page, f"{address}/?lang=en")
    field = page.get_by_label("As of")
    field.fill("2025-09-07")
    expect(page.locator("h1")).to_contain_text("On 7 September 2025")
    assert "as_of=2025-09-07" in page.url
    field.fill("")
    expect(page.locator("h1")).not_to_contain_text("On 7 September 2025")
    assert "as_of" not in page.url


def test_dark_follows_the_system(browser: Browser, address: str) -> None:
    context = browser.new_context(color_scheme="dark", viewport={"width": 1440, "height": 900})
    page = up(context.new_page(), f"{address}/?lang=en")
    assert page.evaluate("getComputedStyle(document.querySelector('.stApp')).backgroundColor") == "rgb(14, 17, 22)"
    context.close()


def test_headers_are_safe_and_files_are_kept(address: str) -> None:
    with urlopen(f"{address}/") as answer:  # noqa: S310 - our own server
        policy = answer.headers["Content-Security-Policy"]
        assert "frame-ancestors 'self'" in policy and "'unsafe-eval'" not in policy
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Referrer-Policy"]
    with urlopen(f"{address}/borders/regions.geojson") as answer:  # noqa: S310 - our own server
        assert "max-age=" in answer.headers["Cache-Control"]
        assert answer.read(40).startswith(b'{"type":"FeatureCollection"')
