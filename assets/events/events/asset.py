"""The assets `events.events`, `events.claims` and `events.pairs`: mentions of all batches merged into events.

The tables have no batches, for an event is told across them. A run makes anew the events of mentions that are new,
of events that lost mentions or whose pages came to count as copies or as an agency's, and of whatever hangs together
with those (`resolve_in_parts`), in parts of some thousand reports, so that memory stays bounded.
What people decided (`events.overrides`) is looked up with the mentions. Nothing is done after an undisturbed run.
"""

# ruff: noqa: S608 - SQL is put together from constants, values are parameters

import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from typing import Any

import dagster as dg
import polars as pl

from assets.charts import map_chart, timeline_chart, type_chart
from assets.cleaned.documents.rows import DOCUMENTS
from assets.events.claims.rows import CLAIMS
from assets.events.events.agree import Told
from assets.events.events.resolve import Resolution, resolve_in_parts
from assets.events.events.rows import EVENTS
from assets.events.mentions.rows import MENTIONS
from assets.events.pairs.rows import PAIRS
from assets.options import WAREHOUSE_POOL
from assets.specs import Stopwatch, table_result, table_spec
from assets.steps import whole_table
from assets.table import Table
from assets.warehouse import Change, Replace, Update, Warehouse

_PREVIEW = ("plover_type", "source_country", "target_country", "event_date", "status", "mention_count", "languages")
_SHOWN = 20
"""Rows of each table that are kept for the preview."""

_ORIGIN = (
    "coalesce(d.agency, first_page.publisher, d.canonical_document_id, d.publisher, m.document_id)"  # see `Told`
)
_FROM = """
FROM events.mentions AS m
LEFT JOIN cleaned.documents AS d ON d.document_id = m.document_id
LEFT JOIN cleaned.documents AS first_page ON first_page.document_id = d.canonical_document_id
"""
_STALE_EVENTS = f"""
SELECT e.event_id, e.plover_type FROM events.events AS e LEFT JOIN (
    SELECT
        m.event_id,
        count(*) AS mentions,
        least(count(DISTINCT {_ORIGIN}), count(DISTINCT coalesce(d.publisher, m.document_id))) AS independent
    {_FROM} WHERE m.event_id IS NOT NULL GROUP BY m.event_id
) AS told USING (event_id)
WHERE e.mention_count <> coalesce(mentions, 0) OR e.independent_publisher_count <> coalesce(independent, 0)
"""
# Events that were kept apart from a stale one may look otherwise without what it lost, so they are changed as well.
_CHANGED = f"""
WITH stale AS (SELECT event_id FROM ({_STALE_EVENTS})), beside AS (
    SELECT event_id FROM stale
    UNION SELECT event_a FROM events.pairs WHERE decision = 'apart' AND event_b IN (SELECT event_id FROM stale)
    UNION SELECT event_b FROM events.pairs WHERE decision = 'apart' AND event_a IN (SELECT event_id FROM stale)
)
SELECT m.mention_id FROM events.mentions AS m
WHERE m.event_id IS NULL OR m.event_id NOT IN (SELECT event_id FROM events.events)
   OR m.event_id IN (SELECT event_id FROM beside)
"""
_COLUMNS = {
    "source_actor": "m.source_actor_id",
    "target_actor": "m.target_actor_id",
    "place": "CASE WHEN m.place_precision = 'point' THEN m.geonames_id END",
    "publisher": "d.publisher",
    "agency": "d.agency",
    "published": "d.published",
    "origin": _ORIGIN,
}
_MENTIONS = (
    "SELECT "
    + ", ".join(f"{_COLUMNS.get(name, f'm.{name}')} AS {name}" for name in Told._fields)
    + ", m.event_id, coalesce(d.canonical_document_id, m.document_id) AS page, o.together, "
    + f"changed.mention_id IS NOT NULL AS changed {_FROM} "
    + "LEFT JOIN events.overrides AS o ON o.mention_id = m.mention_id "
    + f"LEFT JOIN ({_CHANGED}) AS changed ON changed.mention_id = m.mention_id"
)
_CLASS = (
    "CASE quad_class WHEN 1 THEN 'verbal cooperation' WHEN 2 THEN 'material cooperation' "
    "WHEN 3 THEN 'verbal conflict' ELSE 'material conflict' END AS quad_class"
)
_CLASSES_BY_DAY = (
    f"SELECT event_date AS day, count(*) AS events, {_CLASS} FROM events.events "
    "WHERE event_date IS NOT NULL GROUP BY ALL"
)
_MOST_PLACES = 300  # the places of most events: more would hide each other on a small map
_CLASSES_BY_PLACE = (
    f"SELECT latitude, longitude, {_CLASS}, count(*) AS events FROM events.events WHERE latitude IS NOT NULL "
    f"GROUP BY ALL ORDER BY events DESC, latitude, longitude, quad_class LIMIT {_MOST_PLACES}"
)
_NEIGHBOURS = "SELECT DISTINCT event_a, event_b FROM events.pairs WHERE decision = 'apart'"
_WITHOUT_MENTIONS = {
    EVENTS: "event_id NOT IN (SELECT event_id FROM events.mentions WHERE event_id IS NOT NULL)",
    CLAIMS: "claim_id NOT IN (SELECT mention_id FROM events.mentions)",
    PAIRS: (
        "mention_a NOT IN (SELECT mention_id FROM events.mentions) "
        "OR mention_b NOT IN (SELECT mention_id FROM events.mentions)"
    ),
}


def _spec(table: Table, description: str, deps: list[Table]) -> dg.AssetSpec:
    return table_spec(
        table,
        description=description,
        code=("events/events", "events/claims", "events/pairs"),
        kinds={"python", "duckdb", "polars"},
        deps=deps,
        stage="resolve",
    )


@dg.multi_asset(
    name="events_events",
    description="Merges mentions of the same event, across pages, publishers and languages.",
    specs=[
        _spec(
            EVENTS,
            "The same corpus gives the same events and ids, whatever the order in which batches came.",
            [MENTIONS, DOCUMENTS],
        ),
        _spec(CLAIMS, "Reports that disagree stay side by side, each with its publisher.", [MENTIONS, DOCUMENTS]),
        _spec(PAIRS, "Enough pairs to lead from any mention of an event to any other.", [MENTIONS, DOCUMENTS]),
    ],
    pool=WAREHOUSE_POOL,
)
def events_events(
    context: dg.AssetExecutionContext, warehouse: dg.ResourceParam[Warehouse]
) -> Iterator[dg.MaterializeResult[Any]]:
    """Resolve what changed; write events, claims, pairs and the mentions' event ids, a transaction a part."""
    yield from whole_table(context, _merge(warehouse, context.log))


def _merge(warehouse: Warehouse, log: dg.DagsterLogManager) -> Iterator[dg.MaterializeResult[Any]]:
    stopwatch, read_at = Stopwatch(), time.time()
    with stopwatch.time("read"):
        changed = int(warehouse.read(f"SELECT count(*) AS n FROM ({_CHANGED})")["n"][0])
        stale = has_stale_events(warehouse)
    made, types = dict.fromkeys((EVENTS, CLAIMS, PAIRS), 0), Counter[str]()
    first = {table: table.frame([]) for table in made}
    for part in _redone(warehouse, stopwatch) if changed else ():
        rows: list[tuple[Table, Sequence[Any]]] = [(EVENTS, part.events), (CLAIMS, part.claims), (PAIRS, part.pairs)]
        for table, of_part in rows:
            made[table] += len(of_part)
            first[table] = pl.concat([first[table], table.frame(of_part[:_SHOWN])]).head(_SHOWN)
        types.update(event.plover_type for event in part.events)
        log.info("%d events made of %d mentions", len(part.events), len(part.event_ids))
    if stale or changed:
        with stopwatch.time("write"):
            warehouse.write([Replace(t, t.frame([]), where) for t, where in _WITHOUT_MENTIONS.items()])
    with stopwatch.time("charts"):
        charts = _charts(warehouse)
    yield table_result(
        EVENTS,
        first[EVENTS],
        stopwatch,
        preview=_PREVIEW,
        rows_written=made[EVENTS],
        total_rows=_count(warehouse, EVENTS),
        mentions_changed=changed,
        read_at=dg.MetadataValue.timestamp(read_at),
        by_type=dict(types.most_common()),
        **charts,
    )
    for table in (CLAIMS, PAIRS):
        yield table_result(
            table, first[table], stopwatch, rows_written=made[table], total_rows=_count(warehouse, table)
        )


def _charts(warehouse: Warehouse) -> dict[str, Any]:
    types = warehouse.read("SELECT plover_type, count(*) AS events FROM events.events GROUP BY plover_type")
    days = warehouse.read(_CLASSES_BY_DAY)
    return {
        "chart_types": dg.MetadataValue.md(type_chart(types)),
        "chart_timeline": dg.MetadataValue.md(timeline_chart(days)),
        "chart_map": dg.MetadataValue.md(map_chart(warehouse.read(_CLASSES_BY_PLACE))),
    }


def has_stale_events(warehouse: Warehouse) -> bool:
    """Whether an event stands in the table that its mentions no longer tell so, as when their page was replaced.

    Mentions without an event do not count: a gate may have taken their event out, and would again.
    """
    return not warehouse.read(f"{_STALE_EVENTS} LIMIT 1").is_empty()


def _count(warehouse: Warehouse, table: Table) -> int:
    return int(warehouse.read(f"SELECT count(*) AS n FROM {table.qualified_name}")["n"][0])


def _redone(warehouse: Warehouse, stopwatch: Stopwatch) -> Iterator[Resolution]:
    """Make the events of changed mentions anew, part by part, each written before the next is made."""
    with closing(warehouse.stream(_MENTIONS)) as mentions, closing(warehouse.stream(_NEIGHBOURS)) as neighbours:
        parts = resolve_in_parts(mentions, neighbours)
        while True:
            with stopwatch.time("resolve"):
                part = next(parts, None)
            if part is None:
                return
            with stopwatch.time("write"):
                warehouse.write(_changes(part))
            yield part


def _changes(resolution: Resolution) -> list[Change]:
    """The rows of a part. Events that lost their mentions to other ones stay until all parts are written."""
    ids = resolution.event_ids
    made = [event.event_id for event in resolution.events]
    merged = pl.DataFrame(
        {"mention_id": list(ids), "event_id": list(ids.values())},
        schema={"mention_id": pl.String, "event_id": pl.String},
    )
    return [
        Replace(EVENTS, EVENTS.frame(resolution.events), "event_id IN (SELECT unnest(?::VARCHAR[]))", (made,)),
        Replace(CLAIMS, CLAIMS.frame(resolution.claims), "claim_id IN (SELECT unnest(?::VARCHAR[]))", (list(ids),)),
        Replace(
            PAIRS,
            PAIRS.frame(resolution.pairs),
            "mention_a IN (SELECT unnest(?::VARCHAR[])) OR mention_b IN (SELECT unnest(?::VARCHAR[]))",
            (list(ids), list(ids)),
        ),
        Update(MENTIONS, merged),
    ]
