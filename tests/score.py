"""The error rates of the README: ``python -m tests.score`` prints them as Markdown (about two minutes) and
writes those of the articles never looked at to ``data/accuracy.csv``, which the page "about" shows.

Facts read are compared with those that people read out of the same articles, by the rules of
``../shared/score.py``. The weights that ship were learnt from all sets but ``tests/heldout``; so those sets are
also read by *cross-validation*: each article by weights learnt from the others only.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, date, datetime
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

from extract import extract
from extract.judge import Judge, Weigher
from extract.learn import articles_in, examples_of, table_of
from extract.tables import DATA

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
GOLD, OWN, HELDOUT = SHARED / "gold", ROOT / "tests" / "gold", ROOT / "tests" / "heldout"
LEARNT = [OWN, GOLD, SHARED / "reports", SHARED / "seed", ROOT / "tests" / "cases" / "clauses.csv"]
LANGUAGES = {"ar": "Arabic", "en": "English", "ckb": "Sorani", "fr": "French"}
KINDS = ("base", "troops", "deadline", "nation")
FOLDS = 5
HEAD = "| articles | number | facts | base | troops | deadline | nation | precision | recall | all |\n|" + "---|" * 10
Article = dict[str, Any]
Read = Callable[[Article], list[dict[str, Any]]]


def scoring() -> Any:
    """The module ``../shared/score.py``; SystemExit with what to do where it is missing."""
    spec = spec_from_file_location("score", SHARED / "score.py")
    if spec is None or spec.loader is None or not (SHARED / "score.py").exists():
        sys.exit("tests.score: ../shared/score.py is missing; put the folder shared/ beside the project")
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def facts_of(article: Article, judge: Judge | None = None) -> list[dict[str, Any]]:
    """The facts that the reader finds, as dicts."""
    found = extract(article["text"], date.fromisoformat(article["published"]), article["lang"], judge)
    return [fact.as_dict() for fact in found]


def crossed(fold: int) -> dict[str, list[dict[str, Any]]]:
    """Article id to what is read of it, for the articles of one fold, by weights learnt from the others."""
    articles = articles_in(LEARNT)
    table = table_of(example for at, a in enumerate(articles) if at % FOLDS != fold for example in examples_of(a))
    mine = [a for at, a in enumerate(articles) if at % FOLDS == fold and "id" in a]
    return {article["id"]: facts_of(article, Weigher(table)) for article in mine}


def rates(articles: list[Article], read: Read) -> dict[str, float]:
    """Number of articles and facts, F1 by kind, precision, recall and F1 over all."""
    score = scoring()
    gold, got, both = (dict.fromkeys(KINDS, 0) for _ in range(3))
    for article in articles:
        told, found = score.by_key(article["facts"]), score.by_key(read(article))
        for kind in KINDS:
            wanted, had = {k for k in told if k[0] == kind}, {k for k in found if k[0] == kind}
            gold[kind] += len(wanted)
            got[kind] += len(had)
            both[kind] += len(wanted & had)
    hits, found_all, told_all = (sum(counts.values()) for counts in (both, got, gold))
    over_all = {
        "precision": hits / max(1, found_all),
        "recall": hits / max(1, told_all),
        "all": f1(hits, found_all, told_all),
    }
    by_kind = {kind: f1(both[kind], got[kind], gold[kind]) for kind in KINDS}
    return {"articles": len(articles), "facts": told_all} | by_kind | over_all


def f1(both: int, got: int, gold: int) -> float:
    """F1; 0 where there is nothing."""
    return 2 * both / max(1, got + gold)


def row(name: str, articles: list[Article], read: Read) -> str:
    """One line of the table."""
    told = rates(articles, read)
    kinds = " | ".join(f"{told[kind]:.2f}" for kind in KINDS)
    last = " | ".join(f"{told[name]:.3f}" for name in ("precision", "recall", "all"))
    return f"| {name} | {told['articles']} | {told['facts']} | {kinds} | {last} |"


def rows(name: str, articles: list[Article], read: Read) -> Iterable[str]:
    """The line of a set, and one for each language."""
    yield row(name, articles, read)
    for lang, english in LANGUAGES.items():
        if own := [article for article in articles if article["lang"] == lang]:
            yield row(f"· {english}", own, read)


def secondary(articles: list[Article], read: Read) -> str:
    """Among the facts found, how often each further key agrees."""
    score = scoring()
    agree: dict[str, list[bool]] = {}
    for article in articles:
        told, found = score.by_key(article["facts"]), score.by_key(read(article))
        for key in told.keys() & found.keys():
            for name in score.SECONDARY[key[0]]:
                agree.setdefault(f"{key[0]} {name}", []).append(score.agrees(name, told[key], found[key]))
    return ", ".join(f"{name} {sum(values) / len(values):.2f}" for name, values in sorted(agree.items()))


def keep(articles: list[Article], measured: date) -> None:
    """Writes ``data/accuracy.csv``: the rates of all articles and of each language."""
    sets = {"": articles} | {lang: [a for a in articles if a["lang"] == lang] for lang in LANGUAGES}
    with (DATA / "accuracy.csv").open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        names = ("articles", "facts", *KINDS, "precision", "recall", "all")
        out.writerow(("lang", *names, "measured"))
        for lang, own in sets.items():
            told = rates(own, facts_of)
            out.writerow((lang, *(round(told[name], 3) for name in names), measured.isoformat()))


def main() -> None:
    """Prints the tables."""
    with ProcessPoolExecutor() as pool:
        apart = {id_: facts for fold in pool.map(crossed, range(FOLDS)) for id_, facts in fold.items()}
    read: dict[str, Read] = {"cross": lambda article: apart[article["id"]], "shipped": facts_of}
    print(HEAD)
    for name, folder, how in (
        ("the original article", SHARED / "seed", "shipped"),
        ("the reports shown", SHARED / "reports", "shipped"),
        ("shared/gold, learnt from", GOLD, "shipped"),
        ("shared/gold, cross-validated", GOLD, "cross"),
        ("tests/gold, cross-validated", OWN, "cross"),
        ("**tests/heldout, never looked at**", HELDOUT, "shipped"),
    ):
        print(*rows(name, articles_in([folder]), read[how]), sep="\n")
    keep(articles_in([HELDOUT]), datetime.now(UTC).date())
    for folder, how in ((GOLD, "cross"), (HELDOUT, "shipped")):
        print(f"\n{folder.name}: {secondary(articles_in([folder]), read[how])}")


if __name__ == "__main__":
    main()
