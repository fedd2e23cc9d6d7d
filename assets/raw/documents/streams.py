"""Bytes out of plain and compressed files, in bounded pieces; damage and excess become a `StreamError` in words."""

from __future__ import annotations

import bz2
import codecs
import io
import lzma
import zlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import zstandard

from assets.raw.documents.files import Compression
from assets.raw.documents.seek_points import enter

_PIECE = 256 * 1024
# Four bytes of Zstandard can stand for 128 KiB, and its decompressor gives all of them at once.
_ZSTD_PIECE = 2048
_XZ_MEMORY = 256 * 1024 * 1024

MOST_EXPANSION = 200
"""A file that unpacks to more than this many times its size is an attack; pages and records give 3 to 30."""

EXPANSION_FLOOR = 256 * 1024 * 1024
"""Bytes that any file may unpack to, however small it is."""

_MAGIC: tuple[tuple[bytes, Compression], ...] = (
    (b"\x1f\x8b", "gzip"),
    (b"\x28\xb5\x2f\xfd", "zstd"),
    (b"\xfd7zXZ\x00", "xz"),
)
_BZIP2_BLOCK = b"1AY&SY"
# Of marks that begin with one another the longer stands first.
_WIDE_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


class StreamError(Exception):
    """The bytes cannot be had; `reason` is the code of the rejection."""

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message)
        self.reason = reason


class ExpansionGuard:
    """Counts what a file unpacks to. Raises StreamError where no honest file would unpack to as much."""

    def __init__(self) -> None:
        self._stored = self._unpacked = 0

    def stored(self, size: int) -> None:
        """So many bytes more of the file were read."""
        self._stored += size

    def unpacked(self, size: int) -> None:
        """So many bytes more came out of them."""
        self._unpacked += size
        if self._unpacked > max(EXPANSION_FLOOR, MOST_EXPANSION * self._stored):
            raise StreamError("bomb", f"it unpacks to more than {MOST_EXPANSION} times its size, which no page does")


@dataclass(frozen=True)
class Line:
    """One line of a stream, without its end; `start` is its offset in the stream of unpacked bytes.

    `content` is None if it was longer than the limit.
    """

    number: int
    start: int
    content: bytes | None


def pieces(file: BinaryIO, compression: Compression | None) -> Iterator[bytes]:
    """The bytes of a file from where it stands, decompressed, piece by piece.

    What the bytes are counts for more than what the name promised. Raises StreamError, after all sound pieces.
    """
    try:
        first = file.read(_PIECE)
        found = compression_of(first)
        if found is None and compression is not None and first:
            raise StreamError("unreadable", f"its name promises {compression}, but it holds something else")
        stored = _stored_pieces(first, file)
        yield from stored if found is None else _decompressed(stored, found)
    except OSError as error:
        raise StreamError("unreadable", f"it cannot be read ({error.strerror or error})") from error


def pieces_from(
    file: BinaryIO, compression: Compression | None, offset: int, seek_points: Path | None = None
) -> Iterator[bytes]:
    """The unpacked bytes of a file from an offset among them on, as `pieces` gives them.

    A file that is not compressed is entered there, gzip at one of its `seek_points`; all else is unpacked from its
    beginning, and what comes before is passed over.
    """
    file.seek(0)
    found = compression_of(file.read(16))
    if not offset or found is None:
        file.seek(offset)
        yield from pieces(file, None if offset else compression)
        return
    entered = enter(file, seek_points, offset) if seek_points and found == "gzip" else None
    if entered is None:
        file.seek(0)
        yield from _behind(pieces(file, compression), offset)
        return
    guard = ExpansionGuard()
    guard.stored(file.seek(0, 2))
    try:
        with entered:
            while piece := entered.read(_PIECE):
                guard.unpacked(len(piece))
                yield piece
    except (OSError, EOFError, ValueError) as error:
        raise StreamError("truncated", f"its gzip data is damaged ({error})") from error


def _behind(parts: Iterator[bytes], offset: int) -> Iterator[bytes]:
    for part in parts:
        if offset < len(part):
            yield part[offset:] if offset else part
            offset = 0
        else:
            offset -= len(part)


def is_wide(file: BinaryIO, compression: Compression | None) -> bool:
    """Whether the file, unpacked, begins with the mark of several bytes a character. It stands at its start then."""
    first = b""
    with suppress(StreamError):  # told by whoever reads on
        first = next(pieces(file, compression), b"")
    file.seek(0)
    return wide_mark(first) is not None


def compression_of(start: bytes) -> Compression | None:
    """What the first bytes of a file say of its compression; crawlers save gzip under the name .html."""
    for magic, compression in _MAGIC:
        if start.startswith(magic):
            return compression
    return "bzip2" if start.startswith(b"BZh") and start[4:10] == _BZIP2_BLOCK else None


def whole(file: BinaryIO, compression: Compression | None, limit: int) -> bytes:
    """All bytes of the file, decompressed. Raises StreamError, also when there are more than `limit`."""
    buffer = bytearray()
    for piece in pieces(file, compression):
        buffer += piece
        if len(buffer) > limit:
            raise StreamError("too_large", f"it holds more than {limit // 1_048_576} MiB")
    return bytes(buffer)


def lines(
    file: BinaryIO,
    compression: Compression | None,
    limit: int,
    number: int = 1,
    offset: int = 0,
    seek_points: Path | None = None,
) -> Iterator[Line]:
    """The lines of the file, decompressed, from an offset of the unpacked bytes on; the first one has this number.

    UTF-16 and UTF-32 with a mark are turned into UTF-8, and can be read from their beginning only. A line longer than
    `limit` bytes is passed over and marked. Raises StreamError, after all sound lines.
    """
    rest, overlong, begun = bytearray(), False, offset
    found = pieces_from(file, compression, offset, seek_points)
    for piece in found if offset else _narrow(found):
        start = 0
        while (end := piece.find(b"\n", start)) >= 0:
            if overlong or len(rest) + end - start > limit:
                yield Line(number, begun, None)
            else:
                yield Line(number, begun, bytes(rest) + piece[start:end])
            number += 1
            rest, overlong, start = bytearray(), False, end + 1
            begun = offset + start
        if not overlong:
            rest += piece[start:]
            if len(rest) > limit:
                rest, overlong = bytearray(), True
        offset += len(piece)
    if rest or overlong:
        yield Line(number, begun, None if overlong else bytes(rest))


def wide_mark(start: bytes) -> str | None:
    """The encoding of more than one byte a character that a byte order mark tells of."""
    return next((encoding for mark, encoding in _WIDE_MARKS if start.startswith(mark)), None)


class PieceReader(io.RawIOBase):
    """Pieces as a file that can be read once, forwards: for libraries that want a file."""

    def __init__(self, parts: Iterator[bytes]) -> None:
        self._parts = parts
        self._rest = b""

    def readable(self) -> bool:
        """It can."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Fill the buffer with what comes next; 0 at the end. Raises StreamError."""
        while not self._rest:
            piece = next(self._parts, None)
            if piece is None:
                return 0
            self._rest = piece
        size = min(len(buffer), len(self._rest))
        buffer[:size] = self._rest[:size]
        self._rest = self._rest[size:]
        return size


def _stored_pieces(first: bytes, file: BinaryIO) -> Iterator[bytes]:
    piece = first
    while piece:
        yield piece
        piece = file.read(_PIECE)


def _narrow(parts: Iterator[bytes]) -> Iterator[bytes]:
    """Text of several bytes a character as UTF-8; anything else as it is."""
    first = next(parts, b"")
    encoding = wide_mark(first)
    if encoding is None:
        if first:
            yield first
        yield from parts
        return
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    yield decoder.decode(first).removeprefix("\ufeff").encode("utf-8", "replace")
    for part in parts:
        yield decoder.decode(part).encode("utf-8", "replace")
    yield decoder.decode(b"", True).encode("utf-8", "replace")


def _sliced(parts: Iterator[bytes], size: int) -> Iterator[bytes]:
    for part in parts:
        yield from (part[start : start + size] for start in range(0, len(part), size))


def _decompressed(stored: Iterator[bytes], compression: Compression) -> Iterator[bytes]:
    """Every member (gzip), frame (zstd) or stream (bzip2, xz) of the file, one after the other."""
    guard = ExpansionGuard()
    decompressor = _decompressor(compression)
    begun = False
    for piece in _sliced(stored, _ZSTD_PIECE) if compression == "zstd" else stored:
        guard.stored(len(piece))
        while piece:
            if not begun and not piece.strip(b"\0"):
                break  # gzip and xz files may be padded with zeros
            try:
                for part in _bounded(decompressor, piece, compression):
                    guard.unpacked(len(part))
                    yield part
            except (zlib.error, zstandard.ZstdError, lzma.LZMAError, OSError, ValueError) as error:
                raise StreamError("truncated", f"its {compression} data is damaged ({error})") from error
            begun = not decompressor.eof
            piece = decompressor.unused_data if decompressor.eof else b""
            if decompressor.eof:
                decompressor = _decompressor(compression)
    if begun:
        raise StreamError("truncated", f"its {compression} data ends before its end; fetch the file again")


def _bounded(decompressor: Any, piece: bytes, compression: Compression) -> Iterator[bytes]:
    """What a piece expands to, in pieces: a small one can expand a thousandfold."""
    rest = piece
    if compression == "zstd":
        yield decompressor.decompress(piece)
    elif compression == "gzip":
        while rest and not decompressor.eof:
            yield decompressor.decompress(rest, _PIECE)
            rest = decompressor.unconsumed_tail
    else:
        while not decompressor.eof and (rest or not decompressor.needs_input):
            yield decompressor.decompress(rest, _PIECE)
            rest = b""


def _decompressor(compression: Compression) -> Any:
    if compression == "gzip":
        return zlib.decompressobj(wbits=31)
    if compression == "bzip2":
        return bz2.BZ2Decompressor()
    if compression == "xz":
        return lzma.LZMADecompressor(memlimit=_XZ_MEMORY)
    return zstandard.ZstdDecompressor(max_window_size=2**27).decompressobj()
