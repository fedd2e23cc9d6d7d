"""Containers in parts: each part read as another process would, and what that costs."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import random
import tarfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

import pytest
import zstandard

from assets.raw.documents import read as reading
from assets.raw.documents import seek_points
from assets.raw.documents.read import measure, read_part
from assets.raw.documents.source import Limits, Part
from assets.raw.documents.stores import LocalStore

PAGES = 60


def texts() -> list[str]:
    rng = random.Random(5)
    return [f"Page {n}. " + " ".join(f"{rng.getrandbits(64):x}" for _ in range(2000)) for n in range(PAGES)]


def json_lines(encoding: str = "utf-8") -> bytes:
    return "".join(json.dumps({"text": text}) + "\n" for text in texts()).encode(encoding)


def csv_rows() -> bytes:
    return (
        "text,url\n" + "".join(f'"{t[:50]}\n{t[50:]}",https://a.example/{n}\n' for n, t in enumerate(texts()))
    ).encode()


def tar_of_pages() -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w", format=tarfile.PAX_FORMAT) as archive:
        for n, text in enumerate(texts()):
            info = tarfile.TarInfo(f"{'a long folder/' * 12}صفحة {n}.txt" if n % 3 == 0 else f"{n}.txt")
            info.size = len(text.encode())
            archive.addfile(info, io.BytesIO(text.encode()))
    return buffer.getvalue()


def zip_of_pages() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for n, text in enumerate(texts()[:-10]):
            archive.writestr(f"{n}.txt", text)
        archive.writestr("photo.jpg", b"\xff\xd8")
        archive.writestr("rest.jsonl", "".join(json.dumps({"text": text}) + "\n" for text in texts()[-10:]))
    return buffer.getvalue()


FILES = {
    "a.jsonl": json_lines(),
    "a.jsonl.gz": gzip.compress(json_lines()),
    "members.jsonl.gz": b"".join(gzip.compress(line + b"\n") for line in json_lines().splitlines()),
    "a.jsonl.zst": zstandard.compress(json_lines()),
    "a.jsonl.bz2": bz2.compress(json_lines()),
    "wide.jsonl": json_lines("utf-16"),
    "wide.jsonl.gz": gzip.compress(json_lines("utf-16")),
    "a.csv": csv_rows(),
    "a.csv.gz": gzip.compress(csv_rows()),
    "a.tar": tar_of_pages(),
    "a.tar.gz": gzip.compress(tar_of_pages()),
    "a.tar.zst": zstandard.compress(tar_of_pages()),
    "a.zip": zip_of_pages(),
    "cut.jsonl.gz": gzip.compress(json_lines())[:-300_000],
}


@dataclass(frozen=True)
class CountingStore(LocalStore):
    """A folder that counts the bytes read from it."""

    read: list[int] = field(default_factory=list)

    @contextmanager
    def open(self, name: str) -> Iterator[io.BufferedIOBase]:
        with super().open(name) as file:
            yield _Counting(file, self.read)


class _Counting(io.BufferedIOBase):
    def __init__(self, file, read):
        self._file, self._read = file, read

    def read(self, size=-1):
        found = self._file.read(size)
        self._read.append(len(found))
        return found

    def readinto(self, buffer):
        found = self.read(len(buffer))
        buffer[: len(found)] = found
        return len(found)

    def seek(self, offset, whence=0):
        return self._file.seek(offset, whence)

    def tell(self):
        return self._file.tell()

    def seekable(self):
        return True

    def readable(self):
        return True


@pytest.fixture
def store(tmp_path, monkeypatch):
    monkeypatch.setattr(seek_points, "LEAST_SPACING", 64 * 1024)
    monkeypatch.setattr(seek_points.tempfile, "gettempdir", lambda: str(tmp_path))
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    for name, content in FILES.items():
        (corpus / name).write_bytes(content)
    return CountingStore(corpus)


def rows_of(store: LocalStore, name: str, *parts: Part) -> list[tuple[int, str]]:
    found = []
    for part in parts:
        reading._paused.clear()  # what another process would not have
        for row in read_part(store, name, part, batch="b", received_at=datetime(2024, 1, 1)):
            place = row.member_position if hasattr(row, "text") else row.position
            found.append((place, row.text if hasattr(row, "text") else row.reason))
    return found


@pytest.mark.parametrize("name", FILES)
def test_parts_read_apart_are_the_whole(store, name):
    parts = measure(store, name, Limits(7, 10**9))
    whole = rows_of(store, name, Part())
    assert len(parts) > 4 and len(whole) > 30
    assert rows_of(store, name, *parts) == whole
    assert rows_of(store, name, *reversed(parts[1:]))[-1] == rows_of(store, name, parts[1])[-1]


@pytest.mark.parametrize("damage", ["gone", "cut", "another's"])
def test_without_sound_seek_points_a_part_is_found_from_the_beginning(store, damage):
    parts = measure(store, "a.jsonl.gz", Limits(7, 10**9))
    points = seek_points.seek_points(store, "a.jsonl.gz")
    assert points.stat().st_size > 64 * 1024
    content = points.read_bytes()
    points.write_bytes(
        {"gone": b"", "cut": content[:-5000], "another's": content[:40] + b"\0" * 40 + content[80:]}[damage]
    )
    assert rows_of(store, "a.jsonl.gz", parts[4]) == rows_of(store, "a.jsonl.gz", Part())[28:35]


@pytest.mark.parametrize("name", ["a.jsonl", "a.jsonl.gz", "a.csv.gz", "a.tar", "a.tar.gz", "a.zip"])
def test_a_part_costs_itself_and_not_what_comes_before(store, name):
    parts = measure(store, name, Limits(5, 10**9))
    store.read.clear()
    rows_of(store, name, Part())
    whole = sum(store.read)
    store.read.clear()
    rows_of(store, name, parts[8])
    # The head, a directory, what is read ahead, and up to one distance between two seek points come on top.
    assert sum(store.read) < 0.6 * whole


def test_a_file_that_changed_has_other_seek_points(store):
    measure(store, "a.jsonl.gz", Limits(7, 10**9))
    before = seek_points.seek_points(store, "a.jsonl.gz")
    (store.root / "a.jsonl.gz").write_bytes(gzip.compress(json_lines() + json_lines()))
    assert before.is_file() and not seek_points.seek_points(store, "a.jsonl.gz").exists()


def test_a_folder_that_others_can_write_to_is_not_used(store, tmp_path):
    folder = seek_points.seek_points(store, "a.jsonl.gz").parent
    folder.chmod(0o777)
    assert seek_points.seek_points(store, "a.jsonl.gz") is None
    assert rows_of(store, "a.jsonl.gz", *measure(store, "a.jsonl.gz", Limits(7, 10**9))) == rows_of(
        store, "a.jsonl.gz", Part()
    )
