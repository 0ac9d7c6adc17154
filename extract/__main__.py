"""Command line: ``python -m extract [--published DAY] [--lang LANG] [--format FORMAT] [--why] PATH... [OUT.parquet]``.

With ``--dask ADDRESS`` the articles are read by the workers of a Dask cluster.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import closing
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, TextIO

from tqdm import tqdm

from extract import batch
from extract.articles import Given, UnreadableError, files_of, pieces_of
from extract.batch import StoppedError
from extract.formats import FORMATS, Aligned, as_table
from extract.languages import LANGUAGES
from extract.why import explained

# What takes less than these seconds needs no bar; nor do facts that scroll by, or who is no terminal (None).
SOON = 1.0

Tell = Callable[..., Any]
Told = Callable[..., Generator[Any, None, None]]


def main(argv: list[str] | None = None) -> int:
    """Prints or writes the facts of the articles; 0 if all could be read, 2 if some could not."""
    args = _arguments(argv)
    files = [file for path in args.paths for file in files_of(path) or [path]]
    count = None if any(file.suffix.lower() == ".jsonl" for file in files) else len(files)
    pieces = (piece for file in files for piece in pieces_of(file))
    problems: Counter[str] = Counter()
    try:
        tell, take = _format(args)
        with closing(_reader(args.dask)(pieces, Given(args.published, args.lang), tell)) as results:
            bar = tqdm(results, total=count, unit="article", delay=SOON, disable=sys.stdout.isatty() or None)
            take(_readable(bar, problems))
    except StoppedError as why:
        tqdm.write(f"extract: {why}", file=sys.stderr)
        return 2
    return 2 if problems else 0


def _format(args: argparse.Namespace) -> tuple[Tell, Callable[[Iterable[Any]], None]]:
    """What is told of each article and its facts, and what is done with all that is told."""
    if args.out:
        from extract.parquet import as_rows, write_parquet  # noqa: PLC0415 - who prints does not wait for it

        return as_rows, partial(write_parquet, args.out)
    head, tell = ("", explained) if args.why else FORMATS[args.format or "jsonl"]
    return tell, partial(_print, Aligned(sys.stdout) if tell is as_table else sys.stdout, head)


def _reader(address: str | None) -> Told:
    """What reads the articles: this machine, or the Dask cluster whose scheduler is at ``address``."""
    if address is None:
        return batch.told
    try:
        from extract import cluster  # noqa: PLC0415 - Dask is needed by nobody else
    except ModuleNotFoundError as problem:
        if problem.name not in ("dask", "distributed"):
            raise
        raise StoppedError(f"--dask needs {problem.name}; install it: pip install 'dask[distributed]'") from None
    return partial(cluster.told, address=address)


def _readable(results: Iterable[Any], problems: Counter[str]) -> Iterator[Any]:
    """What is told of the articles that could be read; the rest goes to standard error and is counted."""
    for result in results:
        if isinstance(result, UnreadableError):
            tqdm.write(f"extract: {result}", file=sys.stderr)
            problems["unreadable"] += 1
        else:
            yield result


def _print(out: TextIO | Aligned, head: str, told: Iterable[str]) -> None:
    out.write(head)
    try:
        for text in told:
            out.write(text)
    finally:
        out.flush()


def _arguments(argv: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m extract", description="Reads foreign troop presence out of articles."
    )
    parser.add_argument(
        "paths", nargs="+", type=Path, metavar="PATH",
        help="article file or folder; - is standard input; a last one that ends in .parquet is written, not read",
    )  # fmt: skip
    parser.add_argument("--published", type=_day, metavar="DAY", help="day of publication, YYYY-MM-DD")
    parser.add_argument("--lang", choices=LANGUAGES, help="language; found by itself if not given")
    parser.add_argument("--format", choices=tuple(FORMATS), help="how facts are printed: jsonl, if not given")
    parser.add_argument("--why", action="store_true", help="show each fact's sentence, its marked words and its rule")
    parser.add_argument("--dask", metavar="ADDRESS", help="read on the Dask cluster of this scheduler, tcp://HOST:PORT")
    args = parser.parse_args(argv)
    args.out = args.paths.pop() if args.paths[-1].suffix.lower() == ".parquet" else None
    if not args.paths:
        parser.error(f"no article to read: give files or folders before {args.out}")
    if args.out and (args.format or args.why):
        parser.error(f"--format and --why are of what is printed; leave them out, or {args.out}")
    return args


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
