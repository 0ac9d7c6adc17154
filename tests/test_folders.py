"""Reports out of folders."""

from __future__ import annotations

import json
import logging
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from ledger.folders import load_reports

TEXT = "About 2,500 US troops are in Iraq. " + (
    "The coalition's mission in Iraq is to end by the end of September 2025."
)


def write(folder: Path, name: str, **values: Any) -> Path:
    usual = {"published": "2025-09-07", "lang": "en", "publisher": "A", "title": "T", "text": TEXT}
    path = folder / f"{name}.json"
    path.write_text(json.dumps({"id": name} | usual | values), encoding="utf-8")
    return path


def test_a_report_has_all_that_its_file_tells(tmp_path: Path) -> None:
    write(tmp_path, "one", url="https://example.org/1", note="told second-hand")
    (report,) = load_reports(tmp_path)
    assert (report.id, report.publisher) == ("one", "A")
    assert (report.published, report.lang) == (date(2025, 9, 7), "en")
    assert (report.title, report.url, report.note) == ("T", "https://example.org/1", "told second-hand")
    assert report.text == TEXT


def test_what_a_file_does_not_tell_is_named_after_the_file(tmp_path: Path) -> None:
    (tmp_path / "plain.txt").write_text(f"7 September 2025\n{TEXT}", encoding="utf-8")
    (report,) = load_reports(tmp_path)
    assert (report.id, report.publisher, report.title) == ("plain", "plain", "plain")
    assert (report.published, report.lang, report.url, report.note) == (date(2025, 9, 7), "en", None, None)


def test_the_oldest_comes_first_and_later_folders_replace(tmp_path: Path) -> None:
    ours, theirs = tmp_path / "ours", tmp_path / "theirs"
    ours.mkdir()
    theirs.mkdir()
    write(ours, "b", published="2025-01-02")
    write(ours, "a", published="2025-01-02")
    write(ours, "c", published="2025-01-01", title="summary")
    write(theirs, "c", published="2025-01-01", title="the article itself")
    (theirs / "README.md").write_text("Put articles here, 7 September 2025.", encoding="utf-8")
    found = load_reports(ours, theirs, tmp_path / "nowhere")
    assert [report.id for report in found] == ["c", "a", "b"]
    assert found[0].title == "the article itself"


def test_what_cannot_be_read_is_left_out_and_named(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    write(tmp_path, "good")
    write(tmp_path, "dayless", published="2025-13-01")
    (tmp_path / "broken.json").write_text("{", encoding="utf-8")
    with caplog.at_level(logging.ERROR):
        assert [report.id for report in load_reports(tmp_path)] == ["good"]
    assert "broken.json" in caplog.text
    assert "dayless.json" in caplog.text


def test_what_no_database_takes_is_cleaned_or_left_out(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    write(tmp_path, "marked", title="T\u202eitle", publisher="A\x00")
    write(tmp_path, "ahead", published="2999-01-01")
    (tmp_path / f"{'long' * 50}.txt").write_text(f"7 September 2025\n{TEXT}", encoding="utf-8")
    found = {report.title: report for report in load_reports(tmp_path)}
    assert found["Title"].publisher == "A"
    assert max(len(report.id) for report in found.values()) <= 80
    assert "ahead.json" in caplog.text
