"""The row types of the books that intake, runs, fetching and migrations keep. Nothing is read here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from assets.table import Table


@dataclass(frozen=True)
class SchemaVersion:
    """One migration that was applied."""

    version: Annotated[int, "Number of the migration; the greatest is the version of this warehouse"]
    name: Annotated[str, "Name of the migration's file"]
    applied_at: Annotated[datetime, "When it was applied (UTC)"]


@dataclass(frozen=True)
class FileVersion:
    """One version of one file, or one part of a container that is too large for a batch, as intake saw it."""

    corpus: Annotated[str, "The corpus: a folder, absolute, in POSIX form, or an address"]
    path: Annotated[str, "Path of the file, relative to the corpus, in POSIX form"]
    version: Annotated[int, "1 for the file as first seen, one more for every change of its content"]
    sha256: Annotated[str, "SHA-256 of the file's bytes, in hexadecimal"]
    size: Annotated[int, "Bytes of the file"]
    modified_ns: Annotated[int, "Time of last change as the file system tells it, in nanoseconds since 1970"]
    batch: Annotated[str | None, "The batch that reads this version; null if the same content was known already"]
    same_as: Annotated[str | None, "Path of the file whose content is the same, where the batch is null"]
    seen_at: Annotated[datetime, "When intake first saw this version (UTC)"]
    part: Annotated[int, "Number of the part of the file, from 1; a large container has many, each in a batch"]
    start_offset: Annotated[int, "Where in the file (byte, or row group of Parquet) reading begins for this part"]
    first_position: Annotated[int, "Position of the part's first record, as in raw.documents; 0 for the first part"]
    end_position: Annotated[int | None, "Position of the next part's first record; null for the last part"]
    documents: Annotated[int, "Documents and bad records that intake counted in the part; 1 for a page"]
    bytes: Annotated[int, "Bytes of these as intake counted them, unpacked; of a page, the bytes of the file"]


@dataclass(frozen=True)
class SkippedFile:
    """One entry of the corpus that intake did not take in."""

    corpus: Annotated[str, "The corpus: a folder, absolute, in POSIX form, or an address"]
    path: Annotated[str, "Path of the entry, relative to the corpus; undecodable bytes shown as \\xNN"]
    reason: Annotated[str, "unsupported, symlink, special, unreadable, file_name"]
    message: Annotated[str, "Why, and what to do, in a sentence"]


@dataclass(frozen=True)
class Batch:
    """One batch of files: a Dagster partition."""

    batch: Annotated[str, "Name of the batch; names sort in the order of arrival"]
    corpus: Annotated[str, "The corpus that its files are in"]
    file_count: Annotated[int, "Files, and parts of files, in the batch"]
    byte_count: Annotated[int, "Bytes of these, unpacked where they are parts of containers"]
    status: Annotated[
        str, "pending until a run has taken the batch's pages through every gate to mentions, then done"
    ]
    created_at: Annotated[datetime, "When intake made the batch (UTC)"]
    done_at: Annotated[datetime | None, "When a run last finished it (UTC); null if none ever did"]


@dataclass(frozen=True)
class Merge:
    """One time that events, and all that is made of them, were made anew."""

    run_id: Annotated[str, "Dagster's id of the run"]
    read_at: Annotated[datetime, "Batches that were done by then are in the events (UTC)"]
    ended_at: Annotated[datetime, "When every table was made and every gate had let them through (UTC)"]
    batches: Annotated[int, "Batches that were done since the merge before it"]


@dataclass(frozen=True)
class Run:
    """One run: an `attache run` with all its Dagster runs, or a Dagster run that was started elsewhere."""

    run: Annotated[int, "Number of the run; 0 stands for all that was done before runs were counted"]
    started_at: Annotated[datetime, "When it began (UTC)"]
    ended_at: Annotated[datetime, "When it last wrote to the warehouse (UTC)"]
    started_by: Annotated[str, "command line, or dagster: the UI, a sensor or a schedule"]
    corpus: Annotated[str | None, "The corpus, where the command line named one"]
    batches: Annotated[tuple[str, ...], "The batches that it took through tables"]
    dagster_runs: Annotated[tuple[str, ...], "Ids of its runs in Dagster"]
    rules: Annotated[str | None, "What code, vocabulary and thresholds it worked with; key of `ops.rule_files`"]
    outcome: Annotated[
        str | None,
        "running, done, blocked, failed or stopped; null for a run of Dagster's, which is told of in the UI",
    ]


@dataclass(frozen=True)
class RuleFile:
    """One file of code, vocabulary or thresholds, as a run worked with it."""

    rules: Annotated[str, "Hash of all files together"]
    file: Annotated[str, "Name, relative to `assets`; a setting's file bears the setting's name"]
    sha256: Annotated[str, "SHA-256 of the file, in hexadecimal"]


@dataclass(frozen=True)
class Made:
    """What last made the rows of a table, or of a batch of it."""

    table_name: Annotated[str, "The table, as schema.name"]
    batch: Annotated[str, "The batch; empty for a table without batches"]
    code_version: Annotated[str, "Hash of the code and vocabulary that make the table, as Dagster knows it"]
    rules: Annotated[str, "All code, vocabulary and thresholds of the time; key of `ops.rule_files`"]
    run: Annotated[int, "The run; key of `ops.runs`"]
    made_at: Annotated[datetime, "When (UTC)"]


@dataclass(frozen=True)
class FetchedAddress:
    """One address that feeds and sitemaps led to, or a feed or sitemap itself."""

    url: Annotated[str, "The address, as the settings or the listing give it, without fragment"]
    kind: Annotated[str, "listing (a feed or sitemap) or page"]
    found_in: Annotated[str | None, "The listing that names it; null where the settings do"]
    status: Annotated[str, "found (not tried yet), fetched, unchanged (asked again, our copy still holds), failed"]
    reason: Annotated[
        str | None,
        "Why the last try failed: robots, address, redirects, http_status, media_type, too_large, network, "
        "not_a_listing",
    ]
    message: Annotated[str | None, "The same in a sentence"]
    http_status: Annotated[int | None, "Status of the last answer"]
    final_url: Annotated[str | None, "Where redirections led; the page's address in the WARC"]
    etag: Annotated[str | None, "ETag of our copy, for the next request's condition"]
    last_modified: Annotated[str | None, "Last-Modified of our copy, likewise"]
    dated: Annotated[datetime | None, "When the listing says it appeared or last changed (UTC)"]
    fetched_at: Annotated[datetime | None, "Round that last fetched it, or found it unchanged (UTC)"]
    tried_at: Annotated[datetime | None, "Round that last tried (UTC)"]
    failures: Annotated[int, "Failed tries since the last good one"]
    next_at: Annotated[datetime | None, "When a failed one may be tried again (UTC); null: no time is set"]
    file: Annotated[str | None, "Name of the WARC in the feeds folder that holds the page"]


SCHEMA_VERSION = Table(
    "ops", "schema_version", SchemaVersion, ("version",), "One row is a migration that was applied"
)
FILES = Table(
    "ops",
    "files",
    FileVersion,
    ("corpus", "path", "version", "part"),
    "One row is a version of a file of the corpus, or a part of it",
)
SKIPPED_FILES = Table(
    "ops",
    "skipped_files",
    SkippedFile,
    ("corpus", "path"),
    "One row is an entry of the corpus that the last intake left out",
)
BATCHES = Table("ops", "batches", Batch, ("batch",), "One row is a batch of files, the unit of work")
MERGES = Table(
    "ops",
    "merges",
    Merge,
    ("run_id",),
    "One row is a time that the events, and all that is made of them, were made anew",
)
RUNS = Table("ops", "runs", Run, ("run",), "One row is a run, by whose number `attache diff` names it")
RULE_FILES = Table(
    "ops",
    "rule_files",
    RuleFile,
    ("rules", "file"),
    "One row is a file of code, vocabulary or thresholds, as runs worked with it",
)
MADE = Table(
    "ops",
    "made",
    Made,
    ("table_name", "batch"),
    "One row is what last made a table, or a batch of it; stale is what other code would make now",
)
FETCHED = Table(
    "ops",
    "fetched",
    FetchedAddress,
    ("url",),
    "One row is an address of a feed, a sitemap, or a page that one of these names",
)
