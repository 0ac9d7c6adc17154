"""Military sites that the gazetteer does not have, found by their form ("Camp X", "X Air Base", "قاعدة X الجوية").

They get a slug in Latin letters as their id and no coordinates; ``python -m extract.geocode --unknown`` lists them.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from anyascii import anyascii

from extract.fold import Folded
from extract.lexicon import words_of
from extract.model import Mention

# Letters of a script with capitals show by them what is a name.
LATIN = re.compile(r"[a-z]")
# A name has at most so many letters, one that no capitals show so many words.
LONGEST, UNBROKEN = 60, 2
# The kinds of words that show the form.
FORMS = frozenset(("sitehead", "sitetail"))


@cache
def _names() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """A name directly behind the word for the site, and one directly before it: two words at most."""
    particles = "|".join(map(re.escape, sorted(words_of("nameparticle"), key=len, reverse=True)))
    word = rf"(?:(?:{particles})[ -])?[^\W\d_][^\W_]*(?:['-][^\W_]+)*"
    return re.compile(rf" ({word}(?: {word})?)"), re.compile(rf"({word}(?: {word})?) $")


def with_unlisted(original: str, folded: Folded, mentions: list[Mention]) -> list[Mention]:
    """``mentions`` with each site of unknown name as one mention tagged ``base`` (its slug) and ``unlisted``."""
    found: list[Mention] = []
    if all(FORMS.isdisjoint(mention.tags) for mention in mentions):
        return mentions
    for at, mention in enumerate(mentions):
        before = found[-1].end if found else 0
        span = _name(original, folded, mentions, at, before) if mention.has("sitehead", "sitetail") else None
        if span is None:
            found.append(mention)
            continue
        form = str(mention.get("sitehead", "sitetail"))
        slug = form.replace("*", _slug(folded.text[span[0] : span[1]]) or "unnamed")
        start, end = min(mention.start, span[0]), max(mention.end, span[1])
        found.append(
            replace(mention, start=start, end=end, stem=end, tags={"base": slug, "unlisted": True, "site": ""})
        )
    return found


def _name(original: str, folded: Folded, mentions: list[Mention], at: int, before: int) -> tuple[int, int] | None:
    """Where the unknown name that belongs to the word for a site stands, or None; it does not begin ``before``."""
    mention, text = mentions[at], folded.text
    if mention.has("sitehead"):
        stop = mentions[at + 1].start if at + 1 < len(mentions) else len(text)
        match = _names()[0].match(text, mention.end, stop)
        closed = (
            at + 1 < len(mentions) and mentions[at + 1].has("siteclose") and not text[mention.end : stop].count(",")
        )
    else:
        match = _names()[1].search(text, max(before, mention.start - LONGEST), mention.start)
        closed = False
    if match is None:
        return None
    start, end = match.span(1)
    if not LATIN.match(text, start):
        return _unbroken(text, start, stop) if closed else None
    return _capitals(original, folded, start, end, mention.has("sitehead"))


def _unbroken(text: str, start: int, stop: int) -> tuple[int, int] | None:
    """A name that reaches up to the word that closes it ("... al-Jawwiya")."""
    end = start + len(text[start:stop].rstrip())
    return (start, end) if len(text[start:end].split()) <= UNBROKEN else None


def _capitals(original: str, folded: Folded, start: int, end: int, from_left: bool) -> tuple[int, int] | None:
    """The part of a name that is written in capitals, next to the word for the site; None if there is none."""
    words = [(m.start(), m.end()) for m in re.finditer(r"\S+", folded.text[start:end])]
    words = [(start + a, start + b) for a, b in words]
    named = [original[folded.origin[a]].isupper() for a, _ in words]
    if not any(named) or not (named[0] if from_left else named[-1]):
        return None
    kept = words[: named.index(False)] if from_left and False in named else words
    if not from_left and False in named:
        kept = words[len(named) - named[::-1].index(False) :]
    return kept[0][0], kept[-1][1]


def _slug(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", anyascii(name).lower()).strip("-")
