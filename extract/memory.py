"""What an article has told so far: what is kept from sentence to sentence, and what the whole is about."""

from __future__ import annotations

from collections import Counter
from datetime import date

from extract.context import COALITION, ENDING, Context, Line
from extract.counts import YEARS
from extract.owners import force_at, foreign, is_military, named_force, named_forces
from extract.reading import Phrase, Reading
from extract.sites import look, place_at

# So many of the forces named last are remembered.
LATELY = 3
# A line of at most so many letters can be a heading; before a year that is one stands at most a dash.
HEADING, DASH = 24, 2
# What a year that is a heading is followed by.
HEADING_ENDS = frozenset(":,.-—–|(")
# Kinds of words whose frequency tells what an article is about, and how many of them say no more.
PROFILE = ("troop", "base", "alliance", "local", "casualty", "leave", "civil", "mission", "date", "number")
MANY = 6


def overview(reading: Reading, published: date) -> Context:
    """The context before the first sentence: the forces and the base that the article is most about."""
    named: Counter[str] = Counter()
    kinds: Counter[str] = Counter()
    bases: Counter[str] = Counter()
    for phrase in reading.phrases:
        named.update(force for at in foreign(phrase) if is_military(phrase, at) and (force := force_at(phrase, at)))
        for kind in PROFILE:
            kinds[kind] += len(phrase.find(kind))
        bases.update(str(phrase.mentions[at].get("base")) for at in phrase.find("base"))
    nations = [force for force, _ in named.most_common() if force != COALITION]
    profile = {f"article {kind}": min(MANY, kinds[kind]) / MANY for kind in PROFILE}
    profile["article forces"] = min(MANY, named.total()) / MANY
    return Context(
        published,
        topic=nations[0] if nations else None,
        topic_place=bases.most_common(1)[0][0] if bases else None,
        named=named,
        profile=profile,
    )


def meet(phrase: Phrase, context: Context) -> None:
    """Takes in what the layout of a sentence says before it is read: a new line, a year as a heading."""
    if phrase.begins:
        context.line = Line()
    context.year = _heading_year(phrase) or context.year


def remember(phrase: Phrase, context: Context, counts: int, dates: int) -> None:
    """Keeps what the sentence names and tells (so many counts and dates) for those that leave it out."""
    look(phrase, context)
    placed = {place_at(phrase, at, context) for at in phrase.sites}
    context.held.update(placed)
    context.placed += len(placed)
    forces = [force for at in named_forces(phrase) if (force := named_force(phrase, at))]
    context.line.places |= placed
    context.line.forces.update(forces)
    context.line.facts += counts + dates
    context.uncounted = 0 if counts else context.uncounted + 1
    context.undated = 0 if dates else context.undated + 1
    for force in forces:
        if force != COALITION:
            context.recent = [force, *(told for told in context.recent if told != force)][:LATELY]
    context.heading = _heading_force(phrase, set(forces)) or context.heading
    _remember_army(phrase, context)
    if ending := phrase.find(*ENDING):
        context.deed = next(kind for kind in ENDING if phrase.mentions[ending[-1]].has(kind))


def _remember_army(phrase: Phrase, context: Context) -> None:
    context.silent += 1
    if named := [at for at in foreign(phrase) if is_military(phrase, at)]:
        context.silent = 0
        alliances = [force for at in named if phrase.mentions[at].has("alliance") and (force := force_at(phrase, at))]
        context.alliance = alliances[-1] if alliances else context.alliance
        context.force = force_at(phrase, named[0])


def _heading_year(phrase: Phrase) -> int | None:
    """The year that a sentence begins with as a heading ("2008: ...", "2011, 18 December.")."""
    first = phrase.mentions[0]
    if first.start > phrase.start + DASH:
        return None
    plain = phrase.text[first.start : first.end].isdigit()
    year = first.get("number").low if first.has("number") and plain else None
    year = first.get("date").year if first.has("date") else year
    ends = phrase.text[first.end : first.end + 2].strip()[:1]
    return year if year in YEARS and (first.end >= phrase.end or ends in HEADING_ENDS) else None


def _heading_force(phrase: Phrase, forces: set[str]) -> str | None:
    """The force that a line consists of, as the heading of what follows ("NORWAY")."""
    alone = phrase.begins and phrase.text[phrase.end : phrase.end + 1] in ("", "\n")
    return forces.pop() if alone and phrase.end - phrase.start <= HEADING and len(forces) == 1 else None
