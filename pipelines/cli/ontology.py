"""`attache ontology`: what the event types mean."""

from __future__ import annotations

import click

from pipelines.cli.options import json_option, read_own_vocabulary
from pipelines.cli.tables import print_json, print_table

_QUADS = {1: "verbal cooperation", 2: "material cooperation", 3: "verbal conflict", 4: "material conflict"}


@click.group("ontology")
def command() -> None:
    """The PLOVER ontology: types, modes, contexts, sectors, CAMEO codes."""
    read_own_vocabulary()


@command.command("list")
def list_types() -> None:
    """List the event types."""
    from assets.vocabulary.plover import load_ontology

    types = load_ontology().types
    print_table(
        ("type", "class", "scale", "CAMEO", "what it is"),
        [(name, _QUADS[t.quad], t.scale, t.cameo, t.definition) for name, t in types.items()],
    )


@command.command("show")
@click.argument("name", metavar="TYPE")
@json_option
def show(name: str, as_json: bool) -> None:
    """Show one event type: definition, examples, modes with their figures and CAMEO codes."""
    from assets.vocabulary.plover import load_ontology

    types = load_ontology().types
    entry = types.get(name.upper())
    if entry is None:
        raise click.UsageError(f"there is no type {name!r}; there are {', '.join(types)}")
    if as_json:
        print_json({"type": name.upper(), **entry.model_dump()})
        return
    click.echo(f"{name.upper()}: {_QUADS[entry.quad]}, {entry.scale:+g} on the scale, CAMEO {entry.cameo}")
    click.echo(f"\n{entry.definition}")
    if entry.recipient_required:
        click.echo("It needs someone who is acted upon.")
    if entry.future_of:
        click.echo(f"A promise of {', '.join(entry.future_of)} is coded as {name.upper()}.")
    click.echo("\nFor example:")
    for example in entry.examples:
        click.echo(f"  {example}")
    if entry.modes:
        click.echo()
        modes = [(name, mode.scale, mode.cameo, mode.example) for name, mode in entry.modes.items()]
        print_table(("mode", "scale", "CAMEO", "for example"), modes)
