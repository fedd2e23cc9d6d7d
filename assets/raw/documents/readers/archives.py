"""Tar and zip: any number of files of any kind that is read, each read as it would be outside.

Members' names are shown, never used as paths. A member that is a container is unpacked beside memory (a temporary
file), since its own reader may want to look back; archives inside archives are followed once.
"""

from __future__ import annotations

import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice
from tempfile import SpooledTemporaryFile
from typing import IO, Any, BinaryIO, cast

from assets.raw.documents.files import FileType, file_type, supported_names
from assets.raw.documents.recorder import DOCUMENT_LIMIT, Recorder, Row
from assets.raw.documents.source import Item, Source
from assets.raw.documents.stores import printable
from assets.raw.documents.streams import ExpansionGuard, PieceReader, StreamError, pieces, pieces_from

MEMBER_LIMIT = 16 * 1024 * 1024 * 1024
"""Most bytes of a container inside an archive; it is unpacked to a temporary file."""

DEEPEST = 1
"""Archives that an archive may stand in: one. Deeper ones are attacks, or unreadable for people as well."""

# Headers that the library reads into memory whole.
_LONG_HEADERS = (
    tarfile.XHDTYPE,
    tarfile.XGLTYPE,
    tarfile.SOLARIS_XHDTYPE,
    tarfile.GNUTYPE_LONGNAME,
    tarfile.GNUTYPE_LONGLINK,
)
_HEADER_LIMIT = 1024 * 1024
_IN_MEMORY = 4 * 1024 * 1024
_PIECE = 256 * 1024
_NAME_CHARACTERS = 1000


@dataclass(frozen=True)
class _Member:
    """A file in an archive; `open` gives its bytes once, `wrong` says why it cannot be read.

    `place` is where the archive can be entered to come upon it first: 0 at the beginning, or where that is not known.
    """

    name: str
    open: Callable[[], IO[bytes] | None]
    wrong: tuple[str, str] | None = None
    place: int = 0


def read_tar(source: Source, start: int, first: int) -> Iterator[Item]:
    """The documents of all members, numbered from 1 through the archive. It is read as a stream.

    It may be entered where a member's header begins, at an offset of the unpacked bytes.
    """
    with source.open() as file:
        stream = PieceReader(pieces_from(file, source.kind.compression, start, source.seek_points))
        try:
            options: Any = {"tarinfo": _Header, "ignore_zeros": True}  # go on behind a damaged header
            with tarfile.open(fileobj=cast(BinaryIO, stream), mode="r|", **options) as archive:
                yield from _items(source, _tar_members(archive, start), ExpansionGuard(), first if start else 1)
        except tarfile.ReadError as error:
            if "empty" not in str(error):
                raise StreamError("truncated", f"it is not a sound tar archive ({error}); fetch it again") from error
        except (tarfile.TarError, ValueError, OverflowError, EOFError) as error:
            raise StreamError("truncated", f"its tar data is damaged ({error}); fetch it again") from error


def read_zip(source: Source, start: int, first: int) -> Iterator[Item]:
    """The documents of all members, numbered from 1 through the archive, in the order of its directory.

    It may be entered at any member, by its number in the directory.
    """
    with source.open() as file, _unpacked(source, file) as unpacked:
        guard = ExpansionGuard()
        guard.stored(unpacked.seek(0, 2))
        try:
            archive = zipfile.ZipFile(unpacked)
        except (zipfile.BadZipFile, ValueError, OverflowError, OSError, NotImplementedError) as error:
            raise StreamError("truncated", f"it is not a sound zip archive ({error}); fetch it again") from error
        with archive:
            yield from _items(source, _zip_members(archive, start), guard, first if start else 1)


@contextmanager
def _unpacked(source: Source, file: BinaryIO) -> Iterator[IO[bytes]]:
    if source.kind.compression is None:
        yield file
        return
    with SpooledTemporaryFile(_IN_MEMORY) as unpacked:
        for piece in pieces(file, source.kind.compression):
            unpacked.write(piece)
        yield unpacked


class _Header(tarfile.TarInfo):
    """A header that notes damage, which the library passes over in silence, and refuses to fill memory."""

    @classmethod
    def fromtarfile(cls, archive: tarfile.TarFile) -> _Header:
        try:
            return super().fromtarfile(archive)
        except (tarfile.InvalidHeaderError, tarfile.TruncatedHeaderError):  # type: ignore[attr-defined]
            archive.damaged = True  # type: ignore[attr-defined]
            raise

    def _proc_member(self, archive: tarfile.TarFile) -> tarfile.TarInfo:
        if self.type in _LONG_HEADERS and self.size > _HEADER_LIMIT:
            raise tarfile.ReadError(f"a header claims to be {self.size} bytes long")
        return super()._proc_member(archive)  # type: ignore[misc]


def _tar_members(archive: tarfile.TarFile, start: int) -> Iterator[_Member]:
    archive.damaged = False  # type: ignore[attr-defined]
    for info in _with_end(archive):
        if archive.damaged:  # type: ignore[attr-defined]
            message = "the archive is damaged here, and what stood here could not be read"
            before = f"before {info.name}" if info else "at its end"
            yield _Member(before, lambda: None, ("truncated", message))
            archive.damaged = False  # type: ignore[attr-defined]
        if info is None:
            return
        archive.members.clear()  # type: ignore[attr-defined] # the library remembers every member, and there may be millions
        if info.isdir():
            continue
        if not info.isreg():
            what = "a link" if info.issym() or info.islnk() else "a device or pipe"
            yield _Member(info.name, lambda: None, ("symlink", f"it is {what}, which is not followed"))
            continue
        yield _Member(info.name, partial(archive.extractfile, info), place=start + info.offset)


def _with_end(archive: tarfile.TarFile) -> Iterator[tarfile.TarInfo | None]:
    """The members, and None behind the last."""
    yield from archive
    yield None


def _zip_members(archive: zipfile.ZipFile, start: int) -> Iterator[_Member]:
    for place, info in islice(enumerate(archive.infolist()), start, None):
        if info.is_dir():
            continue
        wrong = ("encrypted", "it is encrypted; unpack the archive first") if info.flag_bits & 1 else None
        yield _Member(info.filename, partial(archive.open, info), wrong, place)


def _items(source: Source, members: Iterator[_Member], guard: ExpansionGuard, number: int) -> Iterator[Item]:
    """The items of the members, numbered through. A member of many can be entered at its first item only."""
    from assets.raw.documents.readers import READERS  # which names these readers too

    for member in members:
        name = printable(member.name)[:_NAME_CHARACTERS]
        if any(part.startswith(".") or part == "__MACOSX" for part in name.split("/") if part not in (".", "..")):
            continue  # hidden, as in a folder
        kind = file_type(name)
        wrong = member.wrong or _why_not(kind, source.depth)
        if wrong or kind is None:
            yield replace(_rejected(name, number, *(wrong or ("", ""))), start=member.place)
            number += 1
            continue
        begun = number
        try:
            with _spooled(member, kind, guard) as spool:
                inner = Source(name, kind, partial(_again, spool), source.fields, source.depth + 1)
                for item in READERS[kind.kind](inner, 0, 0):
                    write = partial(_write_inside, name, number, item.write)
                    yield Item(number, item.size, member.place if number == begun else 0, write)
                    number += 1
                if number == begun:
                    yield _rejected(name, number, "empty", "it holds no record")
                    number += 1
        except StreamError as error:
            if error.reason == "bomb":
                raise StreamError("bomb", f"{error}; its member {name} and what follows were not read") from error
            yield _rejected(name, number, error.reason, str(error))
            number += 1


def _why_not(kind: FileType | None, depth: int) -> tuple[str, str] | None:
    if kind is None:
        return "unsupported", f"it is of a kind that is not read; read are {supported_names()}"
    if kind.is_archive and depth >= DEEPEST:
        return "nested", "it is an archive in an archive in an archive; unpack the outer ones first"
    return None


@contextmanager
def _spooled(member: _Member, kind: FileType, guard: ExpansionGuard) -> Iterator[IO[bytes]]:
    """The member's bytes, seekable. Raises StreamError where they are damaged or too many."""
    limit = DOCUMENT_LIMIT + 1 if kind.is_page else MEMBER_LIMIT
    with SpooledTemporaryFile(_IN_MEMORY) as spool:
        try:
            stream = member.open()
            if stream is not None:
                with stream:
                    while spool.tell() <= limit and (piece := stream.read(_PIECE)):
                        guard.unpacked(len(piece))
                        spool.write(piece)
        except (zipfile.BadZipFile, tarfile.TarError, zlib.error, EOFError) as error:
            raise StreamError("truncated", f"it is damaged ({error})") from error
        except (NotImplementedError, RuntimeError, OSError, ValueError) as error:
            raise StreamError("unreadable", f"it cannot be unpacked ({error})") from error
        if spool.tell() > MEMBER_LIMIT:
            raise StreamError("too_large", f"it holds more than {MEMBER_LIMIT // 1024**3} GiB")
        yield spool


@contextmanager
def _again(spool: IO[bytes]) -> Iterator[BinaryIO]:
    spool.seek(0)
    yield cast(BinaryIO, spool)


def _write_inside(name: str, number: int, write: Callable[[Recorder], Row], recorder: Recorder) -> Row:
    return write(recorder.within(name, number))


def _rejected(name: str, number: int, reason: str, message: str) -> Item:
    return Item(number, 0, 0, partial(_write_rejected, name, number, reason, message))


def _write_rejected(name: str, number: int, reason: str, message: str, recorder: Recorder) -> Row:
    return recorder.within(name, number).reject(reason, message)
