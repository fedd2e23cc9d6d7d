"""`attache actors`: names that no vocabulary knows yet."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from pipelines.cli.options import open_warehouse, warehouse_option
from pipelines.cli.tables import print_frame

_UNKNOWN = (
    "SELECT * FROM events.unknown_actors WHERE times >= ? AND (language = ? OR ? IS NULL) ORDER BY times DESC, name"
)


@click.group("actors")
def command() -> None:
    """Who is named in the events; `attache sql 'FROM actors'` lists the known ones."""


@command.command("unknown")
@click.option("--language", help="ISO 639-1 code; default: all.")
@click.option("--at-least", default=1, show_default=True, help="How often a name must have been met.")
@click.option(
    "--toml", "as_toml", is_flag=True, help="As stubs for a vocabulary's actors.toml, to be looked through."
)
@warehouse_option
def unknown(language: str | None, at_least: int, as_toml: bool, warehouse: Path | None) -> None:
    """List names that no vocabulary knows, the commonest first."""
    frame = open_warehouse(warehouse).read(_UNKNOWN, [at_least, language, language])
    if as_toml:
        for row in frame.iter_rows(named=True):
            click.echo(stub(row))
    else:
        print_frame(frame, "table")


def stub(row: dict[str, Any]) -> str:
    """An entry for `actors.toml`, as far as the pages tell it; a person of one role is taken for a person."""
    kind = "person" if row["titles"] else "group"
    # JSON's strings are TOML's but for a character that JSON may leave as it is: delete.
    quoted = {name: json.dumps(str(row[name] or ""), ensure_ascii=False).replace("\x7f", "\\u007f") for name in
              ("name", "country", "sector")}  # fmt: skip
    example = " ".join("".join(c if c.isprintable() else " " for c in (row["examples"] or [""])[0]).split())
    sector = quoted["sector"] if row["sector"] else '"UNK"'
    return (
        f"# {row['language']}, met {row['times']} times on {row['documents']} pages: {example}\n"
        f"[[{kind}]]\nname = {quoted['name']}\nsector = {sector}\ncountry = {quoted['country']}\n"
        f"words = [{quoted['name']}]\n"
    )
