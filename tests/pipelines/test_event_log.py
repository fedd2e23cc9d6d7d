"""The event log that is kept open holds what Dagster's own would, beside other programs and over many runs."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import dagster as dg
import pytest

from pipelines.event_log import KeptEventLogStorage
from pipelines.instance import INSTANCE_CONFIG, open_instance, prepare_home

KEY = dg.AssetKey("page")
BATCHES = dg.DynamicPartitionsDefinition(name="batches")


@dg.asset(name="page", partitions_def=BATCHES)
def page() -> None:
    """A table."""


@dg.asset_check(asset=page, blocking=True)
def holds() -> dg.AssetCheckResult:
    """A gate."""
    return dg.AssetCheckResult(passed=False, severity=dg.AssetCheckSeverity.WARN, metadata={"rows": 3})


JOB = dg.Definitions([page], asset_checks=[holds], jobs=[dg.define_asset_job("job")]).resolve_job_def("job")


def run(instance: dg.DagsterInstance, batch: str) -> str:
    instance.add_dynamic_partitions("batches", [batch])
    logging = {"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}}
    return JOB.execute_in_process(instance=instance, partition_key=batch, run_config=logging).run_id


def opened_by_another(home: Path) -> dg.DagsterInstance:
    """The instance as programs open it that know nothing of ours."""
    plain = home / "plain.yaml"
    plain.write_text(INSTANCE_CONFIG)
    return dg.DagsterInstance.from_config(str(home), plain.name)


def told(instance: dg.DagsterInstance, run_id: str) -> list[tuple[str | None, str]]:
    """What the log says of a run, in order."""
    events = [entry.dagster_event for entry in instance.all_logs(run_id)]
    return [(event.step_key, event.event_type_value) for event in events if event]


def checked(instance: dg.DagsterInstance) -> list[tuple[str, str]]:
    """Run and status of every evaluation of the check, latest first."""
    key = dg.AssetCheckKey(KEY, "holds")
    found = instance.event_log_storage.get_asset_check_execution_history(key, limit=100)
    return [(record.run_id, record.status.value) for record in found]


@pytest.fixture
def instance(tmp_path: Path) -> Iterator[dg.DagsterInstance]:
    with open_instance(tmp_path) as opened:
        yield opened


def test_another_program_reads_and_writes_the_log_that_is_kept_open(
    tmp_path: Path, instance: dg.DagsterInstance
) -> None:
    assert isinstance(instance.event_log_storage, KeptEventLogStorage)
    ours = run(instance, "b1")
    with opened_by_another(tmp_path) as other:
        assert not isinstance(other.event_log_storage, KeptEventLogStorage)
        assert told(other, ours) == told(instance, ours) and len(told(other, ours)) > 8
        theirs = run(other, "b2")
        assert told(instance, theirs) == told(other, theirs)
        again = run(instance, "b3")
        assert checked(instance) == checked(other) == [(r, "FAILED") for r in (again, theirs, ours)]
        assert other.get_materialized_partitions(KEY) == {"b1", "b2", "b3"}


def test_who_follows_a_run_in_another_program_is_told_of_each_event(
    tmp_path: Path, instance: dg.DagsterInstance
) -> None:
    ours, heard = run(instance, "b1"), threading.Event()
    with opened_by_another(tmp_path) as other:
        seen = other.get_records_for_run(ours).cursor
        other.watch_event_logs(ours, seen, lambda entry, cursor: heard.set())
        instance.report_engine_event("one more", run_id=ours, job_name="job")
        assert heard.wait(timeout=60)


def test_earlier_runs_stay_readable_and_few_files_stay_open(instance: dg.DagsterInstance) -> None:
    runs = [run(instance, f"b{number}") for number in range(6)]
    assert len({tuple(told(instance, run_id)) for run_id in runs}) == 1
    log = instance.event_log_storage
    assert isinstance(log, KeptEventLogStorage) and len(log.open_databases) <= 4
    log.wipe()
    assert not log.open_databases[1:] and not any(told(instance, run_id) for run_id in runs)
    assert told(instance, run(instance, "b7"))


def test_the_daemon_and_the_ui_keep_the_log_open_as_well(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DAGSTER_HOME", str(prepare_home(tmp_path)))
    with dg.DagsterInstance.get() as theirs:
        assert isinstance(theirs.event_log_storage, KeptEventLogStorage)
        ours = run(theirs, "b1")
    with open_instance(tmp_path) as opened:
        assert told(opened, ours)


def test_a_storage_that_the_home_folder_names_is_left_as_it_is(tmp_path: Path) -> None:
    (prepare_home(tmp_path) / "dagster.yaml").write_text(f"storage:\n  sqlite:\n    base_dir: {tmp_path / 'log'}\n")
    with open_instance(tmp_path) as named:
        assert not isinstance(named.event_log_storage, KeptEventLogStorage)
        assert told(named, run(named, "b1")) and (tmp_path / "log").is_dir()
