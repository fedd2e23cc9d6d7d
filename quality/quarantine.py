"""The quarantine: tables beside the real ones that keep the rows a gate has taken out, with the reason.

A quarantine table has the columns of its table and four more. It lives at ``quarantine.<schema>_<table>``. What is
moved there is decided in `quality/inspection.py`; listing, showing and dropping the rows is here.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass, field, fields, make_dataclass
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any, Protocol, get_type_hints

from assets.cleaned.documents.rows import DOCUMENTS as CLEANED_DOCUMENTS
from assets.cleaned.dropped_lines.rows import DROPPED_LINES
from assets.cleaned.spans.rows import SPANS
from assets.events.arms.rows import ARMS
from assets.events.claims.rows import CLAIMS
from assets.events.events.rows import EVENTS
from assets.events.mentions.rows import MENTIONS
from assets.events.second_opinions.rows import SECOND_OPINIONS
from assets.raw.documents.rows import DOCUMENTS as RAW_DOCUMENTS
from assets.table import Table
from assets.translated.segments.rows import SEGMENTS
from assets.warehouse import Upsert, Warehouse
from quality.releases import RELEASED_ROWS, ReleasedRow, row_key_sql

if TYPE_CHECKING:
    import duckdb

QUARANTINE_SCHEMA = "quarantine"
TAKEN_ALONG = "what it was read from went to quarantine out of "
"""How the reason of a row begins that went with what it was read from; the table's name follows."""

_EXTRA_COLUMNS: tuple[tuple[str, Any], ...] = (
    (
        "failed_expectation",
        Annotated[str, "What the row broke, as check.expectation; the first of several"],
    ),
    ("failed_because", Annotated[str, "Every reason why the row was taken out, in words"]),
    ("quarantined_by", Annotated[str, "The Dagster run that took the row out"]),
    ("quarantined_at", Annotated[datetime, "When the row was taken out (UTC)"]),
)


@cache
def quarantine_table(table: Table) -> Table:
    """The table that keeps the rows taken out of `table`: its columns, then why, by which run and when."""
    hints = get_type_hints(table.row_type, include_extras=True)
    own = [(f.name, hints[f.name], field()) for f in fields(table.row_type)]
    extra = [(name, hint, field()) for name, hint in _EXTRA_COLUMNS]
    row_type = make_dataclass(f"Quarantined{table.row_type.__name__}", own + extra, frozen=True)
    return Table(
        schema=QUARANTINE_SCHEMA,
        name=f"{table.schema}_{table.name}",
        row_type=row_type,
        key=(),  # a key may be what is wrong with a row, and a later batch may bring the same row again
        comment=f"Rows that a gate took out of {table.qualified_name}, with the reason",
    )


QUARANTINED_FROM: tuple[Table, ...] = (
    RAW_DOCUMENTS,
    CLEANED_DOCUMENTS,
    SPANS,
    DROPPED_LINES,
    SEGMENTS,
    MENTIONS,
    EVENTS,
    CLAIMS,
    ARMS,
    SECOND_OPINIONS,
)
"""The tables that rows can be taken out of."""

QUARANTINE_TABLES: tuple[Table, ...] = tuple(quarantine_table(table) for table in QUARANTINED_FROM)
"""Their quarantine tables, for the catalogue and the migrations."""


class QuarantineWarehouse(Warehouse, Protocol):
    """What moving rows needs of the warehouse: reading, and a transaction."""

    def transaction(self) -> AbstractContextManager[duckdb.DuckDBPyConnection]:
        """A connection inside a transaction that is committed on leaving, undone when anything is raised."""


@dataclass(frozen=True)
class QuarantinedGroup:
    """Rows taken out of one table and batch for the same first reason."""

    table: str
    batch: str | None
    failed_expectation: str
    rows: int
    failed_because: str
    quarantined_at: datetime


def list_quarantine(warehouse: Warehouse, table: str | None = None) -> list[QuarantinedGroup]:
    """What is in quarantine, by table (``schema.name``, all where None), batch and first reason, latest first.

    Raises KeyError, whose text names the tables there are, for a table that has no quarantine.
    """
    groups: list[QuarantinedGroup] = []
    for judged in QUARANTINED_FROM if table is None else (_quarantined_from(table),):
        batch = "batch" if judged.is_batched else "CAST(NULL AS VARCHAR)"
        found = warehouse.read(
            f"SELECT {batch} AS batch, failed_expectation, count(*) AS rows, "  # noqa: S608
            f"min(failed_because), max(quarantined_at) FROM {quarantine_table(judged).qualified_name} GROUP BY 1, 2"
        )
        groups += [QuarantinedGroup(judged.qualified_name, *row) for row in found.iter_rows()]
    return sorted(groups, key=lambda group: (group.quarantined_at, group.rows), reverse=True)


def show_quarantine(
    warehouse: Warehouse, table: str, batch: str | None = None, expectation: str | None = None, limit: int = 5
) -> list[dict[str, Any]]:
    """Rows in quarantine, latest first: why, then every column but bytes, which no terminal should be sent.

    Raises KeyError as `list_quarantine` does, ValueError for a batch of a table that has none.
    """
    judged = _quarantined_from(table)
    quarantine = quarantine_table(judged)
    first = ("failed_expectation", "failed_because", "quarantined_by", "quarantined_at")
    shown = [
        column.name for column in quarantine.columns if column.duckdb_type != "BLOB" and column.name not in first
    ]
    names = ", ".join(f'"{name}"' for name in (*first, *shown))
    keys = ", ".join(f'"{name}"' for name in judged.key)
    where, values = _where(judged, batch, expectation)
    found = warehouse.read(
        f"SELECT {names} FROM {quarantine.qualified_name}{where} ORDER BY quarantined_at DESC, {keys} LIMIT ?",  # noqa: S608
        [*values, limit],
    )
    return found.to_dicts()


@dataclass(frozen=True)
class Released:
    """What a release did. `batches` must be run again for the rows to flow on; `along` rows were not released, since
    they only went with what they were read from, out of the tables named."""

    rows: int
    batches: tuple[str, ...]
    along: int
    taken_along_from: tuple[str, ...]


def release_quarantined(
    warehouse: QuarantineWarehouse,
    table: str,
    released_by: str,
    now: datetime,
    batch: str | None = None,
    expectation: str | None = None,
    key: str | None = None,
    note: str | None = None,
) -> Released:
    """Let rows in quarantine through from now on: what they were taken out for no longer takes them out.

    They stay in quarantine until their batch is run again, which makes them anew and lets them flow on.
    `key` picks one row. Raises as `show_quarantine` does.
    """
    judged = _quarantined_from(table)
    where, values = _where(judged, batch, expectation)
    if key is not None:
        where += f"{' AND' if where else ' WHERE'} {row_key_sql(judged)} = ?"
        values.append(key)
    batches = "batch" if judged.is_batched else "CAST(NULL AS VARCHAR) AS batch"
    found = warehouse.read(
        f"SELECT {row_key_sql(judged)} AS row_key, failed_expectation, failed_because, {batches} "  # noqa: S608
        f"FROM {quarantine_table(judged).qualified_name}{where}",
        values,
    )
    own = [row for row in found.iter_rows(named=True) if not row["failed_because"].startswith(TAKEN_ALONG)]
    along = [
        row["failed_because"] for row in found.iter_rows(named=True) if row["failed_because"].startswith(TAKEN_ALONG)
    ]
    rows = {
        (row["row_key"], row["failed_expectation"]): ReleasedRow(
            judged.qualified_name, row["row_key"], row["failed_expectation"], note, released_by, now
        )
        for row in own
    }
    if rows:
        warehouse.write([Upsert(RELEASED_ROWS, RELEASED_ROWS.frame(rows.values()))])
    return Released(
        rows=len(rows),
        batches=tuple(sorted({row["batch"] for row in own if row["batch"] is not None})),
        along=len(along),
        taken_along_from=tuple(sorted({reason[len(TAKEN_ALONG) :].split(":")[0] for reason in along})),
    )


def drop_quarantined(
    warehouse: QuarantineWarehouse, table: str, batch: str | None = None, expectation: str | None = None
) -> int:
    """Forget rows in quarantine for good; how many they were. Their documents stay in `raw.documents`.

    Rows taken out of `raw.documents` itself are the documents: of those only the files of the corpus are left.
    Raises as `show_quarantine` does.
    """
    judged = _quarantined_from(table)
    where, values = _where(judged, batch, expectation)
    with warehouse.transaction() as connection:
        gone = connection.execute(f"DELETE FROM {quarantine_table(judged).qualified_name}{where}", values).fetchone()  # noqa: S608
    return int(gone[0]) if gone else 0


def _where(table: Table, batch: str | None, expectation: str | None) -> tuple[str, list[Any]]:
    if batch is not None and not table.is_batched:
        raise ValueError(f"{table.qualified_name} has no batches: leave the batch out")
    wanted = {"batch": batch, "failed_expectation": expectation}
    given = {name: value for name, value in wanted.items() if value is not None}
    conditions = " AND ".join(f"{name} = ?" for name in given)
    return (f" WHERE {conditions}" if given else ""), list(given.values())


def _quarantined_from(name: str) -> Table:
    for table in QUARANTINED_FROM:
        if name in (table.qualified_name, quarantine_table(table).qualified_name):
            return table
    raise KeyError(f"{name} has no quarantine; there are {', '.join(t.qualified_name for t in QUARANTINED_FROM)}")
