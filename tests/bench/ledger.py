"""How long the picture of a day takes at 10,000 and at 1,000,000 facts, and how much memory the facts need.

    python -m tests.bench.ledger

The archive is made by chance (``tests/archive.py``). Each size runs in a process of its own: it feeds ``Claims``,
draws one picture (which puts together what is kept from then on) and then those of ``ASKED`` days not asked before.
Exit 1 when the large archive takes more than ``LIMIT`` times as long as the small one, or more than ``MEMORY`` MB.
"""

from __future__ import annotations

import resource
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from datetime import timedelta
from multiprocessing import get_context
from random import Random
from statistics import median
from typing import NamedTuple

from ledger.claims import Claims
from ledger.picture import picture
from tests.archive import DAYS, FIRST, LAST, archive

SMALL, LARGE = 10_000, 1_000_000
ASKED = 20
LIMIT = 3
MEMORY = 1_500
UNITS_A_MB = 2**20 if sys.platform == "darwin" else 2**10


class Run(NamedTuple):
    """Facts, seconds to feed them and to draw the first picture, then pictures in ms, rows, and memory in MB."""

    facts: int
    fed: float
    first: float
    pictures: list[float]
    added: float
    rows: int
    index: float
    memory: float


def memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / UNITS_A_MB


def run(facts: int) -> Run:
    """Feeds an archive and draws pictures of days that were not asked before; one report comes in between."""
    claims, given, spent, before = Claims(), 0, 0.0, memory()
    last = ("", [])
    for report, rows in archive(facts):
        begin = time.perf_counter()
        claims.put(report["id"], rows)
        spent += time.perf_counter() - begin
        given += len(rows)
        last = report["id"], rows
    index = memory() - before
    begin = time.perf_counter()
    shown = picture(claims, LAST)
    first = time.perf_counter() - begin
    chance = Random(7)
    took = []
    for _ in range(ASKED):
        day = FIRST + timedelta(days=chance.randrange(365, DAYS))
        begin = time.perf_counter()
        picture(claims, day)
        took.append((time.perf_counter() - begin) * 1000)
    begin = time.perf_counter()
    claims.put(*last)
    picture(claims, LAST)
    added = (time.perf_counter() - begin) * 1000
    rows = sum(map(len, (shown.bases, shown.troops, shown.deadlines, shown.nations)))
    return Run(given, spent, first, took, added, rows, index, memory())


def main() -> int:
    """Measures, prints, and tells by the exit code whether the limits are kept."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn"), max_tasks_per_child=1) as fresh:
        small, large = fresh.map(run, (SMALL, LARGE))
    print(
        "     facts   feed s  first picture s   picture ms: median    most  after one more report   rows  index MB  all MB"
    )
    for took in (small, large):
        print(
            f"{took.facts:10,} {took.fed:8.1f} {took.first:16.2f} {median(took.pictures):20.1f} {max(took.pictures):7.1f}"
            f" {took.added:22.1f} {took.rows:6} {took.index:9.0f} {took.memory:7.0f}"
        )
    ratio = median(large.pictures) / median(small.pictures)
    print(f"ratio of the medians {ratio:.2f} (at most {LIMIT}); memory {large.memory:.0f} MB (at most {MEMORY})")
    return 0 if ratio <= LIMIT and large.memory <= MEMORY else 1


if __name__ == "__main__":
    sys.exit(main())
