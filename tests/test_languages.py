"""The language of a text is told by its words."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from extract.languages import LANGUAGES, language_of
from tests.cases import rows

REPORTS = Path(__file__).resolve().parent.parent / "data" / "reports"
# So many sentences tell their language for sure.
SENTENCES = 4


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_few_sentences_tell_their_language(lang: str) -> None:
    texts = [row["text"] for row in rows("clauses.csv") if row["lang"] == lang]
    parts = [" ".join(texts[at : at + SENTENCES]) for at in range(0, len(texts), SENTENCES)]
    assert len(parts) >= 10
    assert [part for part in parts if language_of(part) != lang] == []


def test_shipped_reports_tell_their_language() -> None:
    reports = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(REPORTS.glob("*.json"))]
    assert [report["id"] for report in reports if language_of(report["text"]) != report["lang"]] == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("هێزەکانی ئەمریکا لە عێراق دەمێننەوە، بەڵام لە سووریا دەکشێنەوە.", "ckb"),
        ("هێزه\u200cکانی ئه\u200cمریکا له\u200c عێراق ده\u200cمێننه\u200cوه\u200c.", "ckb"),
        ("ھێزەکانی ئەمریکا لە عێراق دەمێننەوە.", "ckb"),
        ("القُوّاتُ الأميركيّةُ باقيةٌ في العِراق، لكنّها ستنسحبُ من سوريا.", "ar"),
        ("THE TROOPS WILL STAY IN IRAQ, BUT LEAVE SYRIA.", "en"),
        ("Les troupes restent en Irak, mais elles quittent la Syrie.", "fr"),
        ("The camp, called معسكر فيكتوريا in Arabic, is where they are.", "en"),
        ("قال المتحدث باسم Operation Inherent Resolve إن القوات باقية في العراق.", "ar"),
    ],
)
def test_habits_and_mixed_scripts(text: str, expected: str) -> None:
    assert language_of(text) == expected
