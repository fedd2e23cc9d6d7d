"""Which mentions are compared: blocking, as SQL over a frame of mentions in a DuckDB of its own, in memory.

Mentions that agree in every compared field become one report, so that a story told a thousand times is compared
once. Reports are candidates for one event where they share both countries, or the one that is known, or the place, or
the page (or a near-duplicate of it), and lie near in time. No block is cut short, so that a pair depends on its two
reports alone; bounded is what a block can hold, by the collapsing and by the times.
"""

# ruff: noqa: S608 - SQL is put together from constants

from __future__ import annotations

import tempfile
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import fields
from typing import Any

import duckdb
import polars as pl

from assets.events.events.reports import CROSSED_TYPES, JOINT_MODES, Report
from assets.events.events.score import DAYS_APART

MEMORY_LIMIT = "1GB"
"""What DuckDB may hold in memory while it finds candidates; beyond it, it uses a folder for temporary files."""

_DAYS_APART_UNSUPPORTED = 3  # without the same place or number of dead to speak for it
_SAME_FIELDS = (
    "source_country, target_country, source_sector, target_sector, source_actor, target_actor, mode, day, precision, "
    "reported, real, place, place_admin1, place_country, latitude, longitude, dead, injured, together"
)
_IDENTIFIED = (
    "day IS NOT NULL AND precision = 'day' AND ((source_country IS NOT NULL AND target_country IS NOT NULL) "
    "OR (place IS NOT NULL AND (source_country IS NOT NULL OR target_country IS NOT NULL)))"
)
_REPORTS = f"""
CREATE TABLE collapsed AS SELECT
    min(mention_id) AS report_id, any_value(plover_type) AS plover_type, {_SAME_FIELDS},
    list(DISTINCT page ORDER BY page) AS pages,
    list(mention_id ORDER BY mention_id) AS members,
    bool_or(changed) AS changed,
    day // {DAYS_APART + 1} AS bucket,
    least(source_country, target_country) || greatest(source_country, target_country) AS pair,
    (source_country IS NULL) <> (target_country IS NULL) AS half,
    coalesce(source_country, target_country) AS one
FROM mentions
GROUP BY {_SAME_FIELDS}, CASE WHEN {_IDENTIFIED} THEN NULL ELSE page END
"""
# DuckDB's least() and greatest() pass over nulls, so `pair` is null only where `least || greatest` is.
_BUCKETS = "unnest([bucket - 1, bucket, bucket + 1])"
_ORDERED = "a.report_id < b.report_id AND a.real = b.real AND (a.changed OR b.changed OR NOT $1)"
_PLACES_FIT = (
    "(a.place_country IS NULL OR b.place_country IS NULL OR a.place_country = b.place_country) "
    "AND (a.place IS NULL OR b.place IS NULL OR a.place = b.place "
    "OR (abs(a.latitude - b.latitude) < 1.2 AND abs(a.longitude - b.longitude) < 4))"
)
_SUPPORTED = "(a.place = b.place OR (a.dead = b.dead AND a.dead > 1))"
_DAILY = (
    f"a.precision = 'day' AND b.precision = 'day' AND (abs(a.day - b.day) <= {_DAYS_APART_UNSUPPORTED} "
    f"OR (abs(a.day - b.day) <= {DAYS_APART} AND {_SUPPORTED}))"
)
_EITHER_WAY = ", ".join(f"'{name}'" for name in sorted(CROSSED_TYPES))
_JOINT_MODES = ", ".join(f"'{name}'" for name in sorted(JOINT_MODES))
_SAME_WAY = (
    "(a.source_country IS NULL OR b.source_country IS NULL OR a.source_country = b.source_country "
    f"OR a.plover_type IN ({_EITHER_WAY}) OR (a.mode IN ({_JOINT_MODES}) AND b.mode IN ({_JOINT_MODES})))"
)
_CANDIDATES = f"""
WITH near AS (SELECT *, {_BUCKETS} AS near_bucket FROM reports WHERE day IS NOT NULL),
sides AS (
    SELECT DISTINCT * FROM (
        SELECT *, source_country AS side FROM near UNION ALL SELECT *, target_country AS side FROM near
    ) WHERE side IS NOT NULL
),
coarse AS (SELECT * FROM reports WHERE precision IN ('month', 'year')),
on_pages AS (SELECT *, unnest(pages) AS page FROM reports)
SELECT a.report_id AS a, b.report_id AS b FROM near AS a JOIN reports AS b
    ON a.near_bucket = b.bucket AND a.pair = b.pair AND NOT a.half AND NOT b.half
    WHERE {_DAILY} AND {_ORDERED} AND {_PLACES_FIT} AND {_SAME_WAY}
UNION SELECT least(a.report_id, b.report_id), greatest(a.report_id, b.report_id) FROM sides AS a JOIN reports AS b
    ON a.near_bucket = b.bucket AND a.side = b.one AND b.half
    WHERE a.report_id <> b.report_id AND a.real = b.real AND (a.changed OR b.changed OR NOT $1)
    AND {_DAILY} AND {_PLACES_FIT} AND {_SAME_WAY}
UNION SELECT a.report_id, b.report_id FROM near AS a JOIN reports AS b
    ON a.near_bucket = b.bucket AND a.place = b.place
    WHERE (a.one IS NULL OR b.one IS NULL) AND {_DAILY} AND {_ORDERED}
UNION SELECT least(a.report_id, b.report_id), greatest(a.report_id, b.report_id) FROM coarse AS a JOIN reports AS b
    ON a.pair = b.pair AND NOT a.half AND NOT b.half AND a.report_id <> b.report_id AND a.real = b.real
    AND (a.changed OR b.changed OR NOT $1) AND {_PLACES_FIT}
    AND CASE WHEN a.precision = 'year' OR b.precision = 'year' THEN a.day = b.day AND a.precision = b.precision
        ELSE a.month = b.month END
UNION SELECT a.report_id, b.report_id FROM on_pages AS a JOIN on_pages AS b
    ON a.page = b.page WHERE {_ORDERED} AND {_PLACES_FIT} AND (a.day IS NULL OR b.day IS NULL
    OR abs(a.day - b.day) <= {DAYS_APART} OR a.month = b.month)
"""
_REPORT_FIELDS = tuple(field.name for field in fields(Report))
_NUMBERED = """
CREATE TABLE reports AS SELECT row_number() OVER (ORDER BY day, report_id) - 1 AS number, *,
    year(d) * 12 + month(d) AS month
FROM (SELECT *, DATE '0001-01-01' + (day - 1)::INTEGER AS d FROM collapsed)
"""
_AT_ONCE = 20_000
"""Reports whose pairs are read together: those that lie near in time have numbers near each other."""


class Candidates:
    """The reports of the mentions of one type, numbered by their days, and which of them to compare.

    They stand in a DuckDB that writes to a folder for temporary files what does not fit into `MEMORY_LIMIT`; reports
    are taken out some thousand at once.
    """

    def __init__(self, connection: duckdb.DuckDBPyConnection, *, only_changed: bool) -> None:
        self._connection = connection
        connection.execute(_REPORTS)
        connection.execute(_NUMBERED)
        connection.execute("DROP TABLE collapsed")
        connection.execute(
            f"CREATE TABLE pairs AS SELECT DISTINCT a.number AS a, b.number AS b FROM ({_CANDIDATES}) AS p "
            "JOIN reports AS a ON a.report_id = p.a JOIN reports AS b ON b.report_id = p.b",
            [only_changed],
        )
        self.count = int(connection.execute("SELECT count(*) FROM reports").fetchall()[0][0])

    def pairs(self) -> Iterator[tuple[int, int, Report, Report]]:
        """Every pair to be compared, the report with the lesser id first, with the reports' numbers."""
        for start in range(0, self.count, _AT_ONCE):
            found = self._connection.execute(
                "SELECT a, b FROM pairs WHERE a >= $1 AND a < $2 ORDER BY a, b", [start, start + _AT_ONCE]
            ).fetchall()
            reports = self.reports({number for pair in found for number in pair})
            for a, b in found:
                yield a, b, reports[a], reports[b]

    def reports(self, numbers: Collection[int]) -> dict[int, Report]:
        """Reports by number."""
        names = ", ".join(_REPORT_FIELDS)
        rows = self._chosen(f"number, {names}", numbers)
        pages = 1 + _REPORT_FIELDS.index("pages")
        found = {}
        for row in rows:
            values = list(row)
            values[pages] = frozenset(values[pages])
            found[row[0]] = Report(*values[1:])
        return found

    def members(self, numbers: Collection[int]) -> dict[str, list[str]]:
        """The mentions that each report stands for, by the report's id."""
        return {row[0]: row[1] for row in self._chosen("report_id, members", numbers)}

    def changed(self) -> list[list[str]]:
        """The members of each report that holds a changed mention."""
        rows = self._connection.execute("SELECT members FROM reports WHERE changed ORDER BY number").fetchall()
        return [row[0] for row in rows]

    def _chosen(self, columns: str, numbers: Collection[int]) -> list[tuple[Any, ...]]:
        chosen = pl.DataFrame({"number": sorted(numbers)}, schema={"number": pl.Int64})
        self._connection.register("chosen", chosen)
        rows = self._connection.execute(
            f"SELECT {columns} FROM reports SEMI JOIN chosen USING (number) ORDER BY number"
        ).fetchall()
        self._connection.unregister("chosen")
        return rows


@contextmanager
def find_candidates(mentions: pl.DataFrame, *, only_changed: bool) -> Iterator[Candidates]:
    """The candidates among the mentions of one type.

    `mentions` has a column for each field of `Report` but `pages` and `report_id`, and `mention_id`, `page` (its
    near-duplicate cluster) and `changed`. `only_changed`: only pairs in which a report holds a changed mention.
    """
    with _database() as connection:
        connection.register("mentions", mentions)
        yield Candidates(connection, only_changed=only_changed)


@contextmanager
def _database() -> Iterator[duckdb.DuckDBPyConnection]:
    with tempfile.TemporaryDirectory(prefix="attache-") as folder:
        config: dict[str, str | bool | int | float | list[str]] = {
            "memory_limit": MEMORY_LIMIT,
            "temp_directory": folder,
            "autoinstall_known_extensions": "false",
        }
        connection = duckdb.connect(":memory:", config=config)
        connection.execute("SET enable_progress_bar = false")  # the command line has a display of its own
        try:
            yield connection
        finally:
            connection.close()
