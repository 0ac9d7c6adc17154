"""Nations that have forces in the coalition, in NATO's mission or on their own."""

from __future__ import annotations

from collections.abc import Iterator

from extract.context import COALITION, FORCES, LOCAL, Context
from extract.deeds import denied
from extract.model import Fact, Quote
from extract.owners import force_at, lists_of, owner
from extract.reading import Phrase

# Nations whose forces here are nobody's mission but their own.
BILATERAL = {"TR", "RU"}
# How near a word for troops must stand to a nation's name, in words.
NEAR = 4
# How near "bilateral" must stand to speak of a nation's footing, in words.
FOOTING = 12
# What a people named without a noun does when its forces are meant ("the Italians will leave").
VERBAL = ("link", "modal", "stay", "leave", "host", "arrive", "say")
MOVES = ("leave", "stay", "arrive")


def nations_from(phrase: Phrase, context: Context, counted: set[str | None], quote: Quote) -> Iterator[Fact]:
    """The nation facts of one sentence; ``counted`` are the forces whose troops it numbers."""
    named = [(at, force) for at in phrase.find(*FORCES) if (force := force_at(phrase, at)) not in (None, LOCAL)]
    owners = {owner(phrase, noun, context) for noun in phrase.find("troop", "body", "person")}
    for group in lists_of(phrase, [at for at, _ in named]):
        if not any(_has_forces(phrase, at, context) or force_at(phrase, at) in owners | counted for at in group):
            continue
        for at, force in named:
            if at in group and force and force != COALITION and not denied(phrase, at):
                yield quote.fact(
                    "nation",
                    "force-with-troops",
                    force=force,
                    role=_role(phrase, at, force, context),
                    marks=((phrase.mentions[at].start, phrase.mentions[at].end, "force"),),
                )


def _has_forces(phrase: Phrase, at: int, context: Context) -> bool:
    """Whether the name is a people's, or troops, a mission or "its forces" stand beside it."""
    if phrase.near(at, 2, "civil") and not phrase.near(at, 2, "troop", "body"):
        return False
    if phrase.mentions[at].has("demonym") or _is_people(phrase, at):
        return bool(phrase.find("troop", "body", "mission", "base", "town", "site", *MOVES)) or bool(context.bases)
    if phrase.near(at, 3, "person") or (
        phrase.mentions[at].has("adjective")
        and phrase.near(at, 2, "ofthem", "including")
        and not phrase.near(at, 8, "civil")
    ):
        return True
    if phrase.near(at, NEAR, "troop", "body", "mission", "twotroops", "commander"):
        return True
    if phrase.mentions[at].has("adjective") and (phrase.near(at, NEAR, *MOVES) or _is_counted(phrase, at)):
        return True
    if any(phrase.mentions[i].get("anaphor") == "force" for i in phrase.near(at, NEAR, "anaphor")):
        return True
    return bool(phrase.near(at, 6, "host")) and bool(phrase.near(at, 12, "troop", "body", "alliance"))


def _role(phrase: Phrase, at: int, force: str, context: Context) -> str:
    if force == "nato":
        return "nato"
    if force in BILATERAL:
        return "bilateral"
    if force == "US":
        return "coalition"
    alliance = phrase.nearest(at, "alliance")
    if alliance is None and phrase.near(at, FOOTING, "bilateral"):
        return "bilateral"
    named = force_at(phrase, alliance) if alliance is not None else context.alliance
    return "nato" if named == "nato" else "coalition"


def _is_people(phrase: Phrase, at: int) -> bool:
    """Whether an adjective stands for its people ("the French, who ...", "the Italians and")."""
    rest = phrase.text[phrase.mentions[at].end : phrase.end].lstrip()
    alone = not rest or rest[0] in ",.;:" or (phrase.touches(at, at + 1) and phrase.mentions[at + 1].has(*VERBAL))
    return phrase.mentions[at].has("adjective") and alone


def _is_counted(phrase: Phrase, at: int) -> bool:
    return phrase.touches(at - 1, at) and phrase.mentions[at - 1].has("number")
