"""JSON Lines, read as a stream, and JSON, which can only be read as a whole and so has a limit."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import Any

from assets.raw.documents.encodings import decode
from assets.raw.documents.fields import inner_records
from assets.raw.documents.files import FileType
from assets.raw.documents.recorder import Recorder, Row
from assets.raw.documents.source import Item, Source
from assets.raw.documents.streams import StreamError, is_wide, lines, whole

LINE_LIMIT = 64 * 1024 * 1024
"""Most bytes of one line of JSON Lines, which holds a document and what is told about it."""

JSON_LIMIT = 512 * 1024 * 1024
"""Most bytes of a JSON file, which can only be read as a whole."""

_MARK = b"\xef\xbb\xbf"


def read_json_lines(source: Source, start: int, first: int) -> Iterator[Item]:
    """A record a line; positions are line numbers. Parts begin at their own bytes, where those can be told."""
    with source.open() as file:
        seekable = not is_wide(file, source.kind.compression)
        number = max(first, 1) if start else 1
        for line in lines(file, source.kind.compression, LINE_LIMIT, number, start, source.seek_points):
            offset = line.start if seekable else 0
            if line.content is None:
                limit = LINE_LIMIT // 1_048_576
                message = f"the line is longer than {limit} MiB; split the record"
                yield Item(line.number, 0, offset, partial(_reject, "too_large", message, line.number, None))
                continue
            content = line.content.removeprefix(_MARK) if line.number == 1 else line.content
            if not content.strip():
                continue
            if line.number == 1 and content.strip() in (b"[", b"{"):  # JSON spread over lines
                yield from read_json(_as(source, "json"), 0, 0)
                return
            yield Item(line.number, len(content), offset, partial(_write_line, content, line.number))


def read_json(source: Source, start: int, first: int) -> Iterator[Item]:
    """The records of a list, of an object that wraps one, or the one object; positions count from 1, or are 0."""
    with source.open() as file:
        try:
            content = whole(file, source.kind.compression, JSON_LIMIT)
        except StreamError as error:
            if error.reason != "too_large":
                raise
            message = f"{error}; turn it into JSON Lines, which is read as a stream"
            raise StreamError("too_large", message) from error
    if not content.strip(b"\0 \t\r\n"):
        yield Item(0, 0, 0, partial(_reject, "empty", "it is empty", 0, content))
        return
    try:
        value = json.loads(decode(content, declares=False).text)
    except json.JSONDecodeError as error:
        if error.msg == "Extra data":  # several values one after the other: JSON Lines under another name
            yield from _lines_in_json(source, content)
        else:
            message = (
                f"it is not valid JSON ({error.msg}, line {error.lineno}, column {error.colno}); repair the file"
            )
            yield Item(0, 0, 0, partial(_reject, "bad_json", message, 0, content))
        return
    except (ValueError, RecursionError) as error:
        yield Item(0, 0, 0, partial(_reject, "bad_json", _why_bad(error), 0, content))
        return
    records = value if isinstance(value, list) else inner_records(value)
    if records is None:
        yield Item(0, len(content), 0, partial(_write_record, value, 0))
    size = len(content) // max(len(records or ()), 1)
    for number, record in enumerate(records or (), 1):
        yield Item(number, size, 0, partial(_write_record, record, number))


def _lines_in_json(source: Source, content: bytes) -> Iterator[Item]:
    if content.lstrip(_MARK + b" \t\r\n")[:2] in (b"{\n", b"{\r", b"[\n", b"[\r"):  # values that fill many lines each
        message = "it holds several JSON values that are neither a list nor one a line; make it JSON Lines"
        yield Item(0, 0, 0, partial(_reject, "bad_json", message, 0, content))
    else:
        yield from (replace(item, start=0) for item in read_json_lines(_as(source, "jsonl"), 0, 0))


def _as(source: Source, kind: Any) -> Source:
    return replace(source, kind=FileType(kind, source.kind.compression))


def _write_line(content: bytes, number: int, recorder: Recorder) -> Row:
    try:
        value = json.loads(decode(content, declares=False).text)
    except json.JSONDecodeError as error:
        message = f"the line is not valid JSON ({error.msg}, column {error.colno}); the other lines were read"
        return recorder.reject("bad_json", message, number, content)
    except (ValueError, RecursionError) as error:
        return recorder.reject("bad_json", _why_bad(error), number, content)
    return recorder.record(value, number)


def _write_record(value: Any, number: int, recorder: Recorder) -> Row:
    return recorder.record(value, number)


def _reject(reason: str, message: str, number: int, content: bytes | None, recorder: Recorder) -> Row:
    return recorder.reject(reason, message, number, content)


def _why_bad(error: Exception) -> str:
    if isinstance(error, RecursionError):
        return "its JSON is nested too deeply to be a page"
    return f"its JSON cannot be read ({error})"
