"""Words from outside made safe to keep: no controls, no half characters, no marks that turn the writing round."""

from __future__ import annotations

import re

from urllib3.exceptions import LocationParseError
from urllib3.util import parse_url

# Controls but tab and line feed, and halves of characters, which no database takes.
CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
HALVES = re.compile(r"[\ud800-\udfff]")
# Embeddings, overrides and isolates (Unicode annex 9): one left open turns round what stands beside a short field.
DIRECTIONS = re.compile(r"[\u202a-\u202e\u2066-\u2069\ufeff]")
# In a text embeddings end with its paragraph; only overrides, which turn letters and digits round, go.
OVERRIDES = re.compile(r"[\u202d\u202e]")
# No letters, and no XML.
NO_LETTERS = re.compile(r"[\ufffe\uffff]")
# The longest title, publisher or id, and the longest address that browsers take.
LINE, ADDRESS = 500, 2_000


def one_line(words: str) -> str:
    """``words`` on one line without controls and marks of direction, at most 500 characters."""
    words = HALVES.sub("\ufffd", DIRECTIONS.sub("", words))
    words = " ".join(CONTROLS.sub(" ", words).split())
    return words if len(words) <= LINE else f"{words[: LINE - 1]}…"


def body(text: str) -> str:
    """A text whose lines end in a line feed, without controls and overrides; nothing else is altered."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x0b", "\n").replace("\x0c", "\n")
    return HALVES.sub("\ufffd", OVERRIDES.sub("", CONTROLS.sub("", text)))


def web_address(url: str) -> str | None:
    """The address of a page, http or https without a password; None for what is none (javascript:, file: ...)."""
    url = one_line(url) if len(url) <= LINE else DIRECTIONS.sub("", url)
    if len(url) > ADDRESS or re.search(r"\s", url) or CONTROLS.search(url) or HALVES.search(url):
        return None
    try:
        parts = parse_url(url)
    except LocationParseError:
        return None
    return url if parts.scheme in ("http", "https") and parts.host and not parts.auth else None


def shown(text: str) -> str:
    """``text`` as a calendar, a feed or a sheet takes it: without controls and all that turns the writing round."""
    return NO_LETTERS.sub("", DIRECTIONS.sub("", body(text)))
