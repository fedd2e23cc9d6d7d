"""Corpora at addresses: S3 against a server on this machine, and fsspec's own memory file system."""

import gzip
import json
import logging
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import fsspec
import pytest

from assets.raw.documents.read import measure, read_part
from assets.raw.documents.source import Limits
from assets.raw.documents.stores import RemoteStore, StoredFile, StoreError, open_store, sha256_of
from tests.assets.raw.test_warc import pages
from tests.s3_server import SECRET, bucket_of


@pytest.fixture(scope="module")
def s3() -> Iterator[str]:
    """The address of a folder in a bucket on a local server."""
    files = {
        "2024/صفحة.txt": b"A page.",
        "2024/a.warc.gz": b"".join(gzip.compress(r) for r in pages(5)),
        "2024/a.jsonl": b"".join(json.dumps({"text": f"{n}."}).encode() + b"\n" for n in range(9)),
        "2024/photo.jpg": b"\xff\xd8",
        "other/b.txt": b"Elsewhere.",
    }
    with bucket_of(files, "crawl") as address:
        yield f"{address}/2024"


def read(store: RemoteStore, name: str) -> list[str]:
    parts = measure(store, name, Limits(2, 10**9))
    rows = [
        row for part in parts for row in read_part(store, name, part, batch="b", received_at=datetime(2024, 1, 1))
    ]
    return [row.text if hasattr(row, "text") else row.reason for row in rows]


def test_a_bucket_is_listed_and_read_in_parts(s3, caplog):
    caplog.set_level(logging.DEBUG)
    store = open_store(s3)
    entries = {entry.name: entry for entry in store.walk()}
    assert sorted(entries) == ["a.jsonl", "a.warc.gz", "photo.jpg", "صفحة.txt"]
    assert isinstance(entries["a.jsonl"], StoredFile)
    assert entries["a.jsonl"].modified_ns > 0
    assert read(store, "صفحة.txt") == ["A page."]
    assert read(store, "a.jsonl") == [f"{n}." for n in range(9)]
    assert [text[15:21] for text in read(store, "a.warc.gz")] == [f"Page {n}" for n in range(5)]
    assert len(sha256_of(store, "a.jsonl")) == 64
    assert SECRET not in caplog.text


def test_one_object_is_a_corpus(s3):
    store = open_store(f"{s3}/a.jsonl")
    assert [entry.name for entry in store.walk()] == ["a.jsonl"]
    assert store.address == s3


def test_what_cannot_be_reached_is_told_in_words(s3):
    with pytest.raises(OSError) as error:
        open_store(s3).look("gone.txt")
    assert SECRET not in str(error.value)
    (row,) = read_part(open_store(s3), "gone.txt", batch="b", received_at=datetime(2024, 1, 1))
    assert row.reason == "unreadable"


def test_memory_is_a_place_too():
    files = fsspec.filesystem("memory")
    files.pipe("/corpus/deep/a.txt", b"A page.")
    files.pipe("/corpus/.hidden/b.txt", b"Hidden.")
    store = open_store("memory://corpus")
    assert [entry.name for entry in store.walk()] == ["deep/a.txt"]
    assert read(store, "deep/a.txt") == ["A page."]
    files.rm("/corpus", recursive=True)


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("s3://key:secret@bucket/x", "must not hold a name or password"),
        ("nosuch://place", "not at an address"),
    ],
)
def test_an_address_that_is_none(address, message):
    with pytest.raises(StoreError, match=message) as error:
        open_store(address)
    assert "secret" not in str(error.value)


def test_a_file_address_is_a_local_folder(tmp_path: Path):
    (tmp_path / "a.txt").write_text("A page.")
    assert open_store(f"file://{tmp_path}").address == tmp_path.as_posix()
