"""Reads a file of a corpus, or a part of one, into documents, and into rejections for what could not be read.

The bytes are kept as received, and what is told beside a text (a JSON field, a header line) becomes a hint for
cleaning to judge. A file of any size stands in memory item by item.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from assets.raw.documents.fields import FieldNames, field_names
from assets.raw.documents.files import file_type, supported_names
from assets.raw.documents.readers import READERS
from assets.raw.documents.recorder import Recorder, Row, rejection
from assets.raw.documents.seek_points import make_seek_points, seek_points
from assets.raw.documents.source import WHOLE, Item, Limits, Part, Source, parts_of
from assets.raw.documents.stores import LocalStore, Store
from assets.raw.documents.streams import StreamError, compression_of
from assets.raw.rejected.rows import RejectedInput

# Where a part ended, and the reader that stopped there: the next part is mostly asked for next, and finding its
# beginning anew would mean unpacking all that stands before it. One is kept, so that one file is open at most.
_paused: dict[tuple[str, str, int], tuple[Item, Iterator[Item]]] = {}


def read_documents(
    path: Path, corpus: Path, *, batch: str, received_at: datetime, fields: FieldNames | None = None
) -> Iterator[Row]:
    """The documents of one local file, and a rejection for everything in it that is none.

    Never raises for bad input, and gives at least one row. `received_at` counts as UTC if it has no zone.
    """
    root = corpus.resolve()
    try:
        name = (path.parent.resolve() / path.name).relative_to(root).as_posix()
    except (ValueError, OSError, RuntimeError):
        name = ""
    if not name or path.name == "..":
        message = f"{path} is outside the corpus {corpus}, or is a link, and is not read."
        received_at = received_at.astimezone(UTC).replace(tzinfo=None) if received_at.tzinfo else received_at
        yield rejection(path.name, batch, received_at, "outside", message)
        return
    yield from read_part(LocalStore(root), name, WHOLE, batch=batch, received_at=received_at, fields=fields)


def read_part(
    store: Store,
    name: str,
    part: Part = WHOLE,
    *,
    batch: str,
    received_at: datetime,
    fields: FieldNames | None = None,
) -> Iterator[Row]:
    """The rows of a part of one file of a store; at least one where the part is the whole file or its end."""
    received_at = received_at.astimezone(UTC).replace(tzinfo=None) if received_at.tzinfo else received_at
    source = _source(store, name, fields)
    if source is None:
        message = f"{name} is of a kind that is not read; read are {supported_names()}."
        yield rejection(name, batch, received_at, "unsupported", message)
        return
    recorder = Recorder(name, batch, received_at, source.fields)
    last: Row | None = None
    try:
        for item in _items(store, source, part):
            last = item.write(recorder)
            yield last
    except StreamError as error:
        before = "; what came before was read" if last else ""
        yield recorder.reject(error.reason, f"{error}{before}", _position(last) + 1 if last else 0)
        return
    except OSError as error:
        yield recorder.reject("unreadable", f"it cannot be read ({error.strerror or error})")
        return
    if last is None and part.end is None:
        yield recorder.reject("empty", "it holds no record")


def _position(row: Row) -> int:
    return row.position if isinstance(row, RejectedInput) else row.member_position


def measure(store: Store, name: str, limits: Limits) -> tuple[Part, ...]:
    """The parts of a file that each stay within the limits; a page is one part, and so is what cannot be read."""
    source = _source(store, name, None)
    if source is None or source.kind.is_page:
        return (WHOLE,)
    parts: list[Part] = []
    damage: list[Exception] = []
    with suppress(StreamError, OSError):  # the last part tells of it when it is read
        parts.extend(parts_of(_measured(source, damage), limits))
    if any(part.start for part in parts) and source.seek_points and not damage:
        _keep_seek_points(source, source.seek_points, parts)
    return tuple(parts) or (WHOLE,)


def _measured(source: Source, damage: list[Exception]) -> Iterator[Item]:
    """The items until the damage that ends them, which is then added to `damage`."""
    try:
        yield from READERS[source.kind.kind](source, 0, 0)
    except (StreamError, OSError) as error:
        damage.append(error)


def _keep_seek_points(source: Source, path: Path, parts: Sequence[Part]) -> None:
    with suppress(OSError), source.open() as file:
        if compression_of(file.read(16)) == "gzip":
            make_seek_points(file, path, sum(part.size for part in parts), len(parts))


def _source(store: Store, name: str, fields: FieldNames | None) -> Source | None:
    kind = file_type(name)
    if kind is None:
        return None
    points = None
    if not kind.is_page:
        with suppress(OSError):  # told by whoever opens it
            points = seek_points(store, name)
    return Source(name, kind, partial(store.open, name), fields or field_names(), seek_points=points)


def _items(store: Store, source: Source, part: Part) -> Iterator[Item]:
    held = _paused.pop((store.address, source.name, part.first), None) if part.first else None
    _paused.clear()
    if held:
        item, items = held
        yield item
    else:
        items = READERS[source.kind.kind](source, part.start, part.first)
    for item in items:
        if item.position < part.first:
            continue
        if part.end is not None and item.position >= part.end:
            _paused[store.address, source.name, part.end] = (item, items)
            return
        yield item
