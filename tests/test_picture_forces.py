"""Troops and nations as of a day, as tables of cases."""

from __future__ import annotations

import pytest

from tests.rows import Row, base, cases, day, done, line, lines, nation, picture_of, promise, troops

STATED = troops("2025-09-01", 2500, 2500)
TROOPS = [
    # what was told, (least, most), status, how many days ago, number of others
    ("one number", [STATED], (2500, 2500), "present", 6, 0),
    ("fewer than", [troops("2025-09-01", None, 500)], (None, 500), "present", 6, 0),
    ("more than", [troops("2025-09-01", 2000, None)], (2000, None), "present", 6, 0),
    ("none at all", [troops("2025-09-01", 0, 0)], (0, 0), "present", 6, 0),
    ("the latest", [STATED, troops("2025-09-02", 2000, 2000, "B")], (2000, 2000), "present", 5, 1),
    ("told again", [STATED, troops("2025-09-02", 2500, 2500, "B")], (2500, 2500), "present", 5, 0),
    ("the whole before its part", [STATED, troops("2025-09-01", 900, 900)], (2500, 2500), "present", 6, 1),
    ("planned", [STATED, troops("2025-09-02", None, 500, status="planned")], (2500, 2500), "present", 6, 1),
    ("left", [STATED, troops("2025-09-02", 500, 500, status="left")], (2500, 2500), "present", 6, 1),
    ("never stated", [troops("2025-09-02", None, 500, status="planned")], (None, None), "planned", 5, 0),
    ("tomorrow's", [STATED, troops("2025-09-08", 2000, 2000, "B")], (2500, 2500), "present", 6, 0),
]


@pytest.mark.parametrize(("told", "counts", "status", "age", "others"), cases(TROOPS))
def test_troops(told: list[Row], counts: tuple[int | None, int | None], status: str, age: int, others: int) -> None:
    found = line(picture_of(told, "2025-09-07").troops)
    assert (found["count_min"], found["count_max"], found["status"]) == (*counts, status)
    assert (found["age_days"], len(found["others"])) == (age, others)
    assert found["published"] == next(row["published"] for row in told if row["fact"] == found["facts"][0])


def test_numbers_are_never_added_and_stay_what_they_were() -> None:
    told = [
        troops("2025-09-01", 1600, 1600, place="ain-al-asad"),
        troops("2025-09-01", 900, 900, place="SY"),
        troops("2025-09-01", 2500, 2500, place=None),
        troops("2025-09-01", 30, 30, place="IQ", force="FR"),
        base("2026-01-17", "B", "left", force="US"),
    ]
    found = {(row["force"], row["place"]): row for row in lines(picture_of(told, "2026-02-01").troops)}
    assert {key: row["count_max"] for key, row in found.items()} == {
        ("FR", "IQ"): 30, ("US", None): 2500, ("US", "SY"): 900, ("US", "ain-al-asad"): 1600,
    }  # fmt: skip
    assert found["US", "ain-al-asad"]["left_on"] == day("2026-01-17")
    assert found["US", "SY"]["left_on"] is None


HERE = troops("2025-01-01", 70, 70, force="FI")
ENDED = done("2025-02-01", "2025-01-31", place="IQ", force="FI", event="mission_end")
WITHDRAWN = done("2025-02-01", "2025-01-29", place="IQ", force="FI")
LEFT = troops("2025-02-01", 70, 70, status="left", force="FI")
IN_SYRIA = troops("2025-01-01", 5, 5, place="SY", force="FI")
OUT_OF_SYRIA = done("2025-03-01", "2025-02-28", place="SY", force="FI")
GONE = [
    # what was told of Finland, and the day on which it was gone
    ("there", [HERE], None),
    ("its mission ended", [HERE, ENDED], "2025-01-31"),
    ("withdrew and ended", [HERE, ENDED, WITHDRAWN], "2025-01-29"),
    ("only planned", [HERE, WITHDRAWN | {"status": "planned"}], None),
    ("left a region", [HERE, WITHDRAWN | {"place": "IQ-AR"}], None),
    ("left a base", [HERE, base("2025-02-01", "A", "left", force="FI")], None),
    ("the coalition's mission ended", [HERE, ENDED | {"force": "coalition"}], None),
    ("some left", [HERE, LEFT | {"count_min": 20, "count_max": 20}], None),
    ("all left", [HERE, LEFT], "2025-02-01"),
    ("all left, others stay", [HERE, LEFT, troops("2025-02-01", 10, 10, force="FI")], None),
    ("all left a region", [HERE | {"place": "IQ-AR"}, LEFT | {"place": "IQ-AR"}], None),
    ("came back", [HERE, WITHDRAWN, base("2025-06-01", "A", "present", force="FI")], None),
    ("history told today", [HERE, done("2025-02-01", "2011", place="IQ", force="FI")], None),
    ("still in Syria", [HERE, IN_SYRIA, WITHDRAWN], None),
    ("gone from both", [HERE, IN_SYRIA, WITHDRAWN, OUT_OF_SYRIA], "2025-02-28"),
]


@pytest.mark.parametrize(("told", "gone_on"), cases(GONE))
def test_gone(told: list[Row], gone_on: str | None) -> None:
    found = line(picture_of([nation("2025-01-01", "FI"), *told], "2025-12-01").nations, force="FI")
    assert (found["gone"], found["gone_on"]) == (gone_on is not None, gone_on and day(gone_on))


def test_a_nations_ending_is_not_the_missions() -> None:
    told = [promise("2025-01-01", "2025-09", place="IQ"), ENDED]
    shown = picture_of([*told, nation("2025-01-01", "FI"), nation("2025-01-01", "FR")], "2025-03-01")
    assert {row["force"]: row["gone"] for row in lines(shown.nations)} == {"FI": True, "FR": False}
    assert line(shown.deadlines, force="coalition")["state"] == "upcoming"
    assert line(shown.deadlines, force="FI")["headline"] is False


def test_nation_roles_reports_and_number() -> None:
    told = [
        nation("2024-10-17", "DE", "bilateral"),
        nation("2025-03-31", "DE", "nato"),
        nation("2025-09-08", "DE", "coalition"),
        troops("2025-01-01", 300, 300, force="DE", approximate=True),
        troops("2025-06-01", 40, 40, force="DE", place="IQ-AR"),
        troops("2025-07-01", None, 500, force="DE", status="planned"),
    ]
    found = line(picture_of(told, "2025-09-07").nations)
    assert (found["role"], found["roles"]) == ("nato", ["nato", "bilateral"])
    assert (found["first_report"], found["last_report"]) == (day("2024-10-17"), day("2025-07-01"))
    # all of Iraq before a part of it, as long as it is not a year older
    assert (found["count_max"], found["count_place"], found["count_day"]) == (300, "IQ", day("2025-01-01"))
    assert (found["facts"][0], found["approximate"]) == (told[3]["fact"], True)
    later = troops("2026-06-01", 9, 9, force="DE", place="IQ-AR")
    stale = line(picture_of([*told, later], "2026-06-02").nations)
    assert (stale["count_max"], stale["count_place"]) == (9, "IQ-AR")
    unknown = line(picture_of([nation("2025-01-01", "FR")], "2025-09-07").nations)
    assert (unknown["count_min"], unknown["count_max"], unknown["approximate"]) == (None, None, None)
