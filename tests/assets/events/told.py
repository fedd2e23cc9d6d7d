"""A sentence coded as one of a page of 1 May 2024."""

from datetime import date

from assets.cleaned.documents.rows import CleanedDocument
from assets.cleaned.spans.rows import Span
from assets.events.mentions.coder import code_document
from assets.events.mentions.rows import Mention
from assets.translated.segments.rows import Segment

PUBLISHED = date(2024, 5, 1)


def told(language: str, text: str) -> tuple[Segment, list[Mention]]:
    page = CleanedDocument(
        "d", "b", "u", "Title", (), "P", PUBLISHED, "day", "meta", language, text, "d", 0.0, False, None
    )
    segment = Segment("s", "d", "b", 0, 0, language, text, 0, len(text), None, None, None, "pending", None, None, ())
    return segment, code_document(page, [segment], [Span("d", 0, "b", 0, 0, len(text), 0, len(text))])
