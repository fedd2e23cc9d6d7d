"""Dagster's own SQLite storage with connections that are kept, for the processes in which `attache` itself runs jobs.

Dagster opens its event log anew for every event (1.13): an engine that knows no statement yet, a connection, and a
close that folds the write-ahead log back into the file. A run with all gates writes some five hundred events, so this
came to a third of what the gates cost. The files and tables stay Dagster's, and other programs read and write them
beside this one. What an event is, and when one is written, is none of this module's business.
"""

from __future__ import annotations

import os
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import sqlalchemy as db
from dagster._core.events.log import EventLogEntry
from dagster._core.storage.event_log.sqlite import SqliteEventLogStorage
from dagster._core.storage.sqlite import SQLITE_BUSY_TIMEOUT_SECONDS
from dagster._core.storage.sqlite_storage import DagsterSqliteStorage
from dagster._serdes import ConfigurableClassData
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.pool import QueuePool

_MOST_OPEN = 4
"""Databases that are kept open: the index of all runs, and those of the latest runs."""


class KeptEventLogStorage(SqliteEventLogStorage):
    """Dagster's event log; a connection to each database waits for the next event.

    A commit does not wait until the disk has it (`synchronous = NORMAL`): the file stays whole whatever happens, but
    a machine that loses its power may forget the last events, as if it had lost it a moment earlier.
    """

    def __init__(self, base_dir: str, inst_data: ConfigurableClassData | None = None) -> None:
        self._engines: OrderedDict[str, Engine] = OrderedDict()
        self._tables: set[str] = set()
        super().__init__(base_dir, inst_data)

    @property
    def open_databases(self) -> tuple[str, ...]:
        """The names of the databases that are kept open, the latest used last."""
        return tuple(self._engines)

    @contextmanager
    def _connect(self, shard: str) -> Iterator[Connection]:
        with self._db_lock:
            engine = self._engine(shard)
            if shard not in self._initialized_dbs:
                self._initdb(engine)
                self._initialized_dbs.add(shard)
            with engine.connect() as connection, connection.begin():
                yield connection

    def _engine(self, shard: str) -> Engine:
        engine = self._engines.pop(shard, None) or self._new_engine(shard)
        self._engines[shard] = engine
        while len(self._engines) > _MOST_OPEN:
            self._engines.popitem(last=False)[1].dispose()
        return engine

    def _new_engine(self, shard: str) -> Engine:
        engine = db.create_engine(
            self.conn_string_for_shard(shard),
            poolclass=QueuePool,
            pool_size=1,
            max_overflow=-1,
            connect_args={"timeout": SQLITE_BUSY_TIMEOUT_SECONDS},
        )
        db.event.listen(engine, "connect", _not_to_wait_for_the_disk)
        return engine

    def store_event(self, event: EventLogEntry) -> None:
        """Write an event. The UI follows a run by looking at its file, which a commit to the log beside it leaves
        untouched: so it is touched here."""
        super().store_event(event)
        os.utime(self.path_for_shard(event.run_id))

    def has_table(self, table_name: str) -> bool:
        """Whether the index has a table; asked for every check, and no table ever goes."""
        if table_name not in self._tables and super().has_table(table_name):
            self._tables.add(table_name)
        return table_name in self._tables

    def wipe(self) -> None:
        """Delete every event, and with them the files of the runs."""
        self._close()
        super().wipe()

    def dispose(self) -> None:
        """Close every connection."""
        super().dispose()
        self._close()

    def _close(self) -> None:
        with self._db_lock:
            while self._engines:
                self._engines.popitem()[1].dispose()


def _not_to_wait_for_the_disk(connection: Any, _: object) -> None:
    connection.execute("PRAGMA synchronous = NORMAL")
    # Folded into the file after so many pages of 4 KiB: where a disk is nearly full, its room counts.
    connection.execute("PRAGMA wal_autocheckpoint = 100")


class KeptSqliteStorage(DagsterSqliteStorage):
    """Dagster's default storage below a home folder, with an event log that is kept open."""

    def __init__(self, base_dir: str, inst_data: ConfigurableClassData | None = None) -> None:
        super().__init__(base_dir, inst_data)
        theirs = self._event_log_storage
        self._event_log_storage = KeptEventLogStorage(theirs._base_dir)  # their folder
        theirs.dispose()

    @classmethod
    def from_config_value(cls, inst_data: ConfigurableClassData | None, config_value: Any) -> KeptSqliteStorage:
        """As `dagster.yaml` configures it: `base_dir` is the home folder."""
        return cls.from_local(inst_data=inst_data, **config_value)
