"""When events have to be merged: asked of the books and of the events themselves, and written down when it is done.

Mentions are made batch by batch, events of all of them. Merging after every batch would cost more with each, so it
is done after the last, and now and then between (`Rhythm`); a run that was stopped before is noticed here.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import UTC, datetime

from assets.events.events.asset import has_stale_events
from assets.warehouse import Upsert
from pipelines.operations import MERGES, Merge
from pipelines.warehouse import DuckDBWarehouse

# What a long intake may spend on merging in between: one part in so many.
_PARTS = 10

_NOT_MERGED = (
    "SELECT batch FROM ops.batches WHERE status = 'done' "
    "AND done_at > coalesce((SELECT max(read_at) FROM ops.merges), TIMESTAMP '-infinity')"
)


def merge_is_due(warehouse: DuckDBWarehouse) -> bool:
    """Whether a batch came through since the last merge, or an event is no longer what its mentions tell."""
    return not warehouse.read(_NOT_MERGED).is_empty() or has_stale_events(warehouse)


def merge_waits_since(warehouse: DuckDBWarehouse) -> datetime | None:
    """When the first batch was done that no merge has brought into the events (UTC); None where there is none."""
    waiting = warehouse.read(f"SELECT min(done_at) AS since FROM ops.batches WHERE batch IN ({_NOT_MERGED})")  # noqa: S608
    since = waiting["since"][0]
    return since if isinstance(since, datetime) else None


def write_merge(warehouse: DuckDBWarehouse, run_id: str, read_at: datetime) -> int:
    """Enter a merge in the books that read the mentions at `read_at` (UTC); how many batches it brought in."""
    batches = warehouse.read(_NOT_MERGED).height
    now = datetime.now(UTC).replace(tzinfo=None)
    warehouse.write([Upsert(MERGES, MERGES.frame([Merge(run_id, read_at, now, batches)]))])
    return batches


@dataclass
class Rhythm:
    """When to merge between the batches of a long intake: events keep up, and merging costs a tenth of the time."""

    last_took: float = 0.0
    last_ended: float = 0.0

    @classmethod
    def begun(cls) -> Rhythm:
        """The rhythm of an intake that begins now."""
        return cls(last_ended=time.monotonic())

    def merged(self, started: float) -> None:
        """A merge that began at `started` (seconds of `time.monotonic`) has just ended."""
        self.last_ended = time.monotonic()
        self.last_took = self.last_ended - started

    def is_due(self, at_least: float = 60.0) -> bool:
        """Whether enough time has gone by since the last merge; never more often than every `at_least` seconds."""
        return time.monotonic() - self.last_ended >= max(at_least, (_PARTS - 1) * self.last_took)
