"""Articles out of files: text, Markdown, HTML, JSON, JSON lines, folders of these, standard input."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

from extract.dateline import day_of
from extract.encodings import UnreadableError, decode
from extract.languages import LANGUAGES, language_of
from extract.webpages import read_page

__all__ = ["Article", "Given", "Piece", "UnreadableError", "article_of", "articles_of", "files_of", "pieces_of"]

SUFFIXES = (".txt", ".md", ".html", ".htm", ".json", ".jsonl")
# No article is longer; what is comes from a broken crawl or is an archive that belongs into .jsonl lines.
LONGEST = 5_000_000


@dataclass(frozen=True, slots=True)
class Article:
    """One article: its text and what is known of it.

    ``id`` is its own (``named``) or the name of its file. ``day_from`` says where the day of publication was
    found: given (by the caller), metadata (the article's own record of itself), url, dateline (a full date at
    the head of the text), guess (a date somewhere on the page) or changed (``Given.changed``).
    ``note`` and ``summary`` are a record's own words on itself: what a reader should know of it, and whether
    its text is a summary.
    """

    id: str
    text: str
    published: date
    lang: str
    url: str | None = None
    publisher: str | None = None
    title: str | None = None
    named: bool = False
    day_from: str = "given"
    note: str | None = None
    summary: bool = False


@dataclass(frozen=True, slots=True)
class Given:
    """What the caller says of all articles, where known; it counts more than what they say themselves.

    ``changed`` is the day their file or page was last changed: a last resort for what tells no day itself.
    """

    published: date | None = None
    lang: str | None = None
    publisher: str | None = None
    title: str | None = None
    url: str | None = None
    changed: date | None = None


@dataclass(frozen=True, slots=True)
class Piece:
    """What holds one article, not yet understood: a file, or the bytes ``raw`` of standard input or of a line.

    ``charset`` is what the server said that the bytes are written in; ``name`` is what messages call it, by
    default its path.
    """

    path: Path
    raw: bytes | None = None
    line: int | None = None
    charset: str | None = None
    name: str | None = None


def files_of(path: Path, suffixes: tuple[str, ...] = SUFFIXES) -> list[Path]:
    """``path`` itself, or the article files below it if it is a folder, in the order of their names."""
    if not path.is_dir():
        return [path]
    return sorted(p for p in path.rglob("*") if p.suffix.lower() in suffixes and p.is_file())


def articles_of(path: Path, given: Given) -> Iterator[Article | UnreadableError]:
    """The articles of one file (``-``: standard input), an ``UnreadableError`` in the place of each that fails."""
    return (article_of(piece, given) for piece in pieces_of(path))


def pieces_of(path: Path, raw: bytes | None = None) -> Iterator[Piece | UnreadableError]:
    """What of a file (``-``: standard input) holds one article each: the file, or its lines if it is ``.jsonl``.

    Lines are read as they are asked for; an ``UnreadableError`` stands in the place of a file that has none.
    """
    if raw is not None:
        yield from _lines(path, BytesIO(raw)) if path.suffix.lower() == ".jsonl" else [Piece(path, raw)]
    elif str(path) == "-":
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
    name = piece.name or ("standard input" if str(piece.path) == "-" else str(piece.path))
    raw = _bytes(piece.path) if piece.raw is None else piece.raw
    if piece.line is not None:
        where = f"{name}, line {piece.line}"
        if len(raw) > LONGEST:
            raise UnreadableError(f"{where}: {len(raw) / 1e6:.0f} MB is longer than any article (5 MB); leave it out")
        return _from_json(
            where, f"{piece.path.stem if piece.name else Path(name).stem}-{piece.line}", decode(where, raw), given
        )
    text, suffix = decode(name, raw, piece.charset), piece.path.suffix.lower()
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


def _from_text(name: str, stem: str, text: str, suffix: str, given: Given) -> Article:
    day, day_from, title, publisher, url = given.published, "given", given.title, given.publisher, given.url
    if suffix in (".html", ".htm"):
        page = read_page(name, text, given.url)
        text, title, publisher, url = page.text, title or page.title, publisher or page.publisher, url or page.url
        day, day_from = (day, day_from) if day else (page.day, page.day_from)
    lang = given.lang or language_of(text)
    if day is None or day_from == "guess":
        own = day_of(text, lang)
        day, day_from = (own, "dateline") if own else (day, day_from) if day else (given.changed, "changed")
    if day is None:
        raise UnreadableError(f"{name}: tells no day of publication; give it with --published YYYY-MM-DD")
    return Article(stem, text, day, lang, url, publisher, title, day_from=day_from)


def _from_json(name: str, stem: str, text: str, given: Given) -> Article:
    try:
        data: Any = json.loads(text)
    except json.JSONDecodeError as problem:
        raise UnreadableError(f"{name}: is not JSON (line {problem.lineno}: {problem.msg}); check the file") from None
    except (RecursionError, ValueError):  # nested without end, a number of thousands of digits
        raise UnreadableError(
            f'{name}: is nested too deep; an article is {{"id", "published", "lang", "text", ...}}'
        ) from None
    return article_from(name, stem, data, given)


def article_from(name: str, stem: str, data: object, given: Given) -> Article:
    """The article of a record with the keys of a JSON article; ``name`` stands in messages, ``stem`` for a missing id.

    Raises UnreadableError for what is no such record, has no text, no day, or a language that is not read.
    """
    if not isinstance(data, dict) or not isinstance(data.get("text"), str) or not data["text"].strip():
        raise UnreadableError(f'{name}: has no "text"; an article is {{"id", "published", "lang", "text", ...}}')
    body: str = data["text"].encode("utf-8", "replace").decode("utf-8")  # half a character cannot be printed
    lang = given.lang or data.get("lang") or language_of(body)
    if lang not in LANGUAGES:
        raise UnreadableError(f"{name}: is in {lang!r}, which is not read; known are {', '.join(LANGUAGES)}")
    day, day_from = given.published, "given"
    if day is None:
        day, day_from = _day(name, data.get("published")), "metadata"
    if day is None:
        own_day = day_of(body, lang)
        day, day_from = (own_day, "dateline") if own_day else (given.changed, "changed")
    if day is None:
        raise UnreadableError(f'{name}: tells no day of publication; add "published" or give --published YYYY-MM-DD')
    own = {key: data[key] for key in ("url", "publisher", "title", "note") if isinstance(data.get(key), str)}
    return Article(
        str(data.get("id") or stem), body, day, lang,
        given.url or own.get("url"), given.publisher or own.get("publisher"), given.title or own.get("title"),
        named=bool(data.get("id")), day_from=day_from, note=own.get("note"), summary=data.get("kind") == "summary",
    )  # fmt: skip


def _day(name: str, value: object) -> date | None:
    if value in (None, ""):
        return None
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError:
        raise UnreadableError(f"{name}: {value!r} is no day; write it as YYYY-MM-DD") from None
