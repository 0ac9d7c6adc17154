"""Whether the rows of an archive make a ledger: looked at before any of them is brought in."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from extract.model import KEYS
from ledger.archive import FILES, Archive
from ledger.errors import LedgerError
from ledger.lines import Row
from ledger.reviews import CHOICES, CORRECTED, VERDICTS, checked

FACT = re.compile(r"[0-9a-f]{16}")
# How far the clock of another machine may be ahead.
AHEAD = timedelta(days=1)
# Keys without which the picture can say nothing of a fact; others may be unknown.
NEEDED = {"base": ("place",), "troops": (), "deadline": ("place", "date_end"), "nation": ("force",)}


class Contents:
    """What an archive holds, as far as its rows refer to each other.

    ``revisions``: the last one of each report; ``reviewed``: the facts (report, fact) that verdicts are on, with the
    corrections made of them. Neither grows with the number of facts.
    """

    def __init__(self, archive: Archive) -> None:
        """Looks at every row. Raises LedgerError, with file and line, for the first one that cannot be."""
        self.revisions: dict[str, int] = {}
        self.reviewed: dict[tuple[str, str], list[Row]] = {}
        self._readings: dict[tuple[str, int, str], int] = {}
        self._stated: set[tuple[str, str]] = set()
        self._last = (-1, "")
        checks = {"reports": self._report, "readings": self._reading, "reviews": self._review, "facts": self._fact}
        for name, check in checks.items():
            for number, row in enumerate(archive.rows(name), 1):
                try:
                    check(row)
                except (ValueError, LedgerError) as problem:
                    raise archive.error(f"{FILES[name]} line {number}: {problem}") from None
        if missing := self.reviewed.keys() - self._stated:
            report, fact = min(missing)
            raise archive.error(f"{FILES['reviews']}: a verdict on fact {fact}, which no reading of {report} states")

    def _report(self, row: Row) -> None:
        ident, revision = row["id"], row["revision"]
        if not ident or revision != self.revisions.get(ident, 0) + 1:
            raise ValueError(f"revision {revision} of report {ident!r} does not follow the one before it")
        self.revisions[ident] = revision
        if row["origin"] not in self.revisions:
            raise ValueError(f"{ident} is a copy of {row['origin']!r}, which does not stand before it")
        _past(row["added_at"])

    def _reading(self, row: Row) -> None:
        report, revision = row["report"], row["revision"]
        key, earlier = (report, revision, row["version"]), (report, revision, row["same_as"])
        if not 1 <= revision <= self.revisions.get(report, 0):
            raise ValueError(f"a reading of {report!r}, revision {revision}, which is not in the archive")
        if key in self._readings or (row["same_as"] is not None and earlier not in self._readings):
            raise ValueError(f"{report} read twice by one version, or the same as by one that did not read it")
        self._readings[key] = len(self._readings)
        _past(row["at"])

    def _review(self, row: Row) -> None:
        report, fact, changed = row["report"], row["fact"], row["changed"]
        if report not in self.revisions:
            raise ValueError(f"a verdict on report {report!r}, which is not in the archive")
        if row["verdict"] not in VERDICTS:
            raise ValueError(f"verdict {row['verdict']!r} is none of {', '.join(VERDICTS)}")
        if (row["verdict"] == CORRECTED) != bool(changed) or (changed and fact is None):
            raise ValueError(f"{CORRECTED} names the right values of a fact, and only it does")
        if fact is not None:
            self.reviewed.setdefault((report, fact), []).extend([changed] if changed else [])
        _past(row["at"])

    def _fact(self, row: Row) -> None:
        report, ident, kind = row["report"], row["id"], row["kind"]
        reading = self._readings.get((report, row["revision"], row["version"]))
        if reading is None:
            raise ValueError(f"a fact of {report!r}, revision {row['revision']}, but no such reading in the archive")
        if not FACT.fullmatch(ident) or (reading, ident) <= self._last:
            raise ValueError(f"fact {ident!r} stands twice, or not in its place")
        self._last = (reading, ident)
        _said(row)
        if (report, ident) in self.reviewed:
            self._stated.add((report, ident))
            for changed in self.reviewed[report, ident]:
                checked(kind, changed)


def _said(row: Row) -> None:
    """Raises ValueError for a fact that the picture could not show."""
    kind = row["kind"]
    if kind not in KEYS:
        raise ValueError(f"{kind!r} is no kind of fact; these are: {', '.join(KEYS)}")
    for key in KEYS[kind]:
        choices = CHOICES.get((kind, key))
        if (choices and row[key] not in choices) or (key in NEEDED[kind] and row[key] is None):
            raise ValueError(f"{key} of a {kind} cannot be {row[key]!r}")


def _past(moment: datetime) -> None:
    if moment > datetime.now(UTC) + AHEAD:
        raise ValueError(f"{moment:%Y-%m-%d} lies in the future")
