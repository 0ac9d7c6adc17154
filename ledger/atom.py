"""News of the ledger as a feed (Atom, RFC 4287)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import NAMESPACE_URL, uuid5
from xml.etree.ElementTree import Element, SubElement, tostring  # nosec B405 - written, never read

from ledger.clean import shown

ATOM = "http://www.w3.org/2005/Atom"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


@dataclass(frozen=True)
class News:
    """One entry: what makes it the same for ever (``key``), its day, what it says, by whom, and where it leads."""

    key: tuple[str, ...]
    day: date
    title: str
    text: str
    kind: str
    url: str
    author: str | None = None


@dataclass(frozen=True)
class Feed:
    """The head of a feed: ``own`` is its own address, ``home`` that of the page, ``day`` the day it is as of."""

    title: str
    lang: str
    own: str
    home: str
    day: date
    rights: str


def atom(feed: Feed, news: Sequence[News]) -> bytes:
    """The feed with its entries, which should be the newest first. Texts are plain text, never markup.

    The ids follow from ``key`` alone: the same entry keeps its id whatever server, language or day is asked.
    """
    root = Element("feed", {"xmlns": ATOM, XML_LANG: feed.lang})
    _text(root, "id", _id(("feed", feed.lang)))
    _text(root, "title", feed.title)
    _text(root, "updated", _moment(max((one.day for one in news), default=feed.day)))
    _text(root, "rights", feed.rights)
    _text(root, "generator", "Foreign Forces Monitor")
    _text(SubElement(root, "author"), "name", feed.title)
    SubElement(root, "link", rel="self", type="application/atom+xml", href=feed.own)
    SubElement(root, "link", rel="alternate", type="text/html", href=feed.home)
    for one in news:
        _entry(root, one)
    return bytes(tostring(root, encoding="utf-8", xml_declaration=True))


def _entry(root: Element, one: News) -> None:
    entry = SubElement(root, "entry")
    _text(entry, "id", _id(one.key))
    _text(entry, "title", one.title)
    _text(entry, "updated", _moment(one.day))
    _text(entry, "published", _moment(one.day))
    if one.author:
        _text(SubElement(entry, "author"), "name", one.author)
    SubElement(entry, "category", term=one.kind)
    SubElement(entry, "link", rel="alternate", type="text/html", href=one.url)
    _text(entry, "content", one.text).set("type", "text")


def _text(parent: Element, name: str, text: str) -> Element:
    child = SubElement(parent, name)
    child.text = shown(text)
    return child


def _id(key: tuple[str, ...]) -> str:
    return uuid5(NAMESPACE_URL, "\n".join(("foreign-forces-monitor", *key))).urn


def _moment(day: date) -> str:
    return f"{day.isoformat()}T00:00:00Z"
