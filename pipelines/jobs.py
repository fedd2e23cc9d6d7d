"""The jobs: `intake` finds what is new in the corpus, `ingest` takes a batch to its mentions with all gates on,
`merge` makes events of the mentions of all batches, and what is made of events, `fetch` asks feeds for new pages."""

import dagster as dg

from assets.batches import BATCHES
from assets.events.actors.rows import ACTORS
from assets.events.claims.rows import CLAIMS
from assets.events.events.rows import EVENTS
from assets.events.pairs.rows import PAIRS
from assets.events.unknown_actors.rows import UNKNOWN_ACTORS
from assets.marts.asset import QUERIES as MARTS
from assets.specs import asset_key
from assets.steps import tried_again
from pipelines.feeds import run_round, tell_round
from pipelines.instance import register_batches
from pipelines.intake import Intake, take_in
from pipelines.operations import MERGES
from pipelines.settings import Settings
from pipelines.warehouse import DuckDBWarehouse

INGEST = "ingest"
MERGE = "merge"

MADE_OF_EVENTS = (CLAIMS, PAIRS, ACTORS, UNKNOWN_ACTORS, *MARTS)
"""Tables without batches that are made anew with the events."""

_MERGED = dg.AssetSelection.assets(asset_key(EVENTS), *map(asset_key, MADE_OF_EVENTS), asset_key(MERGES))


ingest_job = dg.define_asset_job(
    INGEST,
    selection=dg.AssetSelection.all() - _MERGED,
    description=(
        "Takes a batch's pages from their files to mentions of events, with all gates on. Safe to run again. "
        "The job `merge` then brings them into the events."
    ),
    partitions_def=BATCHES,
    # One process: the multiprocess executor costs over ten seconds for eight steps, and the work inside a step is
    # spread over processes already (`assets.parallel`).
    executor_def=dg.in_process_executor,
)


merge_job = dg.define_asset_job(
    MERGE,
    selection=_MERGED,
    description=(
        "Makes the events anew whose mentions changed, and all that is made of events, with all gates on. "
        "Safe to run again."
    ),
    executor_def=dg.in_process_executor,
)


@dg.op(description="Writes what is new in the corpus in the books and registers a partition for every pending batch.")
def take_in_corpus(
    context: dg.OpExecutionContext, warehouse: DuckDBWarehouse, options: dg.ResourceParam[Settings]
) -> None:
    """Migrate the warehouse, take the corpus in, register batches as partitions."""
    with tried_again(context):
        warehouse.migrate()
        intake = take_in(options.corpus, warehouse, options.batch_size)
    register_batches(context.instance, intake.batches)
    context.log.info(tell_intake(intake))
    for skipped in intake.skipped:
        context.log.warning(skipped.message)
    context.add_output_metadata(
        {
            "corpus": intake.corpus,
            "new_files": intake.new_files,
            "changed_files": intake.changed_files,
            "known_files": intake.known_files,
            "skipped_files": len(intake.skipped),
            "pending_batches": list(intake.batches),
        }
    )


def tell_intake(intake: Intake) -> str:
    """What an intake found, in a sentence."""
    return (
        f"{intake.corpus}: {_counted(intake.new_files, 'new file')}, {intake.changed_files} changed, "
        f"{intake.known_files} known, {len(intake.skipped)} left out; {_counted(len(intake.batches), 'batch')} to run"
    )


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun if number == 1 else noun + ('es' if noun.endswith('ch') else 's')}"


@dg.job(name="intake", description="Finds what is new in the corpus folder.", executor_def=dg.in_process_executor)
def intake_job() -> None:
    """The intake as a job, for the UI, the schedule and the sensor."""
    take_in_corpus()


@dg.op(description="Asks feeds and sitemaps for new pages, and fetches those into the feeds folder.")
def fetch_pages(
    context: dg.OpExecutionContext, warehouse: DuckDBWarehouse, options: dg.ResourceParam[Settings]
) -> None:
    """One round of the feeds of the settings. It waits for hosts, and holds the warehouse only to read and write."""
    with tried_again(context):
        done = run_round(options, warehouse)
    context.log.info(tell_round(done))
    context.add_output_metadata(
        {
            "listings": done.listings,
            "fetched": done.fetched,
            "unchanged": done.unchanged,
            "waiting": done.waiting,
            "failed": sum(done.failed.values()),
            "file": str(done.file or ""),
        }
    )


@dg.job(name="fetch", description="One round of feeds and sitemaps.", executor_def=dg.in_process_executor)
def fetch_job() -> None:
    """A round of feeds as a job, for the UI and the sensor."""
    fetch_pages()
