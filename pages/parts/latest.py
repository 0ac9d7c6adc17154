"""The ledger as it is now, looked up once for all who ask at the same moment."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Generic, TypeVar

from anyio.to_thread import run_sync

T = TypeVar("T")


class Latest(Generic[T]):
    """What ``look`` finds, in a thread; to be awaited in one event loop.

    Who asks while somebody's look is under way shares the next one, which begins when that has ended: nobody gets what
    there was before they asked, and a crowd costs no more than one look at a time.
    """

    def __init__(self, look: Callable[[], T]) -> None:
        self._look = look
        self._running: asyncio.Task[T] | None = None
        self._next: asyncio.Task[T] | None = None

    async def __call__(self) -> T:
        """What a look found that began after this call. Raises what ``look`` raises."""
        if self._next is None:
            self._next = asyncio.create_task(self._after(self._running))
        return await asyncio.shield(self._next)  # who goes away takes the look from nobody else

    async def _after(self, before: asyncio.Task[T] | None) -> T:
        if before is not None:
            await asyncio.wait([before])
        self._running, self._next = self._next, None
        return await run_sync(self._look)
