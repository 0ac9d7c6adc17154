"""Searching reports: one text, all the ways to type it, and what must not be found; on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError

from ledger.intake import prepared
from ledger.reports import Report
from ledger.reviews import Review
from ledger.schema import folded
from ledger.search import LONGEST, hits, plain, terms
from ledger.shelf import Wanted
from ledger.store import Ledger
from tests.rows import cases

# A text, what finds it, what does not.
WAYS = [
    ("hamza on alef", "أكد المسؤول إخلاء القاعدة", ["اكد", "أكد", "إكد", "آكد"], ["يؤكد"]),
    ("hamza on waw and ya", "قال المسؤول إن الطائرات غادرت", ["المسوول", "المسؤول", "الطايرات"], ["المسول"]),
    ("hamza alone", "إخلاء القاعدة", ["اخلا", "إخلاء", "اخلاء القاعده"], ["اخلال"]),
    ("ta marbuta", "قاعدة عين الأسد", ["قاعده", "قاعدة", "عين الاسد"], ["قاعدت"]),
    ("alef maqsura", "مصطفى", ["مصطفي", "مصطفى"], ["مصطفا"]),
    ("vowel signs and tatweel", "قُوّات الـتـحـالـف", ["قوات", "قوّات", "التحالف", "التـــحالف"], ["قوت"]),
    ("presentation forms", "ﻗﻮﺍﺕ", ["قوات"], ["قوت"]),
    ("Sorani letters", "هێزەکانی ئەمریکا لە هەولێر", ["هێزەکانی", "هيزهكاني", "ھێزەکانی", "هەولێر"], ["هەولار"]),
    ("Persian ya and kaf", "كركوك", ["کرکوک", "كركوك"], ["كركوق"]),
    ("digits of another script", "about 2500 troops", ["2500", "٢٥٠٠", "۲۵۰۰", "250"], ["2,50", "٢٥٠١"]),
    ("grouped digits", "نحو ٢٬٥٠٠ جندي", ["2500", "2,500", "٢٥٠٠", "٢٬٥٠٠"], ["2.500.1", "25000"]),
    ("case and accents", "L'armée française", ["ARMEE", "armée", "Française", "l'armee"], ["armeee"]),
    ("part of a word", "Erbil's airport", ["erb", "port", "erbil"], ["erbill"]),
    ("a phrase is of whole words", "US forces in Iraq", ["“US Forces”", "«us»"], ['"s forces"', '"us iraq"']),
    ("all words must occur", "US forces left Harir", ["harir us", "us left"], ["harir french"]),
    ("hyphens part words", "Ain al-Asad", ["al-asad", "al asad", '"ain al asad"'], ["alasad", "asad-al"]),
    ("signs mean nothing", "100% of a_b", ["100%", "a_b", "%", "_", ".*"], ["100.5", "axb"]),
]  # fmt: skip


def found(text: str, asked: str) -> bool:
    return all(term in plain(text) for term in terms(asked))


@pytest.mark.parametrize(("text", "ways", "others"), cases(WAYS))
def test_what_finds_a_text(text: str, ways: list[str], others: list[str]) -> None:
    assert [way for way in ways if not found(text, way)] == []
    assert [other for other in others if found(text, other)] == []


@pytest.mark.parametrize(("text", "ways"), cases(row[:-1] for row in WAYS))
def test_what_was_found_is_marked_and_nothing_else(text: str, ways: list[str]) -> None:
    for way in ways:
        assert bool(hits(text, terms(way))) == bool(terms(way)), way
        for start, end in hits(text, terms(way)):
            assert any(plain(text[start:end]).strip() == term.strip() for term in terms(way)), text[start:end]


MARKED = [
    ("diacritics go with their word", "في قُوّاتٌ كثيرة", "قوات", ["قُوّاتٌ"]),
    ("two words", "US forces left; US aid", "us left", ["US", "left", "US"]),
    ("a phrase across a line", "US\n forces, US", '"us forces"', ["US\n forces"]),
    ("no comma after a number", "2,500, they say", "2500", ["2,500"]),
    ("a phrase not inside a word", "focus us", '"us"', ["us"]),
    ("nothing asked", "US forces", "", []),
]


@pytest.mark.parametrize(("text", "asked", "marked"), cases(MARKED))
def test_marks(text: str, asked: str, marked: list[str]) -> None:
    assert [text[start:end] for start, end in hits(text, terms(asked))] == marked


@pytest.mark.parametrize(
    "asked", ["", " ", "%", "__", '""', "\0", "\ud800", "(((", "\\", "ء", "'; --", "\u202e", "<b>", "a" * 9_999, '" ']
)
def test_whatever_is_typed_gives_terms_of_letters_and_digits(asked: str) -> None:
    for term in terms(asked):
        assert term.replace(" ", "").isalnum() and len(term) <= LONGEST + 2


DAY = date(2025, 9, 7)
ARABIC = Report(
    "arabic", "https://example.org/1", "الوكالة", DAY, "ar", "إخلاء القاعدة",
    "غادر نحو ٢٬٥٠٠ جندي أميركي قاعدة عين الأسد.",
)  # fmt: skip
ENGLISH = Report(
    "english", "https://example.org/2", "Wire", DAY + timedelta(days=3), "en", "Harir",
    "US forces will leave Harir air base by the end of September 2026. About 900 US troops are in Syria.",
)  # fmt: skip


@pytest.fixture
def ledger(url: str) -> Ledger:
    ledger = Ledger(url)
    ledger.add(ARABIC, "me")
    ledger.add(ENGLISH, "me")
    return ledger


def ids(ledger: Ledger, asked: str = "", until: date = date.max, **chosen: str) -> list[str]:
    return [entry.report for entry in ledger.found(Wanted(terms(asked), **chosen), until)]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("", ["arabic", "english"]),
        ("2500", ["arabic"]),
        ("اخلا", ["arabic"]),
        ("الوكاله", ["arabic"]),
        ("harir", ["english"]),
        ('"us forces"', ["english"]),
        ("harir wire", ["english"]),
        ("harir 2500", []),
        ("%", ["arabic", "english"]),
        ("a_r", []),
        ("x" * 9_999, []),
    ],
)
def test_reports_are_found_by_their_words(ledger: Ledger, asked: str, expected: list[str]) -> None:
    assert ids(ledger, asked) == expected


def test_reports_are_chosen_by_what_they_are_and_state(ledger: Ledger) -> None:
    assert ids(ledger, until=DAY) == ["arabic"]
    assert ids(ledger, until=DAY - timedelta(days=1)) == []
    assert ids(ledger, publisher="Wire") == ids(ledger, lang="en") == ids(ledger, place="SY") == ["english"]
    assert ids(ledger, lang="ar", publisher="Wire") == []
    assert ids(ledger, kind="deadline", place="harir") == ["english"]
    assert ids(ledger, kind="troops", place="harir") == []
    occurring = ledger.occurring(date.max)
    assert (occurring.publishers, occurring.langs) == ({"الوكالة": 1, "Wire": 1}, {"ar": 1, "en": 1})
    assert {"harir", "SY"} <= occurring.places.keys() and {"troops", "deadline"} <= occurring.kinds.keys()
    assert ledger.occurring(DAY).publishers == {"الوكالة": 1}


def test_what_is_added_said_and_revised_counts_at_once(ledger: Ledger) -> None:
    assert ids(ledger, place="SY") == ["english"]
    (row,) = [row for row in ledger.facts_in("english") if row["place"] == "SY"]
    ledger.review(Review("english", row["fact"], "corrected", "me", {"place": "IQ"}))
    assert ids(ledger, place="SY") == [] and ids(ledger, place="IQ") == ["english"]
    ledger.review(Review("english", None, "rejected", "me"))
    assert ids(ledger, place="IQ") == [] and "english" in ids(ledger)
    ledger._revise(prepared(replace(ARABIC, text="لا كلمة.")), "me")
    assert ids(ledger, "2500") == [] and ids(ledger, "كلمه") == ["arabic"]
    ledger.add(replace(ENGLISH, id="third", url=None, text="Nothing of note in Kirkuk.", published=DAY), "me")
    assert ids(ledger) == ["arabic", "third", "english"]
    assert ids(ledger, "kirkuk") == ["third"]


def test_cards_tell_what_a_list_shows(ledger: Ledger) -> None:
    cards = ledger.cards(ledger.found(Wanted(), date.max))
    assert [row | {"text": cards[row["report"]]["text"]} for row in ledger.listing()] == [*reversed(cards.values())][
        ::-1
    ]
    assert cards["arabic"]["text"] == ARABIC.text
    assert ledger.cards([]) == {}


def test_a_report_is_found_by_its_words_anew_when_the_folding_has_changed(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    def rows() -> int:
        with ledger.engine.connect() as connection:
            return connection.scalar(select(func.count()).select_from(folded)) or 0

    monkeypatch.setattr("ledger.store.version", lambda: "next")
    monkeypatch.setattr("ledger.intake.version", lambda: "next")
    ledger.reread("english")
    assert rows() == 2, "folded as before: no further row"
    monkeypatch.setattr("ledger.intake.plain_report", lambda values: f" otherwise {values['id']} ")
    ledger.reread("arabic")
    assert rows() == 3
    assert ids(ledger, "otherwise") == ["arabic"]


def test_a_ledger_of_before_the_search_is_brought_up_to_date(ledger: Ledger, url: str) -> None:
    with ledger.engine.begin() as connection:
        connection.execute(text("DROP TABLE folded"))
        connection.execute(text("UPDATE alembic_version SET version_num = '0002'"))
    ledger.close()
    again = Ledger(url)
    assert ids(again, "2500") == ["arabic"] and ids(again, "harir") == ["english"]
    with pytest.raises(DBAPIError, match="only grows"), again.engine.begin() as connection:
        connection.execute(text("DELETE FROM folded"))
