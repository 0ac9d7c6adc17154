"""Nations that have forces in the coalition, in NATO's mission or on their own."""

from __future__ import annotations

from collections.abc import Iterator

from extract.case import Case
from extract.context import COALITION, Context
from extract.judge import Signs
from extract.model import Fact
from extract.owners import force_at, is_military, listed_forces, named_force, owner, prep_before, speaks
from extract.reading import Phrase
from extract.signs import joined, nearest

ROLES = ("coalition", "nato", "bilateral")


def nations_from(case: Case, counted: set[str | None]) -> Iterator[Fact]:
    """The nation facts of one sentence; ``counted`` are the forces whose troops it numbers."""
    phrase, context = case.phrase, case.context
    owners = {owner(phrase, noun, context) for noun in phrase.find("troop", "body", "person")}
    for group in listed_forces(phrase):
        for at in group:
            force = named_force(phrase, at)
            if force is None or force == COALITION:
                continue
            named_so = _name(phrase, at, len(group)) | {
                "counted": float(force in counted),
                "owner": float(force in owners),
                "is the topic": float(force == context.topic),
                "share": context.share(force),
                "is US": float(force == "US"),
                "is nato": float(force == "nato"),
            }
            if not case.holds("nation", force, joined(nearest(phrase, at), named_so, case.state)):
                continue
            yield case.fact(
                "nation",
                "force-with-troops",
                {at: "force"},
                force=force,
                role=case.sort("nation.role", force, ROLES, named_so | _mission(phrase, at, force, context)),
            )


def _name(phrase: Phrase, at: int, listed: int) -> Signs:
    mention = phrase.mentions[at]
    signs: Signs = {
        "any": 1.0,
        "speaks": float(speaks(phrase, at)),
        "as a force": float(force_at(phrase, at) is not None),
        "army": float(is_military(phrase, at)),
        "listed": float(listed > 1),
        f"prep {prep_before(phrase, at)}": 1.0,
        "with its forces": float(
            any(phrase.mentions[i].get("anaphor") == "force" for i in phrase.near(at, 4, "anaphor"))
        ),
    }
    for kind in ("adjective", "demonym", "nation", "actor", "alliance"):
        signs[f"is {kind}"] = float(mention.has(kind))
    rest = phrase.text[mention.end : phrase.end].lstrip()
    signs["stands alone"] = float(not rest or rest[0] in ",.;:")
    return signs


def _mission(phrase: Phrase, at: int, force: str, context: Context) -> Signs:
    """Which mission is named beside the force, and before."""
    alliance = phrase.nearest(at, "alliance")
    named = force_at(phrase, alliance) if alliance is not None else None
    return {
        f"force {force if force in ('US', 'nato', 'TR', 'RU') else 'other'}": 1.0,
        f"alliance here {named}": 1.0,
        f"alliance told {context.alliance} here {named}": 1.0,
        "article nato": context.share("nato"),
        "article coalition": context.share(COALITION),
    }
