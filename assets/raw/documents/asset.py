"""The assets `raw.documents`, `raw.rejected` and `raw.sightings`: a batch's files, read once, as rows."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

import dagster as dg

from assets.batches import BATCHES, ONE_RUN
from assets.options import WAREHOUSE_POOL, Options
from assets.raw.documents.batch import load_batch
from assets.raw.documents.fields import mapped_names
from assets.raw.documents.rows import DOCUMENTS
from assets.raw.rejected.rows import REJECTED
from assets.raw.sightings.rows import SIGHTINGS
from assets.specs import Stopwatch, table_result, table_spec
from assets.steps import each_batch
from assets.warehouse import Warehouse

_CODE = ("raw", "package charset-normalizer", "package ftfy", "setting fields")
_KINDS = {"python", "duckdb", "polars"}


@dg.multi_asset(
    name="raw_documents",
    description="Reads the files that intake put into a batch.",
    specs=[
        table_spec(
            DOCUMENTS,
            description="Bytes are kept; encoding, media type, hash and the hints of the crawler stand beside them.",
            code=_CODE,
            kinds=_KINDS,
            stage="read",
        ),
        table_spec(
            REJECTED,
            description="Nothing is lost in silence: the message says what was wrong, where, and what to do.",
            code=_CODE,
            kinds=_KINDS,
            stage="read",
        ),
        table_spec(
            SIGHTINGS,
            description="The same document often comes more than once; it is kept once and seen many times.",
            code=_CODE,
            kinds=_KINDS,
            stage="read",
        ),
    ],
    partitions_def=BATCHES,
    backfill_policy=ONE_RUN,
    pool=WAREHOUSE_POOL,
)
def raw_documents(
    context: dg.AssetExecutionContext, warehouse: dg.ResourceParam[Warehouse], options: dg.ResourceParam[Options]
) -> Iterator[dg.MaterializeResult[Any]]:
    """Read each batch's files and write the three tables in one transaction."""
    yield from each_batch(context, lambda batch: _read(batch, warehouse, options, context.log))


def _read(
    name: str, warehouse: Warehouse, options: Options, log: dg.DagsterLogManager
) -> Iterator[dg.MaterializeResult[Any]]:
    stopwatch = Stopwatch()
    with stopwatch.time("read"):
        batch = load_batch(warehouse, name, workers=options.workers, fields=mapped_names(options.fields))
        frames = batch.frames()
    with stopwatch.time("write"):
        warehouse.replace_batch(name, frames)
    reasons = Counter(rejected.reason for rejected in batch.rejected)
    for reason, count in reasons.most_common():
        log.warning("%d inputs rejected: %s (see raw.rejected)", count, reason)
    kinds = Counter(document.media_type for document in batch.documents)
    yield table_result(
        DOCUMENTS,
        frames[DOCUMENTS],
        stopwatch,
        preview=("source_path", "url", "media_type", "encoding", "text"),
        media_types=dict(kinds),
        repeats=batch.repeats,
    )
    yield table_result(
        REJECTED,
        frames[REJECTED],
        stopwatch,
        preview=("source_path", "position", "reason", "message"),
        reasons=dict(reasons),
    )
    yield table_result(
        SIGHTINGS,
        frames[SIGHTINGS],
        stopwatch,
        preview=("source_path", "position", "document_id"),
        repeats=batch.repeats,
    )
