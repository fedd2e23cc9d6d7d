"""Running finished batches once more: which, and from which table on.

A batch is run as a whole, for it is what tables are replaced by; a period of publication chooses among batches, not
among the pages in them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from assets.events.claims.rows import CLAIMS
from assets.events.events.rows import EVENTS
from assets.events.pairs.rows import PAIRS
from pipelines.intake import finished_batches, mark_pending
from pipelines.staleness import Stale
from pipelines.warehouse import DuckDBWarehouse, Query

ALL = "all"
STALE = "stale"

_RESOLVED = {table.qualified_name for table in (EVENTS, CLAIMS, PAIRS)}
_PUBLISHED = (
    "SELECT DISTINCT batch FROM cleaned.documents WHERE published >= ? AND published < ?"  # undated pages never match
)
_DAY = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")


@dataclass(frozen=True)
class Period:
    """Days from `first` up to and without `end`."""

    first: date
    end: date


@dataclass(frozen=True)
class OnceMore:
    """What is to be run once more. `stale_tables` names the stale tables of each batch that need not be run from its
    files on; `merge` tells that tables of all batches are to be made anew in any case."""

    stale_tables: Mapping[str, frozenset[str]] = field(default_factory=dict)
    merge: bool = False


def reopen_batches(
    warehouse: DuckDBWarehouse,
    corpus: str,
    again: Sequence[str],
    published: Period | None,
    look_for_stale: Callable[[Query], Iterable[Stale]],
) -> OnceMore:
    """Mark finished batches of the corpus pending: by name, all, or the stale ones; of these the period's, if given.

    Where how events are made of mentions is stale, all events are marked to be made anew. Raises CorpusError, and
    marks nothing, where the corpus has no batch of a name.
    """
    names = [name for name in again if name not in (ALL, STALE)]
    named = set(finished_batches(warehouse, corpus, names)) if names or ALL in again else set()
    if ALL in again:
        named |= set(finished_batches(warehouse, corpus, ()))
    stale: dict[str, set[str]] = {}
    if STALE in again:
        with warehouse.reading() as query:
            for found in look_for_stale(query):
                stale.setdefault(found.batch, set()).add(found.table)
    whole = stale.pop("", set())
    finished = set(finished_batches(warehouse, corpus, ()))
    within = _published(warehouse, published) if published else finished
    partly = {b: frozenset(tables) for b, tables in stale.items() if b in finished & within and b not in named}
    mark_pending(warehouse, sorted((named & within) | set(partly)))
    if whole & _RESOLVED:
        with warehouse.transaction() as connection:
            connection.execute("UPDATE events.mentions SET event_id = NULL")
    return OnceMore(partly, merge=bool(whole))


def period(text: str) -> Period:
    """The period of `2026`, `2026-03`, `2026-03-14` or of two of these with `..` between. Raises ValueError."""
    first, dots, last = text.strip().partition("..")
    begin, end = _days(first)
    if dots:
        end = _days(last)[1]
    if end <= begin:
        raise ValueError(f"{text!r} ends before it begins")
    return Period(begin, end)


def _days(text: str) -> tuple[date, date]:
    found = _DAY.fullmatch(text.strip())
    if not found:
        raise ValueError(f"{text!r} is no day, month or year; write 2026, 2026-03, 2026-03-14, or 2026-01..2026-03")
    year, month, day = (int(part) if part else None for part in found.groups())
    try:
        first = date(year or 0, month or 1, day or 1)
        if day:
            return first, first + timedelta(days=1)
        if month:
            return first, date(first.year + month // 12, month % 12 + 1, 1)
        return first, date(first.year + 1, 1, 1)
    except (ValueError, OverflowError):
        raise ValueError(f"{text!r} is no day, month or year of the calendar") from None


def _published(warehouse: DuckDBWarehouse, span: Period) -> set[str]:
    return set(warehouse.read(_PUBLISHED, [span.first, span.end])["batch"])
