"""`attache status`: what the warehouse holds and what is still to be run."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from pipelines.cli.options import json_option, open_warehouse, warehouse_option
from pipelines.cli.tables import print_json, print_table


@click.command("status")
@warehouse_option
@json_option
def command(warehouse: Path | None, as_json: bool) -> None:
    """Show what the warehouse holds: batches, rows by table, documents by language, what waits."""
    from pipelines.summary import summarise

    source = open_warehouse(warehouse)
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
        print_json({"warehouse": str(Path(source.path).absolute()), "batches": batches.to_dicts(), **state})
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
