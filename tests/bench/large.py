"""What pages ask of a ledger with 100,000 reports and 1,000,000 facts, and how long the answers take.

    python -m tests.bench.large [REPORTS]

The rows are written in bulk, in SQLite and (where it is installed) in PostgreSQL: reports of about 1,250 characters
over ten years, one in 20 with a second revision, ten facts a reading, one in ten read by an earlier version too, one
in 100 with a verdict, no deed told before its day. Printed are time and memory of the first load of the facts, what
pages ask, and what one more report takes. Exit 1 when a question of every page takes longer than 10 ms, or the first
load needs more than 1.5 GB.
"""

from __future__ import annotations

import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from itertools import cycle, islice
from pathlib import Path
from typing import Any

from sqlalchemy import insert, text

from extract import version
from ledger import schema
from ledger.copies import BANDS
from ledger.database import writing
from ledger.facts import read_facts
from ledger.search import plain_report, terms
from ledger.shelf import Wanted
from ledger.store import Ledger
from tests.bench.adding import synthetic
from tests.databases import new_sqlite, postgres, programs

ROOT = Path(__file__).resolve().parent.parent.parent
REPORTS, FACTS, AT_ONCE, ROUNDS = 100_000, 10, 2_000, 20
REVISED, REREAD, REVIEWED = 20, 10, 100  # one in so many
FIRST_DAY, DAYS = date(2016, 1, 1), 3_650
LAST_DAY = FIRST_DAY + timedelta(DAYS)
ADDED = datetime(2026, 1, 1, tzinfo=UTC)
EVERY_PAGE_MS, MEMORY_MB = 10.0, 1_500.0
UNITS_A_MB = 2**20 if sys.platform == "darwin" else 2**10
Rows = dict[str, list[dict[str, Any]]]
Questions = dict[str, Callable[[], object]]


def filled(ledger: Ledger, number: int) -> None:
    """Writes so many reports with all that goes with them, in one transaction."""
    tables = {
        table.name: table for table in (schema.reports, schema.bands, schema.folded, schema.readings, schema.facts)
    }
    with writing(ledger.engine) as connection:
        for rows in blocks(number):
            for name, table in tables.items():
                connection.execute(insert(table), rows[name])
            connection.execute(insert(schema.reviews), rows["reviews"])
        if ledger.engine.dialect.name == "postgresql":
            for name in ("reports", "readings"):
                connection.execute(text(f"SELECT setval('{name}_seq_seq', (SELECT max(seq) FROM {name}))"))  # noqa: S608
    with ledger.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("ANALYZE"))


def blocks(number: int) -> Iterator[Rows]:
    """The rows of all tables, some reports at once."""
    chance = random.Random(1)  # noqa: S311 - the same in every run
    models = list(synthetic(500))
    stated = [read_facts(model) for model in models]
    words = [plain_report(vars(model)) for model in models]
    pool = [row for rows in stated for row in rows]
    rows: Rows = {name: [] for name in ("reports", "bands", "folded", "readings", "facts", "reviews")}
    seq = reading = 0
    for at, model in enumerate(islice(cycle(models), number)):
        day = FIRST_DAY + timedelta(at * DAYS // number)
        for revision in range(1, 3 if at % REVISED == 0 else 2):
            seq += 1
            rows["reports"].append(report_row(model, at, day, revision) | {"seq": seq})
            rows["folded"].append({"report": seq, "text": words[at % len(words)]})
            marks = [{"band": chance.getrandbits(62), "place": place, "report": seq} for place in range(BANDS)]
            rows["bands"].extend(marks)
            for reader in ("earlier", version()) if at % REREAD == 0 else (version(),):
                reading += 1
                rows["readings"].append(
                    {"seq": reading, "report": seq, "version": reader, "at": ADDED, "same_as": None}
                )
                for fact in islice(filter(partial(timely, day), chance.sample(pool, 3 * FACTS)), FACTS):
                    rows["facts"].append(fact | {"reading": reading, "id": f"{chance.getrandbits(64):016x}"})
        if at % REVIEWED == 0:
            rows["reviews"].append(review_row(rows["facts"][-1]["id"], f"r{at:06}", at))
        if len(rows["reports"]) >= AT_ONCE or at == number - 1:
            yield rows
            rows = {name: [] for name in rows}


def timely(day: date, fact: dict[str, Any]) -> bool:
    """Whether a report of the day can state the fact: nobody tells a deed before its day."""
    return fact["status"] != "done" or fact["date_end"] is None or fact["date_end"] <= day


def report_row(model: Any, at: int, day: date, revision: int) -> dict[str, Any]:
    ident = f"r{at:06}"
    return vars(model) | {
        "id": ident, "revision": revision, "url": f"https://example.org/{at}", "url_key": f"example.org/{at}",
        "content_key": f"{at:032x}{revision:032x}", "published": day, "origin": ident,
        "added_at": ADDED, "added_by": "bench",
    }  # fmt: skip


def review_row(fact: str, report: str, at: int) -> dict[str, Any]:
    return {
        "report": report, "fact": None if at % (20 * REVIEWED) == 0 else fact, "verdict": "rejected", "changed": None,
        "who": "bench", "at": ADDED, "why": None,
    }  # fmt: skip


def milliseconds(run: Callable[[], object], rounds: int) -> float:
    """The shortest of so many runs, which was disturbed the least."""
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        run()
        times.append(time.perf_counter() - start)
    return min(times) * 1000


def questions(ledger: Ledger, number: int) -> tuple[Questions, Questions]:
    """What every page asks, and what only some pages ask."""
    chance = random.Random(2)  # noqa: S311 - the same in every run
    some = [f"r{chance.randrange(number):06}" for _ in range(20)]
    shown = [row["fact"] for ident in some for row in ledger.facts_in(ident)]
    every: Questions = {
        "stamp": ledger.stamp,
        "first day": ledger.first_day,
        "how many reports until a day": lambda: ledger.number(FIRST_DAY + timedelta(chance.randrange(DAYS))),
        "60 facts": lambda: ledger.facts(chance.sample(shown, 60)),
    }
    single: Questions = {
        "a report": lambda: ledger.report(chance.choice(some)),
        "the facts of a report": lambda: ledger.facts_in(chance.choice(some)),
        "the last 50 events": lambda: ledger.history(50),
        "the list of all reports": ledger.listing,
        "a page of reports": lambda: ledger.cards(ledger.found(Wanted(), LAST_DAY)[:50]),
        "reports with two words": lambda: ledger.found(Wanted(terms("troops base")), LAST_DAY),
        "reports on a place": lambda: ledger.found(Wanted(kind="troops", place="IQ"), LAST_DAY),
        "what is unread": ledger.unread,
        "how many facts wait for a review": lambda: ledger.waiting(LAST_DAY),
    }
    return every, single


def measure(ledger: Ledger, number: int) -> bool:
    """Prints what one database takes; whether it kept the limits. To be run in a process of its own."""
    start = time.perf_counter()
    ledger.claims()
    name, seconds = ledger.engine.dialect.name, time.perf_counter() - start
    print(f"\n{name}: first load of the facts {seconds:.1f} s, {memory():,.0f} MB")
    new = synthetic(ROUNDS + 1)

    def more() -> None:
        assert ledger.add(replace(next(new), url=None), "bench").new

    more()  # loads a lexicon and what tells copies
    every, single = questions(ledger, number)
    took = {told: milliseconds(run, ROUNDS) for told, run in every.items()}
    took |= {told: milliseconds(run, 3) for told, run in single.items()}
    took["adding a report"] = milliseconds(more, ROUNDS)
    took["the facts that count, after that"] = milliseconds(ledger.claims, 1)
    took["how many reports, after that"] = milliseconds(lambda: ledger.number(LAST_DAY), 1)
    for told, ms in took.items():
        print(f"| {told} | {ms:,.1f} ms | {'every page' if told in every else ''} |")
    return max(took[told] for told in every) <= EVERY_PAGE_MS and memory() <= MEMORY_MB


def memory() -> float:
    """MB that this process needed at most."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / UNITS_A_MB


def main() -> int:
    """Measures, prints, and tells by the exit code whether the limits were kept."""
    number = int(sys.argv[1]) if len(sys.argv) > 1 else REPORTS
    if len(sys.argv) > 2:
        return 0 if measure(Ledger(sys.argv[2]), number) else 1
    kept = []
    with tempfile.TemporaryDirectory(dir=ROOT) as folder, ExitStack() as stack:
        urls = [new_sqlite(Path(folder))]
        if programs():
            urls.append(stack.enter_context(postgres(durable=True)).new_database())
        for url in urls:
            ledger = Ledger(url)
            start = time.perf_counter()
            filled(ledger, number)
            print(f"{number:,} reports written in {time.perf_counter() - start:.0f} s", flush=True)
            ledger.close()
            command = [sys.executable, "-m", "tests.bench.large", str(number), url]
            kept.append(subprocess.run(command, check=False, cwd=ROOT).returncode)
    return max(kept)


if __name__ == "__main__":
    sys.exit(main())
