"""Folding: one form for every way to write the same letters, and the way back to the original offsets."""

from __future__ import annotations

import sys
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.fold import fold, fold_with_origin

# The habit, then spellings that are one word.
ALIKE = [
    ("case", "Harir", "HARIR", "harir"),
    ("hamza", "أربيل", "اربيل", "إربيل", "آربيل", "ٱربيل"),
    ("hamza on its seat", "مئة", "مية"),
    ("ta marbuta", "قاعدة", "قاعده"),
    ("alif maqsura", "إلى", "الي", "الى"),
    ("tatweel", "بغداد", "بغـــداد", "ـبغدادـ"),
    ("vowel signs", "القاعدة", "القَاعِدَة", "القاعدةِ", "القاعدةٌ"),
    ("shadda and madda", "سلمت", "سلّمت", "سُلِّمَت"),
    ("presentation forms", "بغداد", "\ufe91\ufed0\ufeaa\ufe8d\ufea9"),
    ("ligatures", "لا", "\ufefb", "\ufefc"),
    ("Kurdish h", "هەولێر", "ھەولێر", "هه\u200cولێر"),
    ("Kurdish and Persian k and y", "كوردي", "کوردی", "ڪوردی", "كوردى"),
    ("Kurdish r and l", "ڕۆژ", "رۆژ"),
    ("ZWNJ", "هێزەکان", "هێزه\u200cکان"),
    ("direction marks", "2500 جندي", "\u200f2500\u200e جندي", "\u202b2500 جندي\u202c", "\ufeff2500 جندي"),
    ("digits of any script", "2500", "٢٥٠٠", "۲۵۰۰", "२५००", "２５００"),
    ("Arabic signs", "2,500; 50%?", "٢٬٥٠٠؛ ٥٠٪؟", "٢،٥٠٠؛ ٥٠٪؟"),
    ("decimal sign", "2.5", "٢٫٥"),
    ("quotation marks", '"al-asad"', "“al-Asad”", "«al-Asad»", "„al-Asad”"),
    ("apostrophes", "l'irak", "l’Irak", "l‘Irak", "l`Irak"),
    ("accents", "etats-unis", "États-Unis", "E\u0301tats-Unis"),
    ("hyphens", "k-1", "K‑1", "K‐1", "K−1", "K–1"),
    ("spaces", "2 500", "2\u00a0500", "2\u202f500", "2\u2009500", "2\t500"),
    ("Latin ligatures", "oeuvre", "œuvre"),
    ("half-width and full-width", "nato", "ＮＡＴＯ"),
    ("ellipsis", "fin.", "fin…"),
]
# Spellings that stay two words.
UNLIKE = [
    ("حرير", "تحرير"),
    ("قرب", "غرب"),
    ("آب", "اياب"),
    ("سبتمبر", "ستمبر"),
    ("harir", "hariri"),
    ("2500", "250"),
    ("2,500", "2.500"),
    ("a b", "a\nb"),
    ("k1", "k 1"),
    ("a - b", "a — b"),
]
# What articles are written in, beside anything else that Unicode has.
LETTERS = "أإآٱؤئىةکگپچژڤەێۆڕڵھیء ـًٌَُِّْابتلهم٠١۲۳2500,.%؛؟“”«»’'-–—…\u200c\u200f\u00a0\u202f\ufefb\ufed0éÉœßKkIİ \n\t"
TEXTS = st.one_of(st.text(LETTERS, max_size=60), st.text(max_size=40))


@pytest.mark.parametrize(("habit", "spellings"), [(habit, spellings) for habit, *spellings in ALIKE])
def test_one_form_for_one_word(habit: str, spellings: list[str]) -> None:
    assert {fold(spelling) for spelling in spellings} == {fold(spellings[0])}, habit


@pytest.mark.parametrize(("one", "two"), UNLIKE)
def test_two_words_stay_two(one: str, two: str) -> None:
    assert fold(one) != fold(two)


def test_every_decimal_digit_is_folded_to_its_value() -> None:
    digits = [char for char in map(chr, range(sys.maxunicode + 1)) if char.isdecimal()]
    assert len(digits) > 600
    assert [char for char in digits if fold(char) != str(unicodedata.decimal(char))] == []


@given(text=TEXTS)
@settings(deadline=None, max_examples=300)
def test_folded_twice_is_folded_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(one=TEXTS, two=TEXTS)
@settings(deadline=None)
def test_parts_fold_as_the_whole_does(one: str, two: str) -> None:
    assert fold(one + two) == fold(one) + fold(two)


@given(text=TEXTS)
@settings(deadline=None, max_examples=300)
def test_origin_leads_back(text: str) -> None:
    folded = fold_with_origin(text)
    origin = list(folded.origin)
    assert folded.text == fold(text)
    assert len(origin) == len(folded.text) + 1
    assert origin == sorted(origin)
    assert origin[-1] == len(text)
    for char, place in zip(folded.text, origin, strict=False):
        assert char in fold(text[place])


@pytest.mark.parametrize(
    ("text", "word", "original"),
    [
        ("غادرت قـــاعدةَ عين الأَسَدِ أمس", "عين الاسد", "عين الأَسَدِ"),
        ("نحو ٢٬٥٠٠ جنديّ", "2,500", "٢٬٥٠٠"),
        ("هێزه\u200cکانی ئەمریکا", "هيزهكاني", "هێزه\u200cکانی"),
        ("d’Aïn\u00a0al-Assad, où", "ain al-assad", "Aïn\u00a0al-Assad"),
        ("manœuvres", "oeuvre", "œuvre"),
        ("\ufefbحقا", "لا", "\ufefb"),
    ],
)
def test_a_folded_word_is_found_in_the_original(text: str, word: str, original: str) -> None:
    folded = fold_with_origin(text)
    start = folded.text.index(word)
    assert text[folded.origin[start] : folded.origin[start + len(word)]] == original
