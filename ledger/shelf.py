"""The shelf: what every list of reports begins with, kept in memory; texts and titles stay in the database."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from sqlalchemy import Connection, select

from ledger.current import latest
from ledger.schema import folded, readings, reports
from ledger.tellings import Claim, Telling


class Entry(NamedTuple):
    """One report as it stands now. Entries sort by day and id.

    ``seq`` is its last revision's, ``origin`` the report that it is a near copy of, or its own id.
    """

    published: date
    report: str
    seq: int
    origin: str
    publisher: str
    lang: str


@dataclass(frozen=True)
class Wanted:
    """What reports are asked for: by the ``terms`` of a search, publisher, language, and the kind and the place of a
    fact that counts (of one and the same fact where both are given). What is empty asks for nothing."""

    terms: tuple[str, ...] = ()
    publisher: str = ""
    lang: str = ""
    kind: str = ""
    place: str = ""

    def fits(self, entry: Entry, stated: Iterable[Telling]) -> bool:
        """Whether a report with these facts is one of them, whatever its words."""
        return (
            self.publisher in ("", entry.publisher)
            and self.lang in ("", entry.lang)
            and (not (self.kind or self.place) or any(self._states(telling.claim) for telling in stated))
        )

    def _states(self, claim: Claim) -> bool:
        return self.kind in ("", claim.kind) and self.place in ("", claim.place)


@dataclass
class Occurring:
    """How many reports are of each publisher and language, and state a fact of each kind and place."""

    publishers: Counter[str] = field(default_factory=Counter)
    langs: Counter[str] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    places: Counter[str] = field(default_factory=Counter)

    def count(self, entry: Entry, stated: Iterable[Telling]) -> None:
        """Counts one report with its facts."""
        claims = [telling.claim for telling in stated]
        self.publishers[entry.publisher] += 1
        self.langs[entry.lang] += 1
        self.kinds.update({claim.kind for claim in claims})
        self.places.update({claim.place for claim in claims if claim.place})


class Shelf:
    """The last revisions of all reports in the order of publication."""

    def __init__(self) -> None:
        self._entries: list[Entry] = []

    def put(self, entries: Iterable[Entry]) -> None:
        """Takes reports in, each in place of its earlier revision."""
        if new := {entry.report: entry for entry in entries}:
            self._entries = sorted([*(entry for entry in self._entries if entry.report not in new), *new.values()])

    def until(self, day: date) -> Sequence[Entry]:
        """The reports published by ``day``, the oldest first."""
        return self._entries[: bisect_right(self._entries, day, key=lambda entry: entry.published)]


def entries_since(connection: Connection, reading: int) -> list[Entry]:
    """The reports that were read after the reading ``reading``."""
    read = select(readings.c.report).where(readings.c.seq > reading)
    columns = (reports.c[name] for name in ("published", "id", "seq", "origin", "publisher", "lang"))
    query = select(*columns).where(latest())
    return [Entry(*row) for row in connection.execute(query.where(reports.c.seq.in_(read)) if reading else query)]


def with_words(connection: Connection, terms: Sequence[str]) -> set[int]:
    """The revisions (``seq``) in whose words all terms (``ledger.search.terms``) occur."""
    # Terms hold letters, digits and spaces only: nothing that means anything to LIKE.
    query = select(folded.c.report).where(*(folded.c.text.like(f"%{term}%") for term in terms))
    return set(connection.scalars(query))
