"""A ledger written to a file and brought into another one: the same again, or one clear line and nothing kept."""

from __future__ import annotations

import json
import random
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ledger import __main__ as command
from ledger import intake, store
from ledger.archive import FILES, MANIFEST
from ledger.errors import LedgerError
from ledger.exporting import export
from ledger.facts import Row, read_facts
from ledger.folders import SHIPPED
from ledger.importing import bring_in
from ledger.reports import Report
from ledger.reviews import Review
from ledger.store import Ledger
from tests.databases import Postgres, new_sqlite
from tests.test_store import AGENCY, ONE, OTHER

EMPTY = {"reports": 0, "readings": 0, "facts": 0, "reviews": 0}
SAID = datetime(2025, 9, 20, 12, 0, 0, 5, tzinfo=UTC)


def fact_of(ledger: Ledger, report: str, kind: str = "troops") -> str:
    return next(row["fact"] for row in ledger.facts_in(report) if row["kind"] == kind)


def lived_in(url: str, monkeypatch: pytest.MonkeyPatch, folder: Path) -> Ledger:
    """A ledger with all that there can be: revisions, copies, two readers, verdicts of each kind, an orphan."""
    ledger = Ledger(url)
    for report in (
        replace(ONE, note="told second-hand", retrieved=datetime(2025, 9, 8, 7, 0, tzinfo=UTC)),
        replace(OTHER, summary=True),
        replace(ONE, id="agency", url=None, publisher="Agency", text=AGENCY),
        replace(ONE, id="copy", url=None, text=f"{AGENCY} The paper could not reach the embassy."),
        replace(OTHER, id="one", url=None, text="إيطاليا لديها 200 جندي في أربيل.", lang="ar"),
    ):
        ledger.add(report, "me \u202e and “you”")
    folder.mkdir()
    for words in ("About 900 US troops are in Iraq.", "About 800 US troops are in Iraq."):
        (folder / "r.txt").write_text(f"7 September 2025\n{words}", encoding="utf-8")
        ledger.fill(folder)
    number, nation = fact_of(ledger, "one"), fact_of(ledger, "one", "nation")
    for verdict, changed in (("corrected", {"count_max": "2600"}), ("reopened", None), ("rejected", None)):
        ledger.review(Review("one", number, verdict, "me", changed, "why not", SAID))
    ledger.review(Review("one", nation, "accepted", "me"))
    ledger.review(Review("two", None, "rejected", "you"))
    with monkeypatch.context() as newer:
        for module in (store, intake):
            newer.setattr(module, "version", lambda: "newer")
        newer.setattr(store, "read_facts", lambda report: [r for r in read_facts(report) if r["kind"] != "nation"])
        for ident in ledger.unread():
            ledger.reread(ident)
    return ledger


def exported(ledger: Ledger, path: Path) -> bytes:
    export(ledger, path)
    return path.read_bytes()


def test_there_and_back_through_all_databases(
    url: str, postgres_server: Postgres, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = lived_in(url, monkeypatch, tmp_path / "in")
    archive = exported(first, tmp_path / "first.zip")
    assert exported(first, tmp_path / "again.zip") == archive
    last, path = first, tmp_path / "first.zip"
    for number, address in enumerate((postgres_server.new_database(), new_sqlite(tmp_path), new_sqlite(tmp_path))):
        other = Ledger(address)
        done = bring_in(other, path)
        assert (done.renamed, done.differing, done.there.total()) == ({}, set(), 0)
        path = tmp_path / f"{number}.zip"
        assert exported(other, path) == archive
        assert other.history() == last.history()
        assert other.listing() == last.listing()
        assert [review.fact for review in other.orphans()] == [review.fact for review in first.orphans()] != []
        assert other.unread() == last.unread()
        last = other
    day = date(2025, 9, 30)
    for table in ("bases", "troops", "deadlines", "nations"):
        assert getattr(last.picture(day), table).equals(getattr(first.picture(day), table))
    assert last.add(replace(ONE, id="x"), "me").why == "url"
    assert last.add(replace(ONE, id="x", url=None, text=AGENCY), "me").why == "text"
    assert last.add(replace(ONE, id="x", url=None, text=f"{AGENCY} And so on."), "me").origin == "agency"


def test_bringing_in_twice_changes_nothing(url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ledger = lived_in(url, monkeypatch, tmp_path / "in")
    archive = exported(ledger, tmp_path / "a.zip")
    done = bring_in(ledger, tmp_path / "a.zip")
    assert (done.added.total(), dict(done.there)) == (0, {"reports": 7, "reviews": 5})
    assert exported(ledger, tmp_path / "b.zip") == archive


words = st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=40)
moments = st.datetimes(datetime(2000, 1, 1), datetime(2026, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
made = st.builds(
    Report,
    id=st.sampled_from("abcdef"),
    url=st.none() | st.sampled_from([f"https://example.org/{number}" for number in range(9)]),
    publisher=words,
    published=st.dates(date(2003, 1, 1), date(2026, 1, 1)),
    lang=st.sampled_from(["ar", "en"]),
    title=words,
    text=words | st.integers(2, 5_000).map(lambda number: f"About {number} US troops are in Iraq, and {number} more."),
    note=st.none() | words,
    summary=st.booleans(),
    retrieved=st.none() | moments,
)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(made, max_size=6), st.lists(made, max_size=6), st.lists(words, max_size=3))
def test_whatever_a_ledger_holds_comes_back(
    tmp_path: Path, mine: list[Report], yours: list[Report], why: list[str]
) -> None:
    ledger, other, copy = (Ledger(new_sqlite(tmp_path)) for _ in range(3))
    for filled, given_reports in ((ledger, mine), (other, yours)):
        for report in given_reports:
            kept = filled.add(report, report.publisher)
            for words_said in why:
                filled.review(Review(kept.id, None, "rejected", "me", why=words_said))
    archive = exported(ledger, tmp_path / "mine.zip")
    bring_in(copy, tmp_path / "mine.zip")
    assert exported(copy, tmp_path / "copy.zip") == archive
    before = len(other.listing())
    done = bring_in(other, tmp_path / "mine.zip")
    assert len(other.listing()) == before + done.added["reports"]
    merged = exported(other, tmp_path / "merged.zip")
    assert bring_in(other, tmp_path / "mine.zip").added.total() == 0
    assert exported(other, tmp_path / "merged.zip") == merged


@pytest.mark.parametrize(
    ("theirs", "renamed", "left"),
    [
        (ONE, {}, set()),
        (OTHER, {}, set()),
        (replace(ONE, id="x"), {}, set()),
        (replace(ONE, id="x", url=None, publisher="B"), {}, set()),
        (replace(ONE, text=OTHER.text), {}, {"one"}),
        (replace(ONE, id="x", text=OTHER.text), {}, {"x"}),
        (replace(OTHER, id="one"), {"one": "one-2"}, set()),
        (replace(OTHER, id="one", url=None), {"one": "one-2"}, set()),
    ],
)
def test_what_the_ledger_has_is_left(
    url: str, tmp_path: Path, theirs: Report, renamed: dict[str, str], left: set[str]
) -> None:
    source, ledger = Ledger(new_sqlite(tmp_path)), Ledger(url)
    ledger.add(ONE, "me")
    source.add(theirs, "them")
    fact = fact_of(source, theirs.id)
    source.review(Review(theirs.id, fact, "rejected", "them"))
    source.review(Review(theirs.id, None, "accepted", "them"))
    export(source, tmp_path / "a.zip")
    done = bring_in(ledger, tmp_path / "a.zip")
    here = next(iter(renamed.values()), "two" if theirs is OTHER else "one")
    assert (done.renamed, done.differing) == (renamed, left)
    assert {row["report"] for row in ledger.listing()} == {"one", here}
    assert ledger.report("one") == ONE
    assert [row["added_by"] for row in ledger.listing() if row["report"] == "one"] == ["me"]
    for report, name in renamed.items():
        assert str(done).endswith(f"{report} as {name}")
        assert {row["fact"] for row in ledger.facts_in(name)} == {
            row["id"] for row in read_facts(replace(theirs, id=name))
        }
    assert sorted(event.what for event in ledger.history() if event.fact or event.what == "accepted") == [
        "accepted",
        "rejected",
    ]
    if not left:
        assert {row["review"] for row in ledger.facts_in(here)} == {"rejected", None}
        assert ledger.orphans() == []
    else:
        assert [review.who for review in ledger.orphans()] == ["them"]
    again = bring_in(ledger, tmp_path / "a.zip")
    assert (again.added.total(), again.there["reviews"]) == (0, 2)


def test_revisions_go_behind_those_with_the_same_text(url: str, tmp_path: Path) -> None:
    folder, path = tmp_path / "in", tmp_path / "a.zip"
    folder.mkdir()
    source, ledger, other = Ledger(new_sqlite(tmp_path)), Ledger(url), Ledger(new_sqlite(tmp_path))

    def write(count: int, *into: Ledger) -> None:
        (folder / "r.txt").write_text(f"7 September 2025\nAbout {count} US troops are in Iraq.", encoding="utf-8")
        for each in into:
            each.fill(folder)

    write(900, source, ledger, other)
    write(800, source)
    write(700, other)
    export(source, path)
    assert bring_in(ledger, path).added["reports"] == 1
    assert "800" in ledger.report("r").text
    assert [row["count_max"] for row in ledger.facts_in("r") if row["kind"] == "troops"] == [800]
    assert bring_in(other, path).differing == {"r"}
    assert "700" in other.report("r").text
    write(600, ledger)
    assert bring_in(ledger, path).added.total() == 0
    assert "600" in ledger.report("r").text


def test_the_later_verdict_counts_whichever_was_brought_in_last(url: str, tmp_path: Path) -> None:
    source, ledger = Ledger(new_sqlite(tmp_path)), Ledger(url)
    for each, verdict, days in ((source, "rejected", 0), (ledger, "accepted", 1)):
        each.add(ONE, "me")
        each.review(Review("one", fact_of(each, "one"), verdict, "me", at=SAID + timedelta(days=days)))
    fact = fact_of(source, "one")
    assert not ledger.picture(date(2025, 9, 10)).troops.empty
    export(source, tmp_path / "a.zip")
    bring_in(ledger, tmp_path / "a.zip")
    assert ledger.facts([fact])[fact]["review"] == "accepted"
    assert not ledger.picture(date(2025, 9, 10)).troops.empty
    export(ledger, tmp_path / "b.zip")
    bring_in(source, tmp_path / "b.zip")
    assert source.facts([fact])[fact]["review"] == "accepted"
    assert not source.picture(date(2025, 9, 10)).troops.empty
    assert [event.what for event in ledger.history(1)] == ["read"]


def test_a_copy_of_what_the_ledger_has_is_no_voice_of_its_own(url: str, tmp_path: Path) -> None:
    source, ledger = Ledger(new_sqlite(tmp_path)), Ledger(url)
    ledger.add(replace(ONE, id="agency", publisher="Agency", text=AGENCY), "me")
    for number, publisher in enumerate("BC"):
        text = f"{AGENCY} The paper {publisher} could not reach the embassy."
        source.add(Report(f"copy-{number}", None, publisher, date(2025, 9, 8), "en", "T", text), "them")
    export(source, tmp_path / "a.zip")
    bring_in(ledger, tmp_path / "a.zip")
    assert {row["origin"] for row in ledger.listing()} == {"agency"}
    assert {row["voice"] for row in ledger.facts_in("copy-1")} == {"Agency"}


# Archives that are none ----------------------------------------------------------------------------------


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """A good archive of two reports with a verdict on a fact."""
    ledger = Ledger(new_sqlite(tmp_path))
    ledger.add(ONE, "me")
    ledger.add(OTHER, "me")
    ledger.review(Review("one", fact_of(ledger, "one"), "corrected", "me", {"count_max": "2600"}))
    export(ledger, tmp_path / "good.zip")
    return tmp_path / "good.zip"


Parts = dict[str, bytes]


def parts_of(path: Path) -> Parts:
    with zipfile.ZipFile(path) as file:
        return {name: file.read(name) for name in file.namelist()}


def packed(path: Path, parts: Parts, compression: int = zipfile.ZIP_DEFLATED) -> None:
    with zipfile.ZipFile(path, "w", compression) as file:
        for name, content in parts.items():
            file.writestr(name, content)


def told(parts: Parts) -> Parts:
    """The parts with a manifest that fits."""
    manifest = json.loads(parts[MANIFEST])
    for name in FILES.values():
        content = parts[name]
        manifest["files"][name] = {
            "rows": content.count(b"\n"), "bytes": len(content), "sha256": sha256(content).hexdigest(),
        }  # fmt: skip
    return parts | {MANIFEST: json.dumps(manifest).encode()}


def changed(table: str, line: int, **values: Any) -> Callable[[Parts], Parts]:
    """Puts other values into a row, and makes the manifest fit."""

    def change(parts: Parts) -> Parts:
        rows = [json.loads(row) for row in parts[FILES[table]].splitlines()]
        rows[line] = {k: v for k, v in (rows[line] | values).items() if v is not ...}
        return told(parts | {FILES[table]: "".join(json.dumps(row) + "\n" for row in rows).encode()})

    return change


def manifest(**values: Any) -> Callable[[Parts], Parts]:
    return lambda parts: parts | {MANIFEST: json.dumps(json.loads(parts[MANIFEST]) | values).encode()}


def twice(table: str, *, reverse: bool = False) -> Callable[[Parts], Parts]:
    def change(parts: Parts) -> Parts:
        lines = parts[FILES[table]].splitlines(keepends=True)
        return told(parts | {FILES[table]: b"".join(lines[::-1] if reverse else lines + lines[-1:])})

    return change


def without(name: str) -> Callable[[Parts], Parts]:
    return lambda parts: {other: content for other, content in parts.items() if other != name}


def longer(line: bytes) -> Callable[[Parts], Parts]:
    return lambda parts: told(parts | {"reports.jsonl": parts["reports.jsonl"] + line})


BAD: dict[str, tuple[Callable[[Parts], Parts], str]] = {
    "another hash": (lambda p: p | {"facts.jsonl": p["facts.jsonl"].replace(b"2500", b"2600")}, "(sha256)"),
    "a row more": (lambda p: p | {"facts.jsonl": p["facts.jsonl"] + b"\n"}, "facts.jsonl is not as manifest.json"),
    "wrong counts": (
        lambda p: p | {MANIFEST: p[MANIFEST].replace(b'"rows": 2', b'"rows": 3')}, "manifest.json tells (rows)",
    ),
    "no manifest": (without(MANIFEST), "manifest.json is missing"),
    "no facts": (without("facts.jsonl"), "facts.jsonl is missing"),
    "a manifest that is none": (lambda p: p | {MANIFEST: b"[1"}, "manifest.json cannot be understood"),
    "a manifest that is a list": (lambda p: p | {MANIFEST: b"[]"}, "manifest.json cannot be understood"),
    "a manifest without end": (lambda p: p | {MANIFEST: b"[" * 60_000}, "manifest.json cannot be understood"),
    "a manifest too long": (lambda p: p | {MANIFEST: b" " * 70_000}, "longer than 65,536 bytes"),
    "a manifest of no files": (manifest(files={}), "does not tell of reports.jsonl"),
    "a manifest of nothing": (manifest(files={name: {} for name in FILES.values()}), "cannot be understood"),
    "the next format": (manifest(format=2), "has format '2' (schema '0003') and this program reads format 1"),
    "a path out of it": (lambda p: p | {"../../etc/passwd": b"x"}, "holds '../../etc/passwd'"),
    "an absolute path": (lambda p: p | {"/etc/passwd": b"x"}, "holds '/etc/passwd'"),
    "a folder": (lambda p: p | {"facts/": b""}, "holds 'facts/'"),
    "a bomb": (lambda p: told(p | {"reports.jsonl": b" " * 50_000_000}), "would unpack to 50,000,000 bytes"),
    "no JSON": (longer(b"{\n"), "reports.jsonl line 3: is no row of JSON"),
    "nested without end": (longer(b"[" * 100_000 + b"\n"), "line 3: is no row of JSON"),
    "no object": (longer(b"[]\n"), "line 3: is no object"),
    "no text": (longer(b"\xff\xfe\n"), "line 3: is no row of JSON"),
    "missing keys": (changed("reports", 1, title=..., text=...), "line 2: lacks these keys or should not have them:"),
    "more keys": (changed("facts", 0, seq=1), "facts.jsonl line 1: lacks these keys or should not have them: seq"),
    "no day": (changed("reports", 0, published="2025-13-01"), "line 1: published cannot be '2025-13-01'"),
    "a number as day": (changed("reports", 0, published=20250901), "published cannot be 20250901"),
    "no value": (changed("reports", 0, publisher=None), "publisher cannot be None"),
    "another type": (changed("reports", 0, summary="no"), "summary cannot be 'no'"),
    "a truth as number": (changed("facts", 0, char_start=True), "char_start cannot be True"),
    "a number too large": (changed("facts", 0, count_max=2**63), "count_max cannot be 9223372036854775808"),
    "an offset too large": (changed("facts", 0, char_end=2**31), "char_end cannot be 2147483648"),
    "an id too long": (changed("reports", 0, id="x" * 121), "id cannot be 'xxx"),
    "NUL": (changed("reports", 0, text="a\0b"), "text cannot be 'a\\x00b'"),
    "half a letter": (changed("reports", 0, title="\ud800"), "title cannot be '\\ud800'"),
    "a moment without zone": (changed("reports", 0, added_at="2025-09-07T10:00:00"), "added_at cannot be"),
    "a moment at the end of time": (changed("reviews", 0, at="9999-12-31T23:59:59-23:00"), "at cannot be"),
    "a verdict of tomorrow": (changed("reviews", 0, at="2999-01-01T00:00:00+00:00"), "2999-01-01 lies in the future"),
    "a revision left out": (changed("reports", 1, revision=3), "revision 3 of report 'two' does not follow"),
    "a report twice": (changed("reports", 1, id="one"), "revision 1 of report 'one' does not follow"),
    "no id": (changed("reports", 1, id=""), "revision 1 of report '' does not follow"),
    "a copy of nothing": (changed("reports", 1, origin="x"), "two is a copy of 'x'"),
    "a reading of nothing": (changed("readings", 0, report="x"), "a reading of 'x', revision 1, which is not"),
    "a reading of no revision": (changed("readings", 0, revision=0), "a reading of 'one', revision 0, which is not"),
    "a reading twice": (twice("readings"), "readings.jsonl line 3: two read twice"),
    "the same as nothing": (changed("readings", 0, same_as="x"), "the same as by one that did not read it"),
    "a fact of no report": (changed("facts", 0, report="x"), "facts.jsonl line 1: a fact of 'x', revision 1, but"),
    "a fact of no reading": (changed("facts", 0, version="x"), "a fact of 'one', revision 1, but no such reading"),
    "a fact twice": (twice("facts"), "stands twice, or not in its place"),
    "facts upside down": (twice("facts", reverse=True), "stands twice, or not in its place"),
    "a fact of no kind": (changed("facts", 0, kind="ship"), "'ship' is no kind of fact"),
    "a fact with another id": (changed("facts", 0, id="x"), "fact 'x' stands twice, or not"),
    "an unknown verdict": (changed("reviews", 0, verdict="perhaps"), "verdict 'perhaps' is none of accepted, rejected"),
    "a verdict on nothing": (changed("reviews", 0, report="x"), "a verdict on report 'x', which is not in"),
    "a verdict on no fact": (changed("reviews", 0, fact="0" * 16), "on fact 0000000000000000, which no reading of one"),
    "a verdict on another's fact": (changed("reviews", 0, report="two"), "which no reading of two states"),
    "a correction of nothing": (changed("reviews", 0, changed=None), "corrected names the right values"),
    "a correction of a report": (changed("reviews", 0, fact=None), "corrected names the right values"),
    "a correction to nonsense": (changed("reviews", 0, changed={"count_max": "many"}), "'many' is no number"),
    "a correction of no key": (changed("reviews", 0, changed={"colour": "red"}), "a troops has no 'colour'"),
}  # fmt: skip


def refused(ledger: Ledger, path: Path) -> str:
    """The line that tells why; nothing is kept."""
    with pytest.raises(LedgerError) as problem:
        bring_in(ledger, path)
    assert ledger.listing() == []
    line = str(problem.value)
    assert "\n" not in line
    assert line.startswith(str(path))
    return line


@pytest.mark.parametrize("case", BAD)
def test_a_bad_archive_gets_a_clear_line_and_nothing_is_kept(archive: Path, tmp_path: Path, case: str) -> None:
    change, words_told = BAD[case]
    path = tmp_path / "bad.zip"
    packed(path, change(parts_of(archive)))
    assert words_told in refused(Ledger(new_sqlite(tmp_path)), path)


def test_the_parts_themselves_are_good(archive: Path, tmp_path: Path) -> None:
    path = tmp_path / "packed.zip"
    packed(path, told(parts_of(archive)))
    assert bring_in(Ledger(new_sqlite(tmp_path)), path).added["reports"] == 2


def broken(change: Callable[[bytearray], object]) -> Callable[[Path], None]:
    def write(path: Path) -> None:
        content = bytearray(path.read_bytes())
        change(content)
        path.write_bytes(content)

    return write


def declared(size: int) -> Callable[[Path], None]:
    """Lets the directory of the zip file tell of so many bytes for its first file."""

    def change(content: bytearray) -> None:
        at = content.index(b"PK\x01\x02")
        content[at + 24 : at + 28] = size.to_bytes(4, "little")

    return broken(change)


FILES_THAT_ARE_NONE: dict[str, tuple[Callable[[Path], None], str]] = {
    "empty": (lambda path: path.write_bytes(b""), "missing, no zip file, or damaged"),
    "a text": (lambda path: path.write_text("reports"), "missing, no zip file, or damaged"),
    "not there": (Path.unlink, "missing, no zip file, or damaged (No such file or directory)"),
    "cut off": (broken(lambda content: content.__delitem__(slice(-40, None))), "missing, no zip file, or damaged"),
    "the end only": (broken(lambda content: content.__delitem__(slice(0, 300))), "missing, no zip file, or damaged"),
    "4 GB declared": (declared(2**32 - 2), "would unpack to 4,294,967,294 bytes"),
    "less declared": (declared(10), "missing, no zip file, or damaged"),
    "packed otherwise": (lambda path: packed(path, parts_of(path), zipfile.ZIP_BZIP2), "packed in another way"),
    "something else": (lambda path: packed(path, {"x": b"y"}), "facts.jsonl is missing"),
}


@pytest.mark.parametrize("case", FILES_THAT_ARE_NONE)
def test_a_file_that_is_no_archive_gets_a_clear_line(archive: Path, tmp_path: Path, case: str) -> None:
    change, words_told = FILES_THAT_ARE_NONE[case]
    change(archive)
    assert words_told in refused(Ledger(new_sqlite(tmp_path)), archive)


def test_a_file_twice_is_refused(archive: Path, tmp_path: Path) -> None:
    with pytest.warns(UserWarning, match="Duplicate name"), zipfile.ZipFile(archive, "a") as file:
        file.writestr("facts.jsonl", b"")
    assert "holds 'facts.jsonl', which does not belong" in refused(Ledger(new_sqlite(tmp_path)), archive)


def test_ten_gigabytes_declared_are_not_unpacked(archive: Path, tmp_path: Path) -> None:
    """A zip file that tells of 10 GB (in the fields for large files) is refused by what it tells."""
    path = tmp_path / "bomb.zip"
    with zipfile.ZipFile(path, "w") as file:
        for name, content in parts_of(archive).items():
            file.writestr(name, content)
        file.getinfo("facts.jsonl").file_size = 10 * 2**30
    assert "facts.jsonl would unpack to 10,737,418,240 bytes" in refused(Ledger(new_sqlite(tmp_path)), path)


def test_no_damaged_byte_brings_in_anything_else(archive: Path, tmp_path: Path) -> None:
    good = archive.read_bytes()
    ledger, chance = Ledger(new_sqlite(tmp_path)), random.Random(1)  # noqa: S311 - the same in every run
    path, whole = tmp_path / "bad.zip", Ledger(new_sqlite(tmp_path))
    for _ in range(300):
        content = bytearray(good)
        for _ in range(chance.choice((1, 1, 4))):
            content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
        path.write_bytes(content)
        try:
            bring_in(whole, path)  # bytes that no reader looks at, such as who made the file
        except LedgerError:
            refused(ledger, path)
        else:
            assert exported(whole, tmp_path / "whole.zip") == good


def test_all_or_nothing(url: str, archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ledger = Ledger(url)

    def breaks(*_: object) -> Iterator[Row]:
        raise MemoryError

    with monkeypatch.context() as broken_off:
        broken_off.setattr("ledger.importing._Import._reviews", breaks)
        with pytest.raises(MemoryError):
            bring_in(ledger, archive)
    assert ledger.listing() == []
    assert ledger.history() == []
    bring_in(ledger, archive)
    assert len(ledger.listing()) == 2


def test_a_file_is_written_whole_or_not_at_all(url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ledger, path = Ledger(url), tmp_path / "a.zip"
    assert export(ledger, path) == EMPTY
    good = path.read_bytes()
    ledger.add(ONE, "me")
    with monkeypatch.context() as full:
        full.setattr("os.fsync", lambda _: (_ for _ in ()).throw(OSError(28, "No space left on device")))
        with pytest.raises(LedgerError, match="cannot be written \\(No space left on device\\)"):
            export(ledger, path)
    assert path.read_bytes() == good
    for place in (tmp_path / "nowhere" / "a.zip", tmp_path):
        with pytest.raises(LedgerError, match="cannot be written"):
            export(ledger, place)
    assert [other.name for other in tmp_path.iterdir() if other.name.startswith(".")] == []


def test_the_file_shows_one_moment(url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is added while the file is written comes in whole the next time."""
    from ledger import exporting  # noqa: PLC0415

    ledger = Ledger(url)
    ledger.add(ONE, "me")
    all_of = exporting.all_of

    def adding(name: str) -> Any:
        if name == "readings":
            Ledger(url).add(OTHER, "me")
        return all_of(name)

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(exporting, "all_of", adding)
        counts = export(ledger, tmp_path / "a.zip")
    assert (counts["reports"], counts["readings"]) == (1, 1)
    assert export(ledger, tmp_path / "a.zip")["reports"] == 2


def test_the_commands(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path, other = str(tmp_path / "a.zip"), str(tmp_path / "b.zip")
    first, second, third = (new_sqlite(tmp_path) for _ in range(3))

    def run(url: str, *arguments: str) -> tuple[int, str]:
        code = command.main(["--ledger", url, *arguments])
        told_out = capsys.readouterr()
        return code, told_out.out + told_out.err

    code, said = run(first, "export", path)
    assert (code, said.startswith(f"{path}: 81 reports, 81 readings, ")) == (0, True)
    run(first, "review", "2025-10-01-vetogate", "accepted", "--by", "me")
    run(first, "export", path)
    # Into an empty ledger, which the shipped reports do not go into first, all comes as it was.
    assert "81 reports, 81 readings" in run(second, "import", path)[1]
    assert run(second, "log") == run(first, "log")
    run(second, "export", other)
    assert Path(other).read_bytes() == Path(path).read_bytes()
    # Into one that was started before, what is not shipped.
    Ledger(third).fill(*SHIPPED)
    code, said = run(third, "import", path)
    assert said == "0 reports, 0 readings, 0 facts, 1 reviews added; there already: 81 reports, 0 reviews\n"
    code, said = run(third, "import", str(tmp_path / "none.zip"))
    assert code == 1
    assert said.count("\n") == 1
