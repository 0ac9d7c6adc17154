"""The same report twice and near copies: what is the same, and, beside it, what only looks so."""

from __future__ import annotations

import json
import subprocess
import sys
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.copies import BANDS, COPY, KEPT, alike, bands, content_key, sketch, url_key

ROOT = Path(__file__).resolve().parent.parent

# --- addresses -------------------------------------------------------------------------------------------

SAME_URL: dict[str, tuple[str, str]] = {
    "scheme": ("http://example.com/a/1", "https://example.com/a/1"),
    "www": ("https://www.example.com/a/1", "https://example.com/a/1"),
    "telephone": ("https://m.example.com/a/1", "https://www.example.com/a/1"),
    "telephone, long": ("https://mobile.example.com/a/1", "https://example.com/a/1"),
    "amp host": ("https://amp.example.com/a/1", "https://example.com/a/1"),
    "amp path": ("https://example.com/a/1/amp/", "https://example.com/a/1"),
    "amp parameter": ("https://example.com/a/1?amp=1", "https://example.com/a/1"),
    "host in capitals": ("https://EXAMPLE.com/a/1", "https://example.com/a/1"),
    "host with a stop": ("https://example.com./a/1", "https://example.com/a/1"),
    "default port": ("http://example.com:80/a/1", "https://example.com:443/a/1"),
    "password": ("https://me:secret@example.com/a/1", "https://example.com/a/1"),
    "slash": ("https://example.com/a/1/", "https://example.com/a/1"),
    "fragment": ("https://example.com/a/1#comments", "https://example.com/a/1"),
    "campaign": ("https://example.com/a/1?utm_source=x&utm_medium=y", "https://example.com/a/1"),
    "campaign in capitals": ("https://example.com/a/1?UTM_Source=x", "https://example.com/a/1"),
    "networks": ("https://example.com/a?id=1&fbclid=x&gclid=y&ref=z", "https://example.com/a?id=1"),
    "order": ("https://example.com/a?id=1&page=2", "https://example.com/a?page=2&id=1"),
    "escaped ampersand": ("https://example.com/a?id=1&amp;page=2", "https://example.com/a?id=1&page=2"),
    "percent in small": ("https://example.com/%d8%a7", "https://example.com/%D8%A7"),
    "percent or letters": ("https://example.com/قاعدة", "https://example.com/%D9%82%D8%A7%D8%B9%D8%AF%D8%A9"),
    "percent without need": ("https://example.com/%61", "https://example.com/a"),
    "letters in the host": ("https://مثال.إختبار/a", "https://xn--mgbh0fb.xn--kgbechtv/a"),
    "space or plus": ("https://example.com/?q=a%20b", "https://example.com/?q=a+b"),
    "dots": ("https://example.com/x/../a/1", "https://example.com/a/1"),
    "blanks around": ("  https://example.com/a/1\n", "https://example.com/a/1"),
}
OTHER_URL: dict[str, tuple[str, str]] = {
    "number": ("https://example.com/?id=1", "https://example.com/?id=2"),
    "short names": ("https://example.com/a?cid=1", "https://example.com/a?cid=2"),
    "a longer name": ("https://example.com/a?gallery=1", "https://example.com/a?gallery=2"),
    "a name that begins alike": ("https://example.com/a?reference=1", "https://example.com/a?reference=2"),
    "no parameter": ("https://example.com/a?p=1", "https://example.com/a"),
    "language in the path": ("https://example.com/ar/1", "https://example.com/en/1"),
    "language in the host": ("https://arabic.example.com/1", "https://www.example.com/1"),
    "language as a parameter": ("https://example.com/1?lang=ar", "https://example.com/1?lang=en"),
    "capitals in the path": ("https://example.com/aB", "https://example.com/Ab"),
    "capitals in a value": ("https://example.com/?v=aB", "https://example.com/?v=Ab"),
    "port": ("https://example.com:8080/a", "https://example.com/a"),
    "hosts": ("https://example.com/a", "https://example.org/a"),
    "a site named m": ("https://m.com/a", "https://com/a"),
    "amp as an article": ("https://example.com/amp-radio", "https://example.com/radio"),
    "an escaped slash": ("https://example.com/a%2Fb", "https://example.com/a/b"),
    "values apart": ("https://example.com/?a=1&b=2", "https://example.com/?a=1%26b=2"),
    "the same name twice": ("https://example.com/?a=1&a=2", "https://example.com/?a=2"),
}
NO_URL = [
    "", " ", "example.com/a", "mailto:a@example.com", "file:///etc/passwd", "ftp://example.com/a", "javascript:1",
    "https://", "https:///a", "https://example.com", "https://www.example.com/", "https://example.com/?utm_source=x",
    "https://example.com/#top", "https://[::1/a", "https://example.com:99999/a", "https://example.com:port/a", "\x00",
]  # fmt: skip


@pytest.mark.parametrize(("one", "other"), SAME_URL.values(), ids=SAME_URL.keys())
def test_one_article_has_one_key(one: str, other: str) -> None:
    assert url_key(one) == url_key(other) is not None


@pytest.mark.parametrize(("one", "other"), OTHER_URL.values(), ids=OTHER_URL.keys())
def test_two_articles_have_two(one: str, other: str) -> None:
    assert None is not url_key(one) != url_key(other) is not None


@pytest.mark.parametrize("url", NO_URL)
def test_what_names_no_article_has_no_key(url: str) -> None:
    assert url_key(url) is None


@given(st.text() | st.text().map(lambda text: f"https://example.com/{text}"))
def test_any_text_is_an_address_or_none(text: str) -> None:
    key = url_key(text)
    assert key is None or url_key(f"http://{key}") == key


# --- the same text under another header ------------------------------------------------------------------

BODIES = {
    "ar": (
        "سلّم التحالف الدولي، أمس الخميس، قاعدة القيارة الجوية جنوبي الموصل إلى القوات العراقية، وهي ثاني منشأة يغادرها "
        "خلال عشرة أيام. وقال متحدث إن 450 جندياً غادروا الموقع، وإن 2500 جندي أميركي ما زالوا في العراق.\n"
        "وتنتهي مهمة التحالف في سبتمبر/أيلول 2025، بحسب البيان."
    ),
    "en": (
        "The coalition on Thursday handed the Qayyarah airfield over to Iraqi forces, the second site left in ten "
        "days. Some 450 soldiers have left the place, a spokesman said, and 2,500 U.S. troops are still in Iraq.\n\n"
        "The mission of the coalition ends in September 2025, according to the statement."
    ),
    "fr": (
        "La coalition a remis jeudi la base de Qayyarah aux forces irakiennes, le deuxième site qu'elle quitte en "
        "dix jours. Quelque 450 soldats sont partis, a dit un porte-parole, et 2 500 Américains sont en Irak.\n\n"
        "La mission de la coalition s'achève en septembre 2025, selon le communiqué."
    ),
    "ckb": (
        "هاوپەیمانان دوێنێ پێنجشەممە بنکەی قەیارەیان ڕادەستی هێزە عێراقییەکان کرد، کە دووەم شوێنە لە ماوەی دە ڕۆژدا "
        "بەجێی دەهێڵن. وتەبێژێک گوتی ٤٥٠ سەرباز ڕۆیشتوون و ٢٥٠٠ سەربازی ئەمریکی هێشتا لە عێراقن.\n"
        "ئەرکی هاوپەیمانان لە ئەیلوولی ٢٠٢٥ کۆتایی دێت، بەپێی بەیاننامەکە."
    ),
}
# Language, what stands before the body, what stands behind it.
HEADERS: dict[str, tuple[str, str, str]] = {
    "ar, publisher, title and day": ("ar", "وكالة الرافد\nالتحالف يخلي القيارة\n27 آذار 2020 - 10:45\n\n", ""),
    "ar, dateline": ("ar", "بغداد (أ ف ب) - ", ""),
    "ar, dateline with a day": ("ar", "الموصل، 27 مارس (رويترز) — ", ""),
    "ar, bare dateline": ("ar", "بغداد - ", ""),
    "ar, agency and slash": ("ar", "شفق نيوز/ ", ""),
    "ar, share lines": ("ar", "مشاركة\nفيسبوك\nتويتر\nالتحالف يسلم القيارة\nبغداد - قحطان السامرائي\n", ""),
    "ar, tag": ("ar", "", "\n(أ ف ب)"),
    "ar, a title that asks": ("ar", "هل غادر التحالف القيارة؟\n\n", ""),
    "en, title and byline": ("en", "Coalition leaves Qayyarah\nBy John Smith and Jane Doe\nUpdated 10:45 a.m.\n\n", ""),
    "en, dateline": ("en", "MOSUL, Iraq, March 27 (Reuters) - ", ""),
    "en, dateline with a short month": ("en", "MOSUL, Jan. 5 (AP) -- ", ""),
    "en, bare dateline": ("en", "WASHINGTON — ", ""),
    "en, U.S. in the title": ("en", "U.S. troops leave, coalition hands over base\nMarch 27, 2020\n", ""),
    "en, the body's figure in the title": ("en", "450 soldiers leave Qayyarah\n", ""),
    "en, tag": ("en", "", " (AP)"),
    "en, all of it": ("en", "AP\nCoalition leaves\nShare this\nMOSUL (AP) - ", "\nFollow us"),
    "fr, title and dateline": ("fr", "La coalition quitte Qayyarah\nBagdad, 27 mars 2020 (AFP) – ", ""),
    "fr, byline": ("fr", "Par Jean Dupont, à Bagdad\nPublié le 27/03/2020 à 10:45\n", "\n© AFP"),
    "ckb, dateline": ("ckb", "هەولێر (ڕووداو) - ", ""),
    "ckb, dateline of its own": ("ckb", "بەغدا، ٢١ی ئازاری ٢٠٢٠ (تیشک)\n\n", ""),
    "ckb, title": ("ckb", "هاوپەیمانان قەیارە جێدەهێڵن\nئاژانسی هەواڵی تیشک\n", ""),
}
# Language, what is replaced in the body, and by what.
CHANGES: dict[str, tuple[str, str, str]] = {
    "ar, a number": ("ar", "450", "400"),
    "ar, a number in words": ("ar", "عشرة", "تسعة"),
    "ar, a place": ("ar", "القيارة", "الحبانية"),
    "ar, a year": ("ar", "2025", "2026"),
    "ar, a month": ("ar", "سبتمبر/أيلول", "أكتوبر"),
    "en, a number": ("en", "450", "400"),
    "en, a number in the thousands": ("en", "2,500", "2,000"),
    "en, a not": ("en", "are still", "are not"),
    "en, the last word": ("en", "statement.", "plan."),
    "en, the first word": ("en", "The coalition", "Britain"),
    "fr, a number": ("fr", "450", "400"),
    "fr, a year": ("fr", "2025", "2026"),
    "ckb, a number": ("ckb", "٤٥٠", "٤٠٠"),
    "ckb, a year": ("ckb", "٢٠٢٥", "٢٠٢٦"),
}
# Two texts that must not be taken for one.
APART: dict[str, tuple[str, str]] = {
    "another number where only the header tells it": (
        f"About 300 soldiers leave Qayyarah\n{BODIES['en']}",
        f"About 200 soldiers leave Qayyarah\n{BODIES['en']}",
    ),
    "a short text with another title": (
        "Harir\nThe last coalition soldiers have left the base.",
        "Ain al-Asad\nThe last coalition soldiers have left the base.",
    ),
    "a flash of another place": ("Harir - the coalition has left.", "Ain al-Asad - the coalition has left."),
    "another speaker": (f"السوداني: {BODIES['ar']}", f"العلاوي: {BODIES['ar']}"),
    "an insertion is no dateline, long dashes": (
        f"Les Français — la moitié — partiront. {BODIES['fr']}",
        f"Les Danois — la moitié — partiront. {BODIES['fr']}",
    ),
    "an insertion is no dateline": (
        f"French troops - half of them - will leave. {BODIES['en']}",
        f"British troops - half of them - will leave. {BODIES['en']}",
    ),
    "a live blog goes on, latest last": (BODIES["en"], f"{BODIES['en']}\n21:10 The last lorry has left the gate"),
    "a live blog goes on, latest first": (BODIES["ar"], f"21:10 آخر الشاحنات تغادر البوابة الجنوبية\n{BODIES['ar']}"),
    "a live blog, a sentence more": (BODIES["ckb"], f"{BODIES['ckb']}\nدوایین بارهەڵگر ڕۆیشت."),
    "a list at the end": (
        f"{BODIES['en']}\nThese bases are left:\nHarir\nVictoria",
        f"{BODIES['en']}\nThese bases are left:\nHarir",
    ),
    "a table at the end": (f"{BODIES['en']}\nUnited States: 20", f"{BODIES['en']}\nUnited States: 25"),
    "a line less in the middle": (BODIES["fr"], BODIES["fr"].split("\n\n", maxsplit=1)[0]),
    "a translation": (BODIES["en"], BODIES["fr"]),
}


@pytest.mark.parametrize(("lang", "before", "behind"), HEADERS.values(), ids=HEADERS.keys())
def test_another_header_is_the_same_report(lang: str, before: str, behind: str) -> None:
    assert content_key(before + BODIES[lang] + behind) == content_key(BODIES[lang])


@pytest.mark.parametrize("header", HEADERS)
@pytest.mark.parametrize(("lang", "old", "new"), CHANGES.values(), ids=CHANGES.keys())
def test_a_correction_is_another_report(lang: str, old: str, new: str, header: str) -> None:
    of, before, behind = HEADERS[header]
    corrected = BODIES[lang].replace(old, new)
    assert corrected != BODIES[lang]
    wrapped = before + corrected + behind if of == lang else corrected
    assert content_key(wrapped) != content_key(BODIES[lang])


@pytest.mark.parametrize(("one", "other"), APART.values(), ids=APART.keys())
def test_what_only_looks_the_same(one: str, other: str) -> None:
    assert content_key(one) != content_key(other)


def other_spelling(text: str) -> str:
    """The same in another hand: no hamza on alif, Arabic-Indic digits, curly quotes, tatweel, Persian letters."""
    return text.translate(
        str.maketrans({"أ": "ا", "إ": "ا", "ة": "ه", "ك": "ک", "ي": "ی", '"': "”", "ـ": ""})
    ).translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))


@pytest.mark.parametrize("lang", BODIES)
def test_another_spelling_is_the_same_report(lang: str) -> None:
    body = BODIES[lang]
    assert content_key(other_spelling(body)) == content_key(body)
    assert sketch(other_spelling(body)) == sketch(body)


words = st.text(st.characters(categories=["L"]), min_size=2, max_size=8)
titles = st.lists(words, min_size=1, max_size=12).map(" ".join)


@given(st.sampled_from(sorted(BODIES)), st.lists(titles, max_size=4))
def test_any_title_is_a_header(lang: str, lines: list[str]) -> None:
    headed = "\n".join([*lines, BODIES[lang]])
    assert content_key(headed) == content_key(BODIES[lang])
    assert sketch(headed) == sketch(BODIES[lang])


@given(st.sampled_from(sorted(BODIES)), st.data())
def test_blanks_and_vowel_signs_change_nothing(lang: str, data: st.DataObject) -> None:
    signs = st.sampled_from(["", "", "", "\u064e", "\u0652", "\u200c", "\u0640", "\u0301"])
    blanks = st.sampled_from([" ", "  ", "\u00a0", "\t", " \u200f"])
    text = "".join(
        data.draw(blanks) if char == " " else char + (data.draw(signs) if char.isalpha() else "")
        for char in BODIES[lang]
    )
    assert content_key(text) == content_key(BODIES[lang])
    assert sketch(text) == sketch(BODIES[lang])


@given(st.text(max_size=300))
def test_any_text_has_a_key_and_a_sketch(text: str) -> None:
    assert len(content_key(text)) == 64
    assert len(sketch(text)) in (0, KEPT + 1)
    assert len(bands(sketch(text))) in (0, BANDS)
    assert alike(sketch(text), sketch(text)) in (0.0, 1.0)


@pytest.mark.parametrize("bit", [".", ". ", ". (", "(", "a ", "- ", "21:10 ", "\n", "9", ".\n(a"])
def test_a_megabyte_of_one_thing_ends(bit: str) -> None:
    assert content_key(bit * (1_000_000 // len(bit)) + "5")


# --- near copies -----------------------------------------------------------------------------------------


def stored(folder: str) -> list[dict[str, Any]]:
    """The articles of a folder."""
    return [json.loads(path.read_text(encoding="utf-8")) for path in sorted((ROOT / folder).glob("*.json"))]


def meet(a: tuple[int, ...], b: tuple[int, ...]) -> bool:
    """Whether the bands lead from one to the other."""
    return any(one == other for one, other in zip(bands(a), bands(b), strict=True))


def agency() -> list[Any]:
    """The longest gold article of each language."""
    articles = stored("tests/gold")
    return [pytest.param(max((a["text"] for a in articles if a["lang"] == lang), key=len), id=lang) for lang in BODIES]


def parts(text: str) -> list[str]:
    """The lines of a text."""
    return [line for line in text.split("\n") if line.strip()]


@pytest.mark.parametrize("text", agency())
def test_what_newsrooms_do_to_an_agency_text(text: str) -> None:
    lines, origin = parts(text), sketch(text)
    own = "\n".join(parts(BODIES["en"]))
    for copy in (
        text[: round(len(text) * 0.6)],
        text[: len(text) // 2],
        "\n".join(lines[::-1]),
        "\n".join(["Another headline", *lines[1:]]),
        "\n".join([*lines, own]),
        other_spelling(text),
        f"Agencies\n{text}\n(AFP)",
    ):
        assert alike(origin, sketch(copy)) == alike(sketch(copy), origin) >= COPY
        assert meet(origin, sketch(copy))


@pytest.mark.parametrize("text", agency())
def test_a_quotation_is_no_copy(text: str) -> None:
    lines = parts(text)
    others = [article["text"] for article in stored("tests/gold")[:6]]
    assert alike(sketch(text), sketch("\n".join([*others, *lines[1:3]]))) == 0.0


def test_a_digest_is_no_copy_of_what_it_holds() -> None:
    texts = [article["text"] for article in stored("tests/gold")[:8]]
    assert all(alike(sketch(text), sketch("\n".join(texts))) < COPY for text in texts)


def test_translations_are_no_copies() -> None:
    sketches = [sketch(body) for body in BODIES.values()]
    assert all(alike(a, b) == 0.0 for a, b in combinations(sketches, 2))


def test_the_reports_shown_have_each_a_voice_of_their_own() -> None:
    sketches = [sketch(report["text"]) for report in stored("data/reports")]
    assert len(sketches) == len([each for each in sketches if each]) == 81
    assert all(alike(a, b) == 0.0 for a, b in combinations(sketches, 2))


def test_articles_on_the_same_events_are_no_copies() -> None:
    sketches = [sketch(article["text"]) for article in stored("tests/gold")[::3]]
    assert all(alike(a, b) == 0.0 for a, b in combinations(sketches, 2))


def test_so_few_words_tell_nothing() -> None:
    flash = "The coalition has left Ain al-Asad."
    assert sketch(flash) == ()
    assert bands(()) == []
    assert alike((), sketch(BODIES["en"])) == alike((), ()) == 0.0


def test_bands_fit_a_bigint() -> None:
    numbers = [number for article in stored("tests/gold")[::20] for number in bands(sketch(article["text"]))]
    assert all(-(2**63) <= number < 2**63 for number in numbers)
    assert min(numbers) < 0


def test_another_process_says_the_same() -> None:
    program = "import sys; from ledger.copies import *; t = sys.argv[1]; print(content_key(t), *bands(sketch(t)))"
    body = BODIES["ar"]
    told = {
        subprocess.run(
            [sys.executable, "-c", program, body], cwd=ROOT, capture_output=True, text=True, check=True,
            env={"PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2")
    }  # fmt: skip
    assert told == {" ".join(map(str, (content_key(body), *bands(sketch(body))))) + "\n"}


def test_what_is_kept_stays_the_same() -> None:
    """Keys and sketches lie in databases: whoever changes how they are made has to make those anew (a migration)."""
    assert content_key(BODIES["en"])[:16] == "c1f88d3d90c75920"
    assert sketch(BODIES["en"])[:4] == (50, 65095376, 84634550, 77017611)
