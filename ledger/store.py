"""The ledger: reports, what was read in them and what people said of it, kept for good."""

from __future__ import annotations

import threading
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TypeVar

from sqlalchemy import ColumnElement, Connection, func, insert, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from extract import version
from ledger import intake
from ledger.changes import Change, changes
from ledger.claims import Claims
from ledger.copies import url_key
from ledger.current import (
    About,
    Stored,
    Verdicts,
    days,
    facts_about,
    facts_counting,
    facts_of,
    facts_with,
    latest,
    published_before,
    read_last,
    rejected_reports,
    revision_of,
    statements,
    statements_of,
    unreviewed,
    verdicts,
)
from ledger.database import connect, retried, writing
from ledger.days import days_of_change
from ledger.errors import UnknownError
from ledger.facts import Row, read_facts
from ledger.folders import load_reports
from ledger.intake import Kept, Prepared, prepared
from ledger.log import Event, history
from ledger.picture import Picture, picture
from ledger.preview import Preview, counting, told
from ledger.queue import Waiting, queue, weighty
from ledger.reports import Report
from ledger.reviews import ACCEPTED, CORRECTED, Review, row_of
from ledger.schema import facts, readings, reports, reviews
from ledger.settings import ledger_url
from ledger.shelf import Entry, Occurring, Shelf, Wanted, entries_since, with_words
from ledger.states import states, told_at

T = TypeVar("T")
Guard = Callable[[str], None]


def anybody(who: str) -> None:
    """The guard of a ledger that only its owner's programs write to."""


REPORTS = 500  # reports whose facts are held at a time while all are gone through
# What every page and every export asks first: built once.
FIRST_DAY = select(func.min(reports.c.published))
STAMP = select(
    select(func.coalesce(func.max(readings.c.seq), 0)).scalar_subquery(),
    select(func.coalesce(func.max(reviews.c.seq), 0)).scalar_subquery(),
)


class Ledger:
    """Reports, facts and reviews in one database, and the picture that follows from them.

    May be used by several threads, and by several programs at once. Every writing method is one transaction:
    when it returns, what it wrote is on the disk; when it raises a LedgerError, nothing of it is half there.
    Where the database broke off at the very end it may be there as a whole: do it again, nothing is kept twice.
    """

    def __init__(self, url: str | None = None, guard: Guard | None = None) -> None:
        """Opens the database at ``url`` (see ``ledger.settings``) and brings its schema up to date.

        ``guard`` is called with the name of whoever adds a report or says a verdict, before anything is looked at;
        it raises a LedgerError where that may not be. Without one everybody may.
        """
        self.engine = connect(url or ledger_url())
        self._guard = guard or anybody
        self._claims = Claims()
        self._verdicts: Verdicts = {}
        self._seen = (0, 0)
        self._shelf = Shelf()
        self._last_shelved = 0
        self._days: tuple[tuple[int, int], list[date]] = ((0, 0), [])
        self._lock = threading.RLock()

    def close(self) -> None:
        """Lets go of all connections."""
        self.engine.dispose()

    def answers(self) -> bool:
        """Whether the database can be read just now; asked once and not again, unlike all else."""
        try:
            with self.engine.connect() as connection:
                connection.execute(select(reports.c.seq).limit(1))
                return True
        except (DBAPIError, PoolTimeoutError):
            return False

    # Writing ---------------------------------------------------------------------------------------------

    def add(self, report: Report, by: str, said: Sequence[Review] = ()) -> Kept:
        """Keeps ``report`` and the facts read in it, unless the ledger has it already.

        The same report is one with the same address, or the same text under whatever header. ``by`` is who
        brings it in, ``said`` are verdicts on its facts (``preview`` tells their ids), kept in the same
        transaction. A new report with another's id gets a number behind it. Where the database broke off while it
        was kept, and it was tried again, it may be told as one that the ledger had already. Raises LedgerError for
        a verdict that cannot be, or where the guard does.
        """
        for name in dict.fromkeys([by, *(review.who for review in said)]):
            self._guard(name)
        new = prepared(report)
        kinds = {row["id"]: row["kind"] for row in new.facts}
        if lost := [review.fact for review in said if review.fact not in kinds]:
            raise UnknownError(f"{report.id} states no fact {lost[0]}; look at its facts again")
        rows = [row_of(review, kinds[review.fact]) for review in said if review.fact]

        def keep(connection: Connection) -> Kept:
            kept = intake.keep(connection, new, by)
            if kept.new and rows:
                ids = dict(zip(kinds, (row["id"] for row in intake.named(new, kept.id).facts), strict=True))
                own = [row | {"report": kept.id, "fact": ids[row["fact"]]} for row in rows]
                connection.execute(insert(reviews), own)
            return kept

        return self._write(keep)

    def preview(self, report: Report, as_of: date, said: Sequence[Review] = ()) -> Preview:
        """What ``add`` would do with a report and verdicts on its facts, and to the picture of ``as_of``."""
        new = prepared(report)
        with self._lock:
            claims = self.claims()
            # Looked up after the claims were brought up to date: what has the id by now must not be taken out below.
            kept = self._read(lambda connection: intake.foreseen(connection, new))
            voice = report.publisher if kept.origin == kept.id else self.report(kept.origin).publisher
            found = told(new, voice, said)
            before = after = picture(claims, as_of)
            if kept.new:
                try:
                    claims.put(kept.id, counting(found))
                    after = picture(claims, as_of)
                finally:
                    claims.put(kept.id, ())
        return Preview(kept, found, before, after)

    def fill(self, *folders: Path) -> list[Kept]:
        """Brings in what the folders hold (``load_reports``); a file that was changed is a new revision."""
        found = load_reports(*folders)
        known = self.stored(report.id for report in found)
        changed = [report for report in found if report.id not in known or known[report.id].report != report]
        by = f"files in {', '.join(folder.name for folder in folders)}"
        return [self._revise(prepared(report), by) for report in changed]

    def _revise(self, new: Prepared, by: str) -> Kept:
        return self._write(lambda connection: intake.revise(connection, new, by))

    def reread(self, ident: str) -> bool:
        """Reads a report anew where this version of the extractor has not; whether its facts are others now."""
        old = self.stored([ident])[ident]
        found = read_facts(old.report)

        def keep(connection: Connection) -> bool:
            now = revision_of(connection, ident)
            done = select(readings.c.seq).where(readings.c.report == old.seq, readings.c.version == version())
            if now is None or now.seq != old.seq or connection.scalar(done):
                return False  # somebody else was quicker
            intake.keep_words(connection, old.seq, old.report)
            return intake.keep_reading(connection, old.seq, found)

        return self._write(keep)

    def review(self, said: Review) -> None:
        """Keeps a verdict on a fact, or on the whole report.

        The values of a correction may be text as a form gives it (``reviews.checked``). Raises UnknownError when
        the ledger has no such report or fact, LedgerError for a verdict or value that cannot be.
        """
        self._guard(said.who)
        row = row_of(said, self._kind(said))
        same = [reviews.c[name] == row[name] for name in ("report", "fact", "verdict", "who", "at")]

        def keep(connection: Connection) -> None:
            if connection.scalar(select(reviews.c.seq).where(*same)) is None:  # else it is tried again, and is there
                connection.execute(insert(reviews).values(row))

        self._write(keep)

    def _kind(self, said: Review) -> str:
        """The kind of the fact that a verdict is on; of a whole report nothing. Raises UnknownError."""
        if said.fact is None:
            self.report(said.report)
            return ""
        row = self.facts([said.fact]).get(said.fact)
        if row is None or row["report"] != said.report:
            raise UnknownError(
                f"{said.report} states no fact {said.fact}; python -m ledger show {said.report} lists them"
            )
        return str(row["kind"])

    def _write(self, work: Callable[[Connection], T]) -> T:
        def once() -> T:
            with writing(self.engine) as connection:
                return work(connection)

        return retried(once)

    # Reading ---------------------------------------------------------------------------------------------

    def report(self, ident: str) -> Report:
        """The report with this id as it stands now. Raises UnknownError."""
        found = self.stored([ident])
        if ident not in found:
            raise UnknownError(f"the ledger has no report {ident!r}; python -m ledger list shows all")
        return found[ident].report

    def stored(self, ids: Iterable[str]) -> dict[str, Stored]:
        """Those of the reports that the ledger has, by id, in their last revision."""
        wanted = list(ids)
        return self._read(
            lambda connection: {i: found for i in wanted if (found := revision_of(connection, i)) is not None}
        )

    def listing(self, until: date | None = None) -> list[Row]:
        """All reports (published by ``until``), the newest first, without their texts.

        ``report, url, publisher, published, lang, title, summary, note, origin, retrieved, added_at, added_by``,
        ``facts``: how many its last reading found, ``rejected``: whether the whole report was.
        """
        return self._read(lambda c: _listing(c, *([reports.c.published <= until] if until else [])))

    def found(self, wanted: Wanted, until: date) -> list[Entry]:
        """The reports asked for that were published by ``until``, the oldest first."""
        entries, claims = self._shelved(until)
        words = self._read(lambda connection: with_words(connection, wanted.terms)) if wanted.terms else None
        return [
            entry
            for entry in entries
            if (words is None or entry.seq in words) and wanted.fits(entry, claims.told_by(entry.report))
        ]

    def occurring(self, until: date) -> Occurring:
        """What the reports published by ``until`` can be chosen by."""
        entries, claims = self._shelved(until)
        all_of_them = Occurring()
        for entry in entries:
            all_of_them.count(entry, claims.told_by(entry.report))
        return all_of_them

    def cards(self, entries: Iterable[Entry]) -> dict[str, Row]:
        """The rows of ``listing`` of these reports with their ``text``, by id."""
        wanted = [entry.seq for entry in entries]
        rows = self._read(lambda connection: _listing(connection, reports.c.seq.in_(wanted), text=True))
        return {row["report"]: row for row in rows}

    def facts(self, ids: Iterable[str]) -> dict[str, Row]:
        """Those of the facts that last readings state, by id: the keys of ``Ledger.facts_in``."""
        wanted = list(ids)
        return {row["fact"]: row for row in self._read(lambda connection: facts_with(connection, wanted))}

    def facts_about(self, kind: str, force: str, place: str | None, until: date, limit: int | None = None) -> list[Row]:
        """The facts of one kind, force and place (None: not told) published by ``until``, the newest first.

        Corrected where they were, rejected ones left out; the keys are those of ``Ledger.facts_in``.
        """
        asked = About(kind, force, place, until)
        return self._read(lambda connection: facts_about(connection, asked, limit, verdicts(connection)))

    def facts_of_force(self, force: str, until: date, limit: int) -> tuple[list[Row], int]:
        """The newest facts of one force that count, published by ``until``, so many at most, and how many there are.

        The newest come first, those of one report in the order of its text; the keys are those of
        ``Ledger.facts_in``. The coalition's are those of forces that are not named, too.
        """
        with self._lock:
            newest, count = self.claims().newest_of(force, until, limit)
        known = self.facts(newest)
        return [known[fact] for fact in newest if fact in known], count

    def facts_at(self, place: str, until: date, limit: int) -> list[Row]:
        """The newest facts about this very place published by ``until``, of all kinds and forces, newest first."""
        with self._lock:
            told = told_at(self.claims(), place, until, limit)
        known = self.facts(telling.fact for telling in told)
        return [known[telling.fact] for telling in told if telling.fact in known]

    def facts_until(self, until: date) -> Iterator[Row]:
        """All facts that count and were published by ``until``, report by report, the newest first.

        Read piece by piece, with no connection held in between, so that whoever takes them may be slow; what is added
        meanwhile may be among them or not. The keys are those of ``Ledger.facts_in``.
        """
        said, last = self._read(verdicts), None
        while found := self._read(partial(published_before, until=until, last=last, limit=REPORTS)):
            yield from self._read(partial(facts_counting, seqs=[seq for seq, _, _ in found], said=said))
            last = found[-1][1:]

    def facts_in(self, report: str) -> list[Row]:
        """The facts of a report in the order of its text, rejected ones too.

        ``fact, kind``, the keys of facts.md, ``quote, char_start, char_end, speaker, rule``, ``report,
        publisher, voice, published, lang, url``, ``review`` (the last verdict, None without one) and, where it
        was corrected, ``read``: what the extractor had read.
        """
        return self._read(lambda c: facts_of(c, report))

    def orphans(self) -> list[Review]:
        """Reviews whose fact no last reading states any more: nothing to hang on, but not forgotten."""
        said = self._read(verdicts)
        known = self.facts(fact for _, fact in said if fact)
        return [review for (_, fact), review in said.items() if fact and fact not in known]

    def queue(self, as_of: date, limit: int) -> list[Waiting]:
        """The facts published by ``as_of`` that nobody has judged, so many at most, the weightiest first."""
        shown = self.picture(as_of)
        newest = self._read(lambda connection: unreviewed(connection, as_of, limit))
        known = self.facts(weighty(shown)) | {row["fact"]: row for row in newest}
        return queue(known.values(), shown)[:limit]

    def waiting(self, as_of: date) -> int:
        """How many facts published by ``as_of`` nobody has judged."""
        with self._lock:
            claims = self.claims()
            judged = {of for of, said in self._verdicts.items() if of[1] and said.verdict in (ACCEPTED, CORRECTED)}
            stated = chain.from_iterable(claims.told_by(report) for report in {report for report, _ in judged})
            done = sum((told.report, told.fact) in judged and told.published <= as_of for told in stated)
            return claims.number(as_of) - done

    def copies(self, origin: str) -> list[Row]:
        """The rows of ``listing`` of all near copies of the report ``origin``, itself among them."""
        return self._read(lambda connection: _listing(connection, reports.c.origin == origin))

    def unread(self) -> list[str]:
        """The ids of the reports that this version of the extractor has not read yet, the newest first."""
        done = select(readings.c.report).where(readings.c.version == version())
        query = (
            select(reports.c.id)
            .where(latest(), reports.c.seq.not_in(done))
            .order_by(reports.c.published.desc(), reports.c.id)
        )
        return self._read(lambda connection: list(connection.scalars(query)))

    def first_day(self) -> date | None:
        """The day of the oldest report, None without any."""
        return self._read(lambda connection: connection.execute(FIRST_DAY).scalar())

    def has(self, url: str) -> bool:
        """Whether a report with this address is kept."""
        key = url_key(url)
        query = select(reports.c.seq).where(reports.c.url_key == key).limit(1)
        return key is not None and self._read(lambda connection: connection.scalar(query)) is not None

    def number(self, until: date) -> int:
        """How many reports published by ``until`` count: those rejected as a whole do not."""
        return bisect_right(self._published(), until)

    def newest(self, until: date) -> date | None:
        """The day of the newest report published by ``until`` that counts, None without any."""
        published = self._published()
        count = bisect_right(published, until)
        return published[count - 1] if count else None

    def _published(self) -> list[date]:
        """The days of all reports that count, in order."""
        stamp = self.stamp()
        if self._days[0] != stamp:
            self._days = stamp, self._read(days)
        return self._days[1]

    def stamp(self) -> tuple[int, int]:
        """The last reading and the last review: two stamps are equal when nothing was added in between."""
        reading, review = self._read(lambda connection: connection.execute(STAMP).one())
        return reading, review

    def history(self, last: int | None = None) -> list[Event]:
        """What was added, when and by whom, the latest at the end; the last so many events if given."""
        return self._read(lambda connection: history(connection, last))

    def _read(self, work: Callable[[Connection], T]) -> T:
        def once() -> T:
            with self.engine.connect() as connection:
                return work(connection)

        return retried(once)

    # The picture -----------------------------------------------------------------------------------------

    def picture(self, as_of: date, known: date | None = None) -> Picture:
        """The picture of the day ``as_of`` as it was known on ``known`` (the same day unless given)."""
        with self._lock:
            return picture(self.claims(), as_of, known)

    def _shelved(self, until: date) -> tuple[Sequence[Entry], Claims]:
        """The reports published by ``until``, the oldest first, and the facts that count, both up to date."""
        with self._lock:
            claims = self.claims()
            reading = self._seen[0]
            if reading != self._last_shelved:
                since = self._last_shelved
                self._shelf.put(self._read(lambda connection: entries_since(connection, since)))
                self._last_shelved = reading
            return self._shelf.until(until), claims

    def states(self, place: str, force: str, as_of: date) -> list[Row]:
        """The states of a base until ``as_of``, of the side of ``force`` (``ledger.states.states``), oldest first."""
        with self._lock:
            return states(self.claims(), place, force, as_of)

    def changes(self, start: date, end: date) -> list[Change]:
        """What changed from the picture of ``start`` to that of ``end``, the oldest change first."""
        return changes(self.picture(start), self.picture(end))

    def days_of_change(self, deadlines: Iterable[Row], until: date) -> list[tuple[date, int]]:
        """On which days up to ``until`` how much changed (see ``ledger.days``)."""
        with self._lock:
            return days_of_change(self.claims(), deadlines, until)

    def claims(self) -> Claims:
        """All facts that count, up to date with the database."""
        with self._lock:
            stamp = self.stamp()
            if stamp != self._seen:
                self._read(self._catch_up)
                self._seen = stamp
            return self._claims

    def _catch_up(self, connection: Connection) -> None:
        """Takes in what was read and said since it last looked."""
        reading, review = self._seen
        before = self._verdicts
        new = {
            of: said
            for of, said in verdicts(connection, reviews.c.seq > review).items()
            if of not in before or said.at >= before[of].at
        }
        self._verdicts |= new
        for ident, rows in statements(connection, reading, self._verdicts):
            self._claims.put(ident, rows)
        if review or reading:
            for ident, rows in statements_of(connection, {ident for ident, _ in new}, self._verdicts):
                self._claims.put(ident, rows)


def _listing(connection: Connection, *which: ColumnElement[bool], text: bool = False) -> list[Row]:
    number = (
        select(func.count())
        .where(facts.c.reading == func.coalesce(readings.c.same_as, readings.c.seq))
        .correlate(readings)
        .scalar_subquery()
    )
    names = ["url", "publisher", "published", "lang", "title", "summary", "note", "origin", "retrieved"]
    names += ["text"] if text else []
    query = (
        select(
            reports.c.id.label("report"), *(reports.c[name] for name in (*names, "added_at", "added_by")),
            number.label("facts"),
        )
        .join(readings, readings.c.report == reports.c.seq)
        .where(latest(), read_last(), *which)
        .order_by(reports.c.published.desc(), reports.c.id.desc())
    )  # fmt: skip
    rows = [dict(row) for row in connection.execute(query).mappings()]
    rejected = rejected_reports(connection)
    return [row | {"rejected": row["report"] in rejected} for row in rows]
