"""requirements.lock pins all that requirements.txt allows, each by the hashes of its files, and by nothing local."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).resolve().parent.parent
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
# One pin with its marker, and the hashes below it.
PIN = re.compile(
    r"^(?P<pin>[^\s#-][^\\\n]*==[^\\\n]*?) \\\n(?P<hashes>(?:    --hash=sha256:[0-9a-f]{64}(?: \\)?\n)+)", re.M
)
PYTHONS = ("3.11", "3.12", "3.13")


def wanted() -> list[Requirement]:
    lines = (line.partition("#")[0].strip() for line in (ROOT / "requirements.txt").read_text("utf-8").splitlines())
    return [Requirement(line) for line in lines if line]


def pinned(python: str) -> dict[str, Version]:
    """The versions that a Python of this version on Linux gets."""
    here = {"python_version": python, "python_full_version": f"{python}.0", "sys_platform": "linux"}
    here |= {"implementation_name": "cpython", "platform_python_implementation": "CPython"}
    found: dict[str, Version] = {}
    for one in (Requirement(match["pin"]) for match in PIN.finditer(LOCK)):
        if one.marker is None or one.marker.evaluate(here):
            (exact,) = one.specifier
            assert exact.operator == "==" and canonicalize_name(one.name) not in found
            found[canonicalize_name(one.name)] = Version(exact.version)
    return found


@pytest.mark.parametrize("python", PYTHONS)
def test_every_requirement_is_pinned_within_its_range(python: str) -> None:
    pins = pinned(python)
    bad = [str(one) for one in wanted() if pins.get(canonicalize_name(one.name)) not in one.specifier]
    assert not bad, f"{bad}: run make lock"


def test_each_line_is_a_comment_a_pin_or_a_hash() -> None:
    rest = PIN.sub("", LOCK)
    assert not [line for line in rest.splitlines() if line and not line.lstrip().startswith("#")]
    assert "://" not in LOCK, "no address of an index"
