"""The gates as Dagster runs them: real assets, a real job, a real warehouse."""

from __future__ import annotations

import inspect
import logging

import dagster as dg
import pytest

from assets.batches import BATCHES
from quality.gates import escape_markdown, gate_checks
from quality.quarantine import QUARANTINE_TABLES
from quality.suites import events_actors, events_pairs, marts
from quality.thresholds import ThresholdsError

BATCH = "b0001"


@dg.logger
def silent(_):
    """Keeps Dagster's own log out of a failing test's output."""
    return logging.Logger("silent", logging.CRITICAL)


def definitions(world, warehouse, thresholds_file=None, data_docs=None):
    """Four assets like the real ones (two of them made by one step), and every gate but those of tables not made."""
    ran = []

    @dg.asset(key=["raw", "documents"], partitions_def=BATCHES)
    def raw_documents():
        world.write(warehouse)
        ran.append("raw.documents")

    @dg.multi_asset(
        specs=[
            dg.AssetSpec(["cleaned", name], deps=[["raw", "documents"]], partitions_def=BATCHES)
            for name in ("documents", "spans")
        ],
    )
    def cleaned():
        ran.append("cleaned")
        yield dg.MaterializeResult(asset_key=["cleaned", "documents"])
        yield dg.MaterializeResult(asset_key=["cleaned", "spans"])

    @dg.asset(key=["events", "events"], deps=[["cleaned", "documents"], ["cleaned", "spans"]])
    def events():
        ran.append("events.events")

    assets = [raw_documents, cleaned, events]
    keys = {key for asset in assets for key in asset.keys}
    checks = [
        gate
        for gate in gate_checks(thresholds_file, None, data_docs)
        if {spec.asset_key for spec in gate.check_specs} <= keys
    ]
    assert len(checks) == 4
    return ran, dg.Definitions(
        assets=assets,
        asset_checks=checks,
        resources={"warehouse": warehouse},
    )


def run(defined, selection=None, partition=BATCH):
    """Run everything, or the part that is selected, in one batch."""
    with dg.DagsterInstance.ephemeral() as instance:
        instance.add_dynamic_partitions("batches", [BATCH])
        part = dg.Definitions(
            assets=defined.assets,
            asset_checks=defined.asset_checks,
            resources=defined.resources,
            jobs=[dg.define_asset_job("job", selection or dg.AssetSelection.all())],
            executor=dg.in_process_executor,
            loggers={"console": silent},
        )
        result = part.resolve_job_def("job").execute_in_process(
            instance=instance, partition_key=partition, raise_on_error=False
        )
        return result, {(e.asset_key.to_user_string(), e.check_name): e for e in result.get_asset_check_evaluations()}


def test_a_sound_batch_runs_through_with_several_named_checks_a_table(warehouse, world):
    ran, defined = definitions(world, warehouse)
    result, checks = run(defined)
    assert result.success and ran == ["raw.documents", "cleaned", "events.events"]
    assert all(check.passed and check.blocking for check in checks.values())
    assert {name for asset, name in checks if asset == "cleaned/documents"} >= {
        "keys",
        "references",
        "dates",
        "volume",
    }
    assert {check.partition for (asset, _), check in checks.items() if asset != "events/events"} == {BATCH}
    assert checks["cleaned/documents", "keys"].metadata["rows"].value == len(world.documents)
    kept = warehouse.read("SELECT DISTINCT run_id, batch FROM ops.check_results").rows()
    assert kept == [(result.run_id, BATCH)]


def test_failing_rows_go_to_quarantine_and_the_run_goes_on(warehouse, world):
    world.change("documents", 2, language="xx", title="<script>alert(1)</script> | [x](http://x.test)")
    world.change("documents", 3, text="<b>*a*</b>")
    ran, defined = definitions(world, warehouse)
    result, checks = run(defined)
    assert result.success and ran[-1] == "events.events"
    language = checks["cleaned/documents", "language"]
    assert not language.passed and language.severity == dg.AssetCheckSeverity.WARN
    assert "1 of 8 rows" in language.description and "quarantine.cleaned_documents" in language.description
    assert world.documents[2].document_id in language.metadata["sample_rows"].value
    assert "Report the page" in language.metadata["what_to_do"].value
    assert language.metadata["moved_to_quarantine"].value["cleaned.documents"] == 2
    rules = {record.data["rule"]: record.data for record in language.metadata["expectations"].records}
    assert rules["language"]["failing"] == 1 and not rules["language"]["holds"]
    # The spans of the pages that went are not left dangling, and their own gate agrees.
    assert checks["cleaned/spans", "references"].passed
    assert warehouse.read("SELECT count(*) FROM cleaned.documents").item() == len(world.documents) - 2


def test_a_broken_table_stops_what_depends_on_it(warehouse, world, tmp_path):
    for number in range(6):
        world.change("documents", number, language="xx")
    ran, defined = definitions(world, warehouse, data_docs=tmp_path / "docs")
    result, checks = run(defined)
    assert not result.success and "events.events" not in ran
    kept = checks["cleaned/documents", "rows_kept"]
    assert not kept.passed and kept.severity == dg.AssetCheckSeverity.ERROR
    assert kept.metadata["observed"].value == 0.75
    assert "general.max_quarantined_share" in kept.description
    failed = warehouse.read("SELECT check_name FROM ops.check_results WHERE NOT passed AND level = 'block'")
    assert failed["check_name"].to_list() == ["rows_kept"]
    # Nothing after the gate will write the Data Docs, so the gate itself has.
    assert "general.max_quarantined_share" in (tmp_path / "docs" / "index.html").read_text(encoding="utf-8")


def test_a_gate_run_alone_judges_batch_by_batch_and_keeps_what_was_taken_out(warehouse, world, more_pages):
    world.change("documents", 2, language="xx")
    _, defined = definitions(world, warehouse)
    run(defined)
    more_pages("b0002", pages=2).write(warehouse)
    result, checks = run(defined, dg.AssetSelection.checks_for_assets(["cleaned", "documents"]), partition=None)
    assert result.success and checks["cleaned/documents", "references"].passed
    assert checks["cleaned/documents", "keys"].metadata["rows"].value == len(world.documents) - 1 + 2
    assert warehouse.read("SELECT count(*) FROM quarantine.cleaned_documents").item() == 1


def test_events_without_partition_are_judged_whole(warehouse, world):
    world.write(warehouse)
    _, defined = definitions(world, warehouse)
    result, checks = run(defined, dg.AssetSelection.assets(["events", "events"]), partition=None)
    assert result.success and checks["events/events", "counts"].metadata["rows"].value == len(world.events)
    assert warehouse.read("SELECT DISTINCT batch FROM ops.check_results").item() == "all"


def test_thresholds_are_looked_at_when_the_gates_are_made(tmp_path):
    file = tmp_path / "mine.toml"
    file.write_text("[general]\nmax_quarantined_share = 3\n", encoding="utf-8")
    with pytest.raises(ThresholdsError, match="max_quarantined_share"):
        gate_checks(file)


def test_every_table_that_is_judged_has_a_gate_and_every_row_a_way_out():
    gates = {spec.asset_key.to_user_string() for gate in gate_checks() for spec in gate.check_specs}
    assert gates == {
        "raw/documents",
        "raw/rejected",
        "cleaned/documents",
        "cleaned/spans",
        "translated/segments",
        "events/mentions",
        "events/events",
        "events/claims",
        "events/pairs",
        "events/actors",
        "events/arms",
        "events/second_opinions",
        "marts/country_pair_month",
        "marts/actor_timeline",
        "marts/arms_transfers",
        "marts/publisher_profile",
        "marts/coverage",
    }
    # Rows of these are sums of others' rows, or name what others hold: their rules warn or block, and take none out.
    summed_up = {gate for gate in gates if gate.startswith("marts/")} | {"events/actors", "events/pairs"}
    assert {table.name for table in QUARANTINE_TABLES} >= {
        gate.replace("/", "_") for gate in gates - {"raw/rejected"} - summed_up
    }
    assert not any("Level.ROW" in inspect.getsource(module) for module in (marts, events_actors, events_pairs))


@pytest.mark.parametrize(
    "text",
    ["<img src=x onerror=alert(1)>", "[a](javascript:x)", "a | b", "![x](http://x.test/i.png)", "`x` **b** & <b>"],
)
def test_markdown_of_untrusted_text_is_inert(text):
    escaped = escape_markdown(text)
    assert "<" not in escaped
    for mark in "[]()|!*`":
        assert escaped.count(mark) == escaped.count(f"\\{mark}") == text.count(mark)
