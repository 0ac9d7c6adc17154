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
from typing import TypeVar

from extract.fold import DATA
from extract.model import Quote

Signs = dict[str, float]
Answer = TypeVar("Answer", bound=Hashable)
# Question to sign to answer ("" where the options differ by their signs) to weight.
Weights = dict[str, dict[str, dict[str, float]]]
# Signs must speak for a yes by this much: a wrong fact is worse than a missed one.
MARGIN = 0.25


@dataclass(frozen=True, slots=True)
class Asked:
    """What a question is about: the sentence, and what tells the fact in it from its others."""

    quote: Quote
    key: Hashable


@cache
def weights() -> Weights:
    """The weights of ``data/weights.csv``."""
    table: Weights = {}
    with (DATA / "weights.csv").open(encoding="utf-8", newline="") as rows:
        for question, sign, answer, weight in list(csv.reader(rows))[1:]:
            table.setdefault(question, {}).setdefault(sign, {})[answer] = float(weight)
    return table


def _without_answers(table: Weights) -> dict[str, dict[str, float]]:
    """The weights of the questions whose options differ by their signs."""
    return {
        question: {sign: answers[""] for sign, answers in signs.items() if "" in answers}
        for question, signs in table.items()
    }


@cache
def _alone() -> dict[str, dict[str, float]]:
    return _without_answers(weights())


class Judge:
    """Answers questions by the weights that were learnt."""

    def __init__(self, table: Weights | None = None) -> None:
        self.table = weights() if table is None else table
        self.alone = _alone() if table is None else _without_answers(table)

    def holds(self, question: str, signs: Signs, _asked: Asked) -> bool:
        """Whether what the signs speak for is so."""
        return self.weight(question, signs) > MARGIN

    def pick(self, question: str, options: Mapping[Answer, Signs], _asked: Asked) -> Answer:
        """The option whose signs weigh most (the first of equal ones)."""
        return max(options, key=lambda option: self.weight(question, options[option]))

    def sort(self, question: str, answers: Sequence[str], signs: Signs, _asked: Asked) -> str:
        """The answer of ``answers`` that the signs speak for most."""
        table = self.table.get(question, {})
        totals = dict.fromkeys(answers, 0.0)
        for sign, value in signs.items():
            if sign in table:
                for answer, weight in table[sign].items():
                    totals[answer] += weight * value
        return max(totals, key=totals.__getitem__)

    def weight(self, question: str, signs: Signs) -> float:
        """What the signs weigh together."""
        weight_of = self.alone.get(question, {}).get
        total = 0.0
        for sign, value in signs.items():
            weight = weight_of(sign)
            if weight is not None:
                total += weight * value
        return total
