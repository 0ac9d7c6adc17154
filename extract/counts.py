"""Which figures of a sentence count foreign troops."""

from __future__ import annotations

from dataclasses import dataclass, replace

from extract.case import Case
from extract.deeds import times
from extract.judge import Signs
from extract.model import Number
from extract.numbers import BOUNDS, bound_of, bounded
from extract.owners import foreign
from extract.reading import Phrase
from extract.signs import beside, joined, nearest
from extract.vocabulary import words_around

# A plain figure in this range may be a year.
YEARS = range(1990, 2036)
# Marks beside a figure that tell what it counts: shares, money, clock times, enumeration.
MARKS = '%$€£+,.;:)("-/°'
# What a number of troops can be the number of.
NOUNS = ("troop", "twotroops", "body", "person", "demonym", "nations")
# The word for those counted stands at most so far from the number, in words.
NEAR = 12
# How far before and behind the number, in words, a bound that does not touch it may stand.
APART, BEHIND = 12, 4


@dataclass(frozen=True, slots=True)
class Count:
    """A number that counts troops: where it and its noun (or itself) stand, its value, and its signs."""

    at: int
    noun: int
    number: Number
    signs: Signs


def counts(case: Case) -> list[Count]:
    """The numbers of a sentence that count foreign troops."""
    phrase, context = case.phrase, case.context
    found: list[Count] = []
    for at in phrase.find("number", "twotroops"):
        number = _number(phrase, at)
        signs = joined(beside(phrase, at), nearest(phrase, at), _shape(phrase, at, number), case.state)
        signs |= _row(phrase, at, found) | times(phrase, at, context) | words_around(phrase, at)
        if case.holds("count", number, signs):
            found.append(Count(at, _noun(phrase, at), number, signs))
    return found


def _row(phrase: Phrase, at: int, found: list[Count]) -> Signs:
    """Whether a number before it in the sentence counts troops."""
    if not found:
        return {"first count": 1.0}
    far = phrase.distance(found[-1].at, at)
    return {"follows a count": 1.0, "close to a count": 4 / (4 + far)}


def _noun(phrase: Phrase, at: int) -> int:
    """The word for those counted nearest to the number, the one behind it preferred; the number if none is near."""
    if phrase.mentions[at].has("twotroops"):
        return at
    near = phrase.near(at, NEAR, *NOUNS)
    return min(near, key=lambda i: phrase.distance(i, at) + 3 * (i < at), default=at)


def _shape(phrase: Phrase, at: int, number: Number) -> Signs:
    """How the number is written and how large it is."""
    mention = phrase.mentions[at]
    value = number.high or number.low or 0
    text = phrase.text
    written = text[mention.start : mention.end].strip()
    signs: Signs = {
        "any": 1.0,
        f"digits {len(str(value))}": 1.0,
        "figures": float(bool(mention.get("figures"))),
        "year": float(written.isdigit() and value in YEARS),
        "round": float(value % 10 == 0),
        "small": float(value < 10),
        "range": float(number.low != number.high),
        "about": float(number.approximate),
        "known follows": float(phrase.next_is_known(at)),
    }
    for mark in MARKS:
        if mark in text[mention.end : mention.end + 2]:
            signs[f"mark {mark} after"] = 1.0
        if mark in text[max(0, mention.start - 2) : mention.start]:
            signs[f"mark {mark} before"] = 1.0
    signs["opens"] = float(not text[phrase.start : mention.start].strip(" -•\"'"))
    signs["closes"] = float(not text[mention.end : phrase.end].strip(" .!?\"'"))
    signs["foreign here"] = float(bool(foreign(phrase)))
    return signs


def _number(phrase: Phrase, at: int) -> Number:
    """The number with a hedge or bound that stands apart from it ("will not exceed, in future, 500")."""
    number: Number = phrase.mentions[at].get("number") or Number(2, 2)
    if any(phrase.mentions[i].get("hedge") == "posthoc" for i in phrase.near(at, 3, "hedge") if i > at):
        number = replace(number, approximate=True)
    if number.low is None or number.low != number.high:
        return number
    bound = _bound_before(phrase, at) or _bound_behind(phrase, at)
    return bounded(number, bound) if bound else number


def _bound_before(phrase: Phrase, at: int) -> str | None:
    """The bound before the number with nothing but plain words between."""
    apart = [i for i in phrase.near(at, APART, "hedge") if i < at and phrase.mentions[i].get("hedge") in BOUNDS]
    if not apart or phrase.mentions[apart[-1]].has("bound"):
        return None
    if any(m.has("number", "fraction", "link") for m in phrase.mentions[apart[-1] : at]):
        return None
    return bound_of(phrase.text, phrase.mentions, apart[-1])


def _bound_behind(phrase: Phrase, at: int) -> str | None:
    """ "At least" behind the number and its noun, with no number of its own."""
    behind = [i for i in phrase.near(at, BEHIND, "hedge") if i > at and phrase.mentions[i].get("hedge") in BOUNDS]
    if not behind or any(m.has("number") for m in phrase.mentions[at + 1 : behind[0] + 2]):
        return None
    return str(phrase.mentions[behind[0]].get("hedge"))
