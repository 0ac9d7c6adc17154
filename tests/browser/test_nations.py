"""The page of nations in a real Chromium: evidence by click and key, filters, export, one nation's own view."""

from __future__ import annotations

import csv
import io

from playwright.sync_api import Page, expect

from tests.browser.test_overview import up

DAY = "as_of=2025-09-07"


def test_values_and_marks_open_their_sentence_by_click_and_by_key(page: Page, address: str) -> None:
    up(page, f"{address}/nations?lang=en&{DAY}")
    page.get_by_role("link", name="about 2,500, United States").click()
    expect(page.locator(".evidence mark").first).to_be_visible()
    expect(page.locator(".evidence h2")).to_have_text("United States: troops, Iraq")
    page.keyboard.press("Escape")
    expect(page.locator(".evidence")).to_have_count(0)
    page.get_by_role("link", name="17 Feb 2020, Denmark").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".evidence .state")).to_have_text("Ain al-Asad: Forces arriving (Denmark)")
    page.keyboard.press("Enter")
    expect(page.locator(".evidence")).to_have_count(0)
    page.get_by_role("link", name="Coalition, Denmark").click()
    page.get_by_role("link", name="Everything told of Denmark").click()
    expect(page.locator("h1")).to_contain_text("Denmark: about 130 troops, Ain al-Asad")
    assert "nation=DK" in page.url and DAY in page.url
    mark = page.locator(".past .curve a.claim").first
    mark.click()
    expect(page.locator(".evidence mark").first).to_be_visible()
    expect(mark).to_have_css("outline-style", "solid")


def test_what_is_chosen_stands_in_the_address_and_the_csv_is_what_the_table_shows(page: Page, address: str) -> None:
    up(page, f"{address}/nations?lang=en&{DAY}")
    rows = page.locator("#all-nations tbody tr")
    every = rows.count()
    page.locator("select[name=role]").select_option("coalition")
    expect(rows).to_have_count(every - 1)
    page.locator("select[name=gone]").select_option("false")
    expect(rows).to_have_count(every - 2)
    assert "role=coalition" in page.url and "gone=false" in page.url
    with page.expect_download() as started:
        page.locator(".take a", has_text="CSV").first.click()
    assert started.value.suggested_filename == "nations-2025-09-07.csv"
    told = list(csv.DictReader(io.StringIO(started.value.path().read_bytes().decode("utf-8-sig"), newline="")))
    shown = page.locator("#all-nations tbody th a").all_inner_texts()
    assert [row["force_name"] for row in told] == shown
    page.get_by_role("link", name="العربية").click()
    expect(page.locator("h1")).to_have_text("أي الدول موجودة ومنذ متى وحتى متى")
    expect(rows).to_have_count(every - 2)
    page.locator("select[name=nation]").select_option("EE")
    expect(page.locator("h1")).to_contain_text("إستونيا")
    page.locator("select[name=nation]").select_option("")
    expect(rows).to_have_count(every - 2)


def test_an_unknown_nation_gives_a_notice_and_the_list_and_the_overview_leads_here(page: Page, address: str) -> None:
    up(page, f"{address}/nations?lang=en&{DAY}&nation=atlantis")
    expect(page.locator(".notice")).to_contain_text("tells of the nation in the address")
    expect(page.locator("#all-nations")).to_be_visible()
    up(page, f"{address}/?lang=en&{DAY}")
    names = page.locator("#nations td.go a").evaluate_all("links => links.map(a => a.getAttribute('aria-label'))")
    assert len(set(names)) == len(names) > 10
    assert "Evidence, France" in names
    page.get_by_role("link", name="All nations in full").click()
    expect(page.locator("#all-nations")).to_be_visible()
    assert DAY in page.url
