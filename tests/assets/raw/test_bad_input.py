"""The bad input that crawls hold and attackers send; each is survived, and told with a reason."""

import gzip
import json
import os
import tracemalloc

import pytest

from assets.raw.documents.encodings import decode, repair_mojibake
from assets.raw.documents.rows import RawDocument
from assets.raw.documents.stores import LeftOut, LocalStore
from tests.assets.raw.conftest import told

LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol">'
    + "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "&lol;" * 10}">' for n in range(9))
    + "]><html><body><p>&l8;</p></body></html>"
)


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("empty.txt", b"", "empty"),
        ("empty.warc.gz", b"", "empty"),
        ("empty.tar", b"", "empty"),
        ("empty.zip", b"", "truncated"),
        ("picture.html", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8, "binary"),
        ("noise.html", bytes(range(256)) * 40, "binary"),
        ("program.txt", b"\x7fELF" + bytes(900), "binary"),
        ("nul.txt", b"\0" * 5000, "empty"),
        ("cut.html.gz", gzip.compress(os.urandom(5000).hex().encode())[:-200], "truncated"),
        ("types.json", b'[{"text": 5}, {"text": {"a": 1}}, [], 7, null, {"text": true}]', "bad_record"),
        ("deep.json", b"[" * 200_000 + b"]" * 200_000, "bad_json"),
        ("deep.jsonl", b'{"text":' * 100_000 + b"\n", "bad_json"),
    ],
)
def test_it_is_survived_and_told(read, name, content, reason):
    rows = read(name, content)
    assert rows
    assert reason in [row.reason for row in rows if not isinstance(row, RawDocument)]
    assert not [row for row in rows if isinstance(row, RawDocument)]


def test_keys_that_come_twice(read):
    (row,) = read("a.json", b'{"text": "first", "text": "second", "Text": "third"}')
    assert row.text == "second"


@pytest.mark.parametrize("name", ["a.txt", "a.jsonl", "a.csv", "a.html", "a.json.gz"])
def test_a_line_of_200_mebibytes_does_not_fill_memory(tmp_path, monkeypatch, name):
    """The file is a hole in the disk: 200 MiB of NUL, or of what it unpacks to, in one line."""
    from datetime import datetime

    from assets.raw.documents.read import read_documents
    from assets.raw.documents.readers import json_records

    monkeypatch.setattr(json_records, "LINE_LIMIT", 1024 * 1024)
    monkeypatch.setattr(json_records, "JSON_LIMIT", 8 * 1024 * 1024)
    path = tmp_path / name
    with path.open("wb") as file:
        if name.endswith(".gz"):
            file.write(gzip.compress(b" " * 200 * 1024 * 1024, 1))
        else:
            file.write(b"text,")
            file.truncate(200 * 1024 * 1024)
    tracemalloc.start()
    rows = list(read_documents(path, tmp_path, batch="b", received_at=datetime(2024, 1, 1)))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert rows
    assert {row.reason for row in rows if not isinstance(row, RawDocument)} <= {"too_large", "empty", "bad_row"}
    assert not [row for row in rows if isinstance(row, RawDocument)]
    assert peak < 100 * 1024 * 1024


def test_deeply_nested_html_billion_laughs_and_entities_are_kept_as_they_are(read):
    from assets.cleaned.documents.clean import clean_document
    from assets.cleaned.documents.lines.furniture import NO_FURNITURE

    deep = "<div>" * 20_000 + "<p>Deep.</p>" + "</div>" * 20_000
    for name, page in (
        ("deep.html", deep),
        ("laughs.xhtml", LAUGHS),
        ("entities.html", "<p>&#0; &#xFFFFFFFF; &#x1F600; &nosuch; a\0b</p>"),
        (
            "external.xhtml",
            '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><html><body><p>&x;</p></body></html>',
        ),
    ):
        (row,) = read(name, page.encode())
        assert row.content == page.encode()
        cleaned = clean_document(row, NO_FURNITURE).document
        assert len(cleaned.text or "") < 10 * len(page)
        assert "root:" not in (cleaned.text or "")


def test_links_in_circles_climbing_paths_and_names_in_any_script(tmp_path):
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "loop").symlink_to(corpus)
    (corpus / "self.txt").symlink_to(corpus / "self.txt")
    for name in ("صفحة.txt", "页面.html", "😀.txt", "a b\n.txt"):
        (corpus / name).write_text("Text.")
    (corpus / os.fsdecode(b"\xff\xfe.txt")).write_text("Text.")
    entries = {entry.name: entry for entry in LocalStore(corpus).walk()}
    left_out = {name: entry.reason for name, entry in entries.items() if isinstance(entry, LeftOut)}
    assert left_out == {"loop": "symlink", "self.txt": "symlink", "\\xff\\xfe.txt": "file_name"}
    assert set(entries) - set(left_out) == {"صفحة.txt", "页面.html", "😀.txt", "a b\n.txt"}
    for name in ("../outside.txt", "loop/../../outside.txt", "..", "/etc/passwd"):
        with pytest.raises(OSError), LocalStore(corpus).open(name):
            pass


# --- encodings ----------------------------------------------------------------------------------------------------

SENTENCE = "Der Außenminister erklärte: „Die Gespräche über die Brücke hätten früh begonnen“ – für alle."
ARABIC = "أعلن الوزير أن المحادثات بدأت في العاصمة صباح اليوم."


@pytest.mark.parametrize("through", ["cp1252", "latin-1"])
def test_mojibake_is_repaired_and_told(read, through):
    for sentence in (SENTENCE, ARABIC):
        try:
            broken = sentence.encode().decode(through)
        except UnicodeDecodeError:  # five bytes mean nothing in cp1252
            continue
        page = f"A sound line: café, naïve, Ærø.\n{broken}\n"
        (row,) = read("a.txt", page.encode())
        assert row.text == f"A sound line: café, naïve, Ærø.\n{sentence}\n"
        assert row.flags == ("mojibake",)
        assert row.content == page.encode()


def test_sound_text_is_not_repaired():
    for text in (
        SENTENCE,
        ARABIC,
        "Моё её ВЁрсты Всё ещё",
        "ÂGE ET ÉTÉ",
        "50 Ã 60",
        "Ünlü İstanbul’da Çağ",
        "S\u00e3o",
    ):
        assert repair_mojibake(text) == text


@pytest.mark.parametrize("mark", [True, False])
@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_with_and_without_its_mark(encoding, mark):
    text = f"{ARABIC}\n{SENTENCE}\n" * 3
    content = ("\ufeff" * mark + text).encode(encoding)
    decoded = decode(content, declares=False)
    assert (decoded.text, decoded.encoding, decoded.flags) == (text, encoding, ())


def test_wrong_declarations_and_lost_bytes_are_told(read):
    page = f'<html><head><meta charset="utf-8"></head><body><p>{ARABIC}</p></body></html>'
    (row,) = read("a.html", page.encode("cp1256"))
    assert (ARABIC in row.text, row.flags) == (True, ("wrong_charset",))
    (row,) = read("b.txt", (ARABIC * 5).rstrip(".").encode()[:-1])
    assert row.flags == ("undecodable",)
    (row,) = read("c.txt", b"A text with one \0 in it.")
    assert row.flags == ("nul",)


def test_records_carry_flags_too(read):
    rows = read("a.jsonl", json.dumps({"text": SENTENCE.encode().decode("cp1252", "replace")}).encode())
    assert told(rows)[0][0] == "text"
    assert "mojibake" in rows[0].flags
