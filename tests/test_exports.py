"""The routes as programs meet them: a real server, every route of its own description, and the pages beside it."""

from __future__ import annotations

import csv
import gzip
import io
import json
import os
import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from datetime import date
from html import unescape
from http import HTTPStatus
from pathlib import Path
from types import SimpleNamespace
from typing import Any, NamedTuple
from urllib.error import HTTPError
from urllib.parse import parse_qs, urlsplit
from urllib.request import Request, urlopen

import feedparser
import pytest
from frictionless import Package
from icalendar import Calendar
from openapi_spec_validator import validate

from pages.parts import documents, exports
from pages.parts.documents import EXPORTS, Export
from pages.parts.kept import Document, Kept
from pages.parts.wanted import WrongError
from pages.parts.words import LOCALES, words
from tests.servers import server
from tests.test_app import html, opened

SOFFICE = shutil.which("soffice")
DAY = "2025-09-07"


class Answer(NamedTuple):
    status: int
    headers: dict[str, str]
    body: bytes

    def rows(self) -> list[dict[str, str]]:
        return list(csv.DictReader(io.StringIO(self.body.decode("utf-8-sig"), newline="")))


@pytest.fixture(scope="module")
def at() -> Iterator[str]:
    with server() as address:
        yield address


def ask(address: str, method: str = "GET", **headers: str) -> Answer:
    request = Request(address, method=method, headers={k.replace("_", "-"): v for k, v in headers.items()})  # noqa: S310
    try:
        with urlopen(request, timeout=60) as found:  # noqa: S310 - our own server
            return Answer(found.status, {k.lower(): v for k, v in found.headers.items()}, found.read())
    except HTTPError as found:
        return Answer(found.code, {k.lower(): v for k, v in found.headers.items()}, found.read())


@pytest.fixture(scope="module")
def described(at: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(ask(f"{at}/openapi.json").body)
    return found


def test_the_description_is_valid_and_names_every_route(at: str, described: dict[str, Any]) -> None:
    validate(described)
    assert described["openapi"].startswith("3.1")
    assert described["servers"] == [{"url": at}]
    routes = {f"/export/{name}" for name in EXPORTS}
    assert described["paths"].keys() == routes | {"/feed.atom", "/openapi.json", "/healthz", "/robots.txt"}
    for lang in LOCALES:
        validate(json.loads(ask(f"{at}/openapi.json?lang={lang}").body))


def test_every_route_of_the_description_answers_as_it_says(at: str, described: dict[str, Any]) -> None:
    for path, routes in described["paths"].items():
        (media,) = routes["get"]["responses"]["200"]["content"]
        names = [one.get("name") or one["$ref"].rpartition("/")[2] for one in routes["get"].get("parameters", [])]
        values = {
            one["name"]: one["schema"].get("enum", ["IQ"])[0]
            for one in routes["get"].get("parameters", [])
            if "name" in one
        }
        query = "&".join(f"{k}={v}" for k, v in ({"as_of": DAY, "lang": "ar"} | values).items() if k in names)
        first = ask(f"{at}{path}?{query}")
        assert (first.status, first.headers["content-type"]) == (200, media), path
        assert first.body or path.endswith("facts.jsonl")  # none of its rows fits all these filters
        head = ask(f"{at}{path}?{query}", "HEAD")
        assert (head.status, head.headers["content-type"], head.body) == (200, media, b""), path
        if "304" not in routes["get"]["responses"]:
            continue
        assert head.headers["etag"] == first.headers["etag"]
        assert first.headers["access-control-allow-origin"] == "*"
        assert first.headers["cache-control"] == "public, no-cache"
        for tag in (first.headers["etag"], f'W/{first.headers["etag"]}, "other"', "*"):
            again = ask(f"{at}{path}?{query}", If_None_Match=tag)
            assert (again.status, again.body, again.headers["etag"]) == (304, b"", first.headers["etag"])
        assert ask(f"{at}{path}?{query}", If_None_Match='"other"').status == 200
        if path.startswith("/export/"):
            stem, _, form = path.rpartition("/")[2].partition(".")
            assert first.headers["content-disposition"] == f'attachment; filename="{stem}-{DAY}.{form}"'
            assert first.headers["content-language"] == "ar"


@pytest.mark.parametrize(
    ("asked", "status", "said"),
    [
        ("export/nations.csv?as_of=yesterday", 400, "as_of=yesterday is no day; give it like this: 2025-09-07."),
        ("export/nations.csv?as_of=1999-01-01", 400, "as_of=1999-01-01 is outside; give a day from 2019-01-19 to"),
        ("export/nations.csv?as_of=2999-01-01", 400, "is outside"),
        ("export/nations.csv?lang=xx", 400, "lang=xx is none of its values; give one of: en, ar"),
        ("export/nations.csv?plase=IQ", 400, "There is no parameter plase here; there are: as_of, lang, role, gone."),
        ("export/nations.csv?gone=perhaps", 400, "gone=perhaps is none of its values; give one of: true, false."),
        ("export/nations.csv?lang=en&lang=en", 400, "twice"),
        ("export/deadlines.ics?state=%3Cscript%3E", 400, "state=<script> is none of its values"),
        ("export/nations.csv?lang=ar&gone=" + "x" * 5000, 400, "x" * 60 + " ليست"),
        ("export/nations.xml", 404, "There is no export nations.xml; there are: nations.csv, "),
        ("export/", 404, "there are"),
        ("openapi.json?lang=xx", 400, "lang=xx"),
        ("feed.atom?as_of=0", 400, "as_of=0 is no day"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_told_in_one_line(at: str, asked: str, status: int, said: str) -> None:
    found = ask(f"{at}/{asked}")
    assert found.status == status
    assert found.headers["content-type"] == "application/problem+json"
    told = json.loads(found.body)
    assert (told["status"], "\n" in told["detail"]) == (status, False)
    assert said in told["detail"]
    assert len(told["detail"]) < 400


def test_another_page_may_read(at: str) -> None:
    for path in ("export/nations.csv", "feed.atom", "openapi.json"):
        found = ask(f"{at}/{path}", "OPTIONS", Origin="https://example.org", Access_Control_Request_Method="GET")
        assert found.status == HTTPStatus.NO_CONTENT
        assert found.headers["access-control-allow-origin"] == "*"
        assert "GET" in found.headers["access-control-allow-methods"]
        assert ask(f"{at}/{path}", "POST").status == HTTPStatus.METHOD_NOT_ALLOWED


def test_links_lead_to_our_pages_by_the_address_that_was_asked(at: str) -> None:
    raw = ask(f"{at}/export/deadlines.ics?lang=en&as_of={DAY}", Host="monitor.example").body
    events = Calendar.from_ical(raw).walk("VEVENT")
    assert len(events) == len(ask(f"{at}/export/deadlines.csv?as_of={DAY}").rows())
    assert len({event["uid"] for event in events}) == len(events)
    assert all(
        str(event["url"]).startswith("http://monitor.example/deadlines?lang=en&as_of=2025-09-07&show=deadline")
        for event in events
    )
    assert all(event["location"] and event["summary"] for event in events)
    assert "as_of" not in str(Calendar.from_ical(ask(f"{at}/export/deadlines.ics").body).walk("VEVENT")[0]["url"])
    feed = feedparser.parse(ask(f"{at}/feed.atom?lang=en", Host="monitor.example").body)
    assert not feed.bozo
    assert all(entry.link.startswith("http://monitor.example/") for entry in feed.entries)


def test_the_feed_has_reports_changes_and_deadlines_under_ids_that_stay(at: str) -> None:
    late = feedparser.parse(ask(f"{at}/feed.atom?as_of=2026-10-20").body)
    early = feedparser.parse(ask(f"{at}/feed.atom?as_of=2026-10-02&lang=ar").body)
    kinds = {entry.category for entry in late.entries}
    assert {"report", "new", "met", "late"} <= kinds
    days = [entry.updated for entry in late.entries]
    assert days == sorted(days, reverse=True)
    assert len({entry.id for entry in late.entries}) == len(late.entries) <= 100
    since = min(entry.updated for entry in late.entries[:-1])
    both = {entry.id for entry in early.entries if entry.updated > since}
    assert both
    assert both <= {entry.id for entry in late.entries}
    assert max(entry.updated for entry in early.entries) <= "2026-10-02T00:00:00Z"
    assert not [entry.title for entry in early.entries if re.search(r"[{}]|None", entry.title + entry.content[0].value)]


def test_what_is_packed_is_the_same_under_a_tag_of_its_own(at: str) -> None:
    plain = ask(f"{at}/export/facts.csv?as_of={DAY}")
    packed = ask(f"{at}/export/facts.csv?as_of={DAY}", Accept_Encoding="br, gzip;q=0.5")
    assert packed.headers["content-encoding"] == "gzip"
    assert packed.headers["vary"] == "Accept-Encoding"
    assert gzip.decompress(packed.body) == plain.body
    assert len(packed.body) < len(plain.body) / 3
    assert packed.headers["etag"] != plain.headers["etag"]
    tag = packed.headers["etag"]
    assert ask(f"{at}/export/facts.csv?as_of={DAY}", Accept_Encoding="gzip", If_None_Match=tag).status == 304
    for refused in ("identity", ""):
        assert "content-encoding" not in ask(f"{at}/export/facts.csv?as_of={DAY}", Accept_Encoding=refused).headers


def test_health_and_robots(at: str) -> None:
    assert json.loads(ask(f"{at}/healthz").body) == {"status": "ok"}
    assert b"Disallow: /add" in ask(f"{at}/robots.txt").body


def test_every_export_tells_the_same(at: str) -> None:
    picture = json.loads(ask(f"{at}/export/picture.json?as_of={DAY}").body)
    for table in ("nations", "bases", "troops", "deadlines"):
        rows = ask(f"{at}/export/{table}.csv?as_of={DAY}").rows()
        assert sorted((row["force"], row.get("place", "")) for row in rows) == sorted(
            (row["force"], row.get("place") or "") for row in picture[table]
        )
    facts = ask(f"{at}/export/facts.csv?as_of={DAY}").rows()
    lines = ask(f"{at}/export/facts.jsonl?as_of={DAY}").body.splitlines()
    assert [row["fact"] for row in facts] == [json.loads(line)["fact"] for line in lines]
    assert max(row["published"] for row in facts) <= DAY
    known = {row["fact"] for row in facts}
    assert all(
        row["fact"] in known
        for table in ("nations", "bases")
        for row in ask(f"{at}/export/{table}.csv?as_of={DAY}").rows()
    )
    some = ask(f"{at}/export/facts.csv?as_of={DAY}&kind=troops&force=US&place=IQ").rows()
    assert [row["fact"] for row in some] == [
        row["fact"] for row in facts if (row["kind"], row["force"], row["place"]) == ("troops", "US", "IQ")
    ]


def taken(said: str, form: str) -> str:
    """The address of the first link of this form under what the page shows."""
    (*_, found) = [
        unescape(one)
        for one in re.findall(r"<a href='(export/[^']+)'[^>]*>([^<]+)</a>", said)
        for one in one[:1]
        if one.partition("?")[0].endswith(form)
    ][:1]
    return str(found)


@pytest.mark.parametrize("lang", LOCALES)
def test_the_figures_of_an_export_are_those_of_the_page(at: str, lang: str) -> None:
    word = words(lang)
    said = html(opened("app.py", lang=lang, as_of=DAY))
    rows = ask(f"{at}/{taken(said, 'nations.csv')}").rows()
    page = re.findall(r"<th scope='row'><img class='flag'.*?</tr>", said, re.S)
    assert len(page) == len(rows) > 10
    for row in rows:
        (own,) = [one for one in page if f"<span>{row['force_name']}" in one]
        assert word.short(date.fromisoformat(row["last_report"])) in own
        assert ("class='tag'" in own) == (row["gone"] == "true")
        counts = {name: int(row[name]) if row[name] else None for name in ("count_min", "count_max")}
        assert unescape(word.count(counts | {"approximate": row["approximate"] == "true"})) in unescape(own)


def test_filters_of_a_page_are_those_of_its_export(at: str) -> None:
    said = html(opened("pages/deadlines.py", lang="en", as_of=DAY, state="passed", place="IQ"))
    address = taken(said, "deadlines.csv")
    assert parse_qs(urlsplit(address).query) == {"lang": ["en"], "as_of": [DAY], "place": ["IQ"], "state": ["passed"]}
    rows = ask(f"{at}/{address}").rows()
    assert len(rows) == len(re.findall(r"<tr><th scope='row'>[^<]", said.partition("id='keeping'")[0]))
    assert {row["state"] for row in rows} == {"passed"}
    said = html(opened("pages/troops.py", lang="en", as_of=DAY, force="US", place="IQ"))
    rows = ask(f"{at}/{taken(said, 'facts.csv')}").rows()
    numbers = re.findall(r"<tr><th scope='row' class='num'>([^<]+)</th>", said)
    told = [
        words("en").count(
            {name: int(row[name]) if row[name] else None for name in ("count_min", "count_max")}
            | {"approximate": row["approximate"] == "true"}
        )
        for row in rows
    ]
    assert told == [unescape(number) for number in numbers]


@pytest.mark.parametrize(
    "asked",
    [
        {"q": "المرحلة الثانية"},
        {"q": "base", "language": "en"},
        {"language": "fr"},
        {"q": "base", "publisher": "Rudaw"},
    ],
)
def test_a_search_for_reports_takes_their_facts_along(at: str, asked: dict[str, str]) -> None:
    said = html(opened("pages/reports.py", lang="en", as_of=DAY, **asked))
    rows = ask(f"{at}/{taken(said, 'facts.csv')}").rows()
    shown = set(re.findall(r"[?&;]report=([^&']+)", said))
    assert shown and {row["report"] for row in rows} <= shown
    stated = int(re.sub(r"\D", "", ask(f"{at}/export/facts.csv?as_of={DAY}").headers["content-length"]))
    assert len(ask(f"{at}/{taken(said, 'facts.csv')}").body) < stated


@pytest.mark.parametrize("lang", LOCALES)
def test_the_package_that_goes_out_is_valid(at: str, lang: str, tmp_path: Path) -> None:
    with zipfile.ZipFile(io.BytesIO(ask(f"{at}/export/package.zip?as_of={DAY}&lang={lang}").body)) as archive:
        archive.extractall(tmp_path)
    report = Package(tmp_path / "datapackage.json").validate()
    assert report.valid, report.flatten(["rowNumber", "fieldName", "type", "note"])
    assert report.stats["tasks"] == 6


def test_a_search_without_a_word_is_told(at: str) -> None:
    assert "no letter or digit" in ask(f"{at}/export/facts.csv?q=%21%3F").body.decode()


@pytest.mark.skipif(
    not SOFFICE and os.environ.get("CI") != "true", reason="no soffice: apt-get install libreoffice-calc-nogui"
)
def test_libreoffice_opens_the_tables_as_they_are(at: str, tmp_path: Path) -> None:
    names = ("deadlines.csv", "facts.csv", "ledger.xlsx")
    for name in names:
        (tmp_path / name).write_bytes(ask(f"{at}/export/{name}?as_of={DAY}&lang=ar").body)
    # 44, 34, 76: commas, double quotes and UTF-8, what LibreOffice's own dialog proposes for such a file.
    out = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
    for read, name in [("Text - txt - csv (StarCalc):44,34,76,1", "*.csv"), ("Calc MS Excel 2007 XML", "*.xlsx")]:
        command = [str(SOFFICE), "--headless", f"-env:UserInstallation=file://{tmp_path}/profile", f"--infilter={read}"]
        command += ["--convert-to", out, "--outdir", str(tmp_path / "out"), *map(str, sorted(tmp_path.glob(name)))]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
    made = {
        path.name: list(csv.reader(path.open(encoding="utf-8", newline=""))) for path in (tmp_path / "out").iterdir()
    }
    for name in names[:2]:
        own = list(csv.reader((tmp_path / name).open(encoding="utf-8-sig", newline="")))
        (found,) = [rows for path, rows in made.items() if path.startswith(name.partition(".")[0])]
        assert [len(found), found[0]] == [len(own), own[0]]
        at_name = own[0].index("place_name")
        assert [row[at_name] for row in found] == [row[at_name] for row in own]
        day = own[0].index("published")
        assert [row[day] for row in found] == [row[day] for row in own]
    assert len([path for path in made if path.startswith("ledger")]) == 6


def test_what_is_long_goes_out_as_it_is_made_and_what_is_short_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exports, "WHOLE", 300_000)
    taken_so_far = []

    def lines(most: int) -> Iterator[bytes]:
        for number in range(most):
            taken_so_far.append(number)
            yield b"x" * 1000

    short = exports._made(None, Export("text/plain", "", lambda _: lines(10)), "short")  # type: ignore[arg-type]
    assert isinstance(short, Document)
    assert exports.KEPT.get("short") is short
    assert exports._made(None, Export("text/plain", "", lambda _: lines(10)), "short") is short  # type: ignore[arg-type]
    taken_so_far.clear()
    long = exports._made(None, Export("text/plain", "", lambda _: lines(5000)), "long")  # type: ignore[arg-type]
    assert isinstance(long, Iterator)
    assert len(taken_so_far) < 500
    assert exports.KEPT.get("long") is None
    assert sum(len(piece) for piece in long) == 5_000_000


def test_a_file_in_one_piece_has_a_limit_that_says_what_to_do() -> None:
    asked: Any = SimpleNamespace(view=SimpleNamespace(words=words("en")))
    assert list(documents.at_most(asked, [{}] * 3, 3)) == [{}] * 3
    with pytest.raises(WrongError, match=r"more than 3 facts.*kind, force, place.*facts.csv or facts.jsonl") as wrong:
        list(documents.at_most(asked, [{}] * 4, 3))
    assert wrong.value.status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE


def document(name: str, size: int) -> Document:
    return Document(name.encode() * size, name, b"")


def test_what_was_asked_for_last_is_kept_within_its_bounds() -> None:
    kept = Kept(100)
    for name in "abc":
        kept.put(name, document(name, 40))
    assert [bool(kept.get(name)) for name in "abc"] == [False, True, True]
    kept.get("b")
    kept.put("d", document("d", 40))
    assert [bool(kept.get(name)) for name in "bcd"] == [True, False, True]
    kept.put("b", document("b", 60))
    assert [bool(kept.get(name)) for name in "bd"] == [True, True]
    kept.put("e", document("e", 101))
    assert [bool(kept.get(name)) for name in "bde"] == [False, False, False]
