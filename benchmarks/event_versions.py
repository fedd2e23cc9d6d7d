"""What keeping the versions of events costs, beside writing the events alone.

    python -m benchmarks.event_versions [EVENTS]    (default 1,000,000)

Events with one to three mentions are made in a warehouse of their own and written as the resolver does it: a
transaction a type, whose rows take the place of those that were there. That is done three times: all are new, all are
as they were, one in a hundred is coded otherwise. Seconds of writing the events, of keeping their versions, and the
ratio of both together to the events alone are printed, then the peak memory of the process and the size of the file.
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from pathlib import Path

import duckdb

from assets.events.event_versions.keep import begin_noting, keep_versions, note_touched
from assets.events.events.rows import EVENTS
from assets.events.mentions.rows import MENTIONS
from assets.table import Table
from pipelines.warehouse import DuckDBWarehouse

_TYPES = ("ASSAULT", "CONSULT", "COERCE", "ACCUSE", "AID", "PROTEST", "SUPPORT", "AGREE")
_TYPE = f"{list(_TYPES)}[1 + i % {len(_TYPES)}]"
_EVENT = {
    "event_id": "md5(i::VARCHAR)[:16]", "plover_type": _TYPE, "contexts": "[]", "cameo_code": "'010'",
    "source_country": "'C' || i % 97", "target_country": "'C' || i % 89", "languages": "['en']", "conflicts": "[]",
    "event_date": "DATE '2015-01-01' + (i % 3650)::INTEGER", "date_precision": "'day'", "status": "'actual'",
    "disputed": "false", "confidence": "0.7", "mention_count": "1 + i % 3", "mode": "'armed'",
}  # fmt: skip
_MENTION = {
    "mention_id": "md5(i || '-' || k)[:16]", "document_id": "md5('d' || i || '-' || k)[:16]", "batch": "'b'",
    "segment_id": "md5('s' || i || '-' || k)[:16]", "language": "'en'", "plover_type": _TYPE, "contexts": "[]",
    "cameo_code": "'010'", "status": "'actual'", "date_basis": "'stated'", "trigger_text": "'attacked'",
    "evidence_text": "'Soldiers of C' || i % 97 || ' attacked a village of C' || i % 89 || ' on the day ' || i",
    "source_country": "'C' || i % 97", "target_country": "'C' || i % 89", "event_id": "md5(i::VARCHAR)[:16]",
}  # fmt: skip


def main(events: int) -> None:
    """Print the figures."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "w.duckdb"
        DuckDBWarehouse(path=str(path)).migrate()
        with duckdb.connect(str(path)) as connection:
            connection.execute("SET TimeZone = 'UTC'")
            connection.execute(
                f"INSERT INTO events.mentions SELECT {_columns(MENTIONS, _MENTION)} "
                f"FROM range({events:d}) AS e(i), range(3) AS m(k) WHERE k <= i % 3"
            )
            connection.execute(
                f"CREATE TEMP TABLE made AS SELECT {_columns(EVENTS, _EVENT)} FROM range({events:d}) AS e(i)"
            )
            print(f"{events:,} events of {len(_TYPES)} types")
            print(f"{'':<22}{'events, s':>11}{'versions, s':>13}{'ratio':>8}{'versions':>12}")
            _print_pass(connection, "all new")
            _print_pass(connection, "all as they were")
            connection.execute("UPDATE made SET mode = 'otherwise' WHERE hash(event_id) % 100 = 0")
            _print_pass(connection, "one in 100 otherwise")
        size = path.stat().st_size
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(f"peak memory {peak / 2**20:.2f} GiB, file {size / 2**20:,.0f} MiB")


def _print_pass(connection: duckdb.DuckDBPyConnection, name: str) -> None:
    writing = keeping = 0.0
    for plover_type in _TYPES:
        connection.begin()
        of_type = "SELECT event_id FROM made WHERE plover_type = ?"
        begin_noting(connection)
        note_touched(connection, of_type, [plover_type])
        started = time.perf_counter()
        connection.execute("DELETE FROM events.events WHERE plover_type = ?", [plover_type])
        connection.execute("INSERT INTO events.events SELECT * FROM made WHERE plover_type = ?", [plover_type])
        written = time.perf_counter()
        keep_versions(connection)
        kept = time.perf_counter()
        connection.commit()
        writing += written - started + (time.perf_counter() - kept) / 2  # the commit is of both
        keeping += kept - written + (time.perf_counter() - kept) / 2
    versions = connection.execute("SELECT count(*) FROM events.event_versions").fetchall()[0][0]
    print(f"{name:<22}{writing:>11.1f}{keeping:>13.1f}{(writing + keeping) / writing:>8.2f}{versions:>12,}")


def _columns(table: Table, values: dict[str, str]) -> str:
    return ", ".join(f'{values.get(c.name, "NULL" if c.nullable else "1")} AS "{c.name}"' for c in table.columns)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
