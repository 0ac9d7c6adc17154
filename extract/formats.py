"""How facts are printed: as lines of JSON, as CSV or as a table."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from io import StringIO
from typing import Any, TextIO

from extract.articles import Article
from extract.facts import extract
from extract.model import KEYS, SPAN_KEYS, Fact

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
# Lines of a table that are held back to see how wide its columns must be: what fits on no screen anyway.
HELD = 1_000

# Reads an article and tells what it found.
Tell = Callable[[Article], str]


def facts_of(article: Article) -> list[Fact]:
    """The facts that the article states."""
    return extract(article.text, article.published, article.lang)


def as_jsonl(article: Article) -> str:
    """A JSON object a line and fact."""
    return "".join(json.dumps(_record(article, fact), ensure_ascii=False) + "\n" for fact in facts_of(article))


def as_csv(article: Article) -> str:
    """A line of CSV a fact, with the values of ``COLUMNS``."""
    out = StringIO()
    csv.DictWriter(out, COLUMNS, lineterminator="\n").writerows(_record(article, fact) for fact in facts_of(article))
    return out.getvalue()


def as_table(article: Article) -> str:
    """A line a fact, with the cells of ``TABLE`` set apart by tabs."""
    rows = (_row(article, fact) for fact in facts_of(article))
    return "".join("\t".join(" ".join(cell.split()) for cell in row) + "\n" for row in rows)


# What stands above the facts, and what is told of each article.
FORMATS: dict[str, tuple[str, Tell]] = {
    "jsonl": ("", as_jsonl),
    "csv": (",".join(COLUMNS) + "\n", as_csv),
    "table": ("\t".join(TABLE) + "\n", as_table),
}


class Aligned:
    """Writes lines with tabs to ``out`` as columns, ``HELD`` lines at a time.

    A column is as wide as the widest cell so far, so that only what is longer than ``HELD`` lines can have
    columns that grow.
    """

    def __init__(self, out: TextIO) -> None:
        self.out = out
        self.held: list[list[str]] = []
        self.widths = [0] * len(TABLE)

    def write(self, text: str) -> None:
        """Takes whole lines."""
        self.held += (line.split("\t") for line in text.splitlines())
        if len(self.held) >= HELD:
            self.flush()

    def flush(self) -> None:
        """Writes the lines held back."""
        for row in self.held:
            self.widths = [max(width, len(cell)) for width, cell in zip(self.widths, row, strict=True)]
        for row in self.held:
            cells = (cell.ljust(width) for cell, width in zip(row, self.widths, strict=True))
            self.out.write("  ".join(cells).rstrip() + "\n")
        self.held.clear()
        self.out.flush()


def _record(article: Article, fact: Fact) -> dict[str, Any]:
    head = {"article": article.id, "published": article.published.isoformat(), "lang": article.lang}
    return head | fact.as_dict()


def _row(article: Article, fact: Fact) -> tuple[str, ...]:
    if fact.kind == "troops":
        low, high = fact.count_min, fact.count_max
        what = f"{low}" if low == high else f"{'' if low is None else low}..{'' if high is None else high}"
        what = ("~" if fact.approximate else "") + what + f" {fact.status}"
    else:
        what = " ".join(filter(None, (fact.event, fact.status, fact.role)))
    when = f"{fact.date_start}..{fact.date_end} {fact.precision}" if fact.date_end else ""
    return article.id, fact.kind, fact.place or "", fact.force or "", what, when, fact.rule
