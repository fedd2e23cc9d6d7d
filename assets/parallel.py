"""The one function that maps work over many items; where the work runs is decided here and nowhere else.

Local processes today. They are started by spawning: a Dagster run has threads and an open DuckDB library in it, and
a forked copy of those can dead-lock. A spawned process imports only the module of the function it is to run.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from itertools import chain, islice
from typing import TypeVar

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
    pending: list[tuple[int, list[Item], Future[list[Result | Failure]]]] = []
    pool = _pool(workers)
    index = 0
    try:
        while True:
            while len(pending) < workers * _CHUNKS_AHEAD_PER_WORKER and (chunk := list(islice(items, chunk_size))):
                pending.append((index, chunk, pool.submit(_call_chunk, function, index, chunk)))
                index += len(chunk)
            if not pending:
                return
            start, chunk, future = pending.pop(0)
            try:
                results = future.result()
            except BrokenProcessPool:
                pool.shutdown(wait=False, cancel_futures=True)
                pool = _pool(workers)
                results = _call_one_by_one(function, start, chunk)
                pending = [(s, c, pool.submit(_call_chunk, function, s, c)) for s, c, _ in pending]
            yield from results
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _pool(workers: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn"))


def _call_one_by_one(function: Callable[[Item], Result], start: int, chunk: Sequence[Item]) -> list[Result | Failure]:
    """Each item in a process that may die; whoever dies gets a Failure."""
    results: list[Result | Failure] = []
    pool = _pool(1)
    try:
        for index, item in enumerate(chunk, start):
            try:
                results += pool.submit(_call_chunk, function, index, [item]).result()
            except BrokenProcessPool:
                results.append(Failure(index, "BrokenProcessPool", "the process died while it worked on this item"))
                pool.shutdown(wait=False)
                pool = _pool(1)
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
