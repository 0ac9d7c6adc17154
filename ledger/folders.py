"""Reports that lie in folders: those that come with the project, and articles that a person drops."""

from __future__ import annotations

import logging
from dataclasses import replace
from pathlib import Path

from extract.articles import Article, Given, UnreadableError, articles_of, files_of
from extract.tables import DATA
from ledger.drafts import Draft, Refused, draft_of
from ledger.reports import Report
from ledger.sources import latest_day

log = logging.getLogger(__name__)
# The reports that come with the project, and the folder for articles that a person drops.
SHIPPED = (DATA / "reports", DATA / "local")


def load_reports(*folders: Path) -> list[Report]:
    """All reports of the folders (and folders in them), the oldest first.

    Reads what ``python -m extract`` reads: .json, .jsonl, .txt, .md, .html; a README and a folder that
    does not exist are passed over. What has no id of its own is named after its file, so that it stays the same
    report when its text is changed; of two with one id that of the later folder counts. What cannot be kept is left
    out, with an error in the log that names the file and the remedy.
    """
    found: dict[str, Report] = {}
    for path in (path for folder in folders if folder.is_dir() for path in files_of(folder)):
        if path.stem.upper() == "README":
            continue
        for article in articles_of(path, Given()):
            draft = _draft(article, path)
            if isinstance(draft, Draft):
                found[draft.report.id] = draft.report
            else:
                log.error("%s", draft)
    return sorted(found.values(), key=lambda report: (report.published, report.id))


def _draft(article: Article | UnreadableError, path: Path) -> Draft | Refused:
    named = article if isinstance(article, UnreadableError) else replace(article, named=True)
    return draft_of(named, str(path), latest_day())
