"""Articles out of files: text, Markdown, HTML, JSON, JSON lines, folders of these, standard input."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

from charset_normalizer import from_bytes

from extract.dateline import day_of
from extract.languages import LANGUAGES, language_of

SUFFIXES = (".txt", ".md", ".html", ".htm", ".json", ".jsonl")
# No article is longer; what is comes from a broken crawl or is an archive that belongs into .jsonl lines.
LONGEST = 5_000_000
# The encodings that old Arabic pages are written in, beside UTF-8 and UTF-16.
OLD_ENCODINGS = ["cp1256", "iso8859_6", "cp1252", "utf_16"]
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")


class UnreadableError(ValueError):
    """An article that cannot be read; the message names the file, what is wrong and the remedy."""


@dataclass(frozen=True, slots=True)
class Article:
    """One article: its text and what is known of it. ``id`` is its own or the name of its file."""

    id: str
    text: str
    published: date
    lang: str
    url: str | None = None
    publisher: str | None = None
    title: str | None = None


@dataclass(frozen=True, slots=True)
class Given:
    """What the caller says of all articles: day of publication and language, where known."""

    published: date | None = None
    lang: str | None = None


@dataclass(frozen=True, slots=True)
class Piece:
    """What holds one article, not yet understood: a file, or the bytes ``raw`` of standard input or of a line."""

    path: Path
    raw: bytes | None = None
    line: int | None = None


def files_of(path: Path) -> list[Path]:
    """``path`` itself, or the article files below it if it is a folder, in the order of their names."""
    if not path.is_dir():
        return [path]
    return sorted(p for p in path.rglob("*") if p.suffix.lower() in SUFFIXES and p.is_file())


def articles_of(path: Path, given: Given) -> Iterator[Article | UnreadableError]:
    """The articles of one file (``-``: standard input), an ``UnreadableError`` in the place of each that fails."""
    return (article_of(piece, given) for piece in pieces_of(path))


def pieces_of(path: Path) -> Iterator[Piece | UnreadableError]:
    """What of a file (``-``: standard input) holds one article each: the file, or its lines if it is ``.jsonl``.

    Lines are read as they are asked for; an ``UnreadableError`` stands in the place of a file that has none.
    """
    if str(path) == "-":
        raw = sys.stdin.buffer.read(LONGEST * 20)
        yield from _lines(path, BytesIO(raw)) if raw.lstrip()[:1] == b"{" else [Piece(path, raw)]
    elif path.suffix.lower() == ".jsonl":
        try:
            with path.open("rb") as lines:
                yield from _lines(path, lines)
        except OSError as problem:
            yield _unopened(path, problem)
    else:
        yield Piece(path)


def loaded(piece: Piece | UnreadableError) -> Piece | UnreadableError:
    """``piece`` with its bytes, for who cannot open its file."""
    if isinstance(piece, UnreadableError) or piece.raw is not None:
        return piece
    try:
        return replace(piece, raw=_bytes(piece.path))
    except UnreadableError as problem:
        return problem


def _lines(path: Path, lines: Iterable[bytes]) -> Iterator[Piece]:
    return (Piece(path, line, count) for count, line in enumerate(lines, 1) if line.strip())


def article_of(piece: Piece | UnreadableError, given: Given) -> Article | UnreadableError:
    """The article that ``piece`` holds, or what is wrong with it."""
    if isinstance(piece, UnreadableError):
        return piece
    try:
        return _read(piece, given)
    except UnreadableError as problem:
        return problem


def _read(piece: Piece, given: Given) -> Article:
    name = "standard input" if str(piece.path) == "-" else str(piece.path)
    raw = _bytes(piece.path) if piece.raw is None else piece.raw
    if piece.line is not None:
        where = f"{name}, line {piece.line}"
        if len(raw) > LONGEST:
            raise UnreadableError(f"{where}: {len(raw) / 1e6:.0f} MB is longer than any article (5 MB); leave it out")
        return _from_json(where, f"{Path(name).stem}-{piece.line}", decode(where, raw), given)
    text, suffix = decode(name, raw), piece.path.suffix.lower()
    if suffix == ".json":
        return _from_json(name, piece.path.stem, text, given)
    return _from_text(name, piece.path.stem, text, suffix, given)


def _bytes(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if size > LONGEST:
            raise UnreadableError(
                f"{path}: {size / 1e6:.0f} MB is longer than any article (5 MB); "
                "give the article alone, or many articles as .jsonl, one a line"
            )
        return path.read_bytes()
    except OSError as problem:
        raise _unopened(path, problem) from None


def _unopened(path: Path, problem: OSError) -> UnreadableError:
    if isinstance(problem, FileNotFoundError):
        return UnreadableError(f"{path}: no such file; check the path")
    if isinstance(problem, IsADirectoryError):
        return UnreadableError(f"{path}: is a folder without article files ({', '.join(SUFFIXES)})")
    return UnreadableError(f"{path}: cannot be opened ({problem.strerror}); check its permissions")


def decode(name: str, raw: bytes) -> str:
    """The text of ``raw``: UTF-8, or the old encoding it is recognised as (cp1256 above all).

    Raises UnreadableError for what is empty, binary or in no encoding that makes sense.
    """
    if not raw.strip():
        raise UnreadableError(f"{name}: is empty; give a file with the text of an article")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        guess = from_bytes(raw, cp_isolation=OLD_ENCODINGS).best()
        if guess is None:
            raise UnreadableError(f"{name}: is not UTF-8 and no known encoding fits; save it as UTF-8") from None
        text = str(guess)
    if CONTROL.search(text[:10_000]):
        raise UnreadableError(f"{name}: is not text (control characters); give the article as text, HTML or JSON")
    return text


def _from_text(name: str, stem: str, text: str, suffix: str, given: Given) -> Article:
    day, title = given.published, None
    if suffix in (".html", ".htm"):
        text, day, title = _from_html(name, text, day)
    lang = given.lang or language_of(text)
    day = day or day_of(text, lang)
    if day is None:
        raise UnreadableError(f"{name}: tells no day of publication; give it with --published YYYY-MM-DD")
    return Article(stem, text, day, lang, title=title)


def _from_html(name: str, html: str, day: date | None) -> tuple[str, date | None, str | None]:
    """The article of a page without menus and scripts, its day of publication and its title."""
    import trafilatura  # noqa: PLC0415 - slow to import, needed for HTML alone

    page = trafilatura.bare_extraction(html, with_metadata=True, include_comments=False)
    known: dict[str, Any] = page.as_dict() if isinstance(page, trafilatura.settings.Document) else {}
    text = known.get("text") or ""
    if not text.strip():
        raise UnreadableError(
            f"{name}: holds no article text that could be told from menus and scripts; save the text as .txt"
        )
    if day is None and known.get("date"):
        day = date.fromisoformat(known["date"])
    return text, day, known.get("title")


def _from_json(name: str, stem: str, text: str, given: Given) -> Article:
    try:
        data: Any = json.loads(text)
    except json.JSONDecodeError as problem:
        raise UnreadableError(f"{name}: is not JSON (line {problem.lineno}: {problem.msg}); check the file") from None
    except RecursionError:
        raise UnreadableError(
            f'{name}: is nested too deep; an article is {{"id", "published", "lang", "text", ...}}'
        ) from None
    if not isinstance(data, dict) or not isinstance(data.get("text"), str) or not data["text"].strip():
        raise UnreadableError(f'{name}: has no "text"; an article is {{"id", "published", "lang", "text", ...}}')
    body: str = data["text"].encode("utf-8", "replace").decode("utf-8")  # half a character cannot be printed
    lang = given.lang or data.get("lang") or language_of(body)
    if lang not in LANGUAGES:
        raise UnreadableError(f"{name}: is in {lang!r}, which is not read; known are {', '.join(LANGUAGES)}")
    day = given.published or _day(name, data.get("published")) or day_of(body, lang)
    if day is None:
        raise UnreadableError(f'{name}: tells no day of publication; add "published" or give --published YYYY-MM-DD')
    return Article(
        str(data.get("id") or stem), body, day, lang,
        *(data[key] if isinstance(data.get(key), str) else None for key in ("url", "publisher", "title")),
    )  # fmt: skip


def _day(name: str, value: object) -> date | None:
    if value is None:
        return None
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError:
        raise UnreadableError(f"{name}: {value!r} is no day; write it as YYYY-MM-DD") from None
