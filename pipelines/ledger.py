"""The asset `ops.batches`: the entry in the books that says a batch came through every table and every gate.

It stands at the end of the graph, so that Dagster reaches it only where no gate blocked; a batch without the entry is
pending and is taken up by the next run.
"""

from typing import Any

import dagster as dg

from assets.batches import BATCHES
from assets.events.events.rows import EVENTS
from assets.options import WAREHOUSE_POOL
from assets.raw.rejected.rows import REJECTED
from assets.specs import OWNERS, asset_key, column_schema
from pipelines.intake import mark_done
from pipelines.operations import BATCHES as BATCH_BOOK
from pipelines.warehouse import DuckDBWarehouse


@dg.asset(
    key=asset_key(BATCH_BOOK),
    deps=[asset_key(EVENTS), asset_key(REJECTED)],
    description=f"{BATCH_BOOK.comment}.\n\nMarked done here, once every gate has let the batch through.",
    group_name=BATCH_BOOK.schema,
    owners=OWNERS,
    kinds={"duckdb"},
    tags={"attache/stage": "finish"},
    metadata={"dagster/column_schema": column_schema(BATCH_BOOK), "dagster/table_name": BATCH_BOOK.qualified_name},
    partitions_def=BATCHES,
    pool=WAREHOUSE_POOL,
)
def ops_batches(context: dg.AssetExecutionContext, warehouse: DuckDBWarehouse) -> dg.MaterializeResult[Any]:
    """Mark the run's batch as done."""
    mark_done(warehouse, [context.partition_key])
    counts = warehouse.read("SELECT status, count(*) AS batches FROM ops.batches GROUP BY status ORDER BY status")
    return dg.MaterializeResult(
        metadata={f"batches_{row['status']}": row["batches"] for row in counts.iter_rows(named=True)}
    )
