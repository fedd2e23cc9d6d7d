"""Which files hold documents, told by their names, and how a file of unknown origin is opened safely."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import BinaryIO, Literal, cast

Kind = Literal["text", "html", "json", "jsonl", "parquet"]
Compression = Literal["gzip", "zstd"]

KINDS: dict[str, Kind] = {
    ".txt": "text",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".json": "json",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".parquet": "parquet",
}
COMPRESSIONS: dict[str, Compression] = {".gz": "gzip", ".zst": "zstd"}

_CHUNK = 1024 * 1024


@dataclass(frozen=True)
class FileType:
    """What a file's name promises."""

    kind: Kind
    compression: Compression | None


def file_type(name: str) -> FileType | None:
    """What the name (in any case) promises, or None for a file that is not ours to read."""
    path = PurePosixPath(name.lower())
    compression = COMPRESSIONS.get(path.suffix)
    kind = KINDS.get(path.with_suffix("").suffix if compression else path.suffix)
    return FileType(kind, compression) if kind else None


def supported_names() -> str:
    """The endings that are read, for messages."""
    return f"{' '.join(KINDS)}, each plain or with {' or '.join(COMPRESSIONS)}"


@contextmanager
def open_regular(path: Path) -> Iterator[BinaryIO]:
    """The file, opened for reading only if it is a regular one: no link is followed, no pipe or device waited for.

    Raises OSError, with words in `strerror`.
    """
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    with open(os.open(path, flags), "rb") as file:  # noqa: PTH123 - a descriptor, not a path
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise OSError(0, "it is not a regular file")
        yield cast(BinaryIO, file)


def file_sha256(path: Path) -> str:
    """SHA-256 of a regular file's bytes, in hexadecimal, read in pieces. Raises OSError."""
    digest = hashlib.sha256()
    with open_regular(path) as file:
        while piece := file.read(_CHUNK):
            digest.update(piece)
    return digest.hexdigest()
