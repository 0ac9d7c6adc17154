"""Learns from articles read by hand how much each sign weighs: ``python -m extract.learn FOLDER...``.

The reader reads the articles with a teacher in the judge's place, who knows the facts: for each question that
has a known answer the signs of all options and the right ones are kept. A conditional logit (softmax over the
options, ridge penalty) then gives the weights, in questions of yes or no those of pairs of signs too: one table
a question, written to ``data/weights.csv``.
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
from scipy.optimize import minimize
from scipy.sparse import csr_matrix, hstack, triu

from extract.facts import facts_from
from extract.judge import COLUMNS, PAIR, Answer, Asked, Signs, Weights
from extract.model import Number
from extract.reading import read
from extract.tables import DATA, read_table

# What a large weight costs: of a sign that tells options apart, of one that tells yes from no, of a pair of the
# latter; and how many pairs there are. All found by cross-validation over the articles of tests/gold.
RIDGE, GATE_RIDGE, PAIR_RIDGE = 2.5, 5.0, 10.0
PAIRS = 700
# A sign that fewer examples show says nothing.
RARE, PAIR_RARE = 4, 8
STEPS = 120
# Weights smaller than this change no answer that was measured.
SMALL = 0.06
# A row of the table of sentences counts as so many sentences of an article: it stands for its class.
ROW = 5
# Keeps divisions from zero.
TINY = 1e-9

Vector = Any  # an array of numpy
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


class Problem:
    """Many examples as one sparse matrix, a row an option: where each example begins, which options are right."""

    def __init__(self, examples: Sequence[Example], index: Mapping[str, int]) -> None:
        rows: list[int] = []
        columns: list[int] = []
        values: list[float] = []
        options = [(signs, option in good) for options, good in examples for option, signs in options.items()]
        for row, (signs, _) in enumerate(options):
            known = [(index[sign], value) for sign, value in signs.items() if sign in index and value]
            rows += [row] * len(known)
            columns += [column for column, _ in known]
            values += [value for _, value in known]
        counts = np.array([len(options) for options, _ in examples])
        self.signs = csr_matrix((values, (rows, columns)), (len(options), len(index)))
        self.starts = np.cumsum(counts) - counts
        self.example = np.repeat(np.arange(len(examples)), counts)
        self.right = np.array([float(right) for _, right in options])

    def chances(self, score: Vector) -> tuple[Vector, Vector, float]:
        """How likely each option is, how likely it is if one of the right ones is, and what is lost by that."""
        power = np.exp(score - np.maximum.reduceat(score, self.starts)[self.example])
        good = np.maximum(np.add.reduceat(power * self.right, self.starts), TINY)
        every = np.add.reduceat(power, self.starts)
        lost = float(np.log(every / good).sum())
        return power / every[self.example], power * self.right / good[self.example], lost


def learnt(examples: Sequence[Example], ridge: float = RIDGE) -> dict[str, float]:
    """Sign to weight, from examples of one question; in questions of yes or no also of pairs of signs."""
    shown = Counter(sign for options, _ in examples for sign in set().union(*options.values()))
    names = sorted(sign for sign, n in shown.items() if n >= RARE)
    if not names:
        return {}
    problem = Problem(examples, {sign: at for at, sign in enumerate(names)})
    if not all(options.keys() == {True, False} for options, _ in examples):
        return dict(zip(names, fitted(problem, np.full(len(names), ridge)), strict=True))
    costs = np.full(len(names), GATE_RIDGE)
    first, second = pairs_of(problem, fitted(problem, costs))
    problem.signs = hstack([problem.signs, problem.signs[:, first].multiply(problem.signs[:, second])]).tocsr()
    names += [f"{names[one]}{PAIR}{names[two]}" for one, two in zip(first, second, strict=True)]
    return dict(zip(names, fitted(problem, np.append(costs, np.full(len(first), PAIR_RIDGE))), strict=True))


def fitted(problem: Problem, costs: Vector) -> list[float]:
    """Weights that make the right options likely; ``costs`` is what a large weight of each sign costs."""
    turned = problem.signs.T.tocsr()

    def loss(weights: Vector) -> tuple[float, Vector]:
        every, good, lost = problem.chances(problem.signs @ weights)
        return lost + float((costs * weights * weights).sum()) / 2, turned @ (every - good) + costs * weights

    start = np.zeros(len(costs))
    found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": STEPS})
    return [float(weight) for weight in found.x]


def pairs_of(problem: Problem, weights: Sequence[float]) -> tuple[Vector, Vector]:
    """The pairs of signs that would help most beside the weights of single ones (grafting: Perkins et al., 2003).

    What a pair would gain is told by the slope and the curve of the likelihood where it still weighs nothing.
    """
    signs = problem.signs
    every, good, _ = problem.chances(signs @ np.array(weights))
    both, squares = (signs != 0).astype(float), signs.multiply(signs).tocsr()
    curve = triu(squares.T @ squares.multiply((every * (1 - every))[:, None]).tocsr(), 1).tocoo()
    slope = (signs.T @ signs.multiply((every - good)[:, None]).tocsr()).tocsr()
    often = (both.T @ both).tocsr()
    first, second = curve.row, curve.col
    gain = np.asarray(slope[first, second]).ravel() ** 2 / (curve.data + PAIR_RIDGE)
    gain[np.asarray(often[first, second]).ravel() < PAIR_RARE] = 0
    best = np.argsort(-gain, kind="stable")[:PAIRS]
    best = best[gain[best] > 0]
    return first[best], second[best]


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
