"""How fast reports come into the ledger, beside their extraction alone.

    python -m tests.bench.adding [N]

N reports (2,000 if not given), each of about 1,250 characters in one of four languages, are put together from
sentences of ``tests/gold`` and ``data/reports``. They are read by the extractor alone, then added one by one to an
empty ledger, block by block in turn, in SQLite and (where it is installed) in PostgreSQL, with what they write
forced to the disk. Exit 1 when adding has less than half the pace of the extraction.
"""

from __future__ import annotations

import json
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date, timedelta
from itertools import islice
from pathlib import Path

from extract import extract
from ledger.reports import Report
from ledger.store import Ledger
from tests.bench.copies import sentences
from tests.databases import new_sqlite, postgres, programs

ROOT = Path(__file__).resolve().parent.parent.parent
FOLDERS = (ROOT / "tests" / "gold", ROOT / "data" / "reports")
NUMBER, BLOCK, LIMIT = 2_000, 100, 0.5
LENGTHS = (1_000, 1_500)
FIRST_DAY, DAYS = date(2024, 1, 1), 900


def synthetic(number: int) -> Iterator[Report]:
    """So many reports, the same in every run."""
    chance = random.Random(1)  # noqa: S311 - not for secrets
    pool: dict[str, list[str]] = {}
    for folder in FOLDERS:
        for path in sorted(folder.glob("*.json")):
            article = json.loads(path.read_text(encoding="utf-8"))
            pool.setdefault(article["lang"], []).extend(sentences(article["text"]))
    for at in range(number):
        lang = chance.choice(sorted(pool))
        told: list[str] = []
        long = chance.randint(*LENGTHS)
        while sum(map(len, told)) < long:
            told.append(varied(chance.choice(pool[lang]), chance))
        day = FIRST_DAY + timedelta(chance.randrange(DAYS))
        yield Report(
            f"synthetic-{at:06}",
            f"https://example.org/{at}",
            f"Paper {at % 97}",
            day,
            lang,
            told[0][:80],
            " ".join(told),
        )


def varied(sentence: str, chance: random.Random) -> str:
    """The sentence with every seventh word or so in another place, so that few share whole runs of words."""
    words = sentence.split()
    for _ in range(len(words) // 7):
        words.insert(chance.randrange(len(words)), words.pop(chance.randrange(len(words))))
    return " ".join(words)


def compare(number: int, ledgers: dict[str, Ledger]) -> dict[str, float]:
    """Seconds that the extraction alone and adding to each ledger took."""
    took = dict.fromkeys(["extraction", *ledgers], 0.0)
    reports = synthetic(number)
    while block := list(islice(reports, BLOCK)):
        start = time.perf_counter()
        for report in block:
            extract(report.text, report.published, report.lang)
        took["extraction"] += time.perf_counter() - start
        for name, ledger in ledgers.items():
            start = time.perf_counter()
            for report in block:
                assert ledger.add(report, "bench").new
            took[name] += time.perf_counter() - start
    return took


def main() -> int:
    """Measures, prints, and tells by the exit code whether adding is fast enough."""
    number = int(sys.argv[1]) if len(sys.argv) > 1 else NUMBER
    for report in islice(synthetic(BLOCK), BLOCK):  # loads the lexicons
        extract(report.text, report.published, report.lang)
    with tempfile.TemporaryDirectory(dir=ROOT) as folder, ExitStack() as stack:
        ledgers = {"SQLite": Ledger(new_sqlite(Path(folder)))}
        if programs():
            server = stack.enter_context(postgres(durable=True))
            ledgers["PostgreSQL"] = Ledger(server.new_database())
        took = compare(number, ledgers)
        whole = took.pop("extraction")
        print(f"{number:,} reports: extraction alone {whole:.1f} s, {whole / number * 1000:.1f} ms a report")
        for name, seconds in took.items():
            origins = len({row["origin"] for row in ledgers[name].listing()})
            print(f"  added to {name}: {seconds:.1f} s, {seconds / number * 1000:.1f} ms a report, {origins:,} origins")
            print(f"    {whole / seconds:.2f} times the pace of the extraction (at least {LIMIT})")
            ledgers[name].close()
    return 0 if all(whole / seconds >= LIMIT for seconds in took.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
