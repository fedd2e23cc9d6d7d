"""Every table of the warehouse in one list, and what is derived from it: SQL, views, macros, the data dictionary.

A table is described by its row type; this module only gathers. ``python -m pipelines.catalogue sql raw.documents``
prints the CREATE TABLE to start a migration from; ``python -m pipelines.catalogue dictionary`` prints
`docs/data-dictionary.md`.
"""

# ruff: noqa: S608 - names of tables and columns come from the catalogue, values are parameters

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import dataclass

from assets.cleaned.documents.rows import DOCUMENTS as CLEANED_DOCUMENTS
from assets.cleaned.dropped_lines.rows import DROPPED_LINES
from assets.cleaned.page_lines.rows import PAGE_LINES
from assets.cleaned.signatures.rows import SIGNATURES
from assets.cleaned.spans.rows import SPANS
from assets.events.actors.rows import ACTORS
from assets.events.arms.rows import ARMS
from assets.events.claims.rows import CLAIMS
from assets.events.event_versions.rows import EVENT_VERSIONS, VERSION_COLUMNS
from assets.events.events.rows import EVENTS
from assets.events.mentions.rows import MENTIONS
from assets.events.overrides.rows import OVERRIDES
from assets.events.pairs.rows import PAIRS
from assets.events.second_opinions.rows import SECOND_OPINIONS
from assets.events.unknown_actors.rows import UNKNOWN_ACTORS
from assets.events.unknown_names.rows import UNKNOWN_NAMES
from assets.marts.actor_timeline.rows import ACTOR_TIMELINE
from assets.marts.arms_transfers.rows import ARMS_TRANSFERS
from assets.marts.country_pair_month.rows import COUNTRY_PAIR_MONTH
from assets.marts.coverage.rows import COVERAGE
from assets.marts.publisher_profile.rows import PUBLISHER_PROFILE
from assets.raw.documents.rows import DOCUMENTS as RAW_DOCUMENTS
from assets.raw.rejected.rows import REJECTED
from assets.raw.sightings.rows import SIGHTINGS
from assets.raw.superseded.rows import SUPERSEDED
from assets.review.verdicts.rows import VERDICT_TABLE
from assets.table import Table
from assets.translated.memory.rows import MEMORY
from assets.translated.segments.rows import SEGMENTS
from pipelines.operations import (
    BATCHES,
    FETCHED,
    FILES,
    MADE,
    MERGES,
    RULE_FILES,
    RUNS,
    SCHEMA_VERSION,
    SKIPPED_FILES,
)
from quality.quarantine import QUARANTINE_TABLES
from quality.releases import RELEASED_ROWS
from quality.results import CHECK_RESULTS

TABLES: tuple[Table, ...] = (
    RAW_DOCUMENTS,
    REJECTED,
    SIGHTINGS,
    SUPERSEDED,
    CLEANED_DOCUMENTS,
    SPANS,
    DROPPED_LINES,
    SIGNATURES,
    PAGE_LINES,
    SEGMENTS,
    MEMORY,
    MENTIONS,
    EVENTS,
    EVENT_VERSIONS,
    PAIRS,
    OVERRIDES,
    CLAIMS,
    ACTORS,
    UNKNOWN_NAMES,
    UNKNOWN_ACTORS,
    ARMS,
    SECOND_OPINIONS,
    VERDICT_TABLE,
    COUNTRY_PAIR_MONTH,
    ACTOR_TIMELINE,
    ARMS_TRANSFERS,
    PUBLISHER_PROFILE,
    COVERAGE,
    *QUARANTINE_TABLES,
    FILES,
    SKIPPED_FILES,
    BATCHES,
    MERGES,
    RUNS,
    RULE_FILES,
    MADE,
    FETCHED,
    CHECK_RESULTS,
    RELEASED_ROWS,
    SCHEMA_VERSION,
)

SCHEMAS: dict[str, str] = {
    "raw": "Documents exactly as received, and inputs that could not be read",
    "cleaned": "Pages without their furniture, and what was cut away",
    "translated": "Sentences beside their English",
    "events": "Coded events: one by one as sentences tell them, and merged",
    "marts": "What people plot: small tables made from the events, sorted for their questions",
    "review": "What people say of coded rows",
    "quarantine": "Rows that a gate took out, with the reason",
    "ops": "The pipeline's own books: files, batches, runs, checks, schema version",
}


def quoted_names(names: Iterable[str]) -> str:
    """Column names as SQL lists them; some of ours (`end`) are words of SQL."""
    return ", ".join(f'"{name}"' for name in names)


@dataclass(frozen=True)
class View:
    """A short name in `main` for a table that users ask for most."""

    name: str
    table: Table

    @property
    def sql(self) -> str:
        """The statement that makes the view."""
        columns = quoted_names(self.table.column_names)
        return f"CREATE OR REPLACE VIEW main.{self.name} AS SELECT {columns} FROM {self.table.qualified_name}"


VIEWS: tuple[View, ...] = (
    View("documents", CLEANED_DOCUMENTS),
    View("segments", SEGMENTS),
    View("mentions", MENTIONS),
    View("events", EVENTS),
    View("claims", CLAIMS),
    View("actors", ACTORS),
    View("unknown_actors", UNKNOWN_ACTORS),
    View("arms", ARMS),
    View("country_pair_month", COUNTRY_PAIR_MONTH),
    View("actor_timeline", ACTOR_TIMELINE),
    View("arms_transfers", ARMS_TRANSFERS),
    View("publisher_profile", PUBLISHER_PROFILE),
    View("coverage", COVERAGE),
)


@dataclass(frozen=True)
class Macro:
    """A question with parameters that is asked like a table."""

    name: str
    parameters: tuple[str, ...]
    query: str
    comment: str

    @property
    def sql(self) -> str:
        """The statement that makes the macro."""
        return f"CREATE OR REPLACE MACRO main.{self.name}({', '.join(self.parameters)}) AS TABLE {self.query}"


_EVENT_COLUMNS = f"* EXCLUDE ({quoted_names(VERSION_COLUMNS)})"
MACROS: tuple[Macro, ...] = (
    Macro(
        "events_as_of",
        ("moment",),
        f"SELECT {_EVENT_COLUMNS} FROM events.event_versions "
        "WHERE valid_from <= moment AND (valid_to IS NULL OR valid_to > moment)",
        "Rows of events as they stood at a moment (UTC): SELECT * FROM events_as_of(TIMESTAMP '2026-11-01')",
    ),
    Macro(
        "events_after_run",
        ("number",),
        f"SELECT v.{_EVENT_COLUMNS} FROM events.event_versions AS v, "
        "(SELECT ended_at FROM ops.runs WHERE run = number) AS r "
        "WHERE v.valid_from <= r.ended_at AND (v.valid_to IS NULL OR v.valid_to > r.ended_at)",
        "Rows of events as a run left them: SELECT * FROM events_after_run(3)",
    ),
)


def table_named(qualified_name: str) -> Table:
    """The table called `schema.name`. Raises KeyError with the names there are."""
    for table in TABLES:
        if table.qualified_name == qualified_name:
            return table
    raise KeyError(f"no table {qualified_name}; there are {', '.join(t.qualified_name for t in TABLES)}")


def create_table_sql(table: Table) -> str:
    """The CREATE TABLE statement of a table, from which a migration starts."""
    lines = [
        f'    "{column.name}" {column.duckdb_type}{"" if column.nullable else " NOT NULL"}'
        for column in table.columns
    ]
    if table.key:
        lines.append(f"    PRIMARY KEY ({quoted_names(table.key)})")
    return f"CREATE TABLE {table.qualified_name} (\n" + ",\n".join(lines) + "\n);\n"


def data_dictionary() -> str:
    """The text of `docs/data-dictionary.md`."""
    parts = [
        "# Data dictionary",
        "Every table and column of the warehouse. Made from the row types by "
        "`python -m pipelines.catalogue dictionary`; the same words stand as comments inside the warehouse "
        "(`duckdb_tables()`, `duckdb_columns()`). Timestamps are UTC without a zone; offsets count characters "
        "(Unicode code points) and are half-open. `SELECT * FROM documents`, `segments`, `mentions` and `events` are "
        "short for the tables that say so below.",
    ]
    short_names = {view.table: view.name for view in VIEWS}
    for schema, comment in SCHEMAS.items():
        parts.append(f"## {schema}\n\n{comment}.")
        parts += [_dictionary_table(t, short_names.get(t)) for t in TABLES if t.schema == schema]
    parts.append("## Macros\n\nAsked like tables, with what they are to look for in brackets.")
    parts += [f"### {macro.name}({', '.join(macro.parameters)})\n\n{macro.comment}." for macro in MACROS]
    return "\n\n".join(parts) + "\n"


def _dictionary_table(table: Table, short_name: str | None) -> str:
    alias = f" Short name: `{short_name}`." if short_name else ""
    key = f" Key: `{', '.join(table.key)}`." if table.key else " No key."
    rows = [
        f"| `{c.name}` | {c.duckdb_type} | {'yes' if c.nullable else 'no'} | {c.comment.replace('|', '&#124;')} |"
        for c in table.columns
    ]
    head = "| column | type | may be null | what it is |\n|---|---|---|---|\n"
    return f"### {table.qualified_name}\n\n{table.comment}.{key}{alias}\n\n{head}" + "\n".join(rows)


def _main(arguments: list[str]) -> int:
    match arguments:
        case ["sql", *names]:
            chosen = [table_named(name) for name in names] or list(TABLES)
            sys.stdout.write("\n".join(create_table_sql(table) for table in chosen))
        case ["dictionary"]:
            sys.stdout.write(data_dictionary())
        case _:
            sys.stderr.write("usage: python -m pipelines.catalogue (sql [TABLE ...] | dictionary)\n")
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(_main(sys.argv[1:]))
