"""`attache runs`: the runs in the books, by whose numbers `attache diff` names them."""

from __future__ import annotations

from pathlib import Path

import click

from pipelines.cli.options import json_option, open_warehouse, warehouse_option
from pipelines.cli.tables import print_json, print_table
from pipelines.cli.text import harmless


@click.command("runs")
@click.option("--most", type=click.IntRange(min=1), default=20, show_default=True, metavar="N", help="Most runs.")
@warehouse_option
@json_option
def command(most: int, warehouse: Path | None, as_json: bool) -> None:
    """List runs, latest first: when, what they ran, how they ended, and how many versions of events they wrote.

    A run is an `attache run` as a whole, or a run that Dagster started (UI, sensor, schedule). Run 0 stands for what
    was there before runs were counted.
    """
    from pipelines.history import HistoryError, runs

    try:
        found = runs(open_warehouse(warehouse), most)
    except HistoryError as error:
        raise click.UsageError(harmless(str(error))) from None
    if as_json:
        print_json(found)
        return
    print_table(
        ("run", "began (UTC)", "took (s)", "by", "batches", "outcome", "versions begun", "ended", "rules"),
        [
            (
                run["run"],
                f"{run['started_at']:%Y-%m-%d %H:%M:%S}",
                round((run["ended_at"] - run["started_at"]).total_seconds(), 1),
                run["started_by"],
                len(run["batches"]),
                run["outcome"] or "see the UI",
                run["versions_begun"],
                run["versions_ended"],
                run["rules"],
            )
            for run in found
        ],
    )
