"""Where: the places that a sentence names or points to, and lists of them."""

from __future__ import annotations

from extract.context import DEEDS, PLACES, Context
from extract.judge import Signs
from extract.owners import GUESTS, foreign, is_force, theatres
from extract.reading import Phrase
from extract.tables import places

# What a list of places may hold between them.
LIST_WORDS = ("site", "link", "prep", "anaphor", "full", "strength", "including")
# So many of the bases named last are remembered.
LAST = 3
# The region in which a country's capital lies.
CAPITALS = {"IQ": "IQ-BG", "SY": "SY-DI"}
# A sentence of so few words with a date is an entry of a list ("K1, 29/03/2020").
ENTRY = 6
# What opens a sentence is told of by a verb even this many words farther on.
OPENING = 16


def country_of(place: str | None) -> str | None:
    """The country that a place of the gazetteer lies in."""
    return places().get(place or "", {}).get("country")


def parent_of(place: str | None) -> str | None:
    """The place one level up."""
    return places().get(place or "", {}).get("parent")


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
        return base_at(phrase, at) is not None
    if mention.has("alliance"):
        return False
    if mention.has("country") and mention.has("nation"):
        return not is_force(phrase, at)
    return True


def base_id(phrase: Phrase, at: int) -> str:
    """The id of the base, or of the base that has the town's name, of a mention."""
    return str(phrase.mentions[at].get("base", "town"))


def base_at(phrase: Phrase, at: int) -> str | None:
    """The base that a mention names; a name that is also a town's counts where it was judged to be the base's."""
    return base_id(phrase, at) if phrase.mentions[at].has("base") or at in phrase.bases else None


def town_signs(phrase: Phrase, at: int, context: Context) -> Signs:
    """Signs that a name that is also a town's is a base's: how it is told, with what it is listed."""
    town = base_id(phrase, at)
    called = any(i > at and phrase.mentions[i].get("anaphor") == "base" for i in phrase.find("anaphor"))
    return {
        "known": float(town in context.known),
        "called a base": float(called),
        "site word near": float(bool(phrase.near(at, 4, "site"))),
        "listed with a base": float(_listed_with_base(phrase, at)),
        "holds forces": float(_holds_forces(phrase, at, context)),
        "surname": float(_is_surname(phrase, at)),
    }


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
    bases = [base for i in named if (base := base_at(phrase, i))]
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
    return base_at(phrase, at) or place_id(phrase, at)


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
    bases = [base for at in phrase.find("base", "town") if (base := base_at(phrase, at))]
    if bases:
        context.bases = bases
        context.known.update(bases)
        told = dict.fromkeys(reversed([*context.recent_bases, *bases]))
        context.recent_bases = list(told)[:LAST]
    named = [place_id(phrase, at) for at in phrase.sites if not phrase.mentions[at].has("anaphor", "wide")]
    held = [place for place in named if country_of(place) in theatres() - GUESTS]
    regions = [place for place in held if places()[place]["kind"] == "region"]
    context.region = regions[-1] if regions else context.region
    context.unplaced = 0 if held else context.unplaced + 1
    if held:
        context.place = bases[0] if bases else held[0]
        context.country = country_of(held[0]) or context.country
