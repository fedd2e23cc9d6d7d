"""Intake: finds what is new in a corpus, writes it in the books, and groups it into batches.

The books are `ops.files` (every version of every file), `ops.skipped_files` and `ops.batches`. Files are only hashed
and measured here; reading them is the work of `raw.documents`. What is decided:

* A file is known by its path and the SHA-256 of its bytes. A file whose size and time of change are as in the books
  is not hashed again, unless it was changed so shortly before we saw it that a second change might bear the
  same time.
* A known path with other content is a new version, and goes into a new batch. When that batch has been read, the
  documents that no current file holds any more leave the tables (`pipelines.superseding`).
* New content that another current file holds already is written down as known and not read again. Held is what was
  read, or is about to be: content whose file went, or changed, before its batch ran is read from where it turns up.
* A file that has gone from the corpus stays in the books and the tables.
* A batch holds at most so many documents and bytes. A container (JSON Lines, CSV, Parquet, WARC, tar, zip) is
  measured when it is new, and falls into parts where it is larger than that: one row of `ops.files` and one place in
  a batch for each.
* Batch names are a running number and a hash of what is in the batch, so that the same corpus taken in afresh gives
  the same names, and names sort by arrival. A batch is `pending` until a run has finished it; `take_in` gives pending
  batches of the corpus back, so that a killed run is resumed by the next.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from assets.raw.documents.files import file_type
from assets.raw.documents.read import measure
from assets.raw.documents.source import Limits, Part
from assets.raw.documents.stores import (
    LeftOut,
    Store,
    StoredFile,
    StoreError,
    open_store,
    seen_in_peace,
    sha256_of,
    unreadable,
)
from assets.warehouse import Change, Query, Replace, Upsert
from pipelines.operations import BATCHES, FILES, SKIPPED_FILES, Batch, FileVersion, SkippedFile
from pipelines.superseding import retire_unbatched
from pipelines.warehouse import DuckDBWarehouse, apply_changes

BATCH_BYTES = 64 * 1024 * 1024
"""Most bytes (unpacked, of containers; as stored, of pages) in a batch of more than one document."""

_LATEST_VERSIONS = (
    "SELECT * FROM ops.files QUALIFY rank() OVER (PARTITION BY corpus, path ORDER BY version DESC) = 1 "
    "ORDER BY corpus, path, part"
)
# A file that was missing or changed when its batch came to it was never read; every other rejection is a reading.
# A file in parts is read when all of them are.
_CONTENTS_READ = (
    "WITH read AS ("
    "  SELECT DISTINCT batch, source_path FROM raw.sightings"
    "  UNION SELECT DISTINCT batch, source_path FROM raw.rejected WHERE reason NOT IN ('missing', 'changed')"
    ") SELECT DISTINCT sha256 FROM ("
    "  SELECT f.sha256 FROM ops.files AS f LEFT JOIN read AS r ON r.batch = f.batch AND r.source_path = f.path"
    "  WHERE f.batch IS NOT NULL"
    "  GROUP BY f.corpus, f.path, f.version, f.sha256 HAVING bool_and(r.batch IS NOT NULL)"
    ")"
)
_PARTS_READ = (
    "SELECT DISTINCT f.corpus, f.path, f.version, f.part FROM ops.files AS f WHERE f.batch IN ("
    "  SELECT batch FROM ops.files WHERE part > 1 OR end_position IS NOT NULL"
    ") AND (EXISTS (SELECT 1 FROM raw.sightings AS s WHERE s.batch = f.batch AND s.source_path = f.path)"
    "  OR EXISTS (SELECT 1 FROM raw.rejected AS r WHERE r.batch = f.batch AND r.source_path = f.path"
    "    AND r.reason NOT IN ('missing', 'changed')))"
)
_PENDING = "SELECT batch FROM ops.batches WHERE status = 'pending'"
_LAST_NUMBER = (
    "SELECT coalesce(max(CAST(substr(split_part(batch, '-', 1), 2) AS BIGINT)), 0) AS number FROM ops.batches"
)

_SKIPPED = "SELECT * FROM ops.skipped_files WHERE corpus = ?"


class CorpusError(Exception):
    """The corpus cannot be taken in at all; the message says why and what to do."""


@dataclass(frozen=True)
class Intake:
    """What an intake found. `batches` are those to run now: made just now, or left pending by an earlier run."""

    corpus: str
    new_files: int
    changed_files: int
    known_files: int
    batches: tuple[str, ...]
    new_batches: tuple[str, ...]
    skipped: tuple[SkippedFile, ...]


@dataclass(frozen=True)
class FoundFile:
    """A readable file of the corpus; `path` is relative to it, in POSIX form."""

    path: str
    size: int
    modified_ns: int
    sha256: str


@dataclass(frozen=True)
class Plan:
    """What the books are to say after an intake. `files` holds new versions and, where only its time changed, old."""

    files: tuple[FileVersion, ...]
    batches: tuple[Batch, ...]
    new_files: int
    changed_files: int


@dataclass(frozen=True)
class Books:
    """What the books say: the latest version of every file of every corpus in all its parts, contents that were read
    (to documents or to a rejection) as a whole, the batches yet to be run, the last batch's number, and which parts
    of files in parts were read (corpus, path, version, part)."""

    latest: tuple[FileVersion, ...]
    contents_read: frozenset[str]
    pending: frozenset[str]
    last_number: int
    parts_read: frozenset[tuple[str, str, int, int]] = frozenset()


def take_in(
    corpus: str | Path, warehouse: DuckDBWarehouse, batch_size: int, *, batch_bytes: int = BATCH_BYTES
) -> Intake:
    """Write what is new in the corpus (a folder, one file, an address) in the books, and say which batches to run.

    The warehouse is migrated already. A corpus without news writes nothing. Hashing and measuring happen before
    anything is locked. Raises CorpusError, WarehouseError.
    """
    store = _opened(corpus)
    whole_corpus = store.only is None
    with warehouse.reading() as query:
        books = _read_books(query)
        skips_known = set(SKIPPED_FILES.rows(query(_SKIPPED, [store.address])))
    known = {version.path: version for version in reversed(books.latest) if version.corpus == store.address}
    found, skipped = _look(store, known)
    limits = Limits(batch_size, batch_bytes)
    measured: dict[tuple[str, str], tuple[Part, ...]] = {}

    def parts(file: FoundFile) -> tuple[Part, ...]:
        key = (file.path, file.sha256)
        if key not in measured:
            measured[key] = _parts(store, file, limits)
        return measured[key]

    def planned(current: Books) -> Plan:
        return plan_intake(store.address, found, current, limits, datetime.now(UTC).replace(tzinfo=None), parts)

    plan = planned(books)
    if plan.files or (whole_corpus and skips_known != set(skipped)):
        with warehouse.transaction() as connection:
            # Planned again on what the books say inside the transaction: another intake may have come between.
            plan = planned(_read_books(lambda sql, parameters=(): connection.execute(sql, parameters).pl()))
            changes: list[Change] = [
                Upsert(FILES, FILES.frame(plan.files)),
                Upsert(BATCHES, BATCHES.frame(plan.batches)),
            ]
            if whole_corpus:
                changes.append(Replace(SKIPPED_FILES, SKIPPED_FILES.frame(skipped), "corpus = ?", (store.address,)))
            apply_changes(connection, changes)
            retire_unbatched(connection)
    return Intake(
        corpus=store.address,
        new_files=plan.new_files,
        changed_files=plan.changed_files,
        known_files=len(found) - plan.new_files - plan.changed_files,
        batches=pending_batches(warehouse, store.address),
        new_batches=tuple(batch.batch for batch in plan.batches),
        skipped=tuple(skipped),
    )


def pending_batches(
    warehouse: DuckDBWarehouse, corpus: str | Path | None = None, made_before: datetime | None = None
) -> tuple[str, ...]:
    """Names of the batches that no run has finished yet, of one corpus (as the books call it) or of all, in order.

    `made_before`: only those that intake made before that moment (UTC).
    """
    sql = (
        "SELECT batch FROM ops.batches WHERE status = 'pending' AND corpus = coalesce(?, corpus) "
        "AND created_at <= coalesce(?, created_at) ORDER BY batch"
    )
    return tuple(warehouse.read(sql, [str(corpus) if corpus else None, made_before])["batch"])


def known_corpora(warehouse: DuckDBWarehouse) -> tuple[str, ...]:
    """The corpora that the books know, as `take_in` takes them; of a folder with one known file, that file."""
    found = warehouse.read(
        "SELECT CASE WHEN count(DISTINCT path) = 1 THEN corpus || '/' || any_value(path) ELSE corpus END AS place "
        "FROM ops.files GROUP BY corpus ORDER BY place"
    )
    return tuple(found["place"])


def mark_done(warehouse: DuckDBWarehouse, batches: Sequence[str]) -> None:
    """Write in the books that a run has taken these batches through every table."""
    _mark(warehouse, batches, "done")


def mark_pending(warehouse: DuckDBWarehouse, batches: Sequence[str]) -> None:
    """Let the next run of their corpus take these batches again."""
    _mark(warehouse, batches, "pending")


def finished_batches(warehouse: DuckDBWarehouse, corpus: str | Path, names: Sequence[str]) -> tuple[str, ...]:
    """Batches of the corpus that a run has finished, by name, or all of them where no name is given.

    Raises CorpusError where the corpus has no batch of a name.
    """
    root = _opened(corpus).address
    there = dict(
        warehouse.read("SELECT batch, status FROM ops.batches WHERE corpus = ? ORDER BY batch", [root]).rows()
    )
    unknown = sorted(set(names) - set(there))
    if unknown:
        raise CorpusError(
            f"There is no batch {', '.join(unknown)} of the corpus {root}; "
            "the table ops.batches names the batches and the corpus of each."
        )
    return tuple(batch for batch, status in there.items() if status == "done" and (not names or batch in names))


def _mark(warehouse: DuckDBWarehouse, batches: Sequence[str], status: str) -> None:
    if not batches:
        return
    with warehouse.transaction() as connection:
        connection.execute(
            "UPDATE ops.batches SET status = $status, "
            "done_at = CASE WHEN $status = 'done' THEN now()::TIMESTAMP ELSE done_at END "
            "WHERE batch IN (SELECT unnest($batches))",
            {"status": status, "batches": list(batches)},
        )


def plan_intake(
    corpus: str,
    found: Sequence[FoundFile],
    books: Books,
    limits: Limits,
    now: datetime,
    parts: Callable[[FoundFile], Sequence[Part]],
) -> Plan:
    """What to write in the books for the files found. Nothing is read or written here, save by `parts`."""
    latest: dict[str, list[FileVersion]] = {}
    for version in books.latest:
        if version.corpus == corpus:
            latest.setdefault(version.path, []).append(version)
    holders = _holders(corpus, found, books)
    versions: list[FileVersion] = []
    touched: list[FileVersion] = []
    new = changed = 0
    for file in sorted(found, key=lambda f: f.path):
        before = latest.get(file.path, [])
        if before and before[0].sha256 == file.sha256 and file.sha256 in holders:
            if (before[0].size, before[0].modified_ns) != (file.size, file.modified_ns):
                touched += [replace(part, size=file.size, modified_ns=file.modified_ns) for part in before]
            continue
        same_as = holders.get(file.sha256)
        holders.setdefault(file.sha256, file.path)
        new, changed = (new, changed + 1) if before else (new + (same_as is None), changed)
        number = before[0].version + 1 if before else 1
        versions += [
            FileVersion(
                corpus=corpus,
                path=file.path,
                version=number,
                sha256=file.sha256,
                size=file.size,
                modified_ns=file.modified_ns,
                batch=None,
                same_as=same_as,
                seen_at=now,
                part=part_number,
                start_offset=part.start,
                first_position=part.first,
                end_position=part.end,
                documents=part.records,
                bytes=part.size,
            )
            for part_number, part in enumerate(parts(file) if same_as is None else [Part(size=file.size)], 1)
        ]
    batched, batches = _into_batches(corpus, versions, books.last_number, limits, now)
    return Plan((*batched, *touched), batches, new, changed)


def _holders(corpus: str, found: Sequence[FoundFile], books: Books) -> dict[str, str]:
    """Content to the path of a current file whose documents are, or are going to be, in the tables.

    A pending batch is trusted with a file only where the file still stands as intake saw it, and that is known of
    this corpus alone. Of a file in parts, each part has been read or is trusted.
    """
    contents_now = {file.path: file.sha256 for file in found}
    lost = {
        (version.corpus, version.path)
        for version in books.latest
        if not (
            version.sha256 in books.contents_read
            or (version.corpus, version.path, version.version, version.part) in books.parts_read
            or version.batch in books.pending
        )
    }
    holders: dict[str, str] = {}
    for version in sorted(books.latest, key=lambda v: (v.corpus, v.path)):
        there = version.corpus == corpus and contents_now.get(version.path) == version.sha256
        trusted = there and (version.corpus, version.path) not in lost and version.batch is not None
        if version.sha256 in books.contents_read or trusted:
            holders.setdefault(version.sha256, version.path)
    return holders


def _into_batches(
    corpus: str, versions: Sequence[FileVersion], last_number: int, limits: Limits, now: datetime
) -> tuple[tuple[FileVersion, ...], tuple[Batch, ...]]:
    groups: list[list[FileVersion]] = []
    documents = size = 0
    for version in versions:
        if version.same_as is not None:
            continue
        documents += version.documents
        size += version.bytes
        # Two parts of one file are never in one batch: a batch and a path tell which part was read.
        same_file = bool(groups) and groups[-1][-1].path == version.path
        if not groups or documents > limits.records or size > limits.size or same_file:
            groups.append([])
            documents, size = version.documents, version.bytes
        groups[-1].append(version)
    done = [version for version in versions if version.same_as is not None]
    batches = []
    for number, group in enumerate(groups, last_number + 1):
        name = _batch_name(number, group)
        done += [replace(version, batch=name) for version in group]
        batches.append(Batch(name, corpus, len(group), sum(v.bytes for v in group), "pending", now, None))
    return tuple(done), tuple(batches)


def _batch_name(number: int, versions: Sequence[FileVersion]) -> str:
    contents = "\n".join(
        f"{version.sha256} {version.path}" + (f" {version.first_position}" if version.part > 1 else "")
        for version in versions
    )
    return f"b{number:06d}-{hashlib.sha256(contents.encode()).hexdigest()[:8]}"


def _read_books(query: Query) -> Books:
    return Books(
        latest=tuple(FILES.rows(query(_LATEST_VERSIONS))),
        contents_read=frozenset(query(_CONTENTS_READ)["sha256"]),
        pending=frozenset(query(_PENDING)["batch"]),
        parts_read=frozenset(query(_PARTS_READ).rows()),
        last_number=int(query(_LAST_NUMBER)["number"][0]),
    )


def check_corpus(corpus: str | Path) -> None:
    """Raises CorpusError where the corpus cannot be taken in at all, before anything is made for it."""
    _opened(corpus)


def _opened(corpus: str | Path) -> Store:
    try:
        return open_store(corpus)
    except StoreError as error:
        raise CorpusError(str(error)) from error


def _parts(store: Store, file: FoundFile, limits: Limits) -> tuple[Part, ...]:
    kind = file_type(file.path)
    if kind is None or kind.is_page:
        return (Part(size=file.size),)
    return measure(store, file.path, limits)


def _look(store: Store, known: Mapping[str, FileVersion]) -> tuple[list[FoundFile], list[SkippedFile]]:
    """The readable files, hashed where need be, and what is left out."""
    found: list[FoundFile] = []
    left_out: list[LeftOut] = []
    for entry in _walked(store):
        if isinstance(entry, LeftOut):
            left_out.append(entry)
            continue
        try:
            found.append(_found(store, entry, known.get(entry.name)))
        except OSError as error:
            left_out.append(unreadable(entry.name, error))
    return found, [SkippedFile(store.address, entry.name, entry.reason, entry.message) for entry in left_out]


def _walked(store: Store) -> Iterator[StoredFile | LeftOut]:
    try:
        yield from store.walk()
    except OSError as error:
        raise CorpusError(f"The corpus {store.address} cannot be listed ({error.strerror or error}).") from error


def _found(store: Store, file: StoredFile, before: FileVersion | None) -> FoundFile:
    unchanged = before is not None and (before.size, before.modified_ns) == (file.size, file.modified_ns)
    if before and unchanged and seen_in_peace(file.modified_ns, before.seen_at):
        return FoundFile(file.name, file.size, file.modified_ns, before.sha256)
    return FoundFile(file.name, file.size, file.modified_ns, sha256_of(store, file.name))
