"""A program with writers and readers at work at once, as the server of the dashboard is (tests/test_durable.py).

``python -m tests.crowd URL NAME SECONDS`` adds and reads with four and ten threads on one ledger, for so long, then
prints as JSON: ``kept`` (the numbers of the reports that were confirmed), ``pictures`` (how many were looked at and
found to be whole) and ``wrong`` (what went wrong).
"""

from __future__ import annotations

import json
import random
import sys
import threading
import time
import traceback
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from itertools import chain, count

from ledger.facts import read_facts
from ledger.picture import Picture
from ledger.store import Ledger
from tests.adding import report

WRITERS, READERS = 4, 10


class Crowd:
    """The threads of one program; ``name`` tells the programs apart."""

    def __init__(self, url: str, name: int, seconds: float) -> None:
        self.ledger = Ledger(url)
        self.name = name
        self.until = time.monotonic() + seconds
        self.kept: set[int] = set()
        self.pictures = 0
        self.wrong: list[str] = []

    def run(self) -> None:
        """Returns when all threads have ended."""
        writers = [threading.Thread(target=self._guarded, args=(self._write, n)) for n in range(WRITERS)]
        readers = [threading.Thread(target=self._guarded, args=(self._read, n)) for n in range(READERS)]
        for thread in (*writers, *readers):
            thread.start()
        for thread in (*writers, *readers):
            thread.join()

    def _guarded(self, work: Callable[[int], None], number: int) -> None:
        try:
            while time.monotonic() < self.until:
                work(number)
        except Exception:  # told by who started the program
            self.wrong.append(traceback.format_exc())

    def _write(self, writer: int) -> None:
        """Half of the reports are brought in by every program, and half of these each time from another address."""
        for number in count(writer, WRITERS):
            if time.monotonic() > self.until:
                return
            own = number % 16 >= 8
            brought = number + (self.name + 1) * 1_000_000 if own else number
            new = report(brought)
            if number % 16 < 4:
                new = replace(new, id=f"{new.id}-of-{self.name}", url=f"https://mirror{self.name}.example/{brought}")
            self.ledger.add(new, f"writer {writer} of {self.name}")
            self.kept.add(brought)

    def _read(self, reader: int) -> None:
        chance = random.Random(f"{self.name} {reader} {time.monotonic()}")  # noqa: S311 - chance, no secret
        shown = self.ledger.picture(date(2024, 1, 1) + timedelta(chance.randrange(700)))
        named = sorted(_facts_of(shown))
        sample = chance.sample(named, min(50, len(named)))
        assert self.ledger.facts(sample).keys() == set(sample), "a picture rests on a fact that is not there"
        for row in chance.sample(listing := self.ledger.listing(), min(3, len(listing))):
            kept, facts = self.ledger.report(row["report"]), self.ledger.facts_in(row["report"])
            assert {fact["fact"] for fact in facts} == {fact["id"] for fact in read_facts(kept)}, "half a report"
            assert row["facts"] == len(facts), "a listing that counts other facts"
        self.pictures += 1
        time.sleep(chance.random())  # who looks at a page takes a moment; twenty that never do keep two cores busy


def _facts_of(shown: Picture) -> set[str]:
    """The ids of all facts that a picture names."""
    tables = (shown.bases, shown.troops, shown.deadlines, shown.nations)
    return set(chain.from_iterable(ids for table in tables for key in ("facts", "others") for ids in table[key]))


if __name__ == "__main__":
    crowd = Crowd(sys.argv[1], int(sys.argv[2]), float(sys.argv[3]))
    crowd.run()
    print(json.dumps({"kept": sorted(crowd.kept), "pictures": crowd.pictures, "wrong": crowd.wrong}))
