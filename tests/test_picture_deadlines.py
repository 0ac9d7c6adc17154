"""Deadlines as of a day, as tables of cases: what was told, the day asked for, what the line then says."""

from __future__ import annotations

import pytest

from ledger.picture import coming_deadlines, last_deadline, next_deadline, region_states
from tests.rows import Row, base, cases, day, done, line, lines, nation, picture_of, promise, troops

SEPTEMBER = [promise("2025-08-01", "2025-09")]
STATES = [
    # what was told, as of, "state met_on days_late"
    ("the window lies ahead", SEPTEMBER, "2025-08-31", "upcoming"),
    ("its first day", SEPTEMBER, "2025-09-01", "due"),
    ("its last day", SEPTEMBER, "2025-09-30", "due"),
    ("the day after it", SEPTEMBER, "2025-10-01", "passed"),
    ("still there", [*SEPTEMBER, base("2025-10-20", "C", "present")], "2025-11-01", "passed"),
    ("done within", [*SEPTEMBER, done("2025-09-20", "2025-09-20")], "2025-10-05", "met 2025-09-20 0"),
    ("done before", [*SEPTEMBER, done("2025-08-20", "2025-08-20")], "2025-08-25", "met 2025-08-20 0"),
    ("last day", [*SEPTEMBER, done("2025-10-02", "2025-09-30")], "2025-10-05", "met 2025-09-30 0"),
    ("a day late", [*SEPTEMBER, done("2025-10-02", "2025-10-01")], "2025-10-05", "met_late 2025-10-01 1"),
    ("late", [*SEPTEMBER, done("2026-01-18", "2026-01-18")], "2026-01-20", "met_late 2026-01-18 110"),
    ("late, not yet known", [*SEPTEMBER, done("2026-01-18", "2026-01-18")], "2026-01-17", "passed"),
    ("some time that year", [*SEPTEMBER, done("2025-12-31", "2025")], "2026-01-20", "met 2025-12-31 0"),
    ("by its report's day", [*SEPTEMBER, done("2025-09-15", "2025-09")], "2025-10-05", "met 2025-09-15 0"),
    ("left that day", [*SEPTEMBER, base("2025-10-04", "B", "left")], "2025-10-05", "met_late 2025-10-04 4"),
    ("only leaving", [*SEPTEMBER, base("2025-10-04", "B", "leaving")], "2025-10-05", "passed"),
    ("another force", [*SEPTEMBER, done("2025-09-20", "2025-09-20", force="IT")], "2025-10-05", "passed"),
    ("another place", [*SEPTEMBER, done("2025-09-20", "2025-09-20", place="harir")], "2025-10-05", "passed"),
    ("an old deed", [*SEPTEMBER, done("2025-08-05", "2011")], "2025-10-05", "passed"),
    ("years later", [promise("2014-01-01", "2014-09"), done("2020-01-01", "2020")], "2020-02-01", "passed"),
    ("told when over", [promise("2026-01-19", "2025-09"), done("2026-01-19", "2026-01-18")], "2026-01-20",
     "met_late 2026-01-18 110"),
]  # fmt: skip


@pytest.mark.parametrize(("told", "as_of", "expected"), cases(STATES))
def test_state(told: list[Row], as_of: str, expected: str) -> None:
    found = line(picture_of(told, as_of).deadlines, force="coalition", promised=True)
    outcome = [found[k] for k in ("state", "met_on", "days_late")]
    assert " ".join(str(value) for value in outcome if value is not None) == expected
    assert found["date_end"] == told[0]["date_end"]


MOVES = [
    # what was told ("when: window, another window"), the ends of the lines, what the last moved from
    ("told again", "03-01: 2025-09; 04-01: 2025-09", "2025-09-30", None),
    ("moved on", "03-01: 2025-09; 04-01: 2025-12", "2025-12-31", "2025-09-30"),
    ("moved forward", "03-01: 2025-09; 04-01: 2025-06", "2025-06-30", "2025-09-30"),
    ("moved twice", "03-01: 2025-09; 04-01: 2025-12; 05-01: 2026-03", "2026-03-31", "2025-09-30"),
    ("moved once passed", "03-01: 2025-09; 11-01: 2026-06", "2026-06-30", "2025-09-30"),
    ("another story", "03-01: 2020-09; 11-01: 2026-06", "2020-09-30 2026-06-30", None),
    ("more exactly", "02-01: 2025; 03-01: 2025-09", "2025-09-30", None),
    ("less exactly", "03-01: 2025-09; 04-01: 2025", "2025-09-30", None),
    ("a day of the month", "03-01: 2025-09; 04-01: 2025-09-15", "2025-09-15", None),
    ("a week around the day", "03-01: 2025-09-15; 04-01: 2025-09-11..2025-09-20", "2025-09-15", None),
    ("within the month", "03-01: 2025-09; 04-01: 2025-09-15; 05-01: 2025-09-28", "2025-09-28", "2025-09-15"),
    ("two phases in one report", "03-01: 2025-09, 2026", "2025-09-30 2026-12-31", None),
    ("the first told again", "03-01: 2025-09; 04-01: 2026; 05-01: 2025-09", "2025-09-30 2026-12-31", None),
    ("told again when over", "03-01: 2025-09; 04-01: 2026; 12-01: 2025-09", "2026-12-31", "2025-09-30"),
    ("the new beside the old", "03-01: 2025-09; 04-01: 2025-09, 2025-12", "2025-12-31", "2025-09-30"),
    ("a step before the end", "03-01: 2025-09; 04-01: 2025-09, 2025-06", "2025-06-30 2025-09-30", None),
    ("looking back", "03-01: 2025-09; 04-01: 2021-12", "2021-12-31 2025-09-30", None),
    ("a year of both phases", "03-01: 2026-03, 2026-09; 04-01: 2026", "2026-03-31 2026-09-30", None),
]


def plans(text: str) -> list[Row]:
    """``03-01: 2025-09, 2026`` as planned withdrawals, two of them told on 1 March 2025."""
    told = [one.split(": ") for one in text.split("; ")]
    return [promise(f"2025-{when}", each) for when, windows in told for each in windows.split(", ")]


@pytest.mark.parametrize(("text", "ends", "moved_from"), cases(MOVES))
def test_moved(text: str, ends: str, moved_from: str | None) -> None:
    other = promise("2025-03-15", "2027", force="US")  # another force's day moves nothing
    found = lines(picture_of([*plans(text), other], "2028-02-01").deadlines, force="coalition")
    assert " ".join(row["date_end"].isoformat() for row in found) == ends
    last = found[-1]
    assert (last["first_end"].isoformat() if last["moved"] else None) == moved_from


def test_a_promise_that_was_kept_is_not_moved() -> None:
    told = [*plans("03-01: 2025-09; 11-01: 2026-06"), done("2025-09-20", "2025-09-20")]
    found = lines(picture_of(told, "2025-12-01").deadlines)
    assert [(row["state"], row["moved"]) for row in found] == [("met", False), ("upcoming", False)]


def test_a_move_keeps_its_history_and_nothing_is_moved_before_it_was_told() -> None:
    told = [promise("2025-03-01", "2025-09"), promise("2025-04-01", "2025-12", "B")]
    found = line(picture_of(told, "2025-04-01").deadlines)
    assert [(step["publisher"], step["date_end"]) for step in found["history"]] == [
        ("A", day("2025-09-30")),
        ("B", day("2025-12-31")),
    ]
    assert (found["facts"], found["others"]) == ([told[1]["fact"]], [told[0]["fact"]])
    assert (found["first_published"], found["published"]) == (day("2025-03-01"), day("2025-04-01"))
    before = line(picture_of(told, "2025-03-31").deadlines)
    assert (before["date_end"], before["moved"]) == (day("2025-09-30"), False)


FEDERAL = done("2026-01-18", "2026-01-18", place="iq-federal")
AMERICAN = done("2026-01-18", "2026-01-18", place="iq-federal", force="US")
IRAQ = done("2026-01-18", "2026-01-18", place="IQ")
ENDED = done("2026-01-18", "2026-01-18", place="IQ", event="mission_end")
COVERED = [
    # the promise (place, force, event), the deed, whether it was kept by it
    ("federal Iraq holds a base", ("ain-al-asad", "coalition", "withdrawal"), FEDERAL, True),
    ("and a region", ("IQ-BG", "coalition", "mission_end"), FEDERAL, True),
    ("not Kurdistan", ("IQ-KR", "coalition", "withdrawal"), FEDERAL, False),
    ("nor a region of it", ("IQ-AR", "coalition", "withdrawal"), FEDERAL, False),
    ("nor a base in it", ("harir", "coalition", "withdrawal"), FEDERAL, False),
    ("nor all of Iraq", ("IQ", "coalition", "withdrawal"), FEDERAL, False),
    ("nor Syria", ("SY", "coalition", "withdrawal"), FEDERAL, False),
    ("Iraq holds Kurdistan", ("IQ-KR", "coalition", "withdrawal"), IRAQ, True),
    ("and its bases", ("harir", "coalition", "withdrawal"), IRAQ, True),
    ("the coalition's leaving is the Americans'", ("ain-al-asad", "US", "withdrawal"), FEDERAL, True),
    ("and that of a nation of the coalition", ("IQ-BG", "FR", "withdrawal"), FEDERAL, True),
    ("not NATO's", ("IQ-BG", "nato", "withdrawal"), FEDERAL, False),
    ("nor that of a nation with another role too", ("IQ-BG", "DE", "withdrawal"), FEDERAL, False),
    ("the Americans' is not the coalition's", ("IQ-BG", "coalition", "withdrawal"), AMERICAN, False),
    ("a mission's end is that of its regions", ("IQ-KR", "coalition", "mission_end"), ENDED, True),
    ("and of a plan to leave a region", ("IQ-KR", "coalition", "withdrawal"), ENDED, True),
    ("but no base is left by it", ("harir", "coalition", "withdrawal"), ENDED, False),
    ("except that its mission was to end", ("harir", "coalition", "mission_end"), ENDED, True),
    ("nor do Americans leave by it", ("IQ-KR", "US", "withdrawal"), ENDED, False),
]


@pytest.mark.parametrize(("promised", "deed", "kept"), cases(COVERED))
def test_whose_deed_keeps_a_promise(promised: tuple[str, str, str], deed: Row, kept: bool) -> None:
    place, force, event = promised
    roles = [nation("2025-08-01", "FR"), nation("2025-08-01", "DE"), nation("2025-08-01", "DE", "bilateral")]
    told = [promise("2025-08-01", "2025-09", place=place, force=force, event=event), deed, *roles]
    found = line(picture_of(told, "2026-01-20").deadlines, place=place, promised=True)
    assert found["state"] == ("met_late" if kept else "passed")
    assert (deed["fact"] in found["facts"]) is kept


PHASES = [promise("2025-03-01", "2025-09", place="IQ"), promise("2025-03-01", "2026-09", place="IQ")]


def test_phases_are_kept_one_after_the_other() -> None:
    def states(told: list[Row], as_of: str) -> list[str]:
        table = picture_of([*PHASES, *told], as_of).deadlines
        return [row["state"] for row in lines(table, place="IQ", promised=True)]

    last = done("2026-09-30", "2026-09-30", place="IQ", event="mission_end")
    assert states([], "2025-09-07") == ["due", "upcoming"]
    assert states([FEDERAL], "2026-01-20") == ["met_late", "upcoming"]  # the first phase was federal Iraq
    assert states([IRAQ], "2026-01-20") == ["met_late", "upcoming"]  # nearer to the first than to the second
    assert states([FEDERAL | {"place": "IQ-BG"}], "2026-01-20") == ["passed", "upcoming"]
    assert states([FEDERAL, last], "2026-10-01") == ["met_late", "met"]
    assert states([last], "2026-10-01") == ["met_late", "met"]


DENIALS = [
    ("left, then still leaving", base("2025-10-20", "C", "leaving"), "passed"),
    ("left, then still there", base("2025-10-20", "C", "present"), "passed"),
    ("a number there", troops("2025-10-20", 4, 5, "C", place="ain-al-asad"), "passed"),
    ("none there", troops("2025-10-20", 0, 0, "C", place="ain-al-asad"), "met"),
    ("the same publisher", base("2025-10-20", "B", "leaving"), "met"),
    ("before it", base("2025-09-28", "C", "present"), "met"),
    ("on its day", base("2025-10-01", "C", "present"), "met"),
    ("a month later", base("2025-11-01", "C", "present"), "met"),
    ("forces come back", base("2025-10-20", "C", "arriving"), "met"),
    ("other forces", base("2025-10-20", "C", "present", force="TR"), "met"),
    ("another base", base("2025-10-20", "C", "present", place="harir"), "met"),
]


@pytest.mark.parametrize(("word", "state"), cases(DENIALS))
def test_a_deed_denied_by_another_publisher_keeps_no_promise(word: Row, state: str) -> None:
    deed = done("2025-10-01", "2025-09-29")
    found = line(picture_of([*SEPTEMBER, deed, word], "2025-12-01").deadlines, promised=True)
    assert found["state"] == state
    assert found["others"] == ([deed["fact"]] if state == "passed" else [])


def test_a_deed_that_two_publishers_told_is_denied_by_none() -> None:
    told = [*SEPTEMBER, done("2025-10-01", "2025-09-29"), base("2025-10-20", "C", "present")]
    second = done("2025-10-02", "2025-09-30", "D")
    assert line(picture_of(told, "2025-12-01").deadlines, promised=True)["state"] == "passed"
    assert line(picture_of([*told, second], "2025-12-01").deadlines, promised=True)["state"] == "met"


def test_a_missions_end_in_a_country_is_not_denied_by_forces_that_stay() -> None:
    ended = done("2021-12-09", "2021-12-09", place="IQ", event="mission_end")
    told = [ended, base("2021-12-20", "C", "present")]
    assert line(picture_of(told, "2022-01-01").deadlines)["state"] == "met"
    told[0] |= {"event": "withdrawal"}
    assert line(picture_of(told, "2022-01-01").deadlines)["state"] == "passed"


def test_deeds_that_nobody_had_announced_are_lines_of_their_own() -> None:
    told = [
        done("2025-03-31", "2021-12", place="IQ", event="mission_end"),
        done("2021-12-09", "2021-12-09", place="IQ", event="mission_end"),
        done("2025-03-31", "2011", place="IQ"),
        promise("2025-03-31", "2025-09", place="IQ"),
    ]
    table = picture_of(told, "2025-09-07").deadlines
    found = sorted((row["date_end"].isoformat(), row["promised"], row["state"]) for row in lines(table))
    assert found == [("2011-12-31", False, "met"), ("2021-12-09", False, "met"), ("2025-09-30", True, "due")]
    assert {row["days_late"] for row in lines(table)} == {None}


def test_a_line_that_was_met_tells_what_was_done() -> None:
    ended = done("2025-09-20", "2025-09-20", place="IQ", event="mission_end")
    told = [promise("2025-08-01", "2025-09", place="IQ"), ended]
    assert line(picture_of(told, "2025-09-19").deadlines)["event"] == "withdrawal"
    assert line(picture_of(told, "2025-09-20").deadlines)["event"] == "mission_end"


COUNTDOWN = [
    promise("2025-08-01", "2025-09-15", place="ain-al-asad"),
    promise("2025-08-01", "2025-09", place="IQ-BG", force="US"),
    promise("2025-08-01", "2025-09", place="IQ"),
    promise("2025-08-01", "2025", place="IQ", force="US"),
    promise("2025-08-01", "2025-10-05", place="IQ", force="FI"),
    promise("2025-08-01", "2025-10-06", place="IQ", force="nato"),
    promise("2025-08-01", "2026", place="IQ-KR"),
]


def test_the_countdown_runs_to_the_next_end_of_the_mission() -> None:
    shown = picture_of(COUNTDOWN, "2025-09-07")
    assert [(row["place"], row["force"]) for row in coming_deadlines(shown)] == [
        ("IQ", "coalition"),
        ("IQ-BG", "US"),
        ("IQ-KR", "coalition"),
    ]
    following = next_deadline(picture_of(COUNTDOWN, "2025-10-01"))
    assert following is not None
    assert (following["place"], following["date_end"]) == ("IQ", day("2025-12-31"))
    over = picture_of(COUNTDOWN, "2027-01-01")
    last = last_deadline(over)
    assert next_deadline(over) is None
    assert last is not None
    assert (last["place"], last["state"]) == ("IQ-KR", "passed")


def test_a_single_base_is_counted_down_to_only_when_nothing_wider_is_open() -> None:
    shown = picture_of([promise("2020-03-25", "2020-04", place="k1")], "2020-03-27")
    assert [row["place"] for row in coming_deadlines(shown)] == ["k1"]
    assert last_deadline(shown) is None
    empty = picture_of([], "2020-03-27")
    assert (next_deadline(empty), last_deadline(empty), len(region_states(empty))) == (None, None, 0)


def test_regions_take_the_state_of_the_nearest_wider_place() -> None:
    told = [
        promise("2025-08-01", "2025-09", place="IQ"),
        promise("2025-08-01", "2026", place="IQ-KR"),
        promise("2025-08-01", "2025-08-20", place="IQ-NI", force="IT"),
        promise("2025-08-01", "2025-08-20", place="IQ-AN"),
        promise("2025-08-01", "2025-08-20", place="IQ-AN", force="US"),
        done("2025-08-19", "2025-08-19", place="IQ-AN", event="mission_end"),
    ]
    states = region_states(picture_of(told, "2025-09-07")).set_index("place")["state"].to_dict()
    assert {place: states[place] for place in ("IQ-BG", "IQ-AR", "IQ-KR", "IQ-NI")} == {
        "IQ-BG": "due",
        "IQ-AR": "upcoming",
        "IQ-KR": "upcoming",
        "IQ-NI": "due",  # what Italy plans is Italy's alone
    }
    assert states["IQ-AN"] == "passed"  # nobody said that the Americans left
    assert "SY-HA" not in states
