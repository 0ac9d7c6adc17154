"""Many articles read by the workers of a Dask cluster, their results in the order of the articles.

What a worker gets is the bytes of the articles, so that it needs no file of ours, but this project, to import it. Only
a few articles a worker are on their way at any time. When a worker is lost, others do its work again.
"""

from __future__ import annotations

import asyncio
import logging
import pickle  # our own parcels, see below # nosec B403
import socket
import time
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import CancelledError, wait
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

from distributed import Client, Future, KilledWorker
from distributed.comm import get_address_host_port

from extract.articles import Article, Given, Piece, UnreadableError, loaded
from extract.batch import AHEAD, PARCEL, StoppedError, told_of

# Seconds: a scheduler that does not answer is not there; a cluster without any worker gets so long to have one again;
# it is looked at so often while a result is awaited.
CONNECT, PATIENCE, TICK = 10.0, 30.0, 0.5
# Those that Dask gives a level and a handler each.
LOGGERS = ("distributed", "distributed.client", "tornado.application")

ROOT = Path(__file__).resolve().parent.parent
R = TypeVar("R")
Sent = Piece | UnreadableError
Work = Callable[[Sent], R | UnreadableError]


def told(
    pieces: Iterable[Sent], given: Given, tell: Callable[[Article], R], address: str
) -> Generator[R | UnreadableError, None, None]:
    """What ``batch.told`` gives, by the cluster whose scheduler is at ``address`` (``tcp://HOST:PORT``).

    Raises StoppedError when no scheduler answers, when no worker is left, or when one cannot import this project.
    """
    for name in LOGGERS:
        logging.getLogger(name).setLevel(logging.CRITICAL)  # what is wrong is told in one line of our own
    try:
        with socket.create_connection(get_address_host_port(address), CONNECT):
            pass  # Dask itself would try again until its time is out
        client = Client(address, timeout=CONNECT)
    except (OSError, ValueError) as problem:
        raise StoppedError(
            f"no Dask scheduler answers at {address} ({_first_line(problem)}); start one with: dask scheduler"
        ) from None
    with client:
        try:
            yield from _in_order(client, partial(told_of, given, tell), map(loaded, pieces))
        except ImportError as problem:
            raise StoppedError(
                f"a worker of {address} cannot import this project ({problem}); start it where the project and its "
                f"requirements are: PYTHONPATH={ROOT} dask worker {address}"
            ) from None
        except CancelledError:
            raise StoppedError(f"the Dask scheduler at {address} has gone; start it again, then this command") from None


def _in_order(client: Client, work: Work[R], pieces: Iterable[Sent]) -> Iterator[R | UnreadableError]:
    rest = iter(pieces)
    waiting: deque[tuple[list[Sent], Future[Any]]] = deque()
    while True:
        most = AHEAD * max(1, _threads(client))
        while len(waiting) < most and (parcel := list(islice(rest, PARCEL))):
            waiting.append((parcel, _task(client, work, parcel)))
        if not waiting:
            return
        parcel, task = waiting.popleft()
        try:
            yield from _result(client, task)
        except KilledWorker:
            for piece in parcel:
                yield _alone(client, work, piece)


def _task(client: Client, work: Work[R], parcel: list[Sent]) -> Future[Any]:
    def each(packed: bytes) -> list[R | UnreadableError]:
        # A function of no module is sent whole, and what it works with is packed: so the scheduler, which looks into
        # tasks, does not need this project.
        work, parcel = pickle.loads(packed)  # noqa: S301 - packed below # nosec B301
        return [work(piece) for piece in parcel]

    return client.submit(each, pickle.dumps((work, parcel)), pure=False)


def _alone(client: Client, work: Work[R], piece: Sent) -> R | UnreadableError:
    """What ``work`` makes of an article of a parcel that has ended several workers: most of them are innocent."""
    try:
        result: R | UnreadableError = _result(client, _task(client, work, [piece]))[0]
    except KilledWorker:
        if isinstance(piece, UnreadableError):
            return piece
        where = f"{piece.path}" if piece.line is None else f"{piece.path}, line {piece.line}"
        return UnreadableError(f"{where}: ends the workers that read it, most likely for want of memory; leave it out")
    return result


def _result(client: Client, task: Future[Any]) -> list[Any]:
    """What the task gives; raises what it raises, StoppedError when there is nobody to do it, and CancelledError when
    the scheduler is gone.

    It is asked for once: Dask 2026.8 never gives a result whose ``result(timeout=...)`` has timed out on its way, and
    one without a timeout waits for ever when the worker that has it is lost, and all others.
    """
    seen = time.monotonic()
    coming = asyncio.run_coroutine_threadsafe(client.gather([task], asynchronous=True), client.loop.asyncio_loop)
    while not wait([coming], TICK).done:
        now = time.monotonic()
        if _threads(client):
            seen = now
        elif now - seen >= PATIENCE:
            address = client.scheduler.address
            raise StoppedError(
                f"no worker has been at {address} for {PATIENCE:.0f} seconds, so not all articles are read; start "
                f"one with: PYTHONPATH={ROOT} dask worker {address}"
            )
    try:
        result: list[Any] = coming.result()[0]
    except OSError:
        if task.status == "error":
            raise  # of the work itself
        raise CancelledError from None
    return result


def _threads(client: Client) -> int:
    """How many tasks the cluster does at a time; raises CancelledError when the scheduler is gone."""
    try:
        return sum(client.nthreads().values())
    except OSError:
        raise CancelledError from None


def _first_line(problem: Exception) -> str:
    return str(problem).partition("\n")[0]
