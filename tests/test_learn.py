"""The judge weighs what it was taught; the weights that ship answer every question that the reader asks."""

from __future__ import annotations

import csv
import re
from pathlib import Path
from typing import Any

import pytest

from extract import bases, deadlines, nations, troops
from extract.judge import PAIR, Asked, Weigher, weights
from extract.learn import ROW, articles_in, examples_of, learnt, main, table_of
from extract.model import Quote
from extract.tables import DATA

ABOUT = Asked(Quote("", 0, 0), None)
# Each question that the reader asks, with its answers; "" where the options differ by their signs.
QUESTIONS = {
    "count": [""], "count.force": [""], "count.place": [""], "count.status": troops.STATUSES,
    "date": [""], "date.window": [""], "date.force": [""], "date.place": [""],
    "date.status": deadlines.STATUSES, "date.event": deadlines.EVENTS,
    "base": [""], "base.force": [""], "base.status": bases.STATUSES, "nation": [""], "nation.role": nations.ROLES,
}  # fmt: skip
NOISE = [{"noise": float(n % 2)} for n in range(40)]


def test_a_sign_that_always_tells_outweighs_one_that_never_does() -> None:
    examples = [({True: {"tells": float(n % 4 < 2)} | noise, False: {}}, {n % 4 < 2}) for n, noise in enumerate(NOISE)]
    found = learnt(examples)
    assert found["tells"] > 3 * abs(found["noise"])


def test_a_judge_prefers_what_the_examples_preferred() -> None:
    options: dict[Any, dict[str, float]] = {"near": {"near": 1.0}, "far": {"far": 1.0}}
    sorts: dict[Any, dict[str, float]] = {"left": {"left\tgone": 1.0}, "present": {"present\tgone": 1.0}}
    table = table_of([("count.place", (options, {"near"}))] * 9 + [("base.status", (sorts, {"left"}))] * 9)
    judge = Weigher(table)
    assert judge.pick("count.place", {"b": {"far": 1.0}, "a": {"near": 1.0}}, ABOUT) == "a"
    assert judge.sort("base.status", ("present", "left"), {"gone": 1.0}, ABOUT) == "left"


def test_what_nothing_speaks_for_does_not_hold() -> None:
    judge = Weigher({"count": {"sign": (("", 2.0),)}})
    assert judge.holds("count", {"sign": 1.0}, ABOUT)
    assert not judge.holds("count", {"other": 1.0}, ABOUT)
    assert not judge.holds("unheard of", {"sign": 1.0}, ABOUT)


def test_the_teacher_answers_by_the_facts(tmp_path: Path) -> None:
    text = "The United States has 900 troops in Syria; 40 Iraqi soldiers died in 2017."
    table = tmp_path / "sentences.csv"
    table.write_text(
        f'expected,lang,published,text\ntroops US SY 900 present + nation US coalition,en,2025-09-07,"{text}"\n',
        encoding="utf-8",
    )
    (article,) = articles_in([table])
    assert article["weight"] == ROW
    answers = [(question, right) for question, (_, right) in examples_of(article)]
    assert ("count", {True}) in answers
    assert ("count", {False}) in answers
    assert ("count.place", {"SY"}) in answers
    assert ("nation", {True}) in answers


def test_the_weights_that_ship_answer_every_question() -> None:
    assert weights().keys() == QUESTIONS.keys()
    for question, answers in QUESTIONS.items():
        assert {answer for told in weights()[question].values() for answer, _ in told} == set(answers)


def test_signs_too_rare_to_learn_from_weigh_nothing() -> None:
    assert learnt([({True: {"seen once": 1.0}, False: {}}, {True})]) == {}


def test_learning_needs_all_its_articles(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(tmp_path / "gone")]) == 2
    assert "gone is missing" in capsys.readouterr().err


def test_words_stand_in_signs_of_words_alone() -> None:
    """``extract.vocabulary`` names a sign after a word; all others are told in kinds."""
    with (DATA / "weights.csv").open(encoding="utf-8", newline="") as rows:
        signs = {sign for row in csv.DictReader(rows) for sign in row["sign"].split(PAIR)}
    odd = [sign for sign in signs if not sign.isascii() and not re.fullmatch(r"word [+-]\d? \w+", sign)]
    assert not odd


@pytest.mark.parametrize("folder", ["gold", "heldout"])
def test_articles_read_by_hand_keep_the_rules(folder: str) -> None:
    for article in articles_in([Path(__file__).parent / folder]):
        text = article["text"]
        for fact in article["facts"]:
            where = f"{article['id']}: {fact['quote']}"
            assert text[fact["char_start"] : fact["char_end"]] == fact["quote"], where
            assert fact["kind"] in {"base", "troops", "deadline", "nation"}, where
            if fact["kind"] == "deadline":
                assert fact["date_start"] <= fact["date_end"], where
                assert fact["precision"] in {"day", "week", "month", "quarter", "half", "year"}, where
            if fact["kind"] == "troops":
                assert {fact["count_min"], fact["count_max"]} - {None}, where
