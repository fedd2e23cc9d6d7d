"""What happens to a document when the file that held it is changed: it moves to history, and later tables forget it.

A document is current while at least one file of a corpus, in its latest version that has been read, holds it. The
check runs in the transaction that writes a newer version's rows, so that no table ever holds two versions of a page
and no reader sees neither.
"""

# ruff: noqa: S608 - names of tables and columns come from the catalogue, values are parameters

from __future__ import annotations

import duckdb

from assets.cleaned.documents.copies.clusters import let_go
from assets.raw.documents.rows import DOCUMENTS
from assets.raw.superseded.rows import SUPERSEDED
from pipelines.catalogue import TABLES, quoted_names
from quality.quarantine import quarantine_table

_LATER_SCHEMAS = ("cleaned", "translated", "events", "quarantine")

# Candidates are the documents of contents that the given files had in earlier versions; those stay which any file
# still holds. A version counts as read once each of its parts left a sighting or a rejection, or needed no reading of
# its own; not if the file was gone or changed when it was to be read.
_FIND_GONE = """
CREATE OR REPLACE TEMP TABLE attache_gone AS
WITH newer AS (
    SELECT DISTINCT corpus, path, max(version) AS version FROM ops.files WHERE {which} GROUP BY ALL
), earlier_contents AS (
    SELECT DISTINCT old.sha256 FROM ops.files AS old JOIN newer USING (corpus, path) WHERE old.version < newer.version
), candidates AS (
    SELECT DISTINCT s.document_id
    FROM raw.sightings AS s JOIN ops.files AS f ON f.batch = s.batch AND f.path = s.source_path
    WHERE f.sha256 IN (SELECT sha256 FROM earlier_contents)
), version_read AS (
    SELECT corpus, path, version, any_value(sha256) AS sha256
    FROM ops.files AS f
    GROUP BY corpus, path, version
    HAVING bool_and(
        batch IS NULL
        OR EXISTS (SELECT 1 FROM raw.sightings AS s WHERE s.batch = f.batch AND s.source_path = f.path)
        OR EXISTS (
            SELECT 1 FROM raw.rejected AS r
            WHERE r.batch = f.batch AND r.source_path = f.path AND r.reason NOT IN ('missing', 'changed')
        )
    )
), contents_now AS (
    SELECT arg_max(sha256, version) AS sha256 FROM version_read GROUP BY corpus, path
), held AS (
    SELECT DISTINCT s.document_id
    FROM raw.sightings AS s JOIN ops.files AS f ON f.batch = s.batch AND f.path = s.source_path
    WHERE s.document_id IN (SELECT document_id FROM candidates)
      AND f.sha256 IN (SELECT sha256 FROM contents_now)
)
SELECT document_id FROM candidates WHERE document_id NOT IN (SELECT document_id FROM held)
"""


def retire_superseded(connection: duckdb.DuckDBPyConnection, batch: str) -> int:
    """Move the documents that the batch's newer file versions superseded to `raw.superseded`; how many there were.

    Their rows leave every later table; what is left of their near-duplicate clusters is clustered anew.
    Runs inside the caller's transaction.
    """
    changed = connection.execute("SELECT count(*) FROM ops.files WHERE batch = ? AND version > 1", [batch]).fetchall()
    if not changed[0][0]:
        return 0
    connection.execute(_FIND_GONE.format(which="batch = ?"), [batch])
    return _retire(connection, batch)


def retire_unbatched(connection: duckdb.DuckDBPyConnection) -> int:
    """The same for files whose newest content was known from another file, so that no batch will read them."""
    connection.execute(_FIND_GONE.format(which="batch IS NULL AND version > 1"))
    return _retire(connection, "")


def _retire(connection: duckdb.DuckDBPyConnection, batch: str) -> int:
    count = int(connection.execute("SELECT count(*) FROM attache_gone").fetchall()[0][0])
    if count:
        names = quoted_names(DOCUMENTS.column_names)
        gone = "document_id IN (SELECT document_id FROM attache_gone)"
        connection.execute(
            f"INSERT INTO {SUPERSEDED.qualified_name} ({names}, superseded_by, superseded_at) "
            f"SELECT {names}, ?, now()::TIMESTAMP FROM raw.documents WHERE {gone}",
            [batch],
        )
        # A page that a gate took out stands in quarantine alone, and more than once if it was taken out again.
        connection.execute(
            f"INSERT INTO {SUPERSEDED.qualified_name} ({names}, superseded_by, superseded_at) "
            f"SELECT {names}, ?, now()::TIMESTAMP FROM {quarantine_table(DOCUMENTS).qualified_name} "
            f"WHERE {gone} AND document_id NOT IN (SELECT document_id FROM raw.documents) "
            "QUALIFY row_number() OVER (PARTITION BY document_id ORDER BY quarantined_at DESC) = 1",
            [batch],
        )
        connection.execute(f"DELETE FROM raw.documents WHERE {gone}")
        let_go(connection, "attache_gone")
        for table in TABLES:
            if table.schema in _LATER_SCHEMAS and "document_id" in table.column_names:
                connection.execute(f"DELETE FROM {table.qualified_name} WHERE {gone}")
    connection.execute("DROP TABLE attache_gone")
    return count
