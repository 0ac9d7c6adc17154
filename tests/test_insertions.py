"""What is put into a sentence is read over by the words around it; what only follows a comma is not."""

from __future__ import annotations

import pytest

from extract.reading import read


def inserted(text: str, lang: str) -> list[str]:
    """The words that the reader knows inside of insertions."""
    phrase = read(text, lang).phrases[0]
    return [phrase.text[m.start : m.end] for m, spot in zip(phrase.mentions, phrase.spots, strict=True) if spot.inner]


@pytest.mark.parametrize(
    ("lang", "text", "inside", "outside"),
    [
        ("en", "Harir, the camp over which they quarrelled in 2015, was handed over.", "2015", "harir"),
        ("en", "The Harir base (closed in 2015) will be handed over.", "2015", "harir"),
        ("en", "The base at Harir - closed in 2015 - will be handed over.", "2015", "harir"),
        ("en", "The trainers, who left Besmaya, now work in Baghdad.", "besmaya", "baghdad"),
        ("ar", "القوات الأميركية، التي دخلت العراق عام 2014، ستغادر قاعدة حرير.", "العراق", "حرير"),
        ("fr", "La base de Harir (fermée en 2015) sera remise à l'armée.", "2015", "harir"),
    ],
)
def test_insertions_are_set_apart(lang: str, text: str, inside: str, outside: str) -> None:
    words = " ".join(inserted(text, lang))
    assert inside in words
    assert outside not in words


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "American, British and French soldiers left Harir, Erbil and Ain al-Asad in 2025."),
        ("en", "US troops left Harir, and the French stayed."),
        ("ar", "غادرت القوات قاعدة حرير، وبقيت في عين الأسد."),
    ],
)
def test_lists_and_further_clauses_are_no_insertions(lang: str, text: str) -> None:
    assert inserted(text, lang) == []


def test_a_distance_leaves_out_what_is_put_in_between() -> None:
    plain = read("Harir was handed over in 2026.", "en").phrases[0]
    wide = read("Harir, the camp over which they quarrelled so long in 2015, was handed over in 2026.", "en").phrases[0]
    base, deed = wide.find("base", "town")[0], wide.find("hand")[-1]
    assert wide.distance(base, deed) <= plain.distance(plain.find("base", "town")[0], plain.find("hand")[-1]) + 3
