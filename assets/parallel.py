"""The one function that maps work over many items; where the work runs is decided here and nowhere else.

Local processes today. They are started by spawning: a Dagster run has threads and an open DuckDB library in it, and
a forked copy of those can dead-lock. A spawned process imports the module of the function it is to run, so keep such
functions out of modules that import Dagster. The processes stay for the next call, since starting them costs seconds
where the work of a batch may cost less; they end with this one, however it ends.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from itertools import chain, islice
from multiprocessing.connection import wait
from pathlib import Path
from typing import Generic, TypeVar

from assets.vocabulary.files import lay_over, own_folder

Item = TypeVar("Item")
Result = TypeVar("Result")

INLINE_ITEMS = 32
"""With at most this many items no process is started: starting one costs more than the work."""

_CHUNKS_AHEAD_PER_WORKER = 2


@dataclass(frozen=True)
class Failure:
    """Stands in the results where the function raised an exception, or its process died, on one item."""

    index: int
    error_type: str
    message: str


def map_in_processes(
    function: Callable[[Item], Result],
    items: Iterable[Item],
    *,
    workers: int,
    chunk_size: int = 16,
    inline_items: int = INLINE_ITEMS,
) -> Iterator[Result | Failure]:
    """`function` of each item, in the order of the items, lazily; a `Failure` where it raised.

    `function` is a top-level function and items and results can be pickled. Items are handed out in chunks, a few
    ahead of the consumer, so that memory stays bounded however many items there are. With one worker, or at most
    `inline_items` items, everything runs in this process. A process that dies (out of memory, a crash in a C
    library) loses only the item that kills it: its chunk is run again item by item.
    """
    iterator = iter(items)
    first = list(islice(iterator, inline_items + 1))
    if workers <= 1 or len(first) <= inline_items:
        for index, item in enumerate(chain(first, iterator)):
            yield _call(function, index, item)
        return
    yield from _map_in_pool(function, chain(first, iterator), workers, chunk_size)


def _map_in_pool(
    function: Callable[[Item], Result], items: Iterator[Item], workers: int, chunk_size: int
) -> Iterator[Result | Failure]:
    pending: deque[_Chunk[Item, Result]] = deque()
    index = 0
    try:
        while True:
            while len(pending) < workers * _CHUNKS_AHEAD_PER_WORKER and (chunk := list(islice(items, chunk_size))):
                pending.append(_Chunk(index, chunk, _submit(function, index, chunk, workers)))
                index += len(chunk)
            if not pending:
                return
            first = pending.popleft()
            try:
                results = first.future.result()
            except BrokenProcessPool:
                results = _call_one_by_one(function, first.start, first.items)
                for chunk_left in pending:
                    chunk_left.future = _submit(function, chunk_left.start, chunk_left.items, workers)
            yield from results
    finally:
        for chunk_left in pending:
            chunk_left.future.cancel()


@dataclass
class _Chunk(Generic[Item, Result]):
    start: int
    items: list[Item]
    future: Future[list[Result | Failure]]


_pools: dict[int, ProcessPoolExecutor] = {}
_pools_lock = threading.Lock()


def _submit(
    function: Callable[[Item], Result], start: int, chunk: list[Item], workers: int
) -> Future[list[Result | Failure]]:
    """Hand a chunk to the standing pool of this many workers, in place of which a new one comes if it is broken."""
    with _pools_lock:
        pool = _pools.get(workers)
        try:
            if pool is not None:
                return pool.submit(_call_chunk, function, start, chunk)
        except (BrokenProcessPool, RuntimeError):
            pool = None
        _pools[workers] = _new_pool(workers)
        return _pools[workers].submit(_call_chunk, function, start, chunk)


def _new_pool(workers: int) -> ProcessPoolExecutor:
    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(workers, mp_context=context, initializer=_settle_in, initargs=(own_folder(),))


def _settle_in(vocabulary: Path | None) -> None:
    """In a worker: read the parent's vocabulary, leave Ctrl-C to the parent, and end when the parent is gone, even
    if it was killed."""
    lay_over(vocabulary)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()


def _end_with(sentinel: int) -> None:
    wait([sentinel])
    os._exit(1)


def _call_one_by_one(function: Callable[[Item], Result], start: int, chunk: Sequence[Item]) -> list[Result | Failure]:
    """Each item in a process that may die; whoever dies gets a Failure."""
    results: list[Result | Failure] = []
    pool = _new_pool(1)
    try:
        for index, item in enumerate(chunk, start):
            try:
                results += pool.submit(_call_chunk, function, index, [item]).result()
            except BrokenProcessPool:
                results.append(Failure(index, "BrokenProcessPool", "the process died while it worked on this item"))
                pool.shutdown(wait=False)
                pool = _new_pool(1)
    finally:
        pool.shutdown(wait=False)
    return results


def _call_chunk(function: Callable[[Item], Result], start: int, chunk: Sequence[Item]) -> list[Result | Failure]:
    return [_call(function, index, item) for index, item in enumerate(chunk, start)]


def _call(function: Callable[[Item], Result], index: int, item: Item) -> Result | Failure:
    try:
        return function(item)
    except Exception as error:
        return Failure(index, type(error).__name__, str(error))
