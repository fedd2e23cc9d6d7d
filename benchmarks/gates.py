"""What the gates cost: processor seconds of a run with all gates against those of the same run without any.

    python -m benchmarks.gates [--pages 10000] [--batch-size 2000]

The pages are the sample corpus again and again, with sentences in another order and other figures in each copy, so
that no two are near-duplicates. Both runs are made in this process, the one without gates first, after the samples
have gone through to load what a run needs; Great Expectations is loaded by the other, and counted. Seconds are those
of this process and its workers together, so that what else the machine does matters little. They are cut where steps
start: a step's seconds hold what Dagster writes down of it.
"""

from __future__ import annotations

import argparse
import random
import re
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest import mock

import dagster as dg
import polars as pl
import psutil

ROOT = Path(__file__).parents[1]
SEED = 7
_OUTSIDE = "between steps"
_GATE = "gate_"


def write_corpus(folder: Path, pages: int) -> None:
    """JSON Lines of so many pages, in files of a thousand."""
    from pipelines.warehouse import DuckDBWarehouse

    with tempfile.TemporaryDirectory() as made:
        warehouse = Path(made) / "samples.duckdb"
        with without_gates():
            run(ROOT / "samples", warehouse, batch_size=500)
        originals = DuckDBWarehouse(path=str(warehouse)).read(
            "SELECT title, text, language, publisher, published FROM cleaned.documents WHERE length(text) > 400 "
            "ORDER BY document_id"
        )
    chance = random.Random(SEED)
    records = [_copy(originals.row(n % originals.height, named=True), n, chance) for n in range(pages)]
    folder.mkdir()
    for start in range(0, pages, 1000):
        pl.DataFrame(records[start : start + 1000]).write_ndjson(folder / f"pages-{start:06d}.jsonl")


def _copy(page: dict[str, object], number: int, chance: random.Random) -> dict[str, object]:
    sentences = re.split(r"(?<=[.!?؟])\s+", str(page["text"]))
    chance.shuffle(sentences)
    kept = sentences[: max(4, len(sentences) * 2 // 3)]
    text = "\n".join(re.sub(r"\d+", lambda found: str(int(found[0]) + number % 7), line) for line in kept)
    day = str(page["published"]) if page["published"] else None
    url = f"https://paper{number % 40}.example/{number}"
    return {"url": url, "title": f"{page['title']} ({number})", "text": text, "published": day}


@contextmanager
def without_gates() -> Iterator[None]:
    """While the block runs, pipelines are built without a gate."""
    with mock.patch("pipelines.definitions.gate_checks", lambda *_: []):
        yield


def processor_seconds() -> float:
    """What this process and its workers have used, those that ended included."""
    process = psutil.Process()
    used = [process.cpu_times(), *(child.cpu_times() for child in process.children(recursive=True))]
    return sum(times.user + times.system + times.children_user + times.children_system for times in used)


class Meter:
    """Cuts a run at the start of each step; keeps the processor seconds of each, over all batches."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = defaultdict(float)
        self._step, self._begun = _OUTSIDE, processor_seconds()

    def cut(self, step: str) -> None:
        """What follows belongs to `step`."""
        now = processor_seconds()
        self.seconds[self._step] += now - self._begun
        self._step, self._begun = step, now

    def hear(self, entry: dg.EventLogEntry) -> None:
        """Told by Dagster of every event of a run."""
        event = entry.dagster_event
        if event is not None and event.event_type == dg.DagsterEventType.STEP_START:
            self.cut(str(event.step_key))
        elif event is not None and event.is_job_success:
            self.cut(_OUTSIDE)


def run(corpus: Path, warehouse: Path, batch_size: int) -> dict[str, float]:
    """Run the corpus through; processor seconds by step. Events are merged once, so that all runs do the same."""
    from pipelines.cli.display import Display
    from pipelines.cli.tables import console
    from pipelines.runs import run_corpus
    from pipelines.settings import load_settings

    settings, meter = load_settings(corpus=str(corpus), warehouse=warehouse, batch_size=batch_size), Meter()
    with (
        mock.patch("pipelines.runs._listener", lambda *_: meter.hear),
        mock.patch("pipelines.merges.Rhythm.is_due", lambda _: False),
        Display(console(stderr=True), verbose=False) as display,
    ):
        outcome = run_corpus(settings, display)
    meter.cut(_OUTSIDE)
    if not outcome.runs or not all(one.success for one in outcome.runs):
        raise RuntimeError(f"a run did not end well: {outcome}")
    return dict(meter.seconds)


def main() -> None:
    """Print the seconds of steps and gates, and what the gates add."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=10_000)
    parser.add_argument("--batch-size", type=int, default=2000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        corpus = Path(folder) / "corpus"
        write_corpus(corpus, options.pages)
        with without_gates():
            without = run(corpus, Path(folder) / "without" / "w.duckdb", options.batch_size)
        seconds = run(corpus, Path(folder) / "with" / "w.duckdb", options.batch_size)
    print(f"{'':40} without      with gates")
    for step, spent in sorted(seconds.items(), key=lambda item: -item[1]):
        print(f"{step:36} {without.get(step, 0.0):10.2f} s {spent:10.2f} s")
    gates = sum(spent for step, spent in seconds.items() if step.startswith(_GATE))
    around = seconds[_OUTSIDE] - without[_OUTSIDE]
    steps = sum(without.values())
    print(
        f"{options.pages} pages: without gates {steps:.1f} s, with them {sum(seconds.values()):.1f} s; "
        f"gates {gates:.1f} s and {around:.1f} s around them add {(gates + around) / steps:.1%}"
    )


if __name__ == "__main__":
    main()
