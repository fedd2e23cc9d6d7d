"""WARC and WET: a document a record, read with FastWARC; a damaged record costs itself and no other.

Responses, resources and conversions (the text of WET) are documents; requests, metadata and warcinfo are about
documents and passed over. What holds no page (another status than 200, another media type, a revisit) is an item too,
so that it is counted with its reason.

Positions are byte offsets: into the stored file where each record is compressed by itself, as the format's standard
wants it, or not at all; into the unpacked bytes where the whole file was compressed as one.
"""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from itertools import islice
from tempfile import TemporaryFile
from typing import Any, BinaryIO, cast

from fastwarc.stream_io import BrotliReader, ChunkedReader
from fastwarc.warc import ArchiveIterator, WarcRecordType

from assets.raw.documents.files import Compression
from assets.raw.documents.recorder import DOCUMENT_LIMIT, Facts, Recorder, Row
from assets.raw.documents.source import Item, Source
from assets.raw.documents.streams import StreamError, compression_of, pieces

_WINDOW = 1024 * 1024
_RECORDS = WarcRecordType.response | WarcRecordType.resource | WarcRecordType.conversion | WarcRecordType.revisit
_URL_CHARACTERS = 8000
_HEADER = re.compile(rb"WARC/1\.[01]\r?\n")
# A header inside a payload means that the length of the record before it is wrong.
_SWALLOWED = re.compile(rb"\r?\n\r?\n(WARC/1\.[01]\r?\n(?:[\w-]+:[^\n]*\n){0,20}?WARC-(?:Type|Record-ID):)")
_FRAMES = {"gzip": b"\x1f\x8b\x08", "zstd": b"\x28\xb5\x2f\xfd"}
_CHUNK = re.compile(rb"[0-9A-Fa-f]{1,8}[ \t]*(?:;[^\n]*)?\r?\n")
_HTML_TYPES = ("text/html", "application/xhtml+xml", "application/vnd.wap.xhtml+xml")
_TEXT_TYPES = ("text/plain",)
# Servers that do not say what they send.
_UNTOLD_TYPES = ("", "application/octet-stream", "unk", "no-type")


def read_warc(source: Source, start: int, first: int) -> Iterator[Item]:
    """The documents, and the records that hold none; positions are byte offsets."""
    with source.open() as file, _record_by_record(file) as archive:
        offset: int | None = start
        while offset is not None:
            offset = yield from _items_from(archive, offset)


class _Archive:
    """A file in which reading can begin at any record."""

    def __init__(self, file: BinaryIO, compression: Compression | None) -> None:
        self._file, self._compression = file, compression

    def records(self, offset: int) -> Iterator[Any]:
        """FastWARC's records from the offset on; none is valid after the next was asked for."""
        self._file.seek(offset)
        return cast(Iterator[Any], ArchiveIterator(self._file, _RECORDS, quirks_mode=True, auto_decode="none"))

    def next_record(self, offset: int) -> int | None:
        """Where the first record at or behind the offset begins."""
        mark = _FRAMES.get(self._compression or "", b"WARC/1.")
        before = b""
        self._file.seek(offset)
        while window := self._file.read(_WINDOW):
            joined = before + window
            found = joined.find(mark)
            while found >= 0:
                place = offset - len(before) + found
                if self._is_record(place):
                    return place
                found = joined.find(mark, found + 1)
            offset += len(window)
            before = joined[-16:]
            self._file.seek(offset)
        return None

    def is_frame(self, place: int) -> bool:
        """Whether what stands there begins as a record of this file does."""
        self._file.seek(place)
        head = self._file.read(16).lstrip(b"\r\n")
        return head.startswith(_FRAMES.get(self._compression or "", b"WARC/"))

    def _is_record(self, place: int) -> bool:
        self._file.seek(place)
        head = self._file.read(4096)
        try:
            start = next(pieces(io.BytesIO(head), self._compression), b"")
        except StreamError:
            return False
        return _HEADER.match(start) is not None


@contextmanager
def _record_by_record(file: BinaryIO) -> Iterator[_Archive]:
    """The file, or its bytes unpacked beside memory where it was compressed as a whole."""
    compression = compression_of(file.read(16))
    archive = _Archive(file, compression)
    if compression is None or (compression in _FRAMES and _is_framed(archive)):
        yield archive
        return
    with TemporaryFile() as unpacked:
        file.seek(0)
        damage = None
        try:
            for piece in pieces(file, compression):
                unpacked.write(piece)
        except StreamError as error:
            damage = error  # what came before it is read first
        yield _Archive(cast(BinaryIO, unpacked), None)
        if damage:
            raise damage


def _is_framed(archive: _Archive) -> bool:
    """Whether the second record begins a frame of its own."""
    try:
        places = [record.stream_pos for record in islice(archive.records(0), 2)]
    except OSError:
        return True  # damaged at the very start; the next frame will show
    return len(places) < 2 or archive.is_frame(places[1])


def _items_from(archive: _Archive, offset: int) -> Generator[Item, None, int | None]:
    """The items from a record on; where to begin again behind damage, or None at the end."""
    records = archive.records(offset)
    place = offset
    while True:
        try:
            record = next(records)
        except StopIteration:
            return None
        except OSError as error:
            return (yield from _damaged(archive, place, f"the data behind this record is damaged ({error})"))
        except BaseException as error:  # FastWARC's own "panic" on what it did not foresee is no Exception
            if type(error).__name__ != "PanicException":
                raise
            return (yield from _damaged(archive, place, f"FastWARC cannot read what follows ({error})"))
        place = max(record.stream_pos, place)
        if record.record_type == WarcRecordType.revisit:
            message = "it repeats a page that was archived before (a revisit), and holds none"
            yield Item(place, 0, place, partial(_reject, "revisit", message, place))
            continue
        length = record.headers.get("Content-Length") or ""
        if not length.strip().isdigit():
            message = f"its length is not given in its header ({length or 'nothing'}); the other records were read"
            yield Item(place, 0, place, partial(_reject, "bad_length", message, place))
            continue
        reading = _Reading(record)
        yield Item(place, record.content_length, place, partial(_write, reading, place))
        if reading.swallowed:
            return archive.next_record(place + 1)


def _damaged(archive: _Archive, place: int, message: str) -> Generator[Item, None, int | None]:
    """An item that tells of the damage, and where the next sound record stands."""
    following = archive.next_record(place + 1)
    # Behind `place` stands a record that was read, so the damage gets a place between the two.
    where = place + 1
    rest = "reading went on at the next sound record" if following else "no sound record follows"
    yield Item(where, 0, place, partial(_reject, "damaged", f"{message}; {rest}", where))
    return following


@dataclass
class _Reading:
    """A record about to be read; `swallowed` tells afterwards that it held the records behind it."""

    record: Any
    swallowed: bool = False


def _write(reading: _Reading, place: int, recorder: Recorder) -> Row:
    record = reading.record
    http = record.http_headers if record.is_http else None
    wrong = _no_page(record, http)
    if wrong:
        return recorder.reject(*wrong, place)
    expected = record.content_length
    content = record.reader.read(min(expected, DOCUMENT_LIMIT + 1)) if expected else b""
    swallowed = _SWALLOWED.search(content)
    if swallowed:
        reading.swallowed = True
        message = "its length is wrong: it runs on into the next record; the other records were read"
        return recorder.reject("bad_length", message, place, content[: swallowed.start()])
    if len(content) < min(expected, DOCUMENT_LIMIT + 1):
        reading.swallowed = True  # cut off at the end of the file, or its length is far too great
        message = f"it ends after {len(content)} of {expected} bytes; fetch the file again"
        return recorder.reject("truncated", message, place, content)
    if http is not None:
        content = _decoded(content, http)
    facts = Facts(
        url=(record.headers.get("WARC-Target-URI") or "").strip().strip("<>")[:_URL_CHARACTERS] or None,
        crawled_at=_time(record),
        charset=record.http_charset,
        truncated=bool(record.headers.get("WARC-Truncated")),
    )
    return recorder.document(content, place, promised_html=_media_type(record, http) in _HTML_TYPES, facts=facts)


def _no_page(record: Any, http: Any) -> tuple[str, str] | None:
    """Reason and message for a record that holds no page."""
    if record.record_type == WarcRecordType.response:
        status = http.status_code if http is not None else None
        if status is None:
            return "http_header", "its HTTP header cannot be read"
        if status != 200:
            return "http_status", f"the server answered with status {status}, not with a page"
    media_type = _media_type(record, http)
    if media_type not in (*_HTML_TYPES, *_TEXT_TYPES, *_UNTOLD_TYPES):
        return "media_type", f"it is of the type {media_type[:60]}, not HTML or plain text"
    return None


def _media_type(record: Any, http: Any) -> str:
    told = http.get("Content-Type") if http is not None else record.headers.get("Content-Type")
    return (told or "").split(";")[0].strip().lower()


def _decoded(content: bytes, http: Any) -> bytes:
    """The body as it was meant: many crawlers keep the headers of a transfer whose coding they have undone."""
    if "chunked" in (http.get("Transfer-Encoding") or "").lower() and _CHUNK.match(content):
        content = _through(ChunkedReader, content)
    for coding in reversed((http.get("Content-Encoding") or "").lower().split(",")):
        match coding.strip():
            case "gzip" | "x-gzip" | "zstd" if compression_of(content):
                content = _unpacked(content)
            case "deflate":
                content = _inflated(content)
            case "br" if content.lstrip()[:1] != b"<":
                content = _through(BrotliReader, content)
    return content


def _through(reader: Any, content: bytes) -> bytes:
    try:
        return bytes(reader(io.BytesIO(content)).read(DOCUMENT_LIMIT + 1))
    except OSError:
        return content


def _unpacked(content: bytes) -> bytes:
    """As much as is sound; the whole content if nothing is."""
    found = bytearray()
    try:
        for piece in pieces(io.BytesIO(content), None):
            found += piece
            if len(found) > DOCUMENT_LIMIT:
                break
    except StreamError:
        pass
    return bytes(found) or content


def _inflated(content: bytes) -> bytes:
    for bits in (zlib.MAX_WBITS, -zlib.MAX_WBITS):  # with zlib's header, as the standard says, or without
        try:
            return zlib.decompressobj(bits).decompress(content, DOCUMENT_LIMIT + 1)
        except zlib.error:
            continue
    return content


def _time(record: Any) -> datetime | None:
    try:
        when = record.record_date
    except (ValueError, OverflowError):
        return None
    return when.astimezone(UTC).replace(tzinfo=None) if when else None


def _reject(reason: str, message: str, place: int, recorder: Recorder) -> Row:
    return recorder.reject(reason, message, place)
