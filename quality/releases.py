"""Rows that a person has let through although they break a rule: the row type, and how a row is known again.

A row is made anew whenever its batch is run; its key is a hash of its content, so the release holds as long as the
content does. It holds for one expectation only: what else may be wrong with the row is judged as ever.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Annotated

import polars as pl

from assets.table import Table
from quality.judge import Verdict
from quality.rules import Level

_BETWEEN = "\x1f"


@dataclass(frozen=True)
class ReleasedRow:
    """One row of one table that one expectation no longer takes out."""

    table_name: Annotated[str, "The table, as schema.name"]
    row_key: Annotated[str, "The row's key; of several columns joined by the character U+001F"]
    expectation: Annotated[str, "What the row may break, as check.expectation"]
    note: Annotated[str | None, "Why it was released"]
    released_by: Annotated[str, "Who released it"]
    released_at: Annotated[datetime, "When (UTC)"]


RELEASED_ROWS = Table(
    schema="ops",
    name="released_rows",
    row_type=ReleasedRow,
    key=("table_name", "row_key", "expectation"),
    comment="One row is a person's word that a row of a table may break an expectation",
)

Releases = frozenset[tuple[str, str]]
"""Row key and full name of the expectation, for one table."""


def row_key_sql(table: Table) -> str:
    """SQL for the key of a row of the table."""
    columns = ", ".join(f'CAST("{name}" AS VARCHAR)' for name in table.key)
    return f"concat_ws(chr(31), {columns})"


def without_released(
    verdicts: Sequence[Verdict], frame: pl.DataFrame, table: Table, releases: Releases
) -> list[Verdict]:
    """The verdicts as if released rows had not broken what they were released from."""
    if not releases:
        return list(verdicts)
    keys = frame.select(
        pl.concat_str([pl.col(name).cast(pl.String) for name in table.key], separator=_BETWEEN)
    ).to_series()
    return [_without(verdict, keys, releases) if verdict.failing else verdict for verdict in verdicts]


def _without(verdict: Verdict, keys: pl.Series, releases: Releases) -> Verdict:
    if verdict.rule.level is not Level.ROW:
        return verdict
    name = verdict.rule.full_name
    failing = tuple(number for number in verdict.failing if (keys[number], name) not in releases)
    return replace(verdict, failing=failing, passed=not failing)
