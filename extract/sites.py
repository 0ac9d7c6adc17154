"""Where: the places that a sentence names or points to, and which of them a number belongs to."""

from __future__ import annotations

from extract.context import DEEDS, PLACES, REACH, Context
from extract.lexicon import gazetteer
from extract.owners import GUESTS, foreign, is_force, prep_before, theatres
from extract.reading import Phrase

# What a list of places may hold between them.
LIST_WORDS = ("site", "link", "prep", "anaphor", "full", "strength", "including")
# The region in which a country's capital lies.
CAPITALS = {"IQ": "IQ-BG", "SY": "SY-DI"}
# A sentence of so few words with a date is an entry of a list ("K1, 29/03/2020").
ENTRY = 6
# What opens a sentence is told of by a verb even this many words farther on.
OPENING = 16


def country_of(place: str | None) -> str | None:
    """The country that a place of the gazetteer lies in."""
    return gazetteer().get(place or "", {}).get("country")


def parent_of(place: str | None) -> str | None:
    """The place one level up."""
    return gazetteer().get(place or "", {}).get("parent")


def place_id(phrase: Phrase, at: int) -> str:
    """The place id of a mention."""
    return str(phrase.mentions[at].get(*PLACES) or "")


def sites(phrase: Phrase, context: Context) -> list[int]:
    """Where the sentence names or points to places, landmarks and mere "in Anbar" behind a base left out."""
    found: list[int] = []
    for at in phrase.find(*PLACES, "anaphor", "wide"):
        if not _is_site(phrase, at, context, found):
            continue
        if found and _says_where(phrase, found[-1], at):
            continue
        found.append(at)
    return found


def _is_site(phrase: Phrase, at: int, context: Context, before: list[int]) -> bool:
    mention = phrase.mentions[at]
    if mention.get("anaphor") == "it" and not (
        phrase.touches(at - 1, at) and phrase.mentions[at - 1].has("leave", "hand", "arrive", "prep")
    ):
        return False
    if mention.has("anaphor"):
        return _meant(phrase, at, context, before) is not None
    if mention.has("base", "town"):
        return base_at(phrase, at, context) is not None
    if mention.has("alliance"):
        return False
    if mention.has("country") and mention.has("nation"):
        return not is_force(phrase, at)
    return True


def base_at(phrase: Phrase, at: int, context: Context) -> str | None:
    """The base that a mention names.

    A name that is also a town's counts where the article has called it a base before, a site word stands
    beside it, it is listed with a base, or forces are told to leave it or to be at it.
    """
    mention = phrase.mentions[at]
    if mention.has("base"):
        return str(mention.get("base"))
    town = mention.get("town")
    if not town or _is_surname(phrase, at):
        return None
    called = any(i > at and phrase.mentions[i].get("anaphor") == "base" for i in phrase.find("anaphor"))
    known = town in context.known or called or phrase.near(at, 4, "site") or _listed_with_base(phrase, at)
    return str(town) if known or _holds_forces(phrase, at, context) else None


def _is_surname(phrase: Phrase, at: int) -> bool:
    """Whether a word that the reader does not know stands directly before the name: a person's first name."""
    start = phrase.mentions[at - 1].end if at else phrase.start
    gap = phrase.text[start : phrase.mentions[at].start]
    own_particle = bool(phrase.mentions[at].before - {"the"})
    named = gap.endswith(" ") and bool(gap.split()) and gap.split()[-1].isalpha()
    return named and not own_particle and not phrase.near(at, 2, "site")


def _listed_with_base(phrase: Phrase, at: int) -> bool:
    near = phrase.near(at, 7, "base", "town")
    return any(phrase.mentions[i].has("base") or phrase.near(i, 4, "site") for i in near)


def _holds_forces(phrase: Phrase, at: int, context: Context) -> bool:
    """Whether foreign forces leave, keep or hand over what the mention names, or are told to be at it."""
    forces = foreign(phrase)
    if not forces and context.force is None:
        return False
    words = len(phrase.text[phrase.start : phrase.end].split())
    if phrase.near(
        at, OPENING if at == 0 or not phrase.same_clause(at - 1, at) else 3, "leave", "hand", "stay", "arrive"
    ) or (words <= ENTRY and phrase.find("date")):
        return True
    counted = () if phrase.near(at, ENTRY, "event", "casualty") else ("number",)
    told = [i for i in phrase.near(at, 5, "troop", "body", "person", *counted) if i < at]
    return bool(forces and told) and not phrase.near(at, 5, "local")


def _meant(phrase: Phrase, at: int, context: Context, before: list[int]) -> str | None:
    """The place that "the country", "the base", "there" or "the capital" stands for, or None."""
    kind = phrase.mentions[at].get("anaphor")
    if kind == "country":
        return context.country
    named = [i for i in before if i < at and not phrase.mentions[i].has("anaphor", "wide")]
    if kind == "city":
        regions = [place_id(phrase, i) for i in named if phrase.mentions[i].has("region")]
        return regions[-1] if regions else context.region or CAPITALS.get(context.country)
    bases = [base for i in named if (base := base_at(phrase, i, context))]
    if kind == "base":
        return bases[-1] if bases else (context.bases[0] if context.bases else None)
    if kind in ("there", "it"):
        return bases[-1] if bases else (place_id(phrase, named[-1]) if named else context.place)
    return None


def place_at(phrase: Phrase, at: int, context: Context) -> str | None:
    """The place that the site at ``at`` stands for; None for what is wider than a country."""
    mention = phrase.mentions[at]
    if mention.has("wide"):
        return None
    if mention.has("anaphor"):
        return _meant(phrase, at, context, phrase.sites)
    return base_at(phrase, at, context) or place_id(phrase, at)


def site_of(phrase: Phrase, at: int, numbers: list[int]) -> int | None:
    """The site that the number at ``at`` is told of, or None if none is near.

    In a row of numbers and places each number takes the place on the side on which the row has them.
    """

    def cost(i: int) -> float:
        weight: float = phrase.distance(i, at) + (0 if i > at else 3)
        weight += 4 * (phrase.mentions[i].get("anaphor") == "there")
        weight += 10 * any(min(i, at) < n < max(i, at) for n in numbers)
        weight += 20 * any(
            phrase.mentions[f].has("fraction") for f in phrase.near(i, 4, "fraction") if min(i, at) < f < max(i, at)
        )
        weight += 20 * (prep_before(phrase, i) == "from" and bool(phrase.near(i, 3, "arrive")))
        return weight + 4 * (prep_before(phrase, i) == "to") + 8 * (i > at and places_first)

    places_first = _places_first(phrase, numbers)
    best = min(phrase.sites, key=cost, default=None)
    if best is None or cost(best) > (REACH if best > at else 2 * REACH):
        return None
    return best


def _places_first(phrase: Phrase, numbers: list[int]) -> bool:
    """Whether a row of numbers has each place before its number ("Kuwait hosts 13,500 and Bahrain 9,000")."""
    if len(numbers) < 2 or not phrase.sites:
        return False
    return phrase.sites[0] < numbers[0] and phrase.sites[-1] < numbers[-1] and phrase.sites[-1] > numbers[0]


def listed(phrase: Phrase, at: int) -> list[int]:
    """The sites that stand in one list with the one at ``at`` ("Baghdad and Anbar"), ``at`` among them."""
    where, group = phrase.sites.index(at), [at]
    for i in phrase.sites[where + 1 :]:
        same = _same_base(phrase, group[-1], i)
        if not same and not _continues(phrase, group[-1], i):
            break
        group.append(i)
    for i in reversed(phrase.sites[:where]):
        if not _continues(phrase, i, group[0]):
            break
        group.insert(0, i)
    return group


def _same_base(phrase: Phrase, left: int, right: int) -> bool:
    """Whether two names of one base stand side by side ("Camp Victoria at Baghdad airport")."""
    base = phrase.mentions[left].get("base", "town")
    return base is not None and base == phrase.mentions[right].get("base", "town")


def _continues(phrase: Phrase, left: int, right: int) -> bool:
    """Whether the place at ``right`` continues the list that the one at ``left`` is in."""
    between = phrase.mentions[left + 1 : right]
    if phrase.mentions[left].has("anaphor") or phrase.mentions[right].has("anaphor"):
        return False
    if any(not m.has(*LIST_WORDS, *PLACES) or (m.has(*DEEDS) and not m.has("site", "including")) for m in between):
        return False
    gap = phrase.gap(left, right)
    linked = any(m.has("link", "including") or "and" in m.before for m in (*between, phrase.mentions[right]))
    known_only = len(gap.split()) <= len(between)
    joined = linked or "," in gap or not known_only
    words = len(gap.split())
    return joined and words <= 6 + sum(m.has(*PLACES) for m in between) and phrase.same_clause(left, right)


def _says_where(phrase: Phrase, left: int, at: int) -> bool:
    """Whether the place at ``at`` only tells where the base at ``left`` is ("Harir, in Erbil")."""
    mention, before = phrase.mentions[at], phrase.mentions[left]
    if not mention.has("region", "country") or "and" in mention.before or not before.has("base", "town", "area"):
        return False
    between = phrase.mentions[left + 1 : at]
    words = len(phrase.text[before.end : mention.start].split())
    return words <= 4 and all(m.has("prep", "site", "full") for m in between)


def look(phrase: Phrase, context: Context) -> None:
    """Remembers the places of a sentence for the ones that follow."""
    bases = [base for at in phrase.find("base", "town") if (base := base_at(phrase, at, context))]
    if bases:
        context.bases = bases
        context.known.update(bases)
    places = [place_id(phrase, at) for at in phrase.sites if not phrase.mentions[at].has("anaphor", "wide")]
    held = [place for place in places if country_of(place) in theatres() - GUESTS]
    regions = [place for place in held if gazetteer()[place]["kind"] == "region"]
    context.region = regions[-1] if regions else context.region
    if held:
        context.place = bases[0] if bases else held[0]
        context.country = country_of(held[0]) or context.country
