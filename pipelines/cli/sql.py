"""`attache sql`: a read-only question to the warehouse."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from pipelines.cli.options import open_warehouse, warehouse_option
from pipelines.cli.tables import print_frame
from pipelines.cli.text import harmless


@click.command("sql")
@click.argument("query")
@warehouse_option
@click.option(
    "--format",
    "output",
    type=click.Choice(["table", "csv", "json"]),
    help="table (default on a terminal and elsewhere), csv, or json (one object a line).",
)
def command(query: str, warehouse: Path | None, output: str | None) -> None:
    """Ask the warehouse a question in DuckDB's SQL; it cannot change anything.

    QUERY is SQL, or - to read it from standard input. Short names: documents, segments, mentions, events; all
    tables: `attache sql 'SHOW ALL TABLES'`. In CSV a cell that a spreadsheet would run as a formula gets an
    apostrophe before it.
    """
    import duckdb

    text = sys.stdin.read() if query == "-" else query
    try:
        frame = open_warehouse(warehouse).read(text)
    except duckdb.Error as error:
        raise click.UsageError(harmless(str(error))) from None
    print_frame(frame, output or "table")
