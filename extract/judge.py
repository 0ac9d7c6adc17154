"""Weighs signs: which of several readings of a sentence is right.

What belongs to what is decided by signs that a sentence shows, told in kinds of words ("a word for troops
follows", "a clause border lies between"), and by how much each sign weighs. The weights are rows of
``data/weights.csv``, learnt from articles read by hand (``python -m extract.learn``). What two signs tell only
together is a row of its own: both names with ``PAIR`` between.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import repeat
from operator import mul
from typing import Protocol, TypeVar

from extract.model import Quote
from extract.tables import DATA, cells

Signs = dict[str, float]
Answer = TypeVar("Answer", bound=Hashable)
# Question to sign to its weights: (answer, weight), the answer "" where the options differ by their signs.
Weights = dict[str, dict[str, tuple[tuple[str, float], ...]]]
COLUMNS = ["question", "sign", "answer", "weight"]
# Stands between the names of two signs that weigh together.
PAIR = " & "
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
    lines = cells(path)
    next(lines)
    for line, (question, sign, answer, weight) in enumerate(lines, 2):
        signs = table.setdefault(question, {})
        try:
            signs[sign] = (*signs.get(sign, ()), (answer, float(weight)))
        except ValueError:
            raise ValueError(f"{path}, line {line}: {weight!r} is no weight; make it anew: make learn") from None
    return table


@cache
def shipped() -> Weigher:
    """The judge with the weights that ship."""
    return Weigher(weights())


class Weigher:
    """A judge who answers by weights."""

    def __init__(self, table: Weights) -> None:
        self.table = table
        self.alone = {
            question: {sign: told[0][1] for sign, told in signs.items() if told[0][0] == ""}
            for question, signs in table.items()
        }
        self.together = {question: _pairs(alone) for question, alone in self.alone.items()}

    def holds(self, question: str, signs: Signs, _asked: Asked, /) -> bool:
        """Whether the signs speak for it by more than ``MARGIN``."""
        return self.weight(question, signs) > MARGIN

    def pick(self, question: str, options: Mapping[Answer, Signs], _asked: Asked, /) -> Answer:
        """The option whose signs weigh most (the first of equal ones)."""
        return max(options, key=lambda option: self.weight(question, options[option]))

    def sort(self, question: str, answers: Sequence[str], signs: Signs, _asked: Asked, /) -> str:
        """The answer of ``answers`` that the signs speak for most (the first of equal ones)."""
        weights_of = self.table.get(question, {}).get
        totals = dict.fromkeys(answers, 0.0)
        for sign, value in signs.items():
            if value and (told := weights_of(sign)) is not None:
                for answer, weight in told:
                    totals[answer] += weight * value
        return max(totals, key=totals.__getitem__)

    def weight(self, question: str, signs: Signs) -> float:
        """What the signs weigh together."""
        weight_of = self.alone.get(question, {}).get
        total: float = sum(map(mul, map(weight_of, signs, repeat(0.0)), signs.values()))
        return total + self._together(question, signs)

    def _together(self, question: str, signs: Signs) -> float:
        """What pairs of the signs weigh beyond what each weighs."""
        pairs: dict[str, list[tuple[str, float]]] = self.together.get(question, {})
        value_of = signs.get
        return sum(
            signs[first] * weight * value_of(second, 0.0)
            for first in pairs.keys() & signs.keys()
            if signs[first]
            for second, weight in pairs[first]
        )


def _pairs(weights_of: Mapping[str, float]) -> dict[str, list[tuple[str, float]]]:
    """The first sign of each pair to its second ones with their weights."""
    pairs: dict[str, list[tuple[str, float]]] = {}
    for sign, weight in weights_of.items():
        first, pair, second = sign.partition(PAIR)
        if pair:
            pairs.setdefault(first, []).append((second, weight))
    return pairs
