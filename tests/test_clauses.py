"""Facts of whole sentences, in four languages; sentences that state none stay silent.

``tests/cases/clauses.csv``: the facts expected of a text, joined by " + ", in any order, nothing for none:
``base PLACE FORCE STATUS``, ``troops FORCE PLACE COUNT STATUS`` (counts as in numbers.csv),
``deadline PLACE FORCE FIRST..LAST PRECISION STATUS``, ``nation FORCE ROLE``.
"""

from __future__ import annotations

from datetime import date

import pytest

from extract import Fact, extract
from extract.model import Number
from tests.cases import Row, cases
from tests.test_numbers import told as count


def told(fact: Fact) -> str:
    """One fact in the notation of the table."""
    values: dict[str, tuple[str | None, ...]] = {
        "base": (fact.place, fact.force, fact.status),
        "troops": (fact.force, fact.place, _count(fact), fact.status),
        "deadline": (fact.place, fact.force, f"{fact.date_start}..{fact.date_end}", fact.precision, fact.status),
        "nation": (fact.force, fact.role),
    }
    return " ".join((fact.kind, *(value or "-" for value in values[fact.kind])))


def _count(fact: Fact) -> str:
    return count(Number(fact.count_min, fact.count_max, bool(fact.approximate)))


@pytest.mark.parametrize("row", cases("clauses.csv"))
def test_facts_of_a_sentence(row: Row) -> None:
    found = extract(row["text"], date.fromisoformat(row["published"]), row["lang"])
    assert sorted(told(fact) for fact in found) == sorted(filter(None, row["expected"].split(" + ")))
    for fact in found:
        assert row["text"][fact.char_start : fact.char_end] == fact.quote
