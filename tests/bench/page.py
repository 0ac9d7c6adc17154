"""How long until each page is up, beside a two-line Streamlit page with one chart.

    python -m tests.bench.page

Both run as servers on this machine and are opened in turn, each time in a browser that has nothing
cached. Prints the medians and their ratios; exit 1 when a page takes more than 1.6 times as long.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser

from pages.parts.frame import PAGES, path
from tests.servers import chromium, server

ROUNDS = 9
LIMIT = 1.6
PLAIN = """\
import pydeck as pdk, streamlit as st
st.pydeck_chart(pdk.Deck([pdk.Layer("ScatterplotLayer", [{"p": [44, 33]}], get_position="p")], map_provider=None))
"""
# What must be visible before a page counts as up.
CHART, FOOT = ("canvas",), (".foot",)
UP = {"overview": (*CHART, ".countdown h2", "#nations tbody tr", *FOOT)}


def seconds(browser: Browser, address: str, wanted: tuple[str, ...]) -> float:
    """Time from asking for the page until all that is wanted is visible."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    page = context.new_page()
    start = time.perf_counter()
    page.goto(address, wait_until="commit")
    for selector in wanted:
        page.locator(selector).first.wait_for(state="visible", timeout=60_000)
    taken = time.perf_counter() - start
    context.close()
    return taken


def main() -> int:
    """Measures, prints, and tells by the exit code whether the limit was kept."""
    taken: dict[str, list[float]] = {name: [] for name in ("two-line page", *PAGES)}
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        Path(folder, "plain.py").write_text(PLAIN, encoding="utf-8")
        with server(Path(folder), "plain.py") as plain, server() as ours:
            for lap in range(ROUNDS + 1):
                times = {"two-line page": seconds(browser, plain, CHART)}
                for name in PAGES:
                    times[name] = seconds(browser, f"{ours}/{path(name)}", UP.get(name, FOOT))
                for name, time_taken in times.items() if lap else ():  # the first lap warms both servers up
                    taken[name].append(time_taken)
    usual = median(taken["two-line page"])
    ratios = {name: median(times) / usual for name, times in taken.items()}
    for name, ratio in ratios.items():
        print(f"{name}: {median(taken[name]):.2f} s, {ratio:.2f} times")
    return 0 if max(ratios.values()) <= LIMIT else 1


if __name__ == "__main__":
    sys.exit(main())
