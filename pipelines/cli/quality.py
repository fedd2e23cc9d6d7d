"""`attache quality`: the latest results of the checks."""

from __future__ import annotations

from pathlib import Path

import click

from pipelines.cli.options import json_option, open_warehouse, warehouse_option
from pipelines.cli.tables import print_json, print_table

_LATEST = """
SELECT batch, asset, check_name, expectation, level, passed, checked_count, unexpected_count, observed, message,
       evaluated_at, run_id
FROM ops.check_results
WHERE batch = coalesce(?, batch)
QUALIFY row_number() OVER (PARTITION BY batch, asset, check_name, expectation ORDER BY evaluated_at DESC) = 1
ORDER BY passed, CASE level WHEN 'block' THEN 0 WHEN 'row' THEN 1 ELSE 2 END, batch, asset, check_name, expectation
"""


@click.command("quality")
@click.option("--batch", metavar="NAME", help="Only the results of this batch.")
@click.option("--all", "show_all", is_flag=True, help="Show the checks that held as well.")
@warehouse_option
@json_option
def command(batch: str | None, show_all: bool, warehouse: Path | None, as_json: bool) -> None:
    """Show the latest result of every check: what did not hold, how many rows, and what to do.

    `attache quarantine` shows the rows that a check took out, with the reason.
    """
    results = open_warehouse(warehouse).read(_LATEST, [batch])
    if batch is not None and results.is_empty():
        raise click.UsageError(f"there are no results of a batch {batch!r}; see `attache sql 'FROM ops.batches'`")
    if as_json:
        print_json(results.to_dicts())
        return
    broken = results.filter(~results["passed"])
    click.echo(f"{results.height - broken.height} expectations hold, {broken.height} do not.")
    shown = results if show_all else broken
    if shown.is_empty():
        return
    words = {"block": "BLOCKED", "row": "quarantined", "warn": "warning"}
    print_table(
        ("batch", "table", "check", "result", "rows", "what was found and what to do"),
        [
            (
                row["batch"],
                row["asset"],
                f"{row['check_name']}.{row['expectation']}",
                "holds" if row["passed"] else words.get(row["level"], row["level"]),
                row["unexpected_count"] if not row["passed"] else row["checked_count"],
                row["message"],
            )
            for row in shown.iter_rows(named=True)
        ],
        characters=2000,
    )
