"""Bases that an article ties to foreign forces, and what it says of the forces there."""

from __future__ import annotations

from collections.abc import Iterator

from extract.context import COALITION, REACH, Context
from extract.deeds import deed_kind, form, is_done, nearest_deed, negated
from extract.model import Fact, Quote
from extract.owners import force_of_deed, foreign, prep_before
from extract.reading import Phrase
from extract.sites import base_at

# A noun this near behind "announced", in words, is what was announced.
SAID_BEFORE = 5
STATUS_DEEDS = ("leave", "hand", "end", "stay", "host", "arrive")


def bases_from(phrase: Phrase, context: Context, quote: Quote) -> Iterator[Fact]:
    """The base facts of one sentence (an article's repeats are merged later)."""
    for at in phrase.find("base", "town"):
        base = base_at(phrase, at, context)
        if base is None:
            continue
        deed = nearest_deed(phrase, at, *STATUS_DEEDS, reach=REACH)
        force = force_of_deed(phrase, at, context)
        if force is None and context.force is None and not foreign(phrase):
            continue  # only local forces are told of
        yield quote.fact(
            "base",
            "site-" + (deed_kind(phrase, deed) if deed is not None else "named"),
            place=base,
            force=force or COALITION,
            status=_status(phrase, at, deed),
            marks=((phrase.mentions[at].start, phrase.mentions[at].end, "place"),),
        )


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
        return "left" if is_done(phrase, deed) or _reported(phrase, deed) else "leaving"
    if kind in ("stay", "host") and [i for i in phrase.near(deed, 4, "neg") if i < deed]:
        return "left"
    if kind == "stay" and [i for i in phrase.near(deed, 8, "leave") if form(phrase, i) == "noun"]:
        return "leaving"
    return "present"


def _reported(phrase: Phrase, deed: int) -> bool:
    """Whether the deed is told as a bare noun of what somebody reports ("announced the exit from")."""
    told = [i for i in phrase.near(deed, SAID_BEFORE, "say") if i < deed]
    return form(phrase, deed) == "noun" and bool(told) and not phrase.near(deed, REACH, "date", "modal", "stay")
