"""The entries of a feed: RSS, Atom or RDF, without any of XML's declarations."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from email.utils import parsedate_to_datetime
from io import BytesIO
from typing import Any
from xml.parsers.expat import ExpatError, ParserCreate

import feedparser

from extract.encodings import UnreadableError, decode
from ledger.clean import one_line, web_address

# So many entries of one feed are read; news feeds hold 10 to 100.
MOST = 200
# A feed is known by its first element, whatever the server calls it.
ROOT = re.compile(r"<(?:rss|feed|rdf:RDF)[\s>]")
HEAD = 4_096
# Elements of one entry: feeds hold some ten, and a million of them would keep the parser busy for minutes.
ELEMENTS = 100_000


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: the address of its page, its title, its days, and its whole text as HTML if the feed holds it.

    ``published`` is the day in the publisher's own time; ``updated`` need not be the day of publication.
    """

    link: str | None
    title: str | None
    published: date | None
    updated: date | None
    content: str | None


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed's title, its first 200 entries, and how many it has in all."""

    title: str | None
    entries: list[Entry]
    number: int


def is_feed(content_type: str, raw: bytes) -> bool:
    """Whether this is a feed: by its content, or by what the server says of XML."""
    head = raw[:HEAD].decode("utf-8", "replace").replace("\0", "")
    return bool(ROOT.search(head)) or content_type in ("application/rss+xml", "application/atom+xml")


def read_feed(name: str, raw: bytes, charset: str | None = None, url: str = "") -> Feed:
    """The entries of a feed that came from ``url``; raises UnreadableError for what is no feed or declares entities."""
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", decode(name, raw, charset), count=1)
    _check(name, text)
    found: Any = feedparser.parse(
        BytesIO(text.encode("utf-8", "replace")),
        response_headers={"content-type": "application/xml; charset=utf-8", "content-location": url},
        sanitize_html=False,  # content goes through the reader of pages, the rest is never shown as HTML
        resolve_relative_uris=False,
    )
    if not found.version and not found.entries:
        raise UnreadableError(f"{name}: is no feed (RSS, Atom or RDF); check the address")
    return Feed(
        found.feed.get("title"), [_entry(one, found.version) for one in found.entries[:MOST]], len(found.entries)
    )


def _check(name: str, text: str) -> None:
    """Raises UnreadableError for a document type (entities that grow, files of ours) and for elements without end.

    What is not well-formed is left to feedparser: its lenient parser expands no entities.
    """
    seen = 0

    def declared(*_: object) -> None:
        raise UnreadableError(f"{name}: declares a document type, as attacks on readers do; use another feed")

    def element(*_: object) -> None:
        nonlocal seen
        seen += 1

    parser = ParserCreate()
    parser.StartDoctypeDeclHandler = declared
    parser.StartElementHandler = element
    try:
        parser.Parse(text.encode("utf-8", "replace"), True)
    except ExpatError:
        seen = text.count("<")
    if seen > ELEMENTS:
        raise UnreadableError(f"{name}: has {seen:,} elements, more than any feed ({ELEMENTS:,}); use another feed")


def _entry(entry: Any, version: str) -> Entry:
    contents = [one.get("value") for one in entry.get("content", [])]
    link, title = entry.get("link"), entry.get("title")
    published = _day(entry.get("published"), entry.get("published_parsed"))
    # feedparser gives published for updated where that is missing, but for "in"
    updated = _day(entry["updated"], entry.get("updated_parsed")) if "updated" in entry else None
    if version.startswith("rss"):  # feedparser calls dc:date, the only day of RDF's entries, updated
        published = published or updated
    return Entry(
        link=web_address(link) if link else None,
        title=one_line(title) if title else None,
        published=published,
        updated=updated,
        content=max((one for one in contents if one), key=len, default=None),
    )


def _day(written: str | None, parsed: Any) -> date | None:
    """The day as the publisher wrote it; feedparser's own reading is in UTC, where an evening may be the next day."""
    for reader in (parsedate_to_datetime, datetime.fromisoformat):
        try:
            return reader((written or "").strip()).date()
        except (ValueError, TypeError, IndexError):
            continue
    return date(*parsed[:3]) if parsed else None
