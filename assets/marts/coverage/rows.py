"""The row type of `marts.coverage`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from assets.table import Table


@dataclass(frozen=True)
class Coverage:
    """How much of the corpus one day of publication and language is, and what it lacks."""

    day: Annotated[date, "Day of publication; 0001-01-01 for pages without a date"]
    language: Annotated[
        str, "ISO 639-1 code of the pages; * for all languages, which also has the days without a page"
    ]
    documents: Annotated[int, "Pages; 0 for a day of the span on which nothing was published"]
    copies: Annotated[int, "Pages among them that are near-duplicates of another page"]
    publishers: Annotated[int, "Publishers"]
    sentences: Annotated[int, "Sentences"]
    untranslated: Annotated[int, "Sentences without English yet"]
    documents_with_events: Annotated[int, "Pages that tell of at least one event"]
    mentions: Annotated[int, "Mentions of events"]
    gap_days: Annotated[int, "For a day without a page: how many days in a row have none; else 0"]


COVERAGE = Table(
    schema="marts",
    name="coverage",
    row_type=Coverage,
    key=("day", "language"),
    comment="One row is one day of publication and language, and for all languages (*) every day of the span",
    read_from={
        "day gap_days": "cleaned.documents.published",
        "language": "cleaned.documents.*",
        "documents": "cleaned.documents.document_id",
        "copies": "cleaned.documents.canonical_document_id",
        "publishers": "cleaned.documents.publisher",
        "sentences": "translated.segments.segment_id",
        "untranslated": "translated.segments.status",
        "documents_with_events mentions": "events.mentions.mention_id",
    },
)
