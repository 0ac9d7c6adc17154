"""Troops and nations as of a day, as tables of cases."""

from __future__ import annotations

import pytest

from tests.rows import Row, base, day, done, line, lines, nation, picture_of, promise, troops

TROOPS = [
    # what was told, (least, most), status, day of the deciding one, number of others
    ("one number", [troops("2025-09-01", 2500, 2500)], (2500, 2500), "present", "2025-09-01", 0),
    ("fewer than", [troops("2025-09-01", None, 500)], (None, 500), "present", "2025-09-01", 0),
    ("more than", [troops("2025-09-01", 2000, None)], (2000, None), "present", "2025-09-01", 0),
    ("none at all", [troops("2025-09-01", 0, 0)], (0, 0), "present", "2025-09-01", 0),
    ("the latest", [troops("2025-09-01", 2500, 2500), troops("2025-09-02", 2000, 2000, "B")], (2000, 2000), "present", "2025-09-02", 1),
    ("told again", [troops("2025-09-01", 2500, 2500), troops("2025-09-02", 2500, 2500, "B")], (2500, 2500), "present", "2025-09-02", 0),
    ("the whole before its parts",
     [troops("2025-09-01", 2000, 2000), troops("2025-09-01", 900, 900), troops("2025-09-01", 1100, 1100)],
     (2000, 2000), "present", "2025-09-01", 2),
    ("what is planned is no number", [troops("2025-09-01", 2500, 2500), troops("2025-09-02", None, 500, "B", "planned")],
     (2500, 2500), "present", "2025-09-01", 1),
    ("nor those who left", [troops("2025-09-01", 2500, 2500), troops("2025-09-02", 500, 500, "B", "left")],
     (2500, 2500), "present", "2025-09-01", 1),
    ("never stated", [troops("2025-09-01", 4000, 4000, status="past"), troops("2025-09-02", None, 500, "B", "planned")],
     (None, None), "planned", "2025-09-02", 1),
    ("not one of tomorrow", [troops("2025-09-01", 2500, 2500), troops("2025-09-08", 2000, 2000, "B")],
     (2500, 2500), "present", "2025-09-01", 0),
]  # fmt: skip


@pytest.mark.parametrize(("told", "counts", "status", "deciding", "others"), [c[1:] for c in TROOPS], ids=[c[0] for c in TROOPS])
def test_troops(told: list[Row], counts: tuple[int | None, int | None], status: str, deciding: str, others: int) -> None:
    found = line(picture_of(told, "2025-09-07").troops)
    assert (found["count_min"], found["count_max"], found["status"]) == (*counts, status)
    assert found["published"] == day(deciding)
    assert found["age_days"] == (day("2025-09-07") - day(deciding)).days
    assert len(found["others"]) == others


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
GONE = [
    # what was told of Finland, whether it has gone, and when
    ("there", [HERE], None),
    ("its mission ended", [HERE, done("2025-02-01", "2025-01-31", place="IQ", force="FI", event="mission_end")], "2025-01-31"),
    ("left and ended", [HERE, done("2025-02-01", "2025-01-31", place="IQ", force="FI", event="mission_end"),
                        done("2025-02-01", "2025-01-29", place="IQ", force="FI")], "2025-01-29"),
    ("only planned", [HERE, promise("2025-01-02", "2025-01-31", place="IQ", force="FI")], None),
    ("left a region", [HERE, done("2025-02-01", "2025-01-31", place="IQ-AR", force="FI")], None),
    ("left a base", [HERE, base("2025-02-01", "A", "left", force="FI")], None),
    ("the coalition's mission ended", [HERE, done("2025-02-01", "2025-01-31", place="IQ", event="mission_end")], None),
    ("some left", [HERE, troops("2025-02-01", 20, 20, status="left", force="FI")], None),
    ("all left", [HERE, troops("2025-02-01", 70, 70, status="left", force="FI")], "2025-02-01"),
    ("some left, others stay", [HERE, troops("2025-02-01", 70, 70, status="left", force="FI"),
                                troops("2025-02-01", 10, 10, force="FI")], None),
    ("all left a region", [troops("2025-01-01", 70, 70, force="FI", place="IQ-AR"),
                           troops("2025-02-01", 70, 70, status="left", force="FI", place="IQ-AR")], None),
    ("came back", [HERE, done("2025-02-01", "2025-01-31", place="IQ", force="FI"), base("2025-06-01", "A", "present", force="FI")], None),
    ("history told today", [HERE, done("2025-02-01", "2011", place="IQ", force="FI")], None),
    ("still in Syria", [HERE, troops("2025-01-01", 5, 5, place="SY", force="FI"),
                        done("2025-02-01", "2025-01-31", place="IQ", force="FI")], None),
    ("gone from both", [HERE, troops("2025-01-01", 5, 5, place="SY", force="FI"),
                        done("2025-02-01", "2025-01-31", place="IQ", force="FI"),
                        done("2025-03-01", "2025-02-28", place="SY", force="FI")], "2025-02-28"),
]  # fmt: skip


@pytest.mark.parametrize(("told", "gone_on"), [c[1:] for c in GONE], ids=[c[0] for c in GONE])
def test_gone(told: list[Row], gone_on: str | None) -> None:
    found = line(picture_of([nation("2025-01-01", "FI"), *told], "2025-12-01").nations, force="FI")
    assert (found["gone"], found["gone_on"]) == (gone_on is not None, gone_on and day(gone_on))


def test_a_nations_ending_is_not_the_missions() -> None:
    told = [promise("2025-01-01", "2025-09", place="IQ"), done("2025-02-01", "2025-01-31", place="IQ", force="FI", event="mission_end")]
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
    stale = line(picture_of([*told, troops("2026-06-01", 9, 9, force="DE", place="IQ-AR")], "2026-06-02").nations)
    assert (stale["count_max"], stale["count_place"]) == (9, "IQ-AR")
    unknown = line(picture_of([nation("2025-01-01", "FR")], "2025-09-07").nations)
    assert (unknown["count_min"], unknown["count_max"], unknown["approximate"]) == (None, None, None)
