"""Bases that an article ties to foreign forces, and what it says of the forces there."""

from __future__ import annotations

from collections.abc import Iterator

from extract.deeds import deed_kind, form, is_done, nearest_deed, negated
from extract.context import COALITION, HEADLINE, LOCAL, REACH, Context
from extract.model import Fact
from extract.owners import force_at, force_near, foreign, prep_before, speaks
from extract.reading import Phrase
from extract.sites import base_at

STATUS_DEEDS = ("leave", "hand", "end", "stay", "host", "arrive")


def bases_from(phrase: Phrase, context: Context, start: int, end: int, quote: str) -> Iterator[Fact]:
    """The base facts of one sentence (an article's repeats are merged later)."""
    for at in phrase.find("base", "town"):
        base = base_at(phrase, at, context)
        if base is None:
            continue
        deed = nearest_deed(phrase, at, *STATUS_DEEDS, reach=REACH)
        yield Fact(
            "base", quote, start, end, "site-" + (deed_kind(phrase, deed) if deed is not None else "named"),
            place=base, force=_force(phrase, at, context), status=_status(phrase, at, deed),
            marks=((phrase.mentions[at].start, phrase.mentions[at].end, "place"),),
        )  # fmt: skip


def _force(phrase: Phrase, at: int, context: Context) -> str:
    """Whose forces the base is told to hold: the coalition's if those of several nations or nobody's are named."""
    clause = {force_at(phrase, i) for i in foreign(phrase) if phrase.same_clause(i, at) and not speaks(phrase, i)}
    if len(clause) > 1:
        return COALITION
    if not foreign(phrase):
        return context.force if context.force in HEADLINE else COALITION
    force = force_near(phrase, at, context)
    return COALITION if force == LOCAL else force


def _status(phrase: Phrase, at: int, deed: int | None) -> str:
    if deed is None:
        return "present"
    kind = deed_kind(phrase, deed)
    if kind == "arrive":
        return "arriving" if not negated(phrase, deed) else "present"
    if kind in ("leave", "hand", "end"):
        if prep_before(phrase, at) == "to" and kind == "leave":
            return "arriving"
        if form(phrase, deed) == "done" and negated(phrase, deed):
            return "present"
        return "left" if is_done(phrase, deed) else "leaving"
    return "present"
