"""How fast an article is read, beside one bare search for the same words in the same text.

    python -m tests.bench.extract

The article is the original one where ``../shared`` is there, else all shipped reports joined. Both are timed in
turn, round by round; prints the medians and their ratio, what folding and reading take of it, the time to load
the lexicon in a fresh process, and the time for 1 MB of one thing repeated. Exit 1 when reading takes more than
20 times as long as the search: a ratio of two things timed side by side holds on any machine.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from statistics import median

from extract import extract
from extract.fold import fold
from extract.languages import LANGUAGES
from extract.lexicon import lexicon
from extract.reading import read

ROOT = Path(__file__).resolve().parent.parent.parent
SEED = ROOT.parent / "shared" / "seed" / "article.txt"
ROUNDS = 50
PUBLISHED = date(2025, 9, 7)
LIMIT = 20.0
LOAD = """\
import time, datetime
from extract import extract
start = time.perf_counter()
extract("1", datetime.date(2025, 9, 7), {lang!r})
print(time.perf_counter() - start)
"""
# What would run away if anything did: 1 MB of each.
ENDLESS = ("9", "و", "(", "a ", "2,500 US troops left Iraq ", "في سبتمبر ", "-\n")
MEGABYTE = 1_000_000


def article() -> tuple[str, str]:
    """The text to read and what it is."""
    if SEED.is_file():
        return SEED.read_text(encoding="utf-8"), "the original article"
    texts = [
        json.loads(path.read_text(encoding="utf-8")) for path in sorted((ROOT / "data" / "reports").glob("*.json"))
    ]
    return "\n\n".join(report["text"] for report in texts if report["lang"] == "ar"), "the shipped Arabic reports"


def milliseconds(run: Callable[[], object]) -> float:
    """How long one run takes."""
    start = time.perf_counter()
    run()
    return (time.perf_counter() - start) * 1000


def in_turn(**runs: Callable[[], object]) -> dict[str, float]:
    """The median of each run in milliseconds, all taken in turn ``ROUNDS`` times after one round to warm up."""
    taken: dict[str, list[float]] = {name: [] for name in runs}
    for lap in range(ROUNDS + 1):
        for name, run in runs.items():
            spent = milliseconds(run)
            if lap:
                taken[name].append(spent)
    return {name: median(times) for name, times in taken.items()}


def loading(lang: str) -> float:
    """Seconds until a fresh process has read its first text in a language, imports left out."""
    command = [sys.executable, "-c", LOAD.format(lang=lang)]
    return median(
        float(subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout) for _ in range(3)
    )


def main() -> int:
    """Measures, prints, and tells by the exit code whether the limits were kept."""
    text, what = article()
    folded, automaton = fold(text), lexicon("ar").automaton
    times = in_turn(
        search=lambda: automaton.find_matches_as_indexes(folded, overlapping=True),
        fold=lambda: fold(text),
        read=lambda: read(text, "ar"),
        extract=lambda: extract(text, PUBLISHED, "ar"),
    )
    whole, bare = times["extract"], times["search"]
    print(f"{what}, {len(text):,} characters, median of {ROUNDS}")
    print(f"  extract        {whole:7.2f} ms   {len(text) / whole / 1000:.2f} million characters a second")
    print(f"  bare search    {bare:7.2f} ms   ratio {whole / bare:.1f} (at most {LIMIT:.0f})")
    print(f"  folding        {times['fold']:7.2f} ms")
    print(f"  words, numbers, dates {times['read'] - times['fold']:7.2f} ms; facts {whole - times['read']:.2f} ms")
    loads = {lang: loading(lang) for lang in LANGUAGES}
    print("lexicon loaded: " + ", ".join(f"{lang} {seconds:.3f} s" for lang, seconds in loads.items()))
    for bit in ENDLESS:
        long = bit * (MEGABYTE // len(bit.encode()))
        print(f"1 MB of {bit!r}: {milliseconds(lambda text=long: extract(text, PUBLISHED, 'ar')) / 1000:.2f} s")
    return 0 if whole / bare <= LIMIT else 1


if __name__ == "__main__":
    sys.exit(main())
