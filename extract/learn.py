"""Learns from articles read by hand how much each sign weighs: ``python -m extract.learn FOLDER...``.

The reader reads the articles with a teacher in the judge's place, who knows the facts: for each question that
has a known answer the signs of all options and the right ones are kept. A conditional logit (softmax over the
options, ridge penalty) then gives the weights, one table a question, written to ``data/weights.csv``.
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from extract.facts import facts_from
from extract.judge import COLUMNS, Answer, Asked, Signs, Weights
from extract.model import Number
from extract.reading import read
from extract.tables import DATA, read_table

# What a large weight costs; found by cross-validation over the articles of tests/gold.
RIDGE = 2.5
# A sign that fewer examples show says nothing.
RARE = 4
STEPS, RATE = 300, 0.05
# Weights smaller than this change no answer that was measured.
SMALL = 0.06
# A row of the table of sentences counts as so many sentences of an article: it stands for its class.
ROW = 5
# Keeps divisions from zero.
TINY = 1e-9

Example = tuple[dict[Hashable, Signs], set[Hashable]]


@dataclass
class Teacher:
    """A judge who knows the facts of an article, and keeps what was asked with the right answers."""

    facts: list[dict[str, Any]]
    examples: list[tuple[str, Example]] = field(default_factory=list)

    def holds(self, question: str, signs: Signs, asked: Asked, /) -> bool:
        """Whether the facts say so; no where nobody knows, which teaches nothing."""
        right = self._holds(question, asked)
        if right is None:
            return False
        self.examples.append((question, ({True: signs, False: {}}, {right})))
        return right

    def pick(self, question: str, options: Mapping[Answer, Signs], asked: Asked, /) -> Answer:
        """A right option; the first where none is, which teaches nothing."""
        answers = self._windows(options, asked) if question == "date.window" else self._answers(question, asked)
        right = {option for option in options if option in answers}
        if right and len(options) > 1:
            self.examples.append((question, ({option: options[option] for option in options}, set(right))))
        return next(iter(right), next(iter(options)))

    def sort(self, question: str, answers: Sequence[str], signs: Signs, asked: Asked, /) -> str:
        """A right answer; the first where none is, which teaches nothing."""
        told = self._answers(question, asked)
        right = {answer for answer in answers if answer in told}
        if right:
            options: dict[Hashable, Signs] = {a: {f"{a}\t{sign}": v for sign, v in signs.items()} for a in answers}
            self.examples.append((question, (options, set(right))))
        return next(iter(right), answers[0])

    def _holds(self, question: str, asked: Asked) -> bool | None:
        """Whether a question of yes or no is to be answered so; None if nobody knows."""
        matching = list(self._matching(question, asked))
        if any(_overlaps(fact, asked) for fact in matching):
            return True
        if question == "base":
            return bool(matching)
        return None if matching else False

    def _answers(self, question: str, asked: Asked) -> set[Hashable]:
        """The values of the facts that the sentence states."""
        kind, _, name = question.partition(".")
        told = [fact for fact in self._matching(kind, asked) if _overlaps(fact, asked)]
        if question == "base.status" and not told:
            return {"unsaid"}
        if kind == "count" and len(told) > 1:
            exact = [fact for fact in told if isinstance(asked.key, Number) and _bounds(fact) == _range(asked.key)]
            told = exact or told
        return {fact[name] for fact in told if name in fact}

    def _windows(self, options: Iterable[Any], asked: Asked) -> set[Any]:
        """The windows of ``options`` that the sentence states."""
        told = [fact for fact in self._matching("date", asked) if _overlaps(fact, asked)]
        return {window for window in options if any(_is_meant(fact, {window}) for fact in told)}

    def _matching(self, question: str, asked: Asked) -> Iterator[dict[str, Any]]:
        kind = {"count": "troops", "date": "deadline"}.get(question, question)
        for fact in self.facts:
            if fact["kind"] == kind and _is_meant(fact, asked.key):
                yield fact


def _bounds(fact: dict[str, Any]) -> tuple[int | None, int | None]:
    return fact["count_min"], fact["count_max"]


def _range(number: Number) -> tuple[int | None, int | None]:
    return number.low, number.high


def _is_meant(fact: dict[str, Any], key: Any) -> bool:
    """Whether a fact is the one that the key of a question names."""
    if fact["kind"] == "troops":
        return bool({*_range(key)} & {*_bounds(fact)} - {None})
    if fact["kind"] == "deadline":
        return any(
            (window.end.isoformat(), window.precision) == (fact["date_end"], fact["precision"]) for window in key
        )
    return bool(fact["place" if fact["kind"] == "base" else "force"] == key)


def _overlaps(fact: dict[str, Any], asked: Asked) -> bool:
    return bool(fact["char_start"] < asked.quote.end and asked.quote.start < fact["char_end"])


def examples_of(article: dict[str, Any]) -> list[tuple[str, Example]]:
    """The questions that reading ``article`` (with its facts) asks, each with its options and the right ones."""
    teacher = Teacher(article["facts"])
    facts_from(read(article["text"], article["lang"]), date.fromisoformat(article["published"]), teacher)
    return teacher.examples


@dataclass
class Problem:
    """The options of many examples as one sparse matrix; for each option its example and whether it is right."""

    rows: list[int] = field(default_factory=list)
    columns: list[int] = field(default_factory=list)
    values: list[float] = field(default_factory=list)
    example: list[int] = field(default_factory=list)
    right: list[bool] = field(default_factory=list)

    def add(self, number: int, signs: Signs, right: bool, index: Mapping[str, int]) -> None:
        """Adds an option of the example ``number``."""
        known = [(index[sign], value) for sign, value in signs.items() if sign in index and value]
        self.rows += [len(self.example)] * len(known)
        self.columns += [column for column, _ in known]
        self.values += [value for _, value in known]
        self.example.append(number)
        self.right.append(right)


def learnt(examples: Sequence[Example], ridge: float = RIDGE) -> dict[str, float]:
    """Sign to weight, from examples of one question."""
    shown = Counter(sign for options, _ in examples for sign in set().union(*options.values()))
    index = {sign: at for at, sign in enumerate(sorted(sign for sign, n in shown.items() if n >= RARE))}
    if not index:
        return {}
    problem = Problem()
    for number, (options, good) in enumerate(examples):
        for option, signs in options.items():
            problem.add(number, signs, option in good, index)
    return dict(zip(index, fitted(problem, len(index), ridge), strict=True))


def fitted(problem: Problem, size: int, ridge: float) -> list[float]:
    """Weights that make the right options likely: the penalised likelihood climbed by Adam (Kingma & Ba, 2015)."""
    rows, columns = np.array(problem.rows, np.intp), np.array(problem.columns, np.intp)
    values, example = np.array(problem.values, float), np.array(problem.example, np.intp)
    right = np.array(problem.right, float)
    count = int(example[-1]) + 1
    weights, mean, square = np.zeros(size), np.zeros(size), np.zeros(size)
    for step in range(1, STEPS + 1):
        score = np.bincount(rows, values * weights[columns], len(example))
        top = np.full(count, -np.inf)
        np.maximum.at(top, example, score)
        power = np.exp(score - top[example])
        every, good = np.bincount(example, power, count), np.bincount(example, power * right, count)
        push = power / every[example] - power * right / np.maximum(good, TINY)[example]
        slope = np.bincount(columns, values * push[rows], size) + ridge * weights
        mean = 0.9 * mean + 0.1 * slope
        square = 0.999 * square + 0.001 * slope * slope
        weights -= RATE * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.999**step)) + TINY)
    return [float(weight) for weight in weights]


def table_of(examples: Iterable[tuple[str, Example]], ridge: float = RIDGE) -> Weights:
    """The weights of all questions, as ``extract.judge.weights`` gives them."""
    asked: dict[str, list[Example]] = {}
    for question, example in examples:
        asked.setdefault(question, []).append(example)
    return {question: _by_sign(learnt(cases, ridge)) for question, cases in sorted(asked.items())}


def _by_sign(learnt_weights: dict[str, float]) -> dict[str, tuple[tuple[str, float], ...]]:
    """Sign to its answers with their weights, small ones left out."""
    signs: dict[str, list[tuple[str, float]]] = {}
    for sign, weight in learnt_weights.items():
        answer, tab, name = sign.partition("\t")
        if abs(weight) >= SMALL:
            signs.setdefault(name if tab else sign, []).append((answer if tab else "", round(weight, 3)))
    return {sign: tuple(sorted(told)) for sign, told in sorted(signs.items())}


def articles_in(paths: Iterable[Path]) -> list[dict[str, Any]]:
    """The articles with facts of the folders, in the order of their names, and the sentences of tables (.csv)."""
    found: list[dict[str, Any]] = []
    for path in paths:
        if path.suffix == ".csv":
            found += [_sentence(row) for row in read_table(path)]
        else:
            articles = (json.loads(file.read_text(encoding="utf-8")) for file in sorted(path.rglob("*.json")))
            found += [article for article in articles if "facts" in article]
    return found


def _sentence(row: dict[str, str]) -> dict[str, Any]:
    """A row of tests/cases/clauses.csv as an article with its facts."""
    told = filter(None, row["expected"].split(" + "))
    return row | {"weight": ROW, "facts": [_fact(*words.split()) | _whole(row["text"]) for words in told]}


def _whole(text: str) -> dict[str, int]:
    return {"char_start": 0, "char_end": len(text)}


def _fact(kind: str, first: str, second: str, *rest: str) -> dict[str, Any]:
    """A fact in the notation of tests/cases/clauses.csv ("troops US IQ ~2500 present"); "-" stands for nothing."""
    if kind == "base":
        return {"kind": kind, "place": first, "force": second, "status": rest[0]}
    if kind == "troops":
        low, _, high = rest[0].lstrip("~").partition("..")
        low, high = (low, high) if ".." in rest[0] else (low, low)
        counts = {"count_min": int(low) if low else None, "count_max": int(high) if high else None}
        place = None if second == "-" else second
        hedged = rest[0].startswith("~")
        return {"kind": kind, "force": first, "place": place, "approximate": hedged, "status": rest[1]} | counts
    if kind == "deadline":
        start, end = rest[0].split("..")
        window = {"date_start": start, "date_end": end, "precision": rest[1]}
        return {"kind": kind, "place": first, "force": second, "status": rest[2]} | window
    return {"kind": kind, "force": first, "role": second}


def main(argv: list[str] | None = None) -> int:
    """Writes ``data/weights.csv`` anew; 2 if there is nothing to learn from."""
    parser = argparse.ArgumentParser(prog="python -m extract.learn", description=__doc__)
    parser.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="folder of articles, or table of sentences")
    parser.add_argument("--twice", type=Path, action="append", default=[], help="a folder that two people have read")
    args = parser.parse_args(argv)
    paths = [*args.paths, *args.twice, *args.twice]
    if missing := [path for path in paths if not path.exists()]:
        print(f"extract.learn: {missing[0]} is missing; weights learnt without it would be others", file=sys.stderr)
        return 2
    articles = articles_in(paths)
    table = table_of(example for article in articles for example in examples_of(article) * article.get("weight", 1))
    with (DATA / "weights.csv").open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(COLUMNS)
        for question, signs in table.items():
            out.writerows((question, sign, *told) for sign, answers in signs.items() for told in answers)
    print(
        f"{len(articles)} articles, {sum(len(t) for s in table.values() for t in s.values())} weights", file=sys.stderr
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
