"""``python -m ledger``: what it prints, what it keeps, and one clear line for what cannot be."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from ledger import __main__ as command
from ledger.store import Ledger


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> object:
    """Runs the command on a ledger of its own; gives exit code, what it printed and what it complained of."""
    url = f"sqlite:///{tmp_path / 'ledger.db'}"

    def go(*arguments: str) -> tuple[int, str, str]:
        code = command.main(["--ledger", url, *arguments])
        out, err = capsys.readouterr()
        return code, out, err

    go.url = url  # type: ignore[attr-defined]
    return go


def test_the_shipped_reports_are_there_at_the_first_start(run) -> None:
    code, out, err = run("list")
    assert (code, err) == (0, "")
    assert len(out.splitlines()) == 82
    assert run("list")[1] == out


def test_a_report_is_shown_with_its_facts(run) -> None:
    code, out, _ = run("show", "2025-10-01-vetogate")
    assert code == 0
    assert "Vetogate, 2025-10-01, ar" in out
    assert "troops" in out
    assert "2500" in out


def test_the_picture_of_a_day(run) -> None:
    code, out, _ = run("picture", "--as-of", "2025-09-07", "--format", "json")
    shown = json.loads(out)
    assert code == 0
    assert (shown["as_of"], shown["known"]) == ("2025-09-07", "2025-09-07")
    assert set(shown) == {"as_of", "known", "newest", "bases", "troops", "deadlines", "nations"}
    number = next(row for row in shown["troops"] if (row["force"], row["place"]) == ("US", "IQ"))
    assert number["count_max"] == 2500
    assert number["facts"]
    later = json.loads(run("picture", "--as-of", "2025-09-07", "--known", "2025-01-01", "--format", "json")[1])
    assert later["known"] == "2025-01-01"
    assert all(row["published"] <= "2025-01-01" for row in later["troops"])
    table = run("picture", "--as-of", "2025-09-07")[1]
    assert "as of 2025-09-07" in table
    for name in ("bases", "troops", "deadlines", "nations"):
        assert f"\n{name}\n" in table


def test_a_review_changes_the_picture_and_stands_in_the_log(run) -> None:
    ledger = Ledger(run.url)
    run("list")
    day = date(2025, 10, 2)
    fact = next(row for row in ledger.facts_in("2025-10-01-vetogate") if row["kind"] == "troops")
    before = ledger.picture(day).troops
    right = ("--set", "count_min=2000", "--set", "count_max=2000", "--by", "amina", "--why", "misread")
    code, out, _ = run("review", "2025-10-01-vetogate", "corrected", "--fact", fact["fact"], *right)
    assert (code, out) == (0, f"corrected: {fact['fact']}\n")
    assert before["count_max"].tolist() != ledger.picture(day).troops["count_max"].tolist()
    last = json.loads(run("log", "--last", "1", "--format", "jsonl")[1])
    assert (last["who"], last["what"], last["fact"]) == ("amina", "corrected", fact["fact"])
    assert last["note"] == "count_min=2000, count_max=2000; misread"
    assert "amina" in run("log", "--last", "1")[1]


def test_reading_anew_tells_how_many(run) -> None:
    run("list")
    assert run("read")[1] == "0 reports read anew, 0 of them with other facts\n"
    assert run("orphans")[1].split() == ["report", "fact", "verdict", "who", "at", "why"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("show", "nowhere"), "no report 'nowhere'; python -m ledger list shows all"),
        (("review", "nowhere", "accepted"), "no report 'nowhere'"),
        (("review", "2025-10-01-vetogate", "accepted", "--fact", "0"), "states no fact 0"),
        (("review", "2025-10-01-vetogate", "corrected"), "needs --set KEY=VALUE"),
        (("review", "2025-10-01-vetogate", "accepted", "--set", "status=left"), "needs --set KEY=VALUE"),
        (("review", "2025-10-01-vetogate", "corrected", "--set", "left"), "write it as KEY=VALUE"),
    ],
)
def test_what_cannot_be_is_one_clear_line(run, arguments: tuple[str, ...], words: str) -> None:
    code, out, err = run(*arguments)
    assert (code, out) == (1, "")
    assert words in err
    assert err.count("\n") == 1


@pytest.mark.parametrize("arguments", [(), ("shout",), ("picture", "--as-of", "yesterday"), ("review", "x", "fine")])
def test_a_wrong_command_line_says_how(run, arguments: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        run(*arguments)
    assert ended.value.code == 2
    assert "usage: python -m ledger" in capsys.readouterr().err
