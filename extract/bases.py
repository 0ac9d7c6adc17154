"""Bases that an article ties to foreign forces, and what it says of the forces there."""

from __future__ import annotations

from collections.abc import Iterator

from extract.candidates import forces_for
from extract.case import Case
from extract.deeds import times
from extract.judge import Signs
from extract.model import Fact
from extract.owners import prep_before
from extract.signs import beside, joined, nearest
from extract.sites import base_id, town_signs

# The sentence names the base and says nothing of the forces there.
UNSAID = "unsaid"
STATUSES = (UNSAID, "present", "arriving", "leaving", "left")


def bases_read(case: Case) -> dict[int, Signs]:
    """Where the sentence names bases of foreign forces, with the signs of it."""
    phrase = case.phrase
    signs = {at: _signs(case, at) for at in phrase.find("base", "town")}
    return {at: signs[at] for at in signs if case.holds("base", base_id(phrase, at), signs[at])}


def bases_from(case: Case, held: dict[int, Signs]) -> Iterator[Fact]:
    """The base facts of one sentence (an article's repeats are merged later); status None: nothing is said here."""
    phrase, context = case.phrase, case.context
    for at, signs in held.items():
        base = base_id(phrase, at)
        status = case.sort("base.status", base, STATUSES, signs | beside(phrase, at) | times(phrase, at, context))
        yield case.fact(
            "base",
            f"site-{status}",
            {at: "place"},
            place=base,
            force=case.pick("base.force", base, forces_for(phrase, {"site": at}, context)),
            status=None if status == UNSAID else status,
        )


def _signs(case: Case, at: int) -> Signs:
    phrase = case.phrase
    mention = phrase.mentions[at]
    own = {
        "any": 1.0,
        "is a town": float(mention.has("town")),
        f"prep {prep_before(phrase, at)}": 1.0,
    }
    return joined(nearest(phrase, at), own, town_signs(phrase, at, case.context), case.state)
