"""``python -m ledger add`` and ``watch``: sources read, shown, and kept after a word from whoever brings them."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import pairwise
from pathlib import Path

from extract.articles import Given
from extract.languages import LANGUAGES
from ledger.changes import as_row, changes
from ledger.drafts import Draft
from ledger.errors import LedgerError
from ledger.plain import as_table
from ledger.sources import Intake, drafts_of, latest_day
from ledger.store import Ledger
from ledger.watch import FeedsError, seconds_of, watch

FACTS = ("kind", "place", "force", "status", "count_min", "count_max", "date_start", "date_end", "role", "quote")
CHANGES = ("what", "kind", "place", "force", "before", "after")
BOLD, PLAIN = "\x1b[1m", "\x1b[0m"


def options(add: argparse.ArgumentParser, feeds: argparse.ArgumentParser, user: str) -> None:
    """What the two commands take."""
    add.add_argument("source", nargs="+", metavar="PATH|URL|FEED")
    add.add_argument("--published", type=date.fromisoformat, metavar="DAY", help="the day of publication of all")
    add.add_argument("--lang", choices=LANGUAGES)
    add.add_argument("--publisher")
    add.add_argument("--by", default=user)
    add.add_argument("--yes", action="store_true", help="keep without asking what states its day of publication")
    add.set_defaults(run=bring)
    feeds.add_argument("feeds", type=Path, metavar="feeds.toml")
    feeds.add_argument("--every", type=_every, metavar="30m", help="again and again; once if not given")
    feeds.add_argument("--by", default=user)
    feeds.set_defaults(run=follow)


def _every(text: str) -> int:
    try:
        return seconds_of(text)
    except ValueError as problem:
        raise argparse.ArgumentTypeError(str(problem)) from None


def bring(ledger: Ledger, given: argparse.Namespace) -> int:
    """Brings in the sources one after the other; 1 when one of them could not be."""
    told = Given(published=given.published, lang=given.lang, publisher=given.publisher)
    intake = Intake(latest_day(), told, seen=ledger.has)
    did: Counter[str] = Counter()
    asks = sys.stdin.isatty() and not given.yes
    for source in given.source:
        for draft in drafts_of(source, intake):
            if not isinstance(draft, Draft):
                print(draft, file=sys.stderr)
                did["refused"] += 1
                continue
            for remark in draft.remarks:
                print(f"{draft.name}: {remark}", file=sys.stderr)
            did[_asked(ledger, draft, given.by) if asks else _kept(ledger, draft, given.by)] += 1
    print(", ".join(f"{count} {word}" for word, count in did.items()))
    return 1 if did["refused"] or did["unconfirmed"] else 0


def follow(ledger: Ledger, given: argparse.Namespace) -> int:
    """Reads feeds, once or until it is stopped."""
    try:
        watch(
            given.feeds,
            given.every,
            keep=lambda draft: _kept(ledger, draft, given.by),
            intake=Intake(seen=ledger.has),
            tell=lambda line: print(line, flush=True),
        )
    except FeedsError as problem:
        raise LedgerError(str(problem)) from None
    return 0


def _kept(ledger: Ledger, draft: Draft, by: str) -> str:
    """Keeps a draft whose day is certain; the word for what was done. A line says what became of it."""
    report = draft.report
    if not draft.day_certain:
        print(
            f"{draft.name}: its day of publication, {report.published}, is uncertain ({draft.why}); "
            f"not kept: add it with --published {report.published} if that is right",
            file=sys.stderr,
        )
        return "unconfirmed"
    kept = ledger.add(replace(report, retrieved=report.retrieved or datetime.now(UTC)), by)
    copy = f", a near copy of {kept.origin}" if kept.origin != kept.id else ""
    print(f"kept {kept.id}, {kept.facts} facts{copy}" if kept.new else f"known as {kept.id} by its {kept.why}")
    return "kept" if kept.new else "known"


def _asked(ledger: Ledger, draft: Draft, by: str) -> str:
    """Shows a draft and what it would change, and keeps it if the person at the terminal says so."""
    report = draft.report
    preview = ledger.preview(report, latest_day())
    print(
        f"\n{BOLD}{report.title}{PLAIN}\n{report.publisher}, {report.published}, {report.lang}, "
        f"{report.url or draft.name}\n"
    )
    print(_marked(report.text, [(fact["char_start"], fact["char_end"]) for fact in preview.facts]))
    print(f"\n{as_table(preview.facts, FACTS)}\n" if preview.facts else "\nno facts\n")
    rows = [as_row(change) for change in changes(preview.before, preview.after)]
    print(f"{as_table(rows, CHANGES)}\n" if rows else "nothing in the picture would change\n")
    if not preview.kept.new:
        print(f"known as {preview.kept.id} by its {preview.kept.why}")
        return "known"
    day = report.published if draft.day_certain else _day(report.published)
    if day is None or input("keep it? [y/N] ").strip().lower() not in ("y", "yes"):
        return "discarded"
    return _kept(ledger, replace(draft, report=replace(report, published=day), why="given"), by)


def _day(guess: date) -> date | None:
    """The day that a person confirms; None when it is left open."""
    while True:
        said = input(f"published on {guess}? [y, YYYY-MM-DD, or Enter to leave it] ").strip().lower()
        if said in ("y", "yes", ""):
            return guess if said else None
        try:
            return date.fromisoformat(said)
        except ValueError:
            print(f"{said!r} is no day; write it as YYYY-MM-DD")


def _marked(text: str, spans: list[tuple[int, int]]) -> str:
    """``text`` with the sentences of facts in bold."""
    edges = sorted({0, len(text), *(edge for span in spans for edge in span)})
    said = [(text[a:b], any(start <= a and b <= end for start, end in spans)) for a, b in pairwise(edges)]
    return "".join(f"{BOLD}{piece}{PLAIN}" if marked else piece for piece, marked in said)
