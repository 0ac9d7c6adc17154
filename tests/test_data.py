"""The tables of words: well formed, complete, unambiguous, used; and no such word in the code."""

from __future__ import annotations

import ast
import csv
import re
from collections import Counter, defaultdict
from functools import cache
from pathlib import Path

import pytest

from extract.fold import fold
from extract.lexicon import LANGUAGES, spellings
from extract.reading import read
from tests.cases import rows as case_rows

ROOT = Path(__file__).resolve().parent.parent
CODE = sorted([*ROOT.glob("extract/*.py"), *ROOT.glob("ledger/*.py")])
Row = dict[str, str]


def kinds(text: str) -> list[str]:
    return text.split()


# Kinds without which a language cannot be read.
NEEDED = kinds("""
    troop body mission local localadj casualty leave hand end stay host arrive cut say modal neg deny site number month
    weekday unit part rel ordinal bound hedge prep link anaphor
""")
# Kinds whose value is what a word means, so that one word must not have two.
VALUED = ("number", "about", "month", "weekday", "ordinal", "day", "twotroops", "pair", "dualunit", "thisyear")
# Two words of one spelling, as folded: "three" and "thirty".
HOMOGRAPHS = {("number", "ckb", "سي")}
VALUES = {
    "month": {str(n) for n in range(1, 13)},
    "weekday": {str(n) for n in range(1, 8)},
    "unit": {"day", "week", "month", "quarter", "half", "year"},
    "hedge": {"about", "less", "more", "atleast", "upto"},
}
# Rows that stand twice; the list may only shrink.
TWICE: set[tuple[str, ...]] = set()
# Kinds that no rule reads yet; the list may only shrink.
UNREAD: set[str] = set()
# Kinds that a rule joins to their neighbours, or that only help to read others: not found as themselves.
JOINED = kinds("""
    proclitic enclitic article abbreviation number pair about month weekday day unit rel ordinal part bound thisyear ago
    hijrimonth hijri gregorian dualunit oneunit yearend quartername later capital
    hedge between range anaphor modal pronoun manner joint source nameparticle
""")
# Arabic letters in all their blocks, and Latin ones with accents.
FOREIGN = re.compile("[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc\u00c0-\u024f]")


@cache
def table(name: str) -> list[Row]:
    with (ROOT / "data" / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@cache
def words() -> list[tuple[Row, str]]:
    """Every spelling of terms.csv with its row."""
    return [(row, spelling) for row in table("terms.csv") for spelling in spellings(row["pattern"])]


def strings(path: Path) -> list[ast.Constant]:
    """The strings of a module that are not its documentation."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    nodes = [node for node in ast.walk(tree) if isinstance(node, documented)]
    docs = {id(node.body[0].value) for node in nodes if node.body and isinstance(node.body[0], ast.Expr)}
    found = [node for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    return [node for node in found if id(node) not in docs]


def test_rows_are_whole() -> None:
    assert list(table("terms.csv")[0]) == ["kind", "value", "lang", "pattern"]
    for line, row in enumerate(table("terms.csv"), 2):
        assert None not in row, f"line {line}: too many columns"
        assert all(value is not None and value == value.strip() for value in row.values()), f"line {line}"
        assert row["kind"], f"line {line}"
        assert row["pattern"], f"line {line}"
        assert row["lang"] in LANGUAGES, f"line {line}"


def test_no_row_stands_twice() -> None:
    for name in (
        "terms.csv",
        "letters.csv",
        "names.csv",
        "force_names.csv",
        "places.csv",
        "forces.csv",
        "countries.csv",
    ):
        counted = Counter(tuple(row.values()) for row in table(name))
        assert {row for row, count in counted.items() if count > 1} <= TWICE, name


def test_brackets_pair() -> None:
    for line, row in enumerate(table("terms.csv"), 2):
        depth = 0
        for char in row["pattern"]:
            depth += (char == "(") - (char == ")")
            assert depth >= 0, f"line {line}"
            assert depth or char != "|", f"line {line}: a choice outside brackets"
        assert depth == 0, f"line {line}"


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("a", ["a"]),
        ("(a|b)", ["a", "b"]),
        ("a(|b)", ["a", "ab"]),
        ("(a|b)c(d|e)", ["acd", "ace", "bcd", "bce"]),
        ("(a|(b|c)d)", ["a", "bd", "cd"]),
        ("x(a|b(c|))", ["xa", "xbc", "xb"]),
    ],
)
def test_patterns_stand_for_spellings(pattern: str, expected: list[str]) -> None:
    assert list(spellings(pattern)) == expected


@pytest.mark.parametrize("pattern", ["(a|b", "a)", "((a)", "a|b)"])
def test_brackets_that_do_not_pair_are_an_error_that_says_where(pattern: str) -> None:
    with pytest.raises(ValueError, match=r"terms\.csv: brackets do not pair in "):
        list(spellings(pattern))


def test_every_kind_is_read_by_a_rule() -> None:
    read_kinds = {node.value for path in CODE if path.parent.name == "extract" for node in strings(path)}
    assert {row["kind"] for row in table("terms.csv")} - read_kinds <= UNREAD


def test_every_language_has_what_is_needed() -> None:
    have = {(row["kind"], row["lang"]) for row in table("terms.csv")}
    assert {(kind, lang) for kind in NEEDED for lang in LANGUAGES} - have == set()


@pytest.mark.parametrize(("kind", "values"), VALUES.items())
def test_every_language_has_every_value(kind: str, values: set[str]) -> None:
    have = defaultdict(set)
    for row in table("terms.csv"):
        if row["kind"] == kind:
            have[row["lang"]].add(row["value"])
    assert {lang: values - have[lang] for lang in LANGUAGES} == {lang: set() for lang in LANGUAGES}


def test_one_word_has_one_value() -> None:
    values = defaultdict(set)
    for row, spelling in words():
        if row["kind"] in VALUED:
            values[row["kind"], row["lang"], fold(spelling)].add(row["value"])
    assert {word for word, told in values.items() if len(told) > 1} <= HOMOGRAPHS


def test_values_that_count_are_numbers() -> None:
    for row in table("terms.csv"):
        if row["kind"] in VALUED and row["kind"] != "dualunit":
            assert re.fullmatch(r"-?\d+", row["value"]), row


def test_every_word_is_read_as_its_kind() -> None:
    def is_read(text: str, lang: str, kind: str) -> bool:
        return any(m.has(kind) for phrase in read(text, lang).phrases for m in phrase.mentions)

    looked_at = [(word, row["lang"], row["kind"]) for row, word in words() if row["kind"] not in JOINED]
    assert len(looked_at) > 3000
    # Short Latin names are read in capitals only.
    unread = [of for of in looked_at if not is_read(*of) and not is_read(of[0].upper(), *of[1:])]
    assert unread == []


def test_letters_are_single_and_end_in_one_step() -> None:
    letters = {row["letter"]: row["folded"] for row in table("letters.csv")}
    assert len(letters) == len(table("letters.csv"))
    for letter, folded in letters.items():
        assert len(letter) == 1, letter
        assert fold(letter) == fold(folded) == folded, letter


@pytest.mark.parametrize("path", CODE, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_no_word_of_a_language_stands_in_code(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    foreign = [node for node in strings(path) if FOREIGN.search(node.value)]
    assert [node.value for node in foreign if FOREIGN.search(ast.get_source_segment(source, node) or "")] == []


@pytest.mark.parametrize("name", ["numbers.csv", "dates.csv", "names.csv", "clauses.csv"])
def test_tables_of_cases_hold_every_language_and_negatives(name: str) -> None:
    told = [{k: v for k, v in row.items() if k not in ("expected", "places", "forces")} for row in case_rows(name)]
    assert len({tuple(row.values()) for row in told}) == len(told)
    silent = [row["lang"] for row in case_rows(name) if not any(row.get(k) for k in ("expected", "places", "forces"))]
    assert set(silent) == {row["lang"] for row in case_rows(name)} == set(LANGUAGES)
