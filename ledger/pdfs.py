"""The text layer of a PDF, read by a process of its own: what a PDF can do to its reader then ends with that."""

from __future__ import annotations

import json
import re
import subprocess  # this Python itself, with no word from outside # nosec B404
import sys
from dataclasses import asdict, dataclass
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

from extract.encodings import UnreadableError

ROOT = Path(__file__).resolve().parent.parent
# Seconds and bytes of memory that reading one may take; 100 pages of 2,500 letters take 1 s and 44 MB.
SECONDS, MEMORY = 30, 1_000_000_000
# The text of longer ones is not read to its end: it is no article anyway.
ENOUGH = 250_000
# Arabic letters in the form they are drawn in: a PDF that holds them holds its words in the order of drawing too,
# from left to right. A few are ligatures that people type; more than this part of a text are not.
DRAWN, FEW = re.compile("[\ufb50-\ufdff\ufe70-\ufefc]"), 0.05


@dataclass(frozen=True, slots=True)
class Pdf:
    """What a PDF holds; ``created`` is when the file was made, ISO, which need not be when it was published."""

    text: str
    title: str | None
    created: str | None

    @property
    def day(self) -> date | None:
        return date.fromisoformat(self.created) if self.created else None


def read_pdf(name: str, raw: bytes) -> Pdf:
    """The text of a PDF; raises UnreadableError for one that is encrypted, scanned, broken or a bomb."""
    try:
        done = subprocess.run(  # see above # nosec B603
            [sys.executable, "-m", "ledger.pdfs"], input=raw, capture_output=True, timeout=SECONDS, cwd=ROOT, check=True
        )
        read: dict[str, Any] = json.loads(done.stdout)
    except subprocess.TimeoutExpired:
        raise UnreadableError(f"{name}: takes longer than {SECONDS} s to read; save its text as .txt") from None
    except (subprocess.CalledProcessError, ValueError):
        raise UnreadableError(f"{name}: is a PDF too broken or too large to read; save its text as .txt") from None
    if problem := read.get("problem"):
        raise UnreadableError(f"{name}: {problem}")
    return Pdf(**read)


def _read(raw: bytes) -> dict[str, Any]:
    from pypdf import PdfReader  # noqa: PLC0415 - only the process that reads needs it

    reader = PdfReader(BytesIO(raw))
    if reader.is_encrypted:
        return {"problem": "is encrypted; save it without a password, or its text as .txt"}
    parts: list[str] = []
    for page in reader.pages:
        parts.append(page.extract_text())
        if sum(map(len, parts)) > ENOUGH:
            break
    text = "\n\n".join(parts)
    if not text.strip():
        return {"problem": "has no text layer, only pictures of pages; run text recognition, or type the text"}
    if len(DRAWN.findall(text)) > FEW * len(text):
        return {"problem": "holds its Arabic as it is drawn, words in the wrong order; type the text, or find its page"}
    about = reader.metadata
    made = about.creation_date if about else None
    title = str(about.title) if about and about.title else None
    return asdict(Pdf(text, title, made.date().isoformat() if made else None))


def _limit() -> None:
    """Less memory for this process, where the system can set it (not on Windows)."""
    try:
        import resource  # noqa: PLC0415
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


if __name__ == "__main__":
    _limit()
    json.dump(_read(sys.stdin.buffer.read()), sys.stdout)
