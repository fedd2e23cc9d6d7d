"""The short base that readers stand on: what they are given, what they yield, and how a file falls into parts.

A reader is a function of a source and a place in it that yields items, one a document or bad record, without
decoding them. An item makes its row when it is asked to, so that the same reader can measure a file of any size and
read any part of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from assets.raw.documents.fields import FieldNames
from assets.raw.documents.files import FileType
from assets.raw.documents.recorder import Recorder, Row


@dataclass(frozen=True)
class Source:
    """A file that is read: `open` gives its bytes from the beginning, as often as it is called.

    `depth` is how many archives it stands in; `seek_points` the file that tells where gzip can be entered.
    """

    name: str
    kind: FileType
    open: Callable[[], AbstractContextManager[BinaryIO]]
    fields: FieldNames
    depth: int = 0
    seek_points: Path | None = None


@dataclass(frozen=True)
class Item:
    """One document or bad record.

    `position` is the number that its row bears, rising through a file; `size` is roughly the bytes it weighs;
    `start` is where reading may begin in order to come upon it first, 0 where that is the beginning: a byte of the
    stored or unpacked file, or the number of a member or row group, as its reader counts.
    """

    position: int
    size: int
    start: int
    write: Callable[[Recorder], Row]


@dataclass(frozen=True)
class Part:
    """The items of a file whose positions are at least `first` and below `end` (None: all that follow).

    `start` is where reading begins; `records` and `size` (bytes) are what was measured there.
    """

    start: int = 0
    first: int = 0
    end: int | None = None
    records: int = 1
    size: int = 0


WHOLE = Part()
"""All of a file."""

Reader = Callable[[Source, int, int], Iterator[Item]]
"""The items of a source from an item's `start` and `position` on, or from 0 and 0; raises StreamError at the end of
what can be read. Where `start` is 0, items before the position come as well."""


@dataclass(frozen=True)
class Limits:
    """What a part may hold."""

    records: int
    size: int


def parts_of(items: Iterator[Item], limits: Limits) -> Iterator[Part]:
    """The parts that these items fall into; the last has no end, and what is damaged behind it falls to it."""
    start = first = records = size = 0
    for item in items:
        if records and (records >= limits.records or size + item.size > limits.size):
            yield Part(start, first, item.position, records, size)
            start, first, records, size = item.start, item.position, 0, 0
        records += 1
        size += item.size
    yield Part(start, first, None, max(records, 1), size)


Readers = Mapping[str, Reader]
