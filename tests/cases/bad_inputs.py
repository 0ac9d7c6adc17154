"""What people, programs and attackers bring in, and the word each gets; beside it what only looks bad and is kept."""

from __future__ import annotations

import io
import json
import zlib
from typing import Any

from tests.web import ARABIC, ENGLISH, LAUGHS, item, page, rss

SCRIPT = "<script>alert('x')</script><img src=x onerror=alert(1)>"
SQL = "Robert'); DROP TABLE reports;--"
FORMULA = '=HYPERLINK("http://evil.example","x")'
HEAD = "id,url,publisher,published,lang,title,text\n"


def record(**values: Any) -> bytes:
    """A JSON article; a value of None leaves its key out."""
    usual: dict[str, Any] = {"id": "one", "published": "2025-09-07", "lang": "en", "publisher": "A", "title": "T"}
    known = usual | {"url": "https://example.org/1", "text": ENGLISH} | values
    return json.dumps({key: value for key, value in known.items() if value is not None}).encode()


def row(**values: str) -> bytes:
    """A table of one article."""
    cells = {"id": "one", "url": "", "publisher": "A", "published": "2025-09-07", "lang": "en", "title": "T"}
    cells |= {"text": ENGLISH} | values
    return (HEAD + ",".join('"' + cell.replace('"', '""') + '"' for cell in cells.values())).encode()


def pdf(text: str = ENGLISH, title: str = "Bases", stream: bytes | None = None, more: str = "", a: str = "A") -> bytes:
    """A small PDF of one page; ``stream`` is its packed content instead of ``text``, ``a`` what its A stands for."""
    lines = [text[start : start + 80] for start in range(0, len(text), 80)]
    told = "".join(f"({line.replace('(', '').replace(')', '')}) Tj 0 -14 Td " for line in lines)
    content = zlib.compress(f"BT /F1 12 Tf 50 700 Td {told} ET".encode("latin-1", "replace"))
    content = content if stream is None else stream
    meaning = f"1 beginbfchar <41> <{ord(a):04X}> endbfchar".encode()
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(content), content),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode 7 0 R>>",
        f"<</Title({title})/CreationDate(D:20250907120000Z)>>".encode(),
        b"<</Length %d>>stream\n%s\nendstream" % (len(meaning), meaning),
    ]
    out = io.BytesIO(b"%PDF-1.4\n")
    out.seek(0, io.SEEK_END)
    places = []
    for number, body in enumerate(objects, 1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.write(b"".join(b"%010d 00000 n \n" % place for place in places))
    out.write(
        b"trailer<</Size %d/Root 1 0 R/Info 6 0 R%s>>\nstartxref\n%d\n%%%%EOF"
        % (len(objects) + 1, more.encode(), start)
    )
    return out.getvalue()


def feed(prolog: str) -> bytes:
    return rss(item("https://example.org/1"), doctype=prolog)


LOCKED = "/Encrypt<</Filter/Standard/V 1/R 2/O<" + "00" * 32 + ">/U<" + "00" * 32 + ">/P -44>>/ID[<00><00>]"
ZIP = b"PK\x03\x04\x14\x00\x06\x00\x08\x00\x00\x00!\x00" + bytes(200)
BEFORE = "<html><head><meta property='article:published_time' content='{}'></head><body>"

# what is wrong, the name of the document, its content, a distinctive part of the one line it gets
DOCUMENTS: list[tuple[str, str, bytes, str]] = [
    ("nothing", "a.txt", b"", "is empty; give a file with the text of an article"),
    ("blanks", "a.txt", b" \n\t ", "is empty; give a file with the text of an article"),
    ("a byte order mark alone", "a.txt", b"\xef\xbb\xbf", "is empty; give a file with the text of an article"),
    ("no day anywhere", "a.txt", ENGLISH.encode(), "tells no day of publication; give it with --published"),
    ("a date line of tomorrow", "a.txt", f"24 November 2026\n{ENGLISH}".encode(), "is dated 2026-11-24, after today"),
    ("10 MB pasted", "pasted text", b"word " * 2_000_000, "10 MB is more than is read (5 MB); give one article"),
    ("300,000 characters", "a.txt", b"7 September 2025\n" + b"word " * 60_000, "more than any article (200,000)"),
    ("one line of 4 MB", "a.txt", b"7 September 2025 " + b"x" * 4_000_000, "more than any article (200,000)"),
    ("NUL bytes", "a.txt", f"7 September 2025\0{ENGLISH}".encode(), "is not text (control characters)"),
    ("NUL bytes alone", "a.txt", bytes(2000), "is not text (control characters)"),
    ("a picture named text", "a.txt", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8, "no known encoding fits"),
    ("a Word document", "a.docx", ZIP, "is not text (control characters); give the article as text, HTML or JSON"),
    ("an archive", "a.zip", ZIP, "is not text (control characters)"),
    ("UTF-16 without a mark", "a.txt", ENGLISH.encode("utf-16-le"), "is not text (control characters)"),
    ("UTF-32 cut in the middle", "a.txt", ENGLISH.encode("utf-32-be")[:-3], "is not text (control characters)"),
    # JSON
    ("JSON cut off", "a.json", record()[:-20], "is not JSON (line 1"),
    ("JSON of nothing", "a.json", b"null", 'has no "text"; an article is'),
    ("JSON of a list", "a.json", b'[{"text": "x"}]', 'has no "text"; an article is'),
    ("JSON without text", "a.json", record(text=None), 'has no "text"; an article is'),
    ("JSON with blank text", "a.json", record(text=" \n "), 'has no "text"; an article is'),
    ("JSON with a number for text", "a.json", record(text=5), 'has no "text"; an article is'),
    ("JSON with nothing but controls", "a.json", record(text="\x00\x01\x02\u202e"), "has no text; give the text"),
    ("JSON nested without end", "a.json", b"[" * 200_000, "is nested too deep"),
    ("JSON with an endless number", "a.json", b'{"id": ' + b"9" * 10_000 + b"}", "is nested too deep"),
    ("JSON in an unknown language", "a.json", record(lang="de"), "'de', which is not read; known are ar, en, ckb, fr"),
    ("JSON with a list for a language", "a.json", record(lang=["en"]), "which is not read; known are ar, en, ckb, fr"),
    ("SQL for a language", "a.json", record(lang=SQL), "which is not read; known are ar, en, ckb, fr"),
    ("script for a language", "a.json", record(lang=SCRIPT), "which is not read; known are ar, en, ckb, fr"),
    ("SQL for a day", "a.json", record(published=SQL), "is no day; write it as YYYY-MM-DD"),
    ("script for a day", "a.json", record(published=SCRIPT), "is no day; write it as YYYY-MM-DD"),
    ("a day with a right-to-left override", "a.json", record(published="\u202e2025-09-07"), "is no day; write it as"),
    ("a day in words", "a.json", record(published="last week"), "is no day; write it as YYYY-MM-DD"),
    ("30 February", "a.json", record(published="2025-02-30"), "is no day; write it as YYYY-MM-DD"),
    ("a day as a number", "a.json", record(published=1757203200), "is no day; write it as YYYY-MM-DD"),
    ("tomorrow", "a.json", record(published="2026-11-24"), "is dated 2026-11-24, after today (2026-11-23)"),
    ("the year 9999", "a.json", record(published="9999-12-31"), "is dated 9999-12-31, after today"),
    ("the year 1", "a.json", record(published="0001-01-01"), "is dated 0001-01-01, before 1990"),
    ("the last day of 1989", "a.json", record(published="1989-12-31"), "is dated 1989-12-31, before 1990"),
    ("200,001 characters", "a.json", record(text="x" * 200_001), "has 200,001 characters, more than any article"),
    ("a line that is no JSON", "a.jsonl", b"{", "a.jsonl, line 1: is not JSON"),
    ("JSON lines without a line", "a.jsonl", b"\n\n", "a.jsonl: holds no article"),
    # HTML
    ("a page of scripts", "a.html", f"<html><body>{SCRIPT}</body></html>".encode(), "holds no article text"),
    ("a page of 300,000 open elements", "a.html", b"<div>" * 300_000 + ENGLISH.encode(), "holds no article text"),
    ("a page that is no page", "a.html", b"<" * 400_000, "holds no article text"),
    ("a page of next century", "a.html", page(day="2101-01-01").encode(), "is dated 2101-01-01, after today"),
    ("a page of 1970", "a.html", page(day="1970-01-01").encode(), "is dated 1970-01-01, before 1990"),
    ("a page without a day", "a.html", page(day=None).encode(), "tells no day of publication"),
    # tables
    ("a table without a header", "a.csv", row().split(b"\n")[1], 'has no column "text"; the first row names'),
    ("a table with other columns", "a.csv", b"name,when\na,b\n", 'has no column "text"; the first row names'),
    ("a table with a column twice", "a.csv", b"text,text\na,b\n", "has two columns 'text'; give each once"),
    ("a table of a header alone", "a.csv", HEAD.encode(), "a.csv: holds no article; give one a line or row"),
    ("a row with too many cells", "a.csv", HEAD.encode() + b"1,2,3,2025-09-07,en,6,7,8", "has more cells than the"),
    ("a row that never ends", "a.csv", row() + b'\n"open,,,,,,', "is not CSV (unexpected end of data)"),
    ("a row without text", "a.csv", row(text=""), 'a.csv, row 1: has no "text"'),
    ("a row without a day", "a.csv", row(published=""), "a.csv, row 1: tells no day of publication"),
    ("SQL for a row's day", "a.csv", row(published=SQL), "is no day; write it as YYYY-MM-DD"),
    ("an American day", "a.csv", row(published="09/07/2025"), "is no day; write it as YYYY-MM-DD"),
    ("a cell of 2 MB", "a.csv", row(text="x" * 2_000_000), "is not CSV (field larger than field limit"),
    ("NUL in a table", "a.csv", row(title="a\0b"), "is not text (control characters)"),
    # PDF
    ("a PDF of nothing", "a.pdf", b"", "is a PDF too broken or too large to read; save its text as .txt"),
    ("a PDF cut off", "a.pdf", pdf()[:60], "is a PDF too broken or too large to read; save its text as .txt"),
    ("a picture named PDF", "a.pdf", b"\x89PNG\r\n\x1a\n" + bytes(500), "is a PDF too broken or too large to read"),
    ("a scan", "a.pdf", pdf(stream=zlib.compress(b"q Q")), "has no text layer, only pictures of pages"),
    ("Arabic as it is drawn", "a.pdf", pdf(text="AAAA AAA " * 20, a="\ufeb3"), "holds its Arabic as it is drawn"),
    ("an encrypted PDF", "a.pdf", pdf(more=LOCKED), "is encrypted; save it without a password"),
    ("a PDF bomb", "a.pdf", pdf(stream=zlib.compress(b" " * 400_000_000, 1)), "is a PDF too broken or too large"),
    ("a PDF without end", "a.pdf", pdf(text="word " * 60_000), "more than any article (200,000)"),
    ("a PDF of 6 MB", "a.pdf", pdf() + bytes(6_000_000), "6 MB is more than is read (5 MB)"),
    # feeds
    ("a billion laughs", "a.xml", feed(f"<!DOCTYPE x [{LAUGHS}]>"), "declares a document type, as attacks"),
    ("a billion laughs in UTF-16", "a.xml", feed(f"<!DOCTYPE x [{LAUGHS}]>").decode().encode("utf-16"),
     "declares a document type, as attacks on readers do; use another feed"),
    ("a file of ours in a feed", "a.xml", feed('<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]>'), "declares a"),
    ("a feed of ours in a feed", "a.xml", feed('<!DOCTYPE x SYSTEM "http://127.0.0.1/x.dtd">'), "declares a document"),
    ("a document type after a decoy", "a.xml", feed("<!-- <rss > --><!DOCTYPE x>"), "declares a document type"),
    ("a feed of elements", "a.xml", b"<rss version='2.0'><channel>" + b"<a/>" * 150_000 + b"</channel></rss>",
     "elements, more than any feed (100,000)"),
    ("a feed that is a page", "a.rss", page().encode(), "is no feed (RSS, Atom or RDF)"),
    ("a feed of nothing", "a.xml", rss(), "is a feed without entries; try again later"),
    ("an entry without an address", "a.xml", rss(item("")), "entry 1: has no web address; nothing to read"),
    ("an entry of script", "a.xml", rss(item("javascript:alert(1)")), "entry 1: has no web address"),
    ("an entry of this machine", "a.xml", rss(item("http://169.254.169.254/")), "which is no public address"),
    ("an entry of a file", "a.xml", rss(item("file:///etc/passwd")), "entry 1: has no web address"),
]  # fmt: skip

# what looks bad, the name of the document, its content, the field to look at, what it is kept as
KEPT: list[tuple[str, str, bytes, str, str | None]] = [
    ("script in a title", "a.json", record(title=SCRIPT), "title", SCRIPT),
    ("script in a publisher", "a.json", record(publisher=SCRIPT), "publisher", SCRIPT),
    ("script in an id", "a.json", record(id=SCRIPT), "id", SCRIPT),
    ("script in a text", "a.json", record(text=f"{SCRIPT} {ENGLISH}"), "text", f"{SCRIPT} {ENGLISH}"),
    ("script in a note", "a.json", record(note=SCRIPT), "note", SCRIPT),
    ("script for an address", "a.json", record(url="javascript:alert(1)"), "url", None),
    ("HTML for an address", "a.json", record(url=f"https://example.org/{SCRIPT}"), "url", None),
    ("a file for an address", "a.json", record(url="file:///etc/passwd"), "url", None),
    ("a password in an address", "a.json", record(url="https://me:pw@example.org/"), "url", None),
    ("an override in an address", "a.json", record(url="https://example.org/\u202egpj.exe"), "url",
     "https://example.org/gpj.exe"),
    ("a line break in an address", "a.json", record(url="https://example.org/\r\nSet-Cookie: a=b"), "url", None),
    ("SQL in a title", "a.json", record(title=SQL), "title", SQL),
    ("SQL in a publisher", "a.json", record(publisher=SQL), "publisher", SQL),
    ("SQL in an id", "a.json", record(id=SQL), "id", SQL),
    ("SQL in a text", "a.json", record(text=f"{SQL} {ENGLISH}"), "text", f"{SQL} {ENGLISH}"),
    ("SQL in an address", "a.json", record(url=f"https://example.org/?q={SQL}"), "url", None),
    ("SQL in a table", "a.csv", row(title=SQL, publisher=SQL), "title", SQL),
    ("script in a table", "a.csv", row(title=SCRIPT), "title", SCRIPT),
    ("a formula in a table", "a.csv", row(title=FORMULA), "title", FORMULA),
    ("NUL in a title", "a.json", record(title="a\0b"), "title", "a b"),
    ("NUL in a text", "a.json", record(text=f"a\0b {ENGLISH}"), "text", f"ab {ENGLISH}"),
    ("controls in a publisher", "a.json", record(publisher="\x1b[31mA\x07\x9b"), "publisher", "[31mA"),
    ("line breaks in a title", "a.json", record(title="a\r\nb\u2028c\td"), "title", "a b c d"),
    ("an override in a title", "a.json", record(title="2025 \u202e5202\u202c"), "title", "2025 5202"),
    ("an isolate left open in a publisher", "a.json", record(publisher="\u2067A"), "publisher", "A"),
    ("an override in a text", "a.json", record(text=f"\u202e{ENGLISH}\u202c"), "text", f"{ENGLISH}\u202c"),
    ("an embedding in an Arabic text", "a.json", record(lang="ar", text=f"\u202b{ARABIC}\u202c"), "text",
     f"\u202b{ARABIC}\u202c"),
    ("half a character in a title", "a.json", b'{"published": "2025-09-07", "title": "a\\ud800", "text": "About."}',
     "title", "a\ufffd"),
    ("half a character in a text", "a.json", b'{"published": "2025-09-07", "lang": "en", "text": "About \\udfff."}',
     "text", "About ?."),
    ("a title of 10,000 letters", "a.json", record(title="x" * 10_000), "title", "x" * 499 + "…"),
    ("an id that climbs", "a.json", record(id="../../etc/passwd"), "id", "../../etc/passwd"),
    ("an id too long", "a.json", record(id="x" * 81), "id", "example-org-1-18c17418"),
    ("a decomposed letter", "a.json", record(text=f"cafe\u0301 {ENGLISH}"), "text", f"cafe\u0301 {ENGLISH}"),
    ("DOS line ends", "a.json", record(text=f"a\r\nb {ENGLISH}"), "text", f"a\nb {ENGLISH}"),
    ("exactly 200,000 characters", "a.json", record(text="x " * 100_000), "lang", "en"),
    ("today", "a.json", record(published="2026-11-23"), "published", "2026-11-23"),
    ("a time of day", "a.json", record(published="2025-09-07T23:59:59+03:00"), "published", "2025-09-07"),
    ("the first day of 1990", "a.json", record(published="1990-01-01"), "published", "1990-01-01"),
    ("a table of semicolons", "a.csv", row().replace(b'","', b'";"').replace(HEAD.encode(),
     HEAD.replace(",", ";").encode()), "text", ENGLISH),
    ("cp1256 in a table", "a.csv", row(lang="ar", text=ARABIC).decode().encode("cp1256"), "text", ARABIC),
    ("script on a page", "a.html", page(title="T " + SCRIPT.replace("<", "&lt;")).encode(), "title", "T " + SCRIPT),
    ("a PDF with one drawn letter", "a.pdf", pdf(text="God A " + "is great. " * 20, a="\ufdf2"), "lang", "en"),
    ("a PDF with script for a title", "a.pdf", pdf(title="<script>x</script>"), "title", "<script>x</script>"),
]  # fmt: skip
