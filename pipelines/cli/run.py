"""`attache run`: intake, a Dagster run for every pending batch, and a closing summary."""

from __future__ import annotations

import json
import logging
import shlex
import sys
import warnings
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from rich.text import Text

from pipelines.cli import exit_codes
from pipelines.cli.display import Display
from pipelines.cli.options import field_option, json_option, settings_with, warehouse_option
from pipelines.cli.tables import console, print_json
from pipelines.cli.text import harmless

if TYPE_CHECKING:
    from pipelines.again import Period
    from pipelines.outcomes import BatchOutcome, BlockedGate
    from pipelines.runs import RunOutcome
    from pipelines.settings import Settings

_SHOWN_SKIPPED = 5


@click.command("run")
@click.argument("corpus", required=False, metavar="[CORPUS]")
@warehouse_option
@click.option("--batch-size", type=int, metavar="N", help="Most documents in one batch (default: the setting).")
@click.option("--workers", type=int, metavar="N", help="Processes for the work inside a step (default: the setting).")
@field_option
@click.option("--engine", "engines", multiple=True, metavar="NAME", help="Translation engine; again for more.")
@click.option(
    "--again",
    multiple=True,
    metavar="BATCH|all|stale",
    help="Run a finished batch once more, or all, or those that code or vocabulary would make otherwise now.",
)
@click.option(
    "--published",
    metavar="PERIOD",
    help="Of these only batches with pages of that time: 2026, 2026-03, 2026-03-14, 2026-01..2026-03.",
)
@click.option("--verbose", "-v", is_flag=True, help="Show Dagster's log as well.")
@json_option
def command(
    corpus: str | None,
    warehouse: Path | None,
    batch_size: int | None,
    workers: int | None,
    fields: dict[str, str] | None,
    engines: tuple[str, ...],
    again: tuple[str, ...],
    published: str | None,
    verbose: bool,
    as_json: bool,
) -> int:
    """Take the pages in CORPUS into the warehouse, with all gates on.

    CORPUS is a folder, a file, or the address of one (s3://bucket/prefix; default: the setting `corpus`, and with
    --again the corpus that the warehouse knows). Files that are known are skipped, so a second run over the same
    corpus writes nothing; a run that was stopped is taken up where it stood. Runs and checks can be looked at with
    `attache ui`. After a change of vocabularies or of Attaché, `--again stale` makes anew what depends on it
    (`attache status` tells what that is); after a change of models, thresholds or fields, `--again all` takes
    finished batches through once more. Batches are run as a whole, also where `--published` chooses them.

    Exit codes: 0 done; 1 a gate blocked a batch; 2 wrong usage or settings; 3 the warehouse was busy; 4 a step
    failed; 130 interrupted.
    """
    settings = settings_with(
        corpus=corpus,
        warehouse=warehouse,
        batch_size=batch_size,
        workers=workers,
        fields=fields,
        engines=list(engines) or None,
    )
    if again and "corpus" not in settings.model_fields_set:
        settings = settings.model_copy(update={"corpus": _known_corpus(settings)})
    span = _period(published, again)
    warnings.simplefilter("ignore")  # of libraries; nothing that a user could act on
    _log_to_file(settings, verbose)
    from pipelines.runs import run_corpus

    with Display(console(stderr=True), verbose) as display:
        outcome = run_corpus(settings, display, again, span)
    code = _exit_code(outcome)
    if as_json:
        print_json(_as_json(outcome, settings, code))
    else:
        _print_outcome(outcome, settings)
    return code


def _period(published: str | None, again: tuple[str, ...]) -> Period | None:
    from pipelines.again import period

    if published is None:
        return None
    if not again:
        raise click.UsageError("--published chooses among batches to run once more: add --again stale or --again all")
    try:
        return period(published)
    except ValueError as error:
        raise click.UsageError(f"--published: {error}") from None


def _known_corpus(settings: Settings) -> str:
    """The corpus that the warehouse was made of, where nobody names one; the setting's default if it is unknown."""
    from pipelines.intake import known_corpora
    from pipelines.resources import warehouse_of
    from pipelines.warehouse import WarehouseMissing

    try:
        known = known_corpora(warehouse_of(settings))
    except WarehouseMissing:
        return settings.corpus
    if len(known) > 1:
        places = ", ".join(shlex.quote(place) for place in known)
        raise click.UsageError(f"{settings.warehouse} holds several corpora: name the one to run again ({places})")
    return known[0] if known else settings.corpus


def _log_to_file(settings: Settings, verbose: bool) -> None:
    """Let what libraries and the warehouse log go to a file in the home folder, not into the progress display."""
    from pipelines.instance import prepare_home

    handler: logging.Handler = logging.FileHandler(prepare_home(settings.home) / "attache.log", encoding="utf-8")
    if verbose:
        handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(settings.log_level.upper())


def _exit_code(outcome: RunOutcome) -> int:
    if any(run.warehouse_busy for run in outcome.runs):
        return exit_codes.BUSY
    if any(run.failed for run in outcome.runs):
        return exit_codes.FAILED
    return exit_codes.OK if all(run.success for run in outcome.runs) else exit_codes.GATE_BLOCKED


def _print_outcome(outcome: RunOutcome, settings: Settings) -> None:
    out = console()

    def say(text: str = "", indent: int = 0) -> None:
        out.print(Text(" " * indent + harmless(text)), soft_wrap=True)

    say()
    intake = outcome.intake
    if outcome.nothing_new and not (intake.new_files or intake.changed_files or intake.known_files):
        say(f"No page was found in {intake.corpus}: it holds no file of a kind that is read.")
    elif outcome.nothing_new:
        say("Nothing new: every file of the corpus is in the warehouse already, and nothing was written.")
    elif not outcome.batches and outcome.merge and outcome.merge.success:
        say("No page is new; events were made anew where pages have left or decisions by hand have changed.")
    _print_skipped(outcome, say)
    for run in outcome.runs:
        _print_trouble(run, settings, say)
    _print_figures(outcome, say)
    _print_where_next(settings, bool(outcome.summary.documents_by_language), say)


def _print_skipped(outcome: RunOutcome, say: Any) -> None:
    skipped = outcome.intake.skipped
    for entry in skipped[:_SHOWN_SKIPPED]:
        say(f"Left out: {entry.message}")
    if len(skipped) > _SHOWN_SKIPPED:
        say(f"… and {len(skipped) - _SHOWN_SKIPPED} more; see ops.skipped_files.")


def _print_trouble(batch: BatchOutcome, settings: Settings, say: Any) -> None:
    for gate in batch.blocked:
        say(f"BLOCKED {batch.batch}: the check {gate.check} of {gate.asset} did not hold. {gate.message}")
        for row in _rows_that_broke(batch, gate, settings):
            say(", ".join(f"{name} = {value}" for name, value in row.items()), 4)
    for step in batch.failed:
        say(f"FAILED {batch.batch}: {step.step}: {step.error_type}: {step.message}")
    if batch.failed:
        say(f"Details are in `attache ui`, run {batch.run_id}, and in {settings.home / 'attache.log'}.", 2)
    if batch.blocked:
        say("`attache quality` names the checks that failed; `attache quarantine list` the rows taken out.", 2)
    if not batch.success:
        say("What was not done stays pending; run again once the cause is dealt with.", 2)


def _rows_that_broke(batch: BatchOutcome, gate: BlockedGate, settings: Settings) -> list[dict[str, str]]:
    """The first rows that broke the check, as the gate has kept them."""
    from pipelines.resources import warehouse_of

    kept = warehouse_of(settings).read(
        "SELECT sample_rows FROM ops.check_results "
        "WHERE run_id = ? AND asset = ? AND check_name = ? AND NOT passed AND sample_rows IS NOT NULL",
        [batch.run_id, gate.asset, gate.check],
    )
    return [row for text in kept["sample_rows"] for row in json.loads(text)]


def _print_figures(outcome: RunOutcome, say: Any) -> None:
    summary = outcome.summary
    say(f"Documents by language:  {_listed(summary.documents_by_language)}")
    say("Rows by table:")
    width = max(len(name) for name in summary.rows)
    for name, count in summary.rows.items():
        say(f"{name:<{width}}  {count:>9,}", 2)
    checks = summary.checks
    if outcome.runs:
        say(
            f"Checks of this run:     {checks.passed} passed, {checks.warned} warned, "
            f"{checks.sorted_out} sent rows to quarantine, {checks.blocked} blocked   (attache quality)"
        )
    total = sum(summary.quarantined.values())
    where = f"   ({', '.join(summary.quarantined)})" if total else ""
    say(f"Quarantined rows:       {summary.quarantined_now} now, {total} in all{where}")
    inputs = sum(summary.rejected.values())
    reasons = f"   (raw.rejected: {_listed(summary.rejected)})" if inputs else ""
    say(f"Rejected inputs:        {summary.rejected_now} now, {inputs} in all{reasons}")
    if summary.rejected_now:
        say(f"for example {summary.rejected_example}", 2)
    if summary.english_sentences:
        poor = "; poor ones are not to be relied on" if "poor" in summary.english_sentences else ""
        say(f"Sentences in English:   {_listed(summary.english_sentences)}{poor}")
    if summary.pending_sentences:
        say(f"Sentences untranslated: {_listed(summary.pending_sentences)}; events are coded all the same.")
        say(summary.pending_reason or "", 2)


def _print_where_next(settings: Settings, any_document: bool, say: Any) -> None:
    from pipelines.summary import QUERIES

    say(f"Warehouse:              {settings.warehouse.absolute()}   (open it with any DuckDB client)")
    if not any_document:
        return
    say()
    say("Three queries to try:")
    option = "" if settings_with().warehouse == settings.warehouse else f"-w {shlex.quote(str(settings.warehouse))} "
    for title, query in QUERIES:
        say(f"# {title}", 2)
        say(f'attache sql {option}"{query}"', 2)


def _listed(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{name} {count:,}" for name, count in counts.items()) or "none"


def _as_json(outcome: RunOutcome, settings: Settings, code: int) -> dict[str, Any]:
    intake = outcome.intake
    return {
        "corpus": intake.corpus,
        "warehouse": str(settings.warehouse.absolute()),
        "nothing_new": outcome.nothing_new,
        "events_merged_again": not outcome.batches and outcome.merge is not None and outcome.merge.success,
        "merges": [_run_as_json(run) for run in outcome.merges],
        "intake": {
            "new_files": intake.new_files,
            "changed_files": intake.changed_files,
            "known_files": intake.known_files,
            "skipped": [asdict(entry) for entry in intake.skipped],
        },
        "batches": [{"batch": batch.batch, **_run_as_json(batch)} for batch in outcome.batches],
        **asdict(outcome.summary),
        "exit_code": code,
    }


def _run_as_json(run: BatchOutcome) -> dict[str, Any]:
    return {
        "run_id": run.run_id,
        "success": run.success,
        "blocked": [asdict(gate) for gate in run.blocked],
        "failed": [{"step": s.step, "error_type": s.error_type, "message": s.message} for s in run.failed],
    }
