"""What a sentence says was, is or will be done: the deed nearest to a word, and its time."""

from __future__ import annotations

from datetime import timedelta

from extract.context import DEEDS, Context
from extract.dates import DateRead
from extract.judge import Signs
from extract.owners import prep_before
from extract.reading import Phrase, once
from extract.resolve import resolve_date
from extract.signs import deed_kind, deed_signs

# How near, in words, a "will", "had" or "not" must stand to a deed to speak of it.
MODAL_REACH = 6
# How far a denial reaches, in words.
DENIAL_REACH = 20
# "had", "was" say less than the verb they help: they count as this many words farther away.
AUXILIARY = 6
# A deed farther away, in words, is another one's.
FAR = 40
# A date this near, in words, says when a state holds; a state of fewer days ago is still told as present.
DATE_REACH, RECENT = 14, timedelta(days=25)


def nearest_deed(phrase: Phrase, at: int) -> int | None:
    """The deed nearest to ``at`` in its clause, those before it preferred; None if none is near."""

    def cost(i: int) -> float:
        auxiliary = phrase.mentions[i].has("modal") and not phrase.mentions[i].has("stay")
        return phrase.distance(i, at) + (1.5 if i > at else 0) + (AUXILIARY if auxiliary else 0)

    found = [i for i in phrase.find(*DEEDS) if i != at and phrase.same_clause(i, at) and cost(i) <= FAR]
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
    return any(i < at and phrase.same_clause(i, at) and phrase.distance(i, at) <= 4 for i in phrase.find("neg")) or (
        phrase.mentions[at].has("neg")
    )


def denied(phrase: Phrase, at: int) -> bool:
    """Whether the sentence denies what it tells at ``at``: before it, or behind it with nothing else denied."""
    for i in phrase.find("deny"):
        own_clause = any(m.get("link") == "that" for m in phrase.mentions[i + 1 : i + 3])
        if phrase.distance(i, at) <= DENIAL_REACH and (i < at or not own_clause):
            return True
    return False


def form(phrase: Phrase, at: int) -> str:
    """The form of a deed: done, will, now, base, noun or empty."""
    return str(phrase.mentions[at].get(deed_kind(phrase, at)) or "")


def is_done(phrase: Phrase, at: int) -> bool | None:
    """Whether the deed at ``at`` is told as done (True), as planned (False) or without saying (None)."""
    shape, near = form(phrase, at), modals(phrase, at)
    if shape == "will":
        return False
    if "plan" in near and not (shape == "done" and "past" in near):
        return False
    if shape == "done":
        return not negated(phrase, at)
    if shape in ("base", "now"):
        return False
    if any(phrase.mentions[i].has("end") and form(phrase, i) == "done" for i in phrase.near(at, 4, "end")):
        return True
    after = phrase.touches(at - 1, at) and phrase.mentions[at - 1].get("bound") == "after"
    return True if after else None


def told_time(phrase: Phrase, at: int, context: Context) -> str | None:
    """``past`` or ``planned`` if a date near the mention at ``at`` lies before or after publication."""
    for i in phrase.near(at, DATE_REACH, "date"):
        read: DateRead = phrase.mentions[i].get("date")
        window = (
            None
            if read.bound in ("since", "until", "by")
            else resolve_date(read, context.published, None, context.window)
        )
        if window and context.published - window.end > RECENT:
            return "past"
        if window and window.start > context.published:
            return "planned"
    return None


def times(phrase: Phrase, at: int, context: Context) -> Signs:
    """Signs of the time that the sentence tells at ``at``: the deed nearest to it, modal words, other dates."""
    signs: Signs = {f"time {told_time(phrase, at, context)}": 1.0, "denied": float(denied(phrase, at))}
    for modal in modals(phrase, at):
        signs[f"modal near {modal}"] = 1.0
    deed = nearest_deed(phrase, at)
    if deed is None:
        return signs | {"no deed near": 1.0}
    kind = deed_kind(phrase, deed)
    signs |= deed_signs(phrase, deed, context) | _does(phrase, deed)
    signs[f"does {kind} {'after' if deed > at else 'before'}"] = 1.0
    signs[f"prep {prep_before(phrase, at)} does {kind}"] = 1.0
    return signs


@once
def _does(phrase: Phrase, deed: int) -> Signs:
    """What a deed is, its form, and whether it is told as done, planned or denied."""
    kind, done = deed_kind(phrase, deed), is_done(phrase, deed)
    signs: Signs = {
        f"does {kind}": 1.0,
        f"does {kind}.{form(phrase, deed)}": 1.0,
        f"does {kind} done {done}": 1.0,
        f"does done {done}": 1.0,
        f"does {kind} not": float(negated(phrase, deed)),
    }
    for modal in modals(phrase, deed):
        signs[f"does modal {modal}"] = 1.0
        signs[f"does {kind} modal {modal}"] = 1.0
    return signs
