"""`attache export`: a table as a file for other programs."""

# ruff: noqa: S608 - the table's name comes from the catalogue, values are quoted

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipelines.cli.options import open_warehouse, warehouse_option

if TYPE_CHECKING:
    from assets.table import Table

_FORMATS = {"parquet": "FORMAT parquet", "csv": "FORMAT csv, HEADER", "jsonl": "FORMAT json"}
_SUFFIXES = {".parquet": "parquet", ".csv": "csv", ".jsonl": "jsonl", ".ndjson": "jsonl"}
# As in `pipelines.cli.text.without_formula`, for DuckDB.
_FORMULA = r"^[=+\-@\t\r\n＝＋－＠]"


@click.command("export")
@click.argument("table")
@click.option("--output", "-o", required=True, type=click.Path(path_type=Path, dir_okay=False), help="File to write.")
@click.option(
    "--format",
    "output_format",
    type=click.Choice(list(_FORMATS)),
    help="Format (default: by the file's ending).",
)
@click.option("--raw", is_flag=True, help="CSV: leave cells that a spreadsheet would run as formulas as they are.")
@warehouse_option
def command(table: str, output: Path, output_format: str | None, raw: bool, warehouse: Path | None) -> None:
    """Write TABLE to a Parquet, CSV or JSON Lines file.

    TABLE is schema.name, or one of documents, segments, mentions, events. In CSV, lists are written as JSON, bytes in
    base64, and a cell that a spreadsheet would run as a formula gets an apostrophe before it (`--raw` leaves it). The
    file appears only when it is complete.
    """
    chosen = output_format or _SUFFIXES.get(output.suffix.lower())
    if chosen is None:
        raise click.UsageError(f"{output} does not tell its format; add --format {'|'.join(_FORMATS)}")
    if not output.absolute().parent.is_dir():
        raise click.UsageError(f"the folder {output.absolute().parent} does not exist")
    source = _table(table)
    part = output.absolute().with_name(f".{output.name}.{os.getpid()}.part")
    try:
        written = open_warehouse(warehouse).read(
            f"COPY (SELECT {_columns(source, chosen, raw)} FROM {source.qualified_name} {_order(source)}) "
            f"TO {_quoted(str(part))} ({_FORMATS[chosen]})"
        )
        part.replace(output)
    finally:
        part.unlink(missing_ok=True)
    click.echo(f"{int(written.row(0)[0]):,} rows of {source.qualified_name} written to {output}", err=True)


def _table(name: str) -> Table:
    from pipelines.catalogue import TABLES, VIEWS

    tables = {table.qualified_name: table for table in TABLES} | {view.name: view.table for view in VIEWS}
    if name not in tables:
        raise click.UsageError(f"there is no table {name!r}; there are {', '.join(sorted(tables))}")
    return tables[name]


def _columns(table: Table, output_format: str, raw: bool) -> str:
    return ", ".join(_column(column.name, column.duckdb_type, output_format, raw) for column in table.columns)


def _column(name: str, duckdb_type: str, output_format: str, raw: bool) -> str:
    quoted = f'"{name}"'
    value = quoted
    if duckdb_type == "BLOB" and output_format != "parquet":
        value = f"to_base64({quoted})"
    elif output_format == "csv" and duckdb_type.endswith("[]"):
        value = f"to_json({quoted})::VARCHAR"
    elif output_format == "csv" and duckdb_type == "VARCHAR" and not raw:
        value = f"CASE WHEN regexp_matches({quoted}, {_quoted(_FORMULA)}) THEN '''' || {quoted} ELSE {quoted} END"
    return value if value == quoted else f"{value} AS {quoted}"


def _order(table: Table) -> str:
    return f"ORDER BY {', '.join(table.key)}" if table.key else ""


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
