"""What people said of facts and reports: verdicts, and the corrections that go with them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from babel import Locale

from extract.model import KEYS
from extract.tables import forces, places
from ledger.errors import LedgerError

Row = dict[str, Any]

ACCEPTED, REJECTED, CORRECTED, REOPENED = VERDICTS = ("accepted", "rejected", "corrected", "reopened")
# What a key may say, from facts.md; the other keys are free within their type.
CHOICES: dict[tuple[str, str], tuple[str, ...]] = {
    ("base", "status"): ("present", "leaving", "left", "arriving"),
    ("troops", "status"): ("present", "past", "planned", "leaving", "left", "arriving"),
    ("deadline", "status"): ("planned", "done"),
    ("deadline", "event"): ("mission_end", "withdrawal", "handover", "transfer"),
    ("deadline", "precision"): ("day", "week", "month", "quarter", "half", "year"),
    ("nation", "role"): ("coalition", "nato", "bilateral"),
}
# Keys that a corrected fact may leave open: an unknown place of troops, the open end of a range or window.
OPEN = {("troops", "place"), ("troops", "count_min"), ("troops", "count_max"), ("deadline", "date_start")}
SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
# More soldiers than any army has: a slip of the keyboard.
MOST = 10_000_000


@dataclass(frozen=True)
class Review:
    """One verdict: ``fact`` is the id of a fact, or None when the whole report is meant.

    ``changed`` holds the keys that a correction replaces, with their right values (days as ``datetime.date``);
    ``reopened`` takes an earlier verdict back. ``at`` is when it was said, now unless given.
    """

    report: str
    fact: str | None
    verdict: str
    who: str
    changed: Mapping[str, Any] | None = None
    why: str | None = None
    at: datetime = field(default_factory=lambda: datetime.now(UTC))


def corrected(row: Row, changed: Mapping[str, Any]) -> Row:
    """``row`` with the corrected values, what the reader had read kept under ``read``."""
    return row | dict(changed) | {"read": {key: row[key] for key in changed}}


def checked(kind: str, changed: Mapping[str, Any]) -> dict[str, Any]:
    """The corrected values of a fact of ``kind`` in their own types.

    Takes text as it comes from a form or the command line. Raises LedgerError for an unknown key and for a value
    that the key cannot have, and says which it can.
    """
    unknown = [key for key in changed if key not in KEYS[kind]]
    if unknown:
        raise LedgerError(f"a {kind} has no {unknown[0]!r}; it has {', '.join(KEYS[kind])}")
    if not changed:
        raise LedgerError(f"a correction names what is to be changed: {', '.join(KEYS[kind])}")
    values = {key: _value(kind, key, value) for key, value in changed.items()}
    for low, high in (("count_min", "count_max"), ("date_start", "date_end")):
        if values.get(low) is not None and values.get(high) is not None and values[low] > values[high]:
            raise LedgerError(f"{low} {values[low]} lies after {high} {values[high]}; turn them round")
    return values


def _value(kind: str, key: str, value: Any) -> Any:
    if value is None or value == "":
        if (kind, key) in OPEN:
            return None
        raise LedgerError(f"{key} of a {kind} cannot be empty; reject the fact if it is not stated")
    if choices := CHOICES.get((kind, key)):
        return _one_of(key, str(value), choices)
    if key in ("date_start", "date_end"):
        return _day(key, value)
    if key in ("count_min", "count_max"):
        return _count(key, value)
    if key == "approximate":
        return _one_of(key, str(value).lower(), ("true", "false")) == "true"
    return _force(str(value)) if key == "force" else _place(str(value))


def _one_of(key: str, value: str, choices: tuple[str, ...]) -> str:
    if value not in choices:
        raise LedgerError(f"{key} cannot be {value!r}; it is one of {', '.join(choices)}")
    return value


def _day(key: str, value: Any) -> date:
    try:
        return value if isinstance(value, date) else date.fromisoformat(str(value))
    except ValueError:
        raise LedgerError(f"{key}: {value!r} is no day; write it as YYYY-MM-DD") from None


def _count(key: str, value: Any) -> int:
    text = str(value)
    if not text.isdecimal() or int(text) > MOST:
        raise LedgerError(f"{key}: {text!r} is no number of persons; write it in digits, such as 2500")
    return int(text)


def _force(value: str) -> str:
    if value not in _alliances() and not _is_country(value):
        raise LedgerError(f"force {value!r} is not known; write ISO 3166-1 (US, FR) or {', '.join(_alliances())}")
    return value


def _is_country(value: str) -> bool:
    return len(value) == 2 and value.isalpha() and value in Locale("en").territories


def _alliances() -> list[str]:
    return [force for force, kind in forces().items() if kind == "alliance"]


def _place(value: str) -> str:
    if value in places() or _is_country(value) or SLUG.fullmatch(value):
        return value
    raise LedgerError(f"place {value!r} is not known; write an id of data/places.csv, ISO 3166, or a slug (camp-name)")


def row_of(said: Review, kind: str) -> Row:
    """The row of the table reviews for a verdict on a fact of ``kind`` ("" for a whole report).

    Raises LedgerError for a verdict or a value that cannot be.
    """
    whole, correction = said.fact is None, said.verdict == CORRECTED
    if said.verdict not in VERDICTS or correction != bool(said.changed) or (whole and correction):
        raise LedgerError(f"a verdict is one of {', '.join(VERDICTS)}; {CORRECTED} names the right values of a fact")
    changed = plain(checked(kind, said.changed)) if said.changed else None
    return vars(said) | {"changed": changed}


def plain(changed: Mapping[str, Any]) -> dict[str, Any]:
    """Corrected values as JSON has them: days as text."""
    return {key: value.isoformat() if isinstance(value, date) else value for key, value in changed.items()}


def typed(changed: Mapping[str, Any]) -> dict[str, Any]:
    """The values that ``plain`` gave, in their own types."""
    days = {"date_start", "date_end"}
    return {key: date.fromisoformat(value) if key in days and value else value for key, value in changed.items()}
