"""Parquet: a record a row, read a few hundred rows at a time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from tempfile import TemporaryFile
from typing import IO, Any

from assets.raw.documents.fields import columns_to_read
from assets.raw.documents.recorder import Recorder, Row
from assets.raw.documents.source import Item, Source
from assets.raw.documents.streams import pieces

_ROWS = 256


def read_parquet(source: Source, start: int, first: int) -> Iterator[Item]:
    """A record a row; positions are row numbers, and a part begins at the row group (`start`) that holds it."""
    import pyarrow as pa  # slow to load, and most corpora have no Parquet
    import pyarrow.parquet as pq

    with _unpacked(source) as file:
        try:
            parquet = pq.ParquetFile(file)
        except (pa.ArrowException, OSError, ValueError) as error:
            message = f"it is not a sound Parquet file ({_first_line(error)}); fetch it again"
            yield Item(0, 0, 0, partial(_reject, "unreadable", message, 0))
            return
        columns = columns_to_read(parquet.schema_arrow.names, source.fields)
        groups = [parquet.metadata.row_group(group) for group in range(parquet.num_row_groups)]
        row = sum(group.num_rows for group in groups[:start])
        for number in range(start, len(groups)):
            group, before = groups[number], row
            size = group.total_byte_size // max(group.num_rows, 1)
            try:
                for frame in parquet.iter_batches(_ROWS, row_groups=[number], columns=columns):
                    if row + len(frame) < first:  # before the part
                        row += len(frame)
                        continue
                    for record in frame.to_pylist():
                        row += 1
                        yield Item(row, size, number, partial(_write, record, row))
            except (pa.ArrowException, OSError, ValueError) as error:
                message = (
                    f"row group {number} is damaged from this row on ({_first_line(error)}); the others were read"
                )
                yield Item(row + 1, 0, number, partial(_reject, "unreadable", message, row + 1))
            row = before + group.num_rows


@contextmanager
def _unpacked(source: Source) -> Iterator[IO[bytes]]:
    """The file, unpacked beside memory if it is compressed: Parquet is read from its end."""
    with source.open() as file:
        if source.kind.compression is None:
            yield file
            return
        with TemporaryFile() as unpacked:
            for piece in pieces(file, source.kind.compression):
                unpacked.write(piece)
            unpacked.seek(0)
            yield unpacked


def _write(record: dict[str, Any], row: int, recorder: Recorder) -> Row:
    return recorder.record(record, row)


def _reject(reason: str, message: str, row: int, recorder: Recorder) -> Row:
    return recorder.reject(reason, message, row)


def _first_line(error: Exception) -> str:
    return str(error).splitlines()[0][:200] if str(error) else type(error).__name__
