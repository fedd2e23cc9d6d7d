"""What `attache run` does: intake, one Dagster run in this process for every pending batch, a run that merges what
they told into events, and the summary.

Merging is due as well where an earlier run was stopped before it, or pages left the tables with no batch to follow
(`superseding.retire_unbatched`); see `merges`.

Runs go to the persistent instance in the home folder, so that they and their checks are there in the UI. How it is
shown is the reporter's; nothing is printed here.
"""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

import dagster as dg

from assets.events.events.rows import EVENTS
from assets.steps import COMMAND_LINE, LAUNCHED_BY
from assets.vocabulary.files import lay_over
from pipelines.again import OnceMore, Period, reopen_batches
from pipelines.alerts import Alert, one_line, raise_alert
from pipelines.instance import (
    end_dead_runs,
    only_run,
    open_instance,
    register_batches,
)
from pipelines.intake import Intake, check_corpus, take_in
from pipelines.jobs import INGEST, MERGE
from pipelines.merges import Rhythm, merge_is_due
from pipelines.metrics import keep_metrics
from pipelines.outcomes import BatchOutcome, blocked_gates, failed_steps
from pipelines.resources import warehouse_of
from pipelines.rules import installation_of, rules_in_force
from pipelines.run_book import RUN_TAG, RUNNING, close_dead_runs, close_run, open_run
from pipelines.settings import Settings
from pipelines.staleness import stale_steps
from pipelines.summary import Summary, summarise
from pipelines.warehouse import DuckDBWarehouse, telling_of_waits

# What each step does, in words for people; steps that are not named here are gates.
STEPS: dict[str, str] = {
    "raw_documents": "reading files",
    "cleaned_documents": "cleaning pages",
    "translated_segments": "translating",
    "events_mentions": "coding events",
    "events_events": "merging events",
    "events_arms": "reading arms and unknown names",
    "events_actors": "counting actors",
    "marts": "making the marts",
    "ops__batches": "closing the books",
    "ops__merges": "closing the books",
}
_GATE = "checking"


class Reporter(Protocol):
    """Told of a run as it goes. It is also the `progress` resource of the steps."""

    def intake_done(self, intake: Intake, resumed: int) -> None:
        """What is new is known; `resumed` runs had died and are taken up again."""

    def batch_started(self, batch: str, number: int, total: int) -> None:
        """A batch's run begins."""

    def merge_started(self) -> None:
        """The run begins that merges what the batches told into events."""

    def step_started(self, description: str, number: int, total: int) -> None:
        """A step of the run at work begins."""

    def advance(self, done: int, total: int, work: float | None = None) -> None:
        """Items of the step at work are done; `work` is their share of its work, where they differ."""

    def batch_finished(self, outcome: BatchOutcome) -> None:
        """A batch's run has ended."""

    def waiting(self, message: str) -> None:
        """Another program is in the way; the message says which and for how long we wait."""


@dataclass(frozen=True)
class RunOutcome:
    """How an `attache run` ended. `summary` tells the state of the warehouse afterwards.

    `merges` are the runs that made events of the mentions: after the last batch, and in between where there are many.
    """

    intake: Intake
    batches: tuple[BatchOutcome, ...]
    summary: Summary
    merges: tuple[BatchOutcome, ...] = ()

    @property
    def merge(self) -> BatchOutcome | None:
        """The last merge, if there was one."""
        return self.merges[-1] if self.merges else None

    @property
    def runs(self) -> tuple[BatchOutcome, ...]:
        """Every Dagster run there was."""
        return (*self.batches, *self.merges)

    @property
    def nothing_new(self) -> bool:
        """Whether there was nothing to do, and nothing was written."""
        return not self.runs


def run_corpus(
    settings: Settings, reporter: Reporter, again: Sequence[str] = (), published: Period | None = None
) -> RunOutcome:
    """Take the settings' corpus in and run every pending batch of it; a batch that fails does not stop the others.

    `again` names finished batches of the corpus that are run once more; `all` stands for every one, `stale` for those
    that code or vocabulary would make otherwise now, which are run from the first stale table on. `published` leaves
    out the batches among these without a page of that time.
    What goes wrong inside a run is in the outcome; before and between runs it raises CorpusError, HomeBusy and
    WarehouseError.
    """
    check_corpus(settings.corpus)
    warehouse = warehouse_of(settings)
    with (
        only_run(settings.home, settings.warehouse_wait_seconds, reporter.waiting),
        open_instance(settings.home) as instance,
        telling_of_waits(reporter.waiting),
    ):
        warehouse.migrate()
        resumed = end_dead_runs(instance)
        if not warehouse.read("SELECT 1 FROM ops.runs WHERE outcome = ?", [RUNNING]).is_empty():
            with warehouse.transaction() as connection:
                close_dead_runs(connection)
        once_more = _once_more(settings, warehouse, again, published)
        intake = take_in(settings.corpus, warehouse, settings.batch_size)
        reporter.intake_done(intake, resumed)
        ran = _Ran([], [])
        if intake.batches or once_more.merge or merge_is_due(warehouse):
            ran = _run_batches(settings, intake, once_more, instance, warehouse, reporter)
        for outcome in ran.all:
            if not outcome.success:
                raise_alert(_alert(outcome), settings.alert_webhook, settings.mailbox)
        if settings.metrics_file and ran.all:
            keep_metrics(warehouse, settings.metrics_file)
        summary = summarise(warehouse, [outcome.run_id for outcome in ran.all], intake.batches)
        return RunOutcome(intake, tuple(ran.batches), summary, tuple(ran.merges))


def merge_now(settings: Settings, reporter: Reporter) -> BatchOutcome:
    """Make those events anew whose mentions changed, with all gates on, without a look at the corpus.

    Raises HomeBusy and WarehouseError.
    """
    with (
        only_run(settings.home, settings.warehouse_wait_seconds, reporter.waiting),
        open_instance(settings.home) as instance,
        telling_of_waits(reporter.waiting),
    ):
        warehouse = warehouse_of(settings)
        warehouse.migrate()
        (merge,) = _run_batches(settings, None, OnceMore(), instance, warehouse, reporter).merges
        return merge


@dataclass(frozen=True)
class _Ran:
    batches: list[BatchOutcome]
    merges: list[BatchOutcome]

    @property
    def all(self) -> list[BatchOutcome]:
        return [*self.batches, *self.merges]


def _run_batches(
    settings: Settings,
    intake: Intake | None,
    once_more: OnceMore,
    instance: dg.DagsterInstance,
    warehouse: DuckDBWarehouse,
    reporter: Reporter,
) -> _Ran:
    """Run every batch of the intake, and merge after the last, and between where it is time (`Rhythm`)."""
    from pipelines.definitions import build_definitions  # slow to load, and not needed where nothing is new
    from pipelines.road import ASSETS

    definitions, batches = build_definitions(settings, reporter), intake.batches if intake else ()
    ingest, merge = definitions.resolve_job_def(INGEST), definitions.resolve_job_def(MERGE)
    rules = rules_in_force(installation_of(settings), ASSETS)
    with warehouse.transaction() as book:
        corpus = intake.corpus if intake else None
        run = open_run(book, rules, started_by=COMMAND_LINE, corpus=corpus, batches=batches)
    runner, ran, rhythm = _Runner(instance, reporter, run), _Ran([], []), Rhythm.begun()
    for number, batch in enumerate(batches, 1):
        # One by one: a batch that Dagster knows and no run is at work on is one that the sensor `stages` may take.
        register_batches(instance, (batch,))
        reporter.batch_started(batch, number, len(batches))
        outcome = runner.run(ingest, batch, _steps(once_more, batch, ingest))
        ran.batches.append(outcome)
        reporter.batch_finished(outcome)
        if outcome.warehouse_busy:
            return ran  # the others would only wait as long again, and so would the book
        if (number == len(batches) or rhythm.is_due()) and merge_is_due(warehouse):
            started = time.monotonic()
            ran.merges.append(runner.merge(merge))
            rhythm.merged(started)
    if not batches:
        ran.merges.append(runner.merge(merge))
    if not any(outcome.warehouse_busy for outcome in ran.all):
        with warehouse.transaction() as book:
            close_run(book, run, _outcome(ran.all), [outcome.run_id for outcome in ran.all])
    return ran


def _alert(outcome: BatchOutcome) -> Alert:
    reasons = outcome.reasons
    merged = outcome.batch == EVENTS.qualified_name
    return Alert(MERGE if merged else INGEST, outcome.run_id, None if merged else outcome.batch, one_line(reasons))


def _outcome(ended: Sequence[BatchOutcome]) -> str:
    if all(outcome.success for outcome in ended):
        return "done"
    return "failed" if any(outcome.failed for outcome in ended) else "blocked"


def _once_more(
    settings: Settings, warehouse: DuckDBWarehouse, again: Sequence[str], published: Period | None
) -> OnceMore:
    if not again:
        return OnceMore()
    lay_over(settings.vocabulary)
    from pipelines.road import ASSETS  # slow to load
    from pipelines.staleness import find_stale

    installation = installation_of(settings)
    return reopen_batches(
        warehouse, settings.corpus, again, published, lambda query: find_stale(query, ASSETS, installation)
    )


def _steps(once_more: OnceMore, batch: str, job: dg.JobDefinition) -> list[dg.AssetKey] | None:
    """The assets of the job to run for a batch; None for all."""
    stale = once_more.stale_tables.get(batch)
    if stale is None:
        return None
    from pipelines.road import ASSETS

    return stale_steps(stale, ASSETS, set(job.asset_layer.executable_asset_keys))


@dataclass(frozen=True)
class _Runner:
    """Runs jobs in this process, as parts of the run of a number."""

    instance: dg.DagsterInstance
    reporter: Reporter
    number: int

    def merge(self, job: dg.JobDefinition) -> BatchOutcome:
        """Run the job that merges, and tell of it."""
        self.reporter.merge_started()
        return self.run(job, None)

    def run(
        self, job: dg.JobDefinition, batch: str | None, steps: Sequence[dg.AssetKey] | None = None
    ) -> BatchOutcome:
        """Run a job, or some of its steps with their gates, over a batch, or over none where the job has none."""
        run_id = str(uuid.uuid4())
        self.instance.add_event_listener(run_id, _listener(self.reporter, len(job.nodes)))
        result = job.execute_in_process(
            instance=self.instance,
            partition_key=batch,
            asset_selection=steps,
            run_id=run_id,
            raise_on_error=False,
            tags={LAUNCHED_BY: COMMAND_LINE, RUN_TAG: str(self.number)},
            # Events go to the instance; Dagster's console logger would write them into the progress display as well.
            run_config={"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}},
        )
        return BatchOutcome(
            batch or EVENTS.qualified_name,
            run_id,
            result.success,
            blocked_gates(result.all_events),
            failed_steps(result.all_events),
        )


def _listener(reporter: Reporter, total: int) -> Callable[[dg.EventLogEntry], None]:
    started = 0

    def listen(entry: dg.EventLogEntry) -> None:
        nonlocal started
        event = entry.dagster_event
        if event and event.event_type == dg.DagsterEventType.STEP_START:
            started += 1
            reporter.step_started(STEPS.get(event.step_key or "", _GATE), started, total)

    return listen
