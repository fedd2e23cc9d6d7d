"""The warehouse against a real DuckDB file, real second processes and a real kill."""

import logging
import shutil
import signal
import subprocess
import sys
import threading
import time
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import duckdb
import polars as pl
import pytest

from assets.raw.documents.rows import DOCUMENTS, RawDocument
from assets.raw.rejected.rows import REJECTED, RejectedInput
from assets.warehouse import Replace, Update, Upsert
from pipelines import migrations
from pipelines.catalogue import SCHEMAS, TABLES, VIEWS, data_dictionary
from pipelines.operations import BATCHES, Batch
from pipelines.warehouse import (
    DuckDBWarehouse,
    WarehouseBusy,
    WarehouseError,
    WarehouseMissing,
    telling_of_waits,
)

NOW = datetime(2024, 6, 18, 6, 8)

# Opens the file as any user's client would, says so, and holds it until its input closes.
HOLDER = "import duckdb, sys; c = duckdb.connect(sys.argv[1]); print('held', flush=True); sys.stdin.read()"

# Begins to replace rows through our own resource, and stops for ever in the middle of the transaction.
INTERRUPTED = """
import sys, time
from pipelines.warehouse import DuckDBWarehouse
with DuckDBWarehouse(path=sys.argv[1]).transaction() as connection:
    connection.execute("DELETE FROM ops.batches")
    connection.execute(
        "INSERT INTO ops.batches SELECT 'new' || i, '/c', 1, 1, 'done', now()::TIMESTAMP, NULL FROM range(50000) r(i)"
    )
    print("inside", flush=True)
    time.sleep(600)
"""


def document(number: int, batch: str = "b1") -> RawDocument:
    return RawDocument(
        document_id=f"d{number}",
        batch=batch,
        source_path=f"{number}.txt",
        member=None,
        member_position=0,
        crawled_at=None,
        flags=(),
        url=None,
        media_type="text/plain",
        encoding="utf-8",
        sha256="0" * 64,
        received_at=NOW,
        title_hint=None,
        date_hint=None,
        publisher_hint=None,
        language_hint=None,
        hint_end=0,
        content="نص".encode(),
        text="نص",
    )


def batch_row(name: str, status: str = "pending") -> Batch:
    return Batch(name, "/corpus", 1, 10, status, NOW, None)


@pytest.fixture(scope="module")
def migrated(tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("template") / "w.duckdb"
    DuckDBWarehouse(path=str(path)).migrate()
    return path


@pytest.fixture
def warehouse(tmp_path: Path, migrated: Path) -> DuckDBWarehouse:
    path = tmp_path / "w.duckdb"
    shutil.copyfile(migrated, path)
    return DuckDBWarehouse(path=str(path), wait_seconds=20)


def hold(path: str) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER, path], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def release(process: subprocess.Popen[str]) -> None:
    process.communicate()


# --- migrations and the catalogue -------------------------------------------------------------------------------


def test_the_migrated_schema_is_the_catalogue(warehouse):
    found = warehouse.read(
        "SELECT schema_name || '.' || table_name AS t, column_name, data_type, is_nullable "
        "FROM duckdb_columns() WHERE schema_name <> 'main' AND NOT internal ORDER BY table_oid, column_index"
    ).rows()
    expected = [(t.qualified_name, c.name, c.duckdb_type, c.nullable) for t in TABLES for c in t.columns]
    assert sorted(found) == sorted(expected)
    for table in TABLES:
        own = [row[1] for row in found if row[0] == table.qualified_name]
        assert own == list(table.column_names), table.qualified_name
    keys = dict(
        warehouse.read(
            "SELECT schema_name || '.' || table_name, constraint_column_names "
            "FROM duckdb_constraints() WHERE constraint_type = 'PRIMARY KEY'"
        ).rows()
    )
    assert {t.qualified_name: list(t.key) for t in TABLES if t.key} == keys


def test_every_table_view_and_column_carries_its_comment(warehouse):
    columns = {
        row[:3]: row[3]
        for row in warehouse.read(
            "SELECT schema_name, table_name, column_name, comment FROM duckdb_columns() WHERE NOT internal"
        ).rows()
    }
    for table in TABLES:
        for column in table.columns:
            assert columns[table.schema, table.name, column.name] == column.comment
    for view in VIEWS:
        for column in view.table.columns:
            assert columns["main", view.name, column.name] == column.comment
    relations = warehouse.read(
        "SELECT schema_name, table_name, comment FROM duckdb_tables() "
        "UNION ALL SELECT schema_name, view_name, comment FROM duckdb_views() WHERE NOT internal"
    ).rows()
    assert len(relations) == len(TABLES) + len(VIEWS)
    assert all(comment for _, _, comment in relations)


def test_every_table_is_in_a_known_schema():
    assert {table.schema for table in TABLES} == set(SCHEMAS)


def test_short_names_are_views_of_the_tables(warehouse):
    warehouse.replace_batch("b1", {DOCUMENTS: DOCUMENTS.frame([document(1)])})
    for view in VIEWS:
        assert warehouse.read(f"SELECT * FROM {view.name}").columns == list(view.table.column_names)


def test_a_crash_between_the_migrations_and_the_checkpoint_leaves_a_warehouse_that_opens(tmp_path):
    with duckdb.connect(str(tmp_path / "w.duckdb")) as connection:
        connection.execute("SET checkpoint_threshold = '10GB'")
        migrations.migrate(connection)
        for suffix in ("", ".wal"):  # what a killed process leaves: the file, and the log that was not yet taken in
            shutil.copy(tmp_path / f"w.duckdb{suffix}", tmp_path / f"left.duckdb{suffix}")
    with duckdb.connect(str(tmp_path / "left.duckdb")) as connection:
        assert migrations.is_current(connection)


def test_the_data_dictionary_in_docs_is_up_to_date():
    page = Path(__file__).parents[2] / "docs" / "data-dictionary.md"
    assert page.read_text(encoding="utf-8") == data_dictionary(), (
        "run: python -m pipelines.catalogue dictionary > docs/data-dictionary.md"
    )


def test_migrating_makes_the_file_and_its_folder(tmp_path):
    warehouse = DuckDBWarehouse(path=str(tmp_path / "deep" / "er" / "w.duckdb"))
    assert warehouse.migrate() == [m.name for m in migrations.migrations()]
    assert warehouse.read("SELECT * FROM events").height == 0


def test_migrating_again_writes_nothing(warehouse):
    before = Path(warehouse.path).read_bytes()
    assert warehouse.migrate() == []
    assert Path(warehouse.path).read_bytes() == before


def test_stale_comments_and_views_are_brought_up_to_date(warehouse):
    with warehouse.transaction() as connection:
        connection.execute("COMMENT ON COLUMN events.events.disputed IS 'old words'")
        connection.execute("CREATE OR REPLACE VIEW main.events AS SELECT event_id FROM events.events")
    warehouse.migrate()
    columns = warehouse.read("SELECT column_name, comment FROM duckdb_columns() WHERE table_name = 'events'")
    assert "old words" not in columns["comment"].to_list()
    assert None not in columns["comment"].to_list()
    assert len(warehouse.read("SELECT * FROM events").columns) > 1


def test_a_warehouse_of_a_newer_attache_is_refused_in_words(warehouse):
    with warehouse.transaction() as connection:
        connection.execute("INSERT INTO ops.schema_version VALUES (9999, '9999_from_the_future', now()::TIMESTAMP)")
    with pytest.raises(WarehouseError, match=r"newer Attaché.*9999.*Update Attaché"):
        warehouse.migrate()


def test_a_failing_migration_is_undone_and_said(tmp_path, monkeypatch):
    first = migrations.migrations()
    broken = migrations.Migration(len(first) + 1, "9998_broken", "CREATE TABLE ops.half (x INT); SELECT nonsense")
    monkeypatch.setattr(migrations, "migrations", lambda: (*first, broken))
    warehouse = DuckDBWarehouse(path=str(tmp_path / "w.duckdb"))
    with pytest.raises(WarehouseError, match="9998_broken failed and was undone"):
        warehouse.migrate()
    tables = warehouse.read("SELECT table_name FROM duckdb_tables()")["table_name"].to_list()
    assert "half" not in tables
    assert warehouse.read("SELECT max(version) AS v FROM ops.schema_version")["v"].to_list() == [len(first)]


def test_an_older_warehouse_gets_only_the_migrations_it_lacks(warehouse, monkeypatch):
    known = migrations.migrations()
    more = migrations.Migration(len(known) + 1, "9998_more", "CREATE TABLE ops.more (x INT)")
    monkeypatch.setattr(migrations, "migrations", lambda: (*known, more))
    assert warehouse.migrate() == ["9998_more"]
    assert warehouse.migrate() == []


# --- writing ----------------------------------------------------------------------------------------------------


def test_a_row_comes_back_as_it_went_in(warehouse):
    row = replace(document(1), text="a\r\n\u202bنص\u202c 🛩️", content=bytes(range(256)), url="https://e.test/?q='x'")
    warehouse.replace_batch("b1", {DOCUMENTS: DOCUMENTS.frame([row])})
    assert DOCUMENTS.rows(warehouse.read("SELECT * FROM raw.documents")) == [row]


def test_replacing_a_batch_touches_only_that_batch(warehouse):
    warehouse.replace_batch("b1", {DOCUMENTS: DOCUMENTS.frame([document(1), document(2)])})
    warehouse.replace_batch("b2", {DOCUMENTS: DOCUMENTS.frame([document(3, "b2")])})
    warehouse.replace_batch("b1", {DOCUMENTS: DOCUMENTS.frame([document(2), document(4)])})
    ids = warehouse.read("SELECT document_id FROM raw.documents ORDER BY 1")["document_id"].to_list()
    assert ids == ["d2", "d3", "d4"]
    warehouse.replace_batch("b1", {DOCUMENTS: DOCUMENTS.frame([])})
    assert warehouse.read("SELECT document_id FROM raw.documents")["document_id"].to_list() == ["d3"]


def test_rows_of_another_batch_are_refused(warehouse):
    with pytest.raises(ValueError, match="not of batch b1"):
        warehouse.replace_batch("b1", {DOCUMENTS: DOCUMENTS.frame([document(1, "b2")])})
    with pytest.raises(ValueError, match="has no batches"):
        warehouse.replace_batch("b1", {TABLES[-1]: TABLES[-1].frame([])})


def test_a_failure_in_one_table_leaves_all_tables_as_they_were(warehouse):
    warehouse.replace_batch("b1", {DOCUMENTS: DOCUMENTS.frame([document(1)])})
    rejected = RejectedInput("x", 0, "b1", "empty", "It is empty.", None, NOW)
    with pytest.raises(duckdb.ConstraintException):
        warehouse.replace_batch(
            "b1", {DOCUMENTS: DOCUMENTS.frame([document(2)]), REJECTED: REJECTED.frame([rejected, rejected])}
        )
    assert warehouse.read("SELECT document_id FROM raw.documents")["document_id"].to_list() == ["d1"]
    assert warehouse.read("SELECT * FROM raw.rejected").height == 0


def test_changes_are_made_together_and_in_order(warehouse):
    warehouse.write([Upsert(BATCHES, BATCHES.frame([batch_row("b1"), batch_row("b2")]))])
    warehouse.write(
        [
            Upsert(BATCHES, BATCHES.frame([batch_row("b2", "done"), batch_row("b3")])),
            Update(BATCHES, pl.DataFrame({"batch": ["b3", "b9"], "status": ["done", "done"]})),
            Replace(BATCHES, BATCHES.frame([batch_row("b4")]), "batch = ?", ("b1",)),
        ]
    )
    rows = warehouse.read("SELECT batch, status FROM ops.batches ORDER BY batch").rows()
    assert rows == [("b2", "done"), ("b3", "done"), ("b4", "pending")]
    warehouse.write([Replace(BATCHES, BATCHES.frame([batch_row("b5")]))])
    assert warehouse.read("SELECT batch FROM ops.batches")["batch"].to_list() == ["b5"]


def test_a_frame_with_wrong_columns_is_refused_by_name(warehouse):
    with pytest.raises(ValueError, match=r"ops.batches.*strange ones \['colour'\]"):
        warehouse.write([Upsert(BATCHES, BATCHES.frame([]).with_columns(pl.lit("x").alias("colour")))])
    with pytest.raises(ValueError, match=r"lacks columns \['batch'\]"):
        warehouse.write([Update(BATCHES, pl.DataFrame({"status": ["done"]}))])


def test_an_exception_inside_a_transaction_undoes_it(warehouse):
    with pytest.raises(KeyboardInterrupt), warehouse.transaction() as connection:
        connection.execute("INSERT INTO ops.batches SELECT 'b', '/c', 1, 1, 'done', now()::TIMESTAMP, NULL")
        raise KeyboardInterrupt
    assert warehouse.read("SELECT * FROM ops.batches").height == 0


def test_a_kill_inside_a_transaction_leaves_the_old_rows(warehouse):
    warehouse.write([Upsert(BATCHES, BATCHES.frame([batch_row("old")]))])
    process = subprocess.Popen(
        [sys.executable, "-c", INTERRUPTED, warehouse.path],
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "inside\n"
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdout.close()
    assert warehouse.read("SELECT batch FROM ops.batches")["batch"].to_list() == ["old"]
    warehouse.write([Upsert(BATCHES, BATCHES.frame([batch_row("after")]))])
    assert warehouse.read("SELECT batch FROM ops.batches ORDER BY 1")["batch"].to_list() == ["after", "old"]


# --- other programs and threads -----------------------------------------------------------------------------------


def test_a_held_warehouse_is_waited_for_and_told_of(warehouse, caplog):
    told: list[str] = []
    holder = hold(warehouse.path)

    def let_go_once_told() -> None:
        while not told:
            time.sleep(0.02)
        release(holder)

    threading.Thread(target=let_go_once_told).start()
    with caplog.at_level(logging.WARNING, "attache.warehouse"), telling_of_waits(told.append):
        warehouse.write([Upsert(BATCHES, BATCHES.frame([batch_row("b1")]))])
    assert f"process {holder.pid}" in told[0]
    assert warehouse.path in told[0]
    assert told[0] in caplog.messages
    assert warehouse.read("SELECT count(*) AS n FROM ops.batches")["n"].to_list() == [1]


@pytest.mark.parametrize("action", ["read", "write", "migrate"])
def test_a_warehouse_held_for_too_long_is_a_clear_error(warehouse, action):
    impatient = DuckDBWarehouse(path=warehouse.path, wait_seconds=0.2)
    holder = hold(warehouse.path)
    try:
        with pytest.raises(WarehouseBusy) as caught:
            if action == "read":
                impatient.read("SELECT 1")
            elif action == "write":
                impatient.write([Upsert(BATCHES, BATCHES.frame([batch_row("b1")]))])
            else:
                impatient.migrate()
    finally:
        release(holder)
    message = str(caught.value)
    assert warehouse.path in message
    assert f"process {holder.pid}" in message
    assert "Nothing was written" in message
    assert "warehouse_wait_seconds" in message
    assert warehouse.read("SELECT * FROM ops.batches").height == 0


def test_a_connection_of_the_same_program_is_waited_for(warehouse):
    own = duckdb.connect(warehouse.path, read_only=True)
    with pytest.raises(WarehouseBusy, match="this program"):
        DuckDBWarehouse(path=warehouse.path, wait_seconds=0.2).replace_batch("b1", {})
    own.close()
    warehouse.replace_batch("b1", {})


def test_reading_inside_ones_own_transaction_sees_what_was_committed(warehouse):
    with warehouse.transaction() as connection:
        connection.execute("INSERT INTO ops.batches SELECT 'b', '/c', 1, 1, 'done', now()::TIMESTAMP, NULL")
        assert warehouse.read("SELECT * FROM ops.batches").height == 0
    assert warehouse.read("SELECT * FROM ops.batches").height == 1


def test_a_transaction_inside_a_transaction_is_refused_rather_than_waited_for(warehouse):
    with warehouse.transaction(), pytest.raises(RuntimeError, match="inside another"):
        warehouse.write([Upsert(BATCHES, BATCHES.frame([batch_row("b")]))])
    warehouse.write([Upsert(BATCHES, BATCHES.frame([batch_row("b")]))])


def test_threads_read_and_write_at_the_same_time(warehouse):
    failures: list[BaseException] = []

    def work(number: int) -> None:
        try:
            for turn in range(5):
                warehouse.write([Upsert(BATCHES, BATCHES.frame([batch_row(f"b{number}-{turn}")]))])
                assert warehouse.read("SELECT * FROM ops.batches").height > 0
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=work, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert warehouse.read("SELECT * FROM ops.batches").height == 20


# --- what is no warehouse -----------------------------------------------------------------------------------------


def test_reading_a_warehouse_that_is_not_there_says_so_and_makes_none(tmp_path):
    path = tmp_path / "none.duckdb"
    with pytest.raises(WarehouseMissing, match="attache run"):
        DuckDBWarehouse(path=str(path)).read("SELECT 1")
    assert not path.exists()


def test_a_file_that_is_no_database_is_refused_and_left_alone(tmp_path):
    path = tmp_path / "letter.duckdb"
    path.write_text("Dear Sir or Madam\n" * 500)
    with pytest.raises(WarehouseError, match="not a valid DuckDB"):
        DuckDBWarehouse(path=str(path)).migrate()
    assert path.read_text().startswith("Dear")


def test_a_folder_that_cannot_be_made_is_a_clear_error(tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(WarehouseError, match="folder of the warehouse"):
        DuckDBWarehouse(path=str(tmp_path / "file" / "w.duckdb")).migrate()


def test_a_query_cannot_reach_the_programs_variables(warehouse):
    secret = pl.DataFrame({"key": ["hush"]})
    assert secret.height == 1
    with pytest.raises(duckdb.CatalogException):
        warehouse.read("SELECT * FROM secret")


def test_reads_cannot_write(warehouse):
    with pytest.raises(duckdb.InvalidInputException, match="read-only"):
        warehouse.read("DELETE FROM ops.schema_version")


def test_rows_of_an_earlier_version_come_through_the_migrations(tmp_path):
    connection = duckdb.connect(str(tmp_path / "old.duckdb"))
    for migration in migrations.migrations()[:7]:
        connection.execute(migration.sql)
        connection.execute(
            "INSERT INTO ops.schema_version VALUES (?, ?, now()::TIMESTAMP)", [migration.version, migration.name]
        )
    connection.execute(
        "INSERT INTO raw.documents VALUES ('d', 'b', 'a.jsonl', '17', NULL, 'text/plain', 'utf-8', 's', "
        "now()::TIMESTAMP, NULL, NULL, NULL, NULL, 0, 'x'::BLOB, 'x')"
    )
    connection.execute("INSERT INTO ops.files VALUES ('/c', 'a.jsonl', 1, 's', 5, 6, 'b', NULL, now()::TIMESTAMP)")
    migrations.migrate(connection)
    assert connection.execute("SELECT member_position, flags FROM raw.documents").fetchall() == [(17, [])]
    assert connection.execute("SELECT part, end_position, documents, bytes FROM ops.files").fetchall() == [
        (1, None, 1, 5)
    ]
    connection.close()


def test_a_stream_gives_all_rows_and_lets_go_of_the_file_when_it_is_taken_or_closed(warehouse):
    taken = list(warehouse.stream("SELECT range AS n FROM range(?)", [120_000]))
    assert sum(frame.height for frame in taken) == 120_000 and len(taken) > 1
    with warehouse.transaction() as connection:
        connection.execute("CREATE TABLE taken AS SELECT 1")
    begun = warehouse.stream("SELECT range AS n, 'text ' || range AS t FROM range(?)", [120_000])
    assert next(begun).height < 120_000
    begun.close()
    with warehouse.transaction() as connection:
        connection.execute("CREATE TABLE closed AS SELECT 1")
    assert list(warehouse.stream("SELECT 1 AS n WHERE false")) == []
