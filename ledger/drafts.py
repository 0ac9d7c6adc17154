"""A draft: a report as it was brought in, cleaned and checked, before anybody has confirmed it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from urllib.parse import unquote

from anyascii import anyascii
from urllib3.util import parse_url

from extract.articles import Article, UnreadableError
from extract.languages import LANGUAGES
from ledger.clean import body, one_line, web_address
from ledger.reports import Report

# Where a day of publication may be found so that nobody has to confirm it (``Article.day_from``, and feeds).
CERTAIN = frozenset({"given", "metadata", "feed"})
# No report tells more; the ledger's first theatre begins after this day.
LONGEST, EARLIEST = 200_000, date(1990, 1, 1)
ID = 80


@dataclass(frozen=True, slots=True)
class Draft:
    """A report that can be kept as it is, or once its day is confirmed where ``day_certain`` is False.

    ``name`` is the file, line or address it came from; ``why`` says where its day was found: given, metadata,
    feed, url, dateline, guess or changed; ``remarks`` are words on what was left out of it.
    """

    name: str
    report: Report
    why: str
    remarks: tuple[str, ...] = ()

    @property
    def day_certain(self) -> bool:
        """Whether the day was given, or stated by the record, the page's metadata or the feed."""
        return self.why in CERTAIN


@dataclass(frozen=True, slots=True)
class Refused:
    """What is not kept: the ``name`` of the item, and one ``line`` that says it, what is wrong and what to do."""

    name: str
    line: str

    def __str__(self) -> str:
        return self.line


def refused(name: str, problem: Exception | str) -> Refused:
    """An item that failed; its line is made safe to print."""
    return Refused(one_line(name), one_line(str(problem)))


def draft_of(article: Article | UnreadableError, name: str, today: date) -> Draft | Refused:
    """The article as a draft, or why it is none; ``name`` is what it came from.

    Every field is cleaned here and nowhere else. A day after ``today`` or before 1990, a text that is empty or
    over 200,000 characters, and a language that is not read are refused; an address that is none is left out.
    """
    if isinstance(article, UnreadableError):
        return refused(name, article)
    text = body(article.text)
    if problem := _problem(article, text, today):
        return refused(name, f"{name}: {problem}")
    url = web_address(article.url) if article.url else None
    remarks = () if url or not article.url else (f"left out {one_line(article.url)[:100]!r}, which is no web address",)
    id_ = _id(article, url, text)
    host = (parse_url(url).host or "").removeprefix("www.") if url else ""
    report = Report(
        id=id_,
        url=url,
        publisher=one_line(article.publisher or "") or host or id_,
        published=article.published,
        lang=article.lang,
        title=one_line(article.title or "") or id_,
        text=text,
        note=one_line(article.note) if article.note else None,
        summary=article.summary,
    )
    return Draft(one_line(name), report, article.day_from, remarks)


def _problem(article: Article, text: str, today: date) -> str | None:
    if not text.strip():
        return "has no text; give the text of the article"
    if len(text) > LONGEST:
        return f"has {len(text):,} characters, more than any article ({LONGEST:,}); give the article alone"
    if article.published > today:
        return f"is dated {article.published}, after today ({today}); give its day of publication"
    if article.published < EARLIEST:
        return f"is dated {article.published}, before {EARLIEST.year}; give its day of publication"
    if article.lang not in LANGUAGES:
        return f"is in {one_line(article.lang)[:20]!r}, which is not read; known are {', '.join(LANGUAGES)}"
    return None


def _id(article: Article, url: str | None, text: str) -> str:
    """The article's own id, else one that its address or, without one, its text always gets; 80 characters at most."""
    own = one_line(article.id) if article.named else ""
    if own and len(own) <= ID:
        return own
    if url:
        words = re.sub(r"[^a-z0-9]+", "-", anyascii(unquote(url.split("://", 1)[1])).lower()).strip("-")
        return f"{words.removeprefix('www-')[: ID - 9].strip('-')}-{_digits(url, 8)}"
    return f"text-{_digits(text, 16)}"


def _digits(words: str, number: int) -> str:
    return sha256(words.encode()).hexdigest()[:number]
