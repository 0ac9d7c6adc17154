"""How a report comes into the ledger: kept once, with its facts, as a voice of its own or a copy of another."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache
from itertools import chain, count

from sqlalchemy import ColumnElement, Connection, Select, bindparam, func, insert, select

from extract import version
from ledger.copies import COPY, alike, bands, content_key, sketch, url_key
from ledger.current import OWN, Stored, latest, revision_of
from ledger.facts import Row, read_facts, same_facts
from ledger.reports import Report
from ledger.schema import bands as band_rows
from ledger.schema import facts, folded, readings, reports
from ledger.search import plain_report

# A text is compared with so many others at most: a band that more of them share is boilerplate.
CANDIDATES = 20
Sketch = tuple[int, ...]


@dataclass(frozen=True)
class Prepared:
    """A report, read and ready to be kept: all that can be worked out before it is the writer's turn."""

    report: Report
    facts: list[Row]
    url_key: str | None
    content_key: str
    sketch: Sketch


@dataclass(frozen=True)
class Kept:
    """What became of a report that was brought in.

    ``id`` is its id in the ledger; ``new`` whether it was kept now; ``why`` it was not: the ledger had the same
    ``url`` or ``text`` (None when new); ``facts`` how many facts were kept with it; ``origin`` the report that
    it is a near copy of, its own id when of none.
    """

    id: str
    new: bool
    why: str | None
    facts: int
    origin: str


def prepared(report: Report) -> Prepared:
    """``report`` with its facts and the keys by which the ledger knows it again."""
    url = url_key(report.url) if report.url else None
    return Prepared(report, read_facts(report), url, content_key(report.text), sketch(report.text))


def foreseen(connection: Connection, new: Prepared) -> Kept:
    """What ``keep`` would answer now; nothing is kept."""
    if known := _known(connection, new):
        return known
    ident = _free(connection, new.report.id)
    return Kept(ident, True, None, len(new.facts), origin_of(connection, new.sketch) or ident)


def keep(connection: Connection, new: Prepared, by: str) -> Kept:
    """Keeps a report unless the ledger has one with the same address or text; a taken id gets a number."""
    ahead = foreseen(connection, new)
    if not ahead.new:
        return ahead
    return _insert(connection, named(new, ahead.id), by, 1, ahead.origin)


def named(new: Prepared, ident: str) -> Prepared:
    """``new`` under the id that is free for it; its facts are read again, for their ids come from the report's."""
    return new if new.report.id == ident else prepared(replace(new.report, id=ident))


def revise(connection: Connection, new: Prepared, by: str) -> Kept:
    """Keeps a report as the newest revision of the one with its id, if anything in it differs; else as ``keep``."""
    old = revision_of(connection, new.report.id)
    if old is None:
        return keep(connection, new, by)
    if all(getattr(old.report, name) == getattr(new.report, name) for name in OWN if name != "retrieved"):
        return Kept(new.report.id, False, "text", 0, old.origin)
    return _insert(connection, new, by, old.revision + 1, old.origin)


def _known(connection: Connection, new: Prepared) -> Kept | None:
    for why, same in (("url", reports.c.url_key == new.url_key), ("text", reports.c.content_key == new.content_key)):
        if (new.url_key or why == "text") and (row := _first(connection, same)):
            return Kept(row.report.id, False, why, 0, row.origin)
    return None


def _first(connection: Connection, same: ColumnElement[bool]) -> Stored | None:
    ident = connection.scalar(select(reports.c.id).where(same).order_by(reports.c.seq).limit(1))
    return revision_of(connection, ident) if ident else None


def _free(connection: Connection, ident: str) -> str:
    """``ident``, or with the first number behind it that no report has."""
    names = chain([ident], (f"{ident}-{number}" for number in count(2)))
    return next(name for name in names if _first(connection, reports.c.id == name) is None)


def origin_of(connection: Connection, drawn: Sketch) -> str | None:
    """The report that the text with this sketch is a near copy of: the first of its group, or None."""
    rows = connection.execute(_candidates(), {"bands": bands(drawn)}) if drawn else ()
    return next((row.origin for row in rows if alike(sketch(row.text), drawn) >= COPY), None)


@cache
def _candidates() -> Select[tuple[str, str]]:
    """The reports that share most of the ``bands``, the likeliest first."""
    shared = (
        select(band_rows.c.report, func.count().label("bands"))
        .where(band_rows.c.band.in_(bindparam("bands", expanding=True)))
        .group_by(band_rows.c.report)
        .order_by(func.count().desc(), band_rows.c.report)
        .limit(CANDIDATES)
        .subquery()
    )
    return (
        select(reports.c.text, reports.c.origin)
        .join(shared, reports.c.seq == shared.c.report)
        .where(latest())
        .order_by(shared.c.bands.desc(), reports.c.seq)
    )


def _insert(connection: Connection, new: Prepared, by: str, revision: int, origin: str) -> Kept:
    values = {name: getattr(new.report, name) for name in OWN} | {
        "revision": revision, "url_key": new.url_key, "content_key": new.content_key, "origin": origin,
        "added_at": datetime.now(UTC), "added_by": by,
    }  # fmt: skip
    _keep_facts(connection, keep_revision(connection, values, new.sketch), new.facts)
    return Kept(new.report.id, True, None, len(new.facts), origin)


def keep_revision(connection: Connection, values: Row, drawn: Sketch) -> int:
    """Adds a row to the reports, with the bands and the words of its text; its ``seq``."""
    seq: int = connection.execute(insert(reports).returning(reports.c.seq), values).scalar_one()
    if marks := [{"band": band, "place": place, "report": seq} for place, band in enumerate(bands(drawn))]:
        connection.execute(insert(band_rows), marks)
    connection.execute(insert(folded), {"report": seq, "text": plain_report(values)})
    return seq


def keep_words(connection: Connection, seq: int, report: Report) -> None:
    """Keeps the words of a revision by which it is found, if this version of the program folds them otherwise."""
    words = plain_report(vars(report))
    last = select(folded.c.text).where(folded.c.report == seq).order_by(folded.c.seq.desc()).limit(1)
    if connection.scalar(last) != words:
        connection.execute(insert(folded), {"report": seq, "text": words})


def keep_reading(connection: Connection, report: int, found: list[Row]) -> bool:
    """Keeps what this version of the extractor read in a report; False when the last version read the same.

    ``report`` is the ``seq`` of a revision, ``found`` its facts (``read_facts``).
    """
    last = connection.execute(
        select(func.coalesce(readings.c.same_as, readings.c.seq).label("seq"))
        .where(readings.c.report == report)
        .order_by(readings.c.seq.desc())
        .limit(1)
    ).scalar()
    before = connection.execute(select(facts).where(facts.c.reading == last)).mappings() if last else ()
    same = last is not None and same_facts([dict(row) for row in before], found)
    _keep_facts(connection, report, found, last if same else None)
    return not same


def _keep_facts(connection: Connection, report: int, found: list[Row], same_as: int | None = None) -> None:
    values = {"report": report, "version": version(), "at": datetime.now(UTC), "same_as": same_as}
    seq = connection.execute(insert(readings).returning(readings.c.seq), values).scalar_one()
    if found and not same_as:
        connection.execute(insert(facts), [row | {"reading": seq} for row in found])
