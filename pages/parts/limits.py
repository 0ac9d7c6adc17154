"""How much one visitor may ask for: requests a minute, and which sessions may upload; kept in this process."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict, deque
from collections.abc import Callable
from functools import cache

from pages.parts.settings import adds_per_minute

MINUTE = 60.0  # seconds
REMEMBERED = 10_000  # visitors, and sessions that may upload; the ones longest ago are forgotten


class Pace:
    """At most ``most`` requests in any minute from one visitor."""

    def __init__(self, most: int, clock: Callable[[], float] = time.monotonic) -> None:
        self.most, self.clock = most, clock
        self._asked: OrderedDict[str, deque[float]] = OrderedDict()
        self._lock = threading.Lock()

    def wait(self, visitor: str) -> float:
        """0 where the visitor may go ahead, and the request counts; else the seconds until one may, and it does not."""
        with self._lock:
            now = self.clock()
            asked = self._asked.setdefault(visitor, deque())
            self._asked.move_to_end(visitor)
            while asked and asked[0] <= now - MINUTE:
                asked.popleft()
            if len(asked) >= self.most:
                return asked[0] + MINUTE - now
            asked.append(now)
            if len(self._asked) > REMEMBERED:
                self._asked.popitem(last=False)
            return 0.0


class Guests:
    """Sessions whose page has offered the field for uploads: files of all others are not even taken in."""

    def __init__(self) -> None:
        self._sessions: OrderedDict[str, None] = OrderedDict()
        self._lock = threading.Lock()

    def let_in(self, session: str) -> None:
        """From now on this session may upload."""
        with self._lock:
            self._sessions[session] = None
            self._sessions.move_to_end(session)
            if len(self._sessions) > REMEMBERED:
                self._sessions.popitem(last=False)

    def __contains__(self, session: str) -> bool:
        return session in self._sessions


@cache
def readings() -> Pace:
    """The pace at which visitors have something read or fetched."""
    return Pace(adds_per_minute())


@cache
def uploads() -> Pace:
    """The pace at which visitors upload files."""
    return Pace(adds_per_minute())


@cache
def guests() -> Guests:
    """The sessions that may upload to this process."""
    return Guests()
