"""What holds for every picture, and the pictures of the hand-read facts on days that matter."""

from __future__ import annotations

import json
import time
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from ledger.claims import Claims
from ledger.picture import Picture, coming_deadlines, last_deadline, next_deadline, picture
from ledger.told import HALF, MOST
from tests.rows import Row, base, cases, claims_of, day, done, line, lines, nation, picture_of, promise, troops

TABLES = ("bases", "troops", "deadlines", "nations")


def test_no_facts_give_empty_tables_with_the_same_columns() -> None:
    told = [promise("2025-08-01", "2025-09"), troops("2025-01-01", 70, 70), nation("2025-01-01", "FI")]
    empty, full = picture_of([], "2025-09-07"), picture_of(told, "2025-09-07")
    assert empty.newest is None
    for name in TABLES:
        table = getattr(empty, name)
        assert len(table) == 0
        assert (table.dtypes == getattr(full, name).dtypes).all()


def as_text(shown: Picture) -> list[str]:
    return [str(shown.newest), *(str(lines(getattr(shown, name))) for name in TABLES)]


DAYS = st.dates(date(2025, 8, 1), date(2025, 11, 30)).map(date.isoformat)
PUBLISHERS = st.sampled_from("ABC")
FORCES = st.sampled_from(["coalition", "US", "FR", "nato"])
PLACES = st.sampled_from(["ain-al-asad", "harir", "IQ-AN", "IQ-KR", "iq-federal", "IQ", "SY"])
SITES = st.sampled_from(["ain-al-asad", "harir", "al-tanf"])
WINDOWS = st.sampled_from(["2025", "2025-08", "2025-09", "2025-10-15", "2026", "2026-09", "2011"])
EVENTS = st.sampled_from(["mission_end", "withdrawal", "handover", "transfer"])
FACTS = st.one_of(
    st.builds(base, DAYS, PUBLISHERS, st.sampled_from(["present", "leaving", "left", "arriving"]), SITES,
              st.one_of(FORCES, st.none())),
    st.builds(promise, DAYS, WINDOWS, PUBLISHERS, place=PLACES, force=FORCES, event=EVENTS,
              status=st.sampled_from(["planned", "done"])),
    st.builds(troops, DAYS, st.just(10), st.sampled_from([10, None]), PUBLISHERS, place=PLACES, force=FORCES,
              status=st.sampled_from(["present", "left", "planned"])),
    st.builds(nation, DAYS, FORCES, st.sampled_from(["coalition", "nato"]), PUBLISHERS),
)  # fmt: skip


@settings(max_examples=40, deadline=None, phases=[Phase.generate], derandomize=True)
@given(st.lists(FACTS, max_size=25), DAYS, st.randoms(use_true_random=False))
def test_nothing_looks_ahead_and_the_order_of_files_does_not_matter(told: list[Row], as_of: str, random: Any) -> None:
    known = [row for row in told if row["published"] <= day(as_of)]
    shown = picture_of(told, as_of)
    random.shuffle(told)
    assert as_text(shown) == as_text(picture_of(known, as_of)) == as_text(picture_of(told, as_of))
    ids = {row["fact"] for row in known}
    for name in TABLES:
        for row in lines(getattr(shown, name)):
            assert row["facts"], "every row rests on a fact"
            assert {*row["facts"], *row["others"]} <= ids
            assert not set(row["facts"]) & set(row["others"])


@settings(max_examples=40, deadline=None, phases=[Phase.generate], derandomize=True)
@given(st.lists(FACTS, max_size=25), DAYS, DAYS)
def test_nothing_is_known_that_was_told_after_the_day_known(told: list[Row], as_of: str, known: str) -> None:
    read = [row for row in told if row["published"] <= day(known)]
    shown = picture_of(told, as_of, known)
    assert as_text(shown) == as_text(picture_of(read, as_of, known))
    if known > as_of:
        deeds = [row for row in read if row.get("status") == "done" and row["date_end"] <= day(as_of)]
        counts = [row for row in read if row["published"] <= day(as_of) or row in deeds]
        assert as_text(shown) == as_text(picture_of(counts, as_of, known))
    assert (shown.as_of, shown.known) == (day(as_of), day(known))


@settings(max_examples=40, deadline=None, phases=[Phase.generate], derandomize=True)
@given(st.lists(FACTS, max_size=25), st.lists(st.tuples(st.integers(0, 24), DAYS), max_size=8))
def test_reports_put_taken_out_and_put_again_leave_no_trace(told: list[Row], steps: list[tuple[int, str]]) -> None:
    claims = claims_of(told)
    for at, as_of in steps:  # a picture in between puts together what is then kept
        report = told[at % len(told)]["report"] if told else "none"
        claims.put(report, [])
        without = [row for row in told if row["report"] != report]
        assert as_text(picture(claims, day(as_of))) == as_text(picture_of(without, as_of))
        claims.put(report, [row for row in told if row["report"] == report])
        assert as_text(picture(claims, day(as_of))) == as_text(picture_of(told, as_of))


CLOCKS = [
    # what was told; the day looked at, the day known; state of the deadline, state of the base
    ("as it was known then", "2025-10-05", "2025-10-05", "passed", "overdue"),
    ("as it is known today", "2025-10-05", "2026-02-01", "met", "left"),
    ("the day before the deed", "2025-09-27", "2026-02-01", "due", "present"),
    ("told the day before it was known", "2025-10-05", "2025-10-19", "passed", "overdue"),
    ("what was expected", "2025-10-05", "2025-08-15", "passed", "overdue"),
    ("and earlier", "2025-09-15", "2025-08-15", "due", "present"),
]


@pytest.mark.parametrize(("as_of", "known", "deadline", "state"), cases(CLOCKS))
def test_two_clocks(as_of: str, known: str, deadline: str, state: str) -> None:
    told = [
        promise("2025-08-01", "2025-09"),
        base("2025-08-10", "A", "present"),
        done("2025-10-20", "2025-09-28", "B"),
        base("2025-10-21", "B", "arriving"),  # told later and no deed: never known on an earlier day
        troops("2025-10-22", 5, 5, place="harir"),
        promise("2025-10-23", "2027", place="SY"),
        nation("2025-10-24", "FI"),
    ]
    shown = picture_of(told, as_of, known)
    assert line(shown.deadlines)["state"] == deadline
    assert line(shown.bases)["state"] == state
    assert (len(shown.troops), len(shown.nations)) == (0, 0)


def test_copies_of_one_text_are_one_voice_and_keep_their_publisher() -> None:
    told = [base("2025-09-01", "A", "present"), base("2025-09-02", "B", "left") | {"voice": "A"}]
    assert line(picture_of(told, "2025-09-07").bases)["state"] == "left"
    told = [promise("2025-08-01", "2025-09"), done("2025-09-20", "2025-09-20", "B"), base("2025-09-25", "C", "present")]
    assert line(picture_of(told, "2025-10-05").deadlines)["state"] == "passed"  # denied by another voice
    copy = done("2025-09-21", "2025-09-20", "D")
    assert line(picture_of([*told, copy | {"voice": "B"}], "2025-10-05").deadlines)["state"] == "passed"
    shown = line(picture_of([*told, copy], "2025-10-05").deadlines)
    assert (shown["state"], shown["history"][-1]["publisher"]) == ("met", "D")


def test_a_row_names_the_deciding_facts_first_and_no_more_than_a_page_can_show() -> None:
    days = [(date(2025, 1, 1) + timedelta(days=n)).isoformat() for n in range(200)]
    told = [base(when, "A", "present") for when in days] + [troops(when, 9, 9) for when in days]
    told += [troops(when, 8, 8, status="planned") for when in days]
    shown = picture_of(told, "2025-12-01")
    found = line(shown.bases)
    assert (found["since"], found["published"]) == (day(days[0]), day(days[-1]))
    assert found["facts"] == [row["fact"] for row in reversed(told[200 - HALF : 200])]
    number = line(shown.troops)
    assert number["facts"] == [row["fact"] for row in reversed(told[400 - MOST : 400])]
    assert number["others"] == [row["fact"] for row in reversed(told[600 - HALF :])]


REPORTS = Path(__file__).parents[2] / "shared" / "reports"


@pytest.fixture(scope="module")
def hand_read() -> Claims:
    """The facts of ../shared/reports as a person read them."""
    if not REPORTS.is_dir():
        pytest.skip("../shared/reports (the hand-read facts) is not here")
    rows = []
    for path in sorted(REPORTS.glob("*.json")):
        report = json.loads(path.read_text(encoding="utf-8"))
        about = {k: report[k] for k in ("publisher", "lang", "url")} | {
            "report": report["id"],
            "voice": report["publisher"],
            "rule": "by-hand",
        }
        for number, fact in enumerate(report["facts"]):
            days = {k: day(fact[k]) for k in ("date_start", "date_end") if fact.get(k)}
            known = {"fact": f"{report['id']}#{number}", "published": day(report["published"])}
            rows.append(fact | days | about | known)
    return claims_of(rows)


def test_as_of_7_september_2025(hand_read: Claims) -> None:
    shown = picture(hand_read, day("2025-09-07"))
    coming = coming_deadlines(shown)
    assert (coming[0]["place"], coming[0]["date_end"], coming[0]["state"]) == ("IQ", day("2025-09-30"), "due")
    behind = [row for row in coming if row["date_end"] > day("2025-09-30")]
    assert {row["date_end"] for row in behind} == {day("2026-09-30")}
    assert "IQ-KR" in {row["place"] for row in behind}
    assert line(shown.troops, force="US", place="IQ")["count_max"] == 2500
    assert line(shown.nations, force="FI")["gone"] is True


def test_as_of_november_2025_a_claim_was_denied(hand_read: Claims) -> None:
    said = picture(hand_read, day("2025-11-10")).bases
    assert line(said, place="ain-al-asad", headline=True)["state"] == "contested"
    shown = picture(hand_read, day("2025-11-28"))
    assert line(shown.bases, place="victoria")["state"] == "overdue"
    assert line(shown.deadlines, place="IQ-BG", force="coalition")["state"] == "passed"


def test_as_of_20_january_2026(hand_read: Claims) -> None:
    shown = picture(hand_read, day("2026-01-20"))
    for place in ("IQ-BG", "IQ-AN", "victoria", "ain-al-asad"):
        found = line(shown.deadlines, place=place, force="coalition")
        assert (found["state"], found["met_on"], found["days_late"]) == ("met_late", day("2026-01-18"), 110)
    assert line(shown.bases, place="victoria")["state"] == "left"
    assert line(shown.bases, place="harir")["state"] == "present"
    following = next_deadline(shown)
    assert following is not None
    assert following["date_end"] == day("2026-09-30")


def test_as_of_23_november_2026(hand_read: Claims) -> None:
    shown = picture(hand_read, day("2026-11-23"))
    last = last_deadline(shown)
    assert next_deadline(shown) is None
    assert last is not None
    assert (last["place"], last["force"], last["date_end"]) == ("IQ", "coalition", day("2026-09-30"))
    assert (last["state"], last["event"], last["days_late"]) == ("met", "mission_end", 0)
    assert line(shown.bases, place="harir")["state"] == "overdue"
    assert line(shown.bases, place="erbil-air-base", headline=True)["state"] == "left"
    assert line(shown.nations, force="nato")["gone_on"] == day("2026-03-20")
    assert not line(shown.nations, force="ES")["gone"]


def test_a_picture_is_drawn_fast(hand_read: Claims) -> None:
    took = []
    for _ in range(5):
        begin = time.perf_counter()
        picture(hand_read, day("2026-11-23"))
        took.append(time.perf_counter() - begin)
    assert min(took) < 0.06


def test_days_are_days(hand_read: Claims) -> None:
    table = picture(hand_read, day("2026-11-23")).deadlines
    assert isinstance(table, pd.DataFrame)
    assert all(isinstance(value, date) for value in table["date_end"])
