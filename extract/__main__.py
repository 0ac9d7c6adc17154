"""Command line: ``python -m extract [--published DAY] [--lang LANG] [--format FORMAT] [--why] PATH...``."""

from __future__ import annotations

import argparse
import sys
from contextlib import closing
from datetime import date
from pathlib import Path

from tqdm import tqdm

from extract.articles import Given, UnreadableError, files_of, pieces_of
from extract.batch import told
from extract.formats import FORMATS, Aligned, as_table
from extract.languages import LANGUAGES
from extract.why import explained

# What takes less than these seconds needs no bar; nor do facts that scroll by, or who is no terminal (None).
SOON = 1.0


def main(argv: list[str] | None = None) -> int:
    """Prints the facts of the articles; 0 if all could be read, 2 if some could not."""
    args = _arguments(argv)
    files = [file for path in args.paths for file in files_of(path) or [path]]
    count = None if any(file.suffix.lower() == ".jsonl" for file in files) else len(files)
    pieces = (piece for file in files for piece in pieces_of(file))
    head, tell = ("", explained) if args.why else FORMATS[args.format]
    out = Aligned(sys.stdout) if tell is as_table else sys.stdout
    out.write(head)
    problems = 0
    with closing(told(pieces, Given(args.published, args.lang), tell)) as results:
        for result in tqdm(results, total=count, unit="article", delay=SOON, disable=sys.stdout.isatty() or None):
            if isinstance(result, UnreadableError):
                tqdm.write(f"extract: {result}", file=sys.stderr)
                problems += 1
            else:
                out.write(result)
    out.flush()
    return 2 if problems else 0


def _arguments(argv: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m extract", description="Reads foreign troop presence out of articles."
    )
    parser.add_argument(
        "paths", nargs="+", type=Path, metavar="PATH", help="article file or folder; - is standard input"
    )
    parser.add_argument("--published", type=_day, metavar="DAY", help="day of publication, YYYY-MM-DD")
    parser.add_argument("--lang", choices=LANGUAGES, help="language; found by itself if not given")
    parser.add_argument("--format", choices=tuple(FORMATS), default="jsonl")
    parser.add_argument("--why", action="store_true", help="show each fact's sentence, its marked words and its rule")
    return parser.parse_args(argv)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no day of the calendar; write it as YYYY-MM-DD") from None


if __name__ == "__main__":
    try:
        sys.exit(main())
    except BrokenPipeError:
        sys.exit(0)
