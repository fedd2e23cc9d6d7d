"""What assets ask of the warehouse they read from and write to. The warehouse itself lives in `pipelines`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

import polars as pl

from assets.table import Table


class Warehouse(Protocol):
    """A catalogue of tables. Reads and writes open and close their own connections."""

    def read(self, sql: str, parameters: Sequence[Any] = ()) -> pl.DataFrame:
        """The result of one query."""

    def replace_batch(self, batch: str, frames: Mapping[Table, pl.DataFrame]) -> None:
        """In one transaction, delete the batch's rows of each table and insert the frame's in their place."""
