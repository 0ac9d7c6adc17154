"""The whole ledger as one zip file: what such an archive holds, and one opened with care.

``manifest.json`` tells the version of the format, the revision of the schema, and rows, bytes and SHA-256 of each
other file. Those hold one table each, a row a line (``ledger.lines``), in the order in which the rows were added.
The same ledger gives the same bytes.
"""

from __future__ import annotations

import json
import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

from ledger.errors import LedgerError
from ledger.lines import COLUMNS, Row, readers, row_of

FORMAT = 1
MANIFEST = "manifest.json"
FILES = {name: f"{name}.jsonl" for name in COLUMNS}
CHUNK = 2**20
# More than any ledger has, and little enough to be read: bytes of a manifest and of a row, and how many times its
# size a file may unpack to (archives of ours: 3 to 36).
LONGEST_MANIFEST, LONGEST_ROW, BOMB = 2**16, 2**26, 200


class Archive:
    """An archive that holds the files that it tells of, whole and unchanged; what its rows say is not looked at."""

    def __init__(self, path: Path, file: ZipFile) -> None:
        """Raises LedgerError for what is no archive of a ledger, and for one that is damaged."""
        self.path = path
        self._file = file
        self._look_at_names()
        files = self._manifest()
        for name, told in files.items():
            self._compare(name, told)

    def rows(self, name: str) -> Iterator[Row]:
        """The rows of one table in their own types (days, moments). Raises LedgerError for a line that is none."""
        read = readers(name)
        with _readable(self.path), self._file.open(FILES[name]) as member:
            for number, line in enumerate(iter(lambda: member.readline(LONGEST_ROW), b""), 1):
                try:
                    yield row_of(line, read)
                except ValueError as problem:
                    raise self.error(f"{FILES[name]} line {number}: {problem}") from None

    def error(self, words: str) -> LedgerError:
        """The error that ends the bringing in of this archive."""
        return LedgerError(f"{self.path}: {words}; nothing was brought in")

    def _look_at_names(self) -> None:
        names, wanted = sorted(self._file.namelist()), sorted([MANIFEST, *FILES.values()])
        if missing := [name for name in wanted if name not in names]:
            raise self.error(f"{missing[0]} is missing: this is no archive of a ledger, or not all of it")
        if other := [name for name in names if name not in wanted or names.count(name) > 1]:
            raise self.error(f"holds {other[0][:80]!r}, which does not belong there")
        for info in self._file.infolist():
            if info.flag_bits & 1 or info.compress_type not in (ZIP_DEFLATED, ZIP_STORED):
                raise self.error(f"{info.filename} is encrypted or packed in another way than deflate")
            if info.file_size > BOMB * info.compress_size + CHUNK:
                raise self.error(f"{info.filename} would unpack to {info.file_size:,} bytes: no ledger is like that")

    def _manifest(self) -> dict[str, Row]:
        """What the manifest tells of each file."""
        if self._file.getinfo(MANIFEST).file_size > LONGEST_MANIFEST:
            raise self.error(f"{MANIFEST} is longer than {LONGEST_MANIFEST:,} bytes")
        try:
            told = json.loads(self._file.read(MANIFEST))
            form, schema, files = told["format"], told["schema"], told["files"]
            if form == FORMAT and files.keys() == set(FILES.values()):
                return {name: {key: files[name][key] for key in ("rows", "bytes", "sha256")} for name in files}
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
            raise self.error(f"{MANIFEST} cannot be understood") from None
        if form == FORMAT:
            raise self.error(f"{MANIFEST} does not tell of {', '.join(FILES.values())}")
        raise self.error(
            f"has format {str(form)[:20]!r} (schema {str(schema)[:20]!r}) and this program reads format {FORMAT}: "
            "bring it in with the version of the program that wrote it, or a newer one"
        )

    def _compare(self, name: str, told: Row) -> None:
        digest, rows, size = sha256(), 0, 0
        with self._file.open(name) as member:
            for chunk in iter(lambda: member.read(CHUNK), b""):
                digest.update(chunk)
                rows, size = rows + chunk.count(b"\n"), size + len(chunk)
        found = {"rows": rows, "bytes": size, "sha256": digest.hexdigest()}
        if other := [key for key, value in found.items() if told[key] != value]:
            raise self.error(f"{name} is not as {MANIFEST} tells ({other[0]}): damaged or changed by hand")


@contextmanager
def opened(path: Path) -> Iterator[Archive]:
    """The archive at ``path``, compared with its manifest. Raises LedgerError."""
    with _readable(path):
        file = ZipFile(path)
    with file:
        with _readable(path):
            archive = Archive(path, file)
        yield archive


@contextmanager
def _readable(path: Path) -> Iterator[None]:
    """Tells in a line what is wrong with a file that cannot be read as zip."""
    try:
        yield
    except (OSError, BadZipFile, NotImplementedError, EOFError, zlib.error, struct.error, ValueError) as problem:
        said = getattr(problem, "strerror", None) or problem
        raise LedgerError(f"{path}: missing, no zip file, or damaged ({said}); name one that export wrote") from None
