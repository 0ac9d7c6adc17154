"""What is new, as a feed: reports with what they state, changes of the picture, deadlines met or passed."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby, islice
from typing import TYPE_CHECKING

from pages.parts.changes import said
from pages.parts.claims import claim, show_key
from pages.parts.data import Row
from pages.parts.evidence import title_of
from pages.parts.wanted import Wanted

if TYPE_CHECKING:
    from ledger.atom import News
    from ledger.changes import Change

REPORTS = 20  # the newest reports that state anything; changes are told as far back as they go
MOST = 100  # entries


def feed(asked: Wanted) -> Iterable[bytes]:
    """The feed as of the day asked for, the newest entry first."""
    from ledger.atom import Feed, atom  # noqa: PLC0415 - not needed by the pages
    from ledger.happenings import happenings  # noqa: PLC0415

    view = asked.view
    told = groupby(view.books.ledger.facts_until(view.as_of), key=lambda row: row["report"])
    reports = {report: list(facts) for report, facts in islice(told, REPORTS)}
    days = [facts[0]["published"] for facts in reports.values()]
    changes = happenings(view.books.ledger.picture, days, view.as_of)  # not by the few pictures kept for visitors
    news = _reports(asked, reports) + [_changed(asked, change) for change in changes]
    news.sort(key=lambda one: one.day, reverse=True)
    word = view.words
    head = Feed(word("brand"), word.lang, asked.page("feed.atom"), asked.page(), view.as_of, word("export.rights"))
    yield atom(head, news[:MOST])


def _reports(asked: Wanted, reports: dict[str, list[Row]]) -> list[News]:
    """An entry a report: what it states, each with its sentence."""
    from ledger.atom import News  # noqa: PLC0415

    word = asked.view.words
    known = asked.view.books.ledger.stored(reports)
    found = []
    for ident, facts in reports.items():
        report = known[ident].report
        lines = [claim(word, fact | {"force": fact["force"] or "coalition"}) for fact in facts]
        quotes = dict.fromkeys(f"“{fact['quote']}”" for fact in facts)
        title = word("feed.report", publisher=report.publisher, title=report.title)
        text = "\n".join([*dict.fromkeys(lines), "", *quotes])
        url = asked.page("reports", report=ident)
        found.append(News(("report", ident), report.published, title, text, "report", url, report.publisher))
    return found


def _changed(asked: Wanted, change: Change) -> News:
    """An entry a change: of what, before and after."""
    from ledger.atom import News  # noqa: PLC0415
    from ledger.happenings import key_of  # noqa: PLC0415

    view = asked.view
    word = view.words
    title = word("feed.change", what=word(f"change.{change.what}"), of=title_of(view, change.kind, change.after))
    before, after = (row and said(view, change, row) for row in (change.before, change.after))
    text = word("feed.from_to", before=before, after=after) if before else str(after)
    show = show_key(change.kind, change.after)
    return News(key_of(change), change.day, title, text, change.what, asked.page(show=show, as_of=str(change.day)))
