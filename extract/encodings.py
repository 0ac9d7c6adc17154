"""Bytes to text, whatever encoding they are said to be in."""

from __future__ import annotations

import re

from charset_normalizer import from_bytes
from charset_normalizer.constant import IANA_SUPPORTED

# The encodings that old Arabic pages are written in, beside UTF-8 and UTF-16.
OLD = ["cp1256", "iso8859_6", "cp1252", "utf_16"]
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")
# What a page says of itself stands in its first 1,024 bytes (HTML standard); some say it later.
META = re.compile(rb"<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
HEAD = 4_096
# UTF-8 with so few of its letters broken (a headline cut off in the middle of one) is still UTF-8.
BROKEN = 0.02


class UnreadableError(ValueError):
    """An article that cannot be read; the message names the file, what is wrong and the remedy."""


def decode(name: str, raw: bytes, declared: str | None = None) -> str:
    """The text of ``raw``: UTF-8 if it can be, else the encoding that its letters speak for (cp1256 above all).

    What is ``declared`` (by the server, or else in the page's head) is only one candidate, for it is often wrong.
    Raises UnreadableError for what is empty, binary or in no encoding that makes sense.
    """
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = _damaged(raw) or _old(name, raw, declared)
    if not text.strip():
        raise UnreadableError(f"{name}: is empty; give a file with the text of an article")
    if CONTROL.search(text[:10_000]):
        raise UnreadableError(f"{name}: is not text (control characters); give the article as text, HTML or JSON")
    return text


def _damaged(raw: bytes) -> str | None:
    """UTF-8 with a few broken letters, which show as U+FFFD; None for what is something else."""
    text = raw.decode("utf-8-sig", "replace")
    broken, beyond_ascii = text.count("\ufffd"), sum(char > "\x7f" for char in text)
    return text if broken <= max(1, BROKEN * beyond_ascii) and beyond_ascii > broken else None


def _old(name: str, raw: bytes, declared: str | None) -> str:
    said = META.search(raw[:HEAD])
    names = [declared, said and said[1].decode("ascii")]
    known = [one for one in (_codec(name) for name in names if name) if one]
    guess = from_bytes(raw, cp_isolation=list(dict.fromkeys([*known, *OLD]))).best()
    if guess is None:
        raise UnreadableError(f"{name}: is not UTF-8 and no known encoding fits; save it as UTF-8") from None
    return str(guess)


def _codec(name: str) -> str | None:
    """Python's name of an encoding that pages are written in; None for others (base64, utf-7 and the like)."""
    found = re.sub(r"^(?:x-)?windows-?", "cp", name.lower().replace("iso-", "iso")).replace("-", "_")
    return found if found in IANA_SUPPORTED and found not in ("utf_7", "utf_8") else None
