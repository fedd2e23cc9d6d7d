"""The assets `marts.*`: each table made anew from the events, in the sort order that its questions ask for."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import dagster as dg
import polars as pl

from assets.charts import pair_chart, volume_chart
from assets.cleaned.documents.rows import DOCUMENTS
from assets.events.arms.rows import ARMS
from assets.events.claims.rows import CLAIMS
from assets.events.events.rows import EVENTS
from assets.events.mentions.rows import MENTIONS
from assets.marts.actor_timeline import query as actor_timeline
from assets.marts.actor_timeline.rows import ACTOR_TIMELINE
from assets.marts.arms_transfers import query as arms_transfers
from assets.marts.arms_transfers.rows import ARMS_TRANSFERS
from assets.marts.country_pair_month import query as country_pair_month
from assets.marts.country_pair_month.rows import COUNTRY_PAIR_MONTH
from assets.marts.coverage import query as coverage
from assets.marts.coverage.rows import COVERAGE
from assets.marts.publisher_profile import query as publisher_profile
from assets.marts.publisher_profile.rows import PUBLISHER_PROFILE
from assets.options import WAREHOUSE_POOL
from assets.specs import Stopwatch, table_result, table_spec
from assets.steps import whole_table
from assets.table import Table
from assets.translated.segments.rows import SEGMENTS
from assets.warehouse import Replace, Warehouse

QUERIES: Mapping[Table, str] = {
    COUNTRY_PAIR_MONTH: country_pair_month.SQL,
    ACTOR_TIMELINE: actor_timeline.SQL,
    ARMS_TRANSFERS: arms_transfers.SQL,
    PUBLISHER_PROFILE: publisher_profile.SQL,
    COVERAGE: coverage.SQL,
}
"""Each mart and the query that makes it."""

_UNDATED = date(1, 1, 1)  # how the coverage writes that a page has no date

_MADE_FROM: Mapping[Table, tuple[list[Table], str]] = {
    COUNTRY_PAIR_MONTH: ([EVENTS], "A country pair's timeline reads a few rows that lie together."),
    ACTOR_TIMELINE: ([EVENTS], "What an actor did and what was done to it, month by month."),
    ARMS_TRANSFERS: ([ARMS, DOCUMENTS], "Who supplies what to whom, at which stage, with the sentences behind it."),
    PUBLISHER_PROFILE: ([DOCUMENTS, CLAIMS, EVENTS], "What each publisher covers, tells alone, or contradicts."),
    COVERAGE: ([DOCUMENTS, SEGMENTS, MENTIONS], "Pages and languages day by day, and the days that have none."),
}


@dg.multi_asset(
    name="marts",
    description="Makes the tables that people plot.",
    specs=[
        table_spec(
            table,
            description=description,
            code=(f"marts/{table.name}",),
            kinds={"duckdb"},
            deps=made_from,
            stage="marts",
        )
        for table, (made_from, description) in _MADE_FROM.items()
    ],
    pool=WAREHOUSE_POOL,
)
def marts(
    context: dg.AssetExecutionContext, warehouse: dg.ResourceParam[Warehouse]
) -> Iterator[dg.MaterializeResult[Any]]:
    """Run every query and replace every table, all in one transaction."""
    yield from whole_table(context, _make(warehouse))


def _make(warehouse: Warehouse) -> Iterator[dg.MaterializeResult[Any]]:
    frames, watches = {}, {}
    for table, sql in QUERIES.items():
        watches[table] = Stopwatch()
        with watches[table].time("query"):
            frames[table] = table.fitted(warehouse.read(sql))
    warehouse.write([Replace(table, frame) for table, frame in frames.items()])
    for table, frame in frames.items():
        yield table_result(table, frame, watches[table], **_chart(table, frame))


def _chart(table: Table, frame: pl.DataFrame) -> dict[str, Any]:
    if table == COVERAGE:
        of_languages = frame.filter((pl.col("language") != "*") & (pl.col("day") > _UNDATED))
        return {"chart_volume": dg.MetadataValue.md(volume_chart(of_languages))}
    if table == COUNTRY_PAIR_MONTH:
        counts = frame.select("source_country", "target_country", pl.col("event_count").alias("events"))
        return {"chart_pairs": dg.MetadataValue.md(pair_chart(counts.filter(pl.col("events") > 0)))}
    return {}
