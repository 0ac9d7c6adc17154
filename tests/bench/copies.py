"""How near copies are told from independent reports, and what that costs beside the reading of an article.

    python -m tests.bench.copies

The articles are those of ``tests/gold``, the reports shown, and those of ``../shared/gold`` where that is there. Each
long one is rewritten as newsrooms do; printed is which part of the rewritten ones counts as a copy, and which part
the bands find. Then the same for all pairs of different articles of one language, which are by different authors on
the same events. Last, how long key and sketch of the original article take beside its extraction. Exit 1 when a pair
of different articles counts as a copy, a rewriting of ``COPIES`` is missed by more than 5 %, or key and sketch take
more than half as long as the extraction.
"""

from __future__ import annotations

import json
import random
import re
import sys
from collections.abc import Callable
from functools import partial
from itertools import combinations
from pathlib import Path
from statistics import median

from ledger.copies import COPY, alike, bands, content_key, sketch
from tests.bench.extract import PUBLISHED, articles, extract, in_turn, milliseconds

ROOT = Path(__file__).resolve().parent.parent.parent
FOLDERS = (ROOT / "tests" / "gold", ROOT / "data" / "reports", ROOT.parent / "shared" / "gold")
LONG, ROUNDS, LIMIT, RECALL = 1_200, 30, 0.5, 0.95
Sentences = list[str]
Rewrite = Callable[[Sentences, Sentences, random.Random], Sentences]


def words_changed(part: float, text: Sentences, chance: random.Random) -> Sentences:
    """``text`` with this part of its words replaced by others of it."""
    words = " ".join(text).split()
    return [" ".join(chance.choice(words) if chance.random() < part else word for word in words)]


def first(part: float, text: Sentences) -> Sentences:
    """The first part of the sentences."""
    return text[: max(1, round(len(text) * part))]


# What is done to an article; ``other`` are the sentences of another one.
COPIES: dict[str, Rewrite] = {
    "cut to 60 %": lambda text, _, __: first(0.6, text),
    "cut to half": lambda text, _, __: first(0.5, text),
    "half of it, here and there": lambda text, _, chance: [
        text[at] for at in sorted(chance.sample(range(len(text)), len(text) // 2))
    ],
    "sentences in another order": lambda text, _, chance: chance.sample(text, len(text)),
    "first and last sentence changed": lambda text, other, _: [other[0], *text[1:-1], other[-1]],
    "every twentieth word changed": lambda text, _, chance: words_changed(0.05, text, chance),
    "every tenth word changed": lambda text, _, chance: words_changed(0.1, text, chance),
    "half as much of its own added": lambda text, other, _: text + first(0.5, other),
}
DOUBTFUL: dict[str, Rewrite] = {
    "cut to half, every tenth word changed": lambda text, _, chance: words_changed(0.1, first(0.5, text), chance),
    "cut to a third": lambda text, _, __: first(1 / 3, text),
    "as much of its own added": lambda text, other, _: text + other,
    "half of it, half of its own": lambda text, other, _: first(0.5, text) + first(0.5, other),
    "a third of it, the rest its own": lambda text, other, _: first(1 / 3, text) + first(2 / 3, other),
}


def texts() -> dict[str, list[str]]:
    """The texts of the articles by language."""
    found: dict[str, list[str]] = {}
    for folder in FOLDERS:
        for path in sorted(folder.rglob("*.json")):
            article = json.loads(path.read_text(encoding="utf-8"))
            found.setdefault(article["lang"], []).append(article["text"])
    return {lang: list(dict.fromkeys(each)) for lang, each in found.items()}


def sentences(text: str) -> Sentences:
    """Roughly: what is cut and put in another order."""
    return [part for part in re.split(r"(?<=[.!?؟])\s+|\n+", text) if part.strip()]


def share_a_band(a: tuple[int, ...], b: tuple[int, ...]) -> bool:
    """Whether a table of bands leads from one to the other."""
    return any(one == other for one, other in zip(bands(a), bands(b), strict=False))


def rewritten(by_language: dict[str, list[str]], rewrite: Rewrite) -> tuple[float, float]:
    """Which part of the long articles, rewritten, count as copies, and which part share a band."""
    chance = random.Random(1)  # noqa: S311 - the same in every run
    told = []
    for each in by_language.values():
        long = [text for text in each if len(text) > LONG]
        for text, other in zip(long, [*long[1:], long[0]], strict=True):
            copy = sketch("\n".join(rewrite(sentences(text), sentences(other), chance)))
            told.append((alike(sketch(text), copy) >= COPY, share_a_band(sketch(text), copy)))
    copies, found = (sum(column) / len(told) for column in zip(*told, strict=True))
    return copies, found


def independent(by_language: dict[str, list[str]]) -> float:
    """The highest likeness of two different articles; prints it, and which part of the pairs share a band."""
    pairs = [pair for each in by_language.values() for pair in combinations(map(sketch, each), 2)]
    highest = max(alike(a, b) for a, b in pairs)
    candidates = sum(share_a_band(a, b) for a, b in pairs)
    print(f"{len(pairs):,} pairs of different articles: likeness at most {highest:.2f}; {candidates} share a band\n")
    return highest


def beside_extraction() -> float:
    """How long key and sketch take as a part of the extraction; prints it."""
    text = "\n".join(articles()[0][:1])
    runs = {
        "extract": partial(milliseconds, lambda: extract(text, PUBLISHED, "ar")),
        "sketch and bands": partial(milliseconds, lambda: bands(sketch(text))),
        "content key": partial(milliseconds, lambda: content_key(text)),
    }
    took = {name: median(times) for name, times in in_turn(ROUNDS, runs).items()}
    whole = took.pop("extract")
    told = ", ".join(f"{name} {ms:.1f} ms ({ms / whole:.2f})" for name, ms in took.items())
    print(f"{len(text):,} characters: extract {whole:.1f} ms, {told}; together at most {LIMIT}")
    return sum(took.values()) / whole


def main() -> int:
    """Measures, prints, and tells by the exit code whether the limits were kept."""
    by_language = texts()
    found = {name: rewritten(by_language, rewrite) for name, rewrite in (COPIES | DOUBTFUL).items()}
    print("| an article | counts as a copy | shares a band |\n|---|---|---|")
    for name, (copies, banded) in found.items():
        print(f"| {name} | {copies:.1%} | {banded:.1%} |")
    highest, ratio = independent(by_language), beside_extraction()
    return 0 if highest < COPY and ratio <= LIMIT and all(min(found[name]) >= RECALL for name in COPIES) else 1


if __name__ == "__main__":
    sys.exit(main())
