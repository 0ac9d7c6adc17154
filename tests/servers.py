"""Real servers and a real browser for the tests, the bench and the screenshots."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
# The headless shell is the same engine without the browser's own windows, which take a third of the time.
CHROMIUM = next(filter(None, map(shutil.which, ("chromium-headless-shell", "chromium", "chromium-browser"))), None)
# WebGL in software, and no name but this machine's own resolves: the network is cut off.
FLAGS = [
    "--no-sandbox",
    "--use-gl=angle",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]
# Without a GPU drawing as if there were one costs a third more; but a large map is up later with these.
PLAINLY = ("--disable-gpu-rasterization", "--disable-gpu-compositing")
STARTS = 90  # seconds that a server may take to answer


@contextmanager
def server(folder: Path = ROOT, script: str = "app.py") -> Iterator[str]:
    """Runs ``streamlit run script`` in ``folder`` on a free port; gives its address, then ends it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", script, "--server.address", "127.0.0.1"]
    command += [
        "--server.port",
        str(port),
        "--server.headless",
        "true",
        "--browser.gatherUsageStats",
        "false",
    ]
    log = subprocess.DEVNULL if not os.environ.get("SERVER_LOG") else None
    running = subprocess.Popen(command, cwd=folder, stdout=log, stderr=log)
    try:
        _wait(f"http://127.0.0.1:{port}/_stcore/health", running)
        yield f"http://127.0.0.1:{port}"
    finally:
        running.terminate()
        running.wait(10)


def _wait(address: str, running: subprocess.Popen[bytes]) -> None:
    last = time.monotonic() + STARTS
    while time.monotonic() < last:
        if running.poll() is not None:
            raise RuntimeError(f"the server ended with exit code {running.returncode}; see it with SERVER_LOG=1")
        try:
            with urlopen(address, timeout=2) as answer:  # noqa: S310 - our own server
                if answer.status == 200:
                    return
        except (URLError, OSError):
            time.sleep(0.1)
    raise TimeoutError(f"no answer from {address} in {STARTS} seconds")


@contextmanager
def chromium(*flags: str) -> Iterator[Browser]:
    """Debian's Chromium, driven by Playwright, without a network."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=[*FLAGS, *flags])
        try:
            yield browser
        finally:
            browser.close()
