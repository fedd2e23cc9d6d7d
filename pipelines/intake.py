"""Intake: finds what is new in a corpus, writes it in the books, and groups it into batches.

The books are `ops.files` (every version of every file), `ops.skipped_files` and `ops.batches`. Files are only hashed
here; reading them is the work of `raw.documents`. What is decided:

* A file is known by its path and the SHA-256 of its bytes. A file whose size and time of change are as in the books
  is not hashed again, unless it was changed so shortly before we saw it that a second change might bear the
  same time.
* A known path with other content is a new version, and goes into a new batch. When that batch has been read, the
  documents that no current file holds any more leave the tables (`pipelines.superseding`).
* New content that another current file holds already is written down as known and not read again. Held is what was
  read, or is about to be: content whose file went, or changed, before its batch ran is read from where it turns up.
* A file that has gone from the corpus stays in the books and the tables.
* A batch holds at most so many files and bytes; a container (one JSONL of any size) is one file of one batch.
* Batch names are a running number and a hash of what is in the batch, so that the same corpus taken in afresh gives
  the same names, and names sort by arrival. A batch is `pending` until a run has finished it; `take_in` gives pending
  batches of the corpus back, so that a killed run is resumed by the next.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from assets.raw.documents.files import file_sha256, file_type, supported_names
from assets.warehouse import Change, Replace, Upsert
from pipelines.operations import BATCHES, FILES, SKIPPED_FILES, Batch, FileVersion, SkippedFile
from pipelines.superseding import retire_unbatched
from pipelines.warehouse import DuckDBWarehouse, Query, apply_changes

BATCH_BYTES = 256 * 1024 * 1024
"""Most bytes (as stored, so compressed where they are) in a batch of more than one file."""

# File systems may tell times no finer than this, so a file changed this shortly before we saw it may
# change again unnoticed.
_TIME_GRAIN_NS = 2_000_000_000

_LATEST_VERSIONS = (
    "SELECT * FROM ops.files QUALIFY row_number() OVER (PARTITION BY corpus, path ORDER BY version DESC) = 1"
)
# A file that was missing or changed when its batch came to it was never read; every other rejection is a reading.
_CONTENTS_READ = (
    "SELECT f.sha256 FROM ops.files AS f "
    "JOIN raw.sightings AS s ON s.batch = f.batch AND s.source_path = f.path "
    "UNION SELECT f.sha256 FROM ops.files AS f "
    "JOIN raw.rejected AS r ON r.batch = f.batch AND r.source_path = f.path "
    "WHERE r.reason NOT IN ('missing', 'changed')"
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

    corpus: Path
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
    """What the books say: the latest version of every file of every corpus, contents that were read (to documents or
    to a rejection), the batches yet to be run, the last batch's number."""

    latest: tuple[FileVersion, ...]
    contents_read: frozenset[str]
    pending: frozenset[str]
    last_number: int


def take_in(corpus: Path, warehouse: DuckDBWarehouse, batch_size: int, *, batch_bytes: int = BATCH_BYTES) -> Intake:
    """Write what is new in the corpus (a folder, or one file) in the books, and say which batches to run.

    The warehouse is migrated already. A corpus without news writes nothing. Hashing happens before anything is
    locked. Raises CorpusError, WarehouseError.
    """
    root, only = _locate(corpus)
    skipped: list[SkippedFile] = []
    with warehouse.reading() as query:
        books = _read_books(query)
        skips_known = set(SKIPPED_FILES.rows(query(_SKIPPED, [root.as_posix()])))
    known = {version.path: version for version in books.latest if version.corpus == root.as_posix()}
    found = list(_look(root, only, known, skipped))

    def planned(current: Books) -> Plan:
        return plan_intake(
            root.as_posix(), found, current, batch_size, batch_bytes, datetime.now(UTC).replace(tzinfo=None)
        )

    plan = planned(books)
    if plan.files or (only is None and skips_known != set(skipped)):
        with warehouse.transaction() as connection:
            # Planned again on what the books say inside the transaction: another intake may have come between.
            plan = planned(_read_books(lambda sql, parameters=(): connection.execute(sql, parameters).pl()))
            changes: list[Change] = [
                Upsert(FILES, FILES.frame(plan.files)),
                Upsert(BATCHES, BATCHES.frame(plan.batches)),
            ]
            if only is None:
                changes.append(Replace(SKIPPED_FILES, SKIPPED_FILES.frame(skipped), "corpus = ?", (root.as_posix(),)))
            apply_changes(connection, changes)
            retire_unbatched(connection)
    return Intake(
        corpus=root,
        new_files=plan.new_files,
        changed_files=plan.changed_files,
        known_files=len(found) - plan.new_files - plan.changed_files,
        batches=pending_batches(warehouse, root),
        new_batches=tuple(batch.batch for batch in plan.batches),
        skipped=tuple(skipped),
    )


def pending_batches(warehouse: DuckDBWarehouse, corpus: Path | None = None) -> tuple[str, ...]:
    """Names of the batches that no run has finished yet, of one corpus (resolved) or of all, in order."""
    sql = "SELECT batch FROM ops.batches WHERE status = 'pending' AND corpus = coalesce(?, corpus) ORDER BY batch"
    return tuple(warehouse.read(sql, [corpus.as_posix() if corpus else None])["batch"])


def mark_done(warehouse: DuckDBWarehouse, batches: Sequence[str]) -> None:
    """Write in the books that a run has taken these batches through every table."""
    _mark(warehouse, batches, "done")


def mark_pending(warehouse: DuckDBWarehouse, batches: Sequence[str]) -> None:
    """Let the next run of their corpus take these batches again."""
    _mark(warehouse, batches, "pending")


def reopen(warehouse: DuckDBWarehouse, corpus: Path, names: Sequence[str]) -> None:
    """Mark batches of the corpus pending, by name, or every one where a name is `all`.

    Raises CorpusError, and marks none, where the corpus has no batch of a name.
    """
    root, _ = _locate(corpus)
    sql = "SELECT batch FROM ops.batches WHERE corpus = ? ORDER BY batch"
    there = list(warehouse.read(sql, [root.as_posix()])["batch"])
    unknown = sorted(set(names) - {"all", *there})
    if unknown:
        raise CorpusError(
            f"There is no batch {', '.join(unknown)} of the corpus {root}; "
            "the table ops.batches names the batches and the corpus of each."
        )
    mark_pending(warehouse, there if "all" in names else list(names))


def _mark(warehouse: DuckDBWarehouse, batches: Sequence[str], status: str) -> None:
    if not batches:
        return
    with warehouse.transaction() as connection:
        connection.execute(
            "UPDATE ops.batches SET status = $status, done_at = CASE WHEN $status = 'done' THEN now()::TIMESTAMP END "
            "WHERE batch IN (SELECT unnest($batches))",
            {"status": status, "batches": list(batches)},
        )


def plan_intake(
    corpus: str, found: Sequence[FoundFile], books: Books, batch_size: int, batch_bytes: int, now: datetime
) -> Plan:
    """What to write in the books for the files found. Nothing is read or written here."""
    latest = {version.path: version for version in books.latest if version.corpus == corpus}
    holders = _holders(corpus, found, books)
    versions: list[FileVersion] = []
    touched: list[FileVersion] = []
    new = changed = 0
    for file in sorted(found, key=lambda f: f.path):
        before = latest.get(file.path)
        if before and before.sha256 == file.sha256 and file.sha256 in holders:
            if (before.size, before.modified_ns) != (file.size, file.modified_ns):
                touched.append(replace(before, size=file.size, modified_ns=file.modified_ns))
            continue
        same_as = holders.get(file.sha256)
        holders.setdefault(file.sha256, file.path)
        new, changed = (new, changed + 1) if before else (new + (same_as is None), changed)
        versions.append(
            FileVersion(
                corpus=corpus,
                path=file.path,
                version=before.version + 1 if before else 1,
                sha256=file.sha256,
                size=file.size,
                modified_ns=file.modified_ns,
                batch=None,
                same_as=same_as,
                seen_at=now,
            )
        )
    batched, batches = _into_batches(corpus, versions, books.last_number, batch_size, batch_bytes, now)
    return Plan((*batched, *touched), batches, new, changed)


def _holders(corpus: str, found: Sequence[FoundFile], books: Books) -> dict[str, str]:
    """Content to the path of a current file whose documents are, or are going to be, in the tables.

    A pending batch is trusted with a file only where the file still stands as intake saw it, and that is known of
    this corpus alone.
    """
    contents_now = {file.path: file.sha256 for file in found}
    holders: dict[str, str] = {}
    for version in sorted(books.latest, key=lambda v: (v.corpus, v.path)):
        there = version.corpus == corpus and contents_now.get(version.path) == version.sha256
        if version.sha256 in books.contents_read or (there and version.batch in books.pending):
            holders.setdefault(version.sha256, version.path)
    return holders


def _into_batches(
    corpus: str, versions: Sequence[FileVersion], last_number: int, batch_size: int, batch_bytes: int, now: datetime
) -> tuple[tuple[FileVersion, ...], tuple[Batch, ...]]:
    groups: list[list[FileVersion]] = []
    for version in versions:
        if version.same_as is not None:
            continue
        if not groups or len(groups[-1]) >= batch_size or _bytes(groups[-1]) + version.size > batch_bytes:
            groups.append([])
        groups[-1].append(version)
    done = [version for version in versions if version.same_as is not None]
    batches = []
    for number, group in enumerate(groups, last_number + 1):
        name = _batch_name(number, group)
        done += [replace(version, batch=name) for version in group]
        batches.append(Batch(name, corpus, len(group), _bytes(group), "pending", now, None))
    return tuple(done), tuple(batches)


def _bytes(versions: Sequence[FileVersion]) -> int:
    return sum(version.size for version in versions)


def _batch_name(number: int, versions: Sequence[FileVersion]) -> str:
    contents = "\n".join(f"{version.sha256} {version.path}" for version in versions)
    return f"b{number:06d}-{hashlib.sha256(contents.encode()).hexdigest()[:8]}"


def _read_books(query: Query) -> Books:
    return Books(
        latest=tuple(FILES.rows(query(_LATEST_VERSIONS))),
        contents_read=frozenset(query(_CONTENTS_READ)["sha256"]),
        pending=frozenset(query(_PENDING)["batch"]),
        last_number=int(query(_LAST_NUMBER)["number"][0]),
    )


def check_corpus(corpus: Path) -> None:
    """Raises CorpusError where the corpus cannot be taken in at all, before anything is made for it."""
    _locate(corpus)


def _locate(corpus: Path) -> tuple[Path, Path | None]:
    """The corpus folder, resolved, and the one file to look at if the corpus is a file."""
    try:
        root = corpus.resolve(strict=True)
    except FileNotFoundError:
        raise CorpusError(f"The corpus {corpus} does not exist; name a folder of pages, or one file.") from None
    except (OSError, RuntimeError) as error:
        raise CorpusError(f"The corpus {corpus} cannot be opened ({error}); name a folder of pages.") from None
    if root.is_file():
        if file_type(root.name) is None:
            raise CorpusError(f"The file {corpus} is of a kind that is not read; read are {supported_names()}.")
        return root.parent, root
    if not root.is_dir():
        raise CorpusError(f"The corpus {corpus} is neither a folder nor a file; name a folder of pages, or one file.")
    if not os.access(root, os.R_OK | os.X_OK):
        raise CorpusError(f"The corpus {corpus} may not be read by this user; change its permissions.")
    return root, None


def _look(
    root: Path, only: Path | None, known: Mapping[str, FileVersion], skipped: list[SkippedFile]
) -> Iterator[FoundFile]:
    """The readable files, hashed where need be; what is left out is appended to `skipped`."""
    corpus = root.as_posix()
    for path in [only] if only else _walk(root, skipped):
        name = path.relative_to(root).as_posix()
        try:
            yield _found(path, name, known.get(name))
        except OSError as error:
            message = (
                f"{name} cannot be read ({error.strerror}); change its permissions or take it out of the corpus."
            )
            skipped.append(SkippedFile(corpus, name, "unreadable", message))


def _found(path: Path, name: str, before: FileVersion | None) -> FoundFile:
    status = path.stat(follow_symlinks=False)
    if before and (before.size, before.modified_ns) == (status.st_size, status.st_mtime_ns):
        seen_ns = int(before.seen_at.replace(tzinfo=UTC).timestamp() * 1e9)
        if status.st_mtime_ns < seen_ns - _TIME_GRAIN_NS:
            return FoundFile(name, status.st_size, status.st_mtime_ns, before.sha256)
    return FoundFile(name, status.st_size, status.st_mtime_ns, file_sha256(path))


def _walk(root: Path, skipped: list[SkippedFile]) -> Iterator[Path]:
    """Regular files of kinds that are read, without following links; hidden entries are passed over in silence."""
    corpus = root.as_posix()
    folders = [root]
    while folders:
        folder = folders.pop()
        try:
            entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
        except OSError as error:
            name = folder.relative_to(root).as_posix()
            message = f"The folder {name} cannot be listed ({error.strerror}); change its permissions."
            skipped.append(SkippedFile(corpus, name, "unreadable", message))
            continue
        for entry in entries:
            if entry.name.startswith("."):
                continue
            name = Path(entry.path).relative_to(root).as_posix()
            left_out = _left_out(entry, name)
            if left_out:
                skipped.append(SkippedFile(corpus, _printable(name), *left_out))
            elif entry.is_dir(follow_symlinks=False):
                folders.append(Path(entry.path))
            else:
                yield Path(entry.path)


def _left_out(entry: os.DirEntry[str], name: str) -> tuple[str, str] | None:
    """Reason and message for an entry that is not taken in."""
    shown = _printable(name)
    if shown != name:
        return "file_name", f"The name {shown} is not valid UTF-8; rename the file."
    if entry.is_symlink():
        return "symlink", f"{shown} is a link, and links are not followed; put the file itself into the corpus."
    if entry.is_dir(follow_symlinks=False):
        return None
    if not entry.is_file(follow_symlinks=False):
        return "special", f"{shown} is a pipe, socket or device, not a file."
    if file_type(entry.name) is None:
        return "unsupported", f"{shown} is of a kind that is not read; read are {supported_names()}."
    return None


def _printable(name: str) -> str:
    """The name with bytes that are not UTF-8 written as \\xNN, so that it can be stored."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
