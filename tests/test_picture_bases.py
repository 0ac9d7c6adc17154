"""Bases as of a day, as tables of cases: what was told, the day asked for, status and state."""

from __future__ import annotations

import pytest

from tests.rows import Row, base, cases, day, done, line, lines, nation, picture_of, promise, troops

# Each report: month and day of 2025, publisher, status, and the force if it is not the coalition.
WORDS = [
    ("there", "09-01 A present", "2025-09-07", "present", "present"),
    ("the latest word counts", "08-01 A present, 09-01 B leaving", "2025-09-07", "leaving", "leaving"),
    ("not a later one", "09-01 A present, 09-08 B leaving", "2025-09-07", "present", "present"),
    ("leaving forces are there", "09-01 A leaving, 09-02 B present", "2025-09-07", "present", "present"),
    ("leaving, then left", "09-01 A leaving, 09-02 B left", "2025-09-07", "left", "left"),
    ("left, then leaving", "09-01 A left, 09-02 B leaving", "2025-09-07", "leaving", "contested"),
    ("left and leaving on one day", "09-02 A left, 09-02 B leaving", "2025-09-07", "leaving", "leaving"),
    ("there, then left", "09-01 A present, 09-02 B left", "2025-09-07", "left", "contested"),
    ("left, then there", "09-01 A left, 09-02 B present", "2025-09-07", "present", "contested"),
    ("left, then coming", "09-01 A left, 09-02 B arriving", "2025-09-07", "arriving", "contested"),
    ("leaving, then coming", "09-01 A leaving, 09-02 B arriving", "2025-09-07", "arriving", "contested"),
    ("coming, then there", "09-01 A arriving, 09-02 B present", "2025-09-07", "present", "present"),
    ("30 days apart", "08-03 A present, 09-02 B left", "2025-09-07", "left", "contested"),
    ("31 days apart", "08-02 A present, 09-02 B left", "2025-09-07", "left", "left"),
    ("the same publisher", "09-01 A present, 09-02 A left", "2025-09-07", "left", "left"),
    ("who followed", "09-01 A present, 09-02 B left, 09-03 A left", "2025-09-07", "left", "left"),
    ("another nation", "09-01 A present TR, 09-02 B left", "2025-09-07", "left", "left"),
    ("Americans are the mission's", "09-01 A present US, 09-02 B left", "2025-09-07", "left", "contested"),
]


def reports(text: str) -> list[Row]:
    """``09-01 A present, 09-02 B left US`` as facts of Ain al-Asad."""
    told = [one.split() for one in text.split(", ")]
    return [base(f"2025-{when}", who, what, force=(*of, "coalition")[0]) for when, who, what, *of in told]


@pytest.mark.parametrize(("text", "as_of", "status", "state"), cases(WORDS))
def test_words(text: str, as_of: str, status: str, state: str) -> None:
    found = line(picture_of(reports(text), as_of).bases, headline=True)
    assert (found["status"], found["state"]) == (status, state)
    assert bool(found["others"]) is (state == "contested")


DEADLINE = promise("2025-08-01", "2025-09")
OF_REGION = promise("2025-08-01", "2025-09", place="IQ-AN")
OF_FEDERAL_IRAQ = promise("2025-08-01", "2025-09", place="iq-federal")
OF_BAGHDAD = promise("2025-08-01", "2025-09", place="IQ-BG")
OF_ESTONIA = promise("2025-08-01", "2025-09", force="EE")
OF_2020 = promise("2020-01-01", "2020-09", place="IQ")
DEED = done("2025-09-05", "2025-09-04")
DENIED = "11-04 A left, 11-26 B leaving"
MORE = [
    # beside the reports: a deadline
    ("the deadline's last day", DEADLINE, "09-01 A leaving", "2025-09-30", "leaving"),
    ("the day after", DEADLINE, "09-01 A leaving", "2025-10-01", "overdue"),
    ("there after it", DEADLINE, "10-20 A present", "2025-11-01", "overdue"),
    ("left after it", DEADLINE, "10-20 A left", "2025-11-01", "left"),
    ("said to have left, and denied", DEADLINE, DENIED, "2025-11-27", "contested"),
    ("denied, and a while ago", DEADLINE, f"{DENIED}, 12-20 B leaving", "2025-12-21", "overdue"),
    ("back after having left", DEADLINE, "09-20 A left, 12-01 B present", "2025-12-02", "present"),
    ("told when left", promise("2025-10-25", "2025-09"), "10-20 A left", "2025-11-01", "left"),
    ("the region's", OF_REGION, "09-01 A present", "2025-10-01", "overdue"),
    ("federal Iraq's", OF_FEDERAL_IRAQ, "09-01 A present", "2025-10-01", "overdue"),
    ("another region's", OF_BAGHDAD, "09-01 A present", "2025-10-01", "present"),
    ("a nation's own", OF_ESTONIA, "09-01 A present", "2025-10-01", "present"),
    ("of an old story", OF_2020, "09-01 A present", "2025-10-01", "present"),
    (
        "of a story to come",
        promise("2028-01-01", "2028-06", place="IQ"),
        "09-01 A present",
        "2028-07-01",
        "present",
    ),
    # or a deed
    ("a deed", DEED, "09-01 A leaving", "2025-09-07", "left"),
    ("a wider one", DEED | {"place": "iq-federal"}, "09-01 A leaving", "2025-09-07", "left"),
    ("a narrower one", DEED | {"place": "harir"}, "09-01 A leaving", "2025-09-07", "leaving"),
    ("of an earlier day", done("2025-09-05", "2025-08-31"), "09-01 B leaving", "2025-09-07", "left"),
    ("and denied", done("2025-09-05", "2025-08-31"), "09-01 A leaving", "2025-09-07", "contested"),
    ("long past", done("2025-09-05", "2025-03-31"), "09-01 A leaving", "2025-09-07", "leaving"),
    ("history before all news", done("2025-08-31", "2011"), "09-01 A present", "2025-09-07", "present"),
    ("history", done("2025-09-05", "2011", place="IQ"), "09-01 A present", "2025-09-07", "present"),
    ("a nation's deed", DEED | {"force": "IT"}, "09-01 A present", "2025-09-07", "present"),
    ("a mission's end", DEED | {"event": "mission_end"}, "09-01 A leaving", "2025-09-07", "leaving"),
]


@pytest.mark.parametrize(("beside", "text", "as_of", "state"), cases(MORE))
def test_deadlines_and_deeds(beside: Row, text: str, as_of: str, state: str) -> None:
    found = line(picture_of([beside, *reports(text)], as_of).bases, place="ain-al-asad", headline=True)
    assert found["state"] == state


def test_a_base_tells_since_when_and_on_what_it_rests() -> None:
    told = [
        base("2025-08-01", "A", "present"),
        base("2025-08-10", "B", "leaving"),
        base("2025-09-01", "A", "leaving", force="US"),
        DEADLINE,
        troops("2025-08-20", 1600, 1600, place="ain-al-asad"),
    ]
    found = line(picture_of(told, "2025-10-07").bases)
    assert (found["since"], found["published"], found["force"]) == (
        day("2025-08-10"),
        day("2025-09-01"),
        "US",
    )
    assert found["facts"] == [told[i]["fact"] for i in (2, 1, 3, 4)]
    assert (found["deadline_end"], found["troops_min"], found["troops_max"]) == (
        day("2025-09-30"),
        1600,
        1600,
    )
    assert (found["region"], found["country"]) == ("IQ-AN", "IQ")
    assert found["latitude"] == pytest.approx(33.8, abs=0.1)
    gone = line(picture_of([*told, base("2025-10-01", "B", "left")], "2025-10-07").bases)
    assert (gone["troops_min"], gone["troops_max"]) == (None, None)  # unknown, not zero


def test_a_nation_has_its_own_line_at_a_base_and_leaves_with_the_coalition() -> None:
    told = [
        base("2020-02-17", "A", "arriving", force="DK"),
        base("2020-02-17", "A", "present", force="TR"),
        base("2025-09-01", "A", "present"),
        nation("2020-02-17", "DK"),
        nation("2020-02-17", "TR", "bilateral"),
    ]
    before = picture_of(told, "2025-09-07").bases
    assert [(row["force"], row["state"]) for row in lines(before)] == [
        ("coalition", "present"),
        ("DK", "arriving"),
        ("TR", "present"),
    ]
    after = picture_of([*told, done("2026-01-18", "2026-01-18", place="iq-federal")], "2026-02-01").bases
    assert [row["state"] for row in lines(after)] == ["left", "left", "present"]
    home = picture_of([*told, base("2025-09-05", "B", "left", force="DK")], "2025-09-07").bases
    assert [row["state"] for row in lines(home)] == ["present", "left", "present"]
