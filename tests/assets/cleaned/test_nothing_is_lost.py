"""Every word that a page shows is in its body, is its title, or is told as cut: no cut can go unseen."""

from __future__ import annotations

from pathlib import Path

import pytest

from assets.cleaned.documents.clean import clean_document
from assets.cleaned.documents.html.scan import scan
from assets.cleaned.documents.page import CleanedPage
from assets.cleaned.documents.phrases import line_key
from benchmarks.pages.make import pages
from benchmarks.pages.site import in_site

PASTED = sorted((Path(__file__).parents[3] / "benchmarks" / "text_pages" / "pasted").glob("**/*.txt"))


def unseen(page: CleanedPage, text: str, lines: list[tuple[int, int]]) -> list[str]:
    """The lines, given by where they stand, of which letters are neither in the body, the title nor a cut."""
    told = bytearray(len(text))
    for start, end in (
        *((span.raw_start, span.raw_end) for span in page.spans),
        *((cut.raw_start or 0, cut.raw_end or 0) for cut in page.dropped_lines),
    ):
        told[start:end] = b"\1" * (end - start)
    title = line_key(page.document.title or "")
    left = [text[a:b] for a, b in lines if any(not told[k] and text[k].isalnum() for k in range(a, b))]
    return [line for line in left if title not in line_key(line) and line_key(line) not in title]


@pytest.mark.parametrize("path", PASTED, ids=lambda path: path.stem)
def test_of_a_text(path, raw):
    text = path.read_text(encoding="utf-8")
    lines, start = [], 0
    for line in text.split("\n"):
        lines.append((start, start + len(line)))
        start += len(line) + 1
    assert unseen(clean_document(raw(text)), text, lines) == []


def test_of_an_html_page_and_of_the_site_around_it(raw):
    layouts = {path.split("/")[0]: text for path, text, _ in pages()}
    for text in (form for page in layouts.values() for form in (page, in_site(page))):
        assert unseen(clean_document(raw(text, media_type="text/html")), text, list(scan(text).chunks)) == []
