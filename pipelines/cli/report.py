"""`attache report`: the events with their evidence as one HTML file."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

import click

from pipelines.cli.options import open_warehouse, warehouse_option


@click.command("report")
@click.option(
    "--output",
    "-o",
    type=click.Path(path_type=Path, dir_okay=False),
    default=Path("attache-report.html"),
    show_default=True,
    help="File to write.",
)
@click.option("--title", default="Attaché report", show_default=True, help="Heading of the report.")
@click.option(
    "--most", type=click.IntRange(min=1), default=10_000, show_default=True, help="Most events, the latest first."
)
@warehouse_option
def command(output: Path, title: str, most: int, warehouse: Path | None) -> None:
    """Write the events with their evidence to one HTML file.

    It holds a map, a timeline, who acts on whom, filters, and for every event the sentences it was read from beside
    their English. It works from the disk, loads nothing from anywhere, and saves verdicts for `attache review
    import`. The file appears only when it is complete.
    """
    import duckdb

    from pipelines.report.data import read_report_data
    from pipelines.report.page import report_page

    if not output.absolute().parent.is_dir():
        raise click.UsageError(f"the folder {output.absolute().parent} does not exist")
    source = open_warehouse(warehouse)
    try:
        with source.reading() as query:
            data = read_report_data(query, most)
    except duckdb.CatalogException:
        raise click.UsageError(f"{source.path} has no events yet; `attache run` makes them") from None
    page = report_page(data, title=title, made_at=datetime.now(UTC).replace(tzinfo=None))
    part = output.absolute().with_name(f".{output.name}.{os.getpid()}.part")
    try:
        part.write_text(page, encoding="utf-8")
        part.replace(output)
    finally:
        part.unlink(missing_ok=True)
    shown = len(data.events["event_id"])
    size = output.stat().st_size / 1e6
    click.echo(f"{shown:,} of {data.total_events:,} events written to {output} ({size:.1f} MB)", err=True)
