"""What a sentence says was, is or will be done: the deed nearest to a word, and its time."""

from __future__ import annotations

from extract.context import DEEDS, OTHER_DEEDS
from extract.reading import Phrase

DONE, PLANNED, PRESENT, PAST = "done", "planned", "present", "past"
AHEAD = {"will"}
# How near, in words, a "will", "had" or "not" must stand to a deed to speak of it.
MODAL_REACH = 6


def deed_kind(phrase: Phrase, at: int) -> str:
    """The kind of deed of a mention (leave, hand, end, ...)."""
    return next((kind for kind in (*DEEDS, *OTHER_DEEDS) if phrase.mentions[at].has(kind)), "mission")


def deeds(phrase: Phrase, *kinds: str) -> list[int]:
    """Where the deeds of these kinds stand (all kinds that matter, if none is given)."""
    return phrase.find(*(kinds or DEEDS))


def nearest_deed(phrase: Phrase, at: int, *kinds: str, reach: int = 40) -> int | None:
    """The deed nearest to ``at``: in its clause first, those before it preferred."""

    def cost(i: int) -> float:
        return phrase.distance(i, at) + (1.5 if i > at else 0)

    found = [i for i in deeds(phrase, *kinds) if i != at and cost(i) <= reach]
    return min(found, key=cost, default=None)


def modals(phrase: Phrase, at: int) -> set[str]:
    """The modal words (plan, past, now) that stand near the deed at ``at``, in its clause."""
    near = set()
    for i in phrase.find("modal"):
        if phrase.same_clause(i, at) and phrase.distance(i, at) <= MODAL_REACH:
            near.add(str(phrase.mentions[i].get("modal")))
    return near


def negated(phrase: Phrase, at: int) -> bool:
    """Whether a "not" stands before the deed at ``at``, within a few words of its clause."""
    return any(
        i < at and phrase.same_clause(i, at) and phrase.distance(i, at) <= 4 for i in phrase.find("neg")
    ) or (phrase.mentions[at].has("neg"))


def denied(phrase: Phrase, at: int) -> bool:
    """Whether the sentence denies what it tells at ``at``."""
    return any(phrase.distance(i, at) <= 20 for i in phrase.find("deny"))


def form(phrase: Phrase, at: int) -> str:
    """The form of a deed: done, will, now, base, noun or empty."""
    return str(phrase.mentions[at].get(deed_kind(phrase, at)) or "")


def is_done(phrase: Phrase, at: int) -> bool | None:
    """Whether the deed at ``at`` is told as done (True), as planned (False) or without saying (None)."""
    shape, near = form(phrase, at), modals(phrase, at)
    if shape in AHEAD:
        return False
    if "plan" in near and not (shape == "done" and "past" in near):
        return False
    if shape == "done":
        return not negated(phrase, at)
    if shape in ("base", "now"):
        return False
    return None
