"""Reports, and those that lie in folders."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from extract.articles import Article, Given, UnreadableError, articles_of, files_of

log = logging.getLogger(__name__)
DATA = Path(__file__).resolve().parent.parent / "data"
# The reports that come with the project, and the folder in which a person can drop articles.
SHIPPED = (DATA / "reports", DATA / "local")


@dataclass(frozen=True)
class Report:
    """One published report.

    ``note`` says what a reader should know of it ("original not seen"); ``summary`` whether ``text`` is a
    summary in our own words and not the publisher's text; ``retrieved`` when it was fetched, where it was.
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
    retrieved: datetime | None = None


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
