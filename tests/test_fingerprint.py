"""The version of the reader: changes with its code and tables, and with nothing else."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from extract import version
from extract.fingerprint import CODE, TABLES, fingerprint

FILES = {"a.py": b"one\ntwo\n", "b.csv": b"id,name\n1,x\n"}
# Name, what the files hold instead, whether that makes another version.
CHANGES = [
    ("nothing", {}, False),
    ("the line ends of Windows", {"a.py": b"one\r\ntwo\r\n"}, False),
    ("a letter of the code", {"a.py": b"one\ntwos\n"}, True),
    ("a row of a table", {"b.csv": b"id,name\n1,x\n2,y\n"}, True),
    ("a line that moves to the next file", {"a.py": b"one\n", "b.csv": b"two\nid,name\n1,x\n"}, True),
    ("an empty file more", {"c.py": b""}, True),
]


def written(folder: Path, files: dict[str, bytes]) -> str:
    """The fingerprint of files put into a folder."""
    folder.mkdir()
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return fingerprint(folder.iterdir())


@pytest.mark.parametrize(("change", "other"), [pytest.param(*row, id=name) for name, *row in CHANGES])
def test_changes_with_the_contents_alone(tmp_path: Path, change: dict[str, bytes], other: bool) -> None:
    assert (written(tmp_path / "before", FILES) != written(tmp_path / "after", FILES | change)) is other


def test_is_twelve_digits_and_the_same_in_every_process() -> None:
    assert re.fullmatch(r"[0-9a-f]{12}", version())
    command = [sys.executable, "-c", "import extract; print(extract.version())"]
    told = subprocess.run(command, cwd=CODE.parent, capture_output=True, text=True, check=True)
    assert told.stdout.strip() == version()


def test_tables_are_those_that_the_code_names() -> None:
    code = "".join(path.read_text(encoding="utf-8") for path in CODE.glob("*.py") if path.name != "fingerprint.py")
    assert set(re.findall(r'"(\w+\.csv)"', code)) == set(TABLES)
