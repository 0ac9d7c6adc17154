"""Facts of a whole article: sentence by sentence, then repeats merged."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from extract.bases import bases_from, bases_read
from extract.case import Case
from extract.deadlines import RELATIVE, deadlines_from
from extract.judge import Judge, shipped
from extract.memory import meet, overview, remember
from extract.model import Fact
from extract.nations import nations_from
from extract.reading import Phrase, Reading, read
from extract.signs import state
from extract.sites import sites
from extract.speakers import speaker_of
from extract.troops import troops_from

DIGIT = re.compile(r"\d")
# What a sentence ends with and a headline does not.
SENTENCE_ENDS = frozenset('.!?"»”')
# A denial of the sentence before is short, in words, and follows within so many letters.
DENIAL, CLOSE = 3, 3
# What an article says of a base in several sentences: the latest point in time wins; None says nothing.
STATUS_ORDER = (None, "present", "arriving", "leaving", "left")


def extract(text: str, published: date, lang: str, judge: Judge | None = None) -> list[Fact]:
    """The facts that an article states, in the order in which it states them.

    ``published`` is the day of publication, ``lang`` the language (ar, en, ckb, fr). Odd prose gives no
    facts, never an error. Spans are offsets in ``text``: ``text[char_start:char_end] == quote``.
    """
    return settled(merged(facts_from(read(text, lang), published, judge or shipped())))


def facts_from(reading: Reading, published: date, judge: Judge) -> list[Fact]:
    """Every statement of a reading, repeats included."""
    context = overview(reading, published)
    found: list[Fact] = []
    for phrase, after in zip(reading.phrases, [*reading.phrases[1:], None], strict=False):
        meet(phrase, context)
        if after and after.start - phrase.end <= CLOSE and _takes_back(after):
            continue
        speaker = speaker_of(reading, phrase, context.speaker)
        context.speaker = speaker or context.speaker
        case = Case(phrase, context, reading.quote(phrase, speaker), judge, state(phrase, context))
        held = bases_read(case)
        phrase.bases = frozenset(held)
        phrase.sites = sites(phrase, context)
        troops = list(troops_from(case))
        deadlines = list(deadlines_from(case))
        found += [*troops, *deadlines]
        found += bases_from(case, held)
        found += nations_from(case, {fact.force for fact in troops})
        remember(phrase, context, len(troops), len(deadlines))
    return found


def _takes_back(phrase: Phrase) -> bool:
    """Whether a sentence denies the one before it ("False." "Denied by both.")."""
    words = phrase.text[phrase.start : phrase.end].split()
    return len(words) <= DENIAL and any(phrase.mentions[i].start == phrase.start for i in phrase.find("deny"))


def merged(facts: list[Fact]) -> list[Fact]:
    """One fact a base, a nation, a deadline and a figure: the telling that says most."""
    kept: dict[tuple[object, ...], Fact] = {}
    for fact in facts:
        key = _key(fact)
        kept[key] = _better(kept[key], fact) if key in kept else fact
    return list(kept.values())


def settled(facts: list[Fact]) -> list[Fact]:
    """``facts`` with bases that agree with the deadlines: a date to end makes them leaving or left."""
    dated: dict[str | None, str] = {}
    for fact in facts:
        if fact.kind == "deadline" and fact.event != "transfer":
            status = "left" if fact.status == "done" else "leaving"
            dated[fact.place] = min(status, dated.get(fact.place, status), key=STATUS_ORDER.index)
    return [_agreeing(fact, dated) if fact.kind == "base" else fact for fact in facts]


def _agreeing(base: Fact, dated: dict[str | None, str]) -> Fact:
    told = base.status or "present"
    return replace(base, status=max(told, dated.get(base.place, told), key=STATUS_ORDER.index))


def _key(fact: Fact) -> tuple[object, ...]:
    if fact.kind == "base":
        return "base", fact.place
    if fact.kind == "nation":
        return "nation", fact.force
    if fact.kind == "deadline":
        return "deadline", fact.place, fact.date_end, fact.precision
    return "troops", fact.force, fact.place, fact.count_min, fact.count_max


def _better(one: Fact, two: Fact) -> Fact:
    """The telling that is kept of two of one fact; of two as good, the first."""
    if one.kind == "troops":
        return replace(one, approximate=bool(one.approximate or two.approximate))
    return max(one, two, key=_worth)


def _worth(fact: Fact) -> tuple[int, ...]:
    """How much a telling says: the latest status, an explicit date, a whole sentence rather than a headline."""
    status = STATUS_ORDER.index(fact.status) if fact.kind == "base" else 0
    explicit = not fact.rule.endswith(RELATIVE)
    counted = fact.kind == "nation" and DIGIT.search(fact.quote) is not None
    return status, explicit, fact.quote[-1:] in SENTENCE_ENDS, counted
