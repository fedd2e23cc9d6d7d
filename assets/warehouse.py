"""What assets ask of the warehouse they read from and write to. The warehouse itself lives in `pipelines`."""

from __future__ import annotations

from collections.abc import Generator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any, Protocol

import polars as pl

from assets.table import Table


class Unavailable(Exception):
    """The warehouse cannot be had at the moment: another program holds it. The same step can go right later."""


@dataclass(frozen=True)
class Replace:
    """Delete the rows that `where` selects (all rows if it is empty) and insert the frame's."""

    table: Table
    frame: pl.DataFrame
    where: str = ""
    parameters: tuple[Any, ...] = ()


@dataclass(frozen=True)
class Upsert:
    """Insert the frame's rows; a row whose key is there already is replaced."""

    table: Table
    frame: pl.DataFrame


@dataclass(frozen=True)
class Update:
    """Set the frame's other columns in the rows whose key the frame names; rows that are not there are passed over.

    The frame holds the table's key columns and the columns to set.
    """

    table: Table
    frame: pl.DataFrame


Change = Replace | Upsert | Update


class Query(Protocol):
    """Runs one query."""

    def __call__(self, sql: str, parameters: Sequence[Any] = ()) -> pl.DataFrame:
        """Its result."""


class Warehouse(Protocol):
    """A catalogue of tables. Reads and writes open and close their own connections."""

    def reading(self) -> AbstractContextManager[Query]:
        """Several queries on one connection, which cost less and see the same state of the tables."""

    def read(self, sql: str, parameters: Sequence[Any] = ()) -> pl.DataFrame:
        """The result of one query."""

    def stream(self, sql: str, parameters: Sequence[Any] = ()) -> Generator[pl.DataFrame]:
        """The result of one query in frames of some ten thousand rows; take all, or close it, before writing."""

    def replace_batch(self, batch: str, frames: Mapping[Table, pl.DataFrame]) -> None:
        """In one transaction, delete the batch's rows of each table and insert the frame's in their place."""

    def write(self, changes: Sequence[Change]) -> None:
        """Make several changes in one transaction, in order: all of them or none."""
