"""A program that adds reports and says which of them are in, for tests that kill it (tests/test_durable.py).

``python -m tests.adding URL LAST`` makes the reports 0 to LAST-1 ready, says ``ready`` and waits for lines with the
numbers of those to add. For each line it starts a child, which is what a killed program was: it opens the ledger anew
and adds them one by one. The child says ``child PID``, ``open``, ``begun`` as a transaction begins and ``kept NUMBER``
when a report is confirmed; ``over`` follows when the child has ended, of itself or not.
"""

from __future__ import annotations

import gc
import os
import random
import sys
import tempfile
from collections.abc import Iterable
from datetime import date, timedelta
from functools import cache
from string import ascii_lowercase

import psycopg  # noqa: F401 - see main
from sqlalchemy import event

from ledger import store
from ledger.intake import prepared
from ledger.reports import Report
from ledger.store import Ledger


@cache
def report(number: int) -> Report:
    """The report of this number: always the same, with facts, and no near copy of another one."""
    chance = random.Random(number)  # noqa: S311 - chance, no secret
    noise = " ".join("".join(chance.choices(ascii_lowercase, k=7)) for _ in range(16))
    text = f"About {1000 + number} US troops are in Iraq. The words of report {number} are {noise}."
    day = date(2024, 1, 1) + timedelta(number % 700)
    return Report(f"r{number}", f"https://example.org/{number}", f"Paper {number % 7}", day, "en", f"T {number}", text)


def say(words: str) -> None:
    os.write(1, f"{words}\n".encode())


def add(url: str, numbers: Iterable[int]) -> None:
    """Adds the reports to the ledger at ``url``, as the child does."""
    say(f"child {os.getpid()}")
    ledger = Ledger(url)
    event.listen(ledger.engine, "begin", lambda _connection: say("begun"))
    say("open")
    for number in numbers:
        ledger.add(report(number), "tests")
        say(f"kept {number}")
    ledger.close()


def main(url: str, last: int) -> None:
    # A kill shall meet the database at work, so all that comes before it is done already.
    with tempfile.TemporaryDirectory() as folder:
        Ledger(f"sqlite:///{folder}/warm.db").close()
    ready = {known: prepared(known) for known in map(report, range(last))}
    store.prepared = ready.__getitem__
    gc.freeze()  # children share what is there instead of copying it
    say("ready")
    for line in sys.stdin:
        child = os.fork()
        if not child:
            add(url, map(int, line.split()))
            os._exit(0)
        os.waitpid(child, 0)
        say("over")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
