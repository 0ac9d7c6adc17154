"""The rows of data/words.csv: all there in every language, all used, fields the same; numbers and days as written."""

from __future__ import annotations

import ast
import re
from datetime import date
from pathlib import Path
from string import Formatter

import pytest

from extract.tables import forces, places
from pages.parts.words import LOCALES, UnknownWordError, _own_names, _rows, language_of, words

ROOT = Path(__file__).resolve().parent.parent
SOURCES = [ROOT / "app.py", *sorted((ROOT / "pages").rglob("*.py"))]
# Names of formats, programs, typefaces and licences; commands that are typed as they stand.
NAMES = {
    *("CSV", "PDF", "JSON", "JSONL", "RSS", "Natural", "Earth", "Unicode", "CLDR", "flag", "icons", "IBM", "Plex"),
    *("Atom", "BY", "CC", "GeoNames", "OurAirports", "Wikipedia"),
    *("as", "of", "csv", "facts", "jsonl", "parquet", "unstated"),  # of addresses
    *("Lines", "Parquet", "GeoJSON", "iCalendar", "Data", "Package", "Excel", "OpenAPI", "Frictionless"),
    *("Source", "Serif", "SIL", "OFL", "MIT", "Apache", "make", "run", "python", "ledger"),
}  # fmt: skip
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


@pytest.mark.parametrize("lang", LOCALES)
def test_no_key_is_untranslated(lang: str) -> None:
    whole = {stem(key) for key in _rows() if stem(key) == key}
    missing = [key for key, row in _rows().items() if key in whole and not row[lang]]
    missing += [f"{base}.other" for base in {*map(stem, _rows())} - whole if not _rows()[f"{base}.other"][lang]]
    assert not missing


@pytest.mark.parametrize("lang", [lang for lang in LOCALES if lang != "en"])
def test_no_english_is_left_in_another_language(lang: str) -> None:
    """A word of Latin letters in a row is a name that is written so everywhere."""
    words_of = {key: set(re.findall(r"[A-Za-z]{2,}", re.sub(r"{\w+}", "", row[lang]))) for key, row in _rows().items()}
    found = {key: left for key, words in words_of.items() if not key.startswith("date.") and (left := words - NAMES)}
    assert not found, " ".join(sorted(set().union(*found.values())))


@pytest.mark.parametrize("lang", LOCALES)
def test_every_plural_has_all_forms_of_the_language(lang: str) -> None:
    wanted = {words(lang).locale.plural_form(n) for n in range(201)}
    for base in {stem(key) for key in _rows() if stem(key) != key}:
        there = {key.rpartition(".")[2] for key, row in _rows().items() if stem(key) == base and row[lang]}
        assert wanted - {"zero"} <= there, f"{base} lacks {wanted - there} in {lang}"


def test_fields_are_the_same_in_all_languages() -> None:
    for key, row in _rows().items():
        for lang in LOCALES:
            if row["en"] and row[lang]:
                # A number may be part of the word itself ("two sites", one word in Arabic).
                assert fields(row["en"]) - {"n"} == fields(row[lang]) - {"n"}, (key, lang)


def test_a_missing_word_names_the_file_and_the_remedy() -> None:
    with pytest.raises(UnknownWordError, match=r"data/words.csv has no en word for 'no.such': add a row"):
        words("en")("no.such")


@pytest.mark.parametrize(
    ("row", "english", "arabic", "latin", "sorani"),
    [
        ((2500, 2500, True), "about 2,500", "نحو ٢٬٥٠٠", "نحو 2,500", "نزیکەی ٢٬٥٠٠"),
        ((0, 0, False), "0", "٠", "0", "٠"),
        ((None, None, None), "not stated", "غير معلن", "غير معلن", "ڕانەگەیەنراوە"),
        ((None, 500, False), "up to 500", "حتى ٥٠٠", "حتى 500", "تا ٥٠٠"),
        ((2000, None, False), "more than 2,000", "أكثر من ٢٬٠٠٠", "أكثر من 2,000", "زیاتر لە ٢٬٠٠٠"),
        ((1500, 2000, False), "1,500–2,000", "١٬٥٠٠ إلى ٢٬٠٠٠", "1,500 إلى 2,000", "١٬٥٠٠ بۆ ٢٬٠٠٠"),
        ((15, 20, True), "about 15–20", "نحو ١٥ إلى ٢٠", "نحو 15 إلى 20", "نزیکەی ١٥ بۆ ٢٠"),
    ],
)
def test_counts(row: tuple[int | None, ...], english: str, arabic: str, latin: str, sorani: str) -> None:
    count = dict(zip(("count_min", "count_max", "approximate"), row, strict=True))
    assert words("en").count(count) == english
    assert words("ar").count(count) == arabic
    assert words("ar", "latn").count(count) == latin
    assert words("ckb").count(count) == sorani


HALF = ("١ كانون الثاني ٢٠٢٥ إلى ٣٠ حزيران ٢٠٢٥", "١ی کانوونی دووەمی ٢٠٢٥ تا ٣٠ی حوزەیرانی ٢٠٢٥")


@pytest.mark.parametrize(
    ("window", "english", "arabic", "sorani"),
    [
        (("2025-09-15", "2025-09-15", "day"), "15 September 2025", "١٥ أيلول ٢٠٢٥", "١٥ی ئەیلوولی ٢٠٢٥"),
        (("2025-09-01", "2025-09-30", "month"), "September 2025", "أيلول ٢٠٢٥", "ئەیلوولی ٢٠٢٥"),
        (("2025-12-01", "2025-12-31", "month"), "December 2025", "كانون الأول ٢٠٢٥", "کانوونی یەکەمی ٢٠٢٥"),
        (("2026-01-01", "2026-12-31", "year"), "2026", "٢٠٢٦", "٢٠٢٦"),
        (("2025-01-01", "2025-06-30", "half"), "1 Jan 2025 – 30 Jun 2025", *HALF),
        ((None, "2025-09-30", "month"), "30 September 2025", "٣٠ أيلول ٢٠٢٥", "٣٠ی ئەیلوولی ٢٠٢٥"),
    ],
)
def test_windows(window: tuple[str | None, str, str], english: str, arabic: str, sorani: str) -> None:
    first, last, precision = window
    start = date.fromisoformat(first) if first else None
    row = {"date_start": start, "date_end": date.fromisoformat(last), "precision": precision}
    assert words("en").window(row) == english
    assert words("ar").window(row) == arabic
    assert words("ckb").window(row) == sorani


@pytest.mark.parametrize(
    ("count", "arabic", "sorani"),
    [
        (1, "يوم واحد", "یەک ڕۆژ"),
        (2, "يومين", "٢ ڕۆژ"),
        (5, "٥ أيام", "٥ ڕۆژ"),
        (23, "٢٣ يوماً", "٢٣ ڕۆژ"),
        (100, "١٠٠ يوم", "١٠٠ ڕۆژ"),
        (1102, "١٬١٠٢ يوم", "١٬١٠٢ ڕۆژ"),
    ],
)
def test_days_are_counted_in_the_plurals_of_the_language(count: int, arabic: str, sorani: str) -> None:
    assert words("ar").plural("days", count) == arabic
    assert words("ckb").plural("days", count) == sorani


@pytest.mark.parametrize(
    ("lang", "digits", "number", "share", "day"),
    [
        ("en", "", "-12,345", "87%", "7 December 2025"),
        ("en", "arab", "-١٢٬٣٤٥", "٨٧٪", "٧ December ٢٠٢٥"),
        ("ar", "", "-١٢٬٣٤٥", "٨٧٪", "٧ كانون الأول ٢٠٢٥"),
        ("ar", "arab", "-١٢٬٣٤٥", "٨٧٪", "٧ كانون الأول ٢٠٢٥"),
        ("ar", "latn", "-12,345", "87%", "7 كانون الأول 2025"),
        ("ckb", "", "-١٢٬٣٤٥", "٨٧٪", "٧ی کانوونی یەکەمی ٢٠٢٥"),
        ("ckb", "latn", "-12,345", "87%", "7ی کانوونی یەکەمی 2025"),
    ],
)
def test_numbers_shares_and_days_follow_the_digits(lang: str, digits: str, number: str, share: str, day: str) -> None:
    word = words(lang, digits)
    said = (word.number(-12_345), word.percent(0.87), word.day(date(2025, 12, 7)))
    assert tuple(re.sub(r"[\u200e\u200f\u061c]", "", one) for one in said) == (number, share, day)


@pytest.mark.parametrize(
    ("text", "arab"),
    [
        ("30 days", "٣٠ days"),
        ("يونيون 3", "يونيون ٣"),
        ("100%", "١٠٠٪"),
        ("2,000.", "٢٬٠٠٠."),
        ("قاعدة H2", "قاعدة H2"),
        ("K-1", "K-1"),
        ("Apache 2.0", "Apache 2.0"),
        ("{n} 5 {day}", "{n} ٥ {day}"),
    ],
)
def test_numbers_in_our_own_words_follow_the_digits_but_latin_names_do_not(text: str, arab: str) -> None:
    assert words("ar", "arab").written(text) == arab
    assert words("ar", "latn").written(words("ar", "arab").written(text)) == text


@pytest.mark.parametrize(
    ("browser", "lang"),
    [
        ("en-GB", "en"),
        ("ar", "ar"),
        ("ar-EG", "ar"),
        ("ckb", "ckb"),
        ("ckb-IQ", "ckb"),
        ("ckb_IR", "ckb"),
        ("ku-IQ", "ckb"),
        ("ku-Arab-IQ", "ckb"),
        ("ku-Arab", "ckb"),
        ("ku", "en"),
        ("ku-Latn-IQ", "en"),
        ("ku-TR", "en"),
        ("kmr", "en"),
        ("fr-FR", "en"),
        ("arz", "en"),
        ("", "en"),
    ],
)
def test_the_browsers_language_chooses_ours(browser: str, lang: str) -> None:
    assert language_of(browser) == lang


@pytest.mark.parametrize("lang", ["ar", "ckb"])
def test_every_force_and_place_has_a_name_in_the_script_of_the_language(lang: str) -> None:
    word = words(lang)
    names = {force: word.force(force) for force in forces()} | {place: word.place(place) for place in places()}
    assert not {key: name for key, name in names.items() if re.search("[A-Za-z]{2}", name)}


def test_every_name_of_our_own_is_one_that_is_asked_for() -> None:
    for lang, kind, ident in _own_names():
        assert lang in LOCALES
        assert ident in ({*map(str, range(1, 13))} if kind == "month" else forces())
