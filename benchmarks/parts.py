"""What it costs to read a large container in parts, each as another process would, against reading it once.

    python -m benchmarks.parts [--pages N] [--json]

A container of generated pages is measured and read as a whole, then part by part with nothing kept between the parts.
The ratio of the two CPU times is 1 where a part costs only itself, and grows with the number of parts where each has
to pass over what comes before it.
"""

from __future__ import annotations

import argparse
import bz2
import gzip
import io
import json
import random
import tarfile
import time
import zipfile
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import zstandard
from rich.console import Console
from rich.table import Table

from assets.raw.documents import read as reading
from assets.raw.documents.read import measure, read_part
from assets.raw.documents.source import Limits, Part
from assets.raw.documents.stores import LocalStore


def pages(count: int) -> list[str]:
    """Texts of some four thousand characters, which compress as prose does."""
    rng = random.Random(3)
    words = ["".join(rng.choices("etaoinshrdlucmfwypvbgk", k=rng.randint(2, 9))) for _ in range(5000)]
    return [" ".join(rng.choices(words, k=600)) for _ in range(count)]


def containers(texts: list[str]) -> dict[str, bytes]:
    """The same pages in every container that falls into parts."""
    lines = "".join(json.dumps({"text": text}) + "\n" for text in texts).encode()
    tar, packed = io.BytesIO(), io.BytesIO()
    with tarfile.open(fileobj=tar, mode="w") as archive:
        for number, text in enumerate(texts):
            info = tarfile.TarInfo(f"{number}.txt")
            info.size = len(text)
            archive.addfile(info, io.BytesIO(text.encode()))
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as folder:
        for number, text in enumerate(texts):
            folder.writestr(f"{number}.txt", text)
    return {
        "pages.jsonl": lines,
        "pages.jsonl.gz": gzip.compress(lines, 6),
        "pages.jsonl.zst": zstandard.compress(lines),
        "pages.jsonl.bz2": bz2.compress(lines),
        "pages.tar": tar.getvalue(),
        "pages.tar.gz": gzip.compress(tar.getvalue(), 6),
        "pages.zip": packed.getvalue(),
    }


def seconds_to_read(store: LocalStore, name: str, parts: Iterable[Part]) -> float:
    """CPU seconds for the parts, each without what the one before has left behind."""
    started = time.process_time()
    for part in parts:
        reading._paused.clear()
        for _ in read_part(store, name, part, batch="b", received_at=datetime(2024, 1, 1)):
            pass
    return time.process_time() - started


def main() -> None:
    """Print the figures as a table, or as JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=4_000)
    parser.add_argument("--json", action="store_true", help="print JSON")
    arguments = parser.parse_args()
    rows: list[dict[str, float | str]] = []
    with TemporaryDirectory() as folder:
        store = LocalStore(Path(folder))
        for name, content in containers(pages(arguments.pages)).items():
            (store.root / name).write_bytes(content)
            started = time.process_time()
            parts = measure(store, name, Limits(100, 64 * 1024 * 1024))
            measured = time.process_time() - started
            whole = seconds_to_read(store, name, [Part()])
            apart = seconds_to_read(store, name, parts)
            rows.append(
                {"file": name, "parts": len(parts), "measure s": measured, "whole s": whole, "ratio": apart / whole}
            )
    if arguments.json:
        print(json.dumps(rows, indent=1))
        return
    table = Table(title=f"{arguments.pages} pages, read once and in parts")
    for column in rows[0]:
        table.add_column(column, justify="right")
    for row in rows:
        table.add_row(*(f"{value:.2f}" if isinstance(value, float) else str(value) for value in row.values()))
    Console().print(table)


if __name__ == "__main__":
    main()
