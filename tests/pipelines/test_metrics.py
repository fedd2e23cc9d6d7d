"""Figures for Prometheus: read back by its own parser, printed, served on this machine, and kept after a run."""

import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families

import pipelines.cli
from pipelines.metrics import metrics_text, serve_metrics
from pipelines.resources import warehouse_of
from pipelines.runs import run_corpus
from pipelines.settings import Settings, load_settings
from tests.pipelines.test_road import Recorder

TALKS = "The president of Chad met the president of Niger in Niamey on Monday, officials of both countries said."


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    folder = tmp_path_factory.mktemp("metrics")
    (folder / "corpus").mkdir()
    (folder / "corpus" / "a.txt").write_text(f"Talks\n\n{TALKS}")
    settings = load_settings(
        corpus=folder / "corpus",
        warehouse=folder / "w.duckdb",
        workers=1,
        engines=["none"],
        metrics_file=folder / "prometheus" / "attache.prom",
        warehouse_wait_seconds=0.2,
    )
    run_corpus(settings, Recorder())
    return settings


def read(text: str) -> dict[tuple[str, ...], float]:
    return {
        (sample.name.removeprefix("attache_"), *sample.labels.values()): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def test_the_file_of_a_run_tells_what_the_warehouse_holds(settings: Settings) -> None:
    assert settings.metrics_file
    figures = read(settings.metrics_file.read_text())
    count = warehouse_of(settings).read("SELECT count(*) FROM events.mentions").item()
    assert figures["rows", "events.mentions"] == count > 0
    assert figures["batches", "done"] == 1 and figures["documents", "en"] == 1
    held = warehouse_of(settings).read("SELECT count(*) FROM ops.check_results WHERE passed AND level = 'row'").item()
    assert sum(n for key, n in figures.items() if key[:3] == ("checks", "row", "held")) == held > 0
    assert figures["last_timestamp_seconds", "merged"] >= figures["last_timestamp_seconds", "batch_done"] > 1.7e9
    assert figures["warehouse_readable",] == 1
    assert [path.name for path in settings.metrics_file.parent.iterdir()] == ["attache.prom"]


def test_they_are_printed_and_served(settings: Settings, capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        pipelines.cli.main(["metrics", "-w", str(settings.warehouse)])
    printed = capfd.readouterr().out
    assert not ended.value.code and read(printed) == read(metrics_text(warehouse_of(settings)))
    server, thread = serve_metrics(warehouse_of(settings), "127.0.0.1", 0)
    try:
        url = f"http://127.0.0.1:{server.server_port}/metrics"
        assert read(urllib.request.urlopen(url, timeout=30).read().decode()) == read(printed)
        with held(settings.warehouse):
            assert read(urllib.request.urlopen(url, timeout=30).read().decode()) == {("warehouse_readable",): 0}
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def held(path: Path) -> "subprocess.Popen[bytes]":
    program = f"import duckdb; c = duckdb.connect({str(path)!r}); print('held', flush=True); input()"
    holder = subprocess.Popen([sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert holder.stdout and holder.stdout.readline() == b"held\n"
    return holder


def test_a_file_that_cannot_be_written_stops_no_run(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    broken = load_settings(**(settings.model_dump() | {"metrics_file": tmp_path / "file" / "attache.prom"}))
    outcome = run_corpus(broken, Recorder(), again=["all"])
    assert all(run.success for run in outcome.runs) and len(outcome.batches) == 1
