"""One look for all who ask at the same moment, and never one that began before they asked."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

import pytest

from ledger.errors import UnreachableError
from pages.parts.latest import Latest

T = TypeVar("T")


def run(work: Coroutine[None, None, T]) -> T:
    """What ``work`` gives, in a thread of its own: where a browser is driven, this one has an event loop already."""
    with ThreadPoolExecutor(1) as threads:
        return threads.submit(asyncio.run, work).result(30)


class Gate:
    """A look that ends when it is let through; counts its looks. ``wrong`` is raised instead, if given."""

    def __init__(self, wrong: Exception | None = None) -> None:
        self.looks, self.wrong = 0, wrong
        self.begun, self.pass_on = threading.Semaphore(0), threading.Semaphore(0)

    def __call__(self) -> int:
        self.looks += 1
        found = self.looks
        self.begun.release()
        assert self.pass_on.acquire(timeout=10)
        if self.wrong:
            raise self.wrong
        return found

    async def under_way(self) -> None:
        assert await asyncio.to_thread(self.begun.acquire, timeout=10)


def test_who_asks_during_a_look_shares_the_next_one() -> None:
    async def asked() -> list[int]:
        gate = Gate()
        latest = Latest(gate)
        first = asyncio.create_task(latest())
        await gate.under_way()
        crowd = [asyncio.create_task(latest()) for _ in range(50)]
        gate.pass_on.release(2)
        found = [await first, *await asyncio.gather(*crowd)]
        gate.pass_on.release()
        return [*found, await latest()]

    assert run(asked()) == [1, *[2] * 50, 3]


def test_a_look_that_fails_tells_all_who_wait_and_none_after_them() -> None:
    async def asked() -> None:
        gate = Gate(UnreachableError("the ledger does not answer"))
        latest = Latest(gate)
        crowd = [asyncio.create_task(latest()) for _ in range(3)]
        await gate.under_way()
        after = asyncio.create_task(latest())
        gate.pass_on.release()
        told = await asyncio.gather(*crowd, return_exceptions=True)
        assert [type(one) for one in told] == [UnreachableError] * 3
        await gate.under_way()
        gate.wrong = None
        gate.pass_on.release()
        assert await after == 2

    run(asked())


def test_who_goes_away_takes_the_look_from_nobody() -> None:
    async def asked() -> int:
        gate = Gate()
        latest = Latest(gate)
        gone, stays = asyncio.create_task(latest()), asyncio.create_task(latest())
        await gate.under_way()
        gone.cancel()
        gate.pass_on.release()
        with pytest.raises(asyncio.CancelledError):
            await gone
        return await stays

    assert run(asked()) == 1
