"""The quarantine: tables beside the real ones that keep the rows a gate has taken out, with the reason.

A quarantine table has the columns of its table and four more. It lives at ``quarantine.<schema>_<table>``. What is
moved there is decided in `quality/gates.py`; listing and showing the rows is here.
"""

from __future__ import annotations

from dataclasses import field, fields, make_dataclass
from datetime import datetime
from functools import cache
from typing import Annotated, Any, get_type_hints

from assets.cleaned.documents.rows import DOCUMENTS as CLEANED_DOCUMENTS
from assets.cleaned.dropped_lines.rows import DROPPED_LINES
from assets.cleaned.spans.rows import SPANS
from assets.events.events.rows import EVENTS
from assets.events.mentions.rows import MENTIONS
from assets.raw.documents.rows import DOCUMENTS as RAW_DOCUMENTS
from assets.table import Table
from assets.translated.segments.rows import SEGMENTS

QUARANTINE_SCHEMA = "quarantine"

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
)
"""The tables that rows can be taken out of."""

QUARANTINE_TABLES: tuple[Table, ...] = tuple(quarantine_table(table) for table in QUARANTINED_FROM)
"""Their quarantine tables, for the catalogue and the migrations."""
