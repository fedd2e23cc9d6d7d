"""JSON Lines in and out for the filters: line by line, in bounded memory, each answer written at once."""

from __future__ import annotations

import json
import os
import select
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import click

LINE_LIMIT = 16 * 1024 * 1024
"""Bytes of the longest line that is read; a longer one gives an error and is passed over."""

_PIECE = 64 * 1024


@dataclass(frozen=True)
class Record:
    """One line of the input: its number, and the object it holds or what is wrong with it."""

    number: int
    value: dict[str, Any]
    error: str | None = None

    @property
    def identifier(self) -> Any:
        """What the record calls itself, to be given back with the answer."""
        return self.value.get("id")


class LineReader:
    """Lines of a file descriptor, without the newline; a line that is too long comes as None."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._buffer = bytearray()
        self._ended = False
        self._number = 0

    def __iter__(self) -> Iterator[tuple[int, bytes | None]]:
        while True:
            skipping = False
            while (end := self._buffer.find(b"\n")) < 0 and not self._ended:
                if len(self._buffer) > LINE_LIMIT:
                    self._buffer.clear()
                    skipping = True
                self._fill()
            if end < 0 and not self._buffer and not skipping:
                return
            line = bytes(self._buffer[:end]) if end >= 0 else bytes(self._buffer)
            del self._buffer[: end + 1 if end >= 0 else len(self._buffer)]
            self._number += 1
            yield self._number, None if skipping or len(line) > LINE_LIMIT else line

    def at_hand(self) -> bool:
        """Whether something can be read without waiting for whoever writes it."""
        if self._ended or b"\n" in self._buffer:
            return True
        try:
            return bool(select.select([self._descriptor], [], [], 0)[0])
        except (OSError, ValueError):
            return False  # this kind of file cannot be asked; then every line is taken by itself

    def _fill(self) -> None:
        piece = os.read(self._descriptor, _PIECE)
        if piece:
            self._buffer += piece
        else:
            self._ended = True


def read_records(reader: LineReader) -> Iterator[Record]:
    """The records of the lines, blank lines passed over. Each holds a string `text`, or says what is wrong."""
    for number, line in reader:
        if line is None:
            yield Record(number, {}, f"line {number} is longer than {LINE_LIMIT // 1024 // 1024} MiB")
        elif line.strip():
            yield _record(number, line)


def read_groups(reader: LineReader, most: int) -> Iterator[list[Record]]:
    """The records in groups: as many as are at hand without waiting, `most` at the most."""
    group: list[Record] = []
    for record in read_records(reader):
        group.append(record)
        if len(group) >= most or not reader.at_hand():
            yield group
            group = []
    if group:
        yield group


def _record(number: int, line: bytes) -> Record:
    try:
        value = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        return Record(number, {}, f"line {number} is not UTF-8 (byte {error.start})")
    except json.JSONDecodeError as error:
        return Record(number, {}, f"line {number} is not JSON: {error.msg} at column {error.colno}")
    except (ValueError, RecursionError) as error:
        return Record(number, {}, f"line {number} cannot be read as JSON: {type(error).__name__}")
    if not isinstance(value, dict):
        return Record(number, {}, f"line {number} is not a JSON object; expected {{id, lang, text}}")
    for key, kinds in {"text": str, "lang": str | None}.items():
        if not isinstance(value.get(key), kinds):
            found = "no" if value.get(key) is None else f"a {type(value[key]).__name__} as"
            return Record(number, value, f"line {number} has {found} {key}; expected a string")
    return Record(number, value)


def write_record(record: dict[str, Any]) -> None:
    """Write one line and flush it."""
    try:
        line = json.dumps(record, ensure_ascii=False).encode("utf-8")
    except UnicodeEncodeError:  # half of a surrogate pair, which JSON can escape and UTF-8 cannot write
        line = json.dumps(record).encode("ascii")
    sys.stdout.buffer.write(line + b"\n")
    sys.stdout.buffer.flush()


def open_input(path: str) -> int:
    """A descriptor for the file, or standard input for `-`. Raises click's FileError."""
    if path == "-":
        if sys.stdin.isatty():
            click.echo("Reading JSON Lines from the terminal; end with Ctrl-D.", err=True)
        return sys.stdin.fileno()
    try:
        return os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
    except OSError as error:
        raise click.FileError(path, hint=error.strerror or "it cannot be opened") from None


def closing_words(bad: int, total: int, what: str, strict: bool) -> int:
    """Tell on stderr how many inputs were bad; the exit code."""
    from pipelines.cli import exit_codes

    if bad:
        click.echo(f"attache: {bad} of {total} {what} could not be used; see `error` in the output.", err=True)
    return exit_codes.GATE_BLOCKED if bad and strict else exit_codes.OK
