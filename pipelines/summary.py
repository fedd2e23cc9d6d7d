"""What a run left behind, in figures that a person or a script reads. Asked with SQL here, shown elsewhere."""

# ruff: noqa: S608 - names of tables come from the catalogue, values are parameters

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from assets.warehouse import Warehouse
from pipelines.catalogue import TABLES
from quality.quarantine import QUARANTINE_SCHEMA

_STAGES = ("raw", "cleaned", "translated", "events", "marts")

QUERIES: tuple[tuple[str, str], ...] = (
    (
        "The events told most often",
        "SELECT event_date, plover_type, source_country, target_country, status, mention_count "
        "FROM events ORDER BY mention_count DESC, event_date DESC LIMIT 10",
    ),
    (
        "Who did what to whom, with the sentence it was read from",
        "SELECT m.plover_type, m.source_text, m.target_text, m.evidence_text, d.publisher "
        "FROM mentions m JOIN documents d USING (document_id) ORDER BY m.confidence DESC LIMIT 5",
    ),
    (
        "What cleaning cut away, and why",
        "SELECT reason, count(*) AS lines, min(text) AS example "
        "FROM cleaned.dropped_lines GROUP BY reason ORDER BY lines DESC",
    ),
)
"""Three queries to try, each with what it answers."""


@dataclass(frozen=True)
class Checks:
    """How many expectations held. `blocked` ones stopped a run, `sorted_out` ones sent rows to quarantine."""

    passed: int
    warned: int
    sorted_out: int
    blocked: int


@dataclass(frozen=True)
class Summary:
    """The state of a warehouse, and what the given runs did to it."""

    documents_by_language: Mapping[str, int]
    rows: Mapping[str, int]
    checks: Checks
    quarantined: Mapping[str, int]
    quarantined_now: int
    rejected: Mapping[str, int]
    rejected_now: int
    rejected_example: str | None
    english_sentences: Mapping[str, int]
    pending_sentences: Mapping[str, int]
    pending_reason: str | None


def summarise(warehouse: Warehouse, run_ids: Sequence[str] = (), batches: Sequence[str] = ()) -> Summary:
    """The summary of a warehouse; `checks` and what is said of now count only the given runs and batches."""
    runs, now = [list(run_ids)], [list(batches)]
    checks = warehouse.read(
        "SELECT count(*) FILTER (passed) AS passed, count(*) FILTER (NOT passed AND level = 'warn') AS warned, "
        "count(*) FILTER (NOT passed AND level = 'row') AS sorted_out, "
        "count(*) FILTER (NOT passed AND level = 'block') AS blocked "
        "FROM ops.check_results WHERE run_id IN (SELECT unnest(?::VARCHAR[]))",
        runs,
    ).row(0, named=True)
    quarantine = [table for table in TABLES if table.schema == QUARANTINE_SCHEMA]
    quarantined_now = " UNION ALL ".join(f"SELECT quarantined_by FROM {table.qualified_name}" for table in quarantine)
    reason = warehouse.read(
        "SELECT reason FROM translated.segments WHERE status = 'pending' "
        "GROUP BY reason ORDER BY count(*) DESC, reason LIMIT 1"
    )
    example = warehouse.read(
        "SELECT message FROM raw.rejected WHERE batch IN (SELECT unnest(?::VARCHAR[])) "
        "ORDER BY count(*) OVER (PARTITION BY reason) DESC, reason, source_path, position LIMIT 1",
        now,
    )
    return Summary(
        documents_by_language=_counts(warehouse, "SELECT language, count(*) FROM cleaned.documents GROUP BY ALL"),
        rows=row_counts(warehouse),
        checks=Checks(**checks),
        quarantined={
            name: count
            for name, count in _counts(warehouse, _union(t.qualified_name for t in quarantine)).items()
            if count
        },
        quarantined_now=_number(
            warehouse,
            f"SELECT count(*) FROM ({quarantined_now}) WHERE quarantined_by IN (SELECT unnest(?::VARCHAR[]))",
            runs,
        ),
        rejected=_counts(warehouse, "SELECT reason, count(*) FROM raw.rejected GROUP BY ALL"),
        rejected_now=_number(
            warehouse, "SELECT count(*) FROM raw.rejected WHERE batch IN (SELECT unnest(?::VARCHAR[]))", now
        ),
        rejected_example=None if example.is_empty() else example["message"][0],
        english_sentences=_counts(
            warehouse,
            "SELECT CASE WHEN status <> 'poor' AND engine = 'draft' THEN 'draft' ELSE status END, count(*) "
            "FROM translated.segments WHERE status IN ('translated', 'poor') GROUP BY ALL",
        ),
        pending_sentences=_counts(
            warehouse, "SELECT language, count(*) FROM translated.segments WHERE status = 'pending' GROUP BY ALL"
        ),
        pending_reason=None if reason.is_empty() else reason["reason"][0],
    )


def row_counts(warehouse: Warehouse) -> dict[str, int]:
    """Rows of every table of the road, in its order."""
    names = [table.qualified_name for stage in _STAGES for table in TABLES if table.schema == stage]
    counts = _counts(warehouse, _union(names))
    return {name: counts[name] for name in names}


def _union(names: Iterable[str]) -> str:
    return " UNION ALL ".join(f"SELECT '{name}', count(*) FROM {name}" for name in names)


def _counts(warehouse: Warehouse, sql: str) -> dict[str, int]:
    """Name to count of a query of two columns, greatest first."""
    rows = warehouse.read(sql).rows()
    return {str(name): int(count) for name, count in sorted(rows, key=lambda row: (-row[1], str(row[0])))}


def _number(warehouse: Warehouse, sql: str, parameters: Sequence[object]) -> int:
    return int(warehouse.read(sql, parameters).row(0)[0])
