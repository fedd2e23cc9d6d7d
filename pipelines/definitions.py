"""What Dagster loads: assets, gates, jobs, schedule, sensors and resources, for the settings in force.

`workspace.yaml` names this module, so that `dagster dev` and `dagster definitions validate` work beside it.
"""

from __future__ import annotations

import dagster as dg

from assets.events.mentions.told import told
from assets.options import WAREHOUSE_POOL
from assets.progress import Progress, SilentProgress
from assets.specs import with_current_code
from assets.vocabulary.files import lay_over
from pipelines.automation import automated, stages
from pipelines.data_docs import linked_to_data_docs
from pipelines.jobs import fetch_job, ingest_job, intake_job, merge_job
from pipelines.resources import warehouse_of
from pipelines.road import ASSETS
from pipelines.rules import installation_of, rules_in_force
from pipelines.run_book import know_rules
from pipelines.schedules import hourly_intake
from pipelines.sensors import corpus_folder, ended_runs, failed_runs, feeds, pending_batches
from pipelines.settings import Settings, load_settings
from quality.gates import gate_checks


def build_definitions(settings: Settings, progress: Progress | None = None) -> dg.Definitions:
    """Everything that Dagster is to know, working on the settings' corpus and warehouse; steps tell `progress`."""
    lay_over(settings.vocabulary)
    books, installation = warehouse_of(settings), installation_of(settings)

    def in_force(spec: dg.AssetSpec) -> dg.AssetSpec:
        return automated(with_current_code(spec, installation), settings, books)

    assets = [asset.map_asset_specs(in_force) for asset in ASSETS]
    return dg.Definitions(
        assets=[linked_to_data_docs(asset, settings) for asset in assets],
        asset_checks=gate_checks(settings.thresholds, WAREHOUSE_POOL, settings.data_docs),
        jobs=[ingest_job, intake_job, merge_job, fetch_job],
        schedules=[hourly_intake],
        sensors=[feeds, corpus_folder, pending_batches, stages, failed_runs, ended_runs],
        resources={
            "warehouse": warehouse_of(settings, know_rules(rules_in_force(installation, assets))),
            "options": settings,
            "progress": progress or SilentProgress(),
            # The quality estimate of translations compares what sentences tell, which a later stage reads.
            "read_sentence": told,
        },
        executor=dg.in_process_executor,
    )


defs = build_definitions(load_settings())
