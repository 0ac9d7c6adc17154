"""How long 10,000 articles take by one core and by all, and how much memory 2,000 and 10,000 need.

    python -m tests.bench.batch

The articles are those of ``tests/gold`` (and of ``../shared/gold`` where that is there) over and over, one a file,
in a temporary folder. Exit 1 when all cores print anything else than one, or when memory grows with the number of
articles. Linux and macOS only: Windows does not tell how much memory a process needed.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
GOLD = (ROOT / "tests" / "gold", ROOT.parent / "shared" / "gold")
SOME, MANY = 2_000, 10_000
# What five times the articles may need more: the list of their files.
GROWTH = 1.25
# The command line with all cores ("all") or with one; tells the processor time, and the memory that it and its
# largest worker needed at most.
PROGRAM = """\
import resource, sys
from extract import batch
from extract.__main__ import main
if sys.argv[1] != "all":
    batch.cores = lambda: 1
main(sys.argv[2:])
own, workers = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
cpu = sum(used.ru_utime + used.ru_stime for used in (own, workers))
print(cpu, own.ru_maxrss, workers.ru_maxrss, file=sys.stderr)
"""
UNITS_A_MB = 2**20 if sys.platform == "darwin" else 2**10


@dataclass(frozen=True)
class Run:
    """What one run took: seconds, those of the processors, at most so many MB in its process and in a worker."""

    seconds: float
    cpu: float
    parent: float
    worker: float
    digest: str


def lay_out(folder: Path) -> None:
    """Writes ``MANY`` articles, the first ``SOME`` of them into a folder of their own."""
    found = [json.loads(path.read_text(encoding="utf-8")) for gold in GOLD for path in sorted(gold.rglob("*.json"))]
    for number, article in enumerate(islice(cycle(found), MANY)):
        part = folder / ("some" if number < SOME else "rest")
        part.mkdir(exist_ok=True)
        told = {key: article[key] for key in ("published", "lang", "text")}
        (part / f"{number:05}.json").write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")


def run(cores: str, *folders: Path) -> Run:
    """Reads the articles of the folders with ``one`` core or ``all``, each time in a fresh process."""
    start = time.perf_counter()
    with subprocess.Popen(
        [sys.executable, "-c", PROGRAM, cores, *map(str, folders)],
        cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    ) as running:  # fmt: skip
        assert running.stdout is not None
        assert running.stderr is not None
        digest = hashlib.file_digest(running.stdout.buffer, "sha256").hexdigest()
        cpu, *memory = map(float, running.stderr.read().split())
    parent, worker = (size / UNITS_A_MB for size in memory)
    return Run(time.perf_counter() - start, cpu, parent, worker, digest)


def main() -> int:
    """Measures, prints, and tells by the exit code whether the output is one and memory stays flat."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        lay_out(folder)
        some = run("all", folder / "some")
        both = {cores: run(cores, folder / "some", folder / "rest") for cores in ("one", "all")}
    one, many = both["one"], both["all"]
    print(f"{MANY:,} articles, {os.cpu_count()} cores")
    for name, took in (("one core", one), ("all cores", many)):
        pace = MANY / took.seconds
        print(f"  {name:9} {took.seconds:6.1f} s, {took.cpu:6.1f} s of processors, {pace:5.0f} articles a second")
    print(f"  ratio {one.seconds / many.seconds:.2f}; the same output: {one.digest == many.digest}")
    print("peak memory, MB           process   largest worker")
    for count, took in ((SOME, some), (MANY, many)):
        print(f"  {count:6,} articles        {took.parent:7.1f}   {took.worker:14.1f}")
    grown = (many.parent + many.worker) / (some.parent + some.worker)
    print(f"  ratio {grown:.2f} (at most {GROWTH})")
    return 0 if one.digest == many.digest and grown <= GROWTH else 1


if __name__ == "__main__":
    sys.exit(main())
