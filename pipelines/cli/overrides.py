"""`attache overrides`: people's decisions on which mentions are one event."""

from __future__ import annotations

from pathlib import Path

import click

from pipelines.cli import exit_codes
from pipelines.cli.display import Display
from pipelines.cli.options import open_warehouse, settings_with, warehouse_option
from pipelines.cli.tables import console, print_frame
from pipelines.cli.text import harmless

_note = click.option("--note", help="Why.")
_later = click.option(
    "--later", is_flag=True, help="Leave the events as they are until `attache overrides apply` or the next run."
)


@click.group("overrides")
def command() -> None:
    """Decide by hand which mentions are one event. It outranks every score, and is applied at once."""


@command.command("merge")
@click.argument("event_ids", nargs=-1, required=True, metavar="EVENT_ID EVENT_ID...")
@_note
@_later
@warehouse_option
def merge(event_ids: tuple[str, ...], note: str | None, later: bool, warehouse: Path | None) -> int:
    """Make several events one."""
    from pipelines.overrides import OverrideError, merge_events

    try:
        count = merge_events(open_warehouse(warehouse), event_ids, note)
    except OverrideError as error:
        raise click.UsageError(harmless(str(error))) from None
    return _decided(f"{count} mentions decided", later, warehouse)


@command.command("split")
@click.argument("event_id")
@click.argument("mention_ids", nargs=-1, required=True, metavar="MENTION_ID...")
@_note
@_later
@warehouse_option
def split(event_id: str, mention_ids: tuple[str, ...], note: str | None, later: bool, warehouse: Path | None) -> int:
    """Make mentions of EVENT_ID an event of their own."""
    from pipelines.overrides import OverrideError, split_event

    try:
        count = split_event(open_warehouse(warehouse), event_id, mention_ids, note)
    except OverrideError as error:
        raise click.UsageError(harmless(str(error))) from None
    return _decided(f"{count} mentions decided", later, warehouse)


@command.command("import")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@_later
@warehouse_option
def import_(file: Path, later: bool, warehouse: Path | None) -> int:
    """Take in a CSV FILE of mention_id, together (one label an event) and maybe note."""
    from pipelines.overrides import OverrideError, import_decisions

    try:
        count = import_decisions(open_warehouse(warehouse), file)
    except OverrideError as error:
        raise click.UsageError(harmless(str(error))) from None
    return _decided(f"{count} mentions decided", later, warehouse)


@command.command("forget")
@click.argument("mention_ids", nargs=-1, required=True, metavar="MENTION_ID...")
@_later
@warehouse_option
def forget(mention_ids: tuple[str, ...], later: bool, warehouse: Path | None) -> int:
    """Take decisions back."""
    from pipelines.overrides import forget as take_back

    count = take_back(open_warehouse(warehouse), mention_ids)
    return _decided(f"{count} decisions taken back", later, warehouse)


@command.command("list")
@warehouse_option
@click.option("--format", "output", type=click.Choice(["table", "csv", "json"]), default="table")
def list_(warehouse: Path | None, output: str) -> None:
    """List the decisions. As csv they can be imported elsewhere."""
    from pipelines.overrides import decisions

    print_frame(decisions(open_warehouse(warehouse)), output)


@command.command("apply")
@warehouse_option
def apply(warehouse: Path | None) -> int:
    """Make those events anew that decisions or new mentions change. Exit codes as those of `attache run`."""
    return _apply(warehouse)


def _decided(what: str, later: bool, warehouse: Path | None) -> int:
    if later:
        click.echo(f"{what}; `attache overrides apply` makes the events anew", err=True)
        return exit_codes.OK
    click.echo(what, err=True)
    return _apply(warehouse)


def _apply(warehouse: Path | None) -> int:
    from pipelines.runs import merge_now

    settings = settings_with(warehouse=warehouse)
    with Display(console(stderr=True), verbose=False) as display:
        outcome = merge_now(settings, display)
    for gate in outcome.blocked:
        click.echo(harmless(f"the gate of {gate.asset} blocked ({gate.check}): {gate.message}"), err=True)
    for step in outcome.failed:
        click.echo(harmless(f"{step.step}: {step.message}"), err=True)
    if outcome.success:
        click.echo("the events are made anew", err=True)
        return exit_codes.OK
    return (
        exit_codes.BUSY
        if outcome.warehouse_busy
        else exit_codes.FAILED
        if outcome.failed
        else exit_codes.GATE_BLOCKED
    )
