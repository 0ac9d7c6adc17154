"""Whose and where: the forces and the places that a number, a date or a site can belong to, with their signs."""

from __future__ import annotations

from extract.context import COALITION, Context
from extract.judge import Signs
from extract.owners import force_at, is_military, is_own, listed_forces, named_force, named_forces, prep_before, speaks
from extract.reading import Phrase, once
from extract.signs import between, each, joined, step, told
from extract.sites import country_of, listed, parent_of, place_at
from extract.tables import places

Anchors = dict[str, int]
Place = str | None


def forces_for(phrase: Phrase, anchors: Anchors, context: Context) -> dict[str, Signs]:
    """The forces that what stands at the anchors can belong to: those named, told of before, or the coalition."""
    named, main = named_forces(phrase), next(iter(anchors.values()))
    owned = _has_own(phrase, anchors)
    where: dict[str, int] = {}
    for at in sorted(named, key=lambda i: (phrase.distance(i, main), -i)):
        where.setdefault(str(named_force(phrase, at)), at)
    options: dict[str, list[Signs]] = {COALITION: [_unnamed(phrase, named, main, owned)]}
    for force, at in where.items():
        options.setdefault(force, []).append(_named(phrase, at, named, anchors) | {"owned": float(owned)})
    for force, signs in _told(phrase, named, owned, context):
        options.setdefault(force, []).append(signs)
    return {force: joined(*signs) for force, signs in options.items()}


def _named(phrase: Phrase, at: int, named: list[int], anchors: Anchors) -> Signs:
    """The signs that the force named at ``at`` is the one of what stands at the anchors."""
    main = next(iter(anchors.values()))
    signs = dict(_named_alone(phrase, at, named))
    prep = prep_before(phrase, at)
    for name, anchor in anchors.items():
        if anchor == at:
            signs[f"{name} itself"] = 1.0
            continue
        signs |= between(phrase, anchor, at, f"{name} ")
        side = "after" if at > anchor else "before"
        signs |= each(told(phrase)[at].names, f"{name} {side} is")
        signs[f"{name} {side} prep {prep}"] = 1.0
        signs[f"{name} {side} touching"] = float(phrase.touches(min(at, anchor), max(at, anchor)))
    before, after = [i for i in named if i < main], [i for i in named if i > main]
    signs["nearest before"] = float(bool(before) and at == before[-1])
    signs["nearest after"] = float(bool(after) and at == after[0])
    signs["nearest"] = float(at == min(named, key=lambda i: phrase.distance(i, main)))
    return signs


@once
def _named_alone(phrase: Phrase, at: int, named: list[int]) -> Signs:
    """What tells of a name of a force whatever it may belong to."""
    group = next(group for group in listed_forces(phrase) if at in group)
    return {
        "named": 1.0,
        "named speaks": float(speaks(phrase, at)),
        "named army": float(is_military(phrase, at)),
        "named as a force": float(force_at(phrase, at) is not None),
        "first named": float(at == named[0]),
        "only one named": float(len(named) == 1),
        "in a list": float(len(group) > 1),
        **_neighbours(phrase, at, "named"),
    }


def _neighbours(phrase: Phrase, at: int, prefix: str) -> Signs:
    """The kinds of the mentions directly before and behind ``at``."""
    signs: Signs = {}
    for neighbour, where in ((at + 1, "next"), (at - 1, "previous")):
        if 0 <= neighbour < len(phrase.mentions):
            signs |= each(told(phrase)[neighbour].names, f"{prefix} {where}")
    return signs


def _has_own(phrase: Phrase, anchors: Anchors) -> bool:
    """Whether "its", "their" stand near an anchor."""
    return any(
        is_own(phrase, i)
        for anchor in anchors.values()
        for i in (anchor, *phrase.near(anchor, 5, "body", "troop", "own", "mission", "leave", "strength"))
    )


def _unnamed(phrase: Phrase, named: list[int], main: int, owned: bool) -> Signs:
    several = [group for group in listed_forces(phrase) if len({named_force(phrase, i) for i in group}) > 1]
    near = min((phrase.distance(i, main) for group in several for i in group), default=None)
    return {
        "unnamed": 1.0,
        f"unnamed of {min(3, len({named_force(phrase, i) for i in named}))}": 1.0,
        f"unnamed list {'none' if near is None else step(near)}": 1.0,
        "unnamed owned": float(owned),
        "unnamed anaphor": float(bool(phrase.find("anaphor"))),
        "unnamed foreign": float(bool(phrase.near(main, 6, "other", "nations"))),
    }


def _told(phrase: Phrase, named: list[int], owned: bool, context: Context) -> list[tuple[str, Signs]]:
    """Forces that the article told of before."""
    here, silent = min(2, len(named)), min(4, context.silent)
    pointed, rest = float(bool(phrase.find("anaphor"))), float(bool(phrase.find("ofthem", "other")))
    counted = context.count.force if context.count is not None else None
    about = [("last", context.force), ("alliance", context.alliance), ("counted", counted), ("topic", context.topic)]
    about += [("heading", context.heading), *((f"recent {ago}", force) for ago, force in enumerate(context.recent))]
    return [
        (
            force,
            {
                name: 1.0,
                f"{name} of {here}": 1.0,
                f"{name} silent {silent} of {here}": 1.0,
                f"{name} owned of {here}": float(owned),
                f"{name} is {_sort(force)} of {here}": 1.0,
                f"{name} share of {here}": context.share(force),
                f"{name} line of {here}": float(force in context.line.forces),
                f"{name} anaphor of {here}": pointed,
                f"{name} them of {here}": rest,
            },
        )
        for name, force in about
        if force
    ]


def _sort(force: str) -> str:
    return force if force in (COALITION, "nato", "US") else "nation"


def places_for(
    phrase: Phrase, anchors: Anchors, rivals: list[int], context: Context
) -> dict[Place, tuple[Signs, int | None]]:
    """The places that what stands at the anchors can belong to, each with where it is named (None: not here).

    ``rivals`` are other numbers or dates, which have places of their own.
    """
    main = next(iter(anchors.values()))
    where: dict[Place, int] = {}
    for at in sorted(phrase.sites, key=lambda i: (phrase.distance(i, main), -i)):
        where.setdefault(place_at(phrase, at, context), at)
    options: dict[Place, list[Signs]] = {
        place: [_site(phrase, at, anchors, rivals, context)] for place, at in where.items()
    }
    for place, signs in _known(phrase, where, context):
        options.setdefault(place, []).append(signs)
    return {place: (joined(*signs), where.get(place)) for place, signs in options.items()}


def _site(phrase: Phrase, at: int, anchors: Anchors, rivals: list[int], context: Context) -> Signs:
    """The signs that the site at ``at`` is the one of what stands at the anchors."""
    sites, main = phrase.sites, next(iter(anchors.values()))
    kind, prep = _kind(place_at(phrase, at, context)), prep_before(phrase, at)
    signs = dict(_site_alone(phrase, at, context))
    for name, anchor in anchors.items():
        if anchor == at:
            continue
        side = "after" if at > anchor else "before"
        signs |= between(phrase, anchor, at, f"{name} ")
        signs[f"{name} {side} {kind}"] = 1.0
        signs[f"{name} {side} prep {prep}"] = 1.0
        signs[f"{name} prep {prep} {kind}"] = 1.0
        low, high = min(at, anchor), max(at, anchor)
        signs[f"{name} {side} past a rival"] = float(any(low < i < high for i in rivals))
        signs[f"{name} {side} past a site"] = float(any(low < i < high for i in sites))
    before, after = [i for i in sites if i < main], [i for i in sites if i > main]
    side = "after" if at > main else "before"
    signs["nearest site before"] = float(bool(before) and at == before[-1])
    signs["nearest site after"] = float(bool(after) and at == after[0])
    signs["nearest site"] = float(at == min(sites, key=lambda i: phrase.distance(i, main)))
    signs[f"site in a list {side}"] = signs["site in a list"]
    if len(rivals) > 1:
        ahead = sites[0] < rivals[0] and rivals[0] < sites[-1] < rivals[-1]
        signs[f"row {'places' if ahead else 'rivals'} first {side}"] = 1.0
    return signs


@once
def _site_alone(phrase: Phrase, at: int, context: Context) -> Signs:
    """What tells of a site whatever may be told of it."""
    here, group = place_at(phrase, at, context), listed(phrase, at)
    signs: Signs = {
        "site": 1.0,
        f"site {_kind(here)}": 1.0,
        "site anaphor": float(phrase.mentions[at].has("anaphor")),
        "first site": float(at == phrase.sites[0]),
        "site in a list": float(len(group) > 1),
        "site opens a list": float(len(group) > 1 and at == group[0]),
        **_neighbours(phrase, at, "site"),
    }
    signs |= each(told(phrase)[at].names, "site is")
    for other in phrase.sites:
        there = place_at(phrase, other, context)
        close = step(phrase.distance(other, at))
        if there != here and here in (country_of(there), parent_of(there)):
            signs |= {"site holds another": 1.0, f"site holds another {close}": 1.0}
        if there != here and there in (country_of(here), parent_of(here)):
            signs |= {"site is held": 1.0, f"site is held {close}": 1.0}
    return signs


def _kind(place: Place) -> str:
    row = places().get(place or "")
    return row["kind"] if row else ("none" if place is None else "base")


def _known(phrase: Phrase, where: dict[Place, int], context: Context) -> list[tuple[Place, Signs]]:
    """Places that the sentence need not name: those of the sentences before, the country, no place at all."""
    kinds = {_kind(place) for place in where}
    state = "site" if "base" in kinds else "land" if kinds - {"none"} else "no"
    about: list[tuple[str, Place]] = [
        ("last", context.place),
        ("base", context.bases[0] if context.bases else None),
        ("region", context.region),
        ("topic", context.topic_place),
        ("country", context.country),
        *((f"recent {ago}", base) for ago, base in enumerate(context.recent_bases)),
    ]
    named: list[tuple[str, Place]] = [(name, place) for name, place in about if place]
    if context.count is not None:
        named.append(("counted", context.count.place))
    told_before = [(place, _told_place(phrase, name, place, state, context)) for name, place in named]
    for (name, _), (_, signs) in zip(named, told_before, strict=True):
        signs[f"{name} told {min(2, len(where))}"] = 1.0
    return [*told_before, *_around(phrase, where, state)]


def _told_place(phrase: Phrase, name: str, place: Place, state: str, context: Context) -> Signs:
    """What speaks for a place told of before, by what ``name`` says it was to the article."""
    signs = {
        f"{name} told": 1.0,
        f"{name} told {state}": 1.0,
        f"{name} told silent {min(3, context.silent)} {state}": 1.0,
        f"{name} told {_kind(place)} {state}": 1.0,
        f"{name} told {min(3, context.unplaced)} ago {state}": 1.0,
        f"{name} told share {state}": context.held[place] / max(1, context.placed),
        f"{name} told line {state}": float(place in context.line.places),
    }
    for i in phrase.find("anaphor"):
        signs[f"{name} told {phrase.mentions[i].get('anaphor')}"] = 1.0
    return signs


def _around(phrase: Phrase, where: dict[Place, int], state: str) -> list[tuple[Place, Signs]]:
    """No place at all, and the countries around the places named, for what is told of several."""
    spread = {country_of(place) for place in where} - {None}
    several = "one" if len(where) < 2 else "many"
    bases = min(2, sum(_kind(place) == "base" for place in where))
    nowhere = {
        "no place": 1.0,
        f"no place {state}": 1.0,
        f"no place {several} {len(spread)}": 1.0,
        "no place wide": float(bool(phrase.find("wide"))),
    }
    parts = {
        f"around {bases} {several}": 1.0,
        f"around fraction {bases}": float(bool(phrase.find("fraction"))),
    }
    return [(None, nowhere), *((country, dict(parts)) for country in spread)]
