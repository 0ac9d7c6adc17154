"""``python -m ledger``: reports brought in, looked at and reviewed from the command line."""

from __future__ import annotations

import argparse
import getpass
import json
import sys
from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from tqdm import tqdm

from ledger import bring
from ledger.changes import as_row
from ledger.errors import LedgerError
from ledger.exporting import export
from ledger.folders import SHIPPED
from ledger.importing import bring_in
from ledger.keeping import announcers, promises
from ledger.plain import as_table, json_ready, rows_of
from ledger.rereading import reread
from ledger.reviews import CORRECTED, VERDICTS, Review
from ledger.store import Ledger

BAGHDAD = ZoneInfo("Asia/Baghdad")
TABLES = ("bases", "troops", "deadlines", "nations")
# What a terminal shows of each table of the picture; --format json has all columns.
SHOWN = {
    "bases": ("place", "force", "state", "since", "published", "deadline_end", "troops_min", "troops_max"),
    "troops": ("force", "place", "count_min", "count_max", "approximate", "status", "published", "age_days"),
    "deadlines": ("place", "force", "event", "date_start", "date_end", "state", "met_on", "days_late", "published"),
    "nations": ("force", "role", "count_min", "count_max", "count_place", "last_report", "gone", "gone_on"),
}
FACTS = ("fact", "kind", "place", "force", "status", "count_min", "count_max", "date_end", "role", "review", "quote")
QUEUE = ("why", "against", "published", "report", *FACTS[:-2], "quote")
CHANGES = ("day", "what", "kind", "place", "force", "before", "after")
PROMISES = (
    "place", "force", "event", "announcer", "first_published", "first_end", "date_end", "state", "met_on", "days",
    "days_late",
)  # fmt: skip
EVENTS = ("at", "who", "what", "report", "fact", "facts", "note")
REPORTS = ("report", "published", "publisher", "lang", "facts", "origin", "title")


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; 0 when all went well, 1 when something did not, 2 for a wrong command line."""
    given = _parser().parse_args(arguments)
    try:
        ledger = Ledger(given.ledger)
        if given.run is not _import:  # into an empty ledger all comes as it was
            ledger.fill(*SHIPPED)
        done: int = given.run(ledger, given)
        return done
    except LedgerError as problem:
        print(problem, file=sys.stderr)
        return 1
    except BrokenPipeError:
        return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("python -m ledger", description=__doc__)
    parser.add_argument("--ledger", metavar="URL", help="the database; LEDGER_URL or data/local/ledger.db if not given")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def command(name: str, run: Callable[[Ledger, argparse.Namespace], int], words: str) -> argparse.ArgumentParser:
        added = commands.add_parser(name, help=words, description=words)
        added.set_defaults(run=run)
        return added

    add = command("add", bring.bring, "bring in files, folders, pages and feeds")
    feeds = command("watch", bring.follow, "bring in what is new in the feeds of a list, once or again and again")
    bring.options(add, feeds, getpass.getuser())
    command("list", _list, "all reports, the newest first")
    show = command("show", _show, "a report with its facts")
    show.add_argument("report")
    review = command("review", _review, "say of a fact or a report that it is right, wrong or to be corrected")
    review.add_argument("report")
    review.add_argument("verdict", choices=VERDICTS)
    review.add_argument("--fact", help="the fact that is meant; the whole report if not given")
    review.add_argument("--set", metavar="KEY=VALUE", action="append", default=[], help="a corrected value")
    review.add_argument("--why")
    review.add_argument("--by", default=getpass.getuser())
    queue = command("queue", _queue, "facts that nobody has judged, those first on which most depends")
    queue.add_argument("--as-of", type=date.fromisoformat, default=today(), metavar="DAY")
    queue.add_argument("--limit", type=int, default=20, metavar="N")
    command("orphans", _orphans, "reviews whose fact is no longer read")
    log = command("log", _log, "what was added, when and by whom")
    log.add_argument("--last", type=int, metavar="N")
    log.add_argument("--format", choices=("table", "jsonl"), default="table")
    command("read", _read, "read all reports anew that this version has not read yet")
    picture = command("picture", _picture, "who is where, how many and until when, as of a day")
    picture.add_argument("--as-of", type=date.fromisoformat, default=today(), metavar="DAY")
    picture.add_argument("--known", type=date.fromisoformat, metavar="DAY", help="as it was known on that day")
    picture.add_argument("--format", choices=("table", "json"), default="table")
    changed = command("changes", _changes, "what changed between the pictures of two days")
    changed.add_argument("--from", dest="start", type=date.fromisoformat, required=True, metavar="DAY")
    changed.add_argument("--to", dest="end", type=date.fromisoformat, default=today(), metavar="DAY")
    changed.add_argument("--format", choices=("table", "json"), default="table")
    kept = command("promises", _promises, "each promise, its moves and its deed; how often who kept them")
    kept.add_argument("--as-of", type=date.fromisoformat, default=today(), metavar="DAY")
    kept.add_argument("--format", choices=("table", "json"), default="table")
    for name, run, words in (
        ("export", _export, "write all that the ledger holds, its history included, to one file"),
        ("import", _import, "add what such a file holds: all of it or nothing"),
    ):
        command(name, run, words).add_argument("file", type=Path, metavar="FILE.zip")
    return parser


def today() -> date:
    """Today's date in Baghdad, whose days the deadlines count."""
    return datetime.now(BAGHDAD).date()


def _list(ledger: Ledger, _given: argparse.Namespace) -> int:
    print(as_table(ledger.listing(), REPORTS))
    return 0


def _show(ledger: Ledger, given: argparse.Namespace) -> int:
    report = ledger.report(given.report)
    print(
        f"{report.title}\n{report.publisher}, {report.published}, {report.lang}\n{report.url or ''}\n\n{report.text}\n"
    )
    print(as_table(ledger.facts_in(report.id), FACTS))
    return 0


def _review(ledger: Ledger, given: argparse.Namespace) -> int:
    changed = dict(_pair(text) for text in given.set)
    if (given.verdict == CORRECTED) != bool(changed):
        raise LedgerError(f"{CORRECTED} needs --set KEY=VALUE, and only it does")
    ledger.review(Review(given.report, given.fact, given.verdict, given.by, changed or None, given.why))
    print(f"{given.verdict}: {given.fact or given.report}")
    return 0


def _pair(text: str) -> tuple[str, str]:
    key, equals, value = text.partition("=")
    if not equals:
        raise LedgerError(f"--set {text!r}: write it as KEY=VALUE")
    return key, value


def _queue(ledger: Ledger, given: argparse.Namespace) -> int:
    waiting = ledger.queue(given.as_of, given.limit)
    rows = [{"why": one.reason, "against": len(one.against) or None, **one.fact} for one in waiting]
    print(as_table(rows, QUEUE))
    print(f"{len(rows)} of {ledger.waiting(given.as_of)} that wait")
    return 0


def _orphans(ledger: Ledger, _given: argparse.Namespace) -> int:
    print(as_table([vars(review) for review in ledger.orphans()], ("report", "fact", "verdict", "who", "at", "why")))
    return 0


def _log(ledger: Ledger, given: argparse.Namespace) -> int:
    events = [vars(event) for event in ledger.history(given.last)]
    if given.format == "jsonl":
        for event in events:
            print(json.dumps(json_ready(event), ensure_ascii=False))
    else:
        print(as_table([event | {"at": event["at"].isoformat(" ", "seconds")} for event in events], EVENTS))
    return 0


def _read(ledger: Ledger, _given: argparse.Namespace) -> int:
    changed, total = 0, len(ledger.unread())
    for _, _, other in tqdm(reread(ledger), total=total, unit="report", disable=None):
        changed += other
    print(f"{total} reports read anew, {changed} of them with other facts")
    return 0


def _picture(ledger: Ledger, given: argparse.Namespace) -> int:
    shown = ledger.picture(given.as_of, given.known)
    tables = {name: shown.rows[name] for name in TABLES}
    if given.format == "json":
        about = {"as_of": shown.as_of, "known": shown.known, "newest": shown.newest}
        print(_json(about | tables))
        return 0
    print(f"as of {shown.as_of}, known {shown.known}, newest report {shown.newest}")
    for name, rows in tables.items():
        print(f"\n{name}\n{as_table(rows, SHOWN[name])}")
    return 0


def _changes(ledger: Ledger, given: argparse.Namespace) -> int:
    if given.end < given.start:
        raise LedgerError(f"--to {given.end} lies before --from {given.start}; turn them round")
    rows = [as_row(change) for change in ledger.changes(given.start, given.end)]
    print(_json(rows) if given.format == "json" else as_table(rows, CHANGES))
    return 0


def _promises(ledger: Ledger, given: argparse.Namespace) -> int:
    promised = promises(ledger.picture(given.as_of))
    rows, tally = rows_of(promised), announcers(promised)
    if given.format == "json":
        print(_json({"promises": rows, "announcers": rows_of(tally)}))
    else:
        print(f"{as_table(rows, PROMISES)}\n\n{as_table(rows_of(tally), list(tally.columns))}")
    return 0


def _json(value: object) -> str:
    return json.dumps(json_ready(value), ensure_ascii=False, indent=1)


def _export(ledger: Ledger, given: argparse.Namespace) -> int:
    written = export(ledger, given.file)
    print(f"{given.file}: {', '.join(f'{number:,} {name}' for name, number in written.items())}")
    return 0


def _import(ledger: Ledger, given: argparse.Namespace) -> int:
    print(bring_in(ledger, given.file))
    return 0


if __name__ == "__main__":
    sys.exit(main())
