"""Facts of a whole article: sentence by sentence, then repeats merged."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from extract.bases import bases_from
from extract.context import COALITION, ENDING, Context
from extract.deadlines import RELATIVE, deadlines_from
from extract.model import Fact
from extract.nations import nations_from
from extract.owners import force_at, foreign, is_military
from extract.reading import Phrase, Reading, read
from extract.sites import look, sites
from extract.speakers import speaker_of
from extract.troops import troops_from

# What an article says of a base in several sentences: the latest point in time wins.
DIGIT = re.compile(r"\d")
# What a sentence ends with and a headline does not.
SENTENCE_ENDS = frozenset('.!?"»”')
# A denial of the sentence before is short, in words.
DENIAL = 3
STATUS_ORDER = ("present", "arriving", "leaving", "left")


def extract(text: str, published: date, lang: str) -> list[Fact]:
    """The facts that an article states, in the order in which it states them.

    ``published`` is the day of publication, ``lang`` the language (ar, en, ckb, fr). Odd prose gives no
    facts, never an error. Spans are offsets in ``text``: ``text[char_start:char_end] == quote``.
    """
    return settled(merged(facts_from(read(text, lang), published)))


def facts_from(reading: Reading, published: date) -> list[Fact]:
    """Every statement of a reading, repeats included."""
    context = Context(published)
    found: list[Fact] = []
    for phrase, after in zip(reading.phrases, [*reading.phrases[1:], None], strict=False):
        if not phrase.mentions or (after and _takes_back(after)):
            continue
        phrase.sites = sites(phrase, context)
        quote = reading.quote(phrase)
        speaker = speaker_of(reading, phrase, context.speaker)
        context.speaker = speaker or context.speaker
        told = len(found)
        troops = list(troops_from(phrase, context, quote))
        found += troops
        found += deadlines_from(phrase, published, context, quote)
        found += bases_from(phrase, context, quote)
        found += nations_from(phrase, context, {fact.force for fact in troops}, quote)
        found[told:] = [replace(fact, speaker=speaker) for fact in found[told:]]
        _remember(phrase, context)
    return [_in_original(fact, reading) for fact in found]


def _remember(phrase: Phrase, context: Context) -> None:
    """Keeps what the sentence names for those that leave it out."""
    look(phrase, context)
    context.silent += 1
    if named := [at for at in foreign(phrase) if is_military(phrase, at)]:
        context.silent = 0
        alliances = [force for at in named if phrase.mentions[at].has("alliance") and (force := force_at(phrase, at))]
        context.alliance = alliances[-1] if alliances else context.alliance
        context.force = force_at(phrase, named[0])
    if ending := phrase.find(*ENDING):
        context.deed = next(kind for kind in ENDING if phrase.mentions[ending[-1]].has(kind))


def _takes_back(phrase: Phrase) -> bool:
    """Whether a sentence denies the one before it ("False." "Denied by both.")."""
    words = phrase.text[phrase.start : phrase.end].split()
    return len(words) <= DENIAL and any(phrase.mentions[i].start == phrase.start for i in phrase.find("deny"))


def _in_original(fact: Fact, reading: Reading) -> Fact:
    """``fact`` with its marks as offsets in the original text."""
    return replace(fact, marks=tuple((reading.origin[a], reading.origin[b], kind) for a, b, kind in fact.marks))


def merged(facts: list[Fact]) -> list[Fact]:
    """One fact a base, a nation, a deadline and a figure: the telling that says most."""
    kept: dict[tuple[object, ...], Fact] = {}
    for fact in facts:
        key = _key(fact)
        kept[key] = _better(kept[key], fact) if key in kept else fact
    return list(kept.values())


def settled(facts: list[Fact]) -> list[Fact]:
    """``facts`` with bases that agree with the rest: a date to end makes them leaving or left, troops of
    several forces make them the coalition's."""
    dated: dict[str | None, str] = {}
    holders: dict[str | None, set[str | None]] = {}
    for fact in facts:
        if fact.kind == "deadline" and fact.event != "transfer":
            status = "left" if fact.status == "done" else "leaving"
            dated[fact.place] = min(status, dated.get(fact.place, status), key=STATUS_ORDER.index)
        if fact.kind == "troops" and fact.status != "past":
            holders.setdefault(fact.place, set()).add(fact.force)
    return [_agreeing(fact, dated, holders) if fact.kind == "base" else fact for fact in facts]


def _agreeing(base: Fact, dated: dict[str | None, str], holders: dict[str | None, set[str | None]]) -> Fact:
    """A base fact that agrees with the deadlines and the troops told of the base."""
    told = base.status or "present"
    status = max(told, dated.get(base.place, told), key=STATUS_ORDER.index)
    several = len(holders.get(base.place, ())) > 1
    return replace(base, status=status, force=COALITION if several else base.force)


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
    status = STATUS_ORDER.index(fact.status) if fact.kind == "base" and fact.status else 0
    explicit = not fact.rule.endswith(RELATIVE)
    counted = fact.kind == "nation" and DIGIT.search(fact.quote) is not None
    return status, explicit, fact.quote[-1:] in SENTENCE_ENDS, counted
