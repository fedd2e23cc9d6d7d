"""A batch's files as rows of the raw tables: each document once, every place it was seen, every input that was bad.

`load_batch` asks the warehouse what it must know and leaves the reading to `read_batch`, which knows no warehouse.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

import polars as pl

from assets.parallel import Failure, map_in_processes
from assets.raw.documents.fields import FieldNames
from assets.raw.documents.read import read_part
from assets.raw.documents.recorder import rejection
from assets.raw.documents.rows import DOCUMENTS, RawDocument
from assets.raw.documents.source import WHOLE, Part
from assets.raw.documents.stores import (
    LocalStore,
    Store,
    StoreError,
    is_address,
    open_store,
    seen_in_peace,
    sha256_of,
)
from assets.raw.rejected.rows import REJECTED, RejectedInput
from assets.raw.sightings.rows import SIGHTINGS, Sighting
from assets.table import Table
from assets.warehouse import Warehouse

# Reading is little more than copying bytes, and handing rows back from other processes costs more than that: 2,000
# pages took 3.4 seconds here and 8.4 in two processes. Past this many files the warm-up no longer matters.
_INLINE_FILES = 20_000

# Pages that stand in quarantine, of a batch that no run has ever finished; those that a person released stay.
_TAKEN_OUT = (
    "(batch IN (SELECT batch FROM ops.batches WHERE done_at IS NULL) "
    "AND document_id IN (SELECT document_id FROM quarantine.cleaned_documents) "
    "AND document_id NOT IN (SELECT row_key FROM ops.released_rows WHERE table_name = 'cleaned.documents'))"
)


@dataclass(frozen=True)
class BatchFile:
    """A file of a batch, or a part of one, as intake saw it; `path` is relative to the corpus.

    `size` (bytes) and `modified_ns` tell whether the file is still what it was without reading it all again; without
    them it is hashed.
    """

    path: str
    sha256: str
    seen_at: datetime
    part: Part = WHOLE
    size: int = -1
    modified_ns: int = 0


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


def load_batch(warehouse: Warehouse, batch: str, *, workers: int = 1, fields: FieldNames | None = None) -> RawBatch:
    """The batch's rows, read from the files that intake put into it.

    A file that is gone, or no longer what intake saw, keeps the rows it has in the warehouse; if it has none it is
    rejected. Not kept are pages that a gate took out of a batch that never came through: taking their files away
    mends the batch. A document that belongs to another batch already is a sighting here and a row there.
    """
    books = warehouse.read(
        "SELECT b.corpus, f.* EXCLUDE (corpus) FROM ops.batches AS b JOIN ops.files AS f USING (batch) "
        "WHERE batch = ? ORDER BY f.path, f.part",
        [batch],
    )
    if not books.height:
        raise LookupError(f"there is no batch {batch} in ops.batches; `attache run` makes batches from a corpus")
    files = [_batch_file(row) for row in books.iter_rows(named=True)]
    stored = warehouse.read(f"SELECT * FROM raw.documents WHERE batch = ? AND NOT {_TAKEN_OUT}", [batch])  # noqa: S608
    sightings = f"SELECT * FROM raw.sightings WHERE batch = ? AND NOT {_TAKEN_OUT}"  # noqa: S608
    stored_sightings = warehouse.read(sightings, [batch])

    def elsewhere(document_ids: Collection[str]) -> set[str]:
        sql = "SELECT document_id FROM raw.documents WHERE batch <> ? AND document_id IN (SELECT unnest(?))"
        return set(warehouse.read(sql, [batch, list(document_ids)])["document_id"])

    return read_batch(
        files,
        books["corpus"][0],
        batch=batch,
        fields=fields,
        workers=workers,
        elsewhere=elsewhere,
        stored=DOCUMENTS.rows(stored),
        stored_sightings=SIGHTINGS.rows(stored_sightings),
    )


def read_batch(
    files: Sequence[BatchFile],
    corpus: str,
    *,
    batch: str,
    fields: FieldNames | None = None,
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
    read = partial(_read_file, corpus=corpus, batch=batch, fields=fields)
    results = map_in_processes(read, files, workers=workers, inline_items=_INLINE_FILES)
    for file, result in zip(files, results, strict=True):
        for row in _rows(file, result, batch):
            if isinstance(row, RawDocument):
                documents.setdefault(row.document_id, row)
                sightings.append(Sighting(batch, row.source_path, row.member_position, row.document_id))
            elif row.reason in ("changed", "missing") and file.path in kept_sightings:
                sightings += kept_sightings[file.path]
                held = [kept[s.document_id] for s in kept_sightings[file.path] if s.document_id in kept]
                documents.update((d.document_id, d) for d in held if d.document_id not in documents)
            else:
                rejected.append(row)
    others = elsewhere(documents.keys())
    own = tuple(document for document in documents.values() if document.document_id not in others)
    return RawBatch(own, tuple(rejected), tuple(sightings), len(sightings) - len(own))


def _batch_file(row: dict[str, Any]) -> BatchFile:
    part = Part(row["start_offset"], row["first_position"], row["end_position"], row["documents"], row["bytes"])
    return BatchFile(row["path"], row["sha256"], row["seen_at"], part, row["size"], row["modified_ns"])


def _read_file(
    file: BatchFile, *, corpus: str, batch: str, fields: FieldNames | None
) -> list[RawDocument | RejectedInput]:
    try:
        store = _store(corpus)
        changed = not _unchanged(file, store)
    except (OSError, StoreError) as error:
        why = getattr(error, "strerror", None) or error
        message = f"{file.path} can no longer be read ({why}); put it back and run again."
        return [rejection(file.path, batch, file.seen_at, "missing", message, file.part.first)]
    if changed:
        message = f"{file.path} was changed after intake saw it; the next run takes the new version in."
        return [rejection(file.path, batch, file.seen_at, "changed", message, file.part.first)]
    return list(read_part(store, file.path, file.part, batch=batch, received_at=file.seen_at, fields=fields))


@lru_cache(maxsize=4)
def _store(corpus: str) -> Store:
    """The store of a corpus folder, or of the one file that a corpus was."""
    return LocalStore(Path(corpus)) if not is_address(corpus) else open_store(corpus)


def _unchanged(file: BatchFile, store: Store) -> bool:
    """Whether the file is what intake saw. A file of many parts is not hashed for each of them."""
    if file.part.first or file.part.end is not None:
        now = store.look(file.path)
        if (now.size, now.modified_ns) == (file.size, file.modified_ns) and seen_in_peace(
            file.modified_ns, file.seen_at
        ):
            return True
    return sha256_of(store, file.path) == file.sha256


def _rows(
    file: BatchFile, result: list[RawDocument | RejectedInput] | Failure, batch: str
) -> Iterator[RawDocument | RejectedInput]:
    if isinstance(result, Failure):
        message = f"{file.path} could not be read: {result.error_type}: {result.message}. Please report this."
        yield rejection(file.path, batch, file.seen_at, "unreadable", message)
    else:
        yield from result
