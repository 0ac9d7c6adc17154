"""Numbers: figures in any grouping, number words of any size, hedges and ranges.

Figures are found by shape (``find_figures``), number words come from the lexicon; ``join_numbers`` puts
neighbours together ("two thousand five hundred", "50 thousand"), then bounds and hedges to them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from extract.model import Mention, Number

# 2,500 2.500 2 500 (groups of three), 1,68,000 (as in India), 1.7 (a decimal), 2500;
# not the figures of K-1, H2, F-16 or 10:30.
FIGURE = re.compile(
    r"(?<![a-z0-9:.,])(?<!\b[a-z]-)(?P<grouped>\d{1,3}(?:[., ]\d{3})+|\d{1,2}(?:,\d\d)+,\d{3})(?![\d:])"
    r"|(?<![a-z0-9:.,/])(?<!\b[a-z]-)(?P<plain>\d{1,9}(?:[.,]\d{1,2})?)(?P<kilo>k\b)?(?![\d:])(?![.,/]\d)"
)
DIGITS = re.compile(r"\d+")
GAP = re.compile(r"[\s\-]*")
# Kinds of words that a number begins with.
COUNTED = frozenset(("figure", "number", "decimal", "about"))
# What a number word in the dual counts when it stands directly before it.
PEOPLE = ("troop", "person", "casualty", "demonym", "adjective")
LARGEST_FACTOR = 100  # what multiplies: hundred, thousand, million


def at_digits(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """The matches of ``pattern`` from left to right, tried only where digits begin (a search tries every letter)."""
    end = 0
    for digits in DIGITS.finditer(text):
        if digits.start() >= end and (match := pattern.match(text, digits.start())):
            end = match.end()
            yield match


def find_figures(text: str) -> Iterator[Mention]:
    """Every figure of a folded text as a mention tagged ``figure`` (its value) or ``decimal``."""
    for match in at_digits(FIGURE, text):
        if match["grouped"]:
            tags: dict[str, Any] = {"figure": int(re.sub(r"\D", "", match["grouped"]))}
        elif match["plain"].isdigit():
            tags = {"figure": int(match["plain"]) * (1000 if match["kilo"] else 1)}
        else:
            tags = {"decimal": float(match["plain"].replace(",", "."))}
        yield Mention(match.start(), match.end(), tags)


def _near(text: str, left: Mention, right: Mention) -> bool:
    return GAP.fullmatch(text, left.end, right.start) is not None


def _value(mention: Mention) -> int | None:
    value = mention.get("figure", "number")
    return None if value is None else int(value)


def _run(text: str, mentions: list[Mention], at: int) -> int:
    """End of the run of figures and number words that make one number, from ``at`` on."""
    end = at + 1
    while end < len(mentions):
        if not mentions[end].has("number") or _value(mentions[end - 1]) is None:
            if not (_link(mentions, end) and end + 1 < len(mentions) and mentions[end + 1].has("number")):
                break
            if not _near(text, mentions[end - 1], mentions[end]) or not _near(text, mentions[end], mentions[end + 1]):
                break
            if not _adds(mentions[end - 1], mentions[end + 1]):
                break
            end += 2
            continue
        joined = "and" in mentions[end].before
        if not _near(text, mentions[end - 1], mentions[end]):
            break
        if not (_multiplies(mentions[end - 1], mentions[end]) and not joined) and not _adds(
            mentions[end - 1], mentions[end]
        ):
            break
        end += 1
    return end


def _is_pair(text: str, mentions: list[Mention], at: int) -> bool:
    """Whether a word that is "a thousand" after a number is a dual here: "two thousand soldiers"."""
    if not mentions[at].has("pair") or at + 1 == len(mentions):
        return False
    counted = mentions[at + 1]
    return counted.has(*PEOPLE) and "the" not in counted.before and _near(text, mentions[at], counted)


def _link(mentions: list[Mention], at: int) -> bool:
    return at < len(mentions) and mentions[at].get("link") == "and"


def _multiplies(left: Mention, right: Mention) -> bool:
    factor, value = _value(right) or 0, _value(left) or 0
    return factor >= LARGEST_FACTOR and value < factor and str(factor).strip("0") in ("1", "")


def _adds(left: Mention, right: Mention) -> bool:
    """Whether the right word fills zeros of the left one ("five hundred" + "twenty"); Arabic says units first."""
    a, b = _value(left) or 0, _value(right) or 0
    if left.has("figure") or (right.has("figure") and "and" not in right.before):
        return False
    if "and" in right.before and 0 < a < 10 <= b < 100:
        return b % 10 == 0
    zeros = len(str(a)) - len(str(a).rstrip("0"))
    return a >= 20 and 0 < b < 10**zeros


def _sum(values: list[int]) -> int:
    """The number that a run of words stands for: factors multiply what is smaller before them."""
    total = current = 0
    for value in values:
        if value >= LARGEST_FACTOR and str(value).strip("0") == "1" and 0 < current < value:
            current *= value
        elif value >= LARGEST_FACTOR and current >= value:
            total += current
            current = value
        else:
            current += value
        if value >= 1000:
            total, current = total + current, 0
    return total + current


def join_numbers(text: str, mentions: list[Mention]) -> list[Mention]:
    """``mentions`` with each run of figures and number words as one mention tagged ``number``: a ``Number``."""
    out: list[Mention] = []
    at = 0
    while at < len(mentions):
        mention = mentions[at]
        if COUNTED.isdisjoint(mention.tags):
            out.append(mention)
            at += 1
        elif mention.has("figure", "number") and _value(mention) is not None:
            end = _run(text, mentions, at)
            if end - at == 1 and mention.has("vague"):  # "thousands" alone is no number
                out.append(replace(mention, tags={k: v for k, v in mention.tags.items() if k != "number"}))
                at = end
                continue
            if end - at == 1 and _is_pair(text, mentions, at):
                mention = replace(mention, tags=mention.tags | {"number": mention.get("pair")})
            values = [
                v
                for m in (mention, *mentions[at + 1 : end])
                if m.has("figure", "number") and (v := _value(m)) is not None
            ]
            whole = _sum(values) if end - at > 1 else values[0]
            tags = (
                {k: v for k, v in mention.tags.items() if k not in ("figure", "number", "pair")}
                if end - at == 1
                else {}
            )
            tags |= {"number": Number(whole, whole), "figures": mention.has("figure") and end - at == 1}
            out.append(Mention(mention.start, mentions[end - 1].end, tags, mention.before))
            at = end
        elif mention.has("decimal") and at + 1 < len(mentions) and _near(text, mention, mentions[at + 1]):
            factor = (_value(mentions[at + 1]) or 0) if mentions[at + 1].has("number") else 0
            whole = round(mention.get("decimal") * factor)
            tags = {"number": Number(whole, whole), "figures": False} if factor else mention.tags
            out.append(Mention(mention.start, mentions[at + bool(factor)].end, tags, mention.before))
            at += 1 + bool(factor)
        elif mention.has("about"):
            value = int(mention.get("about"))
            out.append(replace(mention, tags={"number": Number(value, value, True), "figures": False}))
            at += 1
        else:
            out.append(mention)
            at += 1
    return out


# --- bounds and hedges -----------------------------------------------------------------------------------

BOUNDS = {"less": (False, True), "upto": (False, True), "more": (True, False), "atleast": (True, False)}
# A word of change this many known words before "from" makes two numbers of "from 850 to 2,000".
CHANGE = 10
# What a bound says when it is denied: "not more than".
NEGATED = {"less": "atleast", "upto": "more", "more": "upto", "atleast": "less"}
HEDGE_GAP = re.compile(r"[\s(~\-:\"]*")


def bound_of(text: str, mentions: list[Mention], at: int) -> str | None:
    """The bound that the mention at ``at`` sets, turned round if it is denied ("not more than"); None if it is none."""
    bound = mentions[at].get("hedge")
    if bound not in BOUNDS:
        return None
    denied = at > 0 and mentions[at - 1].has("neg") and _near(text, mentions[at - 1], mentions[at])
    return NEGATED[bound] if denied else str(bound)


def bounded(number: Number, bound: str) -> Number:
    """An exact number with one end left open by a bound."""
    low, high = BOUNDS[bound]
    return Number(number.low if low else None, number.high if high else None, number.approximate)


def bound_numbers(text: str, mentions: list[Mention]) -> list[Mention]:
    """``mentions`` with ranges and hedges drawn into their numbers ("about", "fewer than", "4 to 5", "or so")."""
    return _hedged(text, _ranged(text, mentions))


def _ranged(text: str, mentions: list[Mention]) -> list[Mention]:
    out: list[Mention] = []
    at = 0
    while at < len(mentions):
        end = _range_end(text, mentions, at)
        if end:
            low, high = mentions[at].get("number"), mentions[end].get("number")
            lowest = low.low * _shared_factor(low.low, high.high)
            span = Number(lowest, high.high, low.approximate)
            first = out.pop() if out and out[-1].has("between") and _near(text, out[-1], mentions[at]) else mentions[at]
            tags = {"number": span, "figures": False}
            out.append(Mention(first.start, mentions[end].end, tags, first.before | mentions[at].before))
            at = end + 1
        else:
            out.append(mentions[at])
            at += 1
    return out


def _begins_change(text: str, mentions: list[Mention], at: int) -> bool:
    """Whether the number is what something falls or rises from ("raised its contingent from 850 to 2,000")."""
    origin = at > 0 and mentions[at - 1].get("prep") == "from" and _near(text, mentions[at - 1], mentions[at])
    return origin and any(m.has("cut", "grow") for m in mentions[max(0, at - CHANGE) : at])


def _shared_factor(low: int, high: int) -> int:
    """What the lower bound leaves out of the upper one's words ("five to seven thousand", "two to three hundred")."""
    return next((f for f in (1000, 100) if high % f == 0 and low < high // f), 1)


def _range_end(text: str, mentions: list[Mention], at: int) -> int:
    """Index of the upper bound of a range that begins with the number at ``at``, or 0."""
    low = mentions[at].get("number")
    if not isinstance(low, Number) or low.low is None or low.low != low.high:
        return 0
    if _begins_change(text, mentions, at):
        return 0
    upper = at + 1
    between = at > 0 and mentions[at - 1].has("between") and _near(text, mentions[at - 1], mentions[at])
    if upper < len(mentions) and not mentions[upper].has("number"):
        word = mentions[upper]
        joins = word.has("range") or word.get("link") == "or" or (between and word.get("link") == "and")
        if not joins or not _near(text, mentions[at], word):
            return 0
        upper += 1
        joined = True
    else:
        joined = False
    if upper >= len(mentions) or not isinstance(high := mentions[upper].get("number"), Number):
        return 0
    gap = text[mentions[upper - 1].end : mentions[upper].start].strip()
    dashed = gap == "-" and mentions[at].get("figures")
    written = "and" in mentions[upper].before and between
    if not (joined and not gap) and not dashed and not (written and not gap):
        return 0
    if high.low is None or high.low != high.high:
        return 0
    lowest = low.low * _shared_factor(low.low, high.low)
    if not lowest < high.low <= max(lowest * 20, 5000):
        return 0
    return upper


def _hedged(text: str, mentions: list[Mention]) -> list[Mention]:
    out: list[Mention] = []
    for mention in mentions:
        number = mention.get("number")
        if not isinstance(number, Number):
            told = out[-1].get("number") if out and mention.get("hedge") == "posthoc" else None
            if isinstance(told, Number) and HEDGE_GAP.fullmatch(text, out[-1].end, mention.start):
                out[-1] = _with(out[-1], replace(told, approximate=True), end=mention.end)
                continue
            out.append(mention)
            continue
        start, before = mention.start, mention.before
        while out and out[-1].has("hedge") and HEDGE_GAP.fullmatch(text, out[-1].end, start):
            if bound := bound_of(text, out, len(out) - 1):
                number = bounded(number, bound)
            elif out[-1].get("hedge") == "about":
                number = replace(number, approximate=True)
            start, before = out[-1].start, out[-1].before
            out.pop()
        out.append(Mention(start, mention.end, mention.tags | {"number": number, "core": mention.start}, before))
    return out


def _with(mention: Mention, number: Number, end: int) -> Mention:
    return Mention(mention.start, end, mention.tags | {"number": number}, mention.before)
