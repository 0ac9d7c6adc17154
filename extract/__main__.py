"""Command line: ``python -m extract [--published DAY] [--lang LANG] [--format FORMAT] [--why] PATH...``."""

from __future__ import annotations

import argparse
import csv
import json
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, TextIO

from tqdm import tqdm

from extract.articles import SUFFIXES, Article, Given, UnreadableError, articles_of, files_of
from extract.facts import extract
from extract.languages import LANGUAGES
from extract.model import KEYS, SPAN_KEYS, Fact
from extract.why import explained

COLUMNS = (
    "article",
    "published",
    "lang",
    "kind",
    *dict.fromkeys(k for keys in KEYS.values() for k in keys),
    *SPAN_KEYS,
    "rule",
)
TABLE = ("article", "kind", "place", "force", "what", "when", "rule")
# Below this many files a bar would only flicker.
MANY = 20


def main(argv: list[str] | None = None) -> int:
    """Prints the facts of the articles; 0 if all could be read, 2 if some could not."""
    args = _arguments(argv)
    given, problems = Given(args.published, args.lang), 0
    files = [file for path in args.paths for file in files_of(path)]
    for folder in (path for path in args.paths if path.is_dir() and not files_of(path)):
        print(f"extract: {folder}: holds no article files ({', '.join(SUFFIXES)})", file=sys.stderr)
        problems += 1
    write = {"jsonl": _write_jsonl, "csv": _write_csv, "table": _write_table}[args.format](sys.stdout)
    next(write)
    for file in tqdm(files, unit="file", disable=len(files) < MANY or not sys.stderr.isatty()):
        for article in articles_of(file, given):
            if isinstance(article, UnreadableError):
                tqdm.write(f"extract: {article}", file=sys.stderr)
                problems += 1
                continue
            facts = extract(article.text, article.published, article.lang)
            if args.why:
                sys.stdout.write(explained(article, facts))
            else:
                write.send((article, facts))
    if not args.why:
        write.close()
    return 2 if problems or not files else 0


def _arguments(argv: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m extract", description="Reads foreign troop presence out of articles."
    )
    parser.add_argument(
        "paths", nargs="+", type=Path, metavar="PATH", help="article file or folder; - is standard input"
    )
    parser.add_argument("--published", type=_day, metavar="DAY", help="day of publication, YYYY-MM-DD")
    parser.add_argument("--lang", choices=LANGUAGES, help="language; found by itself if not given")
    parser.add_argument("--format", choices=("jsonl", "csv", "table"), default="jsonl")
    parser.add_argument("--why", action="store_true", help="show each fact's sentence, its marked words and its rule")
    return parser.parse_args(argv)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no day of the calendar; write it as YYYY-MM-DD") from None


def _record(article: Article, fact: Fact) -> dict[str, Any]:
    head = {"article": article.id, "published": article.published.isoformat(), "lang": article.lang}
    return head | fact.as_dict()


Facts = tuple[Article, list[Fact]]
Writer = Iterator[None]


def _write_jsonl(out: TextIO) -> Any:
    while True:
        article, facts = yield
        for fact in facts:
            out.write(json.dumps(_record(article, fact), ensure_ascii=False) + "\n")


def _write_csv(out: TextIO) -> Any:
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
    writer.writeheader()
    while True:
        article, facts = yield
        writer.writerows(_record(article, fact) for fact in facts)


def _write_table(out: TextIO) -> Any:
    lines: list[tuple[str, ...]] = [TABLE]
    try:
        while True:
            article, facts = yield
            lines += [_row(article, fact) for fact in facts]
    finally:
        widths = [max(len(line[i]) for line in lines) for i in range(len(TABLE))]
        for line in lines:
            out.write("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() + "\n")


def _row(article: Article, fact: Fact) -> tuple[str, ...]:
    if fact.kind == "troops":
        low, high = fact.count_min, fact.count_max
        what = f"{low}" if low == high else f"{'' if low is None else low}..{'' if high is None else high}"
        what = ("~" if fact.approximate else "") + what + f" {fact.status}"
    else:
        what = " ".join(filter(None, (fact.event, fact.status, fact.role)))
    when = f"{fact.date_start}..{fact.date_end} {fact.precision}" if fact.date_end else ""
    return article.id, fact.kind, fact.place or "", fact.force or "", what, when, fact.rule


if __name__ == "__main__":
    try:
        sys.exit(main())
    except BrokenPipeError:
        sys.exit(0)
