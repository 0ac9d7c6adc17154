"""A believable archive of reports and their facts, of any size, for the benches; made by chance from a seed.

What happened (which forces were where, what was promised, moved and done) hangs on the seed alone. A larger
archive has more reports of the same events, as a larger newsroom's has.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate
from pathlib import Path
from random import Random
from typing import Any

from extract.tables import places

FIRST, LAST = date(2019, 1, 1), date(2026, 11, 22)
DAYS = (LAST - FIRST).days
FORCES, PUBLISHERS, SPEAKERS = 60, 200, 300
FACTS_A_REPORT = 10
WRONG = 0.03  # so many facts contradict what happened
COPIED = 0.2  # so many reports are near copies of an agency's text
STATUSES = ("present", "leaving", "left", "arriving")
EVENTS = ("withdrawal", "withdrawal", "handover", "mission_end", "transfer")

Row = dict[str, Any]


@dataclass(frozen=True)
class Step:
    """What holds from a day on: a status, a number or a promised window."""

    day: date
    value: Any


@dataclass(frozen=True)
class Plan:
    """A promise for a place: the windows told from which day on, and the day on which it was kept, if it was."""

    place: str
    force: str
    event: str
    windows: list[Step]
    kept: date | None


class Chance(Random):
    """Random choices of which a few come up most of the time (Zipf's law)."""

    def zipf(self, values: list[Any]) -> Any:
        weights = list(accumulate(1 / rank for rank in range(1, len(values) + 1)))
        return self.choices(values, cum_weights=weights)[0]

    def day(self, first: date = FIRST, last: date = LAST) -> date:
        return first + timedelta(days=self.randrange(max((last - first).days, 1)))


class World:
    """What happened from 2019 to 2026, by chance: sites, numbers, plans and roles of some 60 forces."""

    def __init__(self, chance: Chance) -> None:
        with (Path(__file__).resolve().parent.parent / "data" / "forces.csv").open(encoding="utf-8") as rows:
            self.forces = ["coalition", "US", *[row["id"] for row in csv.DictReader(rows)]][:FORCES]
        self.forces = list(dict.fromkeys(self.forces))
        bases = [place for place, row in places().items() if row["kind"] == "base"]
        wide = ["IQ", "iq-federal", "IQ-KR", "SY", *[p for p, row in places().items() if row["kind"] == "region"]]
        chance.shuffle(bases)
        self.sites = {(place, "coalition"): _statuses(chance) for place in bases}
        self.sites |= {(chance.zipf(bases), chance.zipf(self.forces)): _statuses(chance) for _ in range(250)}
        counted = [*bases, *wide]
        self.numbers = {(chance.zipf(self.forces), chance.zipf(counted)): _numbers(chance) for _ in range(400)}
        self.plans = [_plan(chance, chance.zipf(wide + bases), chance.zipf(self.forces)) for _ in range(150)]
        self.roles = {force: chance.choice(["coalition", "coalition", "nato", "bilateral"]) for force in self.forces}


def _statuses(chance: Chance) -> list[Step]:
    days = sorted([FIRST, *(chance.day() for _ in range(chance.randrange(4)))])
    return [Step(day, STATUSES[at % 3] if at else "present") for at, day in enumerate(days)]


def _numbers(chance: Chance) -> list[Step]:
    days = sorted([FIRST, *(chance.day() for _ in range(chance.randrange(10)))])
    counts = [chance.choice([5, 12, 30, 70, 120, 300, 450, 900, 2000, 2500]) for _ in days]
    return [
        Step(day, (chance.choice([n, n, None]), n, chance.random() < 0.3)) for day, n in zip(days, counts, strict=True)
    ]


def _plan(chance: Chance, place: str, force: str) -> Plan:
    told = chance.day()
    windows, end = [], told
    for _ in range(chance.choice([1, 1, 1, 2, 3])):
        end += timedelta(days=chance.randrange(60, 400))
        windows.append(Step(told, _month(end)))
        told += timedelta(days=chance.randrange(30, 300))
    kept = chance.choice([None, end - timedelta(days=5), end + timedelta(days=chance.randrange(200))])
    return Plan(place, force, chance.choice(EVENTS), windows, kept if kept and kept <= LAST else None)


def _month(day: date) -> tuple[date, date, str]:
    first = day.replace(day=1)
    return first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1), "month"


def _latest(steps: list[Step], day: date) -> Any:
    return next((step.value for step in reversed(steps) if step.day <= day), steps[0].value)


def archive(facts: int, seed: int = 1) -> Iterator[tuple[dict[str, Any], list[Row]]]:
    """About ``facts`` facts in a tenth as many reports, the oldest first.

    Each report has the fields of ``ledger.reports.Report``, each of its rows the keys that
    ``ledger.claims.Claims.put`` takes and those that a store keeps beside them (quote, offsets, rule, lang).
    """
    chance = Chance(seed)
    world = World(chance)
    publishers = [f"Publisher {number}" for number in range(PUBLISHERS)]
    reports = max(facts // FACTS_A_REPORT, 1)
    for number in range(reports):
        day = FIRST + timedelta(days=DAYS * number // reports)
        publisher = chance.zipf(publishers)
        voice = chance.choice(publishers[:5]) if chance.random() < COPIED else publisher
        made = [_fact(chance, world, day) for _ in range(chance.randint(1, 2 * FACTS_A_REPORT - 1))]
        report = _report(f"{day}-{number}", day, publisher, made)
        yield report, _rows(chance, report, voice, made)


def _report(name: str, day: date, publisher: str, made: list[Row]) -> dict[str, Any]:
    return {
        "id": name,
        "url": f"https://example.org/{name}",
        "publisher": publisher,
        "published": day,
        "lang": "en",
        "title": f"Report {name}",
        "text": " ".join(_quote(row) for row in made),
        "note": None,
        "summary": False,
    }


def _rows(chance: Chance, report: dict[str, Any], voice: str, made: list[Row]) -> list[Row]:
    rows, at = [], 0
    for row in made:
        quote = _quote(row)
        about = {name: report[name] for name in ("publisher", "published", "lang", "url")} | {"voice": voice}
        about |= {"fact": f"{chance.getrandbits(48):012x}", "report": report["id"], "rule": "by-chance"}
        about |= {"quote": quote, "char_start": at, "char_end": at + len(quote)}
        speaker = f"Speaker {chance.randrange(SPEAKERS)}" if chance.random() < 0.5 else None
        rows.append(row | about | {"speaker": speaker})
        at += len(quote) + 1
    return rows


def _quote(row: Row) -> str:
    return ", ".join(f"{key} {value}" for key, value in row.items() if value is not None) + "."


def _fact(chance: Chance, world: World, day: date) -> Row:
    kind = chance.choices(["base", "troops", "deadline", "nation"], [35, 25, 25, 15])[0]
    if kind == "base":
        (place, force), steps = chance.choice(list(world.sites.items()))
        status = chance.choice(STATUSES) if chance.random() < WRONG else _latest(steps, day)
        return {"kind": kind, "place": place, "force": force, "status": status}
    if kind == "troops":
        return _number(chance, world, day)
    if kind == "deadline":
        return _deadline(chance, world, day)
    force = chance.zipf(world.forces)
    role = "nato" if chance.random() < WRONG else world.roles[force]
    return {"kind": kind, "force": force, "role": role}


def _number(chance: Chance, world: World, day: date) -> Row:
    (force, place), steps = chance.choice(list(world.numbers.items()))
    least, most, about = _latest(steps, day)
    if chance.random() < WRONG:
        least = most = chance.choice([50, 500, 1000, 5000])
    status = chance.choices(["present", "planned", "left", "past"], [85, 5, 5, 5])[0]
    about = {"count_min": least, "count_max": most, "approximate": about, "status": status}
    return {"kind": "troops", "force": force, "place": place} | about


def _deadline(chance: Chance, world: World, day: date) -> Row:
    """A plan as it is told on ``day``, or the deed; a plan that is still to come gives way to another one."""
    known = [plan for plan in world.plans if plan.windows[0].day <= day] or world.plans[:1]
    plan = chance.choice(known)
    done = plan.kept is not None and plan.kept <= day
    start, end, precision = (plan.kept, plan.kept, "day") if done else _latest(plan.windows, day)
    if chance.random() < WRONG:
        start, end, precision = _month(end + timedelta(days=chance.choice([-60, 31, 365])))
    elif not done and chance.random() < 0.2:
        start, end, precision = end.replace(month=1, day=1), end.replace(month=12, day=31), "year"
    window = {"date_start": start, "date_end": end, "precision": precision}
    status = {"status": "done" if done and end <= day else "planned"}
    return {"kind": "deadline", "place": plan.place, "force": plan.force, "event": plan.event} | window | status
