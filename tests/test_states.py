"""The states of a base over time: tables of what was told, and that each is what the picture of that day said."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from ledger.folders import SHIPPED
from ledger.plain import rows_of
from ledger.states import LOOKED_AT, states, told_at
from ledger.store import Ledger
from tests.rows import Row, base, cases, claims_of, day, done, line, nation, picture_of, promise, troops

SITE = "ain-al-asad"
NOTHING: list[str] = []


def told(text: str) -> list[Row]:
    """``09-01 A present, 09-02 B left US`` as facts of 2025."""
    parts = [one.split() for one in text.split(", ")]
    return [base(f"2025-{when}", who, what, force=(*of, "coalition")[0]) for when, who, what, *of in parts]


def said(rows: list[Row], as_of: str, force: str = "US") -> list[str]:
    """Each spell as ``09-01..09-06 present``."""
    found = states(claims_of(rows), SITE, force, day(as_of))
    return [f"{spell['start']:%m-%d}..{spell['end']:%m-%d} {spell['state']}" for spell in found]


IN_SEPTEMBER = promise("2025-08-01", "2025-09")
CASES = [
    ("one report", told("09-01 A present"), "2025-09-07", ["09-01..09-07 present"]),
    ("none yet", told("09-01 A present"), "2025-08-31", NOTHING),
    ("another nation's", told("09-01 A present TR"), "2025-09-07", NOTHING),
    ("another base's", [base("2025-09-01", "A", "present", place="harir")], "2025-09-07", NOTHING),
    ("only a number", [troops("2025-09-01", 5, 5, place=SITE)], "2025-09-07", NOTHING),
    ("told again", told("09-01 A present, 09-05 B present"), "2025-09-07", ["09-01..09-07 present"]),
    ("never ahead", told("09-01 A present, 09-08 B left"), "2025-09-07", ["09-01..09-07 present"]),
    (
        "leaving, then left",
        told("08-01 A present, 08-20 A leaving, 09-05 B left"),
        "2025-09-07",
        ["08-01..08-19 present", "08-20..09-04 leaving", "09-05..09-07 left"],
    ),
    (
        "a quarrel that ends with the next report",
        told("08-01 A present, 08-20 B left, 09-05 C left"),
        "2025-09-07",
        ["08-01..08-19 present", "08-20..09-04 contested", "09-05..09-07 left"],
    ),
    (
        "a deadline that passes without a word",
        [IN_SEPTEMBER, *told("09-01 A present")],
        "2025-10-03",
        ["09-01..09-30 present", "10-01..10-03 overdue"],
    ),
    (
        "the region's deadline, then a report that they left",
        [promise("2025-08-01", "2025-09", place="IQ-AN"), *told("09-01 A present, 10-20 B left")],
        "2025-10-25",
        ["09-01..09-30 present", "10-01..10-19 overdue", "10-20..10-25 left"],
    ),
    (
        "a deed of a wider place",
        [*told("09-01 A present"), done("2025-09-05", "2025-09-04", place="iq-federal")],
        "2025-09-07",
        ["09-01..09-04 present", "09-05..09-07 contested"],
    ),
]


@pytest.mark.parametrize(("rows", "as_of", "spells"), cases(CASES))
def test_spells(rows: list[Row], as_of: str, spells: list[str]) -> None:
    assert said(rows, as_of) == spells


def test_a_nation_has_its_own_states() -> None:
    rows = [*told("09-01 A present, 09-03 A arriving DK"), nation("2025-09-03", "DK")]
    assert said(rows, "2025-09-07", force="DK") == ["09-03..09-07 arriving"]
    assert said(rows, "2025-09-07", force="coalition") == ["09-01..09-07 present"]


def test_a_spell_tells_what_it_rests_on_and_when_it_was_told() -> None:
    rows = told("08-01 A present, 08-05 B present, 08-20 A leaving")
    first, last = states(claims_of(rows), SITE, "US", day("2025-09-07"))
    assert first["facts"][0] == rows[0]["fact"]
    assert (first["told"], last["told"]) == ([day("2025-08-01"), day("2025-08-05")], [day("2025-08-20")])
    assert not first["sampled"]


def test_a_base_of_many_days_is_looked_at_from_the_first_to_the_last() -> None:
    days = [date(2020, 1, 1) + timedelta(20 * n) for n in range(LOOKED_AT * 2)]
    rows = [base(f"{when}", "AB"[n % 2], ["left", "present"][n % 2]) for n, when in enumerate(days)]
    found = states(claims_of(rows), SITE, "US", days[-1])
    assert found[0]["start"] == days[0] and found[-1]["end"] == days[-1]
    assert all(spell["sampled"] for spell in found)


def test_every_spell_is_what_the_picture_of_its_days_says(tmp_path: Path) -> None:
    ledger = Ledger(f"sqlite:///{tmp_path / 'ledger.db'}")
    ledger.fill(*SHIPPED)
    as_of = date(2026, 11, 20)
    last = {(row["place"], row["force"]): row for row in rows_of(ledger.picture(as_of).bases)}
    spells = {of: ledger.states(*of, as_of) for of in last}
    days = sorted({spell[end] for found in spells.values() for spell in found for end in ("start", "end")})
    for when in days[:: max(1, len(days) // 25)]:
        picture = rows_of(ledger.picture(when).bases)
        for (place, force), found in spells.items():
            mine = [r for r in picture if r["place"] == place and r["headline"] == last[place, force]["headline"]]
            mine = [r for r in mine if r["headline"] or r["force"] == force]
            now = [spell["state"] for spell in found if spell["start"] <= when <= spell["end"]]
            assert now == [row["state"] for row in mine], (place, when)
    assert all(found[-1]["state"] == last[of]["state"] for of, found in spells.items())
    ledger.close()


def test_all_that_was_told_of_a_place_comes_newest_first_each_once() -> None:
    rows = [
        *told("07-30 A present, 08-05 B leaving TR, 09-01 C left"),
        IN_SEPTEMBER,
        done("2025-08-20", "2025-08-19"),
        troops("2025-08-10", 5, 5, place=SITE, force="DK"),
        base("2025-08-11", "A", "present", place="harir"),
        promise("2025-08-12", "2025-09", place="IQ-AN"),
    ]
    claims = claims_of(rows)
    found = [telling.fact for telling in told_at(claims, SITE, day("2025-08-31"), 9)]
    assert found == [rows[n]["fact"] for n in (4, 5, 1, 3, 0)]
    assert [telling.fact for telling in told_at(claims, SITE, day("2025-08-31"), 2)] == found[:2]
    assert told_at(claims, "k1", day("2025-08-31"), 9) == []


def test_the_last_state_is_the_pictures() -> None:
    rows = [IN_SEPTEMBER, *told("09-01 A present")]
    found = states(claims_of(rows), SITE, "US", day("2025-10-03"))
    assert found[-1]["state"] == line(picture_of(rows, "2025-10-03").bases)["state"] == "overdue"
