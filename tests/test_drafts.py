"""Whatever is brought in: good things become drafts, bad ones a line, and after each the next goes on."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given as hypothetically
from hypothesis import settings
from hypothesis import strategies as st

from extract.articles import Article, Given
from extract.languages import LANGUAGES
from ledger.clean import body, one_line, web_address
from ledger.drafts import Draft, Refused, draft_of
from ledger.fetch import Web
from ledger.folders import load_reports
from ledger.sources import Intake, Upload, drafts_of, pasted
from tests.cases.bad_inputs import DOCUMENTS, KEPT, pdf, record, row
from tests.web import ARABIC, ENGLISH, Site, atom, item, page, rdf, rss, this_server_only, web

ROOT = Path(__file__).resolve().parent.parent
TODAY = date(2026, 11, 23)
INTAKE = Intake(TODAY)


def cases(table: list[tuple[Any, ...]]) -> list[Any]:
    return [pytest.param(*values, id=what) for what, *values in table]


def only(found: Iterator[Draft | Refused]) -> Draft:
    (draft,) = found
    assert isinstance(draft, Draft), str(draft)
    return draft


@pytest.fixture
def site() -> Iterator[Site]:
    with web() as running:
        yield running


def online(**values: Any) -> Intake:
    return Intake(TODAY, web=Web(guard=this_server_only), **values)


# --- bad things ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "content", "words"), cases(DOCUMENTS))
def test_a_bad_document_is_one_line(name: str, content: bytes, words: str) -> None:
    *_, told = drafts_of(Upload(name, content), INTAKE)
    assert isinstance(told, Refused), told
    assert words in told.line
    assert told.line.startswith((name, "http://169.254.169.254/"))
    assert told.line.isprintable()
    assert len(told.line) < 400


@pytest.mark.parametrize(("name", "content", "words"), cases([row for row in DOCUMENTS if row[1] != "pasted text"]))
def test_a_bad_file_is_one_line_and_the_rest_is_read(tmp_path: Path, name: str, content: bytes, words: str) -> None:
    (tmp_path / name).write_bytes(content)
    (tmp_path / "z.json").write_bytes(record())
    found = list(drafts_of(tmp_path, INTAKE))
    good = found[-1]
    assert isinstance(good, Draft)
    assert good.report.text == ENGLISH
    if Path(name).suffix in (".docx", ".zip"):
        assert len(found) == 1, "passed over in a folder"
        (told,) = drafts_of(str(tmp_path / name), INTAKE)
    else:
        told = found[-2]
    assert isinstance(told, Refused), told
    assert words.replace(name, str(tmp_path / name)) in told.line or "5 MB" in words


def test_there_are_enough_bad_inputs() -> None:
    assert len(DOCUMENTS) + len(ADDRESSES) + len(PATHS) >= 60
    assert len({what for what, *_ in DOCUMENTS}) == len(DOCUMENTS)


@pytest.mark.parametrize(("name", "content", "field", "kept"), cases(KEPT))
def test_what_only_looks_bad_is_kept_as_it_is(name: str, content: bytes, field: str, kept: str | None) -> None:
    draft = only(drafts_of(Upload(name, content), INTAKE))
    value = getattr(draft.report, field)
    assert (value if value is None else str(value)) == kept
    assert bool(draft.remarks) == (field == "url" and kept is None)


PATHS = [
    ("a missing file", "gone.txt", "no such file; check the path"),
    ("a missing table", "gone.csv", "no such file; check the path"),
    ("a missing PDF", "gone.pdf", "no such file; check the path"),
    ("a NUL in a path", "a\0b.txt", "is no path of a file; check it"),
    ("an endless path", "x" * 10_000, "is no path of a file; check it"),
    ("half a character in a path", "\ud800.txt", "check"),
    ("a device", "/dev/zero", "is a device, not a file; give a file"),
    ("a line break in a path", "a\nb.txt", "no such file; check the path"),
    ("script for a path", "<script>alert(1)</script>", "no such file; check the path"),
]


@pytest.mark.parametrize(("path", "words"), cases(PATHS))
def test_a_bad_path_is_one_line(path: str, words: str) -> None:
    (told,) = drafts_of(path, INTAKE)
    assert isinstance(told, Refused)
    assert words in told.line
    assert told.line.isprintable()


def test_a_folder_without_articles_says_so(tmp_path: Path) -> None:
    (told,) = drafts_of(tmp_path, INTAKE)
    assert "is a folder without article files" in str(told)


ADDRESSES = [
    ("this machine", "http://127.0.0.1:1/", "which is no public address"),
    ("the cloud's own page", "http://169.254.169.254/latest/meta-data/", "which is no public address"),
    ("a file", "file:///etc/passwd", "begins with neither http:// nor https://"),
    ("a name alone", "www.example.org", "begins with neither http:// nor https://"),
    ("another protocol", "ftp://example.org/x", "begins with neither http:// nor https://"),
    ("a password", "https://me:secret@example.org/", "user name or password"),
    ("a line break", "https://example.org/\r\nHost: x", "a character that no address has"),
    ("an override", "https://example.org/\u202egpj.exe", "a character that no address has"),
    ("SQL", "https://'); DROP TABLE reports;--/", "a character that no address has"),
    ("script", "https://<script>alert(1)</script>/", "names no host"),
]


@pytest.mark.parametrize(("address", "words"), cases(ADDRESSES))
def test_a_bad_address_is_one_line(address: str, words: str) -> None:
    (told,) = drafts_of(address, INTAKE)
    assert isinstance(told, Refused)
    assert words in told.line
    assert told.line.isprintable()


PAGES = [
    ("/picture", "is image/png, not an article; give the address of a page"),
    ("/empty", "is empty"),
    ("/404", "answers 404 (Not Found); check the address"),
    ("/gzip-bomb", "is larger than 5 MB"),
    ("/loop", "redirects in a circle"),
    ("/to-metadata", "which is no public address"),
    ("/private/page", "robots.txt asks programs not to read it"),
]


@pytest.mark.parametrize(("path", "words"), PAGES)
def test_a_bad_page_is_one_line(site: Site, path: str, words: str) -> None:
    (told,) = drafts_of(site.url + path, online())
    assert isinstance(told, Refused)
    assert words in told.line


# --- files -----------------------------------------------------------------------------------------------


def test_the_shipped_reports_are_drafts_as_they_are() -> None:
    folder = ROOT / "data" / "reports"
    found = [only(iter([draft])) for draft in drafts_of(folder, INTAKE)]
    known = {report.id: report for report in load_reports(folder)}
    assert [draft.report for draft in found] == [known[draft.report.id] for draft in found]
    assert len(found) == len(known)
    assert all(draft.day_certain and draft.why == "metadata" for draft in found)


def test_every_form_says_where_its_day_was_found() -> None:
    dated = f"7 September 2025\n{ENGLISH}".encode()
    guessed = page(day=None).replace("</h1>", "</h1><time datetime='2025-09-07'>x</time>")
    forms = {
        "a.txt": (dated, "dateline", False),
        "a.md": (dated, "dateline", False),
        "a.json": (record(), "metadata", True),
        "a.jsonl": (record(), "metadata", True),
        "a.csv": (row(), "metadata", True),
        "a.html": (page().encode(), "metadata", True),
        "b.html": (guessed.encode(), "guess", False),
        "c.html": (page(day=None, text=f"7 September 2025 - {ENGLISH}").encode(), "dateline", False),
        "a.pdf": (pdf(), "changed", False),
        "b.pdf": (pdf(text=f"7 September 2025 {ENGLISH}"), "dateline", False),
        "b.json": (record(published=None, text=dated.decode()), "dateline", False),
    }  # fmt: skip
    for name, (content, why, certain) in forms.items():
        draft = only(drafts_of(Upload(name, content), INTAKE))
        assert (draft.report.published, draft.report.lang) == (date(2025, 9, 7), "en"), name
        assert (draft.why, draft.day_certain) == (why, certain), name
        assert "Coalition forces will leave" in " ".join(draft.report.text.split()), name


def test_what_is_given_counts_more() -> None:
    known = Given(date(2025, 9, 1), "en", "Given", "Also given", "https://given.example/1")
    for name, content in [("a.json", record()), ("a.html", page().encode()), ("a.csv", row()), ("a.pdf", pdf())]:
        draft = only(drafts_of(Upload(name, content), replace(INTAKE, given=known)))
        report = draft.report
        assert (report.publisher, report.title, report.url) == ("Given", "Also given", "https://given.example/1"), name
        assert (report.published, draft.why, draft.day_certain) == (date(2025, 9, 1), "given", True), name


def test_pasted_text_is_text_whatever_it_looks_like() -> None:
    text = '{"text": "<b>About 2,500 US troops are in Iraq.</b>"}'
    draft = only(drafts_of(pasted(text), replace(INTAKE, given=Given(date(2025, 9, 7)))))
    assert (draft.report.text, draft.name) == (text, "pasted text")
    assert (draft.report.id, draft.report.title, draft.report.publisher) == (draft.report.id,) * 3


def test_rows_and_lines_go_on_after_a_bad_one() -> None:
    lines = b"\n".join([record(id="a"), b"{", record(id="b", published="2099-01-01"), record(id="c")])
    found = list(drafts_of(Upload("a.jsonl", lines), INTAKE))
    assert [one.name for one in found] == [f"a.jsonl, line {number}" for number in (1, 2, 3, 4)]
    assert [isinstance(one, Draft) for one in found] == [True, False, False, True]
    table = row(id="a") + b"\n" + row(id="b", published="x").split(b"\n")[1] + b"\n" + row(id="c").split(b"\n")[1]
    assert [isinstance(one, Draft) for one in drafts_of(Upload("a.csv", table), INTAKE)] == [True, False, True]


def test_ids_last_and_tell_addresses_apart() -> None:
    def id_of(**values: Any) -> str:
        return only(drafts_of(Upload("a.json", record(id=None, **values)), INTAKE)).report.id

    first = id_of(url="https://www.example.org/بغداد/2025?id=1")
    assert first == id_of(url="https://www.example.org/بغداد/2025?id=1", text=ENGLISH * 2, title="other")
    assert first.startswith("example-org-")
    others = [id_of(url=f"https://www.example.org/بغداد/2025?id={number}") for number in range(20)]
    others += [id_of(url="https://example.org/" + "a" * 500), id_of(url="https://example.org/" + "a" * 501)]
    others += [id_of(url=None), id_of(url=None, text=ENGLISH * 2)]
    assert len(set(others)) == len(others)
    assert all(len(one) <= 80 and one.replace("-", "").isascii() for one in others)
    assert id_of(url=None) == id_of(url=None, title="another header")


# --- pages -----------------------------------------------------------------------------------------------


def test_a_page_with_what_it_says_of_itself(site: Site) -> None:
    draft = only(drafts_of(f"{site.url}/hop/2", online()))
    report = draft.report
    assert (report.title, report.publisher, report.url) == ("Bases", "The Paper", f"{site.url}/article")
    assert (report.published, report.lang) == (date(2025, 9, 7), "en")
    assert (draft.why, draft.day_certain, draft.remarks) == ("metadata", True, ())
    assert ENGLISH in " ".join(report.text.split())
    assert "Home" not in report.text


def test_a_page_that_tells_little(site: Site) -> None:
    address = site.answer("/2025/09/07/plain", page(day=None))
    draft = only(drafts_of(address, online()))
    assert (draft.report.published, draft.why, draft.day_certain) == (date(2025, 9, 7), "url", False)
    assert draft.report.publisher == "127.0.0.1"
    address = site.answer("/plain", page(day=None), Last_Modified="Mon, 08 Sep 2025 10:00:00 GMT")
    draft = only(drafts_of(address, online()))
    assert (draft.report.published, draft.why, draft.day_certain) == (date(2025, 9, 8), "changed", False)


# the encoding a page is in, the one its server says, the one its head says
CHARSETS = [
    ("utf-8", "utf-8", "utf-8"),
    ("utf-8", "windows-1256", ""),
    ("utf-8", "iso-8859-1", "windows-1256"),
    ("utf-8", "utf-16", ""),
    ("utf-8", "no-such-thing", "base64"),
    ("cp1256", "windows-1256", ""),
    ("cp1256", "utf-8", "utf-8"),
    ("cp1256", "iso-8859-1", ""),
    ("cp1256", "", "utf-8"),
    ("cp1256", "utf-7", "koi8-r"),
    ("iso8859_6", "utf-8", ""),
    ("utf-16", "utf-8", ""),
]


@pytest.mark.parametrize(("encoding", "server", "head"), CHARSETS)
def test_a_wrong_charset_makes_no_nonsense(site: Site, encoding: str, server: str, head: str) -> None:
    text = ARABIC.replace("،", ",") if encoding == "iso8859_6" else ARABIC
    html = page(text=text, title="قاعدة").replace("<head>", f'<head><meta charset="{head}">' if head else "<head>")
    kind = f"text/html; charset={server}" if server else "text/html"
    draft = only(drafts_of(site.answer("/ar", html.encode(encoding), kind), online()))
    assert text in " ".join(draft.report.text.split())
    assert (draft.report.lang, draft.report.title) == ("ar", "قاعدة")


def test_utf_8_with_a_letter_cut_in_two_stays_utf_8(site: Site) -> None:
    raw = page(text=ARABIC, title="قاعدة").encode().replace("قاعدة</title>".encode(), b"\xd9\x82\xd8</title>")
    draft = only(drafts_of(site.answer("/ar", raw, "text/html; charset=windows-1256"), online()))
    assert ARABIC in " ".join(draft.report.text.split())


def test_other_forms_by_address(site: Site) -> None:
    dated = f"7 September 2025\n{ENGLISH}"
    for path, content, kind in [
        ("/a", record(), "application/json"),
        ("/b", record() + b"\n" + record(id="two"), "application/x-ndjson"),
        ("/c", row(), "text/csv; charset=utf-8"),
        ("/d", pdf(), "application/pdf"),
        ("/e", pdf(), "text/html"),
        ("/f", dated, "text/plain"),
        ("/g.json", record(), "application/octet-stream"),
        ("/h", page(), ""),
        ("/i", page(), "application/xhtml+xml"),
    ]:
        found = list(drafts_of(site.answer(path, content, kind), online()))
        assert [type(one) for one in found] == [Draft] * (2 if path == "/b" else 1), (path, found)
        assert all(isinstance(one, Draft) and one.report.published == date(2025, 9, 7) for one in found), path


# --- feeds -----------------------------------------------------------------------------------------------


def test_an_rss_feed_brings_the_pages_of_its_entries(site: Site) -> None:
    site.answer("/plain", page(day=None, title="Plain"))
    links = [item(f"{site.url}/article"), item(f"{site.url}/404"), item(f"{site.url}/plain", title="From the feed")]
    address = site.answer("/rss", rss(*links), "application/rss+xml")
    first, second, third = drafts_of(address, online())
    assert isinstance(first, Draft)
    assert (first.report.title, first.report.publisher, first.report.url) == (
        "Bases",
        "The Paper",
        f"{site.url}/article",
    )
    assert (first.report.published, first.why, first.day_certain) == (date(2025, 9, 7), "feed", True)
    assert (first.name, second.name) == (f"{site.url}/article", f"{site.url}/404")
    assert isinstance(second, Refused)
    assert "answers 404" in second.line
    assert isinstance(third, Draft)
    assert (third.report.publisher, third.report.title) == ("The Wire", "Plain")


def test_atom_and_rdf_feeds(site: Site) -> None:
    links = (f"{site.url}/article", f"{site.url}/gzip")
    found = [only(iter([one])) for one in drafts_of(site.answer("/atom", atom(*links), "text/xml"), online())]
    assert [(one.report.url, one.report.published) for one in found] == [(link, date(2025, 9, 6)) for link in links]
    draft = only(drafts_of(site.answer("/rdf", rdf(links[0]), "text/plain"), online()))
    assert (draft.report.published, draft.why) == (date(2025, 9, 5), "feed")


def test_an_entry_that_was_only_updated_is_not_certain(site: Site) -> None:
    site.answer("/plain", page(day=None))
    raw = atom(f"{site.url}/plain").replace(b"published>", b"x>")
    draft = only(drafts_of(site.answer("/atom", raw, "application/atom+xml"), online()))
    assert (draft.report.published, draft.why, draft.day_certain) == (date(2025, 9, 8), "changed", False)


def test_the_text_of_the_feed_where_its_page_cannot_be_had(site: Site) -> None:
    whole = f"<content:encoded><![CDATA[<p>{ENGLISH}</p><p>{ENGLISH}</p>{'<script>x</script>'}]]></content:encoded>"
    short = f"<description>{ENGLISH}</description>"
    raw = rss(item(f"{site.url}/403", more=whole), item(f"{site.url}/404", more=short), item("", more=whole))
    first, second, third = drafts_of(site.answer("/rss", raw, "application/rss+xml"), online())
    for draft in (first, third):
        assert isinstance(draft, Draft), draft
        assert ENGLISH in " ".join(draft.report.text.split())
        assert "script" not in draft.report.text
        assert (draft.report.title, draft.report.publisher) == ("One", "The Wire")
    assert isinstance(first, Draft)
    assert first.report.url == f"{site.url}/403"
    assert isinstance(second, Refused), "a summary is not the article"


def test_what_was_seen_is_not_fetched(site: Site) -> None:
    raw = rss(item(f"{site.url}/article"), item(f"{site.url}/gzip"))
    address = site.answer("/rss", raw, "application/rss+xml")
    draft = only(drafts_of(address, online(seen=lambda url: url.endswith("/article"))))
    assert draft.name == f"{site.url}/gzip"
    assert "/article" not in site.paths()


def test_of_a_long_feed_the_first_200_entries(site: Site) -> None:
    raw = rss(*(item(f"{site.url}/{number}") for number in range(250)))
    first, *rest = drafts_of(site.answer("/rss", raw, "application/rss+xml"), online(seen=lambda _: True))
    assert isinstance(first, Refused)
    assert "has 250 entries; only the first 200 are read" in first.line
    assert rest == []


def test_a_feed_in_cp1256_and_one_that_is_not_well_formed(site: Site) -> None:
    raw = rss(item(f"{site.url}/article"), title="وكالة الأنباء العراقية للأخبار والتقارير").decode()
    site.answer("/article", page(day=None))
    old = raw.replace("utf-8", "windows-1256").encode("cp1256")
    assert only(drafts_of(site.answer("/old", old, "text/xml; charset=utf-8"), online())).report.publisher.startswith(
        "وكالة"
    )
    broken = raw.replace("</channel></rss>", "<item><title>a & b</title>").encode()
    assert isinstance(next(iter(drafts_of(site.answer("/broken", broken, "text/xml"), online()))), Draft)


def test_days_are_the_publishers_own(site: Site) -> None:
    for day in ("Sun, 07 Sep 2025 00:30:00 +0300", "Sun, 07 Sep 2025 23:30:00 -0500", "2025-09-07T23:59:00-05:00"):
        address = site.answer("/rss", rss(item(f"{site.url}/article", day)), "application/rss+xml")
        assert only(drafts_of(address, online())).report.published == date(2025, 9, 7), day


# --- any words -------------------------------------------------------------------------------------------

ANY = st.text(st.characters(), max_size=60)


@hypothetically(words=ANY)
@settings(deadline=None, max_examples=200)
def test_any_words_are_made_safe_once_and_for_all(words: str) -> None:
    for clean in (one_line, body):
        once = clean(words)
        assert clean(once) == once
        once.encode()
        assert not any(mark in once for mark in "\0\x1b\u202d\u202e")
    assert "\n" not in one_line(words)
    assert web_address(words) is None or web_address(words) == words.strip()


@hypothetically(values=st.lists(ANY, min_size=5, max_size=5), day=st.dates())
@settings(deadline=None, max_examples=200)
def test_any_article_is_a_draft_or_a_line(values: list[str], day: date) -> None:
    text, url, publisher, title, name = values
    found = draft_of(Article(name, text, day, "en", url, publisher, title, named=True), name, TODAY)
    if isinstance(found, Refused):
        assert found.line == one_line(found.line)
        return
    report = found.report
    json.dumps([report.id, report.url, report.publisher, report.title, report.text], ensure_ascii=False).encode()
    assert report.id
    assert len(report.id) <= 80
    assert report.publisher
    assert report.title
    assert report.text.strip()
    assert report.lang in LANGUAGES
    assert date(1990, 1, 1) <= report.published <= TODAY
