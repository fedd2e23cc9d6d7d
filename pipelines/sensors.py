"""The sensors: one sees that the corpus changed and asks for an intake, one asks for a run of every pending batch."""

import hashlib

import dagster as dg

from assets.batches import BATCHES
from assets.raw.documents.stores import StoreError, open_store
from pipelines.intake import pending_batches as batches_without_run
from pipelines.jobs import INGEST, intake_job
from pipelines.settings import Settings
from pipelines.warehouse import DuckDBWarehouse, WarehouseBusy, WarehouseMissing

_PARTITION_TAG = "dagster/partition"
_UNFINISHED = [
    dg.DagsterRunStatus.QUEUED,
    dg.DagsterRunStatus.NOT_STARTED,
    dg.DagsterRunStatus.STARTING,
    dg.DagsterRunStatus.STARTED,
]


@dg.sensor(job=intake_job, minimum_interval_seconds=60)
def corpus_folder(
    context: dg.SensorEvaluationContext, options: dg.ResourceParam[Settings]
) -> dg.RunRequest | dg.SkipReason:
    """Asks for an intake when files of the corpus came, went or changed."""
    try:
        seen = corpus_fingerprint(options.corpus)
    except (StoreError, OSError) as error:
        return dg.SkipReason(str(error))
    if seen == context.cursor:
        return dg.SkipReason("Nothing in the corpus has changed.")
    context.update_cursor(seen)
    return dg.RunRequest(run_key=seen)


@dg.sensor(job_name=INGEST, minimum_interval_seconds=30)
def pending_batches(
    context: dg.SensorEvaluationContext, warehouse: DuckDBWarehouse
) -> dg.SensorResult | dg.SkipReason:
    """Asks once for a run of every batch that intake made and no run has finished."""
    try:
        pending = batches_without_run(warehouse)
    except (WarehouseMissing, WarehouseBusy) as error:
        return dg.SkipReason(str(error))
    running = {run.tags.get(_PARTITION_TAG) for run in context.instance.get_runs(dg.RunsFilter(statuses=_UNFINISHED))}
    wanted = [batch for batch in pending if batch not in running]
    if not wanted:
        return dg.SkipReason("No batch is waiting for a run.")
    return dg.SensorResult(
        run_requests=[dg.RunRequest(run_key=batch, partition_key=batch) for batch in wanted],
        dynamic_partitions_requests=[BATCHES.build_add_request(wanted)],
    )


def corpus_fingerprint(corpus: str) -> str:
    """A hash of the names, sizes and times of change of a corpus's files; no file is opened. Raises StoreError."""
    digest = hashlib.sha256()
    for entry in open_store(corpus).walk():
        digest.update(f"{entry!r}\n".encode())
    return digest.hexdigest()
