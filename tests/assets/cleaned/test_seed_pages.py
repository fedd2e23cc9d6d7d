"""The five real pages, where they are at hand: what the first end-to-end issue asks of cleaning."""

from __future__ import annotations

from pathlib import Path

import pytest

from assets.cleaned.documents.clean import clean_document

SEEDS = Path(__file__).parents[3] / ".." / "shared" / "seeds"
pytestmark = pytest.mark.skipif(not SEEDS.is_dir(), reason="the seed pages are not at hand")

# name: paragraphs, published, precision, language
EXPECTED = {
    "000": (5, None, None, "en"),
    "001": (16, "2024-10-12", "minute", "ar"),
    "002": (7, None, None, "en"),
    "003": (8, "2025-02-18", "day", "de"),
    "004": (2, "2024-06-18", "minute", "en"),
}


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_seed(name, raw):
    paragraphs, published, precision, language = EXPECTED[name]
    text = next(SEEDS.glob(f"{name}_*.txt")).read_text(encoding="utf-8")
    page = clean_document(raw(text))
    document = page.document
    assert len(document.text.split("\n")) == paragraphs
    assert (str(document.published) if document.published else None) == published
    assert (document.published_precision, document.language) == (precision, language)
    assert document.title
    assert document.title not in document.text.split("\n")
    assert "http" not in document.text
    for span in page.spans:
        assert text[span.raw_start : span.raw_end] == document.text[span.start : span.end]
