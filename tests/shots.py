"""The screenshots of the README, taken from the running app: ``python -m tests.shots [FOLDER]``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser

from tests.servers import ROOT, chromium, server

WIDE = {"viewport": {"width": 1440, "height": 900}}
PHONE = {
    "viewport": {"width": 390, "height": 1080},
    "user_agent": "Mozilla/5.0 (Linux; Android 15) Chrome/142.0.0.0 Mobile Safari/537.36",
}
# File name -> address, and how the browser looks at it.
SHOTS: dict[str, tuple[str, dict[str, Any]]] = {
    "overview": ("?lang=en&as_of=2025-09-07", WIDE),
    "passed": ("?lang=en&as_of=2026-11-23", WIDE),
    "dark": ("?lang=en&as_of=2025-09-07", WIDE | {"color_scheme": "dark"}),
    "arabic": ("?lang=ar&as_of=2025-09-07", WIDE),
    "evidence": ("?lang=en&as_of=2025-09-07&show=base:ain-al-asad:US", WIDE),
    "report": ("reports?lang=en&report=2025-09-07-al-araby-al-jadeed", WIDE),
    "review": ("add?lang=en&view=review", WIDE),
    "troops": ("troops?lang=en&as_of=2026-11-20", WIDE),
    "deadlines": ("deadlines?lang=en&as_of=2025-10-20", WIDE),
    "base": ("bases?lang=en&as_of=2025-09-07&place=ain-al-asad", WIDE),
    "nations": ("nations?lang=en&as_of=2025-09-07", WIDE),
    "sorani": ("?lang=ckb&as_of=2025-09-07", WIDE),
    "changes": ("about?lang=ar&view=changes&from=2026-08-01&to=2026-10-05", WIDE),
    "phone": ("?lang=en&as_of=2025-09-07", PHONE),
}


def shot(browser: Browser, address: str, look: dict[str, Any], path: Path) -> None:
    """Saves what a visitor sees once the page is up and the map is drawn."""
    context = browser.new_context(**look)
    page = context.new_page()
    page.goto(address)
    page.locator(".foot").wait_for(timeout=60_000)
    if address.split("?", maxsplit=1)[0].endswith("/"):
        page.locator(".stDeckGlJsonChart canvas").wait_for()
    page.wait_for_timeout(3000)
    page.screenshot(path=path)
    context.close()


def main() -> None:
    """Takes all shots into the folder named (``docs`` without one)."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs"
    folder.mkdir(exist_ok=True)
    with server() as address, chromium() as browser:
        for name, (query, look) in SHOTS.items():
            shot(browser, f"{address}/{query}", look, folder / f"{name}.png")
            print(folder / f"{name}.png")


if __name__ == "__main__":
    main()
