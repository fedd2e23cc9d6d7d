"""What is run once more and why: periods, stale tables, and runs that Dagster started by itself."""

from datetime import date
from pathlib import Path

import dagster as dg
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from pipelines.again import Period, period
from pipelines.cli import cli
from pipelines.definitions import build_definitions
from pipelines.instance import open_instance, register_batches
from pipelines.intake import take_in
from pipelines.resources import warehouse_of
from pipelines.road import ASSETS
from pipelines.rules import installation_of
from pipelines.settings import Settings, load_settings
from pipelines.staleness import EARLIER, find_stale, stale_steps
from pipelines.warehouse import DuckDBWarehouse

VISIT = "The president of Chad visited the president of Niger in Niamey on 4 June 2026, officials of both said."


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 1, 1)))
def test_a_day_is_in_its_day_month_and_year(day: date) -> None:
    for text in (day.isoformat(), f"{day:%Y-%m}", f"{day.year}", f"{day.year}..{day:%Y-%m-%d}"):
        span = period(text)
        assert span.first <= day < span.end


def test_a_period_ends_before_its_end() -> None:
    assert period("2026-12") == Period(date(2026, 12, 1), date(2027, 1, 1))
    assert period("2026-01..2026-03") == Period(date(2026, 1, 1), date(2026, 4, 1))
    for wrong in ("", "March", "2026-13", "2026-02-30", "2026-3-", "2026-04..2026-03", "26"):
        with pytest.raises(ValueError, match=r"2026|no day|calendar"):
            period(wrong)


def test_what_depends_on_a_stale_table_is_run_and_nothing_before_it() -> None:
    every = {key for step in ASSETS for key in step.keys if key.path[0] != "marts"}
    from_mentions = {".".join(key.path) for key in stale_steps({"events.mentions"}, ASSETS, every)}
    assert {"events.mentions", "events.arms", "events.second_opinions", "ops.batches"} <= from_mentions
    assert not {name for name in from_mentions if name.split(".")[0] in ("raw", "cleaned", "translated")}
    from_spans = {".".join(key.path) for key in stale_steps({"cleaned.spans"}, ASSETS, every)}
    assert {
        "cleaned.documents",
        "translated.segments",
    } | from_mentions <= from_spans and "raw.documents" not in from_spans
    assert stale_steps(set(), ASSETS, every) == []


def _settings(folder: Path) -> Settings:
    return load_settings(corpus=folder / "pages", warehouse=folder / "w.duckdb", workers=1, engines=["none"])


@pytest.fixture(scope="module")
def run_by_dagster(tmp_path_factory: pytest.TempPathFactory) -> DuckDBWarehouse:
    """A warehouse whose one batch was run, and merged, by Dagster's jobs, as from the UI."""
    folder = tmp_path_factory.mktemp("dagster")
    (folder / "pages").mkdir()
    (folder / "pages/a.txt").write_text(f"Visit\n\n{VISIT} Reporters waited at the airport for most of the morning.")
    settings = _settings(folder)
    warehouse = warehouse_of(settings)
    warehouse.migrate()
    intake = take_in(settings.corpus, warehouse, 10)
    definitions = build_definitions(settings)
    with open_instance(settings.home) as instance:
        register_batches(instance, intake.batches)
        for job, batch in (("ingest", intake.batches[0]), ("merge", None)):
            done = definitions.resolve_job_def(job).execute_in_process(instance=instance, partition_key=batch)
            assert done.success
        runs = {run.run_id for run in instance.get_runs()}
    assert {run for (run,) in warehouse.read("SELECT unnest(dagster_runs) FROM ops.runs").rows()} == runs
    return warehouse


def test_each_run_of_dagsters_has_a_number(run_by_dagster: DuckDBWarehouse) -> None:
    read = run_by_dagster.read
    assert read("SELECT run, started_by, outcome, len(batches) FROM ops.runs ORDER BY run").rows() == [
        (1, "dagster", None, 1), (2, "dagster", None, 0),
    ]  # fmt: skip
    assert read("SELECT DISTINCT from_run FROM events.event_versions").rows() == [(2,)]
    assert read(
        "FROM ops.runs WHERE ended_at < started_at OR rules NOT IN (SELECT rules FROM ops.rule_files)"
    ).is_empty()
    assert read("SELECT count(*) FROM events_after_run(1)").item() == 0
    assert read("SELECT count(*) FROM events_after_run(2)").item() == read("SELECT count(*) FROM events").item() > 0


def test_stale_is_what_other_code_made_or_what_was_made_of_older_rows(run_by_dagster: DuckDBWarehouse) -> None:
    installation = installation_of(_settings(Path(run_by_dagster.path).parent))

    def stale() -> dict[str, tuple[str, ...]]:
        with run_by_dagster.reading() as query:
            return {entry.table: entry.reasons for entry in find_stale(query, ASSETS, installation)}

    def change(sql: str) -> None:
        with run_by_dagster.transaction() as connection:
            connection.execute(sql)

    assert stale() == {}
    change("UPDATE ops.made SET made_at = now()::TIMESTAMP WHERE table_name = 'cleaned.documents'")
    found = stale()
    assert found["events.mentions"] == ("cleaned.documents was made again",) and "translated.segments" in found
    change("UPDATE ops.made SET made_at = TIMESTAMP '2026-01-01'")
    assert stale() == {}
    change("UPDATE ops.rule_files SET sha256 = 'x' WHERE file IN ('events/arms/find.py', 'events/pairs/rows.py')")
    change("UPDATE ops.made SET code_version = 'old' WHERE table_name IN ('events.arms', 'events.events')")
    assert stale() == {"events.arms": ("events/arms/find.py",), "events.events": ("events/pairs/rows.py",)}
    change("UPDATE ops.rule_files SET sha256 = 'x' WHERE file IN ('package simplemma', 'package trafilatura')")
    change("UPDATE ops.made SET code_version = 'old' WHERE table_name IN ('events.mentions', 'cleaned.documents')")
    assert stale()["events.mentions"] == ("package simplemma",)
    assert stale()["cleaned.documents"] == ("package trafilatura",)
    installation |= {"model translation en": "en 1", "model translation ar": "ar 1", "setting engines": "other"}
    change("UPDATE ops.made SET code_version = 'old' WHERE table_name = 'translated.segments'")
    assert stale()["translated.segments"] == ("model translation en", "setting engines")  # no page is Arabic
    change("DELETE FROM ops.made WHERE table_name = 'marts.coverage'")
    assert stale()["marts.coverage"] == (EARLIER,)
    shown = CliRunner().invoke(cli, ["status", "-w", run_by_dagster.path]).output
    assert f"attache run {Path(run_by_dagster.path).parent / 'pages'} --again stale" in shown


def test_asset_keys_and_tables_have_one_name(run_by_dagster: DuckDBWarehouse) -> None:
    made = {name for (name,) in run_by_dagster.read("SELECT table_name FROM ops.made").rows()}
    assert {dg.AssetKey(name.split(".")) for name in made} <= {key for step in ASSETS for key in step.keys}
