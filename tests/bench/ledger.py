"""How long the picture of a day takes at 10,000 and at 1,000,000 facts, and how much memory the facts need.

    python -m tests.bench.ledger

The archive is made by chance (``tests/archive.py``). Each size runs in a process of its own: it feeds ``Claims``,
draws one picture (which puts together what is kept from then on), then those of ``ASKED`` days not asked before,
then takes one more report and draws again. Exit 1 when the median picture of the large archive takes more than
``LIMIT`` times that of the small one, or the process more than ``MEMORY`` MB.
"""

from __future__ import annotations

import random
import resource
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from datetime import date, timedelta
from multiprocessing import get_context
from statistics import median
from typing import NamedTuple

from ledger.claims import Claims
from ledger.picture import Picture, picture
from tests.archive import DAYS, FIRST, LAST, archive

SMALL, LARGE = 10_000, 1_000_000
ASKED = 20
LIMIT = 3
MEMORY = 1_500
UNITS_A_MB = 2**20 if sys.platform == "darwin" else 2**10


class Run(NamedTuple):
    """Facts and rows of the last picture; seconds to feed and for the first picture; milliseconds; MB."""

    facts: int
    rows: int
    feed: float
    first: float
    median: float
    most: float
    added: float
    index: float
    process: float


def memory() -> float:
    """What the process needed at most until now, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / UNITS_A_MB


def timed(claims: Claims, day: date) -> tuple[float, Picture]:
    """Seconds of the processor that the picture of a day takes, and the picture."""
    begin = time.process_time()
    shown = picture(claims, day)
    return time.process_time() - begin, shown


def run(size: int) -> Run:
    """Feeds an archive and draws pictures of days that were not asked before."""
    claims, facts, feed, free = Claims(), 0, 0.0, memory()
    last: tuple[str, list[dict[str, object]]] = "", []
    for report, rows in archive(size):
        begin = time.process_time()
        claims.put(*last)  # the newest report is kept for later
        feed += time.process_time() - begin
        last = report["id"], rows
        facts += len(rows)
    index = memory() - free
    first, shown = timed(claims, LAST)
    chance = random.Random(7)  # noqa: S311 - days to ask for, nothing secret
    days = [FIRST + timedelta(days=chance.randrange(365, DAYS)) for _ in range(ASKED)]
    took = [timed(claims, day)[0] * 1000 for day in days]
    begin = time.process_time()
    claims.put(*last)
    picture(claims, LAST)
    added = (time.process_time() - begin) * 1000
    rows = sum(map(len, (shown.bases, shown.troops, shown.deadlines, shown.nations)))
    return Run(facts, rows, feed, first, median(took), max(took), added, index, memory())


def main() -> int:
    """Measures, prints, and tells by the exit code whether the limits are kept."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn"), max_tasks_per_child=1) as fresh:
        runs = list(fresh.map(run, (SMALL, LARGE)))
    print("    facts   rows   feed, s   first, s   picture, ms: median, most   one more, ms   MB: index, process")
    for took in runs:
        print("{:9,} {:6,} {:9.1f} {:10.2f} {:20.0f} {:6.0f} {:14.0f} {:12.0f} {:8.0f}".format(*took))
    ratio = runs[1].median / runs[0].median
    print(f"ratio of the medians {ratio:.2f} (at most {LIMIT}); {runs[1].process:.0f} MB (at most {MEMORY:,})")
    return 0 if ratio <= LIMIT and runs[1].process <= MEMORY else 1


if __name__ == "__main__":
    sys.exit(main())
