"""Sites that the gazetteer lacks are found by their form, in each script; what only looks like one is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from extract.geocode import main
from extract.reading import read


def unlisted(text: str, lang: str) -> list[str]:
    mentions = (m for phrase in read(text, lang).phrases for m in phrase.mentions)
    return [m.get("base") for m in mentions if m.has("unlisted")]


@pytest.mark.parametrize(
    ("lang", "text", "slugs"),
    [
        ("en", "British soldiers left Camp Redleaf, north of Basra.", ["camp-redleaf"]),
        ("en", "They moved from Dry Lake Air Base to FOB Hammerhead.", ["dry-lake-air-base", "fob-hammerhead"]),
        ("en", "The convoy reached Combat Outpost Larkspur.", ["cop-larkspur"]),
        ("fr", "Ils ont quitté la base aérienne de Wadi Hajar.", ["wadi-hajar-air-base"]),
        ("fr", "Les soldats ont quitté le camp Monclar.", ["camp-monclar"]),
        ("ar", "انسحبت القوات الأميركية من قاعدة وادي حجر الجوية.", ["wdy-hjr-air-base"]),
        ("en", "US troops left Camp Taji and Ain al-Asad air base.", []),
        ("en", "The camp was closed and the air base handed over.", []),
        ("en", "In the camp families wait for bread.", []),
        ("fr", "Le camp des réfugiés est fermé.", []),
        ("ar", "انسحبت القوات من قاعدة عين الأسد الجوية ومن قاعدة عسكرية.", []),
        ("ar", "توسعت قاعدة البيانات.", []),
    ],
)  # fmt: skip
def test_sites_are_found_by_their_form(lang: str, text: str, slugs: list[str]) -> None:
    assert unlisted(text, lang) == slugs


def test_the_gazetteer_lists_what_it_lacks(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    article = tmp_path / "one.txt"
    article.write_text(
        "7 September 2025\n\nThe last 200 American soldiers left Camp Redleaf and Camp Taji on Monday.",
        encoding="utf-8",
    )
    assert main(["--unknown", str(article)]) == 0
    assert capsys.readouterr().out.split() == ["camp-redleaf", "1", "one"]
