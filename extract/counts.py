"""Which figures of a sentence count foreign troops."""

from __future__ import annotations

from dataclasses import dataclass

from extract.context import FORCES, LOCAL, PLACES, REACH, Context
from extract.model import Number
from extract.owners import force_at, is_force, prep_before
from extract.reading import Phrase

# Words that may stand between a number and what it counts ("2,500 other US combat troops").
BETWEEN = (
    "adjective",
    "nation",
    "alliance",
    "other",
    "combat",
    "full",
    "modal",
    "ofthem",
    "actor",
    "prep",
    "hedge",
    "number",
    "strength",
)
# What may follow a bare number that counts the troops told of before ("and 900 in Syria").
FOLLOWERS = (
    "prep",
    "base",
    "region",
    "country",
    *FORCES,
    "other",
    "modal",
    "stay",
    "leave",
    "bound",
    "link",
    "anaphor",
    "date",
    "ofthem",
    "hedge",
    "arrive",
    "neg",
    "cut",
    "grow",
    "strength",
)
OTHERS = ("local", "localadj", "nontroop", "casualty")
# A figure without a noun is told of troops from here on; smaller ones are mostly bases, phases or people hurt.
LEAST_BARE = 10
# "2,500 forces" are persons, "two forces" are not.
LEAST_BODY = 50
# A bare figure in this range is a year unless a change of strength leads to it.
YEAR_LIKE = range(1990, 2036)


@dataclass(frozen=True, slots=True)
class Count:
    """A number that counts troops: where it and its noun stand, and the rule that says so."""

    at: int
    noun: int
    rule: str


def counts(phrase: Phrase, context: Context) -> list[Count]:
    """The numbers of a sentence that count foreign troops."""
    found: list[Count] = []
    for at in phrase.find("number", "twotroops"):
        if phrase.touches(at - 1, at) and phrase.mentions[at - 1].has("neg"):
            continue  # "two thousand, not nine hundred"
        noun, rule = _counted(phrase, at, context)
        if not rule:
            noun, rule = _bare(phrase, at, found, context)
        if rule and noun >= 0 and not _casualties(phrase, noun):
            found.append(Count(at, noun, rule))
    return found


def _counted(phrase: Phrase, at: int, context: Context) -> tuple[int, str]:
    """The noun beside the number at ``at`` and the rule; -1 if it counts others, no rule if there is none."""
    if phrase.mentions[at].has("twotroops"):
        return at, "two-troops"
    number: Number = phrase.mentions[at].get("number")
    for here in range(at + 1, min(at + 6, len(phrase.mentions))):
        mention = phrase.mentions[here]
        if not _close(phrase, here):
            break
        if mention.has(*OTHERS, "civil", "source") and not mention.has("troop"):
            return -1, "others"
        if mention.has("ofthem") and number.high == 1:  # "one of them a soldier" counts a victim or an example
            return -1, "others"
        if mention.has("nations") and any(m.has("other") for m in phrase.mentions[at:here]):
            return here, "number-nations"
        if mention.has("demonym") and not _is_military(phrase, context):
            return -1, "others"
        if mention.has("body") and not mention.has("troop") and (number.high or number.low or 0) < LEAST_BODY:
            return -1, "others"  # units, not persons
        if mention.has("troop", "body", "demonym", "person") and not mention.has("number"):
            local = _is_local(phrase, here) or (mention.has("person") and not _of_a_force(phrase, here))
            return (-1, "others") if local else (here, "number-noun")
        if mention.has("number") and phrase.mentions[here - 1].get("prep") != "from":
            break
        if not mention.has(*BETWEEN) or mention.get("prep") in ("in", "to", "at", "with"):
            break
    if at and phrase.touches(at - 1, at) and phrase.mentions[at - 1].has("troop") and not _is_local(phrase, at - 1):
        return at - 1, "noun-number"
    after = phrase.mentions[at + 1] if phrase.touches(at, at + 1) else None
    people = (
        (after is None or after.has("prep", *PLACES))
        and at
        and phrase.touches(at - 1, at)
        and phrase.mentions[at - 1].has("demonym", "adjective")
    )
    if people and phrase.next_is_known(at) and is_force(phrase, at - 1) and _is_military(phrase, context):
        return at - 1, "people-number"
    of = (
        phrase.next_is_known(at)
        and at > 1
        and phrase.touches(at - 2, at - 1)
        and phrase.touches(at - 1, at)
        and prep_before(phrase, at) == "from"
    )
    if of and phrase.mentions[at - 2].has("body"):
        return at - 2, "noun-number"
    return -1, ""


def _is_military(phrase: Phrase, context: Context) -> bool:
    """Whether the sentence or the article so far is about forces: "five Americans" may be professors."""
    told = phrase.find("troop", "base", "town", "alliance", "commander")
    return bool(told) or context.count is not None or bool(context.bases)


def _of_a_force(phrase: Phrase, noun: int) -> bool:
    """Whether people, men, members are told to be a foreign force's."""
    foreign = [i for i in phrase.near(noun, 10, *FORCES) if force_at(phrase, i) not in (None, LOCAL)]
    local = phrase.near(noun, 10, "local", "localadj")
    nearest = min((phrase.distance(i, noun) for i in local), default=REACH)
    return phrase.mentions[noun].after == "own" or any(phrase.distance(i, noun) < nearest for i in foreign)


def _close(phrase: Phrase, here: int) -> bool:
    """Whether at most one unknown word, and no mark, stands before the mention at ``here``."""
    gap = phrase.gap(here - 1, here)
    return not any(mark in gap for mark in ",;:.()") and len(gap.replace("-", " ").split()) <= 1


def _is_local(phrase: Phrase, noun: int) -> bool:
    """Whether "Iraqi", "Kurdish" stand directly before or after the noun."""
    if phrase.mentions[noun].has("local"):
        return True
    after = noun + 1 < len(phrase.mentions) and phrase.touches(noun, noun + 1)
    if after and phrase.mentions[noun + 1].has("localadj"):
        return True
    return noun > 0 and phrase.touches(noun - 1, noun) and phrase.mentions[noun - 1].has("localadj")


def _bare(phrase: Phrase, at: int, found: list[Count], context: Context) -> tuple[int, str]:
    """The rule by which a bare number counts troops ("900 in Syria", "down to 3,000", "5,200 of them")."""
    number: Number = phrase.mentions[at].get("number")
    if not phrase.next_is_known(at):
        return -1, ""
    after = phrase.mentions[at + 1] if phrase.touches(at, at + 1) else None
    if after and not after.has(*FOLLOWERS):
        return -1, ""
    small = (number.high or number.low or 0) < LEAST_BARE
    told = not small and (bool(found) or context.count is not None)
    of_whom = at and phrase.touches(at - 1, at) and phrase.mentions[at - 1].has("ofthem")
    if told and (of_whom or (after and after.has("other", "ofthem"))):
        return at, "number-of-them"
    if after and after.has("adjective", "alliance", "nation") and is_force(phrase, at + 1):
        return (at, "number-adjective") if phrase.next_is_known(at + 1) and _is_military(phrase, context) else (-1, "")
    if _is_year(phrase, at):
        return -1, ""
    noun = _strength(phrase, at)
    if noun is not None and not (found and found[-1].at > noun):
        return noun, "strength-number"
    if found and not small and phrase.distance(found[-1].at, at) <= REACH and (after is None or after.has(*FOLLOWERS)):
        return found[-1].noun if phrase.near(at, REACH, "cut", "grow") else at, "number-list"
    rest = at and phrase.touches(at - 1, at) and phrase.mentions[at - 1].has("full", "other")
    goes_on = after is not None and after.has("stay", "leave", "modal")
    said = at and phrase.touches(at - 1, at) and phrase.mentions[at - 1].has("link", "say")
    if context.count is not None and not small and not found and goes_on and (at == 0 or rest or said):
        return at, "number-of-them"
    return -1, ""


def _is_year(phrase: Phrase, at: int) -> bool:
    mention, number = phrase.mentions[at], phrase.mentions[at].get("number")
    plain = phrase.text[mention.start : mention.end].isdigit() and number.low in YEAR_LIKE
    return plain and not [i for i in phrase.near(at, REACH, "cut", "strength", "grow") if i < at]


def _strength(phrase: Phrase, at: int) -> int | None:
    """The word for troops before the number, if one for strength or its change stands there too."""
    change = [i for i in phrase.near(at, 16, "strength", "cut", "grow", "host", "hedge") if i < at]
    if any(phrase.touches(i, i + 1) and phrase.mentions[i + 1].has("site", "nontroop") for i in change):
        return None
    nouns = [i for i in phrase.near(at, REACH, "troop", "body") if i < at]
    if not nouns and [i for i in change if phrase.mentions[i].has("strength")]:
        nouns = [i for i in phrase.near(at, REACH, "adjective", "demonym", "alliance") if i < at]
    return nouns[-1] if change and nouns and not _is_local(phrase, nouns[-1]) else None


def _casualties(phrase: Phrase, noun: int) -> bool:
    """Whether the nearest thing that happens to the counted is that they were killed or wounded."""
    hurt = phrase.near(noun, 9, "casualty")
    if not hurt:
        return False
    nearest = min(phrase.distance(i, noun) for i in hurt)
    return not any(phrase.distance(i, noun) < nearest for i in phrase.find("leave", "arrive", "cut", "host", "stay"))
