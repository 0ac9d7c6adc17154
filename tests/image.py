"""The image without Docker: what the Dockerfile copies, installs and starts, in a folder of this machine.

Its instructions are followed one by one, ``/app`` and ``/data`` are two folders of a temporary one. The server runs as
a user who may write to ``/data`` and ``/tmp`` only, as ``--read-only`` has it, where the tests run as root; else all
that was copied and installed is made read-only for whom they run as.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from fnmatch import fnmatch
from functools import partial
from pathlib import Path

from tests.databases import eventually

ROOT = Path(__file__).resolve().parent.parent
IS_ROOT = os.getuid() == 0
USER = 10001 if IS_ROOT else None
# Debian's Python may be run by any user, that of who runs the tests not always.
PYTHON = "/usr/bin/python3" if IS_ROOT else sys.executable
STARTS = 120  # seconds that a server may take to answer


def instructions() -> list[tuple[str, str]]:
    """The lines of the Dockerfile as (instruction, the rest)."""
    lines = (ROOT / "Dockerfile").read_text(encoding="utf-8").splitlines()
    return [(line.split()[0], line.split(maxsplit=1)[1]) for line in lines if line and not line.startswith("#")]


def left_out(path: Path) -> bool:
    """Whether .dockerignore keeps a file of the project out of the image: the last line that fits decides."""
    name, out = str(path.relative_to(ROOT)), False
    for line in (ROOT / ".dockerignore").read_text(encoding="utf-8").split("\n"):
        pattern = line.removeprefix("!").removeprefix("**/")
        if not pattern or line.startswith("#"):
            continue
        if fnmatch(name, pattern) or fnmatch(name, f"{pattern}/*") or fnmatch(name, f"*/{pattern}/*"):
            out = not line.startswith("!")
    return out


@dataclass
class Image:
    """The image under ``folder``; ``env``, ``health`` and ``start`` are what the Dockerfile says of it."""

    folder: Path
    env: dict[str, str] = field(default_factory=dict)
    health: list[str] = field(default_factory=list)
    start: list[str] = field(default_factory=list)

    def build(self) -> None:
        """Follows the Dockerfile."""
        (self.folder / "data").mkdir()
        if USER:
            os.chown(self.folder / "data", USER, USER)
        for instruction, rest in instructions():
            if instruction == "WORKDIR":
                (self.folder / "app").mkdir()
            elif instruction == "COPY":
                self._copy(*rest.split())
            elif instruction == "ENV":
                self.env |= dict(pair.split("=", 1) for pair in self._here(rest).split())
            elif instruction == "RUN" and rest.startswith("deploy/"):
                self._run(rest)
            elif instruction == "CMD":
                self.start = json.loads(rest)
            elif instruction == "HEALTHCHECK":
                self.health = json.loads(rest[rest.index("[") :])
        if not IS_ROOT:
            subprocess.run(["chmod", "-R", "a-w", self.folder / "app"], check=True)

    def _copy(self, source: str, target: str) -> None:
        for path in [ROOT / source, *(ROOT / source).rglob("*")]:
            if path.is_file() and not left_out(path):
                within = path.relative_to(ROOT / source) if (ROOT / source).is_dir() else Path(path.name)
                copy = self.folder / "app" / target / within
                copy.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(path, copy)

    def _run(self, command: str) -> None:
        # The image keeps no cache of packages; this machine's spares the test a download.
        done = subprocess.run(
            [*command.split()], cwd=self.folder / "app", check=False, capture_output=True, text=True,
            env={"PATH": os.environ["PATH"], "HOME": str(Path.home()), "PYTHON": PYTHON},
        )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr

    def _here(self, text: str) -> str:
        return re.sub(r"(/app|/data)\b", lambda found: f"{self.folder}{found[0]}", text)

    def begin(self, **settings: str) -> subprocess.Popen[str]:
        """Starts the server with these settings on top of the image's; it says what it has to say to its stdout."""
        env = {"PATH": os.environ["PATH"], **self.env, **settings}
        return subprocess.Popen(
            self.start, cwd=self.folder / "app", env=env, user=USER, group=USER, extra_groups=[] if USER else None,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True,
        )  # fmt: skip

    def healthy(self, port: str) -> bool:
        """Whether the image's health check is content."""
        env = {"PATH": os.environ["PATH"], **self.env, "STREAMLIT_SERVER_PORT": port}
        return not subprocess.run(
            self.health, cwd=self.folder / "app", env=env, check=False, capture_output=True
        ).returncode


@dataclass
class Replica:
    """A server of the image at ``address``."""

    address: str
    port: str
    process: subprocess.Popen[str]


@contextmanager
def running(image: Image, **settings: str) -> Iterator[Replica]:
    """A server of the image on a free port of 127.0.0.1, from when it is healthy; it is killed at the end."""
    port = str(free_port())
    process = image.begin(STREAMLIT_SERVER_ADDRESS="127.0.0.1", STREAMLIT_SERVER_PORT=port, **settings)
    try:
        eventually(partial(_up, image, port, process), STARTS)
        yield Replica(f"http://127.0.0.1:{port}", port, process)
    finally:
        process.kill()
        process.communicate()


def _up(image: Image, port: str, process: subprocess.Popen[str]) -> bool:
    assert process.poll() is None, process.stdout and process.stdout.read()
    return image.healthy(port)


@contextmanager
def built() -> Iterator[Image]:
    """The image, built; its folder is gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="monitor-image-"))
    folder.chmod(0o755)
    try:
        image = Image(folder)
        image.build()
        yield image
    finally:
        if not IS_ROOT:
            subprocess.run(["chmod", "-R", "u+w", folder], check=True)
        shutil.rmtree(folder)


def free_port() -> int:
    """A port of 127.0.0.1 that nothing listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])
