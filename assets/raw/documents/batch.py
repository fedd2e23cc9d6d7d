"""A batch's files as rows of the raw tables: each document once, every place it was seen, every input that was bad.

`load_batch` asks the warehouse what it must know and leaves the reading to `read_batch`, which knows no warehouse.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

import polars as pl

from assets.parallel import Failure, map_in_processes
from assets.raw.documents.files import file_sha256
from assets.raw.documents.read import read_documents, rejection
from assets.raw.documents.rows import DOCUMENTS, RawDocument
from assets.raw.rejected.rows import REJECTED, RejectedInput
from assets.raw.sightings.rows import SIGHTINGS, Sighting
from assets.table import Table
from assets.warehouse import Warehouse

# Reading is little more than copying bytes, and handing rows back from other processes costs more than that: 2,000
# pages took 3.4 seconds here and 8.4 in two processes. Past this many files the warm-up no longer matters.
_INLINE_FILES = 20_000


@dataclass(frozen=True)
class BatchFile:
    """A file of a batch as intake saw it; `path` is relative to the corpus."""

    path: str
    sha256: str
    seen_at: datetime


@dataclass(frozen=True)
class RawBatch:
    """The rows of one batch. `repeats` counts sightings of documents that another sighting had brought."""

    documents: tuple[RawDocument, ...]
    rejected: tuple[RejectedInput, ...]
    sightings: tuple[Sighting, ...]
    repeats: int

    def frames(self) -> dict[Table, pl.DataFrame]:
        """The rows as `Warehouse.replace_batch` takes them; the three tables are written together."""
        return {
            DOCUMENTS: DOCUMENTS.frame(self.documents),
            REJECTED: REJECTED.frame(self.rejected),
            SIGHTINGS: SIGHTINGS.frame(self.sightings),
        }


def load_batch(warehouse: Warehouse, batch: str, *, workers: int = 1) -> RawBatch:
    """The batch's rows, read from the files that intake put into it.

    A file that is gone, or no longer what intake saw, keeps the rows it has in the warehouse; if it has none it is
    rejected. A document that belongs to another batch already is a sighting here and a row there.
    """
    books = warehouse.read(
        "SELECT b.corpus, f.path, f.sha256, f.seen_at FROM ops.batches AS b JOIN ops.files AS f USING (batch) "
        "WHERE batch = ? ORDER BY f.path",
        [batch],
    )
    if not books.height:
        raise LookupError(f"there is no batch {batch} in ops.batches; `attache run` makes batches from a corpus")
    files = [BatchFile(row["path"], row["sha256"], row["seen_at"]) for row in books.iter_rows(named=True)]
    stored = warehouse.read("SELECT * FROM raw.documents WHERE batch = ?", [batch])
    stored_sightings = warehouse.read("SELECT * FROM raw.sightings WHERE batch = ?", [batch])

    def elsewhere(document_ids: Collection[str]) -> set[str]:
        sql = "SELECT document_id FROM raw.documents WHERE batch <> ? AND document_id IN (SELECT unnest(?))"
        return set(warehouse.read(sql, [batch, list(document_ids)])["document_id"])

    return read_batch(
        files,
        Path(books["corpus"][0]),
        batch=batch,
        workers=workers,
        elsewhere=elsewhere,
        stored=DOCUMENTS.rows(stored),
        stored_sightings=SIGHTINGS.rows(stored_sightings),
    )


def read_batch(
    files: Sequence[BatchFile],
    corpus: Path,
    *,
    batch: str,
    workers: int = 1,
    elsewhere: Callable[[Collection[str]], set[str]] = lambda document_ids: set(),
    stored: Iterable[RawDocument] = (),
    stored_sightings: Iterable[Sighting] = (),
) -> RawBatch:
    """The rows of these files. `elsewhere` tells which document ids other batches hold already.

    `stored` and `stored_sightings` are what the warehouse has of this batch, kept for files that cannot be
    read again.
    """
    kept = {document.document_id: document for document in stored}
    kept_sightings: dict[str, list[Sighting]] = {}
    for sighting in stored_sightings:
        kept_sightings.setdefault(sighting.source_path, []).append(sighting)
    documents: dict[str, RawDocument] = {}
    sightings: list[Sighting] = []
    rejected: list[RejectedInput] = []
    read = partial(_read_file, corpus=corpus, batch=batch)
    results = map_in_processes(read, files, workers=workers, inline_items=_INLINE_FILES)
    for file, result in zip(files, results, strict=True):
        for row in _rows(file, result, batch):
            if isinstance(row, RawDocument):
                documents.setdefault(row.document_id, row)
                sightings.append(Sighting(batch, row.source_path, int(row.member or 0), row.document_id))
            elif row.reason in ("changed", "missing") and file.path in kept_sightings:
                sightings += kept_sightings[file.path]
                held = [kept[s.document_id] for s in kept_sightings[file.path] if s.document_id in kept]
                documents.update((d.document_id, d) for d in held if d.document_id not in documents)
            else:
                rejected.append(row)
    others = elsewhere(documents.keys())
    own = tuple(document for document in documents.values() if document.document_id not in others)
    return RawBatch(own, tuple(rejected), tuple(sightings), len(sightings) - len(own))


def _read_file(file: BatchFile, *, corpus: Path, batch: str) -> list[RawDocument | RejectedInput]:
    path = corpus / file.path
    try:
        changed = file_sha256(path) != file.sha256
    except OSError as error:
        message = f"{file.path} can no longer be read ({error.strerror}); put it back and run again."
        return [rejection(file.path, batch, file.seen_at, "missing", message)]
    if changed:
        message = f"{file.path} was changed after intake saw it; the next run takes the new version in."
        return [rejection(file.path, batch, file.seen_at, "changed", message)]
    return list(read_documents(path, corpus, batch=batch, received_at=file.seen_at))


def _rows(
    file: BatchFile, result: list[RawDocument | RejectedInput] | Failure, batch: str
) -> Iterator[RawDocument | RejectedInput]:
    if isinstance(result, Failure):
        message = f"{file.path} could not be read: {result.error_type}: {result.message}. Please report this."
        yield rejection(file.path, batch, file.seen_at, "unreadable", message)
    else:
        yield from result
