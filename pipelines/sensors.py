"""The sensors: one sees that the corpus changed and asks for an intake, one asks for a run of every pending batch,
one tells people of runs that failed, one asks for rounds of feeds."""

import hashlib
import re
import time
from dataclasses import dataclass
from itertools import takewhile

import dagster as dg

from assets.batches import BATCHES
from assets.events.events.asset import has_stale_events
from assets.raw.documents.stores import StoreError, open_store
from pipelines.alerts import Alert, one_line, raise_alert
from pipelines.feeds import feed_addresses, feeds_folder
from pipelines.intake import pending_batches as batches_without_run
from pipelines.jobs import INGEST, MERGE, fetch_job, ingest_job, intake_job, merge_job
from pipelines.settings import Settings, SettingsError
from pipelines.warehouse import DuckDBWarehouse, WarehouseBusy, WarehouseMissing

_PARTITION_TAG = "dagster/partition"
_UNFINISHED = [
    dg.DagsterRunStatus.QUEUED,
    dg.DagsterRunStatus.NOT_STARTED,
    dg.DagsterRunStatus.STARTING,
    dg.DagsterRunStatus.STARTED,
]
_ENDED = [dg.DagsterRunStatus.SUCCESS, dg.DagsterRunStatus.FAILURE, dg.DagsterRunStatus.CANCELED]
_CLASS_NAME = re.compile(r"^[\w.]+(?:Error|Exception): ")
_MOST_TRIES = 5
_FIRST_WAIT_SECONDS = 300.0


@dg.sensor(job=fetch_job, minimum_interval_seconds=900)
def feeds(context: dg.SensorEvaluationContext, options: dg.ResourceParam[Settings]) -> dg.RunRequest | dg.SkipReason:
    """Asks for a round of the feeds and sitemaps in the settings, unless one is at work."""
    if not options.feeds:
        return dg.SkipReason("The setting feeds names no feed.")
    try:
        feed_addresses(options.feeds)
        feeds_folder(options)
    except SettingsError as error:
        return dg.SkipReason(str(error))
    if context.instance.get_runs(dg.RunsFilter(job_name=fetch_job.name, statuses=_UNFINISHED), limit=1):
        return dg.SkipReason("A round is still at work.")
    return dg.RunRequest()


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


@dg.sensor(jobs=[ingest_job, merge_job], minimum_interval_seconds=30)
def pending_batches(
    context: dg.SensorEvaluationContext, warehouse: DuckDBWarehouse
) -> dg.SensorResult | dg.SkipReason:
    """Asks for a run of every batch that intake made and no run has finished, and again, later each time, where one
    failed; where none is left and pages went without a batch, for a merge of the events."""
    try:
        pending = batches_without_run(warehouse)
        stale = not pending and has_stale_events(warehouse)
    except (WarehouseMissing, WarehouseBusy) as error:
        return dg.SkipReason(str(error))
    running = {
        run.tags.get(_PARTITION_TAG, MERGE) for run in context.instance.get_runs(dg.RunsFilter(statuses=_UNFINISHED))
    }
    if stale and not running:
        return dg.SensorResult(run_requests=[dg.RunRequest(run_key=_merge_key(context.instance), job_name=MERGE)])
    turns = {batch: _turn(context.instance, batch) for batch in pending if batch not in running}
    wanted = {batch: turn for batch, turn in turns.items() if turn.due}
    if not wanted:
        waiting = [f"{batch}: {turn.why}" for batch, turn in turns.items()]
        return dg.SkipReason("; ".join(waiting) or "No batch is waiting for a run.")
    return dg.SensorResult(
        run_requests=[
            dg.RunRequest(run_key=f"{batch}#{turn.number}", partition_key=batch, job_name=INGEST)
            for batch, turn in wanted.items()
        ],
        dynamic_partitions_requests=[BATCHES.build_add_request(list(wanted))],
    )


@dg.run_failure_sensor(
    name="failed_runs",
    description="Logs every failed run in a sentence, and posts it to alert_webhook where that is set.",
    minimum_interval_seconds=30,
)
def failed_runs(context: dg.RunFailureSensorContext, options: dg.ResourceParam[Settings]) -> None:
    """Tell people that a run failed."""
    run = context.dagster_run
    reasons = [_reason(event) for event in context.get_step_failure_events()] or [context.failure_event.message or ""]
    alert = Alert(run.job_name, run.run_id, run.tags.get(_PARTITION_TAG), one_line(reasons))
    raise_alert(alert, options.alert_webhook)


@dataclass(frozen=True)
class _Turn:
    """Whether a batch's next run is due. `number` counts the runs it has had, so that each is asked for once."""

    number: int
    due: bool
    why: str = ""


def _turn(instance: dg.DagsterInstance, batch: str) -> _Turn:
    """A run that failed is tried again after 5 minutes, then 10, 20, 40; then it waits for a person."""
    ended = instance.get_run_records(
        dg.RunsFilter(job_name=INGEST, tags={_PARTITION_TAG: batch}, statuses=_ENDED), limit=_MOST_TRIES + 1
    )
    number = instance.get_runs_count(dg.RunsFilter(job_name=INGEST, tags={_PARTITION_TAG: batch}, statuses=_ENDED))
    failed = list(takewhile(lambda r: r.dagster_run.status is not dg.DagsterRunStatus.SUCCESS, ended))
    if len(failed) >= _MOST_TRIES:
        return _Turn(
            number, False, f"failed {len(failed)} times; mend it, then `attache run`, or launch it in the UI"
        )
    if failed:
        wait = _FIRST_WAIT_SECONDS * 2 ** (len(failed) - 1)
        left = (failed[0].end_time or 0.0) + wait - time.time()
        if left > 0:
            return _Turn(number, False, f"failed, is tried again in {left / 60:.0f} min")
    return _Turn(number, True)


def _merge_key(instance: dg.DagsterInstance) -> str:
    return f"{MERGE}#{instance.get_runs_count(dg.RunsFilter(job_name=MERGE, statuses=_ENDED))}"


def _reason(event: dg.DagsterEvent) -> str:
    """What a step's failure says, from its innermost cause."""
    error = event.step_failure_data.error
    while error is not None and error.cause is not None:
        error = error.cause
    message = _CLASS_NAME.sub("", error.message) if error else event.message or ""
    return f"{event.step_key}: {message.strip()}"


def corpus_fingerprint(corpus: str) -> str:
    """A hash of the names, sizes and times of change of a corpus's files; no file is opened. Raises StoreError."""
    digest = hashlib.sha256()
    for entry in open_store(corpus).walk():
        digest.update(f"{entry!r}\n".encode())
    return digest.hexdigest()
