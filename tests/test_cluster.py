"""A Dask cluster of real processes: what it writes is what one machine writes, also when a worker is killed."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date
from importlib.util import find_spec
from itertools import islice
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from extract.__main__ import main
from extract.articles import Article, Given, UnreadableError, files_of, pieces_of
from extract.batch import PARCEL, StoppedError
from extract.formats import COLUMNS, as_csv
from extract.parquet import PART, SCHEMA, as_rows, write_parquet

ROOT = Path(__file__).resolve().parent.parent
GOLD = sorted((ROOT / "tests" / "gold").glob("*.json"))
# Seconds that a process may take to come up or to be noticed gone.
BOUND = 20.0
HERE, ELSEWHERE = {"PYTHONPATH": str(ROOT)}, {"PYTHONPATH": ""}

needs_dask = pytest.mark.skipif(
    find_spec("distributed") is None and os.environ.get("CI") != "true",
    reason="Dask is not installed: pip install 'dask[distributed]'",
)


@dataclass
class Cluster:
    """A scheduler and its workers."""

    address: str
    scheduler: subprocess.Popen[bytes]
    workers: list[subprocess.Popen[bytes]]


def answers(address: str) -> bool:
    """Whether somebody listens at ``tcp://HOST:PORT``: Dask's client pauses longer and longer between its trials."""
    host, _, port = address.removeprefix("tcp://").partition(":")
    with socket.socket() as trial:
        return trial.connect_ex((host, int(port))) == 0


def until(what: Callable[[], object]) -> None:
    """Looks at something until it is so; fails after ``BOUND``."""
    end = time.monotonic() + BOUND
    while not what():
        assert time.monotonic() < end, "it has not come to be so"
        time.sleep(0.02)


@contextmanager
def cluster(folder: Path, workers: int = 2, env: dict[str, str] = HERE, failures: int = 3) -> Iterator[Cluster]:
    """A cluster on loopback; its processes end with the block. The scheduler never has our project.

    A task that more workers than ``failures`` have died of is given up.
    """
    from distributed import Client  # noqa: PLC0415 - skipped where it is missing

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{free.getsockname()[1]}"
    dask = [sys.executable, "-c", "from dask.__main__ import main; main()"]
    common = ["--no-dashboard", "--host", "127.0.0.1"]
    usual = {**os.environ, "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": str(failures)}
    with ExitStack() as stack:
        running = []

        def start(env: dict[str, str], *argv: str) -> subprocess.Popen[bytes]:
            process = stack.enter_context(
                subprocess.Popen(
                    [*dask, *argv, *common], cwd=folder, env=usual | env, stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                )
            )  # fmt: skip
            stack.callback(process.kill)
            running.append(process)
            return process

        scheduler = start(ELSEWHERE, "scheduler", "--port", address.rpartition(":")[2])
        options = ["--no-nanny", "--nthreads", "1", "--local-directory", str(folder / "spill")]
        started = Cluster(address, scheduler, [start(env, "worker", address, *options) for _ in range(workers)])
        until(lambda: answers(address))
        with Client(address, timeout=BOUND, set_as_default=False) as client:
            client.wait_for_workers(workers, timeout=BOUND)
        yield started


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Gold articles in files and in lines of one file; an empty file and a broken line among them."""
    path = tmp_path_factory.mktemp("in")
    for number, gold in enumerate(GOLD[:60]):
        article = json.loads(gold.read_text(encoding="utf-8"))
        told = {key: article[key] for key in ("published", "lang", "text")}
        (path / f"{number:03}.json").write_text(json.dumps(told), encoding="utf-8")
    lines = [json.dumps(json.loads(gold.read_text(encoding="utf-8"))) for gold in GOLD[60:80]]
    (path / "030.jsonl").write_text("\n".join([*lines[:10], "{", *lines[10:]]), encoding="utf-8")
    (path / "031.txt").write_text("", encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def alone(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What this machine alone writes."""
    out = tmp_path_factory.mktemp("out") / "alone.parquet"
    assert main([str(folder), str(out)]) == 2
    return out


def broken_after(results: int, act: Callable[[], None]) -> Callable[..., Iterator[Any]]:
    """The reader of the cluster, which is done something to when it has given so many results."""
    from extract import cluster as module  # noqa: PLC0415 - skipped where Dask is missing

    told = module.told

    def reading(*args: Any, **named: Any) -> Iterator[Any]:
        given = told(*args, **named)
        yield from islice(given, results)
        act()
        yield from given

    return reading


# --- the file --------------------------------------------------------------------------------------------


def test_a_row_a_fact_as_in_the_csv(alone: Path, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert main(["--format", "csv", str(folder)]) == 2
    head, *lines = capsys.readouterr().out.splitlines()
    table = pq.read_table(alone)
    assert head == ",".join(table.column_names) == ",".join(COLUMNS)
    as_text = table.cast(pa.schema([(name, pa.string()) for name in COLUMNS])).to_pylist()
    assert len(as_text) == len(lines) > 800
    for row, line in zip(as_text[:300], lines, strict=False):
        assert line.startswith(",".join(row[name] for name in ("article", "published", "lang", "kind")))
        assert row["rule"] == line.rpartition(",")[2]


def test_each_column_has_its_type(alone: Path) -> None:
    table = pq.read_table(alone)
    assert table.schema.equals(SCHEMA)
    assert {str(table.schema.field(name).type) for name in ("published", "date_start", "date_end")} == {"date32[day]"}
    assert {str(table.schema.field(name).type) for name in ("count_min", "char_end")} == {"int64"}
    assert str(table.schema.field("approximate").type) == "bool"
    assert all(table[name].null_count < len(table) for name in COLUMNS)


def test_facts_stand_in_the_order_of_the_articles(alone: Path) -> None:
    articles = list(dict.fromkeys(pq.read_table(alone)["article"].to_pylist()))
    files = [name for name in articles if name.isdigit()]
    lines = [json.loads(gold.read_text(encoding="utf-8"))["id"] for gold in GOLD[60:80]]
    assert files == sorted(files)
    assert [name for name in articles if not name.isdigit()] == [name for name in lines if name in articles]
    assert articles.index(lines[0]) > articles.index("029")


def test_many_rows_are_written_in_parts(tmp_path: Path) -> None:
    out = tmp_path / "many.parquet"
    rows = as_rows(Article("a", "About 2,500 US troops are in Iraq.", date(2025, 9, 7), "en"))
    write_parquet(out, (rows[:1] for _ in range(2 * PART + 5)))
    written = pq.ParquetFile(out)
    assert [written.metadata.row_group(n).num_rows for n in range(written.num_row_groups)] == [PART, PART, 5]


def test_no_facts_are_a_file_without_rows(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Nothing of note happened today in the market.", encoding="utf-8")
    out = tmp_path / "out.parquet"
    assert main(["--published", "2025-09-07", str(tmp_path / "a.txt"), str(out)]) == 0
    assert pq.read_table(out).schema.equals(SCHEMA)
    assert pq.read_table(out).num_rows == 0


def test_what_is_not_whole_is_not_there(tmp_path: Path) -> None:
    out = tmp_path / "out.parquet"
    out.write_bytes(b"yesterday's")

    def broken() -> Iterator[list[dict[str, Any]]]:
        yield []
        raise StoppedError("a worker was killed")

    with pytest.raises(StoppedError):
        write_parquet(out, broken())
    assert out.read_bytes() == b"yesterday's"
    assert list(tmp_path.iterdir()) == [out]


WRONG: dict[str, tuple[list[str], str]] = {
    "no folder to write to": (["{in}", "{tmp}/no/out.parquet"], "cannot be written (No such file"),
    "a folder of that name": (["{in}", "{tmp}/taken.parquet"], "cannot be written (Is a directory"),
}


@pytest.mark.parametrize(("argv", "message"), WRONG.values(), ids=WRONG.keys())
def test_what_cannot_be_written_is_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], argv: list[str], message: str
) -> None:
    (tmp_path / "taken.parquet").mkdir()
    (tmp_path / "a.txt").write_text("US troops left Iraq on 7 September 2025.", encoding="utf-8")
    places = {"in": str(tmp_path / "a.txt"), "tmp": str(tmp_path)}
    assert main([arg.format_map(places) for arg in argv]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert message in line
    assert not list(tmp_path.rglob("*.part"))


@pytest.mark.parametrize(
    "argv", [["out.parquet"], ["--format", "csv", "in", "out.parquet"], ["--why", "in", "o.parquet"]]
)
def test_what_makes_no_sense_is_refused(capsys: pytest.CaptureFixture[str], argv: list[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(argv)
    assert ".parquet" in capsys.readouterr().err.splitlines()[-1]


# --- the cluster -----------------------------------------------------------------------------------------


def test_without_dask_one_line_says_how_to_get_it(folder: Path, tmp_path: Path) -> None:
    program = (
        "import sys; sys.modules['distributed'] = None; from extract.__main__ import main; sys.exit(main(sys.argv[1:]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, "--dask", "tcp://127.0.0.1:1", str(folder), str(tmp_path / "out.parquet")],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "extract: --dask needs distributed; install it: pip install 'dask[distributed]'\n"


@needs_dask
def test_one_worker_killed_midway_changes_nothing(
    folder: Path, alone: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from distributed import Client  # noqa: PLC0415

    out = tmp_path / "out.parquet"
    with cluster(tmp_path) as running, Client(running.address, set_as_default=False) as observer:
        pids = observer.run(os.getpid)

        def kill() -> None:
            """Ends the worker that has the most to do or to hand over, and waits until the scheduler knows."""
            busy, done = observer.processing(), observer.has_what()
            at_hand = {address: len(busy[address]) + len(done[address]) for address in pids}
            victim = max(at_hand, key=at_hand.__getitem__)
            assert at_hand[victim]
            os.kill(pids[victim], signal.SIGKILL)
            until(lambda: victim not in observer.nthreads())

        monkeypatch.setattr("extract.cluster.told", broken_after(PARCEL, kill))
        assert main(["--dask", running.address, str(folder), str(out)]) == 2
        assert len(observer.nthreads()) == 1
    assert [line.split(": ")[1] for line in capsys.readouterr().err.splitlines()] == [
        f"{folder / '030.jsonl'}, line 11",
        str(folder / "031.txt"),
    ]
    assert pq.read_table(out).equals(pq.read_table(alone))
    assert out.read_bytes() == alone.read_bytes()


@needs_dask
def test_all_workers_gone_is_one_line(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with cluster(tmp_path) as running:

        def kill() -> None:
            for worker in running.workers:
                worker.kill()

        monkeypatch.setattr("extract.cluster.PATIENCE", 0.0)
        monkeypatch.setattr("extract.cluster.told", broken_after(PARCEL, kill))
        assert main(["--dask", running.address, str(folder), str(tmp_path / "out.parquet")]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert f"no worker has been at {running.address}" in line
    assert not list(tmp_path.glob("out.parquet*"))


@needs_dask
def test_a_scheduler_that_goes_is_one_line(tmp_path: Path) -> None:
    from distributed import Client  # noqa: PLC0415

    out = tmp_path / "out.parquet"
    with cluster(tmp_path) as running:
        command = [sys.executable, "-m", "extract", "--dask", running.address, *map(str, GOLD), str(out)]
        with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True) as reading:
            with Client(running.address, set_as_default=False) as observer:
                until(lambda: any(observer.processing().values()))
            running.scheduler.kill()
            _, errors = reading.communicate(timeout=BOUND)
    assert reading.returncode == 2
    (line,) = errors.splitlines()
    assert f"the Dask scheduler at {running.address} has gone" in line
    assert not list(tmp_path.glob("out.parquet*"))


@needs_dask
@pytest.mark.parametrize("address", ["tcp://127.0.0.1:{}", "127.0.0.1:{}", "nonsense", "foo://127.0.0.1:{}"])
def test_a_scheduler_that_is_not_there_is_one_line(
    address: str, folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("extract.cluster.CONNECT", 0.5)
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        address = address.format(closed.getsockname()[1])
        assert main(["--dask", address, str(folder), str(tmp_path / "out.parquet")]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert f"no Dask scheduler answers at {address}" in line
    assert not list(tmp_path.iterdir())


@needs_dask
def test_a_worker_without_the_project_is_told_how_to_get_it(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with cluster(tmp_path, 1, ELSEWHERE) as running:
        assert main(["--dask", running.address, str(folder), str(tmp_path / "out.parquet")]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert "No module named 'extract'" in line
    assert f"PYTHONPATH={ROOT} dask worker {running.address}" in line


def deadly(article: Article) -> str:
    """Ends the process that reads one of the articles."""
    if article.id == "005":
        os._exit(1)
    return as_csv(article)


@needs_dask
def test_an_article_that_ends_workers_is_left_out(folder: Path, tmp_path: Path) -> None:
    from extract import cluster as module  # noqa: PLC0415

    pieces = [piece for path in files_of(folder)[: 2 * PARCEL] for piece in pieces_of(path)]
    with cluster(tmp_path, 3, failures=0) as running:
        results = list(module.told(pieces, Given(), deadly, running.address))
    (problem,) = (result for result in results if isinstance(result, UnreadableError))
    assert str(problem).startswith(f"{folder / '005.json'}: ends the workers that read it")
    assert results.index(problem) == 5
    assert len(results) == len(pieces)
