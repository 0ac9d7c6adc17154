"""A sentence before the judge: its words, what the article told before it, and the questions about it."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from extract.context import Context
from extract.judge import Asked, Judge, Signs
from extract.model import Fact, Quote
from extract.reading import Phrase

Answer = TypeVar("Answer", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Case:
    """One sentence, the context it is read in, its words in the original, who decides, and what it is about."""

    phrase: Phrase
    context: Context
    quote: Quote
    judge: Judge
    state: Signs

    def fact(self, kind: str, rule: str, marks: Mapping[int, str], **values: Any) -> Fact:
        """A fact that the sentence states; ``marks`` are the mentions that it was read from, each with what as."""
        origin, mentions, quote = self.phrase.origin, self.phrase.mentions, self.quote
        spans = tuple((origin[mentions[at].start], origin[mentions[at].end], name) for at, name in marks.items())
        return Fact(kind, quote.text, quote.start, quote.end, rule, speaker=quote.speaker, marks=spans, **values)

    def holds(self, question: str, key: Hashable, signs: Signs) -> bool:
        """Whether ``question`` about what ``key`` names is to be answered with yes."""
        return self.judge.holds(question, signs, Asked(self.quote, key))

    def pick(self, question: str, key: Hashable, options: Mapping[Answer, Signs]) -> Answer:
        """The right one of ``options``."""
        return self.judge.pick(question, options, Asked(self.quote, key))

    def sort(self, question: str, key: Hashable, answers: Sequence[str], signs: Signs) -> str:
        """The one of ``answers`` that the signs speak for."""
        return self.judge.sort(question, answers, signs, Asked(self.quote, key))
