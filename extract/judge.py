"""Weighs signs: which of several readings of a sentence is right.

What belongs to what is decided by signs that a sentence shows, told in kinds of words ("a word for troops
follows", "a clause border lies between"), and by how much each sign weighs. The weights are rows of
``data/weights.csv``, learnt from articles read by hand (``python -m extract.learn``).
"""

from __future__ import annotations

import csv
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import repeat
from operator import mul
from typing import Protocol, TypeVar

from extract.fold import DATA
from extract.model import Quote

Signs = dict[str, float]
Answer = TypeVar("Answer", bound=Hashable)
# Question to answer ("" where the options differ by their signs) to sign to weight.
Weights = dict[str, dict[str, dict[str, float]]]
COLUMNS = ["question", "sign", "answer", "weight"]
# Signs must speak for a yes by this much: a wrong fact is worse than a missed one.
MARGIN = 0.25


@dataclass(frozen=True, slots=True)
class Asked:
    """What a question is about: the sentence, and what tells the fact in it from its others."""

    quote: Quote
    key: Hashable


class Judge(Protocol):
    """Who answers the questions that a sentence leaves open; ``asked`` says about what."""

    def holds(self, question: str, signs: Signs, asked: Asked, /) -> bool:
        """Whether what the signs speak for is so."""

    def pick(self, question: str, options: Mapping[Answer, Signs], asked: Asked, /) -> Answer:
        """The right one of the options."""

    def sort(self, question: str, answers: Sequence[str], signs: Signs, asked: Asked, /) -> str:
        """The one of the answers that is right."""


@cache
def weights() -> Weights:
    """The weights of ``data/weights.csv``; ValueError with file, line and remedy for a row that is none."""
    path = DATA / "weights.csv"
    table: Weights = {}
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        next(rows)
        for row in rows:
            try:
                question, sign, answer, weight = row
                table.setdefault(question, {}).setdefault(answer, {})[sign] = float(weight)
            except ValueError:
                raise ValueError(f"{path}, line {rows.line_num}: not {COLUMNS}; make it anew: make learn") from None
    return table


@cache
def shipped() -> Weigher:
    """The judge with the weights that ship."""
    return Weigher(weights())


class Weigher:
    """A judge who answers by weights."""

    def __init__(self, table: Weights) -> None:
        self.table = table

    def holds(self, question: str, signs: Signs, _asked: Asked, /) -> bool:
        """Whether the signs speak for it by more than ``MARGIN``."""
        return self.weight(question, signs) > MARGIN

    def pick(self, question: str, options: Mapping[Answer, Signs], _asked: Asked, /) -> Answer:
        """The option whose signs weigh most (the first of equal ones)."""
        return max(options, key=lambda option: self.weight(question, options[option]))

    def sort(self, question: str, answers: Sequence[str], signs: Signs, _asked: Asked, /) -> str:
        """The answer of ``answers`` that the signs speak for most (the first of equal ones)."""
        return max(answers, key=lambda answer: self.weight(question, signs, answer))

    def weight(self, question: str, signs: Signs, answer: str = "") -> float:
        """What the signs weigh together for an answer; one that was never learnt weighs nothing."""
        weight_of = self.table.get(question, {}).get(answer, {}).get
        total: float = sum(map(mul, map(weight_of, signs, repeat(0.0)), signs.values()))
        return total
