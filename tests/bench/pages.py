"""How long the server takes to answer: a change of day, a search, a page of the list, at 100,000 facts.

    python -m tests.bench.pages [FACTS]

A ledger of so many facts (``tests/bench/large.py``) is served as ever, and each page's script is run as the server
runs it for a visitor (Streamlit's AppTest, in this process, without a browser and a network): opened once, then
asked ``ROUNDS`` times for what nobody has asked before, another day or other words. Printed are the median and the
slowest in milliseconds, and the median of the processor's time, which neighbours on the machine disturb less. Exit 1
when a median is above ``LIMIT``.

The facts are put together at random from those read in ``tests/gold`` and ``data/reports``, so places and forces are
those of the gazetteer, and no deed is told before its day. The picture of a day has 320 rows of bases, 420 of troops
and 500 to 740 of deadlines (the 81 reports of ``data/reports`` make 22, 21 and 40).
"""

from __future__ import annotations

import gc
import logging
import os
import random
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from statistics import median

from tests.bench.large import FACTS as A_REPORT
from tests.bench.large import FIRST_DAY, LAST_DAY, ROOT, filled
from tests.databases import new_sqlite

FACTS = 100_000
LIMIT = 300.0  # ms, issue 5
ROUNDS = 12
WORDS = ("troops", "base", "harir", "قاعده", "القوات", "2500", "withdraw", '"us forces"', "zzzz", "الاسد", "erbil iraq")
Asks = dict[str, str]


def another_day(chance: random.Random) -> Asks:
    """A day of the last five years of the archive."""
    return {"as_of": (LAST_DAY - timedelta(chance.randrange(5 * 365))).isoformat()}


def another_search(chance: random.Random) -> Asks:
    """Two words of those that reports have, and a page of the list."""
    return {"q": " ".join(chance.sample(WORDS, 2)), "n": str(chance.randrange(1, 4))}


def another_choice(chance: random.Random) -> Asks:
    """A kind of facts at a place, on another day."""
    return {"kind": chance.choice(("base", "troops")), "place": chance.choice(("IQ", "SY", "harir"))} | another_day(
        chance
    )


def another_site(chance: random.Random) -> Asks:
    """One base of its own, on another day."""
    return {"place": chance.choice(("harir", "ain-al-asad", "taji"))} | another_day(chance)


def another_nation(chance: random.Random) -> Asks:
    """One nation of its own, on another day."""
    return {"nation": chance.choice(("US", "DE", "IT"))} | another_day(chance)


ASKED: dict[str, tuple[str, Callable[[random.Random], Asks]]] = {
    "overview, another day": ("app.py", another_day),
    "bases, another day": ("pages/bases.py", another_day),
    "a base, another day": ("pages/bases.py", another_site),
    "troops, another day": ("pages/troops.py", another_day),
    "deadlines, another day": ("pages/deadlines.py", another_day),
    "nations, another day": ("pages/nations.py", another_day),
    "a nation, another day": ("pages/nations.py", another_nation),
    "reports, another day": ("pages/reports.py", another_day),
    "reports, other words": ("pages/reports.py", another_search),
    "reports, another choice": ("pages/reports.py", another_choice),
}


def milliseconds(name: str, script: str, asks: Callable[[random.Random], Asks]) -> list[tuple[float, float]]:
    """What each further request takes on a page that is open, and how much of that of the processor."""
    from streamlit.testing.v1 import AppTest  # noqa: PLC0415 - reads the environment that main sets

    chance = random.Random(name)  # noqa: S311 - the same in every run, but other days for each page
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=300)
    app.query_params["lang"] = "en"
    app.run()
    if script != "app.py":
        app.switch_page(script).run()
    gc.collect()
    gc.freeze()  # as the server does once the ledger is in memory (pages/parts/data.py)
    took = []
    for _ in range(ROUNDS + 1):
        app.query_params.update({"lang": "en"} | asks(chance))
        start, used = time.perf_counter(), time.process_time()
        app.run()
        took.append(((time.perf_counter() - start) * 1000, (time.process_time() - used) * 1000))
        assert not app.exception, app.exception
    return took[1:]  # the first one loads what the page needs


def main() -> int:
    """Measures, prints, and tells by the exit code whether the limit was kept."""
    from ledger.store import Ledger  # noqa: PLC0415 - see milliseconds

    facts = int(sys.argv[1]) if len(sys.argv) > 1 else FACTS
    logging.disable(logging.WARNING)  # Streamlit tells that there is no server
    slow = []
    with tempfile.TemporaryDirectory(dir=ROOT) as folder:
        os.environ["LEDGER_URL"] = new_sqlite(Path(folder))
        ledger = Ledger()
        filled(ledger, facts // A_REPORT)
        ledger.close()
        print(f"{facts:,} facts in {facts // A_REPORT:,} reports from {FIRST_DAY} to {LAST_DAY}", flush=True)
        for name, (script, asks) in ASKED.items():
            took, used = zip(*milliseconds(name, script, asks), strict=True)
            told = f"median {median(took):5.0f} ms, slowest {max(took):5.0f} ms, processor {median(used):5.0f} ms"
            print(f"{name:24} {told}", flush=True)
            slow += [name] if median(took) > LIMIT else []
    print(f"at most {LIMIT:.0f} ms: " + (f"not kept by {', '.join(slow)}" if slow else "kept"))
    return 1 if slow else 0


if __name__ == "__main__":
    sys.exit(main())
