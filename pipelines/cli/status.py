"""`attache status`: what the warehouse holds, what is still to be run, and what is stale."""

from __future__ import annotations

import shlex
import warnings
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipelines.cli.options import json_option, settings_with, warehouse_option
from pipelines.cli.tables import print_json, print_table
from pipelines.cli.text import harmless

if TYPE_CHECKING:
    from collections.abc import Sequence

    import polars as pl

    from pipelines.settings import Settings
    from pipelines.staleness import Stale
    from pipelines.warehouse import DuckDBWarehouse

_REASONS = 5


@click.command("status")
@warehouse_option
@json_option
def command(warehouse: Path | None, as_json: bool) -> None:
    """Show what the warehouse holds: batches, rows by table, documents by language, what waits, what is stale.

    Stale is what today's code, vocabulary, models and settings would make otherwise; `attache run --again stale`
    makes it anew.
    """
    from pipelines.resources import warehouse_of
    from pipelines.summary import summarise

    settings = settings_with(warehouse=warehouse)
    source = warehouse_of(settings)
    batches = source.read(
        "SELECT corpus, status, count(*) AS batches, sum(file_count)::BIGINT AS files, "
        "date_trunc('second', max(done_at)) AS last_done "
        "FROM ops.batches GROUP BY corpus, status ORDER BY corpus, status"
    )
    summary = summarise(source)
    if as_json:
        state = asdict(summary)
        for of_a_run in ("checks", "quarantined_now", "rejected_now"):
            del state[of_a_run]
        print_json(
            {
                "warehouse": str(Path(source.path).absolute()),
                "batches": batches.to_dicts(),
                **state,
                "stale": [asdict(entry) for entry in _stale(source, settings)],
            }
        )
        return
    click.echo(f"Warehouse {Path(source.path).absolute()}\n")
    print_table(("corpus", "status", "batches", "files", "last done (UTC)"), batches.iter_rows())
    print_table(("table", "rows"), [*summary.rows.items(), *summary.quarantined.items()])
    print_table(("language", "documents"), summary.documents_by_language.items())
    if summary.rejected:
        print_table(("rejected because", "inputs"), summary.rejected.items())
    if summary.english_sentences:
        print_table(("sentences in English", "sentences"), summary.english_sentences.items())
    if summary.pending_sentences:
        print_table(("sentences waiting for English", "sentences"), summary.pending_sentences.items())
    _print_stale(_stale(source, settings), batches)


def _stale(source: DuckDBWarehouse, settings: Settings) -> list[Stale]:
    """What is stale; nothing is told of a warehouse of an earlier Attaché, which the next run brings up to date."""
    import duckdb

    warnings.simplefilter("ignore")  # of libraries; nothing that a user could act on
    from pipelines.road import ASSETS
    from pipelines.rules import installation_of
    from pipelines.staleness import find_stale

    try:
        with source.reading() as query:
            return find_stale(query, ASSETS, installation_of(settings))
    except duckdb.CatalogException:
        return []


def _print_stale(stale: Sequence[Stale], batches: pl.DataFrame) -> None:
    if not stale:
        return
    rows, count = [], sum(batches["batches"])
    for table in dict.fromkeys(entry.table for entry in stale):
        entries = [entry for entry in stale if entry.table == table]
        reasons = list(dict.fromkeys(reason for entry in entries for reason in entry.reasons))
        more = f" and {len(reasons) - _REASONS} more" if len(reasons) > _REASONS else ""
        whole = entries[0].batch == ""
        share = "" if whole else f"{len(entries)} of {count}"
        rows.append((table, share, ", ".join(reasons[:_REASONS]) + more))
    print_table(("stale table", "batches", "because of"), rows)
    click.echo("To make these anew, and what depends on them:")
    for corpus in batches["corpus"].unique(maintain_order=True):
        click.echo(f"  attache run {shlex.quote(harmless(corpus))} --again stale")
