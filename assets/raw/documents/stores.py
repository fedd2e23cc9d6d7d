"""Where a corpus stands: a local folder, or any address that fsspec knows. What it lists, and how its files open.

A name is a path relative to the corpus, in POSIX form. Local links are never followed and lead nowhere; keys and
passwords are the business of fsspec and the environment, never part of an address.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any, BinaryIO, Protocol, cast
from urllib.parse import urlsplit

from assets.raw.documents.files import file_type, open_regular, supported_names

_CHUNK = 1024 * 1024
# File systems may tell times no finer than this, so a file changed this shortly before we saw it may
# change again unnoticed.
_TIME_GRAIN_NS = 2_000_000_000
# What file systems call the time of last change: S3, local and memory, SFTP, Azure, Google, and HTTP's header.
_TIMES = ("LastModified", "mtime", "last_modified", "modified", "updated", "created")


class StoreError(Exception):
    """The corpus cannot be opened at all; the message says why and what to do."""


@dataclass(frozen=True)
class StoredFile:
    """A readable file of the corpus. `modified_ns` is its time of last change since 1970, 0 where none is told."""

    name: str
    size: int
    modified_ns: int


@dataclass(frozen=True)
class LeftOut:
    """An entry of the corpus that is not read, and why."""

    name: str
    reason: str
    message: str


class Store(Protocol):
    """A corpus."""

    @property
    def address(self) -> str:
        """What the books call it: an absolute path in POSIX form, or an address."""

    @property
    def only(self) -> str | None:
        """The name of the one file that the corpus is, if it is no folder."""

    def walk(self) -> Iterator[StoredFile | LeftOut]:
        """Its files. Hidden entries are passed over in silence. Raises StoreError."""

    def look(self, name: str) -> StoredFile:
        """The file of a name as it is now. Raises OSError."""

    def open(self, name: str) -> AbstractContextManager[BinaryIO]:
        """The file, open for reading from its beginning, seekable. Raises OSError, with words in `strerror`."""


def is_address(corpus: str) -> bool:
    """Whether this names a place by an address (`s3://bucket/prefix`), not by a path."""
    return "://" in corpus


def open_store(corpus: str | Path) -> Store:
    """The store of a folder, or of one file, by path or address. Raises StoreError."""
    if not is_address(str(corpus)):
        return _local(Path(corpus))
    address = str(corpus)
    if address.startswith("file://"):
        return _local(Path(address.removeprefix("file://")))
    return _remote(address)


def sha256_of(store: Store, name: str) -> str:
    """SHA-256 of a file's bytes, in hexadecimal, read in pieces. Raises OSError."""
    digest = hashlib.sha256()
    with store.open(name) as file:
        while piece := file.read(_CHUNK):
            digest.update(piece)
    return digest.hexdigest()


def seen_in_peace(modified_ns: int, seen_at: datetime) -> bool:
    """Whether a file that we saw at a time (UTC) cannot have changed since without another time of change."""
    return 0 < modified_ns < int(seen_at.replace(tzinfo=UTC).timestamp() * 1e9) - _TIME_GRAIN_NS


@dataclass(frozen=True)
class LocalStore:
    """A folder of this machine, or one file in it (`only`)."""

    root: Path
    only: str | None = None

    @property
    def address(self) -> str:
        """The folder's absolute path."""
        return self.root.as_posix()

    def walk(self) -> Iterator[StoredFile | LeftOut]:
        """Regular files of kinds that are read, without following links."""
        if self.only is not None:
            yield self._entry(self.root / self.only)
            return
        folders = [self.root]
        while folders:
            folder = folders.pop()
            try:
                entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
            except OSError as error:
                name = printable(folder.relative_to(self.root).as_posix())
                message = f"The folder {name} cannot be listed ({error.strerror}); change its permissions."
                yield LeftOut(name, "unreadable", message)
                continue
            for entry in entries:
                if entry.name.startswith("."):
                    continue
                left_out = _left_out(entry, Path(entry.path).relative_to(self.root).as_posix())
                if left_out:
                    yield left_out
                elif entry.is_dir(follow_symlinks=False):
                    folders.append(Path(entry.path))
                else:
                    yield self._entry(Path(entry.path))

    def look(self, name: str) -> StoredFile:
        """The file as it is now."""
        status = self._path(name).stat(follow_symlinks=False)
        return StoredFile(name, status.st_size, status.st_mtime_ns)

    def open(self, name: str) -> AbstractContextManager[BinaryIO]:
        """The file, if it is a regular one inside the folder."""
        return open_regular(self._path(name))

    def _entry(self, path: Path) -> StoredFile | LeftOut:
        name = path.relative_to(self.root).as_posix()
        try:
            return self.look(name)
        except OSError as error:
            return unreadable(name, error)

    def _path(self, name: str) -> Path:
        """Raises OSError where the name leads out of the folder, by dots or by a link on the way."""
        path = self.root / name
        try:
            real = path.parent.resolve() / path.name
        except RuntimeError as error:  # links that go round in a circle
            raise OSError(0, "it stands behind links that go round in a circle") from error
        if path.name in ("", "..") or not real.is_relative_to(self.root):
            raise OSError(0, "it is outside the corpus, and is not read")
        return real


@dataclass(frozen=True)
class RemoteStore:
    """A folder, or one file (`only`), of a file system of fsspec; `root` is its path there."""

    address: str
    root: str
    file_system: Any
    only: str | None = None

    def walk(self) -> Iterator[StoredFile | LeftOut]:
        """Everything below the address, as the file system lists it."""
        if self.only is not None:
            yield self.look(self.only)
            return
        with _in_words(self.address):
            # A folder's listing may be older than its files.
            self.file_system.invalidate_cache()
            found = self.file_system.find(self.root, detail=True)
        for path in sorted(found):
            name = self._name(path)
            if name is None or any(part.startswith(".") for part in name.split("/")):
                continue
            shown = printable(name)
            if shown != name:
                yield LeftOut(shown, "file_name", f"The name {shown} is not valid UTF-8; rename the file.")
            elif file_type(name) is None:
                yield _unsupported(name)
            else:
                yield _stored(name, found[path])

    def look(self, name: str) -> StoredFile:
        """The file as it is now, asked anew."""
        with _in_words(name):
            self.file_system.invalidate_cache()
            return _stored(name, self.file_system.info(self._path(name)))

    @contextmanager
    def open(self, name: str) -> Iterator[BinaryIO]:
        """The file; it is read ahead in blocks, never as a whole."""
        with _in_words(name):
            file = self.file_system.open(self._path(name), "rb")
        with file:
            yield cast(BinaryIO, _Worded(file, name))

    def _name(self, path: str) -> str | None:
        """The path below the root; None for what is not below it, such as a link of a web page to elsewhere."""
        root = self.root.rstrip("/") + "/"
        name = path.removeprefix(root) if path.startswith(root) else ""
        return name if name and not name.endswith("/") and ".." not in name.split("/") else None

    def _path(self, name: str) -> str:
        return f"{self.root.rstrip('/')}/{name}"


class _Worded:
    """A remote file whose failures to read are OSErrors in words, whatever library they come from."""

    def __init__(self, file: BinaryIO, name: str) -> None:
        self._file, self._name = file, name

    def read(self, size: int = -1) -> bytes:
        with _in_words(self._name):
            return bytes(self._file.read(size))

    def seek(self, offset: int, whence: int = 0) -> int:
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        return self._file.tell()

    def seekable(self) -> bool:
        return True

    def readable(self) -> bool:
        return True

    @property
    def closed(self) -> bool:
        return self._file.closed

    def close(self) -> None:
        self._file.close()

    def flush(self) -> None:
        """Nothing is written."""


def printable(name: str) -> str:
    """The name with bytes that are not UTF-8 written as \\xNN, so that it can be stored."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def unreadable(name: str, error: OSError) -> LeftOut:
    """What is said of a file that is there but cannot be read."""
    why = error.strerror or error
    message = f"{name} cannot be read ({why}); change its permissions or take it out of the corpus."
    return LeftOut(name, "unreadable", message)


def _left_out(entry: os.DirEntry[str], name: str) -> LeftOut | None:
    """Reason and message for an entry of a folder that is not taken in."""
    shown = printable(name)
    if shown != name:
        return LeftOut(shown, "file_name", f"The name {shown} is not valid UTF-8; rename the file.")
    if entry.is_symlink():
        message = f"{shown} is a link, and links are not followed; put the file itself into the corpus."
        return LeftOut(shown, "symlink", message)
    if entry.is_dir(follow_symlinks=False):
        return None
    if not entry.is_file(follow_symlinks=False):
        return LeftOut(shown, "special", f"{shown} is a pipe, socket or device, not a file.")
    return _unsupported(shown) if file_type(entry.name) is None else None


def _unsupported(name: str) -> LeftOut:
    message = f"{name} is of a kind that is not read; read are {supported_names()}."
    return LeftOut(name, "unsupported", message)


def _local(corpus: Path) -> LocalStore:
    try:
        root = corpus.resolve(strict=True)
    except FileNotFoundError:
        raise StoreError(f"The corpus {corpus} does not exist; name a folder of pages, or one file.") from None
    except (OSError, RuntimeError) as error:
        raise StoreError(f"The corpus {corpus} cannot be opened ({error}); name a folder of pages.") from None
    if root.is_file():
        if file_type(root.name) is None:
            raise StoreError(f"The file {corpus} is of a kind that is not read; read are {supported_names()}.")
        return LocalStore(root.parent, root.name)
    if not root.is_dir():
        raise StoreError(f"The corpus {corpus} is neither a folder nor a file; name a folder of pages, or one file.")
    if not os.access(root, os.R_OK | os.X_OK):
        raise StoreError(f"The corpus {corpus} may not be read by this user; change its permissions.")
    return LocalStore(root)


def _remote(address: str) -> RemoteStore:
    parts = urlsplit(address)
    if parts.username or parts.password:
        raise StoreError(
            "The address of the corpus must not hold a name or password; "
            "give keys to fsspec by its environment variables or configuration files."
        )
    scheme = parts.scheme.split("::")[0]
    try:
        from fsspec.core import url_to_fs

        file_system, root = url_to_fs(address)
        with _in_words(address):
            is_file = file_type(root) is not None and file_system.isfile(root)
    except ImportError as error:
        extra = " (pip install 'attache-events[s3]')" if scheme in ("s3", "s3a", "http", "https") else ""
        raise StoreError(f"The corpus {address} needs a library that is not installed{extra}: {error}.") from None
    except ValueError as error:
        raise StoreError(f"The corpus {address} is not at an address that can be read: {error}.") from None
    except OSError as error:
        raise StoreError(f"The corpus {address} cannot be opened ({error.strerror or error}).") from None
    if is_file:
        folder, _, name = root.rpartition("/")
        return RemoteStore(address.rstrip("/").rpartition("/")[0], folder, file_system, name)
    return RemoteStore(address.rstrip("/"), root, file_system)


def _stored(name: str, info: dict[str, Any]) -> StoredFile:
    return StoredFile(name, int(info.get("size") or 0), _modified_ns(info))


def _modified_ns(info: dict[str, Any]) -> int:
    for key in _TIMES:
        value = info.get(key)
        if isinstance(value, str):
            value = _time(value)
        if isinstance(value, datetime):
            return int((value if value.tzinfo else value.replace(tzinfo=UTC)).timestamp() * 1e9)
        if isinstance(value, int | float) and not isinstance(value, bool):
            return int(value * 1e9)
    return 0


def _time(text: str) -> datetime | None:
    for parse in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            return parse(text)
        except ValueError:
            continue
    return None


@contextmanager
def _in_words(what: str) -> Iterator[None]:
    """Turn what storage libraries raise into OSErrors with words; their messages hold no keys."""
    try:
        yield
    except OSError as error:
        if error.strerror:
            raise
        raise OSError(0, _said(error) or f"{what} cannot be reached") from error
    except (ImportError, ValueError):
        raise
    except Exception as error:  # botocore, aiohttp and others have families of their own
        raise OSError(0, f"{type(error).__name__}: {_said(error)}") from error


def _said(error: Exception) -> str:
    return (str(error).splitlines() or [""])[0][:200]
