"""`attache quarantine`: the rows that gates have taken out. The tables are asked in `quality.quarantine`."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any, TypeVar

import click

from pipelines.cli.options import json_option, open_warehouse, warehouse_option
from pipelines.cli.tables import print_json, print_table

Command = TypeVar("Command", bound=Callable[..., Any])

_CELL_CHARACTERS = 2000


def _filters(function: Command) -> Command:
    """`--batch` and `--expectation`."""
    batch = click.option("--batch", metavar="NAME", help="Only rows of this batch.")
    expectation = click.option(
        "--expectation", metavar="CHECK.RULE", help="Only rows taken out for this reason, as `list` names it."
    )
    return batch(expectation(function))


@click.group("quarantine")
def command() -> None:
    """Rows that the gates took out: list, look at, let through and forget them."""


@command.command("list")
@click.argument("table", required=False)
@warehouse_option
@json_option
def list_groups(table: str | None, warehouse: Path | None, as_json: bool) -> None:
    """List what is in quarantine, of TABLE (such as events.mentions) or of all, by batch and reason."""
    from quality.quarantine import list_quarantine

    with _explained():
        groups = list_quarantine(open_warehouse(warehouse), table)
    if as_json:
        print_json([asdict(group) for group in groups])
    elif not groups:
        click.echo("Nothing is in quarantine.", err=True)
    else:
        print_table(
            ("table", "batch", "expectation", "rows", "because (of one of them)", "latest (UTC)"),
            [
                (g.table, g.batch, g.failed_expectation, g.rows, g.failed_because, f"{g.quarantined_at:%F %T}")
                for g in groups
            ],
        )


@command.command("show")
@click.argument("table")
@_filters
@click.option("--limit", type=click.IntRange(min=1), default=5, show_default=True, metavar="N", help="Most rows.")
@warehouse_option
@json_option
def show(
    table: str, batch: str | None, expectation: str | None, limit: int, warehouse: Path | None, as_json: bool
) -> None:
    """Show rows in quarantine of TABLE, latest first: why they were taken out, and every column but bytes."""
    from quality.quarantine import show_quarantine

    with _explained():
        rows = show_quarantine(open_warehouse(warehouse), table, batch, expectation, limit)
    if as_json:
        print_json(rows)
        return
    if not rows:
        click.echo("Nothing like that is in quarantine.", err=True)
    for row in rows:
        print_table(
            ("column", "value"), [(name, v) for name, v in row.items() if v is not None], characters=_CELL_CHARACTERS
        )


@command.command("release")
@click.argument("table")
@_filters
@click.option("--key", metavar="KEY", help="Only the row with this key (as `show` tells it).")
@click.option("--note", metavar="TEXT", help="Why; kept in ops.released_rows.")
@warehouse_option
@json_option
def release(
    table: str,
    batch: str | None,
    expectation: str | None,
    key: str | None,
    note: str | None,
    warehouse: Path | None,
    as_json: bool,
) -> None:
    """Let rows in quarantine of TABLE through: what they were taken out for no longer takes them out.

    Their batches are pending then; the next `attache run` makes them anew, and they flow on. A row that breaks
    another rule as well is taken out for that one.
    """
    from datetime import UTC, datetime

    from pipelines.intake import mark_pending
    from pipelines.review import reviewer_name
    from quality.quarantine import release_quarantined

    source = open_warehouse(warehouse)
    now = datetime.now(UTC).replace(tzinfo=None)
    with _explained():
        released = release_quarantined(source, table, reviewer_name(), now, batch, expectation, key, note)
    mark_pending(source, released.batches)
    if as_json:
        print_json(asdict(released))
        return
    if released.along:
        click.echo(
            f"{released.along:,} rows only went along with what they were read from; "
            f"release that in {', '.join(released.taken_along_from)}",
            err=True,
        )
    click.echo(f"{released.rows:,} rows of {table} released")
    if released.batches:
        click.echo(f"Pending again: {', '.join(released.batches)}. `attache run` lets them flow on.", err=True)


@command.command("drop")
@click.argument("table")
@_filters
@click.option("--yes", is_flag=True, help="Do not ask.")
@warehouse_option
@json_option
def drop(
    table: str, batch: str | None, expectation: str | None, yes: bool, warehouse: Path | None, as_json: bool
) -> None:
    """Forget rows in quarantine of TABLE for good. Their pages stay in raw.documents, unless that is the TABLE.

    Asks first; where there is no terminal to ask on, --yes is needed.
    """
    from quality.quarantine import drop_quarantined, list_quarantine, show_quarantine

    source = open_warehouse(warehouse)
    with _explained():
        show_quarantine(source, table, batch, expectation, limit=1)  # refuses what makes no sense
        count = sum(
            group.rows
            for group in list_quarantine(source, table)
            if batch in (None, group.batch) and expectation in (None, group.failed_expectation)
        )
        if count and not yes:
            _ask(count, table)
        gone = drop_quarantined(source, table, batch, expectation) if count else 0
    if as_json:
        print_json({"dropped": gone})
    else:
        click.echo(f"{gone:,} rows dropped from the quarantine of {table}")


def _ask(count: int, table: str) -> None:
    question = f"{count:,} rows would leave the quarantine of {table} for good"
    if not sys.stdin.isatty():
        raise click.UsageError(f"{question}; add --yes if that is meant")
    click.confirm(f"{question}. Drop them?", abort=True, err=True)


@contextmanager
def _explained() -> Iterator[None]:
    """A wrong table, a batch where there are none, a warehouse without quarantine: in words."""
    import duckdb

    try:
        yield
    except KeyError as error:
        raise click.UsageError(str(error.args[0])) from None
    except ValueError as error:
        raise click.UsageError(str(error)) from None
    except duckdb.CatalogException:
        raise click.UsageError("the warehouse has no quarantine of that table yet; `attache run` makes it") from None
