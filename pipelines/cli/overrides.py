"""`attache overrides`: people's decisions on which mentions are one event."""

from __future__ import annotations

from pathlib import Path

import click

from pipelines.cli.options import open_warehouse, warehouse_option
from pipelines.cli.tables import print_frame
from pipelines.cli.text import harmless

_note = click.option("--note", help="Why.")


@click.group("overrides")
def command() -> None:
    """Decide by hand which mentions are one event. It outranks every score, and holds from the next `attache run`."""


@command.command("merge")
@click.argument("event_ids", nargs=-1, required=True, metavar="EVENT_ID EVENT_ID...")
@_note
@warehouse_option
def merge(event_ids: tuple[str, ...], note: str | None, warehouse: Path | None) -> None:
    """Make several events one."""
    from pipelines.overrides import OverrideError, merge_events

    try:
        _tell(merge_events(open_warehouse(warehouse), event_ids, note))
    except OverrideError as error:
        raise click.UsageError(harmless(str(error))) from None


@command.command("split")
@click.argument("event_id")
@click.argument("mention_ids", nargs=-1, required=True, metavar="MENTION_ID...")
@_note
@warehouse_option
def split(event_id: str, mention_ids: tuple[str, ...], note: str | None, warehouse: Path | None) -> None:
    """Make mentions of EVENT_ID an event of their own."""
    from pipelines.overrides import OverrideError, split_event

    try:
        _tell(split_event(open_warehouse(warehouse), event_id, mention_ids, note))
    except OverrideError as error:
        raise click.UsageError(harmless(str(error))) from None


@command.command("import")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@warehouse_option
def import_(file: Path, warehouse: Path | None) -> None:
    """Take in a CSV FILE of mention_id, together (one label an event) and maybe note."""
    from pipelines.overrides import OverrideError, import_decisions

    try:
        _tell(import_decisions(open_warehouse(warehouse), file))
    except OverrideError as error:
        raise click.UsageError(harmless(str(error))) from None


@command.command("forget")
@click.argument("mention_ids", nargs=-1, required=True, metavar="MENTION_ID...")
@warehouse_option
def forget(mention_ids: tuple[str, ...], warehouse: Path | None) -> None:
    """Take decisions back."""
    from pipelines.overrides import forget as take_back

    click.echo(
        f"{take_back(open_warehouse(warehouse), mention_ids)} decisions taken back; run `attache run`", err=True
    )


@command.command("list")
@warehouse_option
@click.option("--format", "output", type=click.Choice(["table", "csv", "json"]), default="table")
def list_(warehouse: Path | None, output: str) -> None:
    """List the decisions. As csv they can be imported elsewhere."""
    from pipelines.overrides import decisions

    print_frame(decisions(open_warehouse(warehouse)), output)


def _tell(count: int) -> None:
    click.echo(f"{count} mentions decided; `attache run` merges the events anew", err=True)
