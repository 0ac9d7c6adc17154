"""Many articles at once: by several processes the same is printed as by one, little is held, nothing hangs."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from itertools import count, islice
from multiprocessing import active_children
from pathlib import Path

import pytest

from extract.__main__ import main
from extract.articles import Article, Given, UnreadableError, files_of, pieces_of
from extract.batch import AHEAD, FEW, PARCEL, in_order, told
from extract.formats import HELD, TABLE, Aligned, facts_of

ROOT = Path(__file__).resolve().parent.parent
TEXT = "About {} US troops are in Iraq. Coalition forces will leave Ain al-Asad by the end of September 2025."
FILES, LINES = 250, 60
Batch = Callable[..., tuple[int, str, list[str]]]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Articles in files and in lines of one file; an empty file and a broken line among them."""
    path = tmp_path_factory.mktemp("many")
    for number in range(FILES):
        text = f"20 August 2025\n{TEXT.format(100 + number)}"
        (path / f"{number:03}.txt").write_text("" if number == FILES // 2 else text, encoding="utf-8")
    lines = [
        json.dumps({"published": "2025-08-20", "lang": "en", "text": TEXT.format(number)}) for number in range(LINES)
    ]
    lines[LINES // 2] = "{"
    (path / "100-lines.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return path


@pytest.fixture
def batch(folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Batch:
    """Runs the command line on the folder with so many cores: exit code, what is printed, lines of errors."""

    def run(cores: int, *argv: str) -> tuple[int, str, list[str]]:
        monkeypatch.setattr("extract.batch.cores", lambda: cores)
        code = main([*argv, str(folder)])
        printed = capsys.readouterr()
        return code, printed.out, printed.err.splitlines()

    return run


def pid(article: Article) -> str:
    """The process that reads the article."""
    assert facts_of(article), article
    return str(os.getpid())


def told_by(folder: Path, articles: int, monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """The processes that read so many articles of the folder where there are two cores."""
    monkeypatch.setattr("extract.batch.cores", lambda: 2)
    pieces = (piece for file in files_of(folder) for piece in pieces_of(file))
    results = told(islice(pieces, articles), Given(), pid)
    return {result for result in results if isinstance(result, str)}


@pytest.mark.parametrize("argv", [[], ["--format", "csv"], ["--format", "table"], ["--why"]], ids=" ".join)
def test_two_processes_print_what_one_prints(batch: Batch, argv: list[str]) -> None:
    code, out, errors = batch(1, *argv)
    assert batch(2, *argv) == (code, out, errors)
    assert code == 2
    assert [error.split(": ")[1].rpartition(os.sep)[2] for error in errors] == [
        f"100-lines.jsonl, line {LINES // 2 + 1}",
        f"{FILES // 2:03}.txt",
    ]


def test_facts_stand_in_the_order_of_the_articles(batch: Batch) -> None:
    articles = list(dict.fromkeys(json.loads(line)["article"] for line in batch(2)[1].splitlines()))
    lines = [f"100-lines-{number + 1}" for number in range(LINES) if number != LINES // 2]
    names = [f"{number:03}" for number in range(FILES) if number != FILES // 2]
    assert articles == [*names[:100], *lines, *names[100:]]


def test_many_articles_are_read_by_other_processes(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    readers = told_by(folder, FILES, monkeypatch)
    assert readers
    assert str(os.getpid()) not in readers


def test_few_articles_are_read_by_this_process(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert told_by(folder, FEW - 1, monkeypatch) == {str(os.getpid())}


def test_no_more_is_taken_than_is_worked_on() -> None:
    taken: list[int] = []

    def endless() -> Iterator[int]:
        for number in count():
            taken.append(number)
            yield -number

    results = in_order(abs, endless(), 2)
    for number in range(10 * PARCEL):
        assert next(results) == number
        assert len(taken) <= number + PARCEL * AHEAD * 2
    results.close()
    assert not active_children()


class Deadly(io.StringIO):
    """Standard output that ends the workers when it is written to."""

    def write(self, text: str) -> int:
        for worker in active_children():
            worker.kill()
        return super().write(text)


def test_a_dead_worker_is_one_line(batch: Batch, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = batch(1)[1]
    with monkeypatch.context() as patched:
        patched.setattr(sys, "stdout", Deadly())
        code, _, errors = batch(2)
        begun = sys.stdout.getvalue()
    assert code == 2
    assert len(errors) == 1
    assert "a worker process was killed" in errors[0]
    assert f"first {len({json.loads(line)['article'] for line in begun.splitlines()})} articles" in errors[0]
    assert whole.startswith(begun)
    assert 0 < len(begun) < len(whole)


def test_workers_end_with_a_killed_parent(folder: Path) -> None:
    command = [sys.executable, "-m", "extract", *[str(folder)] * 20]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stdout is not None
        assert running.stdout.readline()
        running.kill()
        running.communicate(timeout=30)  # ends when nobody holds the pipe any more


def test_a_bar_where_somebody_looks(batch: Batch, monkeypatch: pytest.MonkeyPatch) -> None:
    screen = io.StringIO()
    screen.isatty = lambda: True  # type: ignore[method-assign]
    monkeypatch.setattr("extract.__main__.SOON", 0)
    monkeypatch.setattr(sys, "stderr", screen)
    batch(1)
    assert "article/s" in screen.getvalue()
    assert f"{FILES + LINES}" in screen.getvalue()


def test_a_long_table_is_printed_in_blocks() -> None:
    out = io.StringIO()
    table = Aligned(out)
    table.write("\t".join(TABLE) + "\n")
    assert not out.getvalue()
    table.write(("\t".join("y" for _ in TABLE) + "\n") * HELD)
    head, *rows = out.getvalue().splitlines()
    assert len(rows) == HELD
    assert {row.rindex("y") for row in rows} == {head.rindex(TABLE[-1])}
    table.write("\t".join("z" for _ in TABLE) + "\n")
    table.flush()
    assert out.getvalue().splitlines()[-1] == rows[-1].replace("y", "z")


def test_a_problem_is_told_in_its_place(folder: Path) -> None:
    pieces = [*pieces_of(folder / "000.txt"), UnreadableError("gone"), *pieces_of(folder / "001.txt")]
    assert [type(result) for result in told(pieces, Given(), pid)] == [str, UnreadableError, str]
