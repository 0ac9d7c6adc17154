"""A real nginx on loopback with the project's own configuration, before servers of the tests."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from tests.databases import eventually
from tests.image import ROOT, free_port

# What Debian's and the image's nginx.conf hold around the files of conf.d, and a log of who answered whom.
AROUND = """\
daemon off;
pid {folder}/pid;
error_log {folder}/errors warn;
worker_processes 1;
events {{ worker_connections 1024; }}
http {{
    types {{ text/html html; }}
    default_type application/octet-stream;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    log_format who "$upstream_addr $status $request_uri $cookie_reader";
    access_log {folder}/log who;
    include {folder}/monitor.conf;
}}
"""


@dataclass
class Nginx:
    """nginx at ``address``; ``log`` has a line a request: who answered, status, path, the reader's cookie."""

    address: str
    folder: Path

    @property
    def log(self) -> list[list[str]]:
        return [line.rstrip("\n").split(" ") for line in (self.folder / "log").read_text().split("\n") if line]


def rendered(**values: str) -> str:
    """deploy/nginx.conf with the values put in, as envsubst does it."""
    text = (ROOT / "deploy" / "nginx.conf").read_text(encoding="utf-8")
    for name, value in values.items():
        text = text.replace(f"${{{name}}}", value)
    return text


@contextmanager
def nginx(*replicas: str) -> Iterator[Nginx]:
    """nginx before two replicas (host:port each); the test is skipped where it is not installed, but never in CI."""
    program = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    if program is None:
        assert os.environ.get("CI") != "true", "CI installs nginx"
        pytest.skip("no nginx on this machine: apt-get install nginx-light")
    folder, port = Path(tempfile.mkdtemp(prefix="monitor-nginx-")), str(free_port())
    folder.chmod(0o755)
    text = rendered(LISTEN=f"127.0.0.1:{port}", REPLICA_1=replicas[0], REPLICA_2=replicas[1])
    (folder / "monitor.conf").write_text(text, encoding="utf-8")
    (folder / "nginx.conf").write_text(AROUND.format(folder=folder), encoding="utf-8")
    process = subprocess.Popen([program, "-c", folder / "nginx.conf", "-e", folder / "errors"])
    try:
        running = Nginx(f"http://127.0.0.1:{port}", folder)
        eventually(lambda: process.poll() is not None or _answers(running.address))
        assert process.poll() is None, (folder / "errors").read_text()
        yield running
    finally:
        process.terminate()
        process.wait(10)
        shutil.rmtree(folder)


def _answers(address: str) -> bool:
    try:
        return urlopen(f"{address}/_stcore/health", timeout=5).status == 200  # noqa: S310 - our own server
    except (URLError, OSError):
        return False
