"""How long SQL takes for a country pair's ten-year timeline over many events.

    python -m benchmarks.timeline [EVENTS]    (default 10,000,000)

Events are made in a DuckDB file of their own, the mart by its own query, and the timeline is read from the mart and,
to compare, from the events. Each is asked five times on a fresh connection; the median is printed.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from pathlib import Path

import duckdb

from assets.events.events.rows import EVENTS
from assets.marts.country_pair_month.query import SQL
from pipelines.catalogue import create_table_sql

_MADE = {
    "event_id": "md5(i::VARCHAR)",
    "plover_type": "['ASSAULT', 'CONSULT', 'COERCE', 'ACCUSE', 'AID', 'PROTEST', 'SUPPORT', 'AGREE'][1 + i % 8]",
    "contexts": "[]",
    "cameo_code": "'010'",
    "quad_class": "1 + i % 4",
    "intensity": "(i % 20) - 10.0",
    "source_country": "'C' || lpad((power(random(), 3) * 99)::INTEGER::VARCHAR, 2, '0')",
    "target_country": "'C' || lpad((power(random(), 3) * 99)::INTEGER::VARCHAR, 2, '0')",
    "event_date": "DATE '2015-01-01' + (random() * 3650)::INTEGER",
    "date_precision": "'day'",
    "status": "'actual'",
    "disputed": "false",
    "languages": "['en']",
    "conflicts": "[]",
    "confidence": "0.7",
}
_MART = (
    "SELECT month, plover_type, event_count, mean_intensity FROM mart "
    "WHERE source_country = 'C01' AND target_country = 'C02' ORDER BY month, plover_type"
)
_EVENTS = (
    "SELECT date_trunc('month', event_date) AS month, plover_type, count(*), avg(intensity) FROM events.events "
    "WHERE source_country = 'C01' AND target_country = 'C02' GROUP BY ALL ORDER BY ALL"
)


def main(events: int) -> None:
    """Print the medians."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "w.duckdb"
        with duckdb.connect(str(path)) as connection:
            connection.execute("SET memory_limit = '2GB'; CREATE SCHEMA events")
            connection.execute(create_table_sql(EVENTS).replace(',\n    PRIMARY KEY ("event_id")', ""))
            columns = ", ".join(
                _MADE.get(c.name, "NULL" if c.nullable else "1") + f' AS "{c.name}"' for c in EVENTS.columns
            )
            connection.execute("SELECT setseed(0.5)")
            connection.execute(f"INSERT INTO events.events SELECT {columns} FROM range({events}) AS r(i)")
            start = time.perf_counter()
            connection.execute(f"CREATE TABLE mart AS {SQL}")
            rows = connection.execute("SELECT count(*) FROM mart").fetchall()[0][0]
            print(f"{events:,} events; mart of {rows:,} rows made in {time.perf_counter() - start:.1f} s")
        for name, sql in (("mart", _MART), ("events", _EVENTS)):
            seconds = []
            for _ in range(5):
                with duckdb.connect(str(path), read_only=True) as connection:
                    start = time.perf_counter()
                    found = connection.execute(sql).fetchall()
                    seconds.append(time.perf_counter() - start)
            print(f"{name:7} {statistics.median(seconds) * 1000:8.1f} ms  {len(found)} rows")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000_000)
