"""Tar and zip as containers of everything else: nested, damaged, hostile."""

import gzip
import io
import json
import tarfile
import zipfile

import pytest
import zstandard

from assets.raw.documents import streams
from assets.raw.documents.readers import archives
from tests.assets.raw.conftest import told
from tests.assets.raw.test_warc import pages

JSONL = b"".join(json.dumps({"text": f"Record {n}."}).encode() + b"\n" for n in (1, 2))
MEMBERS = {
    "pages/صفحة.txt": b"A page.",
    "feed.jsonl.gz": gzip.compress(JSONL),
    "crawl.warc": b"".join(pages(2)),
    "photo.jpg": b"\xff\xd8\xff",
    ".hidden/x.txt": b"hidden",
}


def tar(members: dict[str, bytes], mode: str = "w") -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=mode) as archive:  # type: ignore[call-overload]
        for name, content in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return out.getvalue()


def zipped(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.tar", tar(MEMBERS)),
        ("a.tar.gz", tar(MEMBERS, "w:gz")),
        ("a.tgz", tar(MEMBERS, "w:gz")),
        ("a.tar.bz2", tar(MEMBERS, "w:bz2")),
        ("a.tar.xz", tar(MEMBERS, "w:xz")),
        ("a.tar.zst", zstandard.compress(tar(MEMBERS))),
        ("a.zip", zipped(MEMBERS)),
        ("a.zip.gz", gzip.compress(zipped(MEMBERS))),
    ],
)
def test_members_are_read_as_they_would_be_outside(read, name, content):
    rows = read(name, content)
    assert [row.member for row in rows] == [
        "pages/صفحة.txt",
        "feed.jsonl.gz:1",
        "feed.jsonl.gz:2",
        "crawl.warc",
        f"crawl.warc:{len(pages(1)[0])}",
        "photo.jpg",
    ]
    assert [row.text for row in rows[:3]] == ["A page.", "Record 1.", "Record 2."]
    assert rows[4].url == "https://news.example/1"
    assert rows[5].reason == "unsupported"
    assert [row.member_position for row in rows[:5]] == [1, 2, 3, 4, 5]
    assert {row.source_path for row in rows} == {name}


def test_an_archive_in_an_archive_is_read_and_a_deeper_one_is_not(read):
    deep = zipped({"a.txt": b"deep"})
    rows = read("a.zip", zipped({"b.tar": tar({"c.txt": b"inner", "d.zip": deep})}))
    assert told(rows) == [("text", "inner"), ("nested", "b.tar/d.zip")]
    assert rows[0].member == "b.tar/c.txt"


@pytest.mark.parametrize("pack", [tar, zipped])
def test_names_that_climb_are_labels_and_nothing_else(read, tmp_path, pack):
    rows = read("a.tar" if pack is tar else "a.zip", pack({"../../out.txt": b"climbs", "/etc/x.txt": b"absolute"}))
    assert [row.text for row in rows] == ["climbs", "absolute"]
    assert {row.source_path for row in rows} == {"a.tar" if pack is tar else "a.zip"}
    assert sorted(p.name for p in tmp_path.rglob("*") if p.is_file()) == [rows[0].source_path]


def test_links_in_a_tar_are_not_followed(read):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        link = tarfile.TarInfo("passwd.txt")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
    assert told(read("a.tar", out.getvalue())) == [("symlink", "passwd.txt")]


def test_bombs_are_stopped(read, monkeypatch):
    monkeypatch.setattr(streams, "EXPANSION_FLOOR", 100_000)
    bomb = b"0" * 5_000_000
    (row,) = read("a.zip", zipped({"a.jsonl": bomb}))
    assert (row.reason, "a.jsonl" in row.message) == ("bomb", True)
    rows = read("b.zip", zipped({"a.txt": b"sound", "a.jsonl.gz": gzip.compress(bomb), "c.txt": b"sound"}))
    assert [row.reason for row in rows if hasattr(row, "reason")] == ["bomb"]
    assert read("c.tar.xz", tar({"a.jsonl": bomb}, "w:xz"))[-1].reason == "bomb"


def test_a_header_that_claims_to_be_huge_is_not_believed(read):
    info = tarfile.TarInfo("x")
    info.type, info.size = tarfile.XHDTYPE, 8 * 1024**3
    rows = read("a.tar", info.tobuf() + bytes(2048))
    assert [row.reason for row in rows] == ["truncated"]


def test_a_damaged_header_costs_its_member(read):
    content = bytearray(tar({f"{n}.txt": f"Text {n}.".encode() for n in range(4)}))
    content[1024:1124] = b"\xee" * 100  # the header of the second member
    rows = read("a.tar", bytes(content))
    assert [text for kind, text in told(rows) if kind == "text"] == ["Text 0.", "Text 2.", "Text 3."]
    assert [row.reason for row in rows if hasattr(row, "reason")] == ["truncated"]


def test_a_tar_that_ends_early_and_a_zip_without_its_end(read):
    rows = read("a.tar.gz", tar({f"{n}.txt": bytes([65 + n]) * 5000 for n in range(9)})[:20_000])
    assert rows[0].reason == "unreadable"
    rows = read("b.tar", tar({f"{n}.txt": bytes([65 + n]) * 5000 for n in range(9)})[:20_000])
    assert [row.text[0] for row in rows if hasattr(row, "text")][:3] == ["A", "B", "C"]
    assert rows[-1].reason == "truncated"
    assert [row.reason for row in read("c.zip", zipped(MEMBERS)[:-30])] == ["truncated"]


def test_a_damaged_member_of_a_zip_costs_itself(read):
    content = bytearray(zipped({"a.txt": b"abcdefgh" * 400, "b.txt": b"sound"}))
    content[40:50] = b"\x00" * 10
    rows = read("a.zip", bytes(content))
    assert told(rows) == [("truncated", "a.txt"), ("text", "sound")]


def test_encrypted_members_are_told(read):
    content = bytearray(zipped({"a.txt": b"secret"}))
    for mark in (b"PK\x03\x04", b"PK\x01\x02"):
        place = content.index(mark) + (6 if mark == b"PK\x03\x04" else 8)
        content[place] |= 1
    assert told(read("a.zip", bytes(content))) == [("encrypted", "a.txt")]


def test_a_member_too_large_is_not_unpacked(read, monkeypatch):
    monkeypatch.setattr(archives, "MEMBER_LIMIT", 1000)
    rows = read("a.zip", zipped({"a.jsonl": JSONL * 100, "b.txt": b"sound"}))
    assert told(rows) == [("too_large", "a.jsonl"), ("text", "sound")]
