"""The sensors: one sees that the corpus changed and asks for an intake, one asks for a run of every pending batch."""

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

import dagster as dg

from assets.batches import BATCHES
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
    if not options.corpus.exists():
        return dg.SkipReason(f"The corpus {options.corpus} does not exist.")
    seen = folder_fingerprint(options.corpus)
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


def folder_fingerprint(corpus: Path) -> str:
    """A hash of the names, sizes and times of change of the files of a folder; no file is opened."""
    digest = hashlib.sha256()
    for path in _files(corpus):
        try:
            status = path.lstat()
        except OSError:
            continue  # gone since it was listed; the next evaluation sees what is there
        digest.update(f"{os.fsencode(path)!r} {status.st_size} {status.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def _files(corpus: Path) -> Iterator[Path]:
    if corpus.is_file():
        yield corpus
    for folder, names, files in os.walk(corpus):
        names.sort()
        yield from (Path(folder) / file for file in sorted(files))
