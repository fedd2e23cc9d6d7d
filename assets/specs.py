"""From a table to what Dagster is told of it: the asset's spec, and the metadata of a materialisation."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import dagster as dg
import polars as pl

from assets.batches import BATCHES
from assets.code_versions import code_version
from assets.preview import markdown_preview
from assets.table import Table

OWNERS = ("team:attache",)
CODE = "attache/code"
"""The metadata that tells which parts of code and vocabulary make a table."""


def asset_key(table: Table) -> dg.AssetKey:
    """The asset key of a table: schema, name."""
    return dg.AssetKey([table.schema, table.name])


def table_spec(
    table: Table,
    *,
    description: str,
    code: Sequence[str],
    kinds: set[str],
    deps: Sequence[Table] = (),
    stage: str,
) -> dg.AssetSpec:
    """The spec of a table's asset: group by schema, columns and comment from its row type.

    `deps` are the tables that it is made from, `code` the parts of code and vocabulary that make it
    (`assets.code_versions`), `stage` a tag to select by.
    """
    return dg.AssetSpec(
        asset_key(table),
        deps=[_dep(dep, table) for dep in deps],
        description=f"{table.comment}.\n\n{description}",
        group_name=table.schema,
        owners=OWNERS,
        kinds=kinds,
        code_version=code_version(*code),
        tags={"attache/stage": stage},
        metadata={
            "dagster/column_schema": column_schema(table),
            "dagster/table_name": table.qualified_name,
            "key": ", ".join(table.key),
            CODE: list(code),
        },
        partitions_def=BATCHES if table.is_batched else None,
    )


def _dep(table: Table, of: Table) -> dg.AssetDep:
    """A table without batches stands for the whole of what it is made from, and the other way round."""
    mapping = dg.AllPartitionMapping() if table.is_batched and not of.is_batched else None
    return dg.AssetDep(asset_key(table), partition_mapping=mapping)


def code_of(spec: dg.AssetSpec) -> tuple[str, ...]:
    """The parts of code and vocabulary that make the spec's table; none where no rows are made."""
    return tuple(spec.metadata.get(CODE, ()))


def with_current_code(spec: dg.AssetSpec, installation: Mapping[str, str]) -> dg.AssetSpec:
    """The spec with the code version that holds now: vocabulary may have been laid over since it was imported, and
    models and settings (`installation`) are the installation's."""
    parts = code_of(spec)
    if not parts:
        return spec
    return spec.replace_attributes(code_version=code_version(*parts, installation=installation))


def column_schema(table: Table) -> dg.TableSchema:
    """A table's columns as Dagster shows them."""
    return dg.TableSchema(
        columns=[
            dg.TableColumn(
                column.name,
                column.duckdb_type,
                description=column.comment,
                constraints=dg.TableColumnConstraints(nullable=column.nullable, unique=table.key == (column.name,)),
            )
            for column in table.columns
        ],
        constraints=dg.TableConstraints(other=[f"key: {', '.join(table.key)}"] if table.key else []),
    )


def column_lineage(table: Table) -> dg.TableColumnLineage:
    """Which columns of which tables each column is made of, as Dagster shows it."""
    return dg.TableColumnLineage(
        {
            name: [dg.TableColumnDep(dg.AssetKey(source.split(".")), column) for source, column in sources]
            for name, sources in table.lineage.items()
            if sources
        }
    )


@dataclass
class Stopwatch:
    """Seconds spent in the named parts of a step."""

    seconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def time(self, part: str) -> Iterator[None]:
        """Adds what the block takes to the part's seconds."""
        start = time.perf_counter()
        try:
            yield
        finally:
            self.seconds[part] = self.seconds.get(part, 0.0) + time.perf_counter() - start


def table_result(
    table: Table,
    frame: pl.DataFrame,
    stopwatch: Stopwatch,
    *,
    preview: Sequence[str] | None = None,
    rows_written: int | None = None,
    total_rows: int | None = None,
    **metadata: Any,
) -> dg.MaterializeResult[Any]:
    """What a step reports of a table it has written: rows, timings, a preview, and what is given by name.

    `rows_written`: how many where the frame holds only the first of them; `total_rows`: rows of the whole table where
    the step wrote only a part of it.
    """
    written = frame.height if rows_written is None else rows_written
    timings = {f"seconds_{part}": round(seconds, 3) for part, seconds in stopwatch.seconds.items()}
    spent = sum(stopwatch.seconds.values())
    return dg.MaterializeResult(
        asset_key=asset_key(table),
        metadata={
            "dagster/row_count": written if total_rows is None else total_rows,
            "rows_written": written,
            "rows_per_second": round(written / spent, 1) if spent else 0.0,
            **timings,
            **metadata,
            **({"dagster/column_lineage": column_lineage(table)} if table.lineage else {}),
            "preview": dg.MetadataValue.md(markdown_preview(frame, preview)),
        },
    )
