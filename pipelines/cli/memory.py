"""`attache memory`: people's corrections into the translation memory, and the memory out for translation tools.

Files are read and written in `assets.translated.memory.exchange`.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipelines.cli import exit_codes
from pipelines.cli.options import json_option, open_warehouse, warehouse_option
from pipelines.cli.tables import print_json
from pipelines.cli.text import harmless

if TYPE_CHECKING:
    from assets.translated.memory.exchange import Skipped
    from assets.translated.memory.rows import MemoryEntry
    from pipelines.warehouse import DuckDBWarehouse

_SHOWN_SKIPPED = 5
_EXISTING = click.Path(path_type=Path, dir_okay=False, exists=True)
_strict_option = click.option("--strict", is_flag=True, help="Exit with 1 if any part of the file was left out.")


@click.group("memory")
def command() -> None:
    """The translation memory: corrections by people, exchange with translation tools."""


@command.command("correct")
@click.argument("file", type=_EXISTING, metavar="[FILE.csv]", required=False)
@click.option("--lang", help="Language (ISO 639-1) of the one sentence to correct.")
@click.option("--source", metavar="TEXT", help="The sentence as it stands in its language.")
@click.option("--english", metavar="TEXT", help="Its right English.")
@_strict_option
@warehouse_option
@json_option
def correct(
    file: Path | None,
    lang: str | None,
    source: str | None,
    english: str | None,
    strict: bool,
    warehouse: Path | None,
    as_json: bool,
) -> int:
    """Take people's corrections: one sentence by --lang, --source and --english, or a CSV file with these columns.

    A correction outranks every engine from the next translation of its sentence on; a later one for the same sentence
    replaces it. Lines that cannot be used are named and left out; of a file that cannot be read nothing is taken.
    """
    from assets.translated.memory.exchange import one_correction, read_corrections

    given = (lang, source, english)
    if (file is None) == (None in given) or (file is not None and any(given)):
        raise click.UsageError("give a FILE.csv, or all of --lang, --source and --english")
    if file is not None:
        return _take(read_corrections(file), open_warehouse(warehouse), strict, as_json)
    return _take(iter([one_correction(*given)]), open_warehouse(warehouse), True, as_json)


@command.command("import")
@click.argument("file", type=_EXISTING, metavar="FILE.tmx")
@_strict_option
@warehouse_option
@json_option
def import_tmx(file: Path, strict: bool, warehouse: Path | None, as_json: bool) -> int:
    """Take the translations of a TMX file that pair English with another language, as a person's.

    What `attache memory export` marked as an engine's work is left out: it is no person's word.
    """
    from assets.translated.memory.exchange import read_tmx

    return _take(read_tmx(file), open_warehouse(warehouse), strict, as_json)


@command.command("export")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE.tmx")
@warehouse_option
def export_tmx(file: Path, warehouse: Path | None) -> None:
    """Write the memory to a TMX 1.4 file, which appears only when it is complete."""
    import duckdb

    from assets.translated.memory.exchange import write_tmx
    from assets.translated.memory.rows import MEMORY

    if not file.absolute().parent.is_dir():
        raise click.UsageError(f"the folder {file.absolute().parent} does not exist")
    source = open_warehouse(warehouse)
    query = f"SELECT * FROM {MEMORY.qualified_name} ORDER BY language, source_key, memory_id"  # noqa: S608 - our own name
    try:
        entries = MEMORY.rows(source.read(query))
    except duckdb.CatalogException:
        raise click.UsageError(f"{source.path} has no translation memory; `attache run` makes it") from None
    part = file.absolute().with_name(f".{file.name}.{os.getpid()}.part")
    try:
        count = write_tmx(entries, part)
        part.replace(file)
    finally:
        part.unlink(missing_ok=True)
    click.echo(f"{count:,} translations written to {file}", err=True)


def _take(
    parts: Iterator[MemoryEntry | Skipped],
    warehouse: DuckDBWarehouse,
    strict: bool,
    as_json: bool,
) -> int:
    entries, skipped = _read(parts)
    new, changed = _keep(entries, warehouse)
    same = len(entries) - new - changed
    if as_json:
        left_out = [{"where": part.where, "reason": part.reason} for part in skipped]
        print_json({"new": new, "changed": changed, "unchanged": same, "skipped": left_out})
    else:
        _tell_skipped(skipped)
        click.echo(f"{new:,} new, {changed:,} changed, {same:,} known already, {len(skipped):,} left out")
        if new or changed:
            click.echo(
                "They serve from the next translation on; for a batch that is done, materialise translated_segments "
                "of it in `attache ui`.",
                err=True,
            )
    return exit_codes.GATE_BLOCKED if strict and skipped else exit_codes.OK


def _read(parts: Iterator[MemoryEntry | Skipped]) -> tuple[dict[str, MemoryEntry], list[Skipped]]:
    """The whole file, before the warehouse is touched; of several entries for one sentence the last."""
    from assets.translated.memory.exchange import ExchangeError, Skipped

    entries: dict[str, MemoryEntry] = {}
    skipped: list[Skipped] = []
    try:
        for found in parts:
            if isinstance(found, Skipped):
                skipped.append(found)
            else:
                entries[found.memory_id] = found
    except ExchangeError as error:
        raise click.UsageError(harmless(str(error))) from None
    return entries, skipped


def _keep(entries: dict[str, MemoryEntry], warehouse: DuckDBWarehouse) -> tuple[int, int]:
    """Write what is new or says something else, in one transaction; how many of each."""
    from assets.translated.memory.memory import MEMORY_QUERY
    from assets.translated.memory.rows import MEMORY
    from assets.warehouse import Upsert
    from pipelines.warehouse import WarehouseMissing

    if not Path(warehouse.path).exists():  # migrating would make one, also where its name was mistyped
        raise WarehouseMissing(f"There is no warehouse {warehouse.path} yet; `attache run` makes it.")
    warehouse.migrate()
    keys = sorted({entry.source_key for entry in entries.values()})
    known = {entry.memory_id: entry for entry in MEMORY.rows(warehouse.read(MEMORY_QUERY, [keys]))}
    new = [entry for key, entry in entries.items() if key not in known]
    changed = [e for key, e in entries.items() if key in known and known[key].english_text != e.english_text]
    if new or changed:
        warehouse.write([Upsert(MEMORY, MEMORY.frame([*new, *changed]))])
    return len(new), len(changed)


def _tell_skipped(skipped: Iterable[Skipped]) -> None:
    parts = list(skipped)
    for part in parts[:_SHOWN_SKIPPED]:
        click.echo(harmless(f"left out: {part.where}: {part.reason}"), err=True)
    if len(parts) > _SHOWN_SKIPPED:
        click.echo(f"… and {len(parts) - _SHOWN_SKIPPED} more; --json names all", err=True)
