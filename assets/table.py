"""What a table is: its columns, types and comments, read off a row type.

A row type is a frozen dataclass whose fields are annotated ``Annotated[type, "comment"]``. Everything that needs
to know a table (migrations, frames, Dagster column schemas, expectation suites, the data dictionary) asks here, so
that a column is written down once. No SQL is run here.
"""

from __future__ import annotations

import types
import typing
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from functools import cache, cached_property

if typing.TYPE_CHECKING:
    import polars as pl

_DUCKDB_TYPES: dict[typing.Any, str] = {
    str: "VARCHAR",
    int: "BIGINT",
    float: "DOUBLE",
    bool: "BOOLEAN",
    bytes: "BLOB",
    date: "DATE",
    datetime: "TIMESTAMP",
    tuple[str, ...]: "VARCHAR[]",
    tuple[int, ...]: "BIGINT[]",
    tuple[float, ...]: "DOUBLE[]",
}


@dataclass(frozen=True)
class Column:
    """One column of a table: DuckDB type, whether it may be null, and the comment users read."""

    name: str
    duckdb_type: str
    nullable: bool
    comment: str

    @property
    def polars_type(self) -> pl.DataType:
        """The polars type of the same column."""
        return _polars_types()[self.duckdb_type]


@dataclass(frozen=True)
class Table:
    """A warehouse table described by its row type. Timestamps are UTC without a zone.

    `read_from` tells what each column is made of: names of columns to names of other tables' columns
    (`schema.table.column`, or `schema.table.*` for the column of the same name), both parted by spaces; nothing for
    a column that is made of no other, such as a version.
    """

    schema: str
    name: str
    row_type: type
    key: tuple[str, ...]
    comment: str
    read_from: Mapping[str, str] = field(default_factory=dict, hash=False, compare=False)

    @property
    def qualified_name(self) -> str:
        """``schema.name``, as SQL writes it."""
        return f"{self.schema}.{self.name}"

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        """The columns in the order of the row type's fields."""
        hints = typing.get_type_hints(self.row_type, include_extras=True)
        return tuple(_column(field.name, hints[field.name]) for field in fields(self.row_type))

    @property
    def column_names(self) -> tuple[str, ...]:
        """Names of the columns, in order."""
        return tuple(column.name for column in self.columns)

    @cached_property
    def lineage(self) -> Mapping[str, tuple[tuple[str, str], ...]]:
        """For each column that `read_from` names: the tables (`schema.table`) and columns that it is made of."""
        found: dict[str, tuple[tuple[str, str], ...]] = {}
        for names, sources in self.read_from.items():
            for name in names.split():
                pairs = (source.rpartition(".")[::2] for source in sources.split())
                found[name] = tuple((table, name if column == "*" else column) for table, column in pairs)
        return found

    @property
    def is_batched(self) -> bool:
        """Whether rows carry the batch they belong to, so that a batch's rows can be replaced."""
        return "batch" in self.column_names

    @cached_property
    def polars_schema(self) -> dict[str, pl.DataType]:
        """Column name to polars type."""
        return {column.name: column.polars_type for column in self.columns}

    def frame(self, rows: Iterable[typing.Any]) -> pl.DataFrame:
        """Rows of this table's row type as a frame with this table's schema."""
        import polars as pl

        materialised = list(rows)
        data: dict[str, Sequence[typing.Any] | pl.Series] = {}
        for column in self.columns:
            values = [getattr(row, column.name) for row in materialised]
            is_list = bool(values) and column.duckdb_type.endswith("[]")
            data[column.name] = _lists(values, column.duckdb_type) if is_list else values
        return pl.DataFrame(data, schema=self.polars_schema, strict=True)

    def fitted(self, frame: pl.DataFrame) -> pl.DataFrame:
        """A query's result with this table's columns, in their order and of their types."""
        return frame.select(frame[name].cast(kind) for name, kind in self.polars_schema.items())

    def rows(self, frame: pl.DataFrame) -> list[typing.Any]:
        """The rows of a frame that holds at least this table's columns, as the row type."""
        tuple_columns = {c.name for c in self.columns if c.duckdb_type.endswith("[]")}
        records = frame.select(self.column_names).iter_rows(named=True)
        return [
            self.row_type(**{k: tuple(v or ()) if k in tuple_columns else v for k, v in record.items()})
            for record in records
        ]


def _lists(values: Sequence[typing.Any], duckdb_type: str) -> pl.Series:
    """A column of lists. Arrow takes Python values ten times as fast as polars, which looks at each list."""
    import polars as pl
    import pyarrow as pa

    inner = {"VARCHAR[]": pa.large_string(), "BIGINT[]": pa.int64(), "DOUBLE[]": pa.float64()}[duckdb_type]
    return pl.Series(pa.array(values, type=pa.large_list(inner)))


@cache
def _polars_types() -> dict[str, pl.DataType]:
    import polars as pl  # a fifth of a second: the filters that only need row types do without

    return {
        "VARCHAR": pl.String(),
        "BIGINT": pl.Int64(),
        "DOUBLE": pl.Float64(),
        "BOOLEAN": pl.Boolean(),
        "BLOB": pl.Binary(),
        "DATE": pl.Date(),
        "TIMESTAMP": pl.Datetime("us"),
        "VARCHAR[]": pl.List(pl.String()),
        "BIGINT[]": pl.List(pl.Int64()),
        "DOUBLE[]": pl.List(pl.Float64()),
    }


def _column(name: str, hint: typing.Any) -> Column:
    base, comment = typing.get_args(hint)[:2] if typing.get_origin(hint) is typing.Annotated else (hint, "")
    if not comment:
        raise TypeError(f"the field {name!r} of a row type needs Annotated[type, 'comment']")
    nullable = False
    if isinstance(base, types.UnionType) or typing.get_origin(base) is typing.Union:
        members = [m for m in typing.get_args(base) if m is not type(None)]
        nullable, base = True, members[0]
    return Column(name, _DUCKDB_TYPES[base], nullable, comment)
