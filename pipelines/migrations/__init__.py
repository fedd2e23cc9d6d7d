"""The numbered SQL files that bring a warehouse from any earlier version to this one, and what applies them.

A file is `NNNN_what_it_does.sql`. Once released it never changes; a change of a row type is a new file. Each file is
applied in one transaction together with its row in `ops.schema_version`. Comments, views and macros are not in the
files: they are derived from `pipelines.catalogue` and brought up to date afterwards.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from assets.table import Table
from pipelines.catalogue import MACROS, TABLES, VIEWS

_FOLDER = Path(__file__).parent


class MigrationError(Exception):
    """The warehouse cannot be brought to this version; the message says why and what to do."""


@dataclass(frozen=True)
class Migration:
    """One file of this folder."""

    version: int
    name: str
    sql: str


def migrations() -> tuple[Migration, ...]:
    """The migrations in order. Raises MigrationError when numbers repeat or leave gaps."""
    found = tuple(
        Migration(int(path.name.split("_")[0]), path.stem, path.read_text(encoding="utf-8"))
        for path in sorted(_FOLDER.glob("[0-9]*.sql"))
    )
    if [m.version for m in found] != list(range(1, len(found) + 1)):
        raise MigrationError(f"migrations must be numbered 1, 2, 3, …: {', '.join(m.name for m in found)}")
    return found


def schema_version(connection: duckdb.DuckDBPyConnection) -> int:
    """Version of the open warehouse; 0 for an empty one."""
    exists = connection.execute(
        "SELECT count(*) FROM duckdb_tables() WHERE database_name = current_database() "
        "AND schema_name = 'ops' AND table_name = 'schema_version'"
    ).fetchall()[0][0]
    if not exists:
        return 0
    return int(connection.execute("SELECT coalesce(max(version), 0) FROM ops.schema_version").fetchall()[0][0])


def is_current(connection: duckdb.DuckDBPyConnection) -> bool:
    """Whether nothing is left to do. Raises MigrationError for a warehouse of a newer Attaché."""
    version, newest = schema_version(connection), len(migrations())
    if version > newest:
        raise MigrationError(
            f"it was written by a newer Attaché (its schema version is {version}, this one knows {newest}). "
            "Update Attaché (pip install --upgrade attache-events) or choose another warehouse"
        )
    return version == newest and not _stale_metadata(connection)


def migrate(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """Apply what is missing to the open warehouse; names of the migrations applied. Raises MigrationError."""
    if is_current(connection):
        return []
    applied = []
    for migration in migrations()[schema_version(connection) :]:
        connection.begin()
        try:
            connection.execute(migration.sql)
            connection.execute(
                "INSERT INTO ops.schema_version VALUES (?, ?, ?)",
                [migration.version, migration.name, datetime.now(UTC).replace(tzinfo=None)],
            )
            connection.commit()
        except BaseException as error:
            connection.rollback()
            if isinstance(error, duckdb.Error):
                raise MigrationError(f"migration {migration.name} failed and was undone: {error}") from error
            raise
        applied.append(migration.name)
    _refresh_metadata(connection)
    return applied


def _refresh_metadata(connection: duckdb.DuckDBPyConnection) -> None:
    connection.begin()
    try:
        # Twice: a view that was just made has no comments yet, so that a second look finds them missing.
        for _ in range(2):
            connection.execute("; ".join(_stale_metadata(connection)))
        connection.commit()
    except BaseException:
        connection.rollback()
        raise


def _stale_metadata(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """Statements that bring comments, views and macros in line with the catalogue; none if they are."""
    columns: dict[tuple[str, str, str], str | None] = {
        (schema, table, column): comment
        for schema, table, column, comment in connection.execute(
            "SELECT schema_name, table_name, column_name, comment FROM duckdb_columns() "
            "WHERE database_name = current_database() AND NOT internal ORDER BY table_oid, column_index"
        ).fetchall()
    }
    relations: dict[tuple[str, str], str | None] = {
        (schema, name): comment
        for schema, name, comment in connection.execute(
            "SELECT schema_name, table_name, comment FROM duckdb_tables() WHERE database_name = current_database() "
            "UNION ALL SELECT schema_name, view_name, comment FROM duckdb_views() "
            "WHERE database_name = current_database() AND NOT internal"
        ).fetchall()
    }
    statements = []
    for view in VIEWS:
        present = [column for schema, table, column in columns if (schema, table) == ("main", view.name)]
        if present != list(view.table.column_names):
            statements.append(view.sql)
    macros = dict(
        connection.execute(
            "SELECT function_name, comment FROM duckdb_functions() WHERE database_name = current_database() "
            "AND schema_name = 'main' AND function_type = 'table_macro'"
        ).fetchall()
    )
    for macro in MACROS:
        # The comment bears a hash of the statement, since DuckDB gives it back in words of its own.
        comment = f"{macro.comment} [{hashlib.sha256(macro.sql.encode()).hexdigest()[:8]}]"
        if macros.get(macro.name) != comment:
            statements += [macro.sql, f"COMMENT ON MACRO TABLE main.{macro.name} IS {_quoted(comment)}"]
    for kind, schema, name, table in _commented():
        if (schema, name) in relations and relations[schema, name] != table.comment:
            statements.append(f"COMMENT ON {kind} {schema}.{name} IS {_quoted(table.comment)}")
        statements += [
            f'COMMENT ON COLUMN {schema}.{name}."{column.name}" IS {_quoted(column.comment)}'
            for column in table.columns
            if (schema, name, column.name) in columns and columns[schema, name, column.name] != column.comment
        ]
    return statements


def _commented() -> list[tuple[str, str, str, Table]]:
    tables = [("TABLE", table.schema, table.name, table) for table in TABLES]
    return tables + [("VIEW", "main", view.name, view.table) for view in VIEWS]


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
