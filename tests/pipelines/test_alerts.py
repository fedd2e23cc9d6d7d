"""Failed runs are told, over real HTTP, and tried again; from the command line and from the sensors."""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import dagster as dg
import pytest

from pipelines import sensors
from pipelines.alerts import Alert, raise_alert
from pipelines.definitions import build_definitions
from pipelines.resources import warehouse_of
from pipelines.runs import run_corpus
from pipelines.sensors import failed_runs, pending_batches
from pipelines.settings import SettingsError, load_settings
from tests.pipelines.test_road import Recorder
from tests.scripted_server import Reply, ScriptedServer

ALERT = Alert("ingest", "run-1", "b1", ("the gate of cleaned.documents blocked",))


@pytest.fixture
def hook() -> Iterator[ScriptedServer]:
    server = ScriptedServer()
    server.respond = lambda request: Reply(b"ok")
    yield server
    server.stop()


@pytest.fixture
def broken(tmp_path: Path, hook: ScriptedServer) -> Any:
    """Settings over a corpus whose only batch a gate blocks."""
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    for number in range(6):
        (corpus / f"{number}.txt").write_text(f"Page {number}.")
    return load_settings(
        corpus=corpus,
        warehouse=tmp_path / "w.duckdb",
        workers=1,
        engines=["none"],
        alert_webhook=f"{hook.url}/services/s3cret",
    )


def test_a_blocked_batch_of_attache_run_is_posted(broken: Any, hook: ScriptedServer) -> None:
    run_corpus(broken, Recorder())
    (posted,) = hook.received
    assert posted.path == "/services/s3cret" and posted.body["batch"]
    assert "the gate of cleaned.documents blocked" in posted.body["text"] and "attache quality" in posted.body["text"]


def test_a_hook_that_is_gone_stops_nothing_and_its_address_is_not_told(hook: ScriptedServer) -> None:
    hook.respond = lambda request: Reply({}, 500)
    trouble = raise_alert(ALERT, f"{hook.url}/services/s3cret")
    assert trouble and "500" in trouble and "s3cret" not in trouble
    assert raise_alert(ALERT, None) is None
    assert "s3cret" not in (raise_alert(ALERT, "http://127.0.0.1:9/s3cret") or "")
    with pytest.raises(SettingsError, match="alert_webhook"):
        load_settings(alert_webhook="ftp://example.org")


def test_the_sensors_tell_of_a_failed_run_and_try_it_again_later(
    broken: Any, hook: ScriptedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    definitions = build_definitions(broken)
    with dg.instance_for_test() as instance:
        definitions.resolve_job_def("intake").execute_in_process(instance=instance)

        def asked() -> dg.SensorResult | dg.SkipReason:
            made = pending_batches(dg.build_sensor_context(instance=instance, resources=definitions.resources))
            assert isinstance(made, dg.SensorResult | dg.SkipReason)
            return made

        first = asked()
        assert isinstance(first, dg.SensorResult) and first.run_requests
        (request,) = first.run_requests
        ingest = definitions.resolve_job_def("ingest")

        def run() -> dg.ExecuteInProcessResult:
            return ingest.execute_in_process(
                instance=instance, partition_key=request.partition_key, raise_on_error=False
            )

        result = run()
        failure = next(e for e in result.all_events if e.event_type == dg.DagsterEventType.PIPELINE_FAILURE)
        context = dg.build_run_status_sensor_context(
            sensor_name="failed_runs",
            dagster_event=failure,
            dagster_instance=instance,
            dagster_run=result.dagster_run,
            resources=definitions.resources,
        ).for_run_failure()
        failed_runs(context)
        assert hook.received[-1].body["batch"] == request.partition_key
        text = hook.received[-1].body["text"]
        assert (
            "the gate of cleaned.documents blocked (rows_kept)" in text
            and "mend what the failing checks name" in text
        )
        assert "gate_cleaned_documents" not in text

        waiting = asked()
        assert isinstance(waiting, dg.SkipReason) and "tried again in 5 min" in (waiting.skip_message or "")
        now = time.time()
        monkeypatch.setattr(sensors.time, "time", lambda: now + 301)
        second = asked()
        assert isinstance(second, dg.SensorResult) and second.run_requests
        assert second.run_requests[0].run_key != request.run_key
        for _ in range(4):
            run()
        monkeypatch.setattr(sensors.time, "time", lambda: now + 1e6)
        given_up = asked()
        assert isinstance(given_up, dg.SkipReason) and "failed 5 times" in (given_up.skip_message or "")


def test_the_sensor_asks_for_a_merge_where_pages_left_without_a_batch(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "a.txt").write_text("Talks\n\nThe president of Chad met the president of Niger in Ndjamena on Monday.")
    settings = load_settings(corpus=corpus, warehouse=tmp_path / "w.duckdb", workers=1, engines=["none"])
    run_corpus(settings, Recorder())
    definitions = build_definitions(settings)
    with dg.instance_for_test() as instance:
        context = dg.build_sensor_context(instance=instance, resources=definitions.resources)
        assert isinstance(pending_batches(context), dg.SkipReason)
        with warehouse_of(settings).transaction() as connection:
            connection.execute("DELETE FROM events.mentions")
        asked = pending_batches(context)
        assert isinstance(asked, dg.SensorResult) and asked.run_requests
        assert [request.job_name for request in asked.run_requests] == ["merge"]
        assert definitions.resolve_job_def("merge").execute_in_process(instance=instance).success
        assert isinstance(pending_batches(context), dg.SkipReason)


def test_the_sensor_merges_what_came_through_while_another_batch_waits(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    settings = load_settings(
        corpus=corpus, warehouse=tmp_path / "w.duckdb", workers=1, engines=["none"], batch_size=6
    )
    for number in range(6):  # a batch that a gate blocks, before one that comes through
        (corpus / f"a{number}.txt").write_text(f"Page {number}.")
    (corpus / "b.txt").write_text("Talks\n\nThe president of Chad met the president of Niger in Ndjamena on Monday.")
    definitions = build_definitions(settings)
    with dg.instance_for_test() as instance:
        definitions.resolve_job_def("intake").execute_in_process(instance=instance)
        context = dg.build_sensor_context(instance=instance, resources=definitions.resources)
        asked = pending_batches(context)
        assert isinstance(asked, dg.SensorResult) and asked.run_requests and len(asked.run_requests) == 2
        ingest = definitions.resolve_job_def("ingest")
        ended = [
            ingest.execute_in_process(instance=instance, partition_key=r.partition_key, raise_on_error=False).success
            for r in asked.run_requests
        ]
        assert ended == [False, True]
        asked = pending_batches(context)
        assert isinstance(asked, dg.SensorResult) and asked.run_requests
        assert [request.job_name for request in asked.run_requests] == ["merge"]
        assert definitions.resolve_job_def("merge").execute_in_process(instance=instance).success
        assert isinstance(pending_batches(context), dg.SkipReason)
