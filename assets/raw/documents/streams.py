"""Bytes out of plain and compressed files, in bounded pieces; damage and excess become a `StreamError` in words."""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import zstandard

from assets.raw.documents.files import Compression, open_regular

_PIECE = 256 * 1024
# Four bytes of Zstandard can stand for 128 KiB, and its decompressor gives all of them at once.
_ZSTD_PIECE = 2048


class StreamError(Exception):
    """The bytes cannot be had; `reason` is the code of the rejection."""

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message)
        self.reason = reason


@dataclass(frozen=True)
class Line:
    """One line of a stream, without its end; `content` is None if it was longer than the limit."""

    number: int
    content: bytes | None


def pieces(path: Path, compression: Compression | None) -> Iterator[bytes]:
    """The file's bytes, decompressed, piece by piece. Raises StreamError, after all sound pieces."""
    try:
        with open_regular(path) as file:
            found = compression_of(file.peek(4)) if isinstance(file, io.BufferedReader) else compression
            if found is None and compression is not None and file.read(1):
                raise StreamError("unreadable", f"its name promises {compression}, but it holds something else")
            file.seek(0)
            if found is None:
                while piece := file.read(_PIECE):
                    yield piece
            else:
                yield from _decompressed(file, found)
    except OSError as error:
        raise StreamError("unreadable", f"it cannot be read ({error.strerror or error})") from error


def compression_of(start: bytes) -> Compression | None:
    """What the first bytes of a file say of its compression; crawlers save gzip under the name .html."""
    if start.startswith(b"\x1f\x8b"):
        return "gzip"
    return "zstd" if start.startswith(b"\x28\xb5\x2f\xfd") else None


def whole(path: Path, compression: Compression | None, limit: int) -> bytes:
    """All bytes of the file, decompressed. Raises StreamError, also when there are more than `limit`."""
    buffer = bytearray()
    for piece in pieces(path, compression):
        buffer += piece
        if len(buffer) > limit:
            raise StreamError("too_large", f"it holds more than {limit // 1_048_576} MiB")
    return bytes(buffer)


def lines(path: Path, compression: Compression | None, limit: int) -> Iterator[Line]:
    """The lines of the file, decompressed; a line longer than `limit` bytes is passed over and marked.

    Raises StreamError, after all sound lines.
    """
    number, rest, overlong = 0, bytearray(), False
    for piece in pieces(path, compression):
        start = 0
        while (end := piece.find(b"\n", start)) >= 0:
            number += 1
            if overlong or len(rest) + end - start > limit:
                yield Line(number, None)
            else:
                yield Line(number, bytes(rest) + piece[start:end])
            rest, overlong, start = bytearray(), False, end + 1
        if not overlong:
            rest += piece[start:]
            if len(rest) > limit:
                rest, overlong = bytearray(), True
    if rest or overlong:
        yield Line(number + 1, None if overlong else bytes(rest))


def _decompressed(file: BinaryIO, compression: Compression) -> Iterator[bytes]:
    """Every member (gzip) or frame (zstd) of the file, one after the other."""
    decompressor = _decompressor(compression)
    begun = False
    while piece := file.read(_PIECE):
        while piece:
            if not begun and not piece.strip(b"\0"):
                break  # gzip files may be padded with zeros
            try:
                yield from _bounded(decompressor, piece, compression)
            except (zlib.error, zstandard.ZstdError) as error:
                raise StreamError("truncated", f"its {compression} data is damaged ({error})") from error
            begun = not decompressor.eof
            piece = decompressor.unused_data if decompressor.eof else b""
            if decompressor.eof:
                decompressor = _decompressor(compression)
    if begun:
        raise StreamError("truncated", f"its {compression} data ends before its end; fetch the file again")


def _bounded(decompressor: object, piece: bytes, compression: Compression) -> Iterator[bytes]:
    """What a piece expands to, in pieces: a small one can expand a thousandfold."""
    if compression == "gzip":
        rest = piece
        while rest and not decompressor.eof:  # type: ignore[attr-defined]
            yield decompressor.decompress(rest, _PIECE)  # type: ignore[attr-defined]
            rest = decompressor.unconsumed_tail  # type: ignore[attr-defined]
    else:
        for start in range(0, len(piece), _ZSTD_PIECE):
            yield decompressor.decompress(piece[start : start + _ZSTD_PIECE])  # type: ignore[attr-defined]
            if decompressor.eof:  # type: ignore[attr-defined]
                break


def _decompressor(compression: Compression):  # type: ignore[no-untyped-def]
    if compression == "gzip":
        return zlib.decompressobj(wbits=31)
    return zstandard.ZstdDecompressor(max_window_size=2**27).decompressobj()
