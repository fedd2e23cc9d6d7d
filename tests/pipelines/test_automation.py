"""What follows what by itself: conditions evaluated by Dagster over real runs, and freshness of the final tables."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import dagster as dg
import pytest

from assets.events.mentions.rows import MENTIONS
from pipelines import sensors
from pipelines.automation import stages
from pipelines.definitions import build_definitions
from pipelines.instance import only_run
from pipelines.resources import warehouse_of
from pipelines.sensors import pending_batches
from pipelines.settings import Settings, load_settings

TALKS = "The president of Chad met the president of Niger in Niamey on Monday, officials of both countries said."
MERGED = {"events.events", "events.claims", "events.pairs", "events.actors", "events.unknown_actors", "ops.merges"}
CODED = {"events.mentions", "events.arms", "events.unknown_names", "events.second_opinions", "ops.batches"}


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "a.txt").write_text(f"Talks\n\n{TALKS}")
    return load_settings(corpus=corpus, warehouse=tmp_path / "w.duckdb", workers=1, engines=["none"])


@pytest.fixture
def instance() -> Iterator[dg.DagsterInstance]:
    with dg.instance_for_test() as instance:
        yield instance


class Automation:
    """The sensor `stages` tick by tick, without its daemon."""

    def __init__(self, definitions: dg.Definitions, instance: dg.DagsterInstance) -> None:
        self.definitions, self.instance, self._cursor = definitions, instance, None

    def asked(self) -> dict[str | None, set[str]]:
        """What the next tick asks for: assets by batch, None for those without."""
        found = dg.evaluate_automation_conditions(self.definitions, self.instance, cursor=self._cursor)
        self._cursor = found.cursor
        wanted: dict[str | None, set[str]] = {}
        for result in found.results:
            key, subset = result.key, result.true_subset
            if isinstance(key, dg.AssetKey) and not subset.is_empty:
                for batch in subset.expensively_compute_partition_keys() if subset.is_partitioned else [None]:
                    wanted.setdefault(batch, set()).add(".".join(key.path))
        return wanted

    def run(self, job: str, **more: object) -> bool:
        found = self.definitions.resolve_job_def(job)
        return found.execute_in_process(instance=self.instance, raise_on_error=False, **more).success  # type: ignore[arg-type]


def test_a_new_batch_flows_to_the_marts_and_then_nothing_is_asked_for(
    settings: Settings, instance: dg.DagsterInstance
) -> None:
    automation = Automation(build_definitions(settings), instance)
    assert automation.asked() == {}
    assert automation.run("intake")
    (batch,) = instance.get_dynamic_partitions("batches")
    asked = automation.asked()
    assert set(asked) == {batch}
    assert asked[batch] >= {"raw.documents", "cleaned.documents", "translated.segments", *CODED}
    assert automation.asked() == {}  # the run it asked for may take its time to begin
    assert automation.run("ingest", partition_key=batch)
    asked = automation.asked()
    # The other marts are made in the same step.
    assert set(asked) == {None} and asked[None] >= MERGED | {"marts.country_pair_month"}
    assert automation.run("merge")
    assert automation.asked() == {} and automation.asked() == {}


def test_other_code_is_followed_from_its_stage_on(settings: Settings, instance: dg.DagsterInstance) -> None:
    definitions = build_definitions(settings)
    automation = Automation(definitions, instance)
    automation.run("intake")
    (batch,) = instance.get_dynamic_partitions("batches")
    automation.asked()
    assert automation.run("ingest", partition_key=batch) and automation.asked() and automation.run("merge")
    assert automation.asked() == {}

    def recoded(spec: dg.AssetSpec) -> dg.AssetSpec:
        of_mentions = ".".join(spec.key.path) == MENTIONS.qualified_name
        return spec.replace_attributes(code_version="a new vocabulary") if of_mentions else spec

    automation.definitions = definitions.map_asset_specs(func=recoded)
    assert automation.asked() == {batch: CODED}


def test_what_was_made_by_hand_is_followed_once_its_gate_is_open(
    settings: Settings, instance: dg.DagsterInstance
) -> None:
    automation = Automation(build_definitions(settings), instance)
    automation.run("intake")
    (batch,) = instance.get_dynamic_partitions("batches")
    automation.asked()
    assert automation.run("ingest", partition_key=batch) and automation.asked() and automation.run("merge")
    assert automation.asked() == {}
    by_hand = [dg.AssetKey(["cleaned", name]) for name in ("documents", "spans", "dropped_lines", "signatures")]
    warehouse = warehouse_of(settings)
    judge = "UPDATE ops.check_results SET passed = ?, level = ? WHERE asset = 'cleaned.documents'"
    for passed, level, followed in ((False, "block", False), (False, "row", True)):
        with warehouse.transaction() as connection:
            connection.execute(judge, [passed, level])
        for key in by_hand:
            instance.report_runless_asset_event(dg.AssetMaterialization(key, partition=batch))
        asked = automation.asked()
        assert (asked.get(batch, set()) >= {"translated.segments", *CODED}) is followed, asked
        assert followed or asked == {}


def test_where_both_sensors_are_on_one_leaves_new_work_to_the_other(
    settings: Settings, instance: dg.DagsterInstance, monkeypatch: pytest.MonkeyPatch
) -> None:
    definitions = build_definitions(settings)
    automation = Automation(definitions, instance)
    automation.run("intake")

    def asked() -> list[str | None]:
        context = dg.build_sensor_context(instance=instance, resources=definitions.resources)
        found = pending_batches(context)
        return [r.job_name for r in found.run_requests or ()] if isinstance(found, dg.SensorResult) else []

    assert asked() == ["ingest"]
    with only_run(settings.home, 0, print):
        assert asked() == []
    monkeypatch.setattr(sensors, "_is_on", lambda instance, sensor: sensor == stages.name)
    assert asked() == []
    later = datetime.now(UTC).replace(tzinfo=None) + timedelta(minutes=11)
    monkeypatch.setattr(sensors, "_now", lambda: later)
    assert asked() == ["ingest"]
    (batch,) = instance.get_dynamic_partitions("batches")
    assert automation.run("ingest", partition_key=batch)
    monkeypatch.setattr(sensors, "_now", lambda: later - timedelta(minutes=11))
    assert asked() == []
    monkeypatch.setattr(sensors, "_now", lambda: later + timedelta(minutes=1))
    assert asked() == ["merge"]


def test_final_tables_are_too_old_after_the_hours_that_the_settings_say(settings: Settings) -> None:
    fresh = load_settings(**(settings.model_dump() | {"fresh_within_hours": 24}))
    policies = {tuple(s.key.path): s.freshness_policy for s in build_definitions(fresh).resolve_all_asset_specs()}
    limited = {key for key, policy in policies.items() if policy}
    assert ("events", "events") in limited and {key[0] for key in limited} == {"events", "marts"}
    assert policies["marts", "coverage"] == dg.FreshnessPolicy.time_window(timedelta(hours=24), timedelta(hours=18))
    assert not any(spec.freshness_policy for spec in build_definitions(settings).resolve_all_asset_specs())
