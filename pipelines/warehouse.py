"""The warehouse: one DuckDB file, read and written in short connections that wait for other programs.

Reads open the file read-only; every write is one transaction. Inside a process, readers and writers of one file take
turns here, because DuckDB refuses to open a file in two modes at once; between processes DuckDB's own file lock
decides, and whoever comes second waits. What the tables are stands in `pipelines.catalogue`, how a warehouse comes
to have them in `pipelines.migrations`. Nothing here computes rows: do that before a transaction, never inside one.
"""

# ruff: noqa: S608 - names of tables and columns come from the catalogue, values are parameters

from __future__ import annotations

import logging
import re
import threading
import time
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal

import dagster as dg
import duckdb
import polars as pl
from pydantic import PrivateAttr

from assets.events.event_versions.keep import begin_noting, keep_versions, note_touched
from assets.events.events.rows import EVENTS
from assets.raw.sightings.rows import SIGHTINGS
from assets.table import Table
from assets.warehouse import Change, Query, Replace, Unavailable, Update, Upsert
from pipelines import migrations
from pipelines.catalogue import quoted_names
from pipelines.run_book import RUN_TAG, AtWork, known_rules, note_made, sign_in
from pipelines.superseding import retire_superseded

logger = logging.getLogger("attache.warehouse")

_FIRST_MESSAGE_SECONDS = 1.0
_MESSAGE_INTERVAL_SECONDS = 5.0
_POLL_SECONDS = 0.1
_ROWS_AT_ONCE = 50_000

# No extension is fetched from the network, and a query cannot reach into this program's variables.
_CONFIG: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": "false",
    "python_enable_replacements": "false",
}


class WarehouseError(Exception):
    """The warehouse cannot be used; the message says what is wrong, where, and what to do."""


class WarehouseBusy(WarehouseError, Unavailable):
    """Another program held the warehouse for longer than we were told to wait. Nothing was written."""


class WarehouseMissing(WarehouseError):
    """There is no warehouse file yet."""


class DuckDBWarehouse(dg.ConfigurableResource):
    """The warehouse as a Dagster resource; implements `assets.warehouse.Warehouse`.

    `path` is the DuckDB file, `wait_seconds` how long to wait while another program holds it, `rules` the name of
    what its Dagster runs work by, to be entered in the books of what they make (`run_book.know_rules`).
    """

    path: str
    wait_seconds: float = 60.0
    rules: str = ""
    _at_work: AtWork | None = PrivateAttr(default=None)

    def setup_for_execution(self, context: dg.InitResourceContext) -> None:
        """Dagster tells which run the warehouse is going to be written for."""
        rules = known_rules(self.rules)
        if rules is not None and context.run is not None:
            number = context.run.tags.get(RUN_TAG)
            self._at_work = AtWork(context.run.run_id, int(number) if number else None, rules)

    def read(self, sql: str, parameters: Sequence[Any] = ()) -> pl.DataFrame:
        """The result of one query, on a read-only connection. Raises WarehouseMissing, WarehouseBusy."""
        with self.reading() as query:
            return query(sql, parameters)

    @contextmanager
    def reading(self) -> Iterator[Query]:
        """Several queries on one read-only connection, so that all see the same state of the tables."""
        with self._open("read") as connection:
            yield lambda sql, parameters=(): connection.execute(sql, list(parameters)).pl()

    def stream(self, sql: str, parameters: Sequence[Any] = ()) -> Generator[pl.DataFrame]:
        """The result of one query in frames of `_ROWS_AT_ONCE` rows, so that a large one need not fit into memory.

        The read-only connection stays open until the last frame is taken or the iterator is closed: a thread that
        writes before would wait for itself.
        """
        with self._open("read") as connection:
            reader = connection.execute(sql, list(parameters)).fetch_record_batch(_ROWS_AT_ONCE)
            try:
                while (rows := next(reader, None)) is not None:
                    yield pl.DataFrame(pl.from_arrow(rows))
            finally:
                reader.close()

    def replace_batch(self, batch: str, frames: Mapping[Table, pl.DataFrame]) -> None:
        """In one transaction, delete the batch's rows of each table and insert the frame's in their place.

        Where `raw.sightings` is among the tables, documents that the batch's newer file versions have superseded
        leave `raw.documents` and every later table in the same transaction (`pipelines.superseding`).
        Raises ValueError when a table has no batches or a frame holds rows of another one.
        """
        for table, frame in frames.items():
            if not table.is_batched:
                raise ValueError(f"{table.qualified_name} has no batches; use write()")
            strangers = frame.filter(pl.col("batch").ne_missing(batch)) if frame.height else frame
            if strangers.height:
                raise ValueError(f"{strangers.height} rows for {table.qualified_name} are not of batch {batch}")
        with self.transaction() as connection:
            changes = [Replace(t, frame, "batch = ?", (batch,)) for t, frame in frames.items()]
            self._apply(connection, changes)
            if SIGHTINGS in frames:
                retire_superseded(connection, batch)

    def write(self, changes: Sequence[Change]) -> None:
        """Make several changes in one transaction, in order: all of them or none."""
        if changes:
            with self.transaction() as connection:
                self._apply(connection, changes)

    def _apply(self, connection: duckdb.DuckDBPyConnection, changes: Sequence[Change]) -> None:
        note_made(connection, self._at_work, changes)
        apply_changes(connection, changes)

    @contextmanager
    def transaction(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """A connection inside one transaction: committed at the end, undone when anything is raised.

        Raises WarehouseBusy, WarehouseMissing, and WarehouseError when the disk does not take the rows.
        """
        with self._open("write") as connection:
            connection.begin()
            try:
                sign_in(connection, self._at_work)
                yield connection
                connection.commit()
            except BaseException as error:
                _roll_back(connection)
                if isinstance(error, duckdb.IOException | duckdb.FatalException):
                    raise WarehouseError(_not_written(self.path, error)) from error
                raise

    def migrate(self) -> list[str]:
        """Bring the warehouse to this version's tables, making it if need be; names of the migrations applied.

        A warehouse that is up to date is only read. Raises WarehouseError when it is not one, or is too new.
        """
        if Path(self.path).is_file():
            with self._explained(), self._open("read") as connection:
                if migrations.is_current(connection):
                    return []
        else:
            self._make_folder()
        with self._explained(), self._open("create") as connection:
            applied = migrations.migrate(connection)
            connection.execute("CHECKPOINT")
            return applied

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except migrations.MigrationError as error:
            raise WarehouseError(f"The warehouse {self.path} cannot be used: {error}.") from error
        except (duckdb.IOException, duckdb.FatalException) as error:
            raise WarehouseError(_not_written(self.path, error)) from error

    def _make_folder(self) -> None:
        try:
            Path(self.path).parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise WarehouseError(
                f"The folder of the warehouse {self.path} cannot be made ({error.strerror}); choose another."
            ) from error

    @contextmanager
    def _open(self, purpose: Literal["read", "write", "create"]) -> Iterator[duckdb.DuckDBPyConnection]:
        path = Path(self.path).absolute()
        if purpose != "create" and not path.exists():
            raise WarehouseMissing(f"There is no warehouse {self.path} yet; `attache run` makes it.")
        gate = _gate(path)
        deadline = _Deadline(self.path, self.wait_seconds)
        read_only = gate.enter(writing=purpose != "read", deadline=deadline)
        try:
            connection = _connect(path, read_only, deadline)
            try:
                yield connection
            finally:
                connection.close()
        finally:
            gate.leave(writing=purpose != "read")


def apply_changes(connection: duckdb.DuckDBPyConnection, changes: Sequence[Change]) -> None:
    """Make the changes inside a transaction that the caller holds open; events that change keep their versions."""
    of_events = [change for change in changes if change.table == EVENTS]
    if of_events:
        begin_noting(connection)
    for change in changes:
        if change.table == EVENTS:
            _note_events(connection, change)
        _apply(connection, change)
    if of_events:
        keep_versions(connection)


def _note_events(connection: duckdb.DuckDBPyConnection, change: Change) -> None:
    if isinstance(change, Replace):
        condition = f" WHERE {change.where}" if change.where else ""
        note_touched(connection, f"SELECT event_id FROM {EVENTS.qualified_name}{condition}", change.parameters)
    with _registered(connection, change.frame):
        note_touched(connection, "SELECT event_id FROM attache_frame")


_listeners: list[Callable[[str], None]] = []


@contextmanager
def telling_of_waits(listener: Callable[[str], None]) -> Iterator[None]:
    """While the block runs, `listener` gets each message about waiting for another program (as the logger does)."""
    _listeners.append(listener)
    try:
        yield
    finally:
        _listeners.remove(listener)


class _Deadline:
    """Counts the wait for one connection, tells of it now and then, and ends it with WarehouseBusy."""

    def __init__(self, path: str, wait_seconds: float) -> None:
        self._path, self._wait_seconds = path, wait_seconds
        self._start = time.monotonic()
        self._next_message = _FIRST_MESSAGE_SECONDS

    def wait(self, holder: str, pause: Callable[[float], object] = time.sleep) -> None:
        """Pause a moment, or raise WarehouseBusy when the time is up."""
        elapsed = time.monotonic() - self._start
        if elapsed >= self._wait_seconds:
            raise WarehouseBusy(
                f"The warehouse {self._path} is in use by {holder}, and still was after "
                f"{self._wait_seconds:g} seconds. Nothing was written. Close that program or its connection "
                "and run again, or set warehouse_wait_seconds higher."
            )
        if elapsed >= self._next_message:
            self._next_message = elapsed + _MESSAGE_INTERVAL_SECONDS
            left = self._wait_seconds - elapsed
            message = (
                f"Waiting for the warehouse {self._path}: it is in use by {holder}. "
                f"Close that program or its connection to go on; giving up in {left:.0f} seconds."
            )
            logger.warning(message)
            for listener in list(_listeners):
                listener(message)
        pause(min(_POLL_SECONDS, max(self._wait_seconds - elapsed, 0.001)))


class _Gate:
    """Lets the threads of this process share one file: many readers, or one writer with readers beside it."""

    def __init__(self) -> None:
        self._condition = threading.Condition()
        self._read_only = True
        self._open_count = 0
        self._writer: int | None = None
        self._writers_waiting = 0

    def enter(self, writing: bool, deadline: _Deadline) -> bool:
        """Take a place; returns whether to open read-only. Call `leave` afterwards, whatever happens."""
        with self._condition:
            return self._enter_to_write(deadline) if writing else self._enter_to_read(deadline)

    def leave(self, writing: bool) -> None:
        """Give the place back."""
        with self._condition:
            self._open_count -= 1
            if writing:
                self._writer = None
            self._condition.notify_all()

    def _enter_to_read(self, deadline: _Deadline) -> bool:
        while self._writers_waiting and self._writer is None:
            deadline.wait("another thread of this program", self._condition.wait)
        if self._open_count == 0:
            self._read_only = True
        self._open_count += 1
        return self._read_only

    def _enter_to_write(self, deadline: _Deadline) -> bool:
        if self._writer == threading.get_ident():
            raise RuntimeError("a transaction was begun inside another of the same thread")
        self._writers_waiting += 1
        try:
            while self._writer is not None or (self._open_count and self._read_only):
                deadline.wait("another thread of this program", self._condition.wait)
        finally:
            self._writers_waiting -= 1
            self._condition.notify_all()
        self._read_only, self._writer = False, threading.get_ident()
        self._open_count += 1
        return False


_gates: dict[Path, _Gate] = {}
_gates_lock = threading.Lock()


def _gate(path: Path) -> _Gate:
    with _gates_lock:
        return _gates.setdefault(path.resolve(), _Gate())


def _connect(path: Path, read_only: bool, deadline: _Deadline) -> duckdb.DuckDBPyConnection:
    while True:
        try:
            connection = duckdb.connect(str(path), read_only=read_only, config=_CONFIG)
        except duckdb.IOException as error:
            if "Could not set lock" not in str(error):
                raise WarehouseError(f"The warehouse {path} cannot be opened: {_first_line(error)}") from error
            deadline.wait(_holder(str(error)))
        except duckdb.ConnectionException as error:
            if "different configuration" not in str(error):
                raise WarehouseError(f"The warehouse {path} cannot be opened: {_first_line(error)}") from error
            deadline.wait("another connection of this program")
        except duckdb.Error as error:
            raise WarehouseError(f"The warehouse {path} cannot be opened: {_first_line(error)}") from error
        else:
            connection.execute("SET TimeZone = 'UTC'")
            return connection


def _holder(message: str) -> str:
    found = re.search(r"held in (.+?) \(PID (\d+)\)(?: by user (\S+))?", message)
    if not found:
        return "another program"
    program, process, user = found.groups()
    name = program.rsplit("/", 1)[-1]
    return f"{name} (process {process}{f', user {user.rstrip(chr(46))}' if user else ''})"


def _first_line(error: BaseException) -> str:
    return str(error).splitlines()[0]


def _not_written(path: str, error: BaseException) -> str:
    """Why the file system did not take the rows, and what to do where there was no room for them."""
    told = _first_line(error)
    full = any(sign in told for sign in ("No space left", "File too large", "Disk quota exceeded"))
    room = " Make room (or choose another place with the setting warehouse) and run again." if full else ""
    return f"The warehouse {path} could not be written: {told}.{room}"


def _roll_back(connection: duckdb.DuckDBPyConnection) -> None:
    try:
        connection.rollback()
    except duckdb.Error:
        logger.debug("nothing to undo: the transaction had ended", exc_info=True)


def _apply(connection: duckdb.DuckDBPyConnection, change: Change) -> None:
    table = change.table
    _check_columns(change)
    with _registered(connection, change.frame):
        match change:
            case Replace(where=where, parameters=parameters):
                condition = f" WHERE {where}" if where else ""
                connection.execute(f"DELETE FROM {table.qualified_name}{condition}", list(parameters))
                _insert(connection, "INSERT INTO", table)
            case Upsert():
                _insert(connection, "INSERT OR REPLACE INTO", table)
            case Update(frame=frame):
                _update(connection, table, frame.columns)


@contextmanager
def _registered(connection: duckdb.DuckDBPyConnection, frame: pl.DataFrame) -> Iterator[None]:
    connection.register("attache_frame", frame)
    try:
        yield
    finally:
        connection.unregister("attache_frame")


def _insert(connection: duckdb.DuckDBPyConnection, verb: str, table: Table) -> None:
    names = quoted_names(table.column_names)
    connection.execute(f"{verb} {table.qualified_name} ({names}) SELECT {names} FROM attache_frame")


def _update(connection: duckdb.DuckDBPyConnection, table: Table, columns: Sequence[str]) -> None:
    settings = ", ".join(f'"{name}" = new."{name}"' for name in columns if name not in table.key)
    same = " AND ".join(f'old."{name}" = new."{name}"' for name in table.key)
    connection.execute(f"UPDATE {table.qualified_name} AS old SET {settings} FROM attache_frame AS new WHERE {same}")


def _check_columns(change: Change) -> None:
    names, given = set(change.table.column_names), set(change.frame.columns)
    needed = set(change.table.key) if isinstance(change, Update) else names
    if given - names or needed - given or (isinstance(change, Update) and given == needed):
        raise ValueError(
            f"a frame for {change.table.qualified_name} lacks columns {sorted(needed - given)} "
            f"and has strange ones {sorted(given - names)}"
        )
