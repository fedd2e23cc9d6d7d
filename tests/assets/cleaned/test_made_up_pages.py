"""Pages of nineteen layouts and seventeen languages (`benchmarks/pages`): text, title, date, authors, publisher."""

from __future__ import annotations

import html
from collections import defaultdict

import pytest

from assets.cleaned.documents.clean import clean_document
from benchmarks.extraction import overlap, shingles
from benchmarks.pages.make import pages

PAGES = defaultdict(list)
for path, text, expected in pages():
    PAGES[path.split("/")[0]].append((path, text, expected))


@pytest.mark.parametrize("layout", sorted(PAGES))
def test_layout(layout, raw):
    for path, text, expected in PAGES[layout]:
        page = clean_document(raw(text, media_type="text/html", url=expected["url"]))
        found = page.document
        precision, recall = overlap(shingles(found.text), shingles(expected["text"]))
        assert precision >= 0.95 and recall >= 0.95, (path, precision, recall, found.text)
        assert found.title == expected["title"], path
        assert str(found.published) == expected["published"], (path, found.published_basis)
        assert found.language == expected["language"], path
        assert found.url == expected["url"], path
        for field, value in (("authors", list(found.authors)), ("publisher", found.publisher)):
            if field in expected:
                assert value == expected[field], path
        covered = set()
        for span in page.spans:
            assert html.unescape(text[span.raw_start : span.raw_end]) == found.text[span.start : span.end], path
            covered |= set(range(span.start, span.end))
        invisible = {i for i, c in enumerate(found.text) if c.isspace() or not c.isprintable()}
        assert set(range(len(found.text))) == covered | invisible, path
