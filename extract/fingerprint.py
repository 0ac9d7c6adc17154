"""Which reader read an article: changes whenever the code or a table does that facts depend on."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from extract.tables import DATA

CODE = Path(__file__).resolve().parent
# The tables that the reader reads; data/words.csv and accuracy.csv are the pages' own.
TABLES = (
    "countries.csv",
    "force_names.csv",
    "forces.csv",
    "letters.csv",
    "names.csv",
    "places.csv",
    "terms.csv",
    "weights.csv",
)
# 48 bits: of a thousand versions two share a name with a chance of one in 500 million.
DIGITS = 12


@cache
def version() -> str:
    """The version of the reader: 12 hexadecimal digits, the same on every machine with the same code and tables.

    Facts kept under another version were read by another reader. Worked out once a process.
    """
    return fingerprint([*CODE.glob("*.py"), *(DATA / name for name in TABLES)])


def fingerprint(files: Iterable[Path]) -> str:
    """12 hexadecimal digits that tell the contents of files, in the order of their names; line ends do not count."""
    digest = hashlib.sha256()
    for file in sorted(files):
        content = file.read_bytes().replace(b"\r\n", b"\n")
        digest.update(b"%d\n" % len(content))  # so that a line moved to the next file is a change
        digest.update(content)
    return digest.hexdigest()[:DIGITS]
