"""The reader against the answer keys: the shipped reports, the original article, articles nobody tuned it to.

``../shared`` holds the keys; where it is absent (a clone on another machine) only the shipped reports are
looked at.
"""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from extract import extract

ROOT = Path(__file__).resolve().parent.parent
REPORTS = ROOT / "data" / "reports"
SHARED = ROOT.parent / "shared"
KINDS = ("base", "troops", "deadline", "nation")
with_keys = pytest.mark.skipif(not SHARED.is_dir(), reason="../shared with the answer keys is not on this machine")


def articles(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.json"))]


def run(*command: str | Path) -> subprocess.CompletedProcess[str]:
    """A Python program run in the project."""
    return subprocess.run([sys.executable, *command], cwd=ROOT, capture_output=True, encoding="utf-8", check=False)


@cache
def score(name: str) -> dict[str, Any]:
    """What ``../shared/score.py`` says of one folder of answer keys."""
    done = run(SHARED / "score.py", SHARED / name, "--json", "--python", sys.executable, "--project", ".")
    assert done.returncode == 0, done.stderr
    result: dict[str, Any] = json.loads(done.stdout)
    return result


@with_keys
@pytest.mark.parametrize(("name", "least"), [("reports", 0.95), ("gold", 0.80)])
def test_facts_agree_with_the_answer_key(name: str, least: float) -> None:
    assert score(name)["all"]["f1"] >= least


@with_keys
@pytest.mark.parametrize("kind", [*KINDS, "all"])
def test_the_original_article_is_read_whole(kind: str) -> None:
    assert score("seed")[kind]["f1"] == 1


@with_keys
def test_the_original_article_tells_its_own_day() -> None:
    done = run("-m", "extract", SHARED / "seed" / "article.txt")
    (key,) = articles(SHARED / "seed")
    facts = [json.loads(line) for line in done.stdout.splitlines()]
    assert (done.returncode, done.stderr) == (0, "")
    assert {fact["published"] for fact in facts} == {key["published"]}
    assert {fact["lang"] for fact in facts} == {key["lang"]}


@with_keys
@pytest.mark.parametrize("name", ["reports", "gold", "seed"])
def test_every_quote_stands_in_its_article(name: str) -> None:
    assert score(name)["quotes_not_in_the_text"] == 0


@with_keys
def test_shipped_reports_are_those_of_the_key_without_its_facts() -> None:
    keys = {path.name: json.loads(path.read_text(encoding="utf-8")) for path in (SHARED / "reports").glob("*.json")}
    shipped = {path.name: json.loads(path.read_text(encoding="utf-8")) for path in REPORTS.glob("*.json")}
    assert shipped == {name: {k: v for k, v in key.items() if k != "facts"} for name, key in keys.items()}


def test_shipped_reports_hold_no_answers() -> None:
    shipped = articles(REPORTS)
    assert len(shipped) > 50
    assert [report["id"] for report in shipped if "facts" in report] == []


def test_shipped_reports_state_facts_with_their_quotes() -> None:
    silent = []
    for report in articles(REPORTS):
        facts = extract(report["text"], date.fromisoformat(report["published"]), report["lang"])
        assert all(report["text"][fact.char_start : fact.char_end] == fact.quote for fact in facts), report["id"]
        silent += [report["id"]] * (not facts)
    assert silent == []
