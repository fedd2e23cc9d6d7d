"""Plain-text pages of many layouts and languages: what is kept, what is cut, and what is read off the cuts."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from assets.cleaned.documents.clean import clean_document

PAGES = Path(__file__).parent / "pages"
MARKS = "§~¶"


def _page(path):
    head, _, body = path.read_text(encoding="utf-8").partition("---\n")
    expected = tomllib.loads(head)
    lines = body.split("\n")
    return expected, lines


def _paragraphs(lines):
    """Marked lines; lines that follow one without a blank, in a page that is wrapped, belong to it."""
    found = []
    for line in lines:
        if line[:1] in MARKS and line:
            found.append((line[0], line[1:].strip()))
    return found


@pytest.mark.parametrize("path", sorted(PAGES.glob("*.txt")), ids=lambda path: path.stem)
def test_page(path, raw):
    expected, lines = _page(path)
    text = "\n".join(line[1:] if line[:1] in MARKS and line else line for line in lines)
    page = clean_document(raw(text, url=expected.get("url")))
    document = page.document
    marked = _paragraphs(lines)
    titles = [line for mark, line in marked if mark == "¶"]
    assert document.title == titles[0]
    if "wrapped" not in path.stem:
        optional = {line for mark, line in marked if mark == "~"}
        kept = [paragraph for paragraph in document.text.split("\n") if paragraph not in optional]
        assert kept == [line for mark, line in marked if mark == "§"]
    assert document.language == expected["language"]
    assert str(document.published or "none") == expected["published"], document.published_basis
    if document.published:
        assert document.published_precision == expected["precision"]
    else:
        assert document.published_basis.startswith("none: ")
    if "authors" in expected:
        assert list(document.authors) == expected["authors"]
    if "publisher" in expected:
        assert document.publisher == expected["publisher"]
    cut = {line.text for line in page.dropped_lines}
    assert all(line.reason for line in page.dropped_lines)
    kept_or_cut = {*document.text.split("\n"), document.title, *cut}
    if "wrapped" not in path.stem:
        assert {line.strip() for line in text.split("\n") if line.strip()} <= kept_or_cut
    for span in page.spans:
        assert text[span.raw_start : span.raw_end] == document.text[span.start : span.end]
