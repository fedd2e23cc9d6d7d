"""The assets `ops.batches` and `ops.merges`: the entries in the books that close a batch's run, and a merge's.

They stand at the ends of the graph, so that Dagster reaches them only where no gate blocked. A batch without its
entry is pending and is taken up by the next run; a batch that no merge has brought into the events yet makes one due.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import dagster as dg

from assets.batches import BATCHES, ONE_RUN
from assets.events.arms.rows import ARMS
from assets.events.events.rows import EVENTS
from assets.events.mentions.rows import MENTIONS
from assets.events.unknown_names.rows import UNKNOWN_NAMES
from assets.options import WAREHOUSE_POOL
from assets.raw.rejected.rows import REJECTED
from assets.specs import OWNERS, asset_key, column_schema
from assets.steps import each_batch, whole_table
from assets.table import Table
from pipelines.intake import mark_done
from pipelines.jobs import MADE_OF_EVENTS
from pipelines.merges import write_merge
from pipelines.operations import BATCHES as BATCH_BOOK
from pipelines.operations import MERGES as MERGE_BOOK
from pipelines.settings import Settings
from pipelines.warehouse import DuckDBWarehouse
from quality.data_docs.folder import write_data_docs

_MERGED = (EVENTS, *MADE_OF_EVENTS)


def _book(table: Table, description: str, deps: tuple[Table, ...], **more: Any) -> dict[str, Any]:
    """What the asset of a book is declared with."""
    return {
        "key": asset_key(table),
        "deps": [asset_key(dep) for dep in deps],
        "description": f"{table.comment}.\n\n{description}",
        "group_name": table.schema,
        "owners": OWNERS,
        "kinds": {"duckdb"},
        "tags": {"attache/stage": "finish"},
        "metadata": {
            "dagster/column_schema": column_schema(table),
            "dagster/table_name": table.qualified_name,
        },
        "pool": WAREHOUSE_POOL,
        **more,
    }


@dg.asset(
    **_book(
        BATCH_BOOK,
        "Marked done here, once every gate has let the batch through.",
        (MENTIONS, ARMS, UNKNOWN_NAMES, REJECTED),
        partitions_def=BATCHES,
        backfill_policy=ONE_RUN,
    )
)
def ops_batches(
    context: dg.AssetExecutionContext, warehouse: DuckDBWarehouse, options: dg.ResourceParam[Settings]
) -> Iterator[dg.MaterializeResult[Any]]:
    """Mark the run's batches as done, and write the Data Docs, now that every gate has judged them."""
    last = context.partition_keys[-1]
    yield from each_batch(
        context, lambda batch: _close(batch, warehouse, options.data_docs if batch == last else None)
    )


def _close(batch: str, warehouse: DuckDBWarehouse, data_docs: Path | None) -> Iterator[dg.MaterializeResult[Any]]:
    mark_done(warehouse, [batch])
    counts = warehouse.read("SELECT status, count(*) AS batches FROM ops.batches GROUP BY status ORDER BY status")
    docs = (
        {"data_docs": dg.MetadataValue.path(str(write_data_docs(warehouse, data_docs).absolute()))}
        if data_docs
        else {}
    )
    yield dg.MaterializeResult(
        asset_key=asset_key(BATCH_BOOK),
        metadata={**{f"batches_{row['status']}": row["batches"] for row in counts.iter_rows(named=True)}, **docs},
    )


@dg.asset(**_book(MERGE_BOOK, "Entered here, once every gate has let the events and the marts through.", _MERGED))
def ops_merges(
    context: dg.AssetExecutionContext, warehouse: DuckDBWarehouse, options: dg.ResourceParam[Settings]
) -> Iterator[dg.MaterializeResult[Any]]:
    """Enter the merge, with the moment up to which its tables know the batches, and write the Data Docs."""
    yield from whole_table(context, _enter(context, warehouse, options.data_docs))


def _enter(
    context: dg.AssetExecutionContext, warehouse: DuckDBWarehouse, data_docs: Path
) -> Iterator[dg.MaterializeResult[Any]]:
    read_at = min(_made_at(context.instance, table) for table in _MERGED)
    batches = write_merge(warehouse, context.run.run_id, datetime.fromtimestamp(read_at, UTC).replace(tzinfo=None))
    yield dg.MaterializeResult(
        asset_key=asset_key(MERGE_BOOK),
        metadata={
            "batches_merged": batches,
            "read_at": dg.MetadataValue.timestamp(read_at),
            "data_docs": dg.MetadataValue.path(str(write_data_docs(warehouse, data_docs).absolute())),
        },
    )


def _made_at(instance: dg.DagsterInstance, table: Table) -> float:
    """When the table was last made, in seconds since 1970; of events, when the mentions were read."""
    event = instance.get_latest_materialization_event(asset_key(table))
    made = event.asset_materialization if event else None
    if event is None or made is None:
        raise dg.Failure(f"{table.qualified_name} was never made here; run the job `merge`.", allow_retries=False)
    read_at = made.metadata.get("read_at")
    return float(read_at.value) if isinstance(read_at, dg.TimestampMetadataValue) else event.timestamp
