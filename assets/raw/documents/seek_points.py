"""Points at which a gzip file can be entered, kept among this machine's temporary files.

gzip is unpacked from its beginning. A file that falls into parts, each read by a process of its own, would be
unpacked as often as it has parts; with these points a part costs itself. They are made when a sound file is
measured, and are no more than a help: without them, or with damaged ones, reading begins at the beginning.
"""

from __future__ import annotations

import hashlib
import io
import logging
import os
import stat
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from indexed_gzip import IndexedGzipFile

from assets.raw.documents.stores import Store

LEAST_SPACING = 1024 * 1024
"""Least unpacked bytes between two points; a point takes 32 KiB."""

_MOST_POINTS = 1000

_DIGEST = 32  # bytes of SHA-256 that stand first
_KEPT_SECONDS = 30 * 24 * 3600
_logger = logging.getLogger(__name__)


def seek_points(store: Store, name: str) -> Path | None:
    """Where the points of this file, as it is now, are or would be kept; None where they cannot be.

    Raises OSError where the file is not there.
    """
    now = store.look(name)
    if not now.modified_ns:
        return None  # another content might come under the same name and size
    folder = _folder()
    key = "\n".join((store.address, name, str(now.size), str(now.modified_ns)))
    return folder / f"{hashlib.sha256(key.encode('utf-8', 'surrogateescape')).hexdigest()}.gzidx" if folder else None


def make_seek_points(file: BinaryIO, path: Path, size: int, parts: int) -> None:
    """Unpack a sound gzip file once more to find the points, about one for each of its parts, and keep them.

    `size` is roughly that of the unpacked bytes. A failure is no error of the reader.
    """
    _forget_old(path.parent)
    part = path.with_suffix(f".{os.getpid()}")
    try:
        file.seek(0)
        spacing = max(LEAST_SPACING, size // min(parts, _MOST_POINTS))
        with IndexedGzipFile(fileobj=file, spacing=spacing) as unpacked:
            unpacked.build_full_index()
            index = io.BytesIO()
            unpacked.export_index(fileobj=index)
        content = index.getvalue()
        part.write_bytes(hashlib.sha256(content).digest() + content)
        part.replace(path)
    except Exception as error:  # its own errors have no common class
        part.unlink(missing_ok=True)
        _logger.debug("no seek points for %s: %s", path.name, error)


def enter(file: BinaryIO, path: Path, offset: int) -> IndexedGzipFile | None:
    """The unpacked file, standing at an offset of its unpacked bytes; None where there are no points to enter by."""
    if not path.is_file():
        return None
    try:
        index = path.read_bytes()
        if hashlib.sha256(index[_DIGEST:]).digest() != index[:_DIGEST]:
            raise ValueError("they are damaged")  # and would give other bytes without a word
        file.seek(0)
        unpacked = IndexedGzipFile(fileobj=file)
        unpacked.import_index(fileobj=io.BytesIO(index[_DIGEST:]))
        unpacked.seek(offset)
    except Exception as error:  # as above
        _logger.debug("the seek points %s are of no use: %s", path.name, error)
        with suppress(OSError):
            path.unlink(missing_ok=True)
        return None
    return unpacked


def _folder() -> Path | None:
    """A folder that only this user can write to: what stands in it steers an unpacker."""
    user = os.getuid() if hasattr(os, "getuid") else 0
    folder = Path(tempfile.gettempdir()) / f"attache-seek-points-{user}"
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        found = folder.lstat()
    except OSError:
        return None
    is_ours = stat.S_ISDIR(found.st_mode) and (not hasattr(os, "getuid") or found.st_uid == user)
    return folder if is_ours and (os.name == "nt" or not found.st_mode & 0o022) else None


def _forget_old(folder: Path) -> None:
    with suppress(OSError):
        for path in folder.iterdir():
            if time.time() - path.stat().st_mtime > _KEPT_SECONDS:
                path.unlink(missing_ok=True)
