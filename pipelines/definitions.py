"""What Dagster loads: assets, gates, jobs, schedule, sensors and resources, for the settings in force.

`workspace.yaml` names this module, so that `dagster dev` and `dagster definitions validate` work beside it.
"""

from __future__ import annotations

import dagster as dg

from assets.cleaned.documents.asset import cleaned_documents
from assets.events.actors.asset import events_actors
from assets.events.arms.asset import events_arms
from assets.events.events.asset import events_events
from assets.events.mentions.asset import events_mentions
from assets.events.mentions.told import told
from assets.events.second_opinions.asset import events_second_opinions
from assets.marts.asset import marts
from assets.options import WAREHOUSE_POOL
from assets.progress import SilentProgress
from assets.raw.documents.asset import raw_documents
from assets.specs import with_current_code
from assets.translated.segments.asset import translated_segments
from assets.vocabulary.files import lay_over
from pipelines.data_docs import linked_to_data_docs
from pipelines.jobs import fetch_job, ingest_job, intake_job, merge_job
from pipelines.ledger import ops_batches, ops_merges
from pipelines.resources import warehouse_of
from pipelines.schedules import hourly_intake
from pipelines.sensors import corpus_folder, failed_runs, feeds, pending_batches
from pipelines.settings import Settings, load_settings
from quality.gates import gate_checks

ASSETS = (
    raw_documents,
    cleaned_documents,
    translated_segments,
    events_mentions,
    events_events,
    events_arms,
    events_actors,
    marts,
    events_second_opinions,
    ops_batches,
    ops_merges,
)
"""The steps that make tables, in the order of the road."""


def build_definitions(settings: Settings) -> dg.Definitions:
    """Everything that Dagster is to know, working on the settings' corpus and warehouse."""
    lay_over(settings.vocabulary)
    return dg.Definitions(
        assets=[linked_to_data_docs(asset.map_asset_specs(with_current_code), settings) for asset in ASSETS],
        asset_checks=gate_checks(settings.thresholds, WAREHOUSE_POOL, settings.data_docs),
        jobs=[ingest_job, intake_job, merge_job, fetch_job],
        schedules=[hourly_intake],
        sensors=[feeds, corpus_folder, pending_batches, failed_runs],
        resources={
            "warehouse": warehouse_of(settings),
            "options": settings,
            "progress": SilentProgress(),
            # The quality estimate of translations compares what sentences tell, which a later stage reads.
            "read_sentence": told,
        },
        executor=dg.in_process_executor,
    )


defs = build_definitions(load_settings())
