"""Who is reported to say what a sentence tells, in the words of the article."""

from __future__ import annotations

import re
from functools import cache

from extract.lexicon import words_of
from extract.reading import Phrase, Reading

# A speaker's name and office, in words: longer stretches are something else.
LONGEST = 14
# What ends a speaker's name and office.
STOP = re.compile(r"[,:;.\"\n«»“”()—]")
# "The Pentagon: ..." names its speaker within so many words.
HEADING = 8
LETTER = re.compile(r"[^\W\d_]")
# Bullets, signs and blanks around a name.
EDGES = re.compile(r"^\W+|[\s\-']+$")


@cache
def _manner() -> re.Pattern[str]:
    """The words after which no more of the speaker's name comes ("in a statement", "on Monday")."""
    words = sorted(words_of("manner"), key=len, reverse=True)
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, words)) + r")(?!\w)")


def speaker_of(reading: Reading, phrase: Phrase, before: str | None) -> str | None:
    """The speaker that a sentence names, as written; ``before`` again if it only says "he added"; else None."""
    for at in phrase.find("attribution"):
        if name := _after(reading, phrase, at):
            return name
    for at in phrase.find("say"):
        if phrase.mentions[at].has("deny"):
            continue
        after = phrase.mentions[at].get("say") == "after"
        either = (_after, _before) if after else (_before, _after)
        return either[0](reading, phrase, at) or either[1](reading, phrase, at) or before
    return _heading(reading, phrase)


def _after(reading: Reading, phrase: Phrase, at: int) -> str | None:
    start = phrase.mentions[at].end
    later = phrase.mentions[at + 1 :]
    end = next((m.start for m in later if m.get("link") == "that" or m.has("date")), phrase.end)
    for pattern in (STOP, _manner()):
        if match := pattern.search(phrase.text, start, end):
            end = match.start()
    return _name(reading, start, end)


def _before(reading: Reading, phrase: Phrase, at: int) -> str | None:
    end = phrase.mentions[at].start
    stops = [m.end() for m in STOP.finditer(phrase.text, phrase.start, end)]
    stops += [m.end for m in phrase.mentions[:at] if m.has("link", "date")]
    return _name(reading, max([phrase.start, *stops]), end)


def _heading(reading: Reading, phrase: Phrase) -> str | None:
    colon = phrase.text.find(": ", phrase.start, phrase.end)
    if colon < 0 or len(phrase.text[phrase.start : colon].split()) > HEADING or not _names_source(phrase, colon):
        return None
    return _name(reading, phrase.start, colon)


def _names_source(phrase: Phrase, colon: int) -> bool:
    return any(phrase.mentions[i].start < colon for i in phrase.find("source", "actor"))


def _name(reading: Reading, start: int, end: int) -> str | None:
    """The words between two offsets as a name, or None if they are none, a pronoun or too many."""
    folded = EDGES.sub("", reading.text[start:end])
    words = folded.split()
    if not words or len(words) > LONGEST or folded in words_of("pronoun") or not LETTER.search(folded):
        return None
    start = reading.text.index(folded, start)
    return reading.original[reading.origin[start] : reading.origin[start + len(folded)]].strip()
