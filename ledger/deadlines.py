"""Deadlines as of a day: what was promised for a place, whether the day has come, and what was done."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice, pairwise
from typing import Any

from ledger.claims import Claims
from ledger.deeds import Act, Deed, View
from ledger.promises import Standing
from ledger.tellings import NONE, Telling, before, newest, until, window
from ledger.told import HALF, HEADLINE, MOST, SAME_STORY, SAME_TIME, Row, areas_of, at_and_around, kind_of, unique

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Ending:
    """The deeds that end one force's presence at one place, and those that end it in a part (``part``) of it."""

    whole: list[Deed]
    part: list[Deed]


@dataclass(frozen=True)
class Term:
    """The days between which a deed keeps one promise, the deeds that can, and the first day when one did."""

    first: date
    last: date
    deeds: list[Deed]
    met: Act | None

    def keeps(self, day: date, denied: bool) -> bool:
        """Whether a deed of that day is in the history of the promise: it kept it, then or soon after, or is denied."""
        if not self.first <= day <= self.last:
            return False
        return denied or (self.met is not None and self.met.day <= day <= self.met.day + SAME_TIME)


def deadline_lines(claims: Claims, view: View) -> list[Row]:
    """One row a promise (with the history of its day), and one a deed that nobody had announced.

    The columns are those of ``Picture.deadlines``.
    """
    found: list[Row] = []
    for place, force in sorted(claims.plans.keys() | claims.deeds.ended()):
        terms, promised = _promises(claims, place, force, view)
        found += promised
        found += _unannounced(claims, _left_over(claims.deeds.of(place, force), terms, view), view)
    return found


def promised_lines(claims: Claims, place: str, force: str, view: View) -> list[Row]:
    """The rows of what was promised for one force at one place only."""
    return _promises(claims, place, force, view)[1]


def _promises(claims: Claims, place: str, force: str, view: View) -> tuple[list[Term], list[Row]]:
    ending = _ending(claims, place, force, view)
    plans = claims.plans.get((place, force))
    promises = plans.standing(ending.whole, view) if plans else []
    promises.sort(key=lambda promise: promise.end)
    # An earlier phase of a plan speaks of a part of the place, the last one of all of it.
    terms = [
        _term(promise, promises, ending.whole if promise is promises[-1] else ending.whole + ending.part, view)
        for promise in promises
    ]
    return terms, [_promised(promise, term, view) for promise, term in zip(promises, terms, strict=True)]


def _ending(claims: Claims, place: str, force: str, view: View) -> Ending:
    """The deeds that end the presence of ``force`` at ``place``.

    A wider place's end is that of the narrower ones in it, and the coalition's leaving is its members'
    leaving; never the other way round. That a mission ended says of its own force only that its mission
    ended, and of a base that was to be left or handed over nothing. When all of ``force`` has left an area
    (federal Iraq), it has left a part of the place.
    """
    only_leaving = kind_of(place) == "base" and not until(claims.ends.get((place, force), NONE), view.until)
    doers = view.doers(force)
    whole = [
        deed
        for where in at_and_around(place)
        for doer in doers
        for deed in claims.deeds.of(where, doer)
        if deed.leaving or (doer == force and (where == place or not only_leaving))
    ]
    inner = [deed for area in areas_of(place) for doer in doers for deed in claims.deeds.of(area, doer)]
    return Ending(whole, [deed for deed in inner if deed.leaving])


def _term(promise: Standing, phases: list[Standing], deeds: list[Deed], view: View) -> Term:
    """When a deed belongs to ``promise``: near enough, and nearer to it than to an earlier phase of the plan.

    It comes after the promise, or after the window began where that was over when it was first told.
    """
    told = promise.chain[0].tellings[0]
    start, end = window(told.claim)
    first = told.published if told.published <= end else start
    earlier = [phase.end for phase in phases if phase.end < promise.end]
    if earlier:
        half_way = (max(earlier).toordinal() + promise.end.toordinal()) // 2
        first = max(first, date.fromordinal(half_way) + DAY)
    last = promise.end + SAME_STORY
    return Term(first, last, deeds, view.earliest(deeds, first, last))


def _promised(promise: Standing, term: Term, view: View) -> Row:
    chain, core, met = promise.chain, promise.core, term.met
    done, last_done = _done_by(term, view)
    denied = _denied_in(term, view)
    state, late = _state(promise, met, view.as_of)
    replaced = newest(((one.tellings, one.count) for one in chain[:-1]), HALF)
    told = newest(((one.tellings, one.count) for one in chain), HALF)
    again = reversed(newest([(promise.tellings, promise.count)], MOST))
    first = chain[0].tellings[0]
    return _row(core, [*(one.tellings[0] for one in chain), *told, *done, *last_done, *denied]) | {
        "event": met.deed.event or core.claim.event if met else core.claim.event,
        "state": state,
        "promised": True,
        "moved": promise.moved is not None,
        "first_start": chain[0].start,
        "first_end": chain[0].end,
        "first_published": first.published,
        "first_fact": first.fact,
        "announcer": first.speaker or first.source.publisher,
        "met_on": met.day if met else None,
        "days_late": late,
        "facts": _ids([*done, core, *again]),
        "others": _ids([*replaced, *denied])[:HALF],
        "moves": [_move(*pair) for pair in pairwise(chain)],
    }


def _done_by(term: Term, view: View) -> tuple[list[Telling], list[Telling]]:
    """The reports that the promise was kept, in the order of the day by which it was done; and the last one."""
    if not term.met:
        return [], []
    parts = list(view.acts(term.deeds, term.met.day, min(term.last, term.met.day + SAME_TIME)))
    acts = sorted(act for part in parts for act in view.sure(*part, most=HALF))
    last = [act.telling for part in parts if (act := view.last_sure(*part))]
    return [act.telling for act in acts[:HALF]], [max(last)]


def _denied_in(term: Term, view: View) -> list[Telling]:
    """The newest tellings of a deed that would have kept the promise, but are denied."""
    found: list[Telling] = []
    for deed in term.deeds:
        for telling in view.doubted.get((deed.place, deed.force), ()):
            if deed.tells(telling) and term.first <= deed.day(telling) <= term.last:
                found.append(telling)
    return sorted(found)[-HALF:]


def _state(promise: Standing, met: Act | None, as_of: date) -> tuple[str, int | None]:
    """The state of a promise and how many days late it was kept, at most; None while it is not kept."""
    if met and met.begin > promise.end:
        return "met_late", (met.day - promise.end).days
    if met:
        return "met", 0
    if as_of < promise.start:
        return "upcoming", None
    return ("due" if as_of <= promise.end else "passed"), None


def _move(earlier: Standing, later: Standing) -> dict[str, Any]:
    """One line of ``moves``: when a new day was first told, by whom, and which took the place of which."""
    told = later.tellings[0]
    return {
        "published": told.published,
        "publisher": told.source.publisher,
        "announcer": told.speaker or told.source.publisher,
        "from_start": earlier.start,
        "from_end": earlier.end,
        "from_precision": earlier.core.claim.precision,
        "date_start": later.start,
        "date_end": later.end,
        "precision": later.core.claim.precision,
        "fact": told.fact,
    }


def _ids(tellings: list[Telling]) -> list[str]:
    return unique(telling.fact for telling in tellings)[:MOST]


def _left_over(deeds: Iterable[Deed], terms: list[Term], view: View) -> list[Act]:
    """The tellings of deeds (reports on bases apart) that are in the history of no promise, by begin and day."""
    acts = [act for deed in deeds if deed.event is not None for act in _left_of(deed, terms, view)]
    return sorted(acts, key=lambda act: (act.begin, act.day, act.telling))


def _left_of(deed: Deed, terms: list[Term], view: View) -> Iterator[Act]:
    """The tellings of one deed that no promise has; when there are more than ``MOST``, those that bear on it.

    These are the first of each day while its window lasts, the first and the last when it is over, and the
    denied ones.
    """
    count = view.count(deed)
    over = min(before(deed.tellings, deed.end), count)
    days: dict[date, list[Act]] = {}
    for act in view.sure(deed, 0, over, most=over):
        days.setdefault(act.day, []).append(act)
    for day, acts in days.items():
        if not any(term.keeps(day, denied=False) for term in terms):
            yield from acts if count <= MOST else acts[:1]
    if over < count and not any(term.keeps(deed.end, denied=False) for term in terms):
        acts = view.sure(deed, over, count, most=MOST)
        yield from acts
        last = view.last_sure(deed, over, count)
        if last and last != acts[-1]:
            yield last
    for telling in view.doubted.get((deed.place, deed.force), ()):
        if deed.tells(telling) and not any(term.keeps(deed.day(telling), denied=True) for term in terms):
            yield Act(deed.day(telling), telling, deed)


def _unannounced(claims: Claims, acts: list[Act], view: View) -> list[Row]:
    """Rows of deeds without a promise; deeds within ``SAME_TIME`` of each other are one."""
    found: list[list[Act]] = []
    latest = date.min
    for act in acts:
        if found and act.begin <= latest + SAME_TIME:
            found[-1].append(act)
        else:
            found.append([act])
            latest = date.min
        latest = max(latest, act.day)
    return [_done(claims, group, view) for group in found]


def _done(claims: Claims, group: list[Act], view: View) -> Row:
    sure = [act for act in group if act.telling.fact not in view.denied]
    exact = min(sure or group, key=lambda act: (act.day - act.begin, act.day, act.telling))
    told = [act.telling for act in group]
    denials = [
        other.fact
        for act in group
        if act.telling.fact in view.denied
        for other in islice(claims.denials.story(act.deed.place, act.deed.force).denials(act.telling, view.until), HALF)
    ]
    return _row(exact.telling, told) | {
        "state": "met" if sure else "passed",
        "promised": False,
        "moved": False,
        "first_start": window(exact.telling.claim)[0],
        "first_end": exact.telling.claim.date_end,
        "first_published": min(told).published,
        "first_fact": min(told).fact,
        "announcer": None,
        "met_on": exact.day if sure else None,
        "days_late": None,
        "facts": _ids([exact.telling, *(act.telling for act in sure)]),
        "others": unique(denials)[:HALF],
        "moves": [],
    }


def _row(core: Telling, told: list[Telling]) -> Row:
    start, end = window(core.claim)
    claim = core.claim
    history = sorted({telling.fact: telling for telling in told}.values())
    return {
        "place": claim.place,
        "force": claim.force,
        "headline": claim.force in HEADLINE,
        "event": claim.event,
        "date_start": start,
        "date_end": end,
        "precision": claim.precision,
        "published": history[-1].published,
        "history": [_telling(telling) for telling in history],
    }


def _telling(telling: Telling) -> dict[str, Any]:
    """One line of the history; a base reported as left had been left by the day of the report."""
    claim, day = telling.claim, telling.published
    deadline = claim.kind == "deadline"
    return {
        "published": day,
        "publisher": telling.source.publisher,
        "place": claim.place,
        "date_start": claim.date_start if deadline else day,
        "date_end": claim.date_end if deadline else day,
        "precision": claim.precision if deadline else "day",
        "status": claim.status,
        "fact": telling.fact,
    }
