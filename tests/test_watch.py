"""Watching feeds of a real server: what is new comes once, what fails is told, and it ends when it is told to."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from ledger.drafts import Draft
from ledger.fetch import Web
from ledger.sources import Intake
from ledger.watch import FeedsError, load_feeds, seconds_of, watch
from tests.web import LAUGHS, Site, item, page, rss, this_server_only, web

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def site() -> Iterator[Site]:
    with web() as running:
        yield running


class Desk:
    """Keeps drafts and lines as they come, and ends the watch by Ctrl-C after so many passes over one feed."""

    def __init__(self, passes: int = 1) -> None:
        self.drafts: list[Draft] = []
        self.lines: list[str] = []
        self.passes = passes

    def keep(self, draft: Draft) -> str:
        self.drafts.append(draft)
        return "kept" if draft.day_certain else "queued"

    def tell(self, line: str) -> None:
        self.lines.append(line)
        if not line.startswith(" ") and len(self.told()) == self.passes:
            signal.raise_signal(signal.SIGINT)

    def told(self) -> list[str]:
        return [line for line in self.lines if not line.startswith(" ")]


def listed(tmp_path: Path, *addresses: str, more: str = "") -> Path:
    path = tmp_path / "feeds.toml"
    path.write_text("".join(f'[[feed]]\nurl = "{address}"\n{more}\n' for address in addresses), encoding="utf-8")
    return path


ONLINE = Intake(web=Web(guard=this_server_only))


def test_one_pass_over_all_feeds(site: Site, tmp_path: Path) -> None:
    site.answer("/plain", page(day=None), Last_Modified="Mon, 08 Sep 2025 10:00:00 GMT")
    undated = item(f"{site.url}/plain").replace("Sun, 07 Sep 2025 23:30:00 +0300", "")
    good = site.answer("/rss", rss(item(f"{site.url}/article"), item(f"{site.url}/404"), undated))
    laughs = site.answer("/laughs", rss(item(f"{site.url}/article"), doctype=f"<!DOCTYPE x [{LAUGHS}]>"))
    gone = f"{site.url}/nothing-here"
    desk = Desk(passes=99)
    watch(
        listed(tmp_path, laughs, gone, good, more='publisher = "Given"\nlang = "en"'),
        None,
        desk.keep,
        ONLINE,
        desk.tell,
    )
    assert desk.told() == [
        f"{laughs}: declares a document type, as attacks on readers do; use another feed",
        f"{gone}: answers 404 (Not Found); check the address",
        f"{good}: 3 entries, 1 kept, 1 refused, 1 queued",
    ]
    assert [line for line in desk.lines if line.startswith(" ")] == [
        f"  {site.url}/404: answers 404 (Not Found); check the address"
    ]
    assert [draft.report.publisher for draft in desk.drafts] == ["Given", "Given"]
    assert [(draft.why, draft.day_certain) for draft in desk.drafts] == [("feed", True), ("changed", False)]


def test_what_is_new_comes_once(site: Site, tmp_path: Path) -> None:
    feed = site.answer("/rss", rss(item(f"{site.url}/article"), item(f"{site.url}/gzip")))
    desk = Desk(passes=3)

    def keep(draft: Draft) -> str:
        if draft.name.endswith("/gzip"):
            site.answer("/rss", rss(item(f"{site.url}/deflate"), item(f"{site.url}/article"), item(f"{site.url}/gzip")))
        return desk.keep(draft)

    watch(listed(tmp_path, feed), 0, keep, ONLINE, desk.tell)
    assert desk.told() == [
        f"{feed}: 2 entries, 2 kept", f"{feed}: 3 entries, 1 kept", f"{feed}: 3 entries, nothing new",
    ]  # fmt: skip
    assert [draft.name for draft in desk.drafts] == [f"{site.url}/{name}" for name in ("article", "gzip", "deflate")]
    assert site.paths().count("/article") == 1
    assert site.paths().count("/robots.txt") == 3, "read anew in each pass"


def test_what_is_kept_already_is_not_fetched(site: Site, tmp_path: Path) -> None:
    feed = site.answer("/rss", rss(item(f"{site.url}/article")))
    desk = Desk(passes=99)
    known = Intake(web=ONLINE.web, seen=lambda url: url == f"{site.url}/article")
    watch(listed(tmp_path, feed), None, desk.keep, known, desk.tell)
    assert desk.lines == [f"{feed}: 1 entry, nothing new"]
    assert "/article" not in site.paths()


def test_a_feed_that_has_not_changed_is_not_sent_again(site: Site, tmp_path: Path) -> None:
    raw = rss(item(f"{site.url}/article"))
    site.routes["/rss"] = lambda handler: (
        handler.send(304, b"") if handler.headers.get("If-None-Match") == '"1"' else handler.send(200, raw, ETag='"1"')
    )
    desk = Desk(passes=3)
    watch(listed(tmp_path, f"{site.url}/rss"), 0, desk.keep, ONLINE, desk.tell)
    assert desk.told() == [f"{site.url}/rss: 1 entry, 1 kept", *[f"{site.url}/rss: unchanged"] * 2]


def test_what_fails_is_tried_three_times(site: Site, tmp_path: Path) -> None:
    site.status("/later", 503)
    feed = site.answer("/rss", rss(item(f"{site.url}/404"), item(f"{site.url}/later")), ETag='"1"')
    desk = Desk(passes=5)

    def tell(line: str) -> None:
        if len(desk.told()) == 1:
            site.answer("/later", page())
        desk.tell(line)

    watch(listed(tmp_path, feed), 0, desk.keep, ONLINE, tell)
    assert site.paths().count("/404") == 3
    assert [draft.name for draft in desk.drafts] == [f"{site.url}/later"]
    assert desk.told()[-1] == f"{feed}: 2 entries, nothing new"


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_after_the_draft_at_hand(site: Site, tmp_path: Path, number: signal.Signals) -> None:
    feed = site.answer("/rss", rss(item(f"{site.url}/article"), item(f"{site.url}/gzip")))
    before = signal.getsignal(number)
    desk = Desk(passes=99)

    def keep(draft: Draft) -> str:
        signal.raise_signal(number)
        return desk.keep(draft)

    watch(listed(tmp_path, feed), 3600, keep, ONLINE, desk.tell)
    assert desk.lines == [f"{feed}: stopped, 1 kept"]
    assert signal.getsignal(number) is before


PROGRAM = """
import sys
from pathlib import Path
from ledger.fetch import Web
from ledger.sources import Intake
from ledger.watch import watch
from tests.web import this_server_only
intake = Intake(web=Web(guard=this_server_only))
watch(Path(sys.argv[1]), 3600, lambda draft: "kept", intake, lambda line: print(line, flush=True))
print("over")
"""


def test_a_program_that_waits_ends_at_once_when_it_is_told(site: Site, tmp_path: Path) -> None:
    path = listed(tmp_path, site.answer("/rss", rss(item(f"{site.url}/article"))))
    command = [sys.executable, "-c", PROGRAM, str(path)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        assert running.stdout.readline() == f"{site.url}/rss: 1 entry, 1 kept\n"
        os.kill(running.pid, signal.SIGTERM)
        out, errors = running.communicate(timeout=30)
    assert (running.returncode, out, errors) == (0, "over\n", "")


# --- the list and the time -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("every", "seconds"), [("45s", 45), ("30m", 1800), ("2h", 7200), ("1d", 86_400), (" 5m ", 300)]
)
def test_times_to_wait(every: str, seconds: int) -> None:
    assert seconds_of(every) == seconds


@pytest.mark.parametrize("every", ["", "30", "m", "0m", "-5m", "1.5h", "30 minutes", "30M", "9999999s", "٣٠m\0"])
def test_what_is_no_time_to_wait(every: str) -> None:
    with pytest.raises(ValueError, match="is no time to wait; write it as 45s, 30m or 2h"):
        seconds_of(every)


GOOD = '[[feed]]\nurl = "https://example.org/rss"\n'
BROKEN = [
    ("nothing", "", "has to hold [[feed]] entries"),
    ("no TOML", "[[feed]\n", "feeds.toml: is not TOML"),
    ("no TOML in line 3", f"{GOOD}lang = en\n", "line 3"),
    ("something else", '[settings]\nevery = "30m"\n', "has to hold [[feed]] entries"),
    ("something else too", f'{GOOD}[settings]\nevery = "30m"\n', "and nothing else"),
    ("a table for a list", '[feed]\nurl = "https://example.org/"\n', "has to hold [[feed]] entries"),
    ("words for a feed", 'feed = ["https://example.org/"]\n', "this feed has no url"),
    (
        "no address",
        f'{GOOD}\n[[feed]]\npublisher = "A"\n',
        'feeds.toml, line 4: this feed has no url; add url = "https',
    ),
    ("a number for an address", "[[feed]]\nurl = 5\n", "feeds.toml, line 1: this feed has no url"),
    ("no web address", '[[feed]]\nurl = "file:///etc/passwd"\n', "'file:///etc/passwd' is no web address; write it as"),
    (
        "an unknown key",
        f'{GOOD}pubisher = "A"\n',
        "line 1: 'pubisher' is not known; a feed has url, publisher and lang",
    ),
    ("an unknown language", f'{GOOD}lang = "de"\n', "line 1: 'de' is not read; known are ar, en, ckb, fr"),
    ("a list for a language", f'{GOOD}lang = ["en"]\n', "is not read; known are ar, en, ckb, fr"),
    ("a number for a publisher", f"{GOOD}publisher = 5\n", "line 1: publisher is no text; put it in quotes"),
    ("a feed twice", GOOD * 2, "names https://example.org/rss 2 times; leave it once"),
]


@pytest.mark.parametrize(("content", "words"), [pytest.param(*row[1:], id=row[0]) for row in BROKEN])
def test_a_broken_list_names_file_line_and_remedy(tmp_path: Path, content: str, words: str) -> None:
    path = tmp_path / "feeds.toml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(FeedsError) as told:
        load_feeds(path)
    assert words in str(told.value)
    assert str(told.value).startswith(str(path))
    assert "\n" not in str(told.value)


def test_a_list_that_cannot_be_opened(tmp_path: Path) -> None:
    with pytest.raises(FeedsError, match=r"cannot be opened .*; check the path"):
        load_feeds(tmp_path / "gone.toml")
    (tmp_path / "old.toml").write_bytes("# قاعدة\n".encode("cp1256"))
    with pytest.raises(FeedsError, match="is not UTF-8; save it as UTF-8"):
        load_feeds(tmp_path / "old.toml")


def test_a_good_list(tmp_path: Path) -> None:
    path = tmp_path / "feeds.toml"
    path.write_text(f'\ufeff{GOOD}publisher = "وكالة"\nlang = "ar"\n', encoding="utf-8")
    (feed,) = load_feeds(path)
    assert (feed.url, feed.publisher, feed.lang) == ("https://example.org/rss", "وكالة", "ar")
