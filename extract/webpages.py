"""The article out of a web page: its text without menus and scripts, and what the page tells of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from extract.encodings import UnreadableError

# Where pages state the day they were published: names of <meta>, as name, property or itemprop.
STATED = frozenset({
    "article:published_time", "og:article:published_time", "og:published_time", "article.published", "datepublished",
    "date_published", "publication_date", "publicationdate", "publish_date", "publishdate", "publish-date", "pubdate",
    "pub_date", "dc.date", "dc.date.issued", "dcterms.date", "dcterms.issued", "citation_publication_date",
    "parsely-pub-date", "sailthru.date", "cxenseparse:recs:publishtime", "date",
})  # fmt: skip
# Days outside are read too, so that a page dated in the next century is not given some other day instead.
WINDOW: dict[str, Any] = {"min_date": "1900-01-01", "max_date": "2199-12-31"}


@dataclass(frozen=True, slots=True)
class WebPage:
    """What a page holds; ``day_from`` says where its day stands: metadata, url, or guess (somewhere on the page)."""

    text: str
    title: str | None
    publisher: str | None
    url: str | None
    day: date | None
    day_from: str


def read_page(name: str, html: str, url: str | None = None) -> WebPage:
    """The article of a page; ``url`` is where it came from, else its own word on that counts.

    Raises UnreadableError, with ``name`` in its message, for a page without an article.
    """
    import trafilatura  # noqa: PLC0415 - slow to import, needed for HTML alone

    try:
        page = trafilatura.bare_extraction(
            html, url=url, with_metadata=True, include_comments=False,
            date_extraction_params={"original_date": True, "extensive_search": False, **WINDOW},
        )  # fmt: skip
        known: dict[str, Any] = page.as_dict() if isinstance(page, trafilatura.settings.Document) else {}
        day, day_from = _day(html, url or known.get("url"), known.get("date"))
    except (ValueError, TypeError, AttributeError, AssertionError, RecursionError, MemoryError):
        raise UnreadableError(f"{name}: is HTML too broken to be read; save the text as .txt") from None
    text = known.get("text") or ""
    if not text.strip():
        raise UnreadableError(
            f"{name}: holds no article text that could be told from menus and scripts; save the text as .txt"
        )
    url = url or known.get("url")
    return WebPage(text, known.get("title"), _publisher(known.get("sitename"), url), url, day, day_from)


def _publisher(name: str | None, url: str | None) -> str | None:
    """The name the page gives its publisher; trafilatura makes one of the address where there is none."""
    return None if name and url and name.lower() in urlsplit(url).netloc.lower() else name


def _day(html: str, url: str | None, found: str | None) -> tuple[date | None, str]:
    """The day the page states, else the one in its address, else the one found elsewhere, and where it stands."""
    from htmldate import find_date  # noqa: PLC0415 - comes with trafilatura

    stated = find_date(_head(html), original_date=True, extensive_search=False, url="", **WINDOW)
    if stated:
        return date.fromisoformat(stated), "metadata"
    in_url = url and find_date("<html><body></body></html>", extensive_search=False, url=url, **WINDOW)
    if in_url:
        return date.fromisoformat(in_url), "url"
    return (date.fromisoformat(found) if found else None), "guess"


def _head(html: str) -> Any:
    """A page with nothing but what states the day of publication: <meta> of those names and JSON-LD."""
    from lxml.html import builder  # noqa: PLC0415
    from trafilatura.utils import load_html  # noqa: PLC0415

    page = load_html(html)
    kept = [] if page is None else [meta for meta in page.iter("meta") if _states_day(meta)]
    scripts = [] if page is None else page.xpath('//script[@type="application/ld+json"]')
    return builder.HTML(builder.HEAD(*kept, *scripts), builder.BODY())


def _states_day(meta: Any) -> bool:
    return any((meta.get(key) or "").lower() in STATED for key in ("name", "property", "itemprop"))
