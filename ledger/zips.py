"""Zip files that are the same byte for byte whenever and wherever they are made of the same."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

EPOCH = (1980, 1, 1, 0, 0, 0)  # the first moment that a zip file can tell


def entry(name: str) -> ZipInfo:
    """The entry of a file, the same on every day and on every system."""
    info = ZipInfo(name, EPOCH)
    info.compress_type, info.create_system, info.external_attr = ZIP_DEFLATED, 3, 0o644 << 16
    return info


def timeless(raw: bytes, other: Mapping[str, bytes]) -> bytes:
    """A zip file without the moments at which its files were written, and with ``other`` content of some of them."""
    with ZipFile(io.BytesIO(raw)) as old:
        return zipped((name, [other.get(name) or old.read(name)]) for name in old.namelist())


def zipped(files: Iterable[tuple[str, Iterable[bytes]]]) -> bytes:
    """A zip file of files: the name of each and its content piece by piece."""
    out = io.BytesIO()
    with ZipFile(out, "w") as archive:
        for name, pieces in files:
            with archive.open(entry(name), "w", force_zip64=True) as member:
                for piece in pieces:
                    member.write(piece)
    return out.getvalue()
