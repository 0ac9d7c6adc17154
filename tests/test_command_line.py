"""``python -m extract``: what it reads, what it prints, and what it says of what it cannot read."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from extract.__main__ import main
from extract.model import KEYS, SPAN_KEYS

ROOT = Path(__file__).resolve().parent.parent
ENGLISH = (
    "About 2,500 US troops are in Iraq, an official said. Coalition forces will leave Ain al-Asad by the end of "
    "September 2025. The Iraqi army takes over the camps one after the other, and talks go on in Baghdad."
)
ARABIC = (
    "ينتشر نحو 2500 جندي أميركي في العراق. وستنسحب قوات التحالف من قاعدة عين الأسد بحلول نهاية سبتمبر 2025، "
    "بحسب ما قال مسؤول عراقي في بغداد."
)
FRENCH = (
    "Environ 2 500 soldats américains sont déployés en Irak. Les forces de la coalition quitteront la base "
    "d'Aïn al-Assad d'ici fin septembre 2025."
)
KURDISH = (
    "نزیکەی ٢٥٠٠ سەربازی ئەمریکی لە عێراق جێگیرن. هێزەکانی هاوپەیمانان تا کۆتایی ئەیلوولی ٢٠٢٥ لە بنکەی "
    "عەین ئەلئەسەد دەکشێنەوە."
)
# What each of the four articles states.
FOUND = {"troops": "IQ", "base": "ain-al-asad", "deadline": "ain-al-asad", "nation": None}
DAY = ["--published", "2025-08-20"]
SCRIPT = "<script>var t = 'About 9,999 US troops are in Iraq.';</script>"
PAGE = """<!doctype html><html lang="en"><head><title>Bases</title>
<meta property="article:published_time" content="2025-08-20T10:00:00Z"><style>p {{ color: red }}</style>{script}</head>
<body><nav><a href="/">Home</a> <a href="/iraq">Iraq</a></nav><article><h1>Bases</h1>
<p>{text}</p><p>{more}</p></article><footer>All rights reserved</footer>{script}</body></html>"""
MORE = (
    "The base lies in the desert, far from the city. Its runway was built decades ago and has been widened since. " * 3
)

# trafilatura cannot be imported without this package, and old pip does not install it with trafilatura.

Run = Callable[..., tuple[int, list[dict[str, Any]], list[str]]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs the command line in this process: exit code, facts printed, lines of errors."""

    def running(*argv: str | Path) -> tuple[int, list[dict[str, Any]], list[str]]:
        code = main([str(arg) for arg in argv])
        printed = capsys.readouterr()
        return code, [json.loads(line) for line in printed.out.splitlines()], printed.err.splitlines()

    return running


@pytest.fixture
def good(tmp_path: Path) -> Path:
    path = tmp_path / "good.txt"
    path.write_text(ENGLISH, encoding="utf-8")
    return path


def kinds(facts: list[dict[str, Any]]) -> dict[str, str | None]:
    return {fact["kind"]: fact.get("place") for fact in facts}


def article(**values: Any) -> bytes:
    usual = {"id": "one", "published": "2025-08-20", "lang": "en", "text": ENGLISH}
    return json.dumps(usual | values, ensure_ascii=False).encode()


# --- what it reads ---------------------------------------------------------------------------------------

READ: list[tuple[str, str, bytes]] = [
    ("text", "a.txt", ENGLISH.encode()),
    ("text with a byte order mark", "a.txt", b"\xef\xbb\xbf" + ENGLISH.encode()),
    ("text with DOS line ends", "a.txt", ENGLISH.replace(". ", ".\r\n").encode()),
    ("a suffix in capitals", "A.TXT", ENGLISH.encode()),
    ("no suffix", "article", ENGLISH.encode()),
    ("UTF-16", "a.txt", ENGLISH.encode("utf-16")),
    ("Markdown", "a.md", f"# Bases\n\n{ENGLISH}\n\n- a list\n".encode()),
    ("HTML", "a.html", PAGE.format(text=ENGLISH, more=MORE, script="").encode()),
    ("HTML with scripts", "a.html", PAGE.format(text=ENGLISH, more=MORE, script=SCRIPT).encode()),
    ("HTML with another suffix", "a.htm", PAGE.format(text=ENGLISH, more=MORE, script=SCRIPT).encode()),
    ("JSON", "a.json", article()),
    ("JSON with a byte order mark", "a.json", b"\xef\xbb\xbf" + article()),
    ("JSON lines", "a.jsonl", article() + b"\n"),
    ("JSON lines with blank ones", "a.jsonl", b"\n" + article() + b"\n\n"),
    ("Arabic", "a.txt", ARABIC.encode()),
    ("Arabic in cp1256", "a.txt", ARABIC.encode("cp1256")),
    ("Arabic in ISO 8859-6", "a.txt", ARABIC.replace("،", ",").encode("iso8859_6")),
    ("French", "a.txt", FRENCH.encode()),
    ("French in cp1252", "a.txt", FRENCH.encode("cp1252")),
    ("Kurdish", "a.txt", KURDISH.encode()),
]


def cases(table: list[tuple[Any, ...]]) -> list[Any]:
    """Rows named by their first column; those of HTML need what reads it."""
    return [pytest.param(*values, id=what) for what, *values in table]


@pytest.mark.parametrize(("name", "content"), cases(READ))
def test_articles_of_every_form_are_read(run: Run, tmp_path: Path, name: str, content: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    code, facts, errors = run(*DAY, path)
    assert (code, errors) == (0, [])
    assert kinds(facts) == FOUND
    (troops,) = (fact for fact in facts if fact["kind"] == "troops")
    assert (troops["count_min"], troops["count_max"], troops["approximate"]) == (2500, 2500, True)
    assert {fact["article"] for fact in facts} == {
        "one" if b'"id"' in content else path.stem if "jsonl" not in name else "a-1"
    }


def test_cp1256_is_read_as_utf_8_is(run: Run, tmp_path: Path) -> None:
    read = []
    for encoding in ("utf-8", "cp1256"):
        path = tmp_path / "same.txt"
        path.write_bytes(ARABIC.encode(encoding))
        read.append(run(*DAY, path))
    assert read[0] == read[1]


def test_a_folder_is_read_whole_in_the_order_of_its_names(run: Run, tmp_path: Path) -> None:
    (tmp_path / "deeper").mkdir()
    for name in ("b.txt", "a.txt", "deeper/c.md"):
        (tmp_path / name).write_text(ENGLISH, encoding="utf-8")
    (tmp_path / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n\x00")
    code, facts, errors = run(*DAY, tmp_path)
    assert (code, errors) == (0, [])
    assert list(dict.fromkeys(fact["article"] for fact in facts)) == ["a", "b", "c"]


def test_no_bar_where_nobody_looks(run: Run, tmp_path: Path) -> None:
    for number in range(40):
        (tmp_path / f"{number}.txt").write_text(ENGLISH, encoding="utf-8")
    code, facts, errors = run(*DAY, tmp_path)
    assert (code, errors, len({fact["article"] for fact in facts})) == (0, [], 40)


@pytest.mark.parametrize("content", [ENGLISH.encode(), article(), article() + b"\n" + article(id="two")])
def test_standard_input(run: Run, monkeypatch: pytest.MonkeyPatch, content: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(content)))
    code, facts, errors = run(*DAY, "-")
    assert (code, errors) == (0, [])
    assert kinds(facts) == FOUND
    assert len({fact["article"] for fact in facts}) == content.count(b'"id"') or 1


def test_offsets_are_those_of_the_text_as_given(run: Run, tmp_path: Path) -> None:
    text = "\n\n  " + ARABIC.replace("التحالف", "التحـــالف").replace("قوات", "قُوّاتِ")
    path = tmp_path / "a.json"
    path.write_bytes(article(text=text, lang="ar"))
    _, facts, _ = run(path)
    assert kinds(facts) == FOUND
    assert all(text[fact["char_start"] : fact["char_end"]] == fact["quote"] for fact in facts)


def test_scripts_and_menus_are_never_quoted(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text(PAGE.format(text=ENGLISH, more=MORE, script=SCRIPT), encoding="utf-8")
    _, facts, _ = run(path)
    assert {fact["published"] for fact in facts} == {"2025-08-20"}
    assert not any(word in fact["quote"] for fact in facts for word in ("9,999", "var t", "Home", "rights"))


# --- when, and in which language -------------------------------------------------------------------------

DATE_LINES = [
    ("en", f"20 August 2025\n{ENGLISH}", "2025-08-20"),
    ("en", f"BAGHDAD, August 20, 2025 (Agency) - {ENGLISH}", "2025-08-20"),
    ("en", f"Published: 2025-08-20\n\n{ENGLISH}", "2025-08-20"),
    ("ar", f"الأربعاء ٢٠ - أغسطس - ٢٠٢٥ ١٢:٠٠ صباحاً\n{ARABIC}", "2025-08-20"),
    ("ar", f"بغداد - 20 آب/أغسطس 2025\n{ARABIC}", "2025-08-20"),
    ("fr", f"Publié le 20 août 2025\n{FRENCH}", "2025-08-20"),
    ("ckb", f"٢٠/٨/٢٠٢٥\n{KURDISH}", "2025-08-20"),
]


@pytest.mark.parametrize(("lang", "text", "expected"), DATE_LINES)
def test_the_day_is_taken_from_the_date_line(run: Run, tmp_path: Path, lang: str, text: str, expected: str) -> None:
    path = tmp_path / "a.txt"
    path.write_text(text, encoding="utf-8")
    code, facts, errors = run(path)
    assert (code, errors) == (0, [])
    assert {(fact["published"], fact["lang"]) for fact in facts} == {(expected, lang)}
    assert kinds(facts) == FOUND


def test_the_day_given_counts_more_than_any_other(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(article(text=f"20 August 2025\n{ENGLISH}", published="2025-08-19"))
    assert {fact["published"] for fact in run(path)[1]} == {"2025-08-19"}
    assert {fact["published"] for fact in run("--published", "2025-08-18", path)[1]} == {"2025-08-18"}


@pytest.mark.parametrize(("text", "lang"), [(ENGLISH, "en"), (ARABIC, "ar"), (FRENCH, "fr"), (KURDISH, "ckb")])
def test_the_language_is_found_or_given(run: Run, tmp_path: Path, text: str, lang: str) -> None:
    path = tmp_path / "a.txt"
    path.write_text(text, encoding="utf-8")
    assert {fact["lang"] for fact in run(*DAY, path)[1]} == {lang}
    assert {fact["lang"] for fact in run(*DAY, "--lang", lang, path)[1]} == {lang}


# --- what it prints --------------------------------------------------------------------------------------


def test_json_lines_have_the_keys_of_the_facts(run: Run, good: Path) -> None:
    _, facts, _ = run(*DAY, good)
    for fact in facts:
        assert list(fact) == ["article", "published", "lang", "kind", *KEYS[fact["kind"]], *SPAN_KEYS, "rule"]
        assert fact["rule"]
        assert ENGLISH[fact["char_start"] : fact["char_end"]] == fact["quote"]
    (deadline,) = (fact for fact in facts if fact["kind"] == "deadline")
    told = ("event", "force", "date_start", "date_end", "precision", "status")
    assert [deadline[key] for key in told] == [
        "withdrawal", "coalition", "2025-09-01", "2025-09-30", "month", "planned",
    ]  # fmt: skip


def test_csv_holds_the_same(run: Run, good: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, facts, _ = run(*DAY, good)
    assert main([*DAY, "--format", "csv", str(good)]) == 0
    lines = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert list(lines[0])[:4] == ["article", "published", "lang", "kind"]
    assert {key for keys in KEYS.values() for key in keys} | {*SPAN_KEYS, "rule"} < lines[0].keys()
    assert [{k: v for k, v in line.items() if v} for line in lines] == [
        {k: str(v) for k, v in fact.items() if v is not None} for fact in facts
    ]


def test_table_shows_a_line_a_fact(run: Run, good: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, facts, _ = run(*DAY, good)
    assert main([*DAY, "--format", "table", str(good)]) == 0
    head, *lines = capsys.readouterr().out.splitlines()
    assert head.split() == ["article", "kind", "place", "force", "what", "when", "rule"]
    assert [line.split()[:2] for line in lines] == [["good", fact["kind"]] for fact in facts]
    assert [line.split()[-1] for line in lines] == [fact["rule"] for fact in facts]
    assert any("~2500 present" in line for line in lines)
    assert any("2025-09-01..2025-09-30 month" in line for line in lines)


@pytest.mark.parametrize("form", ["csv", "table"])
def test_no_facts_leave_the_head(tmp_path: Path, capsys: pytest.CaptureFixture[str], form: str) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Nothing to see here, said nobody.", encoding="utf-8")
    assert main([*DAY, "--format", form, str(path)]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 1


def test_why_marks_the_words_and_names_the_rule(run: Run, good: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, facts, _ = run(*DAY, good)
    assert main([*DAY, "--why", str(good)]) == 0
    told = capsys.readouterr().out
    assert told.count("rule: ") == len(facts)
    reasons = [line.removeprefix("  because: ") for line in told.splitlines() if line.startswith("  because: ")]
    assert len(reasons) == len(facts)
    assert all(re.fullmatch(r".+ \+\d+\.\d(, .+ \+\d+\.\d)*", reason) for reason in reasons)
    assert {line.removeprefix("  rule: ") for line in told.splitlines() if "rule: " in line} == {
        f["rule"] for f in facts
    }
    for marked in ("[About 2,500](number)", "[troops](troop)", "[Ain al-Asad]", "September 2025](date)"):
        assert marked in told


# --- what it cannot read ---------------------------------------------------------------------------------

MANY = 20_000_000
BAD: list[tuple[str, str, bytes | None, str]] = [
    # what is wrong, the file, its content, a word of the remedy
    ("missing", "gone.txt", None, "check the path"),
    ("empty", "a.txt", b"", "text of an article"),
    ("blank", "a.txt", b" \n\t\n", "text of an article"),
    ("empty JSON", "a.json", b"", "text of an article"),
    ("binary", "a.txt", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8, "save it as UTF-8"),
    ("zeros", "a.txt", bytes(2000), "as text, HTML or JSON"),
    ("20 MB of one letter", "a.txt", b"a" * MANY, ".jsonl"),
    ("20 MB of one Arabic letter", "a.html", "و".encode() * (MANY // 2), ".jsonl"),
    ("20 MB in JSON", "a.json", article(text="a" * MANY), ".jsonl"),
    ("HTML of scripts alone", "a.html", f"<html><body>{SCRIPT}</body></html>".encode(), ".txt"),
    ("JSON without text", "a.json", json.dumps({"id": "a", "published": "2025-08-20"}).encode(), '"text"'),
    ("JSON with empty text", "a.json", article(text=" "), '"text"'),
    ("JSON with a number for text", "a.json", article(text=5), '"text"'),
    ("JSON of another shape", "a.json", b'[{"text": "x"}]', '"text"'),
    ("JSON cut off", "a.json", article()[:-20], "check the file"),
    ("JSON with an impossible date", "a.json", article(published="2025-02-30"), "YYYY-MM-DD"),
    ("JSON with a date in words", "a.json", article(published="last week"), "YYYY-MM-DD"),
    ("JSON in an unknown language", "a.json", article(lang="de"), "ar, en, ckb, fr"),
    ("JSON lines, one without text", "a.jsonl", json.dumps({"id": "a"}).encode(), '"text"'),
    ("no UTF-8", "a.json", b'{"text": "\xff\xfe\xfd\x81\x8d"}', "save it as UTF-8"),
]


@pytest.mark.parametrize(("name", "content", "remedy"), cases(BAD))
def test_bad_input_is_one_line_and_the_rest_is_read(
    run: Run, good: Path, name: str, content: bytes | None, remedy: str
) -> None:
    (good.parent / "bad").mkdir()
    path = good.parent / "bad" / name
    if content is not None:
        path.write_bytes(content)
    given = [] if "JSON" in remedy or name.endswith(("json", "jsonl")) else DAY
    good.write_text(f"20 August 2025\n{ENGLISH}", encoding="utf-8")
    code, facts, errors = run(*given, path, good)
    assert code == 2
    assert len(errors) == 1
    assert str(path) in errors[0]
    assert remedy in errors[0]
    assert len(errors[0]) < 400
    assert {fact["article"] for fact in facts} == {"good"}
    assert kinds(facts) == FOUND


def test_no_day_of_publication_says_what_to_give(run: Run, good: Path) -> None:
    code, facts, errors = run(good)
    assert (code, facts) == (2, [])
    assert len(errors) == 1
    assert str(good) in errors[0]
    assert "--published" in errors[0]


def test_one_bad_line_of_many(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "many.jsonl"
    path.write_bytes(b"\n".join([article(id="a"), b"{", article(id="b", text=""), article(id="c")]))
    code, facts, errors = run(path)
    assert code == 2
    assert [f"{path}, line {line}:" in error for line, error in zip((2, 3), errors, strict=True)] == [True, True]
    assert list(dict.fromkeys(fact["article"] for fact in facts)) == ["a", "c"]


def test_a_folder_without_articles(run: Run, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    code, facts, errors = run(*DAY, tmp_path / "empty")
    assert (code, facts, len(errors)) == (2, [], 1)
    assert ".jsonl" in errors[0]


@pytest.mark.parametrize(
    ("argv", "remedy"),
    [
        (["--published", "2025-02-30", "a.txt"], "YYYY-MM-DD"),
        (["--published", "yesterday", "a.txt"], "YYYY-MM-DD"),
        (["--lang", "de", "a.txt"], "ckb"),
        (["--format", "xml", "a.txt"], "jsonl"),
        ([], "PATH"),
    ],
)
def test_wrong_arguments_say_what_is_right(argv: list[str], remedy: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        main(argv)
    assert stop.value.code == 2
    assert remedy in capsys.readouterr().err.splitlines()[-1]


# --- as a program ----------------------------------------------------------------------------------------


def program(*argv: str | Path, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "extract", *map(str, argv)]
    return subprocess.run(command, cwd=ROOT, input=given, capture_output=True, check=False)


def test_program_reads_files_and_standard_input(good: Path) -> None:
    from_file, from_input = program(*DAY, good), program(*DAY, "-", given=ENGLISH.encode())
    assert (from_file.returncode, from_input.returncode) == (0, 0)
    assert from_file.stderr + from_input.stderr == b""
    first, second = ([json.loads(line) for line in done.stdout.splitlines()] for done in (from_file, from_input))
    assert [fact | {"article": "-"} for fact in first] == second
    assert kinds(first) == FOUND
    assert {date.fromisoformat(fact["published"]) for fact in first} == {date(2025, 8, 20)}


def test_program_never_shows_a_traceback(tmp_path: Path, good: Path) -> None:
    (tmp_path / "broken.json").write_bytes(b"{")
    done = program(*DAY, tmp_path / "gone.txt", tmp_path / "broken.json", good)
    assert done.returncode == 2
    assert b"Traceback" not in done.stderr
    assert len(done.stderr.splitlines()) == 2
    assert kinds([json.loads(line) for line in done.stdout.splitlines()]) == FOUND
