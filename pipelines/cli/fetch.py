"""`attache fetch`: one round of the feeds and sitemaps that the settings name."""

from __future__ import annotations

from pathlib import Path

import click

from pipelines.cli.options import json_option, settings_with, warehouse_option
from pipelines.cli.tables import print_json
from pipelines.cli.text import harmless


@click.command("fetch")
@click.argument("feeds", nargs=-1, metavar="[ADDRESS|FILE ...]")
@warehouse_option
@click.option(
    "--into",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="FOLDER",
    help="Where the pages go, as one WARC a round (default: the setting `feeds_folder`, fetched in the corpus).",
)
@json_option
def command(feeds: tuple[str, ...], warehouse: Path | None, folder: Path | None, as_json: bool) -> None:
    """Ask feeds and sitemaps for new pages, and fetch those, once.

    Addresses of RSS or Atom feeds and of sitemaps, or files of one a line (default: the setting `feeds`). robots.txt
    is heard, and a host asked no faster than every `feeds_delay_seconds`. `attache run` then takes the pages in; what
    could not be fetched is in ops.fetched with the reason.
    """
    settings = settings_with(feeds=list(feeds) or None, warehouse=warehouse, feeds_folder=folder)
    from pipelines.feeds import run_round, tell_round
    from pipelines.resources import warehouse_of

    done = run_round(settings, warehouse_of(settings))
    if as_json:
        print_json(
            {
                "listings": done.listings,
                "fetched": done.fetched,
                "unchanged": done.unchanged,
                "waiting": done.waiting,
                "failed": done.failed,
                "file": str(done.file) if done.file else None,
            }
        )
        return
    click.echo(harmless(tell_round(done)[:1].upper() + tell_round(done)[1:] + "."))
    if done.file:
        click.echo(harmless(f"The pages are in {done.file}; `attache run` takes them in."))
