"""What general date parsers make of the sentences in which people found a deadline.

    python -m tests.bench.dates

For each deadline of ``tests/gold`` (and of ``../shared/gold`` where that is there) a reader gets the sentence, the
day of publication and whether it tells of a deed or of a plan, and has found it when one of its dates ends on the
deadline's last day; a month stands for its last day, a year for the 31st of December. Prints a Markdown table: found
deadlines a language, and which part of all dates given is the end of a deadline that the sentence states.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.bench.peers import Ask, MissingError, asking, languages_of

ROOT = Path(__file__).resolve().parent.parent.parent
GOLD = (ROOT / "tests" / "gold", ROOT.parent / "shared" / "gold")
LANGUAGES = {"ar": "Arabic", "en": "English", "fr": "French", "ckb": "Sorani"}
READERS = ("dateparser", "dateparser, ngram", "puckling", "mahad", "our dates")


@dataclass(frozen=True)
class Sentence:
    """A sentence in which people found deadlines: their last days."""

    text: str
    published: str
    lang: str
    past: bool
    ends: frozenset[str]


@dataclass(frozen=True)
class Score:
    """Deadlines found of each language, and how many dates of how many were asked for."""

    found: Counter[str]
    meant: int
    given: int


def sentences() -> Iterator[Sentence]:
    """The sentences with deadlines, each once."""
    for path in sorted(path for gold in GOLD for path in gold.rglob("*.json")):
        article = json.loads(path.read_text(encoding="utf-8"))
        deadlines = [fact for fact in article["facts"] if fact["kind"] == "deadline"]
        for quote in dict.fromkeys(fact["quote"] for fact in deadlines):
            told = [fact for fact in deadlines if fact["quote"] == quote]
            past = all(fact["status"] == "done" for fact in told)
            ends = frozenset(fact["date_end"] for fact in told)
            yield Sentence(quote, article["published"], article["lang"], past, ends)


def score(ask: Ask, asked: list[Sentence]) -> Score:
    """How a reader does on the sentences."""
    found, meant, given = Counter[str](), 0, 0
    for each in asked:
        answer = ask(text=each.text, published=each.published, lang=each.lang, past=each.past)["ends"]
        found[each.lang] += len(each.ends.intersection(end for ends in answer for end in ends))
        meant += sum(not each.ends.isdisjoint(ends) for ends in answer)
        given += len(answer)
    return Score(found, meant, given)


def row(name: str, scored: Score, languages: tuple[str, ...], wanted: Counter[str]) -> str:
    """A line of the table."""
    cells = [f"{scored.found[lang] / wanted[lang]:.0%}" if lang in languages else "" for lang in LANGUAGES]
    return f"| {name} | {' | '.join(cells)} | {scored.meant / scored.given:.0%} of {scored.given} |"


def main() -> int:
    """Prints the table."""
    asked = list(sentences())
    wanted = Counter[str]()
    for each in asked:
        wanted[each.lang] += len(each.ends)
    heads = [f"{name} ({wanted[lang]})" for lang, name in LANGUAGES.items()]
    print(f"| reader | {' | '.join(heads)} | dates that are deadlines |\n|{'---|' * (len(heads) + 2)}")
    for name in READERS:
        languages = languages_of(name)
        try:
            with asking(name) as ask:
                print(row(name, score(ask, [each for each in asked if each.lang in languages]), languages, wanted))
        except MissingError as why:
            print(f"{name} is left out: {why}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
