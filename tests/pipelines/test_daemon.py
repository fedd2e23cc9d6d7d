"""A real `dagster-daemon`: pages that arrive become events with nobody there, and a bad batch stops only itself."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pipelines.instance import prepare_home
from pipelines.warehouse import DuckDBWarehouse, WarehouseError
from tests.pipelines.test_week import PAGES_A_DAY, story
from tests.scripted_server import Reply, ScriptedServer

ROOT = Path(__file__).parents[2]
WORKSPACE = """\
load_from:
  - python_module:
      module_name: tests.pipelines.eager_location
      location_name: attache
"""
LONGEST_WAIT_SECONDS = 600.0  # some forty on an idle machine


@pytest.fixture
def hook() -> Iterator[ScriptedServer]:
    server = ScriptedServer()
    server.respond = lambda request: Reply(b"ok")
    yield server
    server.stop()


@pytest.fixture
def daemon(tmp_path: Path, hook: ScriptedServer) -> Iterator[subprocess.Popen[bytes]]:
    """The process, over a corpus of a bad batch and a good one, and the warehouse `w.duckdb`."""
    home = prepare_home(tmp_path / "home")
    (home / "workspace.yaml").write_text(WORKSPACE)
    with (home / "dagster.yaml").open("a") as config:
        config.write("run_coordinator:\n  module: dagster\n  class: QueuedRunCoordinator\n")
        config.write("  config:\n    dequeue_interval_seconds: 1\n")
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    broken = [f'{{"text": "Error 50{number}.", "date": "2026-06-04"}}' for number in range(PAGES_A_DAY)]
    for name, lines in {"1-bad": broken, "2-good": [story(0, number) for number in range(PAGES_A_DAY)]}.items():
        (corpus / f"{name}.jsonl").write_text("\n".join(lines) + "\n")
    settings = {
        "DAGSTER_HOME": str(home),
        "ATTACHE_HOME": str(home),
        "ATTACHE_CORPUS": str(corpus),
        "ATTACHE_WAREHOUSE": str(tmp_path / "w.duckdb"),
        "ATTACHE_WORKERS": "1",
        "ATTACHE_BATCH_SIZE": str(PAGES_A_DAY),
        "ATTACHE_ENGINES": "none",
        "ATTACHE_ALERT_WEBHOOK": f"{hook.url}/desk",
    }
    call = [sys.executable, "-m", "dagster._daemon", "run", "-w", str(home / "workspace.yaml")]
    with (tmp_path / "daemon.log").open("wb") as log:
        process = subprocess.Popen(call, cwd=ROOT, env=os.environ | settings, stdout=log, stderr=log)
        yield process
        process.send_signal(signal.SIGINT)
        process.wait(timeout=60)


@pytest.mark.daemon
def test_a_bad_batch_is_told_of_and_the_next_becomes_events_with_nobody_there(
    tmp_path: Path, hook: ScriptedServer, daemon: subprocess.Popen[bytes]
) -> None:
    warehouse = DuckDBWarehouse(path=str(tmp_path / "w.duckdb"), wait_seconds=10)
    log = tmp_path / "daemon.log"

    def wait_for(condition: Callable[[], bool]) -> None:
        deadline = time.monotonic() + LONGEST_WAIT_SECONDS
        while not condition():
            assert daemon.poll() is None and time.monotonic() < deadline, log.read_text()[-4000:]
            time.sleep(1)

    def rows(sql: str) -> list[tuple[object, ...]]:
        try:
            return warehouse.read(sql).rows()
        except WarehouseError:
            return []

    wait_for(lambda: bool(hook.received))
    told = hook.received[0].body
    assert "the gate of cleaned.documents blocked (rows_kept)" in told["text"]
    assert "mend what the failing checks name" in told["text"] and "attache quality" in told["text"]
    wait_for(lambda: bool(rows("SELECT 1 FROM ops.merges")))
    bad, good = rows("SELECT batch, status FROM ops.batches ORDER BY batch")
    assert bad == (told["batch"], "pending") and good[1] == "done"
    assert rows("SELECT count(DISTINCT document_id) FROM events.mentions") == [(PAGES_A_DAY,)]
    assert rows("SELECT count(*), min(mention_count) FROM events.events") == [(PAGES_A_DAY, 1)]
    judged = rows(f"SELECT DISTINCT asset FROM ops.check_results WHERE batch = '{good[0]}' AND passed")
    assert {"raw.documents", "cleaned.documents", "translated.segments", "events.mentions"} <= {a for (a,) in judged}
