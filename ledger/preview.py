"""What adding a report would do to the picture, worked out without writing any of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ledger.current import fact_row
from ledger.facts import Row
from ledger.intake import Kept, Prepared
from ledger.picture import Picture
from ledger.reviews import REJECTED, Review


@dataclass(frozen=True)
class Preview:
    """A report as it would be kept.

    ``kept`` is what ``Ledger.add`` would answer; ``facts`` are as ``Ledger.facts_in`` gives them, with the
    verdicts that would go with them; ``before`` and ``after`` are the pictures without and with those that count.
    The two are one where the ledger has the report already.
    """

    kept: Kept
    facts: list[Row]
    before: Picture
    after: Picture


def told(new: Prepared, voice: str, said: Iterable[Review] = ()) -> list[Row]:
    """The facts of a report that is not kept, in the order of its text; ``voice`` is the publisher of its origin."""
    report = new.report
    about = {
        "report": report.id, "publisher": report.publisher, "voice": voice,
        "published": report.published, "lang": report.lang, "url": report.url,
    }  # fmt: skip
    verdicts = {(report.id, review.fact): review for review in said}
    rows = sorted(new.facts, key=lambda row: (row["char_start"], row["id"]))
    return [fact_row({"fact": row["id"]} | row | about, verdicts) for row in rows]


def counting(facts: Iterable[Row]) -> list[Row]:
    """Those of the facts that nobody has rejected."""
    return [row for row in facts if row["review"] != REJECTED]
