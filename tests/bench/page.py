"""How long until the overview is up, beside a two-line Streamlit page with one pydeck point.

    python -m tests.bench.page

Both run as servers on this machine and are opened in turn, each time in a browser that has nothing
cached. Prints the medians and their ratio; exit 1 when the overview takes more than 1.6 times as long.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser

from tests.servers import chromium, server

ROUNDS = 9
LIMIT = 1.6
PLAIN = """\
import pydeck as pdk, streamlit as st
st.pydeck_chart(pdk.Deck([pdk.Layer("ScatterplotLayer", [{"p": [44, 33]}], get_position="p")], map_provider=None))
"""
# What must be visible before a page counts as up.
UP = ("canvas", ".countdown h2", "#nations tbody tr")


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
    plain, ours = [], []
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        Path(folder, "plain.py").write_text(PLAIN, encoding="utf-8")
        with server(Path(folder), "plain.py") as plain_address, server() as our_address:
            for lap in range(ROUNDS + 1):
                times = seconds(browser, plain_address, UP[:1]), seconds(browser, our_address, UP)
                if lap:  # the first lap warms both servers up
                    plain.append(times[0])
                    ours.append(times[1])
    ratio = median(ours) / median(plain)
    print(f"two-line page {median(plain):.2f} s, overview {median(ours):.2f} s")
    print(f"ratio {ratio:.2f}, at most {LIMIT}")
    return 0 if ratio <= LIMIT else 1


if __name__ == "__main__":
    sys.exit(main())
