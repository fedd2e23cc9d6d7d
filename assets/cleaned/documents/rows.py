"""The row type of `cleaned.documents`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from assets.table import Table


@dataclass(frozen=True)
class CleanedDocument:
    """One page without its furniture. `text` is the body: paragraphs joined by one newline, the title not among them."""

    document_id: Annotated[str, "Key of `raw.documents`"]
    batch: Annotated[str, "Batch of the raw document"]
    url: Annotated[str | None, "Canonical address: from the page itself, else the one given with it"]
    title: Annotated[str | None, "Headline of the page, once, without the site's name"]
    authors: Annotated[tuple[str, ...], "Authors named by the page, in order"]
    publisher: Annotated[str | None, "Publisher or agency the page names; else the host of its address"]
    published: Annotated[date | None, "Day (or first day of the month or year) of publication; null if nothing tells"]
    published_precision: Annotated[str | None, "year, month, day or minute: how much of `published` is known"]
    published_basis: Annotated[
        str,
        "How the date was found (json_ld, meta, script, url, visible, relative, hint, modified, …) or why not (none: …)",
    ]
    language: Annotated[str, "ISO 639-1 code of the body, or und when unsure"]
    text: Annotated[str, "The body: paragraphs joined by one newline"]
    canonical_document_id: Annotated[
        str, "The document that stands for this one's near-duplicate cluster; itself if it has none"
    ]
    dropped_share: Annotated[float, "Share (0 to 1) of the page's visible characters that were cut away"]
    mojibake: Annotated[bool, "Whether the text shows signs of a wrong decoding"]
    agency: Annotated[
        str | None,
        "Wire agency that the story is credited to, by its usual name (AFP, Reuters, dpa …), the first of several; pages of one agency are no independent reports",
    ] = None
    paragraph_languages: Annotated[
        tuple[str, ...],
        "ISO 639-1 code of each paragraph of the body, in order: the page's language unless a paragraph is clearly in another; und when unsure. Empty for pages cleaned before the column was there",
    ] = ()


DOCUMENTS = Table(
    schema="cleaned",
    name="documents",
    row_type=CleanedDocument,
    key=("document_id",),
    comment="One row is one page without its furniture",
    read_from={
        "document_id batch": "raw.documents.*",
        "url": "raw.documents.url raw.documents.text",
        "title": "raw.documents.text raw.documents.title_hint",
        "publisher": "raw.documents.text raw.documents.publisher_hint raw.documents.url",
        "published published_precision published_basis": (
            "raw.documents.text raw.documents.date_hint raw.documents.url raw.documents.received_at"
        ),
        "language": "raw.documents.text raw.documents.language_hint",
        "authors": "raw.documents.text raw.documents.author_hint",
        "text paragraph_languages canonical_document_id dropped_share mojibake agency": "raw.documents.text",
    },
)
