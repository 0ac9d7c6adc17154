"""Reports out of folders, and their facts as dataframes."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from extract import Fact, extract
from extract.articles import Article, Given, UnreadableError, articles_of, files_of
from extract.frames import Frames, frames
from extract.model import KEYS

log = logging.getLogger(__name__)
# So many reports keep their facts in memory; an article takes some milliseconds to read.
KEPT = 5_000


@dataclass(frozen=True)
class Report:
    """One published report.

    ``note`` says what a reader should know of it ("original not seen"); ``summary`` whether ``text`` is a
    summary in our own words and not the publisher's text.
    """

    id: str
    url: str | None
    publisher: str
    published: date
    lang: str
    title: str
    text: str
    note: str | None = None
    summary: bool = False


def load_reports(*folders: Path) -> list[Report]:
    """All reports of the folders (and folders in them), the oldest first.

    Reads what ``python -m extract`` reads: .json, .jsonl, .txt, .md, .html; a README and a folder that
    does not exist are passed over. A report of a later folder replaces one with the same id. What cannot
    be read is left out, with an error in the log that names the file and the remedy.
    """
    found: dict[str, Report] = {}
    for folder in folders:
        for path in files_of(folder) if folder.is_dir() else []:
            if path.stem.upper() == "README":
                continue
            for article in articles_of(path, Given()):
                if isinstance(article, UnreadableError):
                    log.error("%s", article)
                else:
                    found[article.id] = _report(article)
    return sorted(found.values(), key=lambda report: (report.published, report.id))


def _report(article: Article) -> Report:
    return Report(
        id=article.id,
        url=article.url,
        publisher=article.publisher or article.id,
        published=article.published,
        lang=article.lang,
        title=article.title or article.id,
        text=article.text,
        note=article.note,
        summary=article.summary,
    )


def facts_of(reports: Iterable[Report]) -> Frames:
    """The facts that the texts of the reports state, as four dataframes (see ``Frames``)."""
    return frames(row for report in reports for row in _rows(report))


@lru_cache(maxsize=KEPT)
def _rows(report: Report) -> tuple[dict[str, Any], ...]:
    """The facts of one report as flat rows; kept, so a text is read once in the life of the process."""
    return tuple(_row(report, fact) for fact in extract(report.text, report.published, report.lang))


def _row(report: Report, fact: Fact) -> dict[str, Any]:
    names = ("kind", *KEYS[fact.kind], "quote", "char_start", "char_end", "speaker", "rule")
    return {name: getattr(fact, name) for name in names} | {
        "fact": fact_id(report.id, fact),
        "report": report.id,
        "publisher": report.publisher,
        "published": report.published,
        "lang": report.lang,
        "url": report.url,
    }


def fact_id(report: str, fact: Fact) -> str:
    """12 hexadecimal digits, the same as long as the report states the same fact at the same place."""
    made_of = (
        report,
        fact.kind,
        *(getattr(fact, name) for name in KEYS[fact.kind]),
        fact.char_start,
        fact.char_end,
    )
    return sha256(repr([str(part) for part in made_of]).encode()).hexdigest()[:12]
