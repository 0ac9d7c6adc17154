"""Whatever is brought in, a file, folder, upload, pasted text, page or feed, as drafts one after the other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path, PurePosixPath
from stat import S_IFREG, S_ISDIR, S_ISREG
from urllib.parse import urlsplit

from extract.articles import SUFFIXES, Article, Given, Piece, UnreadableError, article_of, files_of, pieces_of
from ledger.drafts import Draft, Refused, draft_of, refused
from ledger.feeds import MOST, Entry, Feed, is_feed, read_feed
from ledger.fetch import Page, RefusedError, Web, fetch
from ledger.pdfs import read_pdf
from ledger.sheets import articles_in_csv

FEEDS = (".xml", ".rss", ".atom", ".rdf")
READ = (*SUFFIXES, ".csv", ".pdf", *FEEDS)
# Bytes of one document, and of a table of many.
LARGEST, LARGEST_TABLE = 5_000_000, 100_000_000
# What a server calls the forms that are read; HTML and plain text are the rest.
TYPES = {
    "application/pdf": ".pdf", "text/csv": ".csv", "application/json": ".json", "application/ld+json": ".json",
    "application/x-ndjson": ".jsonl", "application/jsonl": ".jsonl", "text/html": ".html",
    "application/xhtml+xml": ".html", "text/plain": ".txt", "text/markdown": ".md",
}  # fmt: skip
UNTOLD = ("", "application/octet-stream", "binary/octet-stream", "application/xml", "text/xml")


def nothing_seen(url: str) -> bool:  # noqa: ARG001 - a stand-in for the ledger's own question
    """For those who bring in without a ledger: no page has been read before."""
    return False


def latest_day() -> date:
    """Today where on earth it is latest: a paper there may date its reports with it already."""
    return (datetime.now(UTC) + timedelta(hours=14)).date()


@dataclass(frozen=True)
class Intake:
    """What holds for all that is brought in at once.

    ``today`` is the last day a report may have; ``seen`` says of the address of a
    feed's entry whether it is kept already, so that its page need not be fetched again.
    """

    today: date = field(default_factory=latest_day)
    given: Given = field(default_factory=Given)
    web: Web = field(default_factory=Web)
    seen: Callable[[str], bool] = nothing_seen


@dataclass(frozen=True, slots=True)
class Upload:
    """A document that is at hand: its file name, content, the encoding it is said to be in.

    ``form`` is the suffix of such files where the name does not end in it.
    """

    name: str
    raw: bytes
    charset: str | None = None
    form: str | None = None

    @property
    def suffix(self) -> str:
        return self.form or PurePosixPath(self.name).suffix.lower()


def pasted(text: str) -> Upload:
    """Pasted words as a document; they are text whatever they look like."""
    return Upload("pasted text", text.encode("utf-8", "replace"), form=".txt")


def drafts_of(source: str | Path | Upload, intake: Intake) -> Iterator[Draft | Refused]:
    """The drafts of an address (page or feed), a path (file or folder) or a document, a ``Refused`` for each failure.

    A ``str`` with "://" is an address, any other one a path. Pages, files and lines are read as they are asked for.
    """
    if isinstance(source, Upload):
        return _of_document(source, intake)
    if isinstance(source, str) and ("://" in source or source.startswith("www.")):
        return _of_address(source, intake)
    return _of_paths(Path(source), intake)


def drafts_of_feed(name: str, feed: Feed, intake: Intake) -> Iterator[Draft | Refused]:
    """The drafts of the entries that are not ``seen``; each carries its entry's address as ``name``."""
    if feed.number > MOST:
        yield refused(name, f"{name}: has {feed.number} entries; only the first {MOST} are read")
    for number, entry in enumerate(feed.entries, 1):
        if entry.link is None or not intake.seen(entry.link):
            where = entry.link or f"{name}, entry {number}"
            yield draft_of(_of_entry(where, entry, feed, intake), where, intake.today)


def _drafted(
    name: str, found: Iterable[tuple[str, Article | UnreadableError]], intake: Intake
) -> Iterator[Draft | Refused]:
    """The articles as drafts; a word where there is none at all."""
    count = 0
    for count, (where, article) in enumerate(found, 1):  # noqa: B007 - counted for after the loop
        yield draft_of(article, where, intake.today)
    if not count:
        yield refused(name, f"{name}: holds no article; give one a line or row")


def _of_paths(path: Path, intake: Intake) -> Iterator[Draft | Refused]:
    try:
        mode = S_IFREG if str(path) == "-" else path.stat().st_mode
    except FileNotFoundError:
        yield refused(str(path), f"{path}: no such file; check the path")
        return
    except (OSError, ValueError):  # too long a name, a NUL in it
        yield refused(str(path), f"{str(path)[:100]}: is no path of a file; check it")
        return
    if not S_ISREG(mode) and not S_ISDIR(mode):
        yield refused(str(path), f"{path}: is a device, not a file; give a file")
        return
    for file in files_of(path, READ) or [path]:
        yield from _of_path(file, intake)


def _of_path(path: Path, intake: Intake) -> Iterator[Draft | Refused]:
    """The drafts of one file; JSON lines are read one by one, so that they may be of any number."""
    name, suffix = str(path), path.suffix.lower()
    if suffix not in (".csv", ".pdf", *FEEDS):
        yield from _drafted(name, _of_pieces(name, pieces_of(path), intake.given), intake)
        return
    try:
        size, largest = path.stat().st_size, LARGEST_TABLE if suffix == ".csv" else LARGEST
        raw = path.read_bytes() if size <= largest else b""
    except OSError as problem:
        yield refused(name, f"{name}: cannot be opened ({problem.strerror}); check its permissions")
        return
    if size > largest:
        yield refused(name, f"{name}: {_too_large(size, largest)}")
    else:
        yield from _of_document(Upload(name, raw), intake)


def _too_large(size: int, largest: int) -> str:
    return f"{size / 1e6:.0f} MB is more than is read ({largest // 1_000_000} MB); give one article, or many as .jsonl"


def _of_document(document: Upload, intake: Intake) -> Iterator[Draft | Refused]:
    """The drafts of one document by the form its name, or its beginning, tells."""
    name, raw, suffix = document.name, document.raw, document.suffix
    largest = LARGEST_TABLE if suffix in (".csv", ".jsonl") else LARGEST
    if len(raw) > largest:
        yield refused(name, f"{name}: {_too_large(len(raw), largest)}")
    elif suffix in FEEDS:
        yield from _of_feed(Page(name, "", document.charset, raw, datetime.now(UTC)), "", intake)
    elif suffix == ".csv":
        yield from _drafted(name, articles_in_csv(name, raw, intake.given), intake)
    elif suffix == ".pdf" or raw.startswith(b"%PDF-"):
        yield from _drafted(name, [(name, _from_pdf(name, raw, intake.given))], intake)
    else:
        pieces = (
            replace(piece, name=name, charset=document.charset) if isinstance(piece, Piece) else piece
            for piece in pieces_of(Path(f"document{suffix}"), raw)
        )
        yield from _drafted(name, _of_pieces(name, pieces, intake.given), intake)


def _of_pieces(
    name: str, pieces: Iterable[Piece | UnreadableError], given: Given
) -> Iterator[tuple[str, Article | UnreadableError]]:
    for piece in pieces:
        line = piece.line if isinstance(piece, Piece) else None
        yield (f"{name}, line {line}" if line else name), article_of(piece, given)


def _from_pdf(name: str, raw: bytes, given: Given) -> Article | UnreadableError:
    try:
        pdf = read_pdf(name, raw)
    except UnreadableError as problem:
        return problem
    about = replace(given, title=given.title or pdf.title, changed=pdf.day or given.changed)
    return article_of(Piece(Path("document.txt"), pdf.text.encode("utf-8", "replace"), name=name), about)


def _of_address(address: str, intake: Intake) -> Iterator[Draft | Refused]:
    try:
        page = fetch(address, intake.web)
    except RefusedError as problem:
        yield refused(address, problem)
        return
    form = _form(page)
    if is_feed(page.content_type, page.content):
        yield from _of_feed(page, page.url, intake)
    elif form in (".json", ".jsonl", ".csv"):  # records tell their own addresses
        yield from _of_document(Upload(page.url, page.content, page.charset, form), intake)
    else:
        yield draft_of(_of_page(page, intake.given), page.url, intake.today)


def _form(page: Page) -> str | None:
    """The form of what was fetched, as the suffix of a file; None for pictures, archives and the like."""
    if page.content.startswith(b"%PDF-"):
        return ".pdf"
    if page.content_type not in UNTOLD:
        return TYPES.get(page.content_type)
    suffix = PurePosixPath(urlsplit(page.url).path).suffix.lower()
    return suffix if suffix in TYPES.values() else ".html"


def _of_page(page: Page, given: Given) -> Article | UnreadableError:
    """The one article of what was fetched."""
    form = _form(page)
    given = replace(given, url=page.url, changed=given.changed or _changed(page))
    if form == ".pdf":
        return _from_pdf(page.url, page.content, given)
    if form in (".html", ".txt", ".md"):
        return article_of(Piece(Path(f"page{form}"), page.content, charset=page.charset, name=page.url), given)
    return UnreadableError(f"{page.url}: is {page.content_type}, not an article; give the address of a page")


def _changed(page: Page) -> date | None:
    try:
        return parsedate_to_datetime(page.modified or "").date()
    except (ValueError, TypeError):
        return None


def _of_feed(page: Page, base: str, intake: Intake) -> Iterator[Draft | Refused]:
    try:
        feed = read_feed(page.url, page.content, page.charset, base)
    except UnreadableError as problem:
        yield refused(page.url, problem)
        return
    if not feed.entries:
        yield refused(page.url, f"{page.url}: is a feed without entries; try again later")
    yield from drafts_of_feed(page.url, feed, intake)


def _of_entry(name: str, entry: Entry, feed: Feed, intake: Intake) -> Article | UnreadableError:
    """The article of an entry's page, or of the entry's own text where the page cannot be had."""
    given = replace(
        intake.given,
        published=intake.given.published or entry.published,
        url=entry.link,
        changed=entry.updated,
    )
    found: Article | UnreadableError = UnreadableError(f"{name}: has no web address; nothing to read")
    if entry.link:
        try:
            found = _of_page(fetch(entry.link, intake.web), given)
        except RefusedError as problem:
            found = UnreadableError(str(problem))
    if isinstance(found, UnreadableError) and entry.content:
        own = f"<html><body><article>{entry.content}</article></body></html>".encode("utf-8", "replace")
        of_feed = article_of(Piece(Path("entry.html"), own, name=name), given)
        found = of_feed if isinstance(of_feed, Article) else found
    if isinstance(found, UnreadableError):
        return found
    by_feed = entry.published is not None and intake.given.published is None
    return replace(
        found,
        title=found.title or entry.title,
        publisher=found.publisher or feed.title,
        day_from="feed" if by_feed else found.day_from,
    )
