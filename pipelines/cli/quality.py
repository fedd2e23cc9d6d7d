"""`attache quality`: the latest results of the checks, with the first rows that broke them, and the Data Docs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from pipelines.cli.options import json_option, open_warehouse, settings_with, warehouse_option
from pipelines.cli.tables import print_json, print_table
from quality.rules import Level

_LATEST = """
SELECT batch, asset, check_name, expectation, level, passed, checked_count, unexpected_count, observed, message,
       sample_rows, evaluated_at, run_id
FROM ops.check_results
WHERE batch = coalesce(?, batch)
QUALIFY row_number() OVER (PARTITION BY batch, asset, check_name, expectation ORDER BY evaluated_at DESC) = 1
ORDER BY passed, CASE level WHEN 'block' THEN 0 WHEN 'row' THEN 1 ELSE 2 END, batch, asset, check_name, expectation
"""


@click.command("quality")
@click.option("--batch", metavar="NAME", help="Only the results of this batch.")
@click.option("--all", "show_all", is_flag=True, help="Show the checks that held as well.")
@click.option(
    "--data-docs",
    "write_pages",
    is_flag=True,
    help="Write the Data Docs anew (a run does so at its end), and say where they are.",
)
@warehouse_option
@json_option
def command(batch: str | None, show_all: bool, write_pages: bool, warehouse: Path | None, as_json: bool) -> None:
    """Show the latest result of every check: what did not hold, how many rows, and what to do.

    `attache quarantine` shows the rows that a check took out, with the reason. The Data Docs, pages in the home
    folder that need no network, tell the same over time.
    """
    if write_pages:
        _write_data_docs(warehouse)
        return
    results = open_warehouse(warehouse).read(_LATEST, [batch])
    if batch is not None and results.is_empty():
        raise click.UsageError(f"there are no results of a batch {batch!r}; see `attache sql 'FROM ops.batches'`")
    if as_json:
        print_json([_with_rows(row) for row in results.to_dicts()])
        return
    broken = results.filter(~results["passed"])
    click.echo(f"{results.height - broken.height} expectations hold, {broken.height} do not.")
    shown = results if show_all else broken
    if shown.is_empty():
        return
    print_table(
        ("batch", "table", "check", "result", "rows", "what was found and what to do"),
        [
            (
                row["batch"],
                row["asset"],
                f"{row['check_name']}.{row['expectation']}",
                "holds" if row["passed"] else Level(row["level"]).outcome,
                row["unexpected_count"] if not row["passed"] else row["checked_count"],
                row["message"],
            )
            for row in shown.iter_rows(named=True)
        ],
        characters=2000,
    )
    for row in broken.iter_rows(named=True):
        _print_samples(row)


def _with_rows(result: dict[str, Any]) -> dict[str, Any]:
    return {**result, "sample_rows": json.loads(result["sample_rows"] or "[]")}


def _print_samples(result: dict[str, Any]) -> None:
    rows = json.loads(result["sample_rows"] or "[]")
    if rows:
        name = f"{result['asset']} {result['check_name']}.{result['expectation']}"
        # Where a rule about the whole table is broken, the count is of the table, not of the rows behind it.
        count = f"{len(rows)} of {result['unexpected_count']}" if len(rows) <= result["unexpected_count"] else "first"
        click.echo(f"{name}, {count} rows, batch {result['batch']}:")
        print_table(tuple(rows[0]), [tuple(row.values()) for row in rows])


def _write_data_docs(warehouse: Path | None) -> None:
    from quality.data_docs.folder import write_data_docs

    settings = settings_with(warehouse=warehouse)
    opened = open_warehouse(warehouse)
    opened.migrate()
    click.echo(write_data_docs(opened, settings.data_docs).absolute())
