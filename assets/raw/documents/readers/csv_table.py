"""CSV and TSV: a record a row, whatever the delimiter and the encoding; a bad row costs itself and no other.

The first row names the columns; which of them is what is decided as for other records (`fields.py`).
"""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from assets.raw.documents.encodings import decode
from assets.raw.documents.recorder import DOCUMENT_LIMIT, Recorder, Row
from assets.raw.documents.source import Item, Source
from assets.raw.documents.streams import Line, is_wide, lines

_DELIMITERS = ",;\t|"
_SAMPLE = 64 * 1024
_ROW_LINES = 50_000


@dataclass(frozen=True)
class _Table:
    """How a file is written: its encoding, its delimiter, its columns."""

    encoding: str
    delimiter: str
    columns: tuple[str, ...]


@dataclass(frozen=True)
class _ReadRow:
    """One row: the line it begins on, where that stands, its bytes, and its cells or what is wrong with it."""

    line: Line
    size: int
    cells: Sequence[str]
    wrong: str | None


def read_csv(source: Source, start: int, first: int) -> Iterator[Item]:
    """A record a row; positions are the numbers of the lines on which rows begin, so the first record is on 2."""
    csv.field_size_limit(DOCUMENT_LIMIT)
    with source.open() as file:
        compression = source.kind.compression
        seekable = not is_wide(file, compression)
        found = _look_at(lines(file, compression, DOCUMENT_LIMIT))
        if found is None:
            return
        table, header_lines = found
        number = first if start else 1
        feed = _Feed(lines(file, compression, DOCUMENT_LIMIT, number, start, source.seek_points), table.encoding)
        if not start:
            feed.skip(header_lines)
        for row in _rows(feed, table):
            offset = row.line.start if seekable else 0
            write = partial(_write, table.columns, row.cells, row.wrong, row.line.number)
            yield Item(row.line.number, row.size, offset, write)


def _look_at(found: Iterator[Line]) -> tuple[_Table, int] | None:
    """What the first lines say of the file, and on how many of them the names of the columns stand."""
    sample: list[bytes] = []
    size = 0
    for line in found:
        sample.append(line.content or b"")
        size += len(sample[-1]) + 1
        if size > _SAMPLE:
            break
    content = b"\n".join(sample)
    if not content.strip():
        return None
    decoded = decode(content, declares=False)
    text = decoded.text.removeprefix("\ufeff")
    # Excel may say which delimiter follows; else the one that gives the first rows most columns of the same number.
    said = text.split("\n", 1)[0].strip() if text.lower().startswith("sep=") else ""
    body = text.split("\n", 1)[-1] if said else text
    delimiter = said[4:5] or max(_DELIMITERS, key=lambda delimiter: _fit(body, delimiter))
    reader = csv.reader(body.split("\n"), delimiter=delimiter)
    try:
        columns = next((row for row in reader if any(cell.strip() for cell in row)), [])
    except csv.Error:
        return None
    return _Table(decoded.encoding, delimiter, tuple(columns)), reader.line_num + bool(said)


def _fit(text: str, delimiter: str) -> tuple[float, int]:
    """How well a delimiter fits: the share of rows with as many cells as the first, and how many that are."""
    try:
        rows = [row for row in csv.reader(text.split("\n"), delimiter=delimiter) if row][:-1][:50] or [
            next(csv.reader(text.split("\n"), delimiter=delimiter), [])
        ]
    except csv.Error:
        return (0.0, 0)
    width = len(rows[0])
    return (sum(len(row) == width for row in rows) / len(rows) if width > 1 else 0.0, width)


class _Feed:
    """Lines as the csv module takes them, which can be given back; remembers those that one row used up."""

    def __init__(self, found: Iterator[Line], encoding: str) -> None:
        self._found, self._encoding = found, encoding
        self._back: deque[Line] = deque()
        self.used: list[Line] = []
        self.size = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        if self.used and (self.size > DOCUMENT_LIMIT or len(self.used) > _ROW_LINES):
            raise csv.Error("a quotation mark is not closed")
        line = self._back.popleft() if self._back else next(self._found)
        self.used.append(line)
        self.size += len(line.content or b"") + 1
        if line.content is None:
            raise csv.Error(f"the line is longer than {DOCUMENT_LIMIT // 1_048_576} MiB")
        text = line.content.decode(self._encoding, "replace")
        return (text.removeprefix("\ufeff") if line.number == 1 else text).replace("\0", "\ufffd") + "\n"

    def start_row(self) -> None:
        self.used, self.size = [], 0

    def give_back(self, unwanted: Sequence[Line]) -> None:
        self._back.extendleft(reversed(unwanted))

    def skip(self, number: int) -> None:
        for _ in range(number):
            next(self._found, None)


def _rows(feed: _Feed, table: _Table) -> Iterator[_ReadRow]:
    while True:
        feed.start_row()
        cells: list[str] = []
        wrong = None
        try:
            # A new reader a row: a row that ends in the middle of a quotation leaves nothing behind.
            cells = next(csv.reader(feed, delimiter=table.delimiter, strict=True), [])
        except csv.Error as error:
            wrong = str(error)
        if wrong and len(feed.used) == 1 and feed.used[0].content is not None:
            # A stray quotation mark within the line, which does no harm beyond it.
            cells, wrong = _leniently(feed.used[0].content.decode(table.encoding, "replace"), table)
        if not feed.used:
            return
        wrong = wrong or _misfit(cells, table, len(feed.used) > 1)
        if wrong and len(feed.used) > 1:
            # Most likely a quotation mark that is not closed has swallowed rows that are sound.
            feed.give_back(feed.used[1:])
            wrong += "; a quotation mark is not closed, or is not doubled inside a cell"
        if cells or wrong:
            size = sum(len(line.content or b"") for line in (feed.used[:1] if wrong else feed.used))
            yield _ReadRow(feed.used[0], size, cells, wrong)


def _leniently(line: str, table: _Table) -> tuple[list[str], str | None]:
    """The cells of a line by itself, and what is wrong with it if it has none; a bare carriage return is a blank."""
    text = line.replace("\0", "\ufffd").replace("\r", " ")
    try:
        return next(csv.reader([text], delimiter=table.delimiter), []), None
    except csv.Error as error:
        return [], str(error)


def _misfit(cells: Sequence[str], table: _Table, many_lines: bool) -> str | None:
    """What is wrong with the number of cells; empty cells may be lacking or too many at the end of a single line."""
    width = len(table.columns)
    surplus = any(cell.strip() for cell in cells[width:])
    lacking = many_lines and len(cells) < width
    return f"it has {len(cells)} cells where the first row has {width}" if surplus or lacking else None


def _write(columns: Sequence[str], cells: Sequence[str], wrong: str | None, number: int, recorder: Recorder) -> Row:
    if wrong:
        return recorder.reject("bad_row", f"the row cannot be read ({wrong}); the other rows were read", number)
    return recorder.record(dict(zip(columns, cells, strict=False)), number)
