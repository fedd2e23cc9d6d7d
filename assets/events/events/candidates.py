"""Which mentions are compared: blocking, as SQL over mentions that are put into a DuckDB of its own.

Mentions that agree in every compared field become one report, so that a story told a thousand times is compared
once. Reports are candidates for one event where they share both countries, or the one that is known, or the place, or
the page (or a near-duplicate of it), and lie near in time. No block is cut short, so that a pair depends on its two
reports alone; bounded is what a block can hold, by the collapsing and by the times.

Mentions come in frame by frame and are given out for some thousand reports at once; between the two they stand in a
file that is deleted at the end, so that memory does not grow with their number.
"""

# ruff: noqa: S608 - SQL is put together from constants

from __future__ import annotations

import tempfile
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields
from itertools import permutations
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from assets.events.events.agree import REAL, SUPPOSED, Told
from assets.events.events.reports import (
    CROSSED_TYPES,
    DEEDS,
    JOINT_MODES,
    MODES_OF_SEVERAL,
    NEIGHBOURING_TYPES,
    NEIGHBOURING_WORDS,
    SPOKEN_TYPES,
    Report,
)
from assets.events.events.score import DAYS_APART

MEMORY_LIMIT = "512MB"
"""What DuckDB may hold in memory of its file and of what it is about; the rest stays on the disk."""

_DAYS_APART_UNSUPPORTED = 3  # without the same place or number of dead to speak for it
_DAYS_APART_OF_TYPES = 1  # of reports of two types
_COMPARED_FIELDS = (
    "plover_type, source_country, target_country, source_sector, target_sector, source_actor, target_actor, mode, "
    "day, precision, reported, real, planned, place, place_admin1, place_country, latitude, longitude, dead, "
    "injured, size, amount, currency, together"
)
_SUPPOSED = ", ".join(f"'{basis}'" for basis in sorted(SUPPOSED))
_REAL = ", ".join(f"'{status}'" for status in sorted(REAL))
_IDENTIFIED = (
    "(day IS NOT NULL AND precision = 'day' AND ((source_country IS NOT NULL AND target_country IS NOT NULL) "
    "OR (place IS NOT NULL AND (source_country IS NOT NULL OR target_country IS NOT NULL)))) "
    "OR (precision = 'month' AND mode IS NOT NULL AND source_country IS NOT NULL)"
)
_COMPARED = f"""
CREATE TABLE compared AS
SELECT *, min(mention_id) OVER alike AS report_id, bool_or(is_changed) OVER alike AS changed
FROM (
    SELECT
        mention_id, page, together, changed AS is_changed, plover_type,
        source_country, target_country, source_sector, target_sector, source_actor, target_actor, mode,
        date_diff('day', DATE '0001-01-01', event_date) + 1 AS day, date_precision AS precision,
        coalesce(date_basis IN ({_SUPPOSED}), false) AS reported, status IN ({_REAL}) AS real,
        status = 'planned' AS planned,
        place, place_admin1, place_country, latitude, longitude, dead, injured, size, amount, currency
    FROM mentions
)
WINDOW alike AS (PARTITION BY {_COMPARED_FIELDS}, CASE WHEN {_IDENTIFIED} THEN NULL ELSE page END)
"""
# Numbers follow the days, undated reports go with their pages, and what people decided on comes before all.
_REPORTS = f"""
CREATE TABLE reports AS
WITH page_days AS (SELECT page, max(day) AS day FROM compared WHERE day IS NOT NULL GROUP BY page)
SELECT
    row_number() OVER (ORDER BY c.together IS NULL, coalesce(c.day, p.day), c.page, c.report_id) - 1 AS number,
    c.report_id, c.changed, {", ".join(f"c.{name}" for name in _COMPARED_FIELDS.split(", "))},
    date_diff('month', DATE '0001-01-01', DATE '0001-01-01' + (c.day - 1)::INTEGER) AS month,
    c.day // {DAYS_APART + 1} AS bucket,
    least(source_country, target) || greatest(source_country, target) AS pair,
    (source_country IS NULL) <> (target IS NULL) OR (source_country IS NULL AND place_country IS NOT NULL) AS half,
    coalesce(source_country, target, place_country) AS one
FROM (
    -- what was hit may be a group in the country of the place (`Report.hits_the_country`)
    SELECT *, CASE WHEN plover_type <> 'ASSAULT' OR target_sector IS NOT NULL OR place_country IS NULL
        OR target_country <> place_country OR source_country = target_country THEN target_country END AS target
    FROM compared
) AS c LEFT JOIN page_days AS p ON p.page = CASE WHEN c.day IS NULL THEN c.page END
WHERE c.mention_id = c.report_id
"""
# DuckDB's least() and greatest() pass over nulls, so `pair` is null only where `least || greatest` is.
_MEMBERS = """
CREATE TABLE members AS SELECT r.number, c.mention_id, c.page
FROM compared AS c JOIN reports AS r ON r.report_id = c.report_id ORDER BY r.number, c.mention_id
"""
_BUCKETS = "unnest([bucket - 1, bucket, bucket + 1])"
_COMPARABLE = "(a.real = b.real OR a.planned OR b.planned) AND (a.changed OR b.changed OR NOT $1)"
_SPOKEN = ", ".join(f"'{name}'" for name in sorted(SPOKEN_TYPES))
_PLACES_FIT = (
    "(a.place_country IS NULL OR b.place_country IS NULL OR a.place_country = b.place_country "
    f"OR (a.plover_type IN ({_SPOKEN}) AND b.plover_type IN ({_SPOKEN}))) "
    "AND (a.place_country <> b.place_country OR a.place IS NULL OR b.place IS NULL OR a.place = b.place "
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
_OF_A_TOWN = ", ".join(f"'{name}'" for name in sorted(DEEDS | {"COOPERATE"}))
_OF_MORE = ", ".join(f"'{name}'" for name in sorted(MODES_OF_SEVERAL))
_CANDIDATES = f"""
WITH near AS (SELECT *, {_BUCKETS} AS near_bucket FROM reports WHERE day IS NOT NULL),
sides AS (
    SELECT *, source_country AS side FROM near WHERE source_country IS NOT NULL
    UNION ALL SELECT *, target_country AS side FROM near WHERE target_country <> coalesce(source_country, '')
),
coarse AS (SELECT * FROM reports WHERE precision IN ('month', 'year')),
on_pages AS (SELECT DISTINCT r.*, m.page FROM reports AS r JOIN members AS m USING (number))
SELECT a.number AS a, b.number AS b FROM near AS a JOIN reports AS b
    ON a.near_bucket = b.bucket AND a.pair = b.pair AND a.plover_type = b.plover_type
    WHERE a.number < b.number AND NOT a.half AND NOT b.half
    AND {_DAILY} AND {_COMPARABLE} AND {_PLACES_FIT} AND {_SAME_WAY}
UNION SELECT least(a.number, b.number), greatest(a.number, b.number) FROM sides AS a JOIN reports AS b
    ON a.near_bucket = b.bucket AND a.side = b.one AND a.plover_type = b.plover_type
    WHERE b.half AND a.number <> b.number AND {_COMPARABLE} AND {_DAILY} AND {_PLACES_FIT} AND {_SAME_WAY}
UNION SELECT a.number, b.number FROM near AS a JOIN reports AS b
    ON a.near_bucket = b.bucket AND a.place = b.place AND a.plover_type = b.plover_type
    WHERE a.number < b.number AND (a.one IS NULL OR b.one IS NULL) AND {_DAILY} AND {_COMPARABLE}
UNION SELECT a.number, b.number FROM near AS a JOIN kin USING (plover_type) JOIN reports AS b
    ON a.near_bucket = b.bucket AND a.pair = b.pair AND kin.other = b.plover_type
    WHERE a.number < b.number AND NOT a.half AND NOT b.half
    AND abs(a.day - b.day) <= {_DAYS_APART_OF_TYPES} AND {_DAILY} AND {_COMPARABLE} AND {_PLACES_FIT}
UNION SELECT a.number, b.number FROM near AS a JOIN kin USING (plover_type) JOIN reports AS b
    ON a.near_bucket = b.bucket AND a.place = b.place AND kin.other = b.plover_type
    WHERE a.number < b.number AND abs(a.day - b.day) <= {_DAYS_APART_OF_TYPES} AND {_DAILY} AND {_COMPARABLE}
UNION SELECT a.number, b.number FROM near AS a JOIN reports AS b
    ON a.near_bucket = b.bucket AND a.place = b.place AND a.plover_type = b.plover_type
    WHERE a.number < b.number AND {_DAILY} AND {_COMPARABLE}
    AND (a.mode IN ({_OF_MORE}) OR b.mode IN ({_OF_MORE}) OR a.plover_type IN ({_OF_A_TOWN}))
UNION SELECT least(a.number, b.number), greatest(a.number, b.number) FROM coarse AS a JOIN reports AS b
    ON a.pair = b.pair AND a.month = b.month AND a.plover_type = b.plover_type
    WHERE a.number <> b.number AND NOT a.half AND NOT b.half AND {_COMPARABLE} AND {_PLACES_FIT}
    AND ((a.precision = 'year') = (b.precision = 'year'))
UNION SELECT least(a.number, b.number), greatest(a.number, b.number) FROM coarse AS a JOIN reports AS b
    ON a.source_country = b.source_country AND a.month = b.month AND a.plover_type = b.plover_type AND a.mode = b.mode
    WHERE a.number <> b.number AND (a.half OR b.half) AND a.precision = 'month' AND b.precision <> 'year'
    AND {_COMPARABLE} AND {_PLACES_FIT}
UNION SELECT a.number, b.number FROM on_pages AS a JOIN on_pages AS b
    ON a.page = b.page AND a.plover_type = b.plover_type
    WHERE a.number < b.number AND {_COMPARABLE} AND {_PLACES_FIT} AND (a.day IS NULL OR b.day IS NULL
    OR abs(a.day - b.day) <= {DAYS_APART} OR a.month = b.month)
"""
_PAIRS = f"CREATE TABLE pairs AS SELECT a AS first, b AS last FROM ({_CANDIDATES}) ORDER BY last, first"
_REACHES = (
    "CREATE TABLE reaches AS SELECT first AS number, max(last) AS reach FROM pairs GROUP BY first ORDER BY first"
)
_TOLD = """
CREATE TABLE told AS SELECT n.number, m.* FROM mentions AS m JOIN members AS n USING (mention_id)
ORDER BY n.number, m.mention_id
"""
_REPORT_FIELDS = tuple(field.name for field in fields(Report) if field.name != "pages")


@dataclass(frozen=True)
class Block:
    """Reports numbered from some number up to `end`, and each pair of one of them with another or an earlier one.

    `reach` is, for reports that are paired with some of a later block, the number of the last of those.
    """

    end: int
    reports: dict[int, Report]
    reach: dict[int, int]
    pairs: list[tuple[int, int]]


class Candidates:
    """Mentions, the reports that they come to, numbered by their days, and which of these to compare."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, mentions: Iterable[pl.DataFrame]) -> None:
        self._connection = connection
        kin = [(a, b) for types in NEIGHBOURING_TYPES | NEIGHBOURING_WORDS for a, b in permutations(types)]
        connection.execute("CREATE TABLE kin (plover_type VARCHAR, other VARCHAR)")
        connection.executemany("INSERT INTO kin VALUES (?, ?)", kin)
        self.changed = self.unchanged = 0
        for frame in mentions:
            self._insert("mentions", frame)
            changed = int(frame["changed"].sum())
            self.changed, self.unchanged = self.changed + changed, self.unchanged + frame.height - changed

    def compare(self, *, only_changed: bool = False) -> None:
        """Find reports and pairs; `only_changed`: only pairs in which a report holds a changed mention."""
        for statement in (_COMPARED, _REPORTS, _MEMBERS, "DROP TABLE compared"):
            self._connection.execute(statement)
        self._connection.execute(_PAIRS, [only_changed])
        self._connection.execute(_REACHES)

    def arrange(self) -> None:
        """Let the mentions stand in the order of their reports; call before `told`."""
        self._connection.execute(_TOLD)
        self._connection.execute("DROP TABLE mentions")

    def keep(self, alike: Iterable[Collection[int]], neighbours: Iterable[pl.DataFrame]) -> None:
        """Forget the mentions of events that neither changed nor hang together with one that did.

        `alike` are reports that are alike to a changed one; `neighbours` has the pairs of events (`event_a`,
        `event_b`) that were kept apart though alike. Call `compare` anew afterwards.
        """
        run = self._connection.execute
        run("CREATE TABLE neighbours (event_a VARCHAR, event_b VARCHAR)")
        for frame in neighbours:
            self._insert("neighbours", frame)
        run(
            "CREATE TABLE beside AS SELECT number FROM reports "
            "WHERE changed OR together IN (SELECT together FROM reports WHERE changed)"
        )
        for numbers in alike:
            self._choose(numbers)
            run("INSERT INTO beside SELECT number FROM chosen")
        run(
            "CREATE TABLE reached AS SELECT DISTINCT event_id FROM mentions WHERE event_id IS NOT NULL "
            "AND mention_id IN (SELECT mention_id FROM members SEMI JOIN beside USING (number))"
        )
        run("CREATE TABLE last_reached AS SELECT * FROM reached")
        while self._rows("SELECT 1 FROM last_reached LIMIT 1"):
            run(
                "CREATE OR REPLACE TABLE last_reached AS SELECT event_b AS event_id FROM neighbours "
                "WHERE event_a IN (SELECT event_id FROM last_reached) UNION SELECT event_a FROM neighbours "
                "WHERE event_b IN (SELECT event_id FROM last_reached) EXCEPT SELECT event_id FROM reached"
            )
            run("INSERT INTO reached SELECT * FROM last_reached")
        run(
            "DELETE FROM mentions WHERE NOT changed "
            "AND coalesce(event_id NOT IN (SELECT event_id FROM reached), true)"
        )
        for table in ("neighbours", "beside", "reached", "last_reached", "reports", "members", "pairs", "reaches"):
            run(f"DROP TABLE {table}")

    def blocks(self, at_once: int) -> Iterator[Block]:
        """All reports and pairs, some `at_once` reports in a block; the first holds all that people decided on."""
        decided, count = self._rows("SELECT count(*) FILTER (together IS NOT NULL), count(*) FROM reports")[0]
        start = 0
        while start < count:
            end = max(start + at_once, decided)
            yield Block(
                end,
                self._reports(start, end),
                dict(
                    self._rows(
                        "SELECT number, reach FROM reaches WHERE number >= ? AND number < ? AND reach >= ?",
                        start,
                        end,
                        end,
                    )
                ),
                self._rows("SELECT first, last FROM pairs WHERE last >= ? AND last < ?", start, end),
            )
            start = end

    def told(self, numbers: Collection[int]) -> Iterator[tuple[int, Told]]:
        """The mentions of some reports, each with the number of its report, by number and id."""
        self._choose(numbers)
        rows = self._rows(
            f"SELECT number, {', '.join(Told._fields)} FROM told SEMI JOIN chosen USING (number) "
            "WHERE number BETWEEN ? AND ? ORDER BY number, mention_id",
            *(min(numbers, default=0), max(numbers, default=0)),
        )
        return ((row[0], Told._make(row[1:])) for row in rows)

    def _reports(self, start: int, end: int) -> dict[int, Report]:
        within = "number >= ? AND number < ?"
        pages = dict(self._rows(f"SELECT number, list(page) FROM members WHERE {within} GROUP BY number", start, end))
        rows = self._rows(f"SELECT number, {', '.join(_REPORT_FIELDS)} FROM reports WHERE {within}", start, end)
        return {
            row[0]: Report(**dict(zip(_REPORT_FIELDS, row[1:], strict=True)), pages=frozenset(pages[row[0]]))
            for row in rows
        }

    def _insert(self, table: str, frame: pl.DataFrame) -> None:
        self._connection.register("frame", frame)
        self._connection.execute(f"CREATE TABLE IF NOT EXISTS {table} AS SELECT * FROM frame LIMIT 0")
        self._connection.execute(f"INSERT INTO {table} BY NAME SELECT * FROM frame")
        self._connection.unregister("frame")

    def _choose(self, numbers: Collection[int]) -> None:
        frame = pl.DataFrame({"number": sorted(numbers)}, schema={"number": pl.Int64})
        self._connection.register("chosen", frame)

    def _rows(self, sql: str, *parameters: int) -> list[tuple[Any, ...]]:
        return self._connection.execute(sql, list(parameters)).fetchall()


@contextmanager
def candidates_among(mentions: Iterable[pl.DataFrame]) -> Iterator[Candidates]:
    """The candidates among mentions that come frame by frame, in a file that is deleted at the end.

    The frames have the columns of `Told`, and `event_id` (null until merged), `page` (a near-duplicate cluster),
    `together` (the label that a person gave) and `changed`.
    """
    with tempfile.TemporaryDirectory(prefix="attache-") as folder:
        config: dict[str, str | bool | int | float | list[str]] = {
            "memory_limit": MEMORY_LIMIT,
            "temp_directory": folder,
            "autoinstall_known_extensions": "false",
        }
        connection = duckdb.connect(str(Path(folder, "mentions.duckdb")), config=config)
        connection.execute("SET enable_progress_bar = false")  # the command line has a display of its own
        try:
            yield Candidates(connection, mentions)
        finally:
            connection.close()
