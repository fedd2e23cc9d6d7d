"""Which files hold documents, told by their names, and how a local file of unknown origin is opened safely."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import BinaryIO, Literal, cast

Kind = Literal["text", "html", "json", "jsonl", "csv", "parquet", "warc", "tar", "zip"]
Compression = Literal["gzip", "zstd", "bzip2", "xz"]

KINDS: dict[str, Kind] = {
    ".txt": "text",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".json": "json",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".csv": "csv",
    ".tsv": "csv",
    ".parquet": "parquet",
    ".warc": "warc",
    ".wet": "warc",
    ".tar": "tar",
    ".zip": "zip",
}
COMPRESSIONS: dict[str, Compression] = {".gz": "gzip", ".zst": "zstd", ".bz2": "bzip2", ".xz": "xz"}
_SHORT_FORMS = {
    ".tgz": ".tar.gz",
    ".tbz2": ".tar.bz2",
    ".tbz": ".tar.bz2",
    ".txz": ".tar.xz",
    ".tzst": ".tar.zst",
}
_PAGES = ("text", "html")
_ARCHIVES = ("tar", "zip")


@dataclass(frozen=True)
class FileType:
    """What a file's name promises."""

    kind: Kind
    compression: Compression | None

    @property
    def is_page(self) -> bool:
        """Whether the file is one document, not a container of many."""
        return self.kind in _PAGES

    @property
    def is_archive(self) -> bool:
        """Whether the file holds files of any kind."""
        return self.kind in _ARCHIVES


def file_type(name: str) -> FileType | None:
    """What the name (in any case) promises, or None for a file that is not ours to read."""
    path = PurePosixPath(name.lower())
    if path.suffix in _SHORT_FORMS:
        path = path.with_suffix(_SHORT_FORMS[path.suffix])
    compression = COMPRESSIONS.get(path.suffix)
    kind = KINDS.get(path.with_suffix("").suffix if compression else path.suffix)
    return FileType(kind, compression) if kind else None


def supported_names() -> str:
    """The endings that are read, for messages."""
    return f"{' '.join(KINDS)}, each plain or with {' '.join(COMPRESSIONS)}"


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
