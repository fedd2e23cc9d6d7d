"""The asset `events.events`: mentions of all batches merged into events, redone only where something changed.

The table has no batches, for an event is told across them. Mentions fall into families: same type, same two countries
in any order. The blocks of `resolve.py` lie inside families, so a family can be resolved without the others. A run
redoes the families in which a mention has no event yet, an event has lost or gained mentions, or its pages have come
to count as copies. That finds what any batch, quarantine or replaced page left to do, in whatever order they came,
and nothing after an undisturbed run.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import dagster as dg
import polars as pl

from assets.cleaned.documents.rows import DOCUMENTS
from assets.code_versions import code_version
from assets.events.events.resolve import resolve_events
from assets.events.events.rows import EVENTS
from assets.events.mentions.rows import MENTIONS
from assets.options import WAREHOUSE_POOL
from assets.specs import Stopwatch, table_result, table_spec
from assets.warehouse import Replace, Update, Warehouse

_PREVIEW = ("plover_type", "source_country", "target_country", "event_date", "status", "mention_count", "languages")

_FAMILY = (
    "plover_type || '|' || least(coalesce(source_country, ''), coalesce(target_country, '')) "
    "|| '|' || greatest(coalesce(source_country, ''), coalesce(target_country, ''))"
)
_FAMILIES_OF_STALE_EVENTS = f"""
SELECT {_FAMILY} AS family
FROM events.events AS e LEFT JOIN (
    SELECT
        m.event_id,
        count(*) AS mentions,
        least(
            count(DISTINCT d.canonical_document_id), count(DISTINCT coalesce(d.publisher, d.document_id))
        ) AS independent
    FROM events.mentions AS m JOIN cleaned.documents AS d USING (document_id)
    WHERE m.event_id IS NOT NULL GROUP BY m.event_id
) AS told USING (event_id)
WHERE mention_count <> coalesce(mentions, 0) OR independent_publisher_count <> coalesce(independent, 0)
"""  # noqa: S608 - made of constants
_FAMILIES_TO_REDO = f"""
SELECT {_FAMILY} AS family FROM events.mentions AS m
WHERE event_id IS NULL OR NOT EXISTS (SELECT 1 FROM events.events AS e WHERE e.event_id = m.event_id)
UNION
{_FAMILIES_OF_STALE_EVENTS}
ORDER BY family
"""  # noqa: S608 - made of constants
_IN_FAMILIES = f"{_FAMILY} IN (SELECT unnest(?::VARCHAR[]))"


@dg.multi_asset(
    name="events_events",
    description="Merges mentions of the same event, across pages, publishers and languages.",
    specs=[
        table_spec(
            EVENTS,
            description="The same corpus gives the same events and ids, whatever the order in which batches came.",
            code_version=code_version("events/events"),
            kinds={"python", "duckdb", "polars"},
            deps=[MENTIONS, DOCUMENTS],
            stage="resolve",
        )
    ],
    pool=WAREHOUSE_POOL,
)
def events_events(
    context: dg.AssetExecutionContext, warehouse: dg.ResourceParam[Warehouse]
) -> Iterator[dg.MaterializeResult[Any]]:
    """Resolve the families in which anything changed; write their events and the mentions' event ids."""
    stopwatch = Stopwatch()
    with stopwatch.time("read"):
        families = warehouse.read(_FAMILIES_TO_REDO)["family"].to_list()
    frame = EVENTS.frame([])
    if families:
        frame = _redo(warehouse, families, stopwatch)
        context.log.info("%d families of mentions resolved into %d events", len(families), frame.height)
    total = int(warehouse.read(f"SELECT count(*) AS n FROM {EVENTS.qualified_name}")["n"][0])  # noqa: S608 - our own name
    yield table_result(
        EVENTS,
        frame,
        stopwatch,
        preview=_PREVIEW,
        total_rows=total,
        families_redone=len(families),
        by_type=dict(Counter(frame["plover_type"].to_list()).most_common()),
    )


def has_stale_events(warehouse: Warehouse) -> bool:
    """Whether an event stands in the table that its mentions no longer tell so, as when their page was replaced.

    Mentions without an event do not count: a gate may have taken their event out, and would again.
    """
    return not warehouse.read(f"{_FAMILIES_OF_STALE_EVENTS} LIMIT 1").is_empty()


def _redo(warehouse: Warehouse, families: list[str], stopwatch: Stopwatch) -> pl.DataFrame:
    with stopwatch.time("read"):
        mentions = MENTIONS.rows(
            warehouse.read(f"SELECT * FROM events.mentions WHERE {_IN_FAMILIES} ORDER BY mention_id", [families])  # noqa: S608
        )
        # Bodies are not needed to merge events, and would fill the memory.
        documents = DOCUMENTS.rows(
            warehouse.read(
                "SELECT * REPLACE ('' AS text) FROM cleaned.documents WHERE document_id IN "  # noqa: S608
                f"(SELECT document_id FROM events.mentions WHERE {_IN_FAMILIES}) ORDER BY document_id",
                [families],
            )
        )
    with stopwatch.time("resolve"):
        resolution = resolve_events(mentions, documents)
        events = EVENTS.frame(sorted(resolution.events, key=lambda event: event.event_id))
        merged = MENTIONS.frame([replace(m, event_id=resolution.event_ids.get(m.mention_id)) for m in mentions])
    with stopwatch.time("write"):
        warehouse.write(
            [
                Replace(EVENTS, events, _IN_FAMILIES, (families,)),
                Update(MENTIONS, merged.select("mention_id", "event_id")),
            ]
        )
    return events
