"""The whole ledger written as an archive (``ledger.archive``)."""

from __future__ import annotations

import json
import os
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import IO
from zipfile import ZipFile

from alembic.migration import MigrationContext
from sqlalchemy import Connection

from ledger.archive import FILES, FORMAT, MANIFEST
from ledger.database import retried, snapshot
from ledger.errors import LedgerError
from ledger.lines import COLUMNS, Row, all_of, line_of
from ledger.store import Ledger
from ledger.zips import entry

Counts = dict[str, int]

AT_ONCE = 5_000  # rows in memory


def export(ledger: Ledger, path: Path) -> Counts:
    """Writes all that the ledger holds to ``path``, as it is at one moment; how many rows of each table.

    The file is there whole or not at all. Raises LedgerError where it cannot be written.
    """
    part = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with part.open("wb") as file:
            counts = retried(lambda: _write(ledger, file))
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
        return counts
    except OSError as problem:
        raise LedgerError(
            f"{path}: cannot be written ({problem.strerror}); make room or choose another place"
        ) from None
    finally:
        with suppress(OSError):
            part.unlink()


def _write(ledger: Ledger, file: IO[bytes]) -> Counts:
    file.seek(0)
    file.truncate()
    with snapshot(ledger.engine) as connection, ZipFile(file, "w") as archive:
        files = {FILES[name]: _write_rows(archive, name, connection) for name in COLUMNS}
        schema = MigrationContext.configure(connection).get_current_revision()
        manifest = {"format": FORMAT, "schema": schema, "files": files}
        archive.writestr(entry(MANIFEST), json.dumps(manifest, sort_keys=True, indent=1) + "\n")
    return {name: files[FILES[name]]["rows"] for name in COLUMNS}


def _write_rows(archive: ZipFile, name: str, connection: Connection) -> Row:
    """Writes one table; what the manifest tells of it."""
    digest, size, count = sha256(), 0, 0
    rows = connection.execution_options(yield_per=AT_ONCE).execute(all_of(name)).mappings()
    with archive.open(entry(FILES[name]), "w", force_zip64=True) as member:
        for row in rows:
            line = line_of(dict(row))
            member.write(line)
            digest.update(line)
            size, count = size + len(line), count + 1
    return {"rows": count, "bytes": size, "sha256": digest.hexdigest()}
