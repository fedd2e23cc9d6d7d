"""Frames on the terminal, as CSV, as JSON Lines. Untrusted text is made harmless for each."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import click
from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from pipelines.cli.text import harmless, without_formula

if TYPE_CHECKING:
    import polars as pl

_CELL_CHARACTERS = 300
_NOT_A_TERMINAL_WIDTH = 160


def console(stderr: bool = False) -> Console:
    """A console that takes nothing for markup; wide where there is no terminal to be as wide as."""
    made = Console(stderr=stderr, markup=False, highlight=False, emoji=False, soft_wrap=False)
    if not made.is_terminal:
        made = Console(
            stderr=stderr, markup=False, highlight=False, emoji=False, width=_NOT_A_TERMINAL_WIDTH, no_color=True
        )
    return made


def print_table(columns: Sequence[str], rows: Iterable[Sequence[Any]], characters: int = _CELL_CHARACTERS) -> None:
    """Rows as a table with aligned columns; a cell shows at most so many characters."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for column in columns:
        table.add_column(Text(harmless(column)), overflow="fold")
    for row in rows:
        table.add_row(*(_cell(value, characters) for value in row))
    console().print(table)


def print_frame(frame: pl.DataFrame, output: str) -> None:
    """A frame as `table`, `csv` or `json` (JSON Lines)."""
    if output == "csv":
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(frame.columns)
        writer.writerows([_for_csv(value) for value in row] for row in frame.iter_rows())
    elif output == "json":
        for record in frame.iter_rows(named=True):
            click.echo(json.dumps(record, ensure_ascii=False, default=jsonable))
    else:
        print_table(frame.columns, frame.iter_rows())


def print_json(value: Any) -> None:
    """One JSON document, indented."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2, default=jsonable))


def jsonable(value: Any) -> Any:
    """What JSON has no type for, as text."""
    if isinstance(value, bytes):
        import base64

        return base64.b64encode(value).decode()
    if isinstance(value, date | datetime):
        return value.isoformat()
    return str(value)


def _for_csv(value: Any) -> Any:
    if isinstance(value, str):
        return without_formula(value)
    if isinstance(value, list | dict):
        return without_formula(json.dumps(value, ensure_ascii=False, default=jsonable))
    return jsonable(value) if isinstance(value, bytes) else value


def _cell(value: Any, characters: int) -> Text:
    if value is None:
        return Text("")
    if isinstance(value, bytes):
        return Text(f"{len(value)} bytes")
    if isinstance(value, float):
        return Text(f"{value:.6g}")
    if isinstance(value, list):
        value = ", ".join(_strings(value))
    text = harmless(str(value))
    return Text(text if len(text) <= characters else text[: characters - 1] + "…")


def _strings(values: Iterable[Any]) -> Iterator[str]:
    return (str(value) for value in values)
