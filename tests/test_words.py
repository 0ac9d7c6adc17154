"""The rows of data/words.csv: all there in both languages, all used, fields the same, nothing left over."""

from __future__ import annotations

import ast
import re
from datetime import date
from pathlib import Path
from string import Formatter

import pytest

from pages.parts.words import LOCALES, UnknownWordError, _rows, words

ROOT = Path(__file__).resolve().parent.parent
SOURCES = [ROOT / "app.py", *sorted((ROOT / "pages").rglob("*.py"))]
FORMS = {"zero", "one", "two", "few", "many", "other"}


def stem(key: str) -> str:
    """The key without its plural form."""
    base, _, form = key.rpartition(".")
    return base if form in FORMS else key


def asked() -> list[re.Pattern[str]]:
    """Every text in the pages' source as a pattern; a field of an f-string stands for one part of a key."""
    patterns = []
    for source in SOURCES:
        for node in ast.walk(ast.parse(source.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                patterns.append(re.compile(re.escape(node.value)))
            elif isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
                parts = [re.escape(p.value) if isinstance(p, ast.Constant) else r"\w+" for p in node.values]
                patterns.append(re.compile("".join(parts)))
    return patterns


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def test_no_word_is_left_over() -> None:
    patterns = asked()
    assert not [key for key in _rows() if not any(p.fullmatch(stem(key)) or p.fullmatch(key) for p in patterns)]


def test_every_word_is_there_in_every_language() -> None:
    for key, row in _rows().items():
        for lang in LOCALES:
            forms = {key for key in _rows() if stem(key) == stem(row["key"])}
            assert row[lang] or len(forms) > 1, f"{key} has no {lang} word"


@pytest.mark.parametrize("lang", LOCALES)
def test_every_plural_has_all_forms_of_the_language(lang: str) -> None:
    wanted = {words(lang).locale.plural_form(n) for n in range(201)}
    for base in {stem(key) for key in _rows() if stem(key) != key}:
        there = {key.rpartition(".")[2] for key, row in _rows().items() if stem(key) == base and row[lang]}
        assert wanted - {"zero"} <= there, f"{base} lacks {wanted - there} in {lang}"


def test_fields_are_the_same_in_all_languages() -> None:
    for key, row in _rows().items():
        if row["en"] and row["ar"]:
            # A number may be part of the word itself ("two sites", one word in Arabic).
            assert fields(row["en"]) - {"n"} == fields(row["ar"]) - {"n"}, key


def test_a_missing_word_names_the_file_and_the_remedy() -> None:
    with pytest.raises(UnknownWordError, match=r"data/words.csv has no en word for 'no.such': add a row"):
        words("en")("no.such")


@pytest.mark.parametrize(
    ("low", "high", "about", "english", "arabic"),
    [
        (2500, 2500, True, "about 2,500", "نحو 2,500"),
        (0, 0, False, "0", "0"),
        (None, None, None, "not stated", "غير معلن"),
        (None, 500, False, "up to 500", "حتى 500"),
        (2000, None, False, "more than 2,000", "أكثر من 2,000"),
        (1500, 2000, False, "1,500–2,000", "1,500–2,000"),
    ],
)
def test_counts(low: int | None, high: int | None, about: bool | None, english: str, arabic: str) -> None:
    row = {"count_min": low, "count_max": high, "approximate": about}
    assert words("en").count(row) == english
    assert words("ar").count(row) == arabic


@pytest.mark.parametrize(
    ("start", "end", "precision", "english", "arabic"),
    [
        ("2025-09-15", "2025-09-15", "day", "15 September 2025", "15 أيلول 2025"),
        ("2025-09-01", "2025-09-30", "month", "September 2025", "أيلول 2025"),
        ("2026-01-01", "2026-12-31", "year", "2026", "2026"),
        (
            "2025-01-01",
            "2025-06-30",
            "half",
            "1 Jan 2025 – 30 Jun 2025",
            "1 كانون الثاني 2025 – 30 حزيران 2025",
        ),
        (None, "2025-09-30", "month", "30 September 2025", "30 أيلول 2025"),
    ],
)
def test_windows(start: str | None, end: str, precision: str, english: str, arabic: str) -> None:
    first = date.fromisoformat(start) if start else None
    row = {"date_start": first, "date_end": date.fromisoformat(end), "precision": precision}
    assert words("en").window(row) == english
    assert words("ar").window(row) == arabic


@pytest.mark.parametrize(
    ("count", "arabic"), [(1, "يوم واحد"), (2, "يومين"), (5, "5 أيام"), (23, "23 يوماً"), (100, "100 يوم")]
)
def test_arabic_counts_days_in_its_own_plurals(count: int, arabic: str) -> None:
    assert words("ar").plural("days", count) == arabic
