"""Reads one file of a corpus into documents, and into rejections for what could not be read.

Text and HTML files are one document each; JSON, JSON Lines and Parquet are containers of records. The bytes are kept
as received, and what is told beside a text (a JSON field, a header line) becomes a hint for cleaning to judge.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any

from assets.raw.documents.encodings import decode
from assets.raw.documents.fields import Record, RecordError, columns_to_read, inner_records, read_record
from assets.raw.documents.files import FileType, file_type, open_regular, supported_names
from assets.raw.documents.hints import Hints, read_hints
from assets.raw.documents.rows import RawDocument
from assets.raw.documents.streams import StreamError, lines, pieces, whole
from assets.raw.rejected.rows import RejectedInput

DOCUMENT_LIMIT = 20 * 1024 * 1024
"""Most bytes of one document. Pages are a hundredth of this; what is larger is a dump, or an attack."""

LINE_LIMIT = 64 * 1024 * 1024
"""Most bytes of one line of JSON Lines, which holds a document and what is told about it."""

JSON_LIMIT = 512 * 1024 * 1024
"""Most bytes of a JSON file, which can only be read as a whole."""

_PARQUET_ROWS = 256

_MAGIC = (
    (b"%PDF-", "a PDF file"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"RIFF", "a sound, film or WebP image"),
    (b"PK\x03\x04", "a ZIP archive or office document"),
    (b"PAR1", "a Parquet file"),
    (b"Rar!", "a RAR archive"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"BZh", "a bzip2 file"),
    (b"\xfd7zXZ", "an xz file"),
    (b"\x7fELF", "a program"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"OggS", "a sound or film"),
    (b"ID3", "a sound"),
    (b"wOF", "a font"),
)
# Control characters, and what stands for bytes that no encoding explains.
_NO_TEXT = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\ufffd]")
_NO_TEXT_SHARE = 0.05
_NO_TEXT_LEAST = 4
_SAMPLE = 8192

_HTML_START = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S
)
_HTML_TAG = re.compile(r"</(?:p|div|a|span|li|h[1-6]|td|article|section|em|strong|b|i)\s*>|<br\s*/?>", re.IGNORECASE)

Row = RawDocument | RejectedInput


@dataclass(frozen=True)
class _Source:
    """The file that is read, and what every row of it says."""

    path: Path
    name: str
    kind: FileType
    batch: str
    received_at: datetime

    def reject(self, reason: str, message: str, position: int = 0, content: bytes | None = None) -> RejectedInput:
        where = f"{self.name}, record {position}" if position else self.name
        return rejection(self.name, self.batch, self.received_at, reason, f"{where}: {message}.", position, content)


def read_documents(path: Path, corpus: Path, *, batch: str, received_at: datetime) -> Iterator[Row]:
    """The documents of one file, and a rejection for everything in it that is none. Never raises for bad input.

    Every file gives at least one row. Containers are read as a stream, save JSON, which has a limit. `received_at`
    counts as UTC if it has no zone.
    """
    received_at = received_at.astimezone(UTC).replace(tzinfo=None) if received_at.tzinfo else received_at
    name = _name_in(path, corpus)
    if name is None:
        message = f"{path} is outside the corpus {corpus}, or is a link, and is not read."
        yield rejection(path.name, batch, received_at, "outside", message)
        return
    kind = file_type(path.name)
    if kind is None:
        message = f"{name} is of a kind that is not read; read are {supported_names()}."
        yield rejection(name, batch, received_at, "unsupported", message)
        return
    source = _Source(path, name, kind, batch, received_at)
    last: Row | None = None
    try:
        for last in _READERS[kind.kind](source):
            yield last
    except StreamError as error:
        before = "; what came before was read" if last else ""
        yield source.reject(error.reason, f"{error}{before}", _position(last) + 1 if last else 0)
        return
    if last is None:
        yield source.reject("empty", "it holds no record")


def _position(row: Row) -> int:
    return row.position if isinstance(row, RejectedInput) else int(row.member or 0)


def rejection(
    source_path: str,
    batch: str,
    received_at: datetime,
    reason: str,
    message: str,
    position: int = 0,
    content: bytes | None = None,
) -> RejectedInput:
    """A row of `raw.rejected`; the message is a sentence, with control characters made visible."""
    shown = "".join(c if c.isprintable() else repr(c)[1:-1] for c in message)
    sha256 = None if content is None else hashlib.sha256(content).hexdigest()
    return RejectedInput(source_path, position, batch, reason, shown, sha256, received_at)


def document_id(sha256: str, url: str | None) -> str:
    """The key of a document: 32 hexadecimal digits of a hash of its content's SHA-256 and its address."""
    return hashlib.sha256(f"{sha256}\n{url or ''}".encode()).hexdigest()[:32]


def _name_in(path: Path, corpus: Path) -> str | None:
    """The path relative to the corpus in POSIX form; None if it leads out of it, by links or by dots."""
    try:
        root = corpus.resolve()
        return (
            (path.parent.resolve() / path.name).relative_to(root).as_posix() if path.name not in ("", "..") else None
        )
    except (ValueError, OSError, RuntimeError):
        return None


def _read_page(source: _Source) -> Iterator[Row]:
    content = whole(source.path, source.kind.compression, DOCUMENT_LIMIT)
    is_html = source.kind.kind == "html"
    yield _document(source, content, 0, hints_in_text=True, promised_html=is_html)


def _read_json(source: _Source) -> Iterator[Row]:
    try:
        content = whole(source.path, source.kind.compression, JSON_LIMIT)
    except StreamError as error:
        if error.reason == "too_large":
            raise StreamError("too_large", f"{error}; turn it into JSON Lines, which is read as a stream") from error
        raise
    if not content.strip(b"\0 \t\r\n"):
        yield source.reject("empty", "it is empty", content=content)
        return
    try:
        value = json.loads(decode(content, declares=False).text)
    except json.JSONDecodeError as error:
        if error.msg == "Extra data":  # several values one after the other: JSON Lines under another name
            yield from _read_jsonl(source)
        else:
            message = (
                f"it is not valid JSON ({error.msg}, line {error.lineno}, column {error.colno}); repair the file"
            )
            yield source.reject("bad_json", message, content=content)
        return
    except (ValueError, RecursionError) as error:
        yield source.reject("bad_json", _why_bad(error), content=content)
        return
    records = value if isinstance(value, list) else inner_records(value)
    if records is None:
        yield _record(source, value, 0)
    for number, record in enumerate(records or (), 1):
        yield _record(source, record, number)


def _read_jsonl(source: _Source) -> Iterator[Row]:
    for line in lines(source.path, source.kind.compression, LINE_LIMIT):
        if line.content is None:
            limit = LINE_LIMIT // 1_048_576
            yield source.reject("too_large", f"the line is longer than {limit} MiB; split the record", line.number)
            continue
        content = line.content.removeprefix(b"\xef\xbb\xbf") if line.number == 1 else line.content
        if not content.strip():
            continue
        if line.number == 1 and (content.strip() in (b"[", b"{") or content.startswith((b"\xff\xfe", b"\xfe\xff"))):
            yield from _read_json(_as_json(source))  # spread over lines, or in UTF-16
            return
        yield _json_line(source, content, line.number)


def _as_json(source: _Source) -> _Source:
    return _Source(
        source.path, source.name, FileType("json", source.kind.compression), source.batch, source.received_at
    )


def _json_line(source: _Source, content: bytes, number: int) -> Row:
    try:
        value = json.loads(decode(content, declares=False).text)
    except json.JSONDecodeError as error:
        message = f"the line is not valid JSON ({error.msg}, column {error.colno}); the other lines were read"
        return source.reject("bad_json", message, number, content)
    except (ValueError, RecursionError) as error:
        return source.reject("bad_json", _why_bad(error), number, content)
    return _record(source, value, number)


def _why_bad(error: Exception) -> str:
    if isinstance(error, RecursionError):
        return "its JSON is nested too deeply to be a page"
    return f"its JSON cannot be read ({error})"


def _read_parquet(source: _Source) -> Iterator[Row]:
    if source.kind.compression is None:
        try:
            with open_regular(source.path) as file:
                yield from _read_row_groups(source, file)
        except OSError as error:
            raise StreamError("unreadable", f"it cannot be read ({error.strerror or error})") from error
        return
    with TemporaryFile() as unpacked:  # Parquet is read from its end
        for piece in pieces(source.path, source.kind.compression):
            unpacked.write(piece)
        unpacked.seek(0)
        yield from _read_row_groups(source, unpacked)


def _read_row_groups(source: _Source, file: IO[bytes]) -> Iterator[Row]:
    import pyarrow as pa  # slow to load, and most corpora have no Parquet
    import pyarrow.parquet as pq

    try:
        parquet = pq.ParquetFile(file)
    except (pa.ArrowException, OSError, ValueError) as error:
        yield source.reject("unreadable", f"it is not a sound Parquet file ({_first_line(error)}); fetch it again")
        return
    names = parquet.schema_arrow.names
    columns = columns_to_read(names)
    row = 0
    for group in range(parquet.num_row_groups):
        first = row
        try:
            for frame in parquet.iter_batches(_PARQUET_ROWS, row_groups=[group], columns=columns):
                for record in frame.to_pylist():
                    row += 1
                    yield _record(source, record, row)
        except (pa.ArrowException, OSError, ValueError) as error:
            message = f"row group {group} is damaged from this row on ({_first_line(error)}); the others were read"
            yield source.reject("unreadable", message, row + 1)
        row = first + parquet.metadata.row_group(group).num_rows


_READERS: dict[str, Callable[[_Source], Iterator[Row]]] = {
    "text": _read_page,
    "html": _read_page,
    "json": _read_json,
    "jsonl": _read_jsonl,
    "parquet": _read_parquet,
}


def _record(source: _Source, value: Any, position: int) -> Row:
    try:
        record = read_record(value)
    except RecordError as error:
        return source.reject(error.reason, f"{error}", position)
    content = record.content if isinstance(record.content, bytes) else _encoded(record.content)
    if len(content) > DOCUMENT_LIMIT:
        message = f"its text is longer than {DOCUMENT_LIMIT // 1_048_576} MiB; split it"
        return source.reject("too_large", message, position, content)
    return _document(source, content, position, hints_in_text=False, promised_html=record.is_html, record=record)


def _encoded(text: str) -> bytes:
    """The text in UTF-8. JSON can hold halves of characters, which no encoding can; they become U+FFFD."""
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError:
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace").encode("utf-8")


def _document(
    source: _Source,
    content: bytes,
    position: int,
    *,
    hints_in_text: bool,
    promised_html: bool,
    record: Record | None = None,
) -> Row:
    if not content.strip(b"\0 \t\r\n\f\v"):
        return source.reject("empty", "it is empty", position, content)
    for magic, what in _MAGIC:
        if content.startswith(magic):
            return source.reject("binary", f"it is {what}, not a page; take out its text first", position, content)
    decoded = decode(content, declares=promised_html or content.lstrip()[:1] == b"<")
    sample = decoded.text[:_SAMPLE]
    if len(_NO_TEXT.findall(sample)) > max(_NO_TEXT_SHARE * len(sample), _NO_TEXT_LEAST):
        return source.reject("binary", "its bytes are not text in any encoding", position, content)
    hints = read_hints(decoded.text) if hints_in_text else Hints()
    if not decoded.text[hints.end :].strip():
        return source.reject("no_text", "it holds nothing but header lines", position, content)
    sha256 = hashlib.sha256(content).hexdigest()
    url = hints.url or (record.url if record else None)
    return RawDocument(
        document_id=document_id(sha256, url),
        batch=source.batch,
        source_path=source.name,
        member=str(position) if position else None,
        url=url,
        media_type="text/html" if _is_html(decoded.text, hints.end, promised_html) else "text/plain",
        encoding=decoded.encoding,
        sha256=sha256,
        received_at=source.received_at,
        title_hint=hints.title or (record.title if record else None),
        date_hint=hints.date or (record.date if record else None),
        publisher_hint=hints.publisher or (record.publisher if record else None),
        language_hint=hints.language or (record.language if record else None),
        hint_end=hints.end,
        content=content,
        text=decoded.text,
    )


def _is_html(text: str, start: int, promised: bool) -> bool:
    """Whether the text has tags, whatever its file is called: at least one where promised, else signs of a page."""
    if _HTML_START.match(text, start):
        return True
    tags = len(_HTML_TAG.findall(text))
    return tags >= 1 or "<p" in text.lower() if promised else tags >= 3 and tags * 2000 > len(text)


def _first_line(error: Exception) -> str:
    return str(error).splitlines()[0][:200] if str(error) else type(error).__name__
