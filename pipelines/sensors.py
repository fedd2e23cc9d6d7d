"""The sensors: one sees that the corpus changed and asks for an intake, one asks for a run of every pending batch,
one tells people of runs that failed, one asks for rounds of feeds."""

import hashlib
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import takewhile

import dagster as dg

from assets.batches import BATCHES
from assets.raw.documents.stores import StoreError, open_store
from pipelines.alerts import Alert, one_line, raise_alert
from pipelines.automation import stages
from pipelines.feeds import feed_addresses, feeds_folder
from pipelines.instance import is_running
from pipelines.intake import pending_batches as batches_without_run
from pipelines.jobs import INGEST, MERGE, fetch_job, ingest_job, intake_job, merge_job
from pipelines.merges import merge_is_due, merge_waits_since
from pipelines.metrics import keep_metrics
from pipelines.outcomes import blocked_gates, failed_steps
from pipelines.settings import Settings, SettingsError
from pipelines.warehouse import DuckDBWarehouse, WarehouseBusy, WarehouseMissing

_PARTITION_TAG = "dagster/partition"
_RANGE_START_TAG = "dagster/asset_partition_range_start"
_RANGE_END_TAG = "dagster/asset_partition_range_end"
_UNFINISHED = [
    dg.DagsterRunStatus.QUEUED,
    dg.DagsterRunStatus.NOT_STARTED,
    dg.DagsterRunStatus.STARTING,
    dg.DagsterRunStatus.STARTED,
]
_ENDED = [dg.DagsterRunStatus.SUCCESS, dg.DagsterRunStatus.FAILURE, dg.DagsterRunStatus.CANCELED]
_LEFT_TO_STAGES = timedelta(minutes=10)
_MOST_TRIES = 5
_FIRST_WAIT_SECONDS = 300.0


@dg.sensor(
    job=fetch_job,
    description="Asks every quarter of an hour for a round of the feeds and sitemaps in the setting feeds.",
    minimum_interval_seconds=900,
)
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


@dg.sensor(
    job=intake_job,
    description="Takes files in, as batches, when files of the corpus came, went or changed.",
    minimum_interval_seconds=60,
)
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


@dg.sensor(
    jobs=[ingest_job, merge_job],
    description="Runs every batch that no run has finished, failed ones again, then the merge into events.",
    minimum_interval_seconds=30,
)
def pending_batches(
    context: dg.SensorEvaluationContext, warehouse: DuckDBWarehouse, options: dg.ResourceParam[Settings]
) -> dg.SensorResult | dg.SkipReason:
    """Asks for a run of every batch that intake made and no run has finished, and again, later each time, where one
    failed; and for a merge into events when no other run is wanted or at work. Where the sensor `stages` is on, what
    has waited for less than ten minutes is left to it."""
    if is_running(options.home):
        return dg.SkipReason("An `attache run` is at work, which runs every batch itself.")
    since = _now() - _LEFT_TO_STAGES if _is_on(context.instance, stages.name) else None
    try:
        pending = batches_without_run(warehouse, made_before=since)
        merge_due = merge_is_due(warehouse) and (since is None or (merge_waits_since(warehouse) or since) <= since)
    except (WarehouseMissing, WarehouseBusy) as error:
        return dg.SkipReason(str(error))
    unfinished = context.instance.get_runs(dg.RunsFilter(statuses=_UNFINISHED))
    turns = {batch: _turn(context.instance, *_runs_of(batch)) for batch in pending if not _any_has(unfinished, batch)}
    wanted = {batch: turn for batch, turn in turns.items() if turn.due}
    if wanted:
        return dg.SensorResult(
            run_requests=[
                dg.RunRequest(run_key=f"{batch}#{turn.number}", partition_key=batch, job_name=INGEST)
                for batch, turn in wanted.items()
            ],
            dynamic_partitions_requests=[BATCHES.build_add_request(list(wanted))],
        )
    waiting = [f"{batch}: {turn.why}" for batch, turn in turns.items()]
    if merge_due and not unfinished:
        turn = _turn(context.instance, MERGE, {})
        if turn.due:
            return dg.SensorResult(run_requests=[dg.RunRequest(run_key=f"{MERGE}#{turn.number}", job_name=MERGE)])
        waiting.append(f"{MERGE}: {turn.why}")
    return dg.SkipReason("; ".join(waiting) or "No batch is waiting for a run.")


@dg.run_failure_sensor(
    name="failed_runs",
    description="Logs every failed run in a sentence, and tells alert_webhook and alert_email_to where they are set.",
    minimum_interval_seconds=30,
)
def failed_runs(context: dg.RunFailureSensorContext, options: dg.ResourceParam[Settings]) -> None:
    """Tell people that a run failed."""
    run = context.dagster_run
    kinds = {dg.DagsterEventType.ASSET_CHECK_EVALUATION, dg.DagsterEventType.STEP_FAILURE}
    log = context.instance.all_logs(run.run_id, of_type=kinds)
    events = [entry.dagster_event for entry in log if entry.dagster_event]
    reasons = [*(gate.reason for gate in blocked_gates(events)), *(step.reason for step in failed_steps(events))]
    reasons = reasons or [context.failure_event.message or ""]
    job = "of some assets" if run.job_name.startswith("__") else run.job_name
    alert = Alert(job, run.run_id, run.tags.get(_PARTITION_TAG), one_line(reasons))
    raise_alert(alert, options.alert_webhook, options.mailbox)


@dg.run_status_sensor(
    name="ended_runs",
    run_status=dg.DagsterRunStatus.SUCCESS,
    description="Writes figures for Prometheus to metrics_file after each run that wrote tables, where that is set.",
    minimum_interval_seconds=30,
)
def ended_runs(
    context: dg.RunStatusSensorContext, options: dg.ResourceParam[Settings], warehouse: DuckDBWarehouse
) -> dg.SkipReason | None:
    """Keep the metrics of what a run of the daemon's left behind."""
    if not options.metrics_file:
        return dg.SkipReason("The setting metrics_file names no file.")
    trouble = keep_metrics(warehouse, options.metrics_file)
    return dg.SkipReason(trouble) if trouble else None


@dataclass(frozen=True)
class _Turn:
    """Whether a batch's next run is due. `number` counts the runs it has had, so that each is asked for once."""

    number: int
    due: bool
    why: str = ""


def _turn(instance: dg.DagsterInstance, job: str, tags: Mapping[str, str]) -> _Turn:
    """A run that failed is tried again after 5 minutes, then 10, 20, 40; then it waits for a person."""
    of_these = dg.RunsFilter(job_name=job, tags=dict(tags), statuses=_ENDED)
    ended = instance.get_run_records(of_these, limit=_MOST_TRIES + 1)
    number = instance.get_runs_count(of_these)
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


def _is_on(instance: dg.DagsterInstance, sensor: str) -> bool:
    """Whether somebody switched the sensor on."""
    return any(state.instigator_name == sensor and state.is_running for state in instance.all_instigator_state())


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)


def _runs_of(batch: str) -> tuple[str, dict[str, str]]:
    """The job that runs a batch, and the tags of its runs."""
    return INGEST, {_PARTITION_TAG: batch}


def _any_has(runs: Iterable[dg.DagsterRun], batch: str) -> bool:
    """Whether one of the runs works on the batch, alone or among others; names of batches sort as they came."""
    return any(
        run.tags.get(_PARTITION_TAG) == batch
        or run.tags.get(_RANGE_START_TAG, "~") <= batch <= run.tags.get(_RANGE_END_TAG, "")
        for run in runs
    )


def corpus_fingerprint(corpus: str) -> str:
    """A hash of the names, sizes and times of change of a corpus's files; no file is opened. Raises StoreError."""
    digest = hashlib.sha256()
    for entry in open_store(corpus).walk():
        digest.update(f"{entry!r}\n".encode())
    return digest.hexdigest()
