"""Reading files of every kind, whole and broken, from a real folder."""

import gzip
import json
import os
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.raw.documents import recorder
from assets.raw.documents.read import read_documents
from assets.raw.documents.readers import archives, csv_table, json_records, pages, warc
from assets.raw.documents.rows import DOCUMENTS, RawDocument
from assets.raw.rejected.rows import REJECTED, RejectedInput

NOW = datetime(2024, 6, 18, 6, 8)
ADDRESS = "https://news.example/a"
PAGE = "<!doctype html><html><head><title>زيارة</title></head><body><p>وصل الوفد.</p></body></html>"


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    folder.mkdir()
    return folder


def rows_of(path: Path, corpus: Path) -> list[RawDocument | RejectedInput]:
    return list(read_documents(path, corpus, batch="b1", received_at=NOW))


def rows(corpus: Path, name: str, content: bytes) -> list[RawDocument | RejectedInput]:
    path = corpus / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return rows_of(path, corpus)


def one(corpus: Path, name: str, content: bytes) -> RawDocument:
    (row,) = rows(corpus, name, content)
    assert isinstance(row, RawDocument), row
    return row


def document_limit(monkeypatch: pytest.MonkeyPatch, limit: int) -> None:
    for module in (recorder, pages, archives, csv_table, warc):
        monkeypatch.setattr(module, "DOCUMENT_LIMIT", limit)


def refused(corpus: Path, name: str, content: bytes, position: int = 0) -> RejectedInput:
    found = [row for row in rows(corpus, name, content) if isinstance(row, RejectedInput)]
    assert len(found) == 1, found
    assert found[0].position == position
    assert found[0].message.startswith(name)
    assert found[0].message.endswith(".")
    return found[0]


# --- pages --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("pack", ["", ".gz", ".zst"])
@pytest.mark.parametrize("name", ["page.txt", "PAGE.HTML", "a/b/صفحة.htm", "页面.xhtml"])
def test_a_page_is_kept_as_received(corpus, name, pack):
    content = PAGE.encode()
    packed = {"": bytes, ".gz": gzip.compress, ".zst": zstandard.compress}[pack](content)
    document = one(corpus, name + pack, packed)
    assert document.content == content
    assert document.text == PAGE
    assert document.source_path == name + pack
    assert document.member is None
    assert document.media_type == "text/html"
    assert document.encoding == "utf-8"
    assert DOCUMENTS.rows(DOCUMENTS.frame([document])) == [document]


def test_line_ends_and_spaces_stay(corpus):
    text = "\r\n A headline \r\n\r\n\tText\u00a0here.\r\n"
    assert one(corpus, "page.txt", text.encode()).text == text


def test_what_text_is_told_by_its_tags_not_its_name(corpus):
    assert one(corpus, "a.html", b"A headline\n\nNo tag anywhere, 1 < 2.").media_type == "text/plain"
    assert one(corpus, "b.html", b"<p>One paragraph</p>").media_type == "text/html"
    assert one(corpus, "c.txt", b"The <b>bold</b> minister came. " + b"He left. " * 500).media_type == "text/plain"
    assert one(corpus, "d.txt", b"<div><p>One</p><p>Two</p></div>").media_type == "text/html"


def test_header_lines_become_hints(corpus):
    head = f" date 2024-06 {ADDRESS}\n"
    document = one(corpus, "page.txt", f"{head}\nA headline\n".encode())
    assert (document.url, document.date_hint, document.hint_end) == (ADDRESS, "2024-06", len(head))
    assert document.text.startswith(head)


def test_the_declared_encoding_is_heard(corpus):
    page = '<html><head><meta charset="windows-1256"></head><body><p>وصل الوفد إلى العاصمة اليوم.</p></body></html>'
    document = one(corpus, "page.html", page.encode("windows-1256"))
    assert document.text == page
    assert document.encoding == "cp1256"


def test_the_key_is_of_content_and_address(corpus):
    first, same = one(corpus, "a.txt", b"The text."), one(corpus, "b.txt", b"The text.")
    addressed = one(corpus, "c.jsonl", json.dumps({"text": "The text.", "url": ADDRESS}).encode())
    elsewhere = one(corpus, "d.jsonl", json.dumps({"text": "The text.", "url": ADDRESS + "2"}).encode())
    assert first.document_id == same.document_id
    assert len({first.document_id, addressed.document_id, elsewhere.document_id}) == 3
    assert first.sha256 == addressed.sha256


def test_a_time_with_a_zone_is_kept_in_utc(corpus):
    (corpus / "a.txt").write_text("Text.")
    when = datetime(2024, 6, 18, 8, 8, tzinfo=timezone(timedelta(hours=2)))
    (row,) = read_documents(corpus / "a.txt", corpus, batch="b1", received_at=when)
    assert row.received_at == NOW
    (row,) = read_documents(corpus / "a.txt", corpus, batch="b1", received_at=NOW.replace(tzinfo=UTC))
    assert row.received_at == NOW


def test_a_gzip_page_saved_under_a_plain_name_is_unpacked(corpus):
    assert one(corpus, "page.html", gzip.compress(PAGE.encode())).text == PAGE


# --- records ------------------------------------------------------------------------------------------------------


def test_fields_by_the_names_that_crawlers_use(corpus):
    record = {
        "Headline": "A visit",
        "maintext": "The delegation came.",
        "date_publish": "2024-06-18 06:08:00",
        "source_domain": "news.example",
        "URL": ADDRESS,
        "language": "en",
    }
    document = one(corpus, "a.json", json.dumps(record).encode())
    assert document.text == "The delegation came."
    assert document.url == ADDRESS
    assert document.title_hint == "A visit"
    assert document.date_hint == "2024-06-18 06:08:00"
    assert document.publisher_hint == "news.example"
    assert document.language_hint == "en"
    assert document.hint_end == 0


@pytest.mark.parametrize(
    ("record", "field", "value"),
    [
        ({"content": PAGE}, "media_type", "text/html"),
        ({"raw_content": PAGE, "text": ""}, "text", PAGE),
        ({"html": "<p>a", "text": "plain"}, "text", "plain"),
        ({"text": ["One.", "Two."]}, "text", "One.\nTwo."),
        ({"text": "t", "publisher": {"name": "News"}}, "publisher_hint", "News"),
        ({"text": "t", "language": ["de", "en"]}, "language_hint", "de"),
        ({"text": "t", "byline": "By Jane Doe"}, "author_hint", ("By Jane Doe",)),
        (
            {"text": "t", "authors": ["Jane Doe", {"name": "John Smith"}, 7]},
            "author_hint",
            ("Jane Doe", "John Smith"),
        ),
        ({"text": "t", "author": None}, "author_hint", ()),
        ({"text": "t", "date": 1718690880}, "date_hint", "2024-06-18T06:08:00+00:00"),
        ({"text": "t", "timestamp": 1718690880000}, "date_hint", "2024-06-18T06:08:00+00:00"),
        ({"text": "t", "date": 20240618}, "date_hint", "20240618"),
        ({"text": "t", "date": {"$date": 1}}, "date_hint", None),
        ({"text": "t", "date": 1e300}, "date_hint", None),
        ({"text": "t", "url": 17, "title": None}, "url", None),
        ({"text": "t", "metadata": {"url": ADDRESS}}, "url", ADDRESS),
        ({"text": "t", "warc_headers": {"WARC-Target-URI": ADDRESS}}, "url", ADDRESS),
        ({"text": "half \ud83d of a pair"}, "text", "half \ufffd of a pair"),
        ({"text": "nul \0 inside"}, "text", "nul \ufffd inside"),
    ],
)
def test_values_of_many_types(corpus, record, field, value):
    assert getattr(one(corpus, "a.jsonl", json.dumps(record).encode()), field) == value


def test_json_lines_are_documents_with_their_line_numbers(corpus):
    lines = [json.dumps({"text": f"Text {n}."}) for n in range(3)]
    found = rows(corpus, "a.ndjson", "\ufeff".encode() + "\n\n".join(lines).encode())
    assert [(row.text, row.member) for row in found] == [("Text 0.", "1"), ("Text 1.", "3"), ("Text 2.", "5")]


@pytest.mark.parametrize(
    "content",
    [
        json.dumps([{"text": "One."}, {"text": "Two."}]),
        json.dumps({"status": "ok", "articles": [{"text": "One."}, {"text": "Two."}]}, indent=2),
        json.dumps({"response": {"docs": [{"text": "One."}, {"text": "Two."}]}}),
        '{"text": "One."}\n{"text": "Two."}\n',
    ],
)
@pytest.mark.parametrize("name", ["a.json", "a.jsonl", "a.json.gz"])
def test_lists_of_records_in_any_wrapping(corpus, name, content):
    data = gzip.compress(content.encode()) if name.endswith(".gz") else content.encode()
    if name == "a.jsonl" and content.startswith(("[", '{"response')):
        data = json.dumps(json.loads(content), indent=1).encode()
    assert [(row.text, row.member) for row in rows(corpus, name, data)] == [("One.", "1"), ("Two.", "2")]


@pytest.mark.parametrize("encoding", ["utf-16", "windows-1256"])
def test_records_outside_utf8(corpus, encoding):
    text = "قالت وزارة الخارجية في بيان صدر اليوم إن الوفد البرلماني وصل إلى العاصمة."
    content = json.dumps({"text": text}, ensure_ascii=False).encode(encoding)
    assert one(corpus, "a.jsonl", content).text == text


def test_a_broken_line_costs_only_itself(corpus):
    content = b'{"text": "One."}\n{"text": "Tw\n{"text": "Three."}\n[1, 2]\n"text"\n{"title": "x"}\n{"text": 17}\n'
    found = rows(corpus, "a.jsonl", content)
    assert [(r.member, r.text) for r in found if isinstance(r, RawDocument)] == [("1", "One."), ("3", "Three.")]
    bad = {r.position: r for r in found if isinstance(r, RejectedInput)}
    assert {n: r.reason for n, r in bad.items()} == {
        2: "bad_json",
        4: "bad_record",
        5: "bad_record",
        6: "no_text",
        7: "bad_record",
    }
    assert "record 2" in bad[2].message
    assert "title" in bad[6].message
    assert "text is a number" in bad[7].message
    assert all(r.sha256 is None or len(r.sha256) == 64 for r in bad.values())
    assert len(REJECTED.frame(bad.values())) == 5


def test_parquet_is_read_by_row_group_and_column(corpus):
    table = pa.table(
        {
            "maintext": ["One.", None, "Three."],
            "url": [ADDRESS, None, None],
            "published": [datetime(2024, 6, 18, 6, 8), None, None],
            "embedding": [[0.1] * 8] * 3,
        }
    )
    pq.write_table(table, corpus / "a.parquet", row_group_size=2)
    found = rows_of(corpus / "a.parquet", corpus)
    assert [(type(r).__name__, getattr(r, "text", None)) for r in found] == [
        ("RawDocument", "One."),
        ("RejectedInput", None),
        ("RawDocument", "Three."),
    ]
    assert isinstance(found[0], RawDocument)
    assert (found[0].url, found[0].date_hint, found[0].member) == (ADDRESS, "2024-06-18T06:08:00", "1")
    assert isinstance(found[2], RawDocument)
    assert found[2].member == "3"
    packed = corpus / "a.parquet.zst"
    packed.write_bytes(zstandard.compress((corpus / "a.parquet").read_bytes()))
    assert len(rows_of(packed, corpus)) == 3


def test_a_damaged_row_group_costs_only_itself(corpus):
    texts = [f"Text number {n}, which is long enough to be found. " * 40 for n in range(4)]
    path = corpus / "a.parquet"
    pq.write_table(pa.table({"text": texts}), path, row_group_size=1, compression="gzip", use_dictionary=False)
    content = bytearray(path.read_bytes())
    group = pq.ParquetFile(path).metadata.row_group(1).column(0)
    start = group.data_page_offset
    content[start + group.total_compressed_size // 2 : start + group.total_compressed_size] = b"\0" * (
        group.total_compressed_size - group.total_compressed_size // 2
    )
    found = rows(corpus, "b.parquet", bytes(content))
    assert [r.member for r in found if isinstance(r, RawDocument)] == ["1", "3", "4"]
    (bad,) = [r for r in found if isinstance(r, RejectedInput)]
    assert (bad.reason, bad.position) == ("unreadable", 2)


# --- what cannot be read ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.txt", b"", "empty"),
        ("a.html", b" \r\n\t", "empty"),
        ("a.json", b"", "empty"),
        ("a.jsonl", b"\n\n", "empty"),
        ("a.json", b"[]", "empty"),
        ("a.json", b'{"articles": []}', "empty"),
        ("a.txt", f"{ADDRESS}\n\n".encode(), "no_text"),
        ("a.html", b"%PDF-1.7\n" + bytes(range(256)) * 9, "binary"),
        ("a.html", b"\x89PNG\r\n\x1a\n" + os.urandom(500), "binary"),
        ("a.txt", b"PK\x03\x04" + os.urandom(500), "binary"),
        ("a.txt", bytes(range(32)) * 100, "binary"),
        ("a.txt", b"\0" * 300, "empty"),
        ("a.json", b'{"text": ', "bad_json"),
        ("a.json", b"[" * 100_000, "bad_json"),
        ("a.json", b'{"n": ' + b"9" * 10_000 + b"}", "bad_json"),
        ("a.json", b"17", "bad_record"),
        ("a.json", b"null", "bad_record"),
        ("a.json", b'{"text": {"de": "x"}}', "bad_record"),
        ("a.json", b"{}", "no_text"),
        ("a.parquet", b"PAR1 not at all", "unreadable"),
        ("a.parquet", b"", "unreadable"),
        ("a.txt.gz", b"not gzip", "unreadable"),
        ("a.html.gz", gzip.compress(PAGE.encode() * 50)[:-30], "truncated"),
        ("a.html.zst", zstandard.compress(os.urandom(3000))[:-30], "truncated"),
        ("a.pdf", b"%PDF", "unsupported"),
    ],
)
def test_bad_input_is_a_row_with_a_reason(corpus, name, content, reason):
    assert refused(corpus, name, content).reason == reason


def test_a_truncated_container_gives_what_came_before(corpus):
    lines = "\n".join(json.dumps({"text": f"Text {n} {os.urandom(20).hex()}"}) for n in range(2000))
    found = rows(corpus, "a.jsonl.gz", gzip.compress(lines.encode())[:-2000])
    documents = [r for r in found if isinstance(r, RawDocument)]
    assert len(documents) > 1000
    assert documents[7].text.startswith("Text 7 ")
    assert isinstance(found[-1], RejectedInput)
    assert found[-1].reason == "truncated"
    assert "what came before was read" in found[-1].message
    assert found[-1].position == len(found)


def test_damage_in_the_middle_of_gzip_is_not_a_crash(corpus):
    packed = bytearray(gzip.compress(os.urandom(5000).hex().encode()))
    packed[len(packed) // 2] ^= 0xFF
    assert refused(corpus, "a.txt.gz", bytes(packed)).reason == "truncated"


def test_members_one_after_the_other_and_padding_are_gzip_too(corpus):
    packed = gzip.compress(b"One. ") + gzip.compress(b"Two.") + b"\0" * 512
    assert one(corpus, "a.txt.gz", packed).text == "One. Two."
    assert one(corpus, "a.txt.zst", zstandard.compress(b"One. ") + zstandard.compress(b"Two.")).text == "One. Two."


def test_documents_and_lines_beyond_the_limit(corpus, monkeypatch):
    document_limit(monkeypatch, 1000)
    monkeypatch.setattr(json_records, "LINE_LIMIT", 3000)
    assert refused(corpus, "a.txt", b"x" * 1001).reason == "too_large"
    assert one(corpus, "b.txt", b"x" * 1000).text == "x" * 1000
    content = "\n".join(json.dumps({"text": "x" * n}) for n in (10, 5000, 2000, 20)).encode()
    found = rows(corpus, "a.jsonl", content)
    assert [
        (type(r).__name__, r.position if isinstance(r, RejectedInput) else int(r.member or 0)) for r in found
    ] == [
        ("RawDocument", 1),
        ("RejectedInput", 2),
        ("RejectedInput", 3),
        ("RawDocument", 4),
    ]


@pytest.mark.parametrize("pack", [gzip.compress, zstandard.compress])
def test_a_bomb_is_stopped_by_its_size_not_by_the_memory(corpus, monkeypatch, pack):
    document_limit(monkeypatch, 1_000_000)
    suffix = ".gz" if pack is gzip.compress else ".zst"
    assert refused(corpus, "a.html" + suffix, pack(b"<p>" + b"a" * 50_000_000)).reason == "too_large"


def test_a_long_line_is_not_gathered_in_memory(corpus):
    from assets.raw.documents.streams import lines

    path = corpus / "a.jsonl.gz"
    with gzip.open(path, "wb", compresslevel=1) as file:
        for _ in range(20):
            file.write(b"a" * 1_000_000)
        file.write(b"\nshort\n")
    with path.open("rb") as file:
        assert [(line.number, line.content) for line in lines(file, "gzip", 1000)] == [(1, None), (2, b"short")]


def test_a_json_file_beyond_its_limit_is_told_to_become_lines(corpus, monkeypatch):
    monkeypatch.setattr(json_records, "JSON_LIMIT", 100)
    assert "JSON Lines" in refused(corpus, "a.json", b'[{"text": "' + b"x" * 100 + b'"}]').message


# --- where a file stands ------------------------------------------------------------------------------------------


def test_nothing_outside_the_corpus_is_read(corpus, tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("hush")
    (corpus / "link.txt").symlink_to(secret)
    (corpus / "folder").symlink_to(tmp_path)
    for path in (secret, corpus / ".." / "secret.txt", corpus / "folder" / "secret.txt", corpus / "link.txt"):
        (row,) = rows_of(path, corpus)
        assert isinstance(row, RejectedInput)
        assert row.reason in ("outside", "unreadable")
        assert "hush" not in row.message


def test_pipes_folders_and_missing_files_do_not_stop_anything(corpus):
    os.mkfifo(corpus / "pipe.txt")
    (corpus / "folder.txt").mkdir()
    for name in ("pipe.txt", "folder.txt", "missing.txt", "missing.parquet", "missing.jsonl"):
        (row,) = rows_of(corpus / name, corpus)
        assert isinstance(row, RejectedInput)
        assert row.reason == "unreadable"


def test_a_hostile_name_is_harmless_in_a_message(corpus):
    row = refused_name(corpus, "a\x1b[31m\nb.txt")
    assert "\x1b" not in row.message
    assert "\n" not in row.message


def refused_name(corpus: Path, name: str) -> RejectedInput:
    (row,) = rows(corpus, name, b"")
    assert isinstance(row, RejectedInput)
    assert row.source_path == name
    return row


# --- any bytes at all ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["a.txt", "a.html", "a.json", "a.jsonl", "a.parquet", "a.txt.gz", "a.jsonl.zst"])
@given(content=st.binary(max_size=300))
@settings(max_examples=40, deadline=None)
def test_any_bytes_give_rows_and_no_exception(tmp_path_factory, name, content):
    folder = tmp_path_factory.getbasetemp() / "any"
    folder.mkdir(exist_ok=True)
    found = rows(folder, name, content)
    assert found
    DOCUMENTS.frame(r for r in found if isinstance(r, RawDocument))
    REJECTED.frame(r for r in found if isinstance(r, RejectedInput))


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["text", "url", "date", "title", "publisher", "articles", "x"]), inner, max_size=4
        )
    ),
    max_leaves=12,
)


@given(value=json_values)
@settings(max_examples=150, deadline=None)
def test_any_json_gives_rows_and_no_exception(tmp_path_factory, value):
    folder = tmp_path_factory.getbasetemp() / "any-json"
    folder.mkdir(exist_ok=True)
    found = rows(folder, "a.json", json.dumps(value).encode())
    assert found
    assert len({(r.member if isinstance(r, RawDocument) else r.position) for r in found}) == len(found)
