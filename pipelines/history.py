"""What the warehouse knew at a moment, and what changed between two: read from the versions of events and the books.

How it is shown is the command line's; what an event's change is, `assets.events.event_versions.compare` decides.
"""

# ruff: noqa: S608 - SQL is put together from constants, values are parameters

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import duckdb
import polars as pl

from assets.events.event_versions.compare import CAUSES, KINDS, NEEDED, RECOUNTED, RULES, UNCHANGED, compare
from pipelines.warehouse import DuckDBWarehouse, Query

LATEST = "latest"
PREVIOUS = "previous"

_RUNS = """
SELECT r.*, coalesce(b.n, 0) AS versions_begun, coalesce(e.n, 0) AS versions_ended
FROM ops.runs AS r
LEFT JOIN (SELECT from_run AS run, count(*) AS n FROM events.event_versions GROUP BY ALL) AS b USING (run)
LEFT JOIN (SELECT to_run AS run, count(*) AS n FROM events.event_versions WHERE to_run IS NOT NULL GROUP BY ALL) AS e
    USING (run)
ORDER BY run DESC LIMIT ?
"""
_COLUMNS = ", ".join(f'"{name}"' for name in NEEDED)
# $at is the moment of the state, $other that of the one it is compared with: what holds at both is no change.
_STATE = f"""
SELECT {_COLUMNS} FROM events.event_versions AS v
WHERE valid_from <= $at AND (valid_to IS NULL OR valid_to > $at)
  AND NOT (valid_from <= $other AND (valid_to IS NULL OR valid_to > $other))
"""
# A page is new where its batch was first run after the last merge that the earlier state knows.
_NEW_DOCUMENTS = """
WITH merged AS (SELECT coalesce(max(read_at), TIMESTAMP '-infinity') AS at FROM ops.merges WHERE ended_at <= ?),
first_run AS (SELECT batch, min(started_at) AS at FROM (SELECT unnest(batches) AS batch, started_at FROM ops.runs)
              GROUP BY batch)
SELECT d.document_id
FROM (SELECT document_id, batch FROM raw.documents UNION SELECT document_id, batch FROM raw.superseded) AS d
JOIN first_run AS f ON f.batch = d.batch, merged AS m WHERE f.at > m.at
"""
_GONE_DOCUMENTS = """
SELECT document_id FROM raw.superseded WHERE superseded_at > ? AND superseded_at <= ?
EXCEPT SELECT document_id FROM raw.documents
"""
_RULES_AT = (
    "SELECT rules FROM ops.runs WHERE ended_at <= ? AND rules IS NOT NULL ORDER BY ended_at DESC, run DESC LIMIT 1"
)
_CHANGED_FILES = """
SELECT coalesce(a.file, b.file) AS file,
    CASE WHEN a.file IS NULL THEN 'added' WHEN b.file IS NULL THEN 'removed' ELSE 'changed' END AS change
FROM (SELECT file, sha256 FROM ops.rule_files WHERE rules = ?) AS a
FULL JOIN (SELECT file, sha256 FROM ops.rule_files WHERE rules = ?) AS b ON a.file = b.file
WHERE a.sha256 IS DISTINCT FROM b.sha256 ORDER BY 1
"""
_EXAMPLE = """
SELECT * FROM events.event_versions
WHERE (event_id, version) IN (SELECT (unnest(?::VARCHAR[]), unnest(?::BIGINT[])))
"""


class HistoryError(ValueError):
    """A moment that the warehouse cannot tell of; the message says why and what to do."""


@dataclass(frozen=True)
class Moment:
    """A state of the events: how it was asked for, its time (UTC), and the run that left it, if one was named."""

    name: str
    at: datetime
    run: int | None


@dataclass(frozen=True)
class Difference:
    """What changed between two moments. `changes` is one row a changed event (`compare`); events that only changed
    their ids are counted in `renamed`. `rules` tells the files that changed; None where one of the sides has no
    entry of them."""

    before: Moment
    after: Moment
    changes: pl.DataFrame
    renamed: int
    rules: tuple[tuple[str, str], ...] | None

    def only(
        self, types: Sequence[str] = (), languages: Sequence[str] = (), causes: Sequence[str] = ()
    ) -> Difference:
        """The same with only the changes that have one of the types, languages and causes, where any are given."""
        keep = pl.lit(value=True)
        if types:
            keep &= pl.col("plover_type").is_in(list(types)) | pl.col("new_type").is_in(list(types))
        for name, wanted in (("languages", languages), ("causes", causes)):
            if wanted:
                keep &= pl.col(name).list.set_intersection(pl.lit(list(wanted))).list.len() > 0
        return Difference(self.before, self.after, self.changes.filter(keep), self.renamed, self.rules)

    def counts(self, *by: str) -> pl.DataFrame:
        """Changes of each kind by columns of `changes`; an event told in several languages counts for each."""
        frame = self.changes
        for name in by:
            frame = frame.explode(name) if frame.schema[name] == pl.List(pl.String) else frame
        return (
            frame.group_by(by)
            .agg((pl.col("kind") == kind).sum().alias(kind) for kind in KINDS)
            .sort(pl.sum_horizontal(KINDS), *by, descending=[True, *(False for _ in by)])
        )

    @property
    def totals(self) -> dict[str, int]:
        """Changes of each kind."""
        return {kind: self.changes.filter(pl.col("kind") == kind).height for kind in KINDS}

    def causes_by_kind(self) -> tuple[tuple[str, ...], list[tuple[object, ...]]]:
        """A table of how many events of each kind changed, and because of what: its heading and its rows."""
        counts = {(row["causes"], kind): row[kind] for row in self.counts("causes").to_dicts() for kind in KINDS}
        causes = [cause for cause in CAUSES if any(counts.get((cause, kind)) for kind in KINDS)]
        totals = self.totals
        rows: list[tuple[object, ...]] = [
            (kind, totals[kind], *(counts.get((cause, kind)) or "" for cause in causes)) for kind in KINDS
        ]
        return ("events", "all", *causes), rows

    @property
    def type_changes(self) -> list[tuple[str, str, int]]:
        """Type before, type after, and how many events went from the one to the other, most first."""
        moved = self.changes.filter(pl.col("aspects").list.contains("type"))
        counted = moved.group_by("plover_type", "new_type").len()
        return counted.sort("len", "plover_type", "new_type", descending=[True, False, False]).rows()


def runs(warehouse: DuckDBWarehouse, most: int) -> list[dict[str, Any]]:
    """The latest runs, latest first, each with how many versions of events it began and ended.

    Raises HistoryError.
    """
    with _books(warehouse) as query:
        return query(_RUNS, [most]).to_dicts()


def difference(warehouse: DuckDBWarehouse, before: str, after: str) -> Difference:
    """What changed from one moment to another, each a run's number, `latest`, `previous`, a date or a time (UTC).

    Raises HistoryError.
    """
    with _books(warehouse) as query:
        a, b = moment(query, before), moment(query, after)
        if a.at > b.at:
            raise HistoryError(f"{a.name} is later than {b.name}; name the earlier one first")
        state_a, state_b = _state(query, at=a.at, other=b.at), _state(query, at=b.at, other=a.at)
        new = query(_NEW_DOCUMENTS, [a.at])["document_id"]
        gone = query(_GONE_DOCUMENTS, [a.at, b.at])["document_id"]
        changes = compare(state_a, state_b, new, gone)
        rules = _changed_rules(query, a, b)
    renamed = pl.col("kind") == UNCHANGED
    return Difference(a, b, changes.filter(~renamed), changes.filter(renamed).height, rules)


def examples(warehouse: DuckDBWarehouse, changes: pl.DataFrame, most: int) -> list[dict[str, Any]]:
    """Of each kind at most so many changes, those that rules caused and that are surest first, as records: each with
    the row of `events.event_versions` before and after (None where none). Of recounted events there are none."""
    chosen = (
        changes.filter(pl.col("kind") != RECOUNTED)
        .sort(
            pl.col("causes").list.contains(RULES),
            "confidence",
            "before_id",
            "after_id",
            descending=[True, True, False, False],
        )
        .group_by("kind", maintain_order=True)
        .head(most)
    )
    changes = pl.concat(chosen.filter(pl.col("kind") == kind) for kind in KINDS)
    keys = [
        (row[f"{side}_id"], row[f"{side}_version"])
        for row in changes.iter_rows(named=True)
        for side in ("before", "after")
        if row[f"{side}_id"] is not None
    ]
    found = warehouse.read(_EXAMPLE, [[event for event, _ in keys], [version for _, version in keys]])
    versions: Mapping[tuple[str, int], dict[str, Any]] = {
        (row["event_id"], row["version"]): row for row in found.iter_rows(named=True)
    }
    return [
        row | {side: versions.get((row[f"{side}_id"], row[f"{side}_version"])) for side in ("before", "after")}
        for row in changes.iter_rows(named=True)
    ]


@contextmanager
def _books(warehouse: DuckDBWarehouse) -> Iterator[Query]:
    """Queries of one state of the warehouse. Raises HistoryError where it keeps no history yet."""
    with warehouse.reading() as query:
        try:
            yield query
        except duckdb.CatalogException:
            raise HistoryError(
                f"the warehouse {warehouse.path} is of an Attaché that kept no history; `attache run` begins it"
            ) from None


def moment(query: Query, name: str) -> Moment:
    """The moment that a person names. Raises HistoryError."""
    text = name.strip().lower()
    if text in (LATEST, PREVIOUS) or (text.isascii() and text.isdigit()):
        return _after_run(query, text)
    try:
        at = datetime.fromisoformat(text.replace("z", "+00:00"))
    except ValueError:
        raise HistoryError(
            f"{name!r} names no run and no time; give a run's number (`attache runs` lists them), latest, previous, "
            "or a date or time (UTC) such as 2026-11-01 or 2026-11-01T12:00"
        ) from None
    if at.tzinfo is not None:
        at = (at - (at.utcoffset() or at - at)).replace(tzinfo=None)
    return Moment(at.isoformat(sep=" "), at, None)


def _after_run(query: Query, text: str) -> Moment:
    there = query("SELECT run, ended_at FROM ops.runs ORDER BY run DESC").rows()
    if not there:
        raise HistoryError("no run is in the books yet; `attache run` makes the first")
    if text == PREVIOUS and len(there) < 2:
        raise HistoryError("there is only one run in the books; name a date before it, or run again")
    ends = dict(there)
    number = there[0][0] if text == LATEST else there[1][0] if text == PREVIOUS else int(text)
    if number not in ends:
        raise HistoryError(f"there is no run {number}; `attache runs` lists those there are")
    return Moment(f"run {number}", ends[number], number)


def _state(query: Query, *, at: datetime, other: datetime) -> pl.DataFrame:
    sql = _STATE.replace("$at", "?").replace("$other", "?")
    return query(sql, [at, at, other, other])


def _changed_rules(query: Query, before: Moment, after: Moment) -> tuple[tuple[str, str], ...] | None:
    names = []
    for side in (before, after):
        if side.run is not None:
            found = query("SELECT rules FROM ops.runs WHERE run = ? AND rules IS NOT NULL", [side.run])
        else:
            found = query(_RULES_AT, [side.at])
        if found.is_empty():
            return None
        names.append(found["rules"][0])
    return tuple((file, change) for file, change in query(_CHANGED_FILES, names).rows())
