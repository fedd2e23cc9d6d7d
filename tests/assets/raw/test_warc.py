"""WARC and WET files, whole and damaged, written here byte by byte."""

import gzip
import zlib

import pytest
import zstandard
from fastwarc.stream_io import BrotliWriter
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.raw.documents.rows import RawDocument
from assets.raw.documents.source import Limits
from assets.raw.documents.stores import LocalStore
from assets.raw.rejected.rows import RejectedInput

ARABIC = "وصل الوفد إلى العاصمة اليوم لإجراء محادثات."


def record(body: bytes, *, kind: str = "response", number: int = 0, length: object = None, **headers: str) -> bytes:
    """One record; `length` is a wrong one."""
    lines = {
        "WARC-Type": kind,
        "WARC-Record-ID": f"<urn:uuid:00000000-0000-0000-0000-{number:012d}>",
        "WARC-Date": "2024-06-18T06:08:09Z",
        "WARC-Target-URI": f"https://news.example/{number}",
        "Content-Type": "application/http; msgtype=response" if kind == "response" else "text/plain",
    } | {name.replace("_", "-"): value for name, value in headers.items()}
    head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
    return f"WARC/1.0\r\n{head}Content-Length: {length or len(body)}\r\n\r\n".encode() + body + b"\r\n\r\n"


def http(body: bytes, status: str = "200 OK", **headers: str) -> bytes:
    lines = {"Content-Type": "text/html; charset=utf-8"} | {k.replace("_", "-"): v for k, v in headers.items()}
    head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
    return f"HTTP/1.1 {status}\r\n{head}\r\n".encode() + body


def page(number: int) -> bytes:
    return http(f"<html><body><p>Page {number}: {'a sentence of it. ' * 30}</p></body></html>".encode())


def pages(count: int) -> list[bytes]:
    return [record(page(n), number=n) for n in range(count)]


def urls(rows) -> list[str]:
    return [row.url[-1] for row in rows if isinstance(row, RawDocument)]


@pytest.mark.parametrize("pack", [bytes, gzip.compress, zstandard.compress])
def test_each_response_is_a_document_at_its_offset(read, pack):
    packed = [pack(r) for r in pages(3)]
    ending = {bytes: "", gzip.compress: ".gz", zstandard.compress: ".zst"}[pack]
    rows = read("a.warc" + ending, b"".join(packed))
    assert urls(rows) == ["0", "1", "2"]
    offsets = [0, len(packed[0]), len(packed[0]) + len(packed[1])]
    assert [row.member_position for row in rows] == offsets
    assert rows[1].member == str(offsets[1])
    assert rows[0].crawled_at.isoformat() == "2024-06-18T06:08:09"
    assert rows[0].media_type == "text/html"
    assert rows[0].content == page(0).split(b"\r\n\r\n", 1)[1]


@pytest.mark.parametrize("ending", [".gz", ".zst", ".bz2", ".xz"])
def test_a_file_compressed_as_a_whole_is_read_too(read, ending):
    import bz2
    import lzma

    pack = {".gz": gzip.compress, ".zst": zstandard.compress, ".bz2": bz2.compress, ".xz": lzma.compress}[ending]
    rows = read("a.warc" + ending, pack(b"".join(pages(3))))
    assert urls(rows) == ["0", "1", "2"]
    assert len({row.member_position for row in rows}) == 3


def test_wet_and_resources_are_text_and_requests_are_no_inputs(read):
    rows = read(
        "a.warc.wet",
        record(b"software: x", kind="warcinfo", Content_Type="application/warc-fields")
        + record(b"GET / HTTP/1.1\r\n\r\n", kind="request", Content_Type="application/http; msgtype=request")
        + record(ARABIC.encode(), kind="conversion", number=1)
        + record(b"<html><body><p>One</p></body></html>", kind="resource", number=2, Content_Type="text/html"),
    )
    assert [(row.text[:5], row.media_type) for row in rows] == [(ARABIC[:5], "text/plain"), ("<html", "text/html")]


def test_what_holds_no_page_is_told_with_its_reason(read):
    rows = read(
        "a.warc",
        record(http(b"gone", "404 Not Found"))
        + record(http(b"", "301 Moved", Location="/x"), number=1)
        + record(http(b"\x89PNG....", Content_Type="image/png"), number=2)
        + record(http(b"{}", Content_Type="application/json"), number=3)
        + record(page(4), kind="revisit", number=4, Content_Type="application/http; msgtype=response")
        + record(page(5), number=5),
    )
    assert [r.reason for r in rows if isinstance(r, RejectedInput)] == [
        "http_status",
        "http_status",
        "media_type",
        "media_type",
        "revisit",
    ]
    assert "404" in rows[0].message
    assert urls(rows) == ["5"]


def test_the_charset_of_the_header_is_heard_and_a_wrong_one_is_not_believed(read):
    body = f"<html><body><p>{ARABIC}</p></body></html>".encode("windows-1256")
    (row,) = read("a.warc", record(http(body, Content_Type="text/html; charset=windows-1256")))
    assert (ARABIC in row.text, row.encoding, row.flags) == (True, "cp1256", ())
    (row,) = read("a.warc", record(http(body, Content_Type="text/html; charset=iso-8859-1")))
    assert (ARABIC in row.text, row.flags) == (True, ("wrong_charset",))


def brotli(body: bytes) -> bytes:
    import io

    out = io.BytesIO()
    writer = BrotliWriter(out)
    writer.write(body)
    writer.close()
    return out.getvalue()


@pytest.mark.parametrize(
    ("coding", "pack"),
    [
        ("gzip", gzip.compress),
        ("deflate", zlib.compress),
        ("deflate", lambda b: zlib.compress(b)[2:-4]),
        ("br", brotli),
        ("gzip", bytes),
        ("br", bytes),
        ("identity", bytes),
    ],
)
@pytest.mark.parametrize("chunked", [False, True])
def test_content_encodings_are_undone_where_the_crawler_did_not(read, coding, pack, chunked):
    body = b"<html><body><p>The page itself.</p></body></html>"
    packed = pack(body)
    headers = {"Content_Encoding": coding}
    if chunked:
        packed = b"%x\r\n%s\r\n0\r\n\r\n" % (len(packed), packed)
        headers["Transfer_Encoding"] = "chunked"
    (row,) = read("a.warc", record(http(packed, **headers)))
    assert row.content == body


@pytest.mark.parametrize("length", [5, "abc", -7, 99999, 10**30])
def test_a_wrong_length_costs_its_record(read, length):
    records = pages(5)
    records[2] = record(page(2), number=2, length=length)
    rows = read("a.warc", b"".join(records))
    assert urls(rows) == ["0", "1", "3", "4"]
    assert next(r.position for r in rows if isinstance(r, RejectedInput)) >= len(b"".join(records[:2]))


@pytest.mark.parametrize("pack", [gzip.compress, zstandard.compress])
def test_damaged_compression_costs_its_record(read, pack):
    packed = [bytearray(pack(r)) for r in pages(5)]
    for place in range(30, 60):
        packed[2][place] ^= 0x5A
    rows = read("a.warc." + ("gz" if pack is gzip.compress else "zst"), b"".join(packed))
    assert urls(rows) == ["0", "1", "3", "4"]
    (bad,) = [r for r in rows if isinstance(r, RejectedInput)]
    assert "went on at the next sound record" in bad.message


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
@pytest.mark.parametrize("cut", [20, 300, 500])
def test_a_file_that_ends_early_gives_what_came_before(read, pack, cut):
    packed = [pack(r) for r in pages(4)]
    rows = read("a.warc" + (".gz" if pack is gzip.compress else ""), b"".join(packed[:3]) + packed[3][:cut])
    assert urls(rows)[:3] == ["0", "1", "2"]


def test_a_large_file_falls_into_parts_that_together_are_the_whole(tmp_path):
    from datetime import datetime

    from assets.raw.documents import read as reading

    (tmp_path / "a.warc.gz").write_bytes(b"".join(gzip.compress(r) for r in pages(10)))
    store = LocalStore(tmp_path)
    parts = reading.measure(store, "a.warc.gz", Limits(records=4, size=10**9))
    assert [part.records for part in parts] == [4, 4, 2]
    assert parts[1].start > 0

    def rows(part):
        reading._paused.clear()  # each part as another process would read it
        return list(reading.read_part(store, "a.warc.gz", part, batch="b", received_at=datetime(2024, 1, 1)))

    whole = [row.document_id for row in rows(reading.WHOLE)]
    assert [row.document_id for part in parts for row in rows(part)] == whole
    assert [row.document_id for row in rows(parts[2])] == whole[8:]


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_a_large_file_never_stands_in_memory(tmp_path, pack):
    import tracemalloc
    from datetime import datetime

    from assets.raw.documents.read import read_documents

    body = http(f"<html><body>{'<p>A sentence of the page.</p>' * 20_000}</body></html>".encode())
    name = "a.warc.gz" if pack is gzip.compress else "a.warc"
    with (tmp_path / name).open("wb") as file:
        for number in range(100):  # 58 million bytes
            file.write(pack(record(body, number=number)))
    tracemalloc.start()
    read = sum(1 for _ in read_documents(tmp_path / name, tmp_path, batch="b", received_at=datetime(2024, 1, 1)))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert read == 100
    assert peak < 12 * len(body)


@given(content=st.binary(max_size=400), damage=st.integers(0, 900), byte=st.integers(0, 255))
@settings(max_examples=60, deadline=None)
def test_any_damage_gives_rows_and_no_exception(tmp_path_factory, content, damage, byte):
    from datetime import datetime

    from assets.raw.documents.read import read_documents

    folder = tmp_path_factory.getbasetemp() / "warc"
    folder.mkdir(exist_ok=True)
    data = bytearray(b"".join(pages(3)) + content)
    data[damage] = byte
    (folder / "a.warc").write_bytes(data)
    rows = list(read_documents(folder / "a.warc", folder, batch="b", received_at=datetime(2024, 1, 1)))
    places = [r.position if isinstance(r, RejectedInput) else r.member_position for r in rows]
    assert rows
    assert len(set(places)) == len(places)
