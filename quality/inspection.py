"""Judges one batch of one table as it stands in the warehouse, and acts on it.

Rows that break a row rule move to quarantine together with what was read from them, and every verdict goes to
`ops.check_results`, all in one transaction: to open the file a second time costs as much as to judge.
Nothing here knows of Dagster: `quality/gates.py` turns an inspection into asset checks.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import polars as pl

from assets.cleaned.documents.copies.clusters import let_go
from assets.cleaned.documents.rows import DOCUMENTS as CLEANED_DOCUMENTS
from assets.cleaned.dropped_lines.rows import DROPPED_LINES
from assets.cleaned.spans.rows import SPANS
from assets.events.event_versions.keep import take_back
from assets.events.events.rows import EVENTS
from assets.events.mentions.rows import MENTIONS
from assets.raw.documents.rows import DOCUMENTS as RAW_DOCUMENTS
from assets.table import Table
from assets.translated.segments.rows import SEGMENTS
from assets.warehouse import Query
from quality.judge import Verdict, judge
from quality.quarantine import QUARANTINED_FROM, TAKEN_ALONG, QuarantineWarehouse, quarantine_table
from quality.releases import RELEASED_ROWS, without_released
from quality.results import CHECK_RESULTS, WHOLE_TABLE, CheckResult
from quality.rules import Level
from quality.suite import Suite, Surroundings
from quality.thresholds import Thresholds

if TYPE_CHECKING:
    import duckdb

SAMPLE_ROWS = 5
_LONGEST_VALUE = 160
_PAGE, _SOURCE = "document_id", "source_path"


@dataclass(frozen=True)
class _Link:
    """Rows of `table` that cannot stay when the rows they were read from go: those alike in `columns`."""

    table: Table
    columns: tuple[str, ...] = ("document_id",)


# What goes with a row that is taken out. A page with a wrong span goes whole: nothing on it could be traced.
_READ_FROM_PAGE = (_Link(SPANS), _Link(DROPPED_LINES), _Link(SEGMENTS), _Link(MENTIONS))
_GOES_ALONG: Mapping[Table, tuple[_Link, ...]] = {
    RAW_DOCUMENTS: (_Link(CLEANED_DOCUMENTS), *_READ_FROM_PAGE),
    CLEANED_DOCUMENTS: _READ_FROM_PAGE,
    SPANS: (_Link(CLEANED_DOCUMENTS), *_READ_FROM_PAGE),
    SEGMENTS: (_Link(MENTIONS, ("segment_id",)),),
}


@dataclass(frozen=True)
class Finding:
    """One rule's verdict with what the reader is shown: a message, and up to five rows that broke it."""

    verdict: Verdict
    message: str
    samples: tuple[Mapping[str, str], ...] = ()


@dataclass(frozen=True)
class Inspection:
    """What a gate found in one batch of one table."""

    suite: Suite
    batch: str | None
    row_count: int
    findings: tuple[Finding, ...]
    taken_out: int = 0
    moved: Mapping[str, int] = field(default_factory=dict)
    """Rows moved to quarantine, by the table they were in: those that failed, and those read from them."""

    @property
    def blocks(self) -> bool:
        """Whether what comes after must not run."""
        return any(f.verdict.rule.level is Level.BLOCK and not f.verdict.passed for f in self.findings)

    def of_check(self, check: str) -> list[Finding]:
        """The findings of one check, in the order of the suite."""
        return [finding for finding in self.findings if finding.verdict.rule.check == check]


def inspect(
    warehouse: QuarantineWarehouse,
    suite: Suite,
    batch: str | None,
    run_id: str,
    thresholds: Thresholds,
    fresh: bool = True,
) -> Inspection:
    """Judge a batch (or the whole of a table without batches, where `batch` is None), and act on it.

    Failing rows move to quarantine, and the results are kept.

    `fresh`: the table was made in this run, so what earlier runs took out of this batch is out of date and goes.
    Raises ThresholdsError for a level that a rule cannot have, and whatever the warehouse raises.
    """
    if batch is None and suite.table.is_batched:
        raise ValueError(f"{suite.table.qualified_name} is judged batch by batch: name one")
    now = datetime.now(UTC).replace(tzinfo=None)
    with warehouse.transaction() as connection:
        inspection, taken_out = _examine(_query_on(connection), suite, batch, thresholds, now)
        results = CHECK_RESULTS.frame(check_results(inspection, run_id, now))
        mover = _Mover(connection, batch, run_id, now)
        if fresh:
            mover.forget_earlier(suite.table)
        moved = mover.take_out(suite.table, taken_out) if taken_out.height else {}
        _keep_results(connection, results)
    return Inspection(suite, batch, inspection.row_count, inspection.findings, taken_out.height, moved)


def _query_on(connection: duckdb.DuckDBPyConnection) -> Query:
    return lambda sql, parameters=(): connection.execute(sql, list(parameters)).pl()


def _examine(
    query: Query, suite: Suite, batch: str | None, thresholds: Thresholds, now: datetime
) -> tuple[Inspection, pl.DataFrame]:
    # DuckDB wants as many values as the query has parameters; without a batch the row query has none.
    frame = query(suite.query(batch), [] if batch is None else [batch])
    surroundings = Surroundings(
        thresholds=thresholds,
        now=now,
        references={name: query(sql, [batch]) for name, sql in suite.references.items()},
        history=_history(query, suite.table, batch, thresholds),
        releases=_releases(query, suite.table),
    )
    inspection, taken_out = examine_frame(suite, frame, surroundings, batch)
    return _with_sources(query, inspection), taken_out


def _with_sources(query: Query, inspection: Inspection) -> Inspection:
    """The inspection with the rows it shows naming the file of their page: that is what people mend."""
    shown = {row[_PAGE] for finding in inspection.findings for row in finding.samples if _PAGE in row}
    if not shown:
        return inspection
    sql = f"SELECT document_id, source_path FROM {RAW_DOCUMENTS.qualified_name} WHERE document_id IN "  # noqa: S608
    found = query(f"{sql}(SELECT unnest(?::VARCHAR[]))", [sorted(shown)])
    paths = {page: _shortened(path) for page, path in found.iter_rows()}

    def named(row: Mapping[str, str]) -> Mapping[str, str]:
        return {**row, _SOURCE: paths.get(row[_PAGE], _shortened(None))} if _PAGE in row else row

    findings = tuple(replace(f, samples=tuple(map(named, f.samples))) for f in inspection.findings)
    return replace(inspection, findings=findings)


def examine_frame(
    suite: Suite, frame: pl.DataFrame, surroundings: Surroundings, batch: str | None
) -> tuple[Inspection, pl.DataFrame]:
    """Judge a frame of the table's rows by its suite. Plain values in, plain values out."""
    prepared = suite.prepared(frame, surroundings)
    judged = judge(prepared, suite.rules(surroundings))
    verdicts = without_released(judged, prepared, suite.table, surroundings.releases)
    taken_out = _rows_to_take_out(suite, prepared, verdicts)
    kept = _judge_rows_kept(suite, frame.height, taken_out.height, surroundings.thresholds)
    findings = (
        *(_finding(verdict, suite.table, prepared) for verdict in verdicts),
        replace(_finding(kept, suite.table, prepared), samples=() if kept.passed else _samples(taken_out)),
    )
    return Inspection(suite, batch, frame.height, findings), taken_out


def check_results(inspection: Inspection, run_id: str, now: datetime) -> list[CheckResult]:
    """The rows of `ops.check_results` that an inspection gives."""
    return [
        CheckResult(
            run_id=run_id,
            batch=inspection.batch or WHOLE_TABLE,
            asset=inspection.suite.table.qualified_name,
            check_name=verdict.rule.check,
            expectation=verdict.rule.name,
            level=verdict.rule.level.value,
            passed=verdict.passed,
            checked_count=verdict.checked_count,
            unexpected_count=verdict.unexpected_count,
            unexpected_percent=verdict.unexpected_percent,
            observed=verdict.observed,
            minimum=verdict.rule.minimum,
            maximum=verdict.rule.maximum,
            message=finding.message,
            evaluated_at=now,
            expected=verdict.rule.says,
            expectation_type=verdict.rule.expectation,
            sample_rows=json.dumps([*finding.samples], ensure_ascii=False) if finding.samples else None,
        )
        for finding in inspection.findings
        for verdict in (finding.verdict,)
    ]


def _history(query: Query, table: Table, batch: str | None, thresholds: Thresholds) -> dict[str, tuple[float, ...]]:
    """Figures of the batches before this one, by rule, latest first; a batch judged often counts with its last."""
    if batch is None:
        return {}
    found = query(
        "SELECT check_name || '.' || expectation AS rule, observed FROM ops.check_results "
        "WHERE asset = ? AND batch < ? AND batch <> ? AND observed IS NOT NULL "
        "QUALIFY row_number() OVER (PARTITION BY check_name, expectation, batch ORDER BY evaluated_at DESC) = 1 "
        "ORDER BY batch DESC",
        [table.qualified_name, batch, WHOLE_TABLE],
    )
    history: dict[str, list[float]] = defaultdict(list)
    for rule, observed in found.iter_rows():
        history[rule].append(observed)
    return {rule: tuple(figures[: thresholds.general.history_batches]) for rule, figures in history.items()}


def _releases(query: Query, table: Table) -> frozenset[tuple[str, str]]:
    found = query(
        f"SELECT row_key, expectation FROM {RELEASED_ROWS.qualified_name} WHERE table_name = ?",  # noqa: S608
        [table.qualified_name],
    )
    return frozenset(found.iter_rows())


def _judge_rows_kept(suite: Suite, height: int, taken_out: int, thresholds: Thresholds) -> Verdict:
    """Judged here, since it is about what the gate itself did, not about a column."""
    rule = suite.rows_kept_rule(thresholds)
    share = taken_out / height if height else None
    passed = share is None or height < rule.min_rows or share <= thresholds.general.max_quarantined_share
    return Verdict(rule, passed, height, observed=share)


def _rows_to_take_out(suite: Suite, frame: pl.DataFrame, verdicts: Sequence[Verdict]) -> pl.DataFrame:
    broken: dict[int, list[Verdict]] = defaultdict(list)
    for verdict in verdicts:
        if verdict.rule.level is Level.ROW:
            for number in verdict.failing:
                broken[number].append(verdict)
    numbers = sorted(broken)
    keys = frame.select(suite.table.key)[numbers]
    return keys.with_columns(
        pl.Series("failed_expectation", [broken[n][0].rule.full_name for n in numbers], pl.String),
        pl.Series("failed_because", ["; ".join(_reason(v) for v in broken[n]) for n in numbers], pl.String),
    )


def _reason(verdict: Verdict) -> str:
    return f"{verdict.rule.full_name} does not hold: {verdict.rule.says}"


def _finding(verdict: Verdict, table: Table, frame: pl.DataFrame) -> Finding:
    rule = verdict.rule
    if not rule.is_about_rows:
        figure = "nothing to measure" if verdict.observed is None else f"{verdict.observed:.4g}"
        if verdict.passed:
            few = verdict.observed is not None and verdict.checked_count < rule.min_rows
            note = f" (not judged: fewer than {rule.min_rows} rows)" if few else ""
            return Finding(verdict, f"Expected: {rule.says}. Found: {figure}{note}.")
        return Finding(verdict, f"Expected: {rule.says}. Found: {figure}. {rule.remedy}")
    count, total = len(verdict.failing), verdict.checked_count
    if verdict.passed:
        return Finding(verdict, f"Every row: {rule.says}.")
    consequence = f" They went to {quarantine_table(table).qualified_name}." if rule.level is Level.ROW else ""
    message = f"{count} of {total} rows break: {rule.says}.{consequence} {rule.remedy}"
    shown = dict.fromkeys((*table.key, _PAGE, *(rule.shows or rule.columns)))
    rows = frame.select(name for name in shown if name in frame.columns)[list(verdict.failing[:SAMPLE_ROWS])]
    return Finding(verdict, message, _samples(rows))


def _samples(rows: pl.DataFrame) -> tuple[Mapping[str, str], ...]:
    shown = rows.head(SAMPLE_ROWS).iter_rows(named=True)
    return tuple({name: _shortened(value) for name, value in row.items()} for row in shown)


def _shortened(value: Any) -> str:
    text = "null" if value is None else " ".join(str(value).split())
    return text if len(text) <= _LONGEST_VALUE else text[: _LONGEST_VALUE - 1] + "…"


def _keep_results(connection: duckdb.DuckDBPyConnection, results: pl.DataFrame) -> None:
    names = _quoted(CHECK_RESULTS.column_names)
    with _registered(connection, "attache_results", results):
        connection.execute(
            f"INSERT OR REPLACE INTO {CHECK_RESULTS.qualified_name} ({names}) SELECT {names} FROM attache_results"  # noqa: S608
        )


class _Mover:
    """Moves rows between tables and their quarantine inside one transaction. SQL names come from row types."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, batch: str | None, run_id: str, now: datetime) -> None:
        self._connection, self._batch, self._run_id, self._now = connection, batch, run_id, now

    def forget_earlier(self, table: Table) -> None:
        """Drop what earlier runs took out of this batch of the table, which has been made anew."""
        if table not in QUARANTINED_FROM:
            return
        quarantine = quarantine_table(table).qualified_name
        if self._batch is not None and table.is_batched:
            self._connection.execute(
                f"DELETE FROM {quarantine} WHERE quarantined_by <> ? AND batch = ?",  # noqa: S608
                [self._run_id, self._batch],
            )
        else:
            same = " AND ".join(f'kept."{name}" = now."{name}"' for name in table.key)
            remade = f"{table.qualified_name} AS now WHERE {same}"
            self._connection.execute(f"DELETE FROM {quarantine} AS kept USING {remade}")  # noqa: S608
        if table == CLEANED_DOCUMENTS:
            self.forget_earlier(DROPPED_LINES)  # made with the documents; it has no gate of its own

    def take_out(self, table: Table, failing: pl.DataFrame) -> dict[str, int]:
        """Move the rows named by `failing` and those read from them; rows moved, by table."""
        with _registered(self._connection, "attache_failing", failing):
            self._connection.execute("CREATE OR REPLACE TEMP TABLE attache_taken AS SELECT * FROM attache_failing")
        if table in (RAW_DOCUMENTS, CLEANED_DOCUMENTS, SPANS):
            let_go(self._connection, "attache_taken")
        moved = {table.qualified_name: self._move(table, table.key)}
        for link in _GOES_ALONG.get(table, ()):
            along = self._move_along(table, link)
            moved[link.table.qualified_name] = moved.get(link.table.qualified_name, 0) + along
        if table == EVENTS:
            self._connection.execute(
                f"UPDATE {MENTIONS.qualified_name} SET event_id = NULL "  # noqa: S608
                "WHERE event_id IN (SELECT event_id FROM attache_taken)"
            )
            take_back(self._connection, "attache_taken")
        self._connection.execute("DROP TABLE attache_taken")
        return {name: count for name, count in moved.items() if count}

    def _move_along(self, table: Table, link: _Link) -> int:
        columns = _quoted(link.columns)
        self._connection.execute(
            "CREATE OR REPLACE TEMP TABLE attache_along AS SELECT "  # noqa: S608
            f"{columns}, first(failed_expectation) AS failed_expectation, "
            f"'{TAKEN_ALONG}{table.qualified_name}: ' "
            "|| first(failed_because) AS failed_because "
            f"FROM attache_taken GROUP BY {columns}"
        )
        return self._move(link.table, link.columns, taken="attache_along")

    def _move(self, table: Table, columns: Sequence[str], taken: str = "attache_taken") -> int:
        quarantine = quarantine_table(table)
        same = " AND ".join(f'kept."{name}" = taken."{name}"' for name in columns)
        self._connection.execute(
            f"DELETE FROM {quarantine.qualified_name} AS kept USING {taken} AS taken, {table.qualified_name} AS now "  # noqa: S608
            f"WHERE {same} AND " + " AND ".join(f'kept."{name}" = now."{name}"' for name in table.key)
        )
        names = _quoted(table.column_names)
        chosen = ", ".join(f'kept."{name}"' for name in table.column_names)
        moved = self._connection.execute(
            f"INSERT INTO {quarantine.qualified_name} "  # noqa: S608
            f"({names}, failed_expectation, failed_because, quarantined_by, quarantined_at) "
            f"SELECT {chosen}, taken.failed_expectation, taken.failed_because, ?, ? "
            f"FROM {table.qualified_name} AS kept JOIN {taken} AS taken ON {same}",
            [self._run_id, self._now],
        ).fetchone()
        self._connection.execute(f"DELETE FROM {table.qualified_name} AS kept USING {taken} AS taken WHERE {same}")  # noqa: S608
        return int(moved[0]) if moved else 0


@contextmanager
def _registered(connection: duckdb.DuckDBPyConnection, name: str, frame: pl.DataFrame) -> Iterator[None]:
    connection.register(name, frame)
    try:
        yield
    finally:
        connection.unregister(name)


def _quoted(names: Sequence[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)
