"""General date parsers to compare with, each in an environment where it can live, and how to ask them.

``dateparser`` comes with requirements-dev.txt. ``puckling`` needs Python 3.13, and of what ``mahad`` needs there
is no wheel for a Python later than 3.10: both get a virtual environment of their own in ``.bench/``, which git
ignores, made when first asked for with a Python on the path or one of pyenv's.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from extract.languages import LANGUAGES

ROOT = Path(__file__).resolve().parent.parent.parent
CACHE = ROOT / ".bench"
PYENV = Path("~/.pyenv/versions").expanduser()

Ask = Callable[..., dict[str, Any]]


class MissingError(RuntimeError):
    """A peer that cannot be had here; the message says why."""


@dataclass(frozen=True)
class Peer:
    """A package to compare with: what pip calls it, the Python it needs, and those of our languages that it reads."""

    requirement: str
    python: str
    languages: tuple[str, ...]


PEERS = {
    "puckling": Peer("puckling>=0.5,<0.6", "3.13", ("ar", "en")),
    "mahad": Peer("mahad>=0.3,<0.4", "3.10", ("ar",)),
}


def languages_of(reader: str) -> tuple[str, ...]:
    """Those of our languages that a reader reads."""
    peer = PEERS.get(reader.partition(",")[0])
    return peer.languages if peer else LANGUAGES


def _python_for(reader: str) -> str:
    """The Python that can import a reader; makes its environment. Raises MissingError."""
    name = reader.partition(",")[0]
    if name not in PEERS:
        if name == "dateparser" and find_spec(name) is None:
            raise MissingError("it is not installed; it comes with requirements-dev.txt")
        return sys.executable
    folder, stamp = CACHE / name, CACHE / f"{name}.stamp"
    if not stamp.is_file():
        _run(_interpreter(PEERS[name].python), "-m", "venv", "--clear", folder)
        _run(folder / "bin" / "python", "-m", "pip", "install", "--quiet", PEERS[name].requirement)
        stamp.touch()
    return str(folder / "bin" / "python")


def _interpreter(version: str) -> str:
    """A Python of this version. Raises MissingError."""
    found = [shutil.which(f"python{version}"), *sorted(PYENV.glob(f"{version}.*/bin/python"))]
    for python in filter(None, found):
        done = subprocess.run([python, "--version"], capture_output=True, text=True, check=False)
        if done.stdout.startswith(f"Python {version}."):
            return str(python)
    raise MissingError(f"it needs Python {version}, which is neither on the path nor one of pyenv's")


def _run(*command: object) -> None:
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True, check=False)
    if done.returncode:
        raise MissingError(f"it cannot be installed: {(done.stderr.strip() or 'no reason given').splitlines()[-1]}")


@contextmanager
def asking(reader: str) -> Iterator[Ask]:
    """Something to ask: ``ask(text=, published=, lang=, past=)`` is the answer of one of ``reader.READERS``.

    Raises MissingError when the reader cannot be had here.
    """
    command = [_python_for(reader), "-m", "tests.bench.reader", reader]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as running:

        def ask(**question: Any) -> dict[str, Any]:
            assert running.stdin is not None
            assert running.stdout is not None
            print(json.dumps(question), file=running.stdin, flush=True)
            answer: dict[str, Any] = json.loads(running.stdout.readline())
            return answer

        yield ask
