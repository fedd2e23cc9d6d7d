"""CSV and TSV: dialects, encodings, column mappings, and rows that are bad."""

import csv
import gzip
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.raw.documents.fields import mapped_names
from assets.raw.documents.rows import RawDocument
from tests.assets.raw.conftest import told


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found(read, delimiter):
    content = f"url{delimiter}title{delimiter}text\nhttps://n.example/1{delimiter}T{delimiter}One, two; three.\n"
    if delimiter in ",;":
        content = content.replace("One, two; three.", '"One, two; three."')
    (row,) = read("a.csv", content.encode())
    assert (row.url, row.title_hint, row.text) == ("https://n.example/1", "T", "One, two; three.")
    assert (row.member, row.member_position) == ("2", 2)


def test_cells_over_many_lines_and_quotation_marks(read):
    rows = read("a.csv", b'text,date\r\n"First line.\r\n\r\n""Second"" line.",2024-06-18\r\nShort.,2024\r\n')
    assert told(rows) == [("text", 'First line.\r\n\r\n"Second" line.'), ("text", "Short.")]
    assert [row.member_position for row in rows] == [2, 5]


def test_excel_says_its_delimiter_and_names_may_come_after_blank_lines(read):
    assert told(read("a.csv", b"sep=;\ntext;url\na, b;https://n.example\n")) == [("text", "a, b")]
    assert told(read("b.csv", b"\n\ntext,url\na,https://n.example\n")) == [("text", "a")]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1256", "cp1252"])
def test_encodings(read, encoding):
    text = "Le président a été reçu à l’Élysée." if encoding == "cp1252" else "وصل الوفد إلى العاصمة اليوم للمحادثات."
    rows = read("a.csv", f"id,text\n1,{text}\n2,{text}\n".encode(encoding))
    assert told(rows) == [("text", text)] * 2


def test_a_user_says_which_column_is_which(read):
    content = "Überschrift;Inhalt;Adresse;text\nTitel;Der Text.;https://n.example/1;Werbung\n".encode()
    names = mapped_names({"title": "Überschrift", "text": "Inhalt", "url": "Adresse"})
    (row,) = read("a.csv", content, fields=names)
    assert (row.title_hint, row.text, row.url) == ("Titel", "Der Text.", "https://n.example/1")
    with pytest.raises(ValueError, match="no role colour"):
        mapped_names({"colour": "x"})


def test_a_bad_row_costs_itself_and_no_other(read):
    rows = read(
        "a.csv",
        b"url,text\n"
        b"https://n.example/1,One.\n"
        b"https://n.example/2,Two,much,more\n"
        b'https://n.example/3,"never closed\n'
        b"https://n.example/4,Four.\n"
        b'https://n.example/5,"Five."\n'
        b"https://n.example/6\n"
        b'https://n.example/8,"Eight" and a half\n'
        b"https://n.example/7,Seven.\n",
    )
    assert told(rows) == [
        ("text", "One."),
        ("bad_row", "3"),
        ("bad_row", "4"),
        ("text", "Four."),
        ("text", "Five."),
        ("no_text", "7"),
        ("text", "Eight and a half"),
        ("text", "Seven."),
    ]
    assert "4 cells where the first row has 2" in rows[1].message


def test_no_column_is_a_text(read):
    (row,) = read("a.csv", b"id,colour\n1,red\n")
    assert (row.reason, "id, colour" in row.message) == ("no_text", True)


def test_nothing_but_names_is_empty(read):
    assert [row.reason for row in read("a.csv", b"text,url\n")] == ["empty"]
    assert [row.reason for row in read("b.csv", b"")] == ["empty"]


# A byte order mark at the head of a text is taken off, wherever it came from.
cells = st.text(st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufeff"), max_size=12)


@given(rows=st.lists(st.tuples(cells, cells), min_size=1, max_size=8), delimiter=st.sampled_from(",;\t"))
@settings(max_examples=80, deadline=None)
def test_what_the_csv_module_writes_is_read_back(tmp_path_factory, rows, delimiter):
    from datetime import datetime

    from assets.raw.documents.read import read_documents

    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, quoting=csv.QUOTE_ALL)
    writer.writerow(["title", "text"])
    writer.writerows([title, f"{text} end"] for title, text in rows)
    folder = tmp_path_factory.getbasetemp() / "csv"
    folder.mkdir(exist_ok=True)
    (folder / "a.csv.gz").write_bytes(gzip.compress(out.getvalue().encode()))
    found = list(read_documents(folder / "a.csv.gz", folder, batch="b", received_at=datetime(2024, 1, 1)))
    texts = [row.text for row in found if isinstance(row, RawDocument) and not row.flags]
    assert texts == [f"{text} end" for (_, text), row in zip(rows, found, strict=True) if not row.flags]
