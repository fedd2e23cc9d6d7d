"""How a step is run: batch by batch where it has batches, watched, and tried again where its failure can pass.

Every asset hands its work to `each_batch` or `whole_table`, so that what is said of time and memory, and when a step
is tried again, is decided here and nowhere else. What the tables' rows are is none of its business.
"""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import Any

import dagster as dg
import psutil

from assets.warehouse import Unavailable

LAUNCHED_BY = "attache/launched_by"
COMMAND_LINE = "command line"
"""The tag, and its value, of runs that somebody watches: they are told at once what is wrong, and try themselves."""

PASSING = (Unavailable, ConnectionError, TimeoutError)
"""What can go wrong once and right later. Mistakes of people (settings, files, vocabularies) are not among them."""

MOST_TRIES_AGAIN = 3
_FIRST_WAIT_SECONDS = 10.0
_SAMPLE_SECONDS = 0.1
_MEBIBYTE = 2**20

Results = Iterable[dg.MaterializeResult[Any]]


def each_batch(
    context: dg.AssetExecutionContext, make: Callable[[str], Results]
) -> Iterator[dg.MaterializeResult[Any]]:
    """Let `make` make the tables of each batch of the run, one batch after the other: memory holds one at a time.

    What it reports of a batch becomes the metadata of that batch alone.
    """
    made: dict[dg.AssetKey, None] = {}
    for batch in context.partition_keys:
        for result in _watched(context, make(batch)):
            if result.asset_key is None:
                raise TypeError("a step must say which asset it reports of")
            context.add_asset_metadata(result.metadata or {}, result.asset_key, batch)
            made[result.asset_key] = None
    yield from (dg.MaterializeResult(asset_key=key) for key in made)


def whole_table(context: dg.AssetExecutionContext, results: Results) -> Iterator[dg.MaterializeResult[Any]]:
    """The results of a step whose tables have no batches."""
    return _watched(context, results)


def _watched(context: dg.AssetExecutionContext, results: Results) -> Iterator[dg.MaterializeResult[Any]]:
    """The results, each with the step's seconds and greatest memory so far."""
    started = time.perf_counter()
    with Memory() as memory, tried_again(context.op_execution_context):
        for result in results:
            used = {
                "seconds": round(time.perf_counter() - started, 3),
                "peak_memory_mib": round(memory.peak_bytes() / _MEBIBYTE, 1),
            }
            yield dg.MaterializeResult(asset_key=result.asset_key, metadata={**(result.metadata or {}), **used})


@contextmanager
def tried_again(context: dg.OpExecutionContext) -> Iterator[None]:
    """Let a failure that can pass (`PASSING`) be tried again by Dagster after 10, 20 and 40 seconds, more or less.

    A run that somebody watches is not: who waits for it is told what is in the way.
    """
    try:
        yield
    except PASSING as error:
        if context.run.tags.get(LAUNCHED_BY) == COMMAND_LINE:
            raise
        spread = random.uniform(0.8, 1.2)  # noqa: S311 - spreads tries, hides nothing
        wait = _FIRST_WAIT_SECONDS * 2**context.retry_number * spread
        raise dg.RetryRequested(max_retries=MOST_TRIES_AGAIN, seconds_to_wait=wait) from error


class Memory:
    """Watches what this process and its worker processes hold in memory, while the block runs.

    It looks ten times a second: what is held for less can be missed. Pages that processes share count once for each.
    """

    def __init__(self) -> None:
        self._process = psutil.Process()
        self._peak = 0
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="memory", daemon=True)

    def __enter__(self) -> Memory:
        self._look()
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ended.set()
        self._thread.join()

    def peak_bytes(self) -> int:
        """The greatest sum seen so far, in bytes (resident set sizes)."""
        self._look()
        return self._peak

    def _watch(self) -> None:
        while not self._ended.wait(_SAMPLE_SECONDS):
            self._look()

    def _look(self) -> None:
        held = 0
        for process in (self._process, *self._children()):
            try:
                held += process.memory_info().rss
            except psutil.Error:
                continue  # it has ended since
        self._peak = max(self._peak, held)

    def _children(self) -> list[psutil.Process]:
        try:
            return self._process.children(recursive=True)
        except psutil.Error:
            return []
