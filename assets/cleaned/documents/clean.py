"""Cleaning a page: from a raw document to the rows of `cleaned`, whatever kind of text it is.

The readers (`plain_text.py`, `html/reading.py`) find the parts; here the parts become rows. No Dagster, no DuckDB.
"""

from __future__ import annotations

import re
from itertools import pairwise

from ftfy.badness import is_bad

from assets.cleaned.documents.credits.agencies import find_agency
from assets.cleaned.documents.dates.publication import choose_published
from assets.cleaned.documents.html.reading import read_html
from assets.cleaned.documents.language import normalise_language, paragraph_languages
from assets.cleaned.documents.lines.furniture import NO_FURNITURE, Furniture, find_furniture, keyed_page
from assets.cleaned.documents.page import CleanedPage, PageParts, Paragraph
from assets.cleaned.documents.plain_text import read_plain_text, received_day
from assets.cleaned.documents.rows import CleanedDocument
from assets.cleaned.dropped_lines.rows import DroppedLine
from assets.cleaned.spans.rows import Span
from assets.raw.documents.rows import RawDocument

__all__ = [
    "NO_FURNITURE",
    "CleanedPage",
    "Furniture",
    "clean_beside_others",
    "clean_document",
    "find_furniture",
    "keyed_page",
]

_REPLACEMENT = "\ufffd"
_MOJIBAKE_SAMPLE = 20_000
_BREAKS = re.compile(r"[\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")


def clean_document(document: RawDocument, furniture: Furniture = NO_FURNITURE) -> CleanedPage:
    """The rows of a page: its document, the spans of its body in the raw text, and the lines cut away.

    Never raises for what a page holds; an empty or unreadable page gives an empty body. The body's paragraphs are
    joined by one newline and stand as the page has them. `canonical_document_id` is the page's own id until
    `near_duplicates.cluster` says otherwise.
    """
    is_html = document.media_type in ("text/html", "application/xhtml+xml")
    parts = read_html(document, furniture.keys) if is_html else read_plain_text(document, furniture.keys)
    paragraphs = [p for p in map(_stripped, parts.paragraphs) if p.text]
    return CleanedPage(
        document=_row(document, parts, paragraphs),
        spans=_spans(document, paragraphs),
        dropped_lines=tuple(
            DroppedLine(document.document_id, i, document.batch, cut.text, cut.reason, cut.raw_start, cut.raw_end)
            for i, cut in enumerate(parts.cuts)
        ),
    )


def clean_beside_others(item: tuple[RawDocument, Furniture]) -> CleanedPage:
    """The rows of a page, given with what recurs on its publisher's others; for mapping over a batch."""
    return clean_document(*item)


def _row(document: RawDocument, parts: PageParts, paragraphs: list[Paragraph]) -> CleanedDocument:
    text = "\n".join(p.text for p in paragraphs)
    published, precision, basis = choose_published(parts.clues, received_day(document), parts.undated_because)
    kept = len(text) + len(parts.title or "")
    cut = sum(len(c.text) for c in parts.cuts)
    language = parts.language
    if language == "und" and text:
        language = normalise_language(document.language_hint) or language
    return CleanedDocument(
        document_id=document.document_id,
        batch=document.batch,
        url=parts.url,
        title=parts.title,
        authors=parts.authors,
        publisher=parts.publisher,
        published=published,
        published_precision=precision,
        published_basis=basis,
        language=language,
        text=text,
        canonical_document_id=document.document_id,
        dropped_share=round(cut / (kept + cut), 4) if kept + cut else 0.0,
        mojibake=is_mojibake(f"{parts.title or ''}\n{text}"),
        agency=find_agency(
            [p.text for p in paragraphs],
            authors=parts.authors,
            cut_lines=((c.text, c.reason) for c in parts.cuts),
            publisher=parts.publisher,
        ),
        paragraph_languages=paragraph_languages([p.text for p in paragraphs], language),
    )


def is_mojibake(text: str) -> bool:
    """Whether a text shows signs of a wrong decoding, by ftfy's judgement or by replacement characters."""
    sample = text[:_MOJIBAKE_SAMPLE]
    return not sample.isascii() and (_REPLACEMENT in sample or bool(is_bad(sample)))


def _stripped(paragraph: Paragraph) -> Paragraph:
    """A paragraph that holds no line break, so that the newline between paragraphs is unmistakable."""
    if not _BREAKS.search(paragraph.text):
        return paragraph
    text = _BREAKS.sub(lambda match: " " * len(match[0]), paragraph.text)
    return Paragraph(text, paragraph.runs)


def _spans(document: RawDocument, paragraphs: list[Paragraph]) -> tuple[Span, ...]:
    spans: list[Span] = []
    offset = 0
    for number, paragraph in enumerate(paragraphs):
        for run in paragraph.runs:
            spans.append(
                Span(
                    document_id=document.document_id,
                    position=len(spans),
                    batch=document.batch,
                    paragraph=number,
                    start=offset + run.start,
                    end=offset + run.end,
                    raw_start=run.raw_start,
                    raw_end=run.raw_end,
                )
            )
        offset += len(paragraph.text) + 1
    assert all(a.end <= b.start for a, b in pairwise(spans))
    return tuple(spans)
