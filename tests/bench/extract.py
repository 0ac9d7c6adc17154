"""How fast an article is read, beside general date parsers and beside one bare search for the same words.

    python -m tests.bench.extract

The article is the original one where ``../shared`` is there, else the Arabic ones of ``tests/gold``. What is compared
is timed in turn, round by round, and ratios are printed: they hold on any machine. The parsers find dates, or
("all") whatever they know beside, numbers above all; ours is the whole extraction, and the reading of dates. Then:
what of it goes into which step, the time to load a lexicon in a fresh process, and the time for 1 MB of one thing
repeated. Exit 1 when the extraction takes more than 20 times as long as the search or a lexicon more than 0.25 s.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack
from datetime import date
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any
from unittest.mock import patch

from extract import extract, facts, reading
from extract.fold import fold
from extract.languages import LANGUAGES
from extract.lexicon import Lexicon, lexicon
from tests.bench.peers import Ask, MissingError, asking

ROOT = Path(__file__).resolve().parent.parent.parent
SEED = ROOT.parent / "shared" / "seed" / "article.txt"
ROUNDS, PEER_ROUNDS = 50, 5
# In a round a reader runs so many times, and so many milliseconds: who is fast needs longer to warm the caches.
REPEATS, LEAST = 2, 300.0
PUBLISHED = date(2025, 9, 7)
LIMIT, LOAD_LIMIT = 20.0, 0.25
# How many times as fast as a peer the extraction is meant to be.
GOALS = {"dateparser": 12, "puckling": 130, "mahad": 400}
PEERS = ("our dates", "dateparser", "dateparser, ngram", "puckling", "puckling, all", "mahad", "mahad, all")
# Which functions of ``extract.reading`` belong to which step; the rest of ``read`` cuts sentences and clauses.
STEPS = {
    "fold_with_origin": "folding",
    "settle_overlaps": "finding names and terms",
    "join_numbers": "numbers and dates",
    "read_dates": "numbers and dates",
    "bound_numbers": "numbers and dates",
}
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


def articles() -> tuple[list[str], str]:
    """The texts to read and what they are."""
    if SEED.is_file():
        return [SEED.read_text(encoding="utf-8")], "the original article"
    found = [
        json.loads(path.read_text(encoding="utf-8")) for path in sorted((ROOT / "tests" / "gold").glob("ar-*.json"))
    ]
    return [article["text"] for article in found], "the Arabic articles of tests/gold"


def milliseconds(run: Callable[[], object]) -> float:
    """How long one run takes."""
    start = time.perf_counter()
    run()
    return (time.perf_counter() - start) * 1000


def in_turn(rounds: int, runs: dict[str, Callable[[], float]]) -> dict[str, list[float]]:
    """What each run gives, all taken in turn so many times after one round to warm up."""
    laps = [{name: run() for name, run in runs.items()} for _ in range(rounds + 1)]
    return {name: [lap[name] for lap in laps[1:]] for name in runs}


def bare_search(texts: list[str]) -> float:
    """How many times as long as one bare pass of the automaton over the texts the extraction takes; prints it."""
    folded, automaton = [fold(text) for text in texts], lexicon("ar").automaton
    search = partial(_each, lambda text: automaton.find_matches_as_indexes(text, overlapping=True), folded)
    whole = partial(_each, lambda text: extract(text, PUBLISHED, "ar"), texts)
    taken = in_turn(ROUNDS, {"search": partial(milliseconds, search), "extract": partial(milliseconds, whole)})
    bare, all_of_it = median(taken["search"]), median(taken["extract"])
    pace = sum(map(len, texts)) / all_of_it / 1000
    print(f"extract {all_of_it:.2f} ms, {pace:.2f} million characters a second; bare search {bare:.2f} ms")
    print(f"ratio {all_of_it / bare:.1f} (at most {LIMIT:.0f})\n")
    return all_of_it / bare


def _each(run: Callable[[str], object], texts: list[str]) -> None:
    for text in texts:
        run(text)


def steps(texts: list[str]) -> None:
    """Prints which part of the extraction goes into which step."""
    spent: Counter[str] = Counter()
    with ExitStack() as patches:
        for name, step in STEPS.items():
            patches.enter_context(patch.object(reading, name, _timed(spent, step, getattr(reading, name))))
        patches.enter_context(patch.object(Lexicon, "find", _timed(spent, "finding names and terms", Lexicon.find)))
        patches.enter_context(patch.object(facts, "read", _timed(spent, "reading", facts.read)))
        timed = _timed(spent, "extract", extract)
        for _ in range(ROUNDS):
            _each(lambda text: timed(text, PUBLISHED, "ar"), texts)
    whole, read = spent.pop("extract"), spent.pop("reading")
    spent["sentences and clauses"] = read - spent.total()
    spent["linking to facts"] = whole - read
    print("| step | part of the time |\n|---|---|")
    for step, seconds in spent.items():
        print(f"| {step} | {seconds / whole:.0%} |")
    print()


def _timed(spent: Counter[str], step: str, function: Callable[..., Any]) -> Callable[..., Any]:
    """``function``, its seconds added to those of a step."""

    def run(*args: Any) -> Any:
        start = time.perf_counter()
        result = function(*args)
        spent[step] += time.perf_counter() - start
        return result

    return run


def beside_peers(texts: list[str]) -> None:
    """Prints how many times as fast as each peer the extraction is."""
    with ExitStack() as processes:
        runs = {"ours": partial(_asked, processes.enter_context(asking("ours")), texts)}
        for name in PEERS:
            try:
                runs[name] = partial(_asked, processes.enter_context(asking(name)), texts)
            except MissingError as why:
                print(f"{name} is left out: {why}")
        taken = in_turn(PEER_ROUNDS, runs)
    print("| reader | ms | times ours | least to most | goal |\n|---|---|---|---|---|")
    for name, times in taken.items():
        ratios = [theirs / own for theirs, own in zip(times, taken["ours"], strict=True)]
        goal = GOALS.get(name.partition(",")[0], "")
        spread = f"{min(ratios):.1f} to {max(ratios):.1f}"
        print(f"| {name} | {median(times):.1f} | {median(ratios):.1f} | {spread} | {goal} |")
    print()


def _asked(ask: Ask, texts: list[str]) -> float:
    """Milliseconds that a reader takes for the texts: the least of ``REPEATS`` or of as many as ``LEAST`` has room."""
    told = {"published": PUBLISHED.isoformat(), "lang": "ar", "past": False}
    taken: list[float] = []
    while len(taken) < REPEATS or sum(taken) < LEAST:
        taken.append(sum(ask(text=text, **told)["seconds"] for text in texts) * 1000)
    return min(taken)


def loading(lang: str) -> float:
    """Seconds until a fresh process has read its first text in a language, imports left out."""
    command = [sys.executable, "-c", LOAD.format(lang=lang)]
    return median(
        float(subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout) for _ in range(3)
    )


def main() -> int:
    """Measures, prints, and tells by the exit code whether the limits were kept."""
    texts, what = articles()
    print(f"{what}, {sum(map(len, texts)):,} characters\n")
    beside_peers(texts)
    ratio = bare_search(texts)
    steps(texts)
    loads = {lang: loading(lang) for lang in LANGUAGES}
    told = ", ".join(f"{lang} {seconds:.3f} s" for lang, seconds in loads.items())
    print(f"lexicon loaded: {told} (at most {LOAD_LIMIT} s)")
    for bit in ENDLESS:
        long = bit * (MEGABYTE // len(bit.encode()))
        print(f"1 MB of {bit!r}: {milliseconds(lambda text=long: extract(text, PUBLISHED, 'ar')) / 1000:.2f} s")
    return 0 if ratio <= LIMIT and max(loads.values()) <= LOAD_LIMIT else 1


if __name__ == "__main__":
    sys.exit(main())
