"""Facts of a whole article: sentence by sentence, then repeats merged."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from datetime import date

from extract.bases import bases_from, bases_read
from extract.case import Case
from extract.context import COALITION, ENDING, FORCES, Context
from extract.counts import YEARS
from extract.deadlines import RELATIVE, deadlines_from
from extract.judge import Judge
from extract.model import Fact
from extract.nations import nations_from
from extract.owners import force_at, foreign, is_military, named_force
from extract.reading import Phrase, Reading, read
from extract.signs import state
from extract.sites import look, place_at, sites
from extract.speakers import speaker_of
from extract.troops import troops_from

# What an article says of a base in several sentences: the latest point in time wins.
DIGIT = re.compile(r"\d")
# What a sentence ends with and a headline does not.
SENTENCE_ENDS = frozenset('.!?"»”')
# A denial of the sentence before is short, in words.
DENIAL = 3
# So many of the forces named last are remembered.
RECENT = 3
# A line of at most so many letters can be a heading.
HEADING = 24
# What a year that is a heading is followed by.
HEADING_ENDS = frozenset(":,.-—–|(")
# Kinds of words whose frequency tells what an article is about.
PROFILE = ("troop", "base", "alliance", "local", "casualty", "leave", "civil", "mission", "date", "number")
STATUS_ORDER = (None, "present", "arriving", "leaving", "left")


def extract(text: str, published: date, lang: str, judge: Judge | None = None) -> list[Fact]:
    """The facts that an article states, in the order in which it states them.

    ``published`` is the day of publication, ``lang`` the language (ar, en, ckb, fr). Odd prose gives no
    facts, never an error. Spans are offsets in ``text``: ``text[char_start:char_end] == quote``.
    """
    return settled(merged(facts_from(read(text, lang), published, judge or Judge())))


def facts_from(reading: Reading, published: date, judge: Judge) -> list[Fact]:
    """Every statement of a reading, repeats included."""
    context = overview(reading, published)
    found: list[Fact] = []
    for phrase, after in zip(reading.phrases, [*reading.phrases[1:], None], strict=False):
        if not phrase.mentions or (after and _takes_back(after)):
            continue
        context.year = _heading_year(phrase) or context.year
        if phrase.text[phrase.start - 1 : phrase.start] == "\n":
            context.line, context.line_forces, context.line_facts = set(), set(), 0
        case = Case(phrase, context, reading.quote(phrase), judge, state(phrase, context))
        held = bases_read(case)
        phrase.bases = frozenset(held)
        phrase.sites = sites(phrase, context)
        speaker = speaker_of(reading, phrase, context.speaker)
        context.speaker = speaker or context.speaker
        told = len(found)
        troops = list(troops_from(case))
        deadlines = list(deadlines_from(case))
        found += [*troops, *deadlines]
        found += bases_from(case, held)
        found += nations_from(case, {fact.force for fact in troops})
        found[told:] = [replace(fact, speaker=speaker) for fact in found[told:]]
        _remember(phrase, context)
        context.line_facts += len(troops) + len(deadlines)
        context.uncounted = 0 if troops else context.uncounted + 1
        context.undated = 0 if deadlines else context.undated + 1
    return [_in_original(fact, reading) for fact in found]


def overview(reading: Reading, published: date) -> Context:
    """What the whole article is about, before its sentences are read one by one."""
    named: Counter[str] = Counter()
    kinds: Counter[str] = Counter()
    places: Counter[str] = Counter()
    for phrase in (phrase for phrase in reading.phrases if phrase.mentions):
        for at in foreign(phrase):
            if is_military(phrase, at) and (force := force_at(phrase, at)):
                named[force] += 1
        for kind in PROFILE:
            kinds[kind] += len(phrase.find(kind))
        places.update(str(phrase.mentions[at].get("base")) for at in phrase.find("base"))
    nations = [force for force, _ in named.most_common() if force != COALITION]
    profile = {f"article {kind}": min(6, kinds[kind]) / 6 for kind in PROFILE}
    profile["article forces"] = min(6, named.total()) / 6
    return Context(
        published,
        topic=nations[0] if nations else None,
        topic_place=places.most_common(1)[0][0] if places else None,
        named=named,
        profile=profile,
    )


def _remember(phrase: Phrase, context: Context) -> None:
    """Keeps what the sentence names for those that leave it out."""
    look(phrase, context)
    placed = {place_at(phrase, at, context) for at in phrase.sites}
    context.held.update(placed)
    context.line |= placed
    context.line_forces |= {force for at in phrase.find(*FORCES) if (force := named_force(phrase, at))}
    context.silent += 1
    for at in phrase.find(*FORCES):
        if (force := named_force(phrase, at)) and force != COALITION:
            context.recent = [force, *(told for told in context.recent if told != force)][:RECENT]
    if heads := _heading_force(phrase):
        context.heading = heads
    if named := [at for at in foreign(phrase) if is_military(phrase, at)]:
        context.silent = 0
        alliances = [force for at in named if phrase.mentions[at].has("alliance") and (force := force_at(phrase, at))]
        context.alliance = alliances[-1] if alliances else context.alliance
        context.force = force_at(phrase, named[0])
    if ending := phrase.find(*ENDING):
        context.deed = next(kind for kind in ENDING if phrase.mentions[ending[-1]].has(kind))


def _heading_year(phrase: Phrase) -> int | None:
    """The year that a sentence begins with as a heading ("2008: ...", "2011, 18 December.")."""
    if not phrase.mentions or phrase.mentions[0].start > phrase.start + len("- "):
        return None
    first = phrase.mentions[0]
    year = first.get("number").low if first.has("number") else first.get("date").year if first.has("date") else None
    ends = phrase.text[first.end : first.end + 2].strip()[:1]
    return year if year in YEARS and (first.end >= phrase.end or ends in HEADING_ENDS) else None


def _heading_force(phrase: Phrase) -> str | None:
    """The force that a line consists of, as the heading of what follows ("NORWAY")."""
    if phrase.end - phrase.start > HEADING:
        return None
    forces = {force for at in phrase.find(*FORCES) if (force := named_force(phrase, at))}
    return forces.pop() if len(forces) == 1 else None


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
