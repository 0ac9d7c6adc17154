"""All reports read anew, in the background, after the extractor has changed."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator

from ledger.database import alone
from ledger.errors import LedgerError
from ledger.store import Ledger

log = logging.getLogger(__name__)


def reread(ledger: Ledger) -> Iterator[tuple[int, int, bool]]:
    """Reads one report after the other; gives (read so far, reports in all, whether its facts are others now)."""
    waiting = ledger.unread()
    for number, ident in enumerate(waiting, 1):
        yield number, len(waiting), ledger.reread(ident)


class Rereading:
    """``reread`` in a thread of its own; ``done`` of ``total`` reports, ``changed`` of them with other facts."""

    def __init__(self, ledger: Ledger) -> None:
        self.done = self.total = self.changed = 0
        self._ledger = ledger
        self._thread = threading.Thread(target=self._run, name="rereading", daemon=True)

    def start(self) -> Rereading:
        self._thread.start()
        return self

    @property
    def running(self) -> bool:
        """Whether there are reports that still have to be read."""
        return self._thread.is_alive()

    def wait(self, seconds: float | None = None) -> None:
        """Returns when all is read, or after so many seconds."""
        self._thread.join(seconds)

    def _run(self) -> None:
        try:
            with alone(self._ledger.engine):  # of several servers one does it; the others find it done
                for done, total, other in reread(self._ledger):
                    self.done, self.total, self.changed = done, total, self.changed + other
        except LedgerError as problem:
            # What was not read now is read at the next start: nothing is lost.
            log.error("reading the reports anew stopped at %s of %s: %s", self.done, self.total, problem)
