"""What the gates cost: the seconds of all gates of a run against the seconds of the steps that make the tables.

    python -m benchmarks.gates [--pages 10000] [--batch-size 1000]

The pages are the sample corpus again and again, with sentences in another order and other figures in each copy, so
that no two are near-duplicates. Both figures come from the same run, out of Dagster's own record of its steps.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
import tempfile
from collections import defaultdict
from pathlib import Path

import polars as pl

ROOT = Path(__file__).parents[1]
SEED = 7


def write_corpus(folder: Path, pages: int) -> None:
    """JSON Lines of so many pages, in files of a thousand."""
    from pipelines.warehouse import DuckDBWarehouse

    with tempfile.TemporaryDirectory() as made:
        warehouse = Path(made) / "samples.duckdb"
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


def run(corpus: Path, warehouse: Path, batch_size: int) -> dict[str, float]:
    """Run the corpus through; seconds by step, over all batches."""
    from pipelines.cli.display import Display
    from pipelines.cli.tables import console
    from pipelines.instance import open_instance
    from pipelines.runs import run_corpus
    from pipelines.settings import load_settings

    settings = load_settings(corpus=str(corpus), warehouse=warehouse, batch_size=batch_size)
    with Display(console(stderr=True), verbose=False) as display:
        outcome = run_corpus(settings, display)
    seconds: dict[str, float] = defaultdict(float)
    with open_instance(settings.home) as instance:
        for batch in outcome.runs:
            for step in instance.get_run_step_stats(batch.run_id):
                if step.start_time and step.end_time:
                    seconds[step.step_key] += step.end_time - step.start_time
    return dict(seconds)


def main() -> None:
    """Print the seconds of steps and gates, and their ratio."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=10_000)
    parser.add_argument("--batch-size", type=int, default=1000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        write_corpus(Path(folder) / "corpus", options.pages)
        seconds = run(Path(folder) / "corpus", Path(folder) / "w.duckdb", options.batch_size)
    for step, spent in sorted(seconds.items(), key=lambda item: -item[1]):
        print(f"{step:40} {spent:9.1f} s")
    gates = sum(spent for step, spent in seconds.items() if step.startswith("gate_"))
    steps = sum(seconds.values()) - gates
    print(f"{options.pages} pages: steps {steps:.1f} s, gates {gates:.1f} s, which adds {gates / steps:.1%}")


if __name__ == "__main__":
    sys.exit(main())
