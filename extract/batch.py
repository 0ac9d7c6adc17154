"""Many articles read by all cores, their results in the order of the articles.

Only a few articles a worker are on their way at any time, so that memory does not grow with their number.
"""

from __future__ import annotations

import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from itertools import chain, islice
from multiprocessing import get_context, parent_process
from typing import TypeVar

from extract.articles import Article, Given, Piece, UnreadableError, article_of

# Fewer articles are read sooner by this process alone: with two cores, 100 take 0.9 s either way.
FEW = 100
# Articles handed over at a time, and how many such parcels are on their way for each worker: parcels of 4 to 16
# articles take the same time, single ones twice as long.
PARCEL, AHEAD = 8, 3
# Windows waits for at most so many processes (concurrent.futures raises ValueError for more).
MOST_WORKERS = 61

T = TypeVar("T")
R = TypeVar("R")


class StoppedError(RuntimeError):
    """Not all articles could be read; the message says how many were, why, and the remedy."""


def cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def told(
    pieces: Iterable[Piece | UnreadableError], given: Given, tell: Callable[[Article], R]
) -> Generator[R | UnreadableError, None, None]:
    """What ``tell``, a function of a module, says of each article, in the order of ``pieces``.

    An ``UnreadableError`` stands in the place of an article that fails. Raises StoppedError when a worker is killed.
    """
    rest = iter(pieces)
    first = list(islice(rest, FEW))
    work, items, workers = partial(told_of, given, tell), chain(first, rest), min(cores(), MOST_WORKERS)
    results = map(work, items) if len(first) < FEW or workers == 1 else in_order(work, items, workers)
    done = 0
    try:
        for result in results:
            yield result
            done += 1
    except BrokenProcessPool:
        raise StoppedError(
            f"a worker process was killed, most likely for want of memory: only the first {done} articles are read; "
            "give fewer at a time"
        ) from None


def told_of(given: Given, tell: Callable[[Article], R], piece: Piece | UnreadableError) -> R | UnreadableError:
    """What ``tell`` says of one article, or what is wrong with the article."""
    article = article_of(piece, given)
    return article if isinstance(article, UnreadableError) else tell(article)


def in_order(work: Callable[[T], R], items: Iterable[T], workers: int) -> Iterator[R]:
    """``map(work, items)`` by so many processes; ``work``, items and results are pickled on the way.

    The processes are spawned, not forked: that is the same on Linux, macOS and Windows, and safe beside threads.
    Raises BrokenProcessPool when one of them is killed.
    """
    rest = iter(items)
    waiting: deque[Future[list[R]]] = deque()
    pool = ProcessPoolExecutor(workers, get_context("spawn"), _prepare)
    try:
        while parcel := list(islice(rest, PARCEL)):
            waiting.append(pool.submit(_each, work, parcel))
            if len(waiting) == AHEAD * workers:
                yield from waiting.popleft().result()
        while waiting:
            yield from waiting.popleft().result()
    finally:
        pool.shutdown(cancel_futures=True)


def _each(work: Callable[[T], R], items: list[T]) -> list[R]:
    return [work(item) for item in items]


def _prepare() -> None:
    """Leaves Ctrl-C to the parent process, and ends this one when the parent is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
