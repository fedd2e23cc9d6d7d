"""Files of every kind as transfers leave them: cut off anywhere, with bytes changed, or nothing but noise.

Whatever comes, no reader raises, and what a file holds is a document or a row that says why it is none.
"""

import bz2
import csv
import gzip
import io
import json
import lzma
import tarfile
import tempfile
import zipfile
from datetime import datetime
from pathlib import Path

import polars as pl
import pytest
import zstandard
from hypothesis import example, given, settings
from hypothesis import strategies as st

from assets.raw.documents.read import read_documents
from assets.raw.documents.rows import RawDocument
from assets.raw.rejected.rows import RejectedInput
from tests.assets.raw.test_warc import pages

TEXTS = [f"Page {n}: the bridge over the river opens in June, the ministry said." for n in range(6)]


def _jsonl() -> bytes:
    return b"".join(
        json.dumps({"url": f"https://a.example/{n}", "text": t}).encode() + b"\n" for n, t in enumerate(TEXTS)
    )


def _csv(delimiter: str) -> bytes:
    table = io.StringIO()
    rows = csv.writer(table, delimiter=delimiter, lineterminator="\n")
    rows.writerows([("url", "text"), *((f"https://a.example/{n}", text) for n, text in enumerate(TEXTS))])
    return table.getvalue().encode()


def _parquet() -> bytes:
    table = io.BytesIO()
    pl.DataFrame({"url": [f"https://a.example/{n}" for n in range(6)], "text": TEXTS}).write_parquet(table)
    return table.getvalue()


def _tar() -> bytes:
    archive = io.BytesIO()
    with tarfile.open(fileobj=archive, mode="w") as tar:
        for n, text in enumerate(TEXTS):
            member = tarfile.TarInfo(f"{n}.txt")
            member.size = len(text)
            tar.addfile(member, io.BytesIO(text.encode()))
    return archive.getvalue()


def _zip() -> bytes:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed:
        for n, text in enumerate(TEXTS):
            packed.writestr(f"{n}.txt", text)
    return archive.getvalue()


SOUND = {
    "a.txt": TEXTS[0].encode(),
    "a.html": f"<html><body><h1>Bridge</h1><p>{TEXTS[0]}</p></body></html>".encode(),
    "a.json": json.dumps([{"text": text} for text in TEXTS]).encode(),
    "a.jsonl": _jsonl(),
    "a.csv": _csv(","),
    "a.tsv": _csv("\t"),
    "a.parquet": _parquet(),
    "a.warc": b"".join(pages(6)),
    "a.tar": _tar(),
    "a.zip": _zip(),
}
PACKED = {".gz": gzip.compress, ".bz2": bz2.compress, ".xz": lzma.compress}
PACKED |= {".zst": zstandard.ZstdCompressor().compress}
SOUND |= {
    f"{name}{ending}": pack(SOUND[name]) for name in ("a.jsonl", "a.csv", "a.tar") for ending, pack in PACKED.items()
}
SOUND["a.warc.gz"] = b"".join(gzip.compress(record) for record in pages(6))
# Records follow each other in these, so that what stands before the damage is whole.
IN_ORDER = {"a.jsonl": SOUND["a.jsonl"].splitlines(keepends=True), "a.warc": pages(6)}


def read(name: str, content: bytes) -> list[RawDocument | RejectedInput]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(content)
        return list(read_documents(path, Path(folder), batch="b", received_at=datetime(2024, 6, 18)))


def is_told(rows: list[RawDocument | RejectedInput]) -> bool:
    """Whether there is a row, and every row that is no document says why."""
    return bool(rows) and all(isinstance(row, RawDocument) or (row.reason and row.message) for row in rows)


@pytest.mark.parametrize("name", SOUND)
def test_a_sound_file_is_read(name):
    rows = read(name, SOUND[name])
    assert rows and all(isinstance(row, RawDocument) for row in rows)


@pytest.mark.parametrize("name", SOUND)
@given(share=st.floats(0, 1, exclude_max=True))
@settings(max_examples=12, deadline=None)
def test_a_file_that_is_cut_off(name, share):
    content = SOUND[name][: int(len(SOUND[name]) * share)]
    rows = read(name, content)
    assert is_told(rows)
    if name in IN_ORDER:
        ends = [sum(map(len, IN_ORDER[name][: n + 1])) for n in range(6)]
        assert sum(isinstance(row, RawDocument) for row in rows) >= sum(end <= len(content) for end in ends)


@pytest.mark.parametrize("name", SOUND)
@given(changes=st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255)), min_size=1, max_size=8))
@settings(max_examples=12, deadline=None)
def test_a_file_in_which_bytes_are_changed(name, changes):
    content = bytearray(SOUND[name])
    for place, byte in changes:
        content[int(place * len(content))] = byte
    assert is_told(read(name, bytes(content)))


@pytest.mark.parametrize("name", SOUND)
@given(content=st.binary(min_size=1, max_size=3000))
@settings(max_examples=12, deadline=None)
def test_a_file_of_noise(name, content):
    assert is_told(read(name, content))


@pytest.mark.parametrize("name", SOUND)
@given(head=st.integers(1, 64), noise=st.binary(max_size=500))
@settings(max_examples=8, deadline=None)
@example(head=9, noise=b"\r\x00")
def test_a_file_that_begins_as_its_kind_and_goes_on_as_noise(name, head, noise):
    assert is_told(read(name, SOUND[name][:head] + noise))
