"""A crowd of visitors at once, the memory that it leaves behind, and pages while exports are fetched.

    python -m tests.bench.load [VISITORS]

A server as ``deploy/start.sh`` starts it, on two cores that it shares with the crowd. 100 visitors (``tests.visitors``)
come within ten seconds, open the overview and change the day every ten seconds, for a minute in all; a page takes from
the message that asks for it to the message that it was drawn. Three minutes after they left, the memory of the server
is compared with that of the start, which is taken when ten visitors have looked at more days than are kept (so that
what is kept for all is there). Then they come again while 200 exports are fetched each second. Exit 1 when there was
an error, the 95th percentile is ``LIMIT`` seconds or more, memory is more than ``LEFT`` times that of the start, or
exports slow the pages' 95th percentile to more than ``SLOWER`` times.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles

import urllib3

from tests.servers import ROOT, server

EXPORT = "/export/nations.csv"
VISITORS, SECONDS, EVERY = 100, 60, 10
WARMING = (10, 40, 2)  # visitors, seconds, seconds between two days: some 200 days, more than the server keeps
EXPORTS, THREADS = 200, 16  # a second; connections
REST = 180
LIMIT, LEFT, SLOWER = 1.5, 1.15, 2.0


@dataclass(frozen=True)
class Run:
    """What a crowd met with: seconds of each page, what went wrong, bytes received."""

    pages: list[float]
    errors: list[str]
    received: int

    @property
    def p95(self) -> float:
        return quantiles(self.pages, n=20)[-1]

    def __str__(self) -> str:
        said = f"{len(self.pages)} pages, median {median(self.pages):.3f} s, p95 {self.p95:.3f} s, "
        said += f"most {max(self.pages):.3f} s, {self.received / len(self.pages) / 1024:.0f} KB each"
        return f"{said}, {len(self.errors)} errors {self.errors[:3] or ''}"


def crowd(address: str, visitors: int, seconds: float = SECONDS, every: float = EVERY) -> Run:
    """A crowd in a process of its own."""
    command = [sys.executable, "-m", "tests.visitors", str(visitors), address, str(seconds), str(every)]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    met = json.loads(done.stdout)
    return Run(met["opened"] + met["changed"], met["errors"], met["received"])


class Exports(threading.Thread):
    """Fetches ``EXPORTS`` a second until told to stop; ``rate`` and ``errors`` tell how it went."""

    def __init__(self, address: str) -> None:
        super().__init__()
        self.pool = urllib3.PoolManager(maxsize=THREADS, block=True, retries=False)
        self.address = address + EXPORT
        self.over = threading.Event()
        self.errors: list[str] = []
        self.rate = 0.0

    def fetch(self) -> None:
        """One export; what is wrong with it is an error."""
        try:
            answer = self.pool.request("GET", self.address, timeout=30)
            if answer.status != 200 or not answer.data:
                self.errors.append(f"status {answer.status}")
        except urllib3.exceptions.HTTPError as problem:
            self.errors.append(str(problem))

    def run(self) -> None:
        begin, number = time.monotonic(), 0
        with ThreadPoolExecutor(THREADS) as threads:
            while not self.over.is_set():
                threads.submit(self.fetch)
                number += 1
                time.sleep(max(0, begin + number / EXPORTS - time.monotonic()))
        self.rate = number / (time.monotonic() - begin)


def memory(process: int) -> float:
    """What a process holds in memory, in MB."""
    status = Path(f"/proc/{process}/status").read_text(encoding="utf-8")
    return int(re.findall(r"VmRSS:\s+(\d+) kB", status)[0]) / 1024


def as_deployed(folder: str) -> None:
    """What ``deploy/start.sh`` exports, a ledger of the bench's own, and two cores for all that is started."""
    script = (ROOT / "deploy" / "start.sh").read_text(encoding="utf-8")
    os.environ |= dict(re.findall(r"^export ([A-Z_]+)=(\w+)$", script, re.M))
    os.environ["LEDGER_URL"] = f"sqlite:///{folder}/ledger.db"
    os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:2])


def measured(address: str, process: int, visitors: int) -> bool:
    """Prints the figures; whether all goals were met."""
    warm = crowd(address, *WARMING)
    start = memory(process)
    print(f"warming up: {warm}; {start:.0f} MB")
    alone = crowd(address, visitors)
    print(f"{visitors} visitors: {alone}; {memory(process):.0f} MB")
    time.sleep(REST)
    left = memory(process)
    print(f"{REST} s later: {left:.0f} MB, {left / start:.2f} of the start (at most {LEFT})")
    exports = Exports(address)
    exports.fetch()
    exports.start()
    try:
        beside = crowd(address, visitors)
    finally:
        exports.over.set()
        exports.join()
    print(f"beside {exports.rate:.0f} exports a second ({len(exports.errors)} errors {exports.errors[:3]}): {beside}")
    print(f"p95 {beside.p95 / alone.p95:.2f} of that without (at most {SLOWER}); p95 at most {LIMIT} s")
    errors = [*warm.errors, *alone.errors, *beside.errors, *exports.errors]
    return not errors and alone.p95 < LIMIT and left <= LEFT * start and beside.p95 <= SLOWER * alone.p95


def main(visitors: int = VISITORS) -> int:
    """Measures, prints, and tells by the exit code whether the goals were met."""
    with tempfile.TemporaryDirectory() as folder:
        as_deployed(folder)
        with server() as address:
            children = Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children").read_text(encoding="utf-8")
            return 0 if measured(address, int(children.split()[0]), visitors) else 1


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
