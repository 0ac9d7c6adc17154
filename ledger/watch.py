"""Feeds read again and again, each entry once: what is new goes to whoever keeps it."""

from __future__ import annotations

import re
import signal
import threading
import tomllib
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from extract.articles import Given, UnreadableError
from extract.languages import LANGUAGES
from ledger.clean import one_line, web_address
from ledger.drafts import Draft, refused
from ledger.feeds import read_feed
from ledger.fetch import Page, RefusedError, fetch
from ledger.sources import Intake, drafts_of_feed, latest_day

# The units of "30m", in seconds.
UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86_400}
KEYS = {"url", "publisher", "lang"}
# So often an entry that cannot be read is asked for again before it is given up until the next start.
TRIES = 3

Keep = Callable[[Draft], str]
Tell = Callable[[str], None]


class FeedsError(ValueError):
    """A list of feeds that cannot be used; the message names the file, the line and the remedy."""


@dataclass
class Watched:
    """One feed of the list, and what is known of it from the passes before.

    ``last`` is its last answer, ``done`` the entries handled, ``failed`` how often the others were tried.
    """

    url: str
    publisher: str | None = None
    lang: str | None = None
    last: Page | None = None
    done: set[str] = field(default_factory=set)
    failed: Counter[str] = field(default_factory=Counter)


def seconds_of(every: str) -> int:
    """The seconds of "45s", "30m", "2h" or "1d"; raises ValueError, with the remedy, for anything else."""
    found = re.fullmatch(r"(\d{1,6})([smhd])", every.strip())
    if not found or int(found[1]) == 0:
        raise ValueError(f"{every!r} is no time to wait; write it as 45s, 30m or 2h")
    return int(found[1]) * UNITS[found[2]]


def load_feeds(path: Path) -> list[Watched]:
    """The feeds of a TOML file of ``[[feed]]`` with ``url`` and, if wanted, ``publisher`` and ``lang``.

    Raises FeedsError for a file that is missing, is not TOML, names a feed twice or has anything else in it.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
        found = tomllib.loads(text)
    except OSError as problem:
        raise FeedsError(f"{path}: cannot be opened ({problem.strerror}); check the path") from None
    except UnicodeDecodeError:
        raise FeedsError(f"{path}: is not UTF-8; save it as UTF-8") from None
    except tomllib.TOMLDecodeError as problem:
        raise FeedsError(f"{path}: is not TOML ({problem}); text stands in quotes, a feed under [[feed]]") from None
    rows = found.get("feed")
    if not isinstance(rows, list) or not rows or found.keys() != {"feed"}:
        raise FeedsError(f'{path}: has to hold [[feed]] entries, each with url = "https://...", and nothing else')
    heads = [line for line, words in enumerate(text.splitlines(), 1) if re.match(r"\s*\[\[\s*feed\s*\]\]", words)]
    lines = heads if len(heads) == len(rows) else [1] * len(rows)
    feeds = [_feed(f"{path}, line {line}", row) for line, row in zip(lines, rows, strict=True)]
    for feed, count in Counter(feed.url for feed in feeds).items():
        if count > 1:
            raise FeedsError(f"{path}: names {feed} {count} times; leave it once")
    return feeds


def _feed(where: str, row: Any) -> Watched:
    if not isinstance(row, dict) or not isinstance(row.get("url"), str):
        raise FeedsError(f'{where}: this feed has no url; add url = "https://..."')
    if unknown := sorted(row.keys() - KEYS):
        raise FeedsError(f"{where}: {unknown[0]!r} is not known; a feed has url, publisher and lang")
    if web_address(row["url"]) is None:
        raise FeedsError(f"{where}: {one_line(row['url'])[:100]!r} is no web address; write it as https://host/feed")
    if not isinstance(row.get("publisher", ""), str):
        raise FeedsError(f"{where}: publisher is no text; put it in quotes")
    if row.get("lang") not in (None, *LANGUAGES):
        raise FeedsError(f"{where}: {row['lang']!r} is not read; known are {', '.join(LANGUAGES)}")
    return Watched(**row)


def watch(
    path: Path,
    every: int | None,
    keep: Keep,
    intake: Intake | None = None,
    tell: Tell = print,
) -> None:
    """Reads the feeds of ``path`` once, or with ``every`` again after so many seconds until Ctrl-C or SIGTERM.

    ``keep`` gets each draft and answers with what it did in a word ("kept", "known", "queued"); a draft whose day
    is not certain comes to it like all others. Of ``intake`` its ``web`` and ``seen`` count: the list and the clock
    say the rest. ``tell`` gets one line a feed, and one for each entry that fails. Raises FeedsError for a broken
    list.
    """
    feeds, usual = load_feeds(path), intake or Intake()
    with _stopping() as stop:
        while not stop.is_set():
            web = replace(usual.web, robots={})  # a robots.txt holds for one pass
            for feed in feeds:
                given = Given(lang=feed.lang, publisher=feed.publisher)
                of_feed = Intake(latest_day(), given, web, _unless(feed, usual.seen))
                tell(_pass(feed, of_feed, keep, tell, stop))
                if stop.is_set():
                    return
            if every is None or stop.wait(every):
                return


@contextmanager
def _stopping() -> Iterator[threading.Event]:
    """An event that Ctrl-C and SIGTERM set; a second one ends the program as usual."""
    stop = threading.Event()
    if threading.current_thread() is not threading.main_thread():
        yield stop
        return
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}

    def ask(number: int, _: object) -> None:
        stop.set()
        signal.signal(number, before[signal.Signals(number)])

    for number in before:
        signal.signal(number, ask)
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _unless(feed: Watched, seen: Callable[[str], bool]) -> Callable[[str], bool]:
    return lambda url: url in feed.done or feed.failed[url] >= TRIES or seen(url)


def _pass(feed: Watched, intake: Intake, keep: Keep, tell: Tell, stop: threading.Event) -> str:
    """Hands over what is new in one feed; the line that says so.

    The feed's state is kept only after the whole of it was read without a failure, so that what failed is tried
    again even where the feed itself has not changed.
    """
    try:
        page = fetch(feed.url, intake.web, feed.last)
        if page.unchanged:
            return f"{feed.url}: unchanged"
        found = read_feed(page.url, page.content, page.charset, page.url)
    except (RefusedError, UnreadableError) as problem:
        return str(refused(feed.url, problem))
    links = {entry.link for entry in found.entries if entry.link}
    did: Counter[str] = Counter()
    for draft in drafts_of_feed(feed.url, found, intake):
        if isinstance(draft, Draft):
            did[keep(draft)] += 1
            feed.done.add(draft.name)
        else:
            tell(f"  {draft}")
            did["refused"] += draft.name in links
            feed.failed[draft.name] += draft.name in links
        if stop.is_set():
            return f"{feed.url}: stopped{_told(did)}"
    feed.done &= links
    feed.failed = Counter({link: count for link, count in feed.failed.items() if link in links})
    again = any(count < TRIES for count in feed.failed.values())
    feed.last = None if again else replace(page, content=b"")
    number = len(found.entries)
    return f"{feed.url}: {number} {'entry' if number == 1 else 'entries'}{_told(did) or ', nothing new'}"


def _told(did: Counter[str]) -> str:
    return "".join(f", {count} {word}" for word, count in did.items() if count)
