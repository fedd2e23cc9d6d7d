"""Versions of events through a real warehouse: written with the events, only where they change."""

import shutil
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pytest

from assets.events.event_versions.keep import RUN_VARIABLE, take_back
from assets.events.events.rows import EVENTS
from assets.events.mentions.rows import MENTIONS
from assets.warehouse import Change, Replace, Update
from pipelines.migrations import migrations
from pipelines.warehouse import DuckDBWarehouse

_FILL: dict[str, Any] = {
    "VARCHAR": "x", "BIGINT": 1, "DOUBLE": 0.5, "BOOLEAN": True, "VARCHAR[]": ["x"], "DATE": None,
}  # fmt: skip


@pytest.fixture(scope="module")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("versions") / "w.duckdb"
    DuckDBWarehouse(path=str(path)).migrate()
    return path


@pytest.fixture
def warehouse(tmp_path: Path, migrated: Path) -> DuckDBWarehouse:
    shutil.copyfile(migrated, tmp_path / "w.duckdb")
    return DuckDBWarehouse(path=str(tmp_path / "w.duckdb"))


def rows(table: Any, *values: dict[str, Any]) -> pl.DataFrame:
    """Rows of a table with something in every column."""
    full = [{c.name: _FILL[c.duckdb_type] for c in table.columns} | given for given in values]
    return pl.DataFrame(full, schema=table.polars_schema)


def events(**types: str) -> list[Change]:
    """What the resolver writes: events by id and type, each with one mention in a sentence of its own."""
    made = rows(EVENTS, *({"event_id": e, "plover_type": t} for e, t in types.items()))
    told = rows(
        MENTIONS,
        *(
            {"mention_id": f"m-{e}-{t}", "segment_id": f"s-{e}", "event_id": e, "plover_type": t, "evidence_text": t}
            for e, t in types.items()
        ),
    )
    return [Replace(MENTIONS, told), Replace(EVENTS, made, "true")]


def versions(warehouse: DuckDBWarehouse, columns: str = "event_id, version, plover_type, valid_to IS NULL") -> Any:
    return warehouse.read(f"SELECT {columns} FROM events.event_versions ORDER BY event_id, version").rows()


def test_a_version_begins_with_every_change_and_with_nothing_else(warehouse: DuckDBWarehouse) -> None:
    warehouse.write(events(e1="AID", e2="AID"))
    assert versions(warehouse) == [("e1", 1, "AID", True), ("e2", 1, "AID", True)]
    warehouse.write(events(e1="AID", e2="AID"))
    assert len(versions(warehouse)) == 2
    before = warehouse.read("SELECT max(valid_from) FROM events.event_versions").item()
    warehouse.write(events(e1="ASSAULT", e3="AID"))
    assert versions(warehouse) == [
        ("e1", 1, "AID", False), ("e1", 2, "ASSAULT", True), ("e2", 1, "AID", False), ("e3", 1, "AID", True),
    ]  # fmt: skip
    as_of = "SELECT event_id, plover_type FROM events_as_of(?) ORDER BY 1"
    assert warehouse.read(as_of, [before]).rows() == [("e1", "AID"), ("e2", "AID")]
    assert warehouse.read("FROM events EXCEPT FROM events_as_of(now()::TIMESTAMP)").is_empty()
    assert warehouse.read(as_of, [datetime(2000, 1, 1)]).is_empty()
    assert versions(warehouse, "example_text, mention_ids, segment_ids")[0] == ("AID", ["m-e1-AID"], ["s-e1"])


def test_a_mention_coded_otherwise_is_a_change_of_its_event(warehouse: DuckDBWarehouse) -> None:
    warehouse.write(events(e1="AID"))
    mentions, same = events(e1="AID")
    assert isinstance(mentions, Replace)
    otherwise = replace(mentions, frame=mentions.frame.with_columns(pl.lit("Accra").alias("place_name")))
    warehouse.write([otherwise, same])
    assert versions(warehouse, "version, valid_to IS NULL") == [(1, False), (2, True)]


def test_a_write_that_fails_leaves_no_version(warehouse: DuckDBWarehouse) -> None:
    wrong = Replace(EVENTS, EVENTS.frame([]), "no_such_column = 1")
    with pytest.raises(duckdb.Error):
        warehouse.write([*events(e1="AID"), wrong])
    assert versions(warehouse) == [] and warehouse.read("FROM events").is_empty()


def test_an_update_is_a_change_as_well(warehouse: DuckDBWarehouse) -> None:
    warehouse.write(events(e1="AID"))
    warehouse.write([Update(EVENTS, pl.DataFrame({"event_id": ["e1"], "mode": ["military"]}))])
    assert versions(warehouse, "version, mode") == [(1, "x"), (2, "military")]


def test_what_a_gate_takes_out_was_known_only_if_an_earlier_run_let_it_through(warehouse: DuckDBWarehouse) -> None:
    def in_run(number: int, **types: str) -> None:
        with warehouse.transaction() as connection:
            connection.execute(f"SET VARIABLE {RUN_VARIABLE} = {number}")
            for change in events(**types):
                warehouse._apply(connection, [change])
            connection.execute("CREATE TEMP TABLE taken AS SELECT 'e2' AS event_id")
            connection.execute("DELETE FROM events.events WHERE event_id = 'e2'")
            take_back(connection, "taken")

    in_run(1, e1="AID", e2="AID")
    in_run(2, e1="AID", e2="AID")
    assert versions(warehouse) == [("e1", 1, "AID", True)]
    warehouse.write(events(e1="AID", e2="AID"))  # let through outside of a run
    in_run(3, e1="AID", e2="ASSAULT")
    assert versions(warehouse, "event_id, version, plover_type, from_run, to_run") == [
        ("e1", 1, "AID", 1, None), ("e2", 1, "AID", 0, 3),
    ]  # fmt: skip


_COLUMNS = "SELECT column_name FROM duckdb_columns() WHERE schema_name = ? AND table_name = ?"


def test_an_upgrade_begins_with_what_is_there(tmp_path: Path) -> None:
    path = tmp_path / "old.duckdb"
    old = [migration for migration in migrations() if migration.name < "0016_history"]
    new, again = DuckDBWarehouse(path=str(tmp_path / "new.duckdb")), events(e1="AID", e2="ASSAULT")
    new.migrate()
    new.write(again)
    with duckdb.connect(str(path)) as connection:
        connection.execute("SET TimeZone = 'UTC'")
        for migration in old:
            connection.execute(migration.sql)
            connection.execute(
                "INSERT INTO ops.schema_version VALUES (?, ?, now())", [migration.version, migration.name]
            )
        for change in again:
            connection.register("frame", change.frame)
            known = [
                name for (name,) in connection.execute(_COLUMNS, [change.table.schema, change.table.name]).fetchall()
            ]
            columns = ", ".join(f'"{name}"' for name in known)
            connection.execute(f"INSERT INTO {change.table.qualified_name} BY NAME SELECT {columns} FROM frame")
        connection.execute(
            "INSERT INTO ops.batches VALUES ('x', '/corpus', 1, 1, 'done', '2026-01-01', '2026-01-02 03:04:05')"
        )
    upgraded = DuckDBWarehouse(path=str(path))
    assert upgraded.migrate()[0] == "0016_history"
    done = datetime(2026, 1, 2, 3, 4, 5)
    assert versions(upgraded, "event_id, version, valid_from, from_run, valid_to") == [
        ("e1", 1, done, 0, None), ("e2", 1, done, 0, None),
    ]  # fmt: skip
    assert upgraded.read("SELECT run, ended_at, batches FROM ops.runs").rows() == [(0, done, ["x"])]
    alike = "* EXCLUDE (valid_from, valid_to)"
    assert versions(upgraded, alike) == versions(new, alike)
    upgraded.write(again)
    assert len(versions(upgraded)) == 2
