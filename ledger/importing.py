"""An archive brought into a ledger: what the ledger has is left, the rest is added, all of it or nothing.

Into an empty ledger everything comes as it was. Otherwise the ledger has a report when one with the same id and text,
with the same text or with the same address is there, and then

* further revisions are added as long as those that both have are the same text; where one differs, the ledger's
  stays, the archive's is left out, and the summary names the report;
* a revision that the ledger has keeps its own readings;
* a verdict is added where the ledger has it not; of two on one thing the later said one counts, as always.

A new report whose id is taken by another one gets a number behind it, and its facts ids to match.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import count, islice
from pathlib import Path

from sqlalchemy import Connection, Table, insert, select

from ledger.archive import Archive, opened
from ledger.checking import Contents
from ledger.copies import content_key, sketch, url_key
from ledger.database import retried, writing
from ledger.facts import fact_id
from ledger.intake import Sketch, keep_revision, origin_of
from ledger.lines import COLUMNS, Row, all_of, line_of
from ledger.schema import facts, readings, reports, reviews
from ledger.store import Ledger

OWN = tuple(column.name for column in facts.c if column.name != "reading")
AT_ONCE = 5_000  # rows in memory
NAMED = 5  # reports named in a summary


@dataclass
class Imported:
    """What became of an archive: rows ``added`` and rows that were ``there``, by table; ids that reports got here
    instead of theirs; ids of reports whose text differs here."""

    added: Counter[str] = field(default_factory=Counter)
    there: Counter[str] = field(default_factory=Counter)
    renamed: dict[str, str] = field(default_factory=dict)
    differing: set[str] = field(default_factory=set)

    def __str__(self) -> str:
        told = ", ".join(f"{self.added[name]:,} {name}" for name in COLUMNS)
        parts = [f"{told} added; there already: {self.there['reports']:,} reports, {self.there['reviews']:,} reviews"]
        if self.renamed:
            parts.append(f"under another id: {_some(f'{old} as {new}' for old, new in self.renamed.items())}")
        if self.differing:
            parts.append(f"left as they stand here, because the texts differ: {_some(sorted(self.differing))}")
        return "; ".join(parts)


def _some(told: Iterable[str]) -> str:
    words = list(told)
    more = len(words) - NAMED
    return ", ".join(words[:NAMED]) + (f" and {more:,} more" if more > 0 else "")


def bring_in(ledger: Ledger, path: Path) -> Imported:
    """Adds what the archive at ``path`` holds, after all of it was looked at, in one transaction.

    Raises LedgerError for an archive that is none, is damaged or holds a row that cannot be: nothing is added then.
    """
    with opened(path) as archive:
        contents = Contents(archive)

        def once() -> Imported:
            with writing(ledger.engine) as connection:
                return _Import(connection, archive, contents).run()

        return retried(once)


class _Import:
    """One archive on its way into one ledger."""

    def __init__(self, connection: Connection, archive: Archive, contents: Contents) -> None:
        self._connection, self._archive, self._contents = connection, archive, contents
        self._done = Imported()
        self._names: dict[str, str] = {}  # ids of reports in the archive: their ids here
        self._seqs: dict[tuple[str, int], int] = {}  # revisions added, by the archive's ids
        self._fact_ids: dict[tuple[str, str], str] = {}  # facts with verdicts that have another id here
        # What the ledger has: the contents of revisions, the origins of reports, reports by address and by content.
        self._keys: dict[tuple[str, int], str] = {}
        self._origins: dict[str, str] = {}
        self._known: dict[str, str] = {}
        columns = (reports.c[name] for name in ("id", "revision", "origin", "url_key", "content_key"))
        for row in connection.execute(select(*columns).order_by(reports.c.seq)):
            self._keys[row.id, row.revision] = row.content_key
            self._origins[row.id] = row.origin
            for key in filter(None, (row.url_key, row.content_key)):
                self._known.setdefault(key, row.id)

    def run(self) -> Imported:
        """Adds what is new of all tables, in the order in which they refer to each other."""
        for row in self._archive.rows("reports"):
            self._report(row)
        self._insert(facts, self._facts(self._readings()))
        self._insert(reviews, self._reviews())
        return self._done

    def _insert(self, table: Table, rows: Iterator[Row]) -> None:
        while some := list(islice(rows, AT_ONCE)):
            self._connection.execute(insert(table), some)
            self._done.added[table.name] += len(some)

    def _report(self, row: Row) -> None:
        ident, revision, content = row["id"], row["revision"], content_key(row["text"])
        url = url_key(row["url"]) if row["url"] else None
        if revision == 1:
            self._names[ident] = self._name(ident, url, content)
        name = self._names[ident]
        there = self._keys.get((name, revision))
        if ident in self._done.differing or there not in (None, content):
            self._done.differing.add(ident)
        elif there:
            self._done.there["reports"] += 1
        else:
            drawn = sketch(row["text"])
            if revision == 1:
                self._origins[name] = self._origin(row, drawn)
            changed = {"id": name, "origin": self._origins[name], "url_key": url, "content_key": content}
            self._keys[name, revision] = content
            self._seqs[ident, revision] = keep_revision(self._connection, row | changed, drawn)
            self._done.added["reports"] += 1

    def _name(self, ident: str, url: str | None, content: str) -> str:
        """The id here of a report whose first revision has this address and content."""
        if self._keys.get((ident, 1)) == content:
            return ident
        if known := self._known.get(content) or self._known.get(url or ""):
            return known
        if ident not in self._origins:
            return ident
        names = (f"{ident}-{number}" for number in count(2))
        free = next(name for name in names if name not in self._origins and name not in self._contents.revisions)
        return self._done.renamed.setdefault(ident, free)

    def _origin(self, row: Row, drawn: Sketch) -> str:
        """The report that a new one is a near copy of, here; itself if of none."""
        if row["origin"] != row["id"]:
            return self._origins[self._names[row["origin"]]]
        return (self._known and origin_of(self._connection, drawn)) or self._names[row["id"]]

    def _readings(self) -> dict[tuple[str, int, str], int]:
        """Adds the readings of the revisions added; their ``seq`` by the archive's report, revision and version."""
        seqs: dict[tuple[str, int, str], int] = {}
        for row in self._archive.rows("readings"):
            report, revision, same_as = row["report"], row["revision"], row["same_as"]
            if seq := self._seqs.get((report, revision)):
                values = {"report": seq, "version": row["version"], "at": row["at"]}
                values["same_as"] = seqs[report, revision, same_as] if same_as else None
                added = self._connection.execute(insert(readings).returning(readings.c.seq), values)
                seqs[report, revision, row["version"]] = added.scalar_one()
        self._done.added["readings"] = len(seqs)
        return seqs

    def _facts(self, seqs: dict[tuple[str, int, str], int]) -> Iterator[Row]:
        for row in self._archive.rows("facts"):
            report, ident, reading = row["report"], row["id"], (row["report"], row["revision"], row["version"])
            if self._names[report] != report:
                row["id"] = fact_id(self._names[report], row)
                if (report, ident) in self._contents.reviewed:
                    self._fact_ids[report, ident] = row["id"]
            if reading in seqs:
                yield {name: row[name] for name in OWN} | {"reading": seqs[reading]}

    def _reviews(self) -> Iterator[Row]:
        there = {line_of(dict(row)) for row in self._connection.execute(all_of("reviews")).mappings()}
        for row in self._archive.rows("reviews"):
            report, fact = row["report"], row["fact"]
            said = row | {"report": self._names[report], "fact": self._fact_ids.get((report, fact), fact)}
            if line_of(said) in there:
                self._done.there["reviews"] += 1
            else:
                yield said
