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
    from pipelines.exports.layout import Layout
    from pipelines.warehouse import DuckDBWarehouse

_FORMATS = {"parquet": "FORMAT parquet", "csv": "FORMAT csv, HEADER", "jsonl": "FORMAT json"}
_LAYOUTS = ("geojson", "gdelt-events", "gdelt-mentions", "polecat")  # of events alone
_SUFFIXES = {".parquet": "parquet", ".csv": "csv", ".jsonl": "jsonl", ".ndjson": "jsonl", ".geojson": "geojson"}
_TABS = "FORMAT csv, DELIMITER '\t', QUOTE '', ESCAPE ''"
# As in `pipelines.cli.text.without_formula`, for DuckDB.
_FORMULA = r"^[=+\-@\t\r\n＝＋－＠]"


@click.command("export")
@click.argument("table")
@click.option("--output", "-o", required=True, type=click.Path(path_type=Path, dir_okay=False), help="File to write.")
@click.option(
    "--format",
    "output_format",
    type=click.Choice([*_FORMATS, *_LAYOUTS]),
    help="Format (default: by the file's ending).",
)
@click.option("--raw", is_flag=True, help="CSV: leave cells that a spreadsheet would run as formulas as they are.")
@warehouse_option
def command(table: str, output: Path, output_format: str | None, raw: bool, warehouse: Path | None) -> None:
    """Write TABLE to a Parquet, CSV or JSON Lines file, or events in a layout of the field.

    TABLE is schema.name, or a short name such as documents, mentions or events. `geojson`, `gdelt-events`,
    `gdelt-mentions` and `polecat` are for events: the last three are tab-separated, in the published columns. In
    CSV, lists are written as JSON, bytes in base64, and a cell that a spreadsheet would run as a formula gets an
    apostrophe before it (`--raw` leaves it). The file appears only when it is complete.
    """
    chosen = output_format or _SUFFIXES.get(output.suffix.lower())
    if chosen is None:
        raise click.UsageError(f"{output} does not tell its format; add --format {'|'.join((*_FORMATS, *_LAYOUTS))}")
    if not output.absolute().parent.is_dir():
        raise click.UsageError(f"the folder {output.absolute().parent} does not exist")
    source = _table(table)
    if chosen in _LAYOUTS and source.qualified_name != "events.events":
        raise click.UsageError(f"the format {chosen} is for events, not for {source.qualified_name}")
    part = output.absolute().with_name(f".{output.name}.{os.getpid()}.part")
    try:
        if chosen == "geojson":
            rows = _write_geojson(open_warehouse(warehouse), part)
        else:
            rows = _copy(open_warehouse(warehouse), source, chosen, raw, part)
        part.replace(output)
    finally:
        part.unlink(missing_ok=True)
    click.echo(f"{rows:,} rows of {source.qualified_name} written to {output}", err=True)


def _copy(warehouse: DuckDBWarehouse, source: Table, chosen: str, raw: bool, part: Path) -> int:
    if chosen in _LAYOUTS:
        layout = _layout(chosen)
        query, how = layout.sql, _TABS + (", HEADER" if layout.header else ", HEADER false")
    else:
        query = f"SELECT {_columns(source, chosen, raw)} FROM {source.qualified_name} {_order(source)}"
        how = _FORMATS[chosen]
    done = warehouse.read(f"COPY ({query}) TO {_quoted(str(part))} ({how})")
    return int(done.row(0)[0])


def _layout(name: str) -> Layout:
    from pipelines.exports import gdelt, polecat

    return {layout.name: layout for layout in (gdelt.EVENTS, gdelt.MENTIONS, polecat.EVENTS)}[name]


def _write_geojson(warehouse: DuckDBWarehouse, part: Path) -> int:
    from pipelines.exports.geojson import SQL

    features = warehouse.read(SQL)["feature"].to_list()
    with part.open("w", encoding="utf-8") as file:
        file.write('{"type": "FeatureCollection", "features": [\n')
        file.write(",\n".join(features))
        file.write("\n]}\n")
    return len(features)


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
