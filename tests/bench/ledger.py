"""How long the picture of a day takes at 10,000 and at 1,000,000 facts, and how much memory the facts need.

    python -m tests.bench.ledger

The archives are made by chance (``tests/archive.py``). Both are fed to ``Claims``, and one picture is drawn of each
(which puts together what is kept from then on). Then the pictures of ``ASKED`` days not asked before are drawn of both
in turn, so that other work on the machine slows both alike; at last one more report comes in. Exit 1 when the median
picture of the large archive takes more than ``LIMIT`` times that of the small one, or the process more than
``MEMORY`` MB. Seconds are those of the processor.
"""

from __future__ import annotations

import random
import resource
import sys
import time
from dataclasses import dataclass, field
from datetime import date, timedelta
from statistics import median

from ledger.claims import Claims
from ledger.picture import picture
from tests.archive import DAYS, FIRST, LAST, archive

SMALL, LARGE = 10_000, 1_000_000
ASKED = 20
LIMIT = 3
MEMORY = 1_500
UNITS_A_MB = 2**20 if sys.platform == "darwin" else 2**10


@dataclass
class Run:
    """An archive of so many facts in ``claims``, its newest report kept back, and what it took: seconds, MB, ms."""

    claims: Claims
    facts: int = 0
    newest: tuple[str, list[dict[str, object]]] = ("", [])
    feed: float = 0.0
    index: float = 0.0
    took: list[float] = field(default_factory=list)


def memory() -> float:
    """What the process needed at most until now, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / UNITS_A_MB


def fed(size: int) -> Run:
    """An archive fed report by report."""
    run, free = Run(Claims()), memory()
    for report, rows in archive(size):
        begin = time.process_time()
        run.claims.put(*run.newest)
        run.feed += time.process_time() - begin
        run.newest = report["id"], rows
        run.facts += len(rows)
    run.index = memory() - free
    return run


def timed(run: Run, day: date) -> float:
    """Milliseconds that the picture of a day takes."""
    begin = time.process_time()
    picture(run.claims, day)
    return (time.process_time() - begin) * 1000


def one_more(run: Run) -> float:
    """Milliseconds to take the newest report and to draw the picture again."""
    begin = time.process_time()
    run.claims.put(*run.newest)
    return (time.process_time() - begin) * 1000 + timed(run, LAST)


def main() -> int:
    """Measures, prints, and tells by the exit code whether the limits are kept."""
    chance = random.Random(7)  # noqa: S311 - days to ask for, nothing secret
    runs = [fed(SMALL), fed(LARGE)]
    first = [timed(run, LAST) for run in runs]
    for _ in range(ASKED):
        day = FIRST + timedelta(days=chance.randrange(365, DAYS))
        for run in runs:
            run.took.append(timed(run, day))
    print("    facts   feed, s   first, ms   picture, ms: median, most   newest, ms   with one more   index, MB")
    for run, begun in zip(runs, first, strict=True):
        shown = median(run.took), max(run.took), timed(run, LAST), one_more(run), run.index
        print(f"{run.facts:9,} {run.feed:9.1f} {begun:11.0f}", end="")
        print("{:21.0f} {:7.0f} {:12.0f} {:15.0f} {:11.0f}".format(*shown))
    ratio = median(runs[1].took) / median(runs[0].took)
    print(f"ratio of the medians {ratio:.2f} (at most {LIMIT}); process {memory():.0f} MB (at most {MEMORY:,})")
    return 0 if ratio <= LIMIT and memory() <= MEMORY else 1


if __name__ == "__main__":
    sys.exit(main())
