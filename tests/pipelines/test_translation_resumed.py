"""A real run that is killed in the midst of translating, and the next one: what was paid for is not asked again."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from threading import Lock
from typing import Any

import pytest

from pipelines.warehouse import DuckDBWarehouse
from tests.scripted_server import Reply, ScriptedServer

BATCH = 40  # sentences that the engine is asked for at a time: four requests of ten
SENTENCES = 120


class Translator:
    """An OpenAI-compatible server that keeps count of the sentences that it was asked for."""

    def __init__(self, server: ScriptedServer) -> None:
        self.asked: Counter[str] = Counter()
        self.seconds = 0.0
        self.url = f"{server.url}/v1"
        server.respond = self.answer
        self._lock = Lock()

    def answer(self, request: Any) -> Reply:
        sentences = json.loads(request.body["messages"][1]["content"])["sentences"]
        with self._lock:
            self.asked.update(sentence["text"] for sentence in sentences)
        english = [
            {"id": s["id"], "english": f"Village {s['text'].split()[2]} was quiet yesterday."} for s in sentences
        ]
        content = json.dumps({"translations": english})
        return Reply({"choices": [{"message": {"role": "assistant", "content": content}}]}, wait=self.seconds)


@pytest.fixture
def translator() -> Iterator[Translator]:
    server = ScriptedServer()
    yield Translator(server)
    server.stop()


def start(folder: Path, translator: Translator) -> subprocess.Popen[bytes]:
    settings = {
        "ATTACHE_ENGINES": "openai",
        "ATTACHE_OPENAI_BASE_URL": translator.url,
        "ATTACHE_OPENAI_MODEL": "small",
        "ATTACHE_WORKERS": "1",
    }
    command = [sys.executable, "-c", "from pipelines.cli import main; main()", "run", "pages", "-w", "w.duckdb"]
    kept = {name: value for name, value in os.environ.items() if not name.startswith("ATTACHE_")}
    root = str(Path(__file__).parents[2])
    return subprocess.Popen(
        command,
        cwd=folder,
        env=kept | settings | {"PYTHONPATH": root},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def test_a_killed_run_asks_again_only_for_what_was_under_way(tmp_path: Path, translator: Translator) -> None:
    (tmp_path / "pages").mkdir()
    numbers = range(100, 100 + SENTENCES)
    body = "\n\n".join(f"Das Dorf {n} blieb gestern nach Angaben der Behörden den ganzen Tag ruhig." for n in numbers)
    (tmp_path / "pages" / "a.txt").write_text(f"Ruhiger Tag in den Dörfern\n\n{body}\n", encoding="utf-8")
    translator.seconds = 1.0
    first = start(tmp_path, translator)
    deadline = time.monotonic() + 300
    while len(translator.asked) <= BATCH and time.monotonic() < deadline and first.poll() is None:
        time.sleep(0.05)
    os.killpg(first.pid, signal.SIGKILL)
    first.wait()
    before = Counter(translator.asked)
    assert BATCH < len(before) < SENTENCES, "killed in the midst of it"
    translator.seconds = 0.0
    assert start(tmp_path, translator).wait(timeout=400) == 0
    again = [text for text, times in translator.asked.items() if times > 1]
    assert len(again) <= BATCH, "only the batch under way is asked for once more"
    assert set(translator.asked.values()) <= {1, 2}
    rows = DuckDBWarehouse(path=str(tmp_path / "w.duckdb")).read(
        "SELECT count(*) AS n, count(english_text) AS english FROM translated.segments WHERE language = 'de'"
    )
    assert rows["n"][0] == rows["english"][0] >= SENTENCES
    asked = sum(translator.asked.values())
    third = start(tmp_path, translator)
    assert third.wait(timeout=400) == 0
    assert sum(translator.asked.values()) == asked, "a run with nothing new asks for nothing"
