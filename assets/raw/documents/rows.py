"""The row types of `raw.documents` and of what a reader yields. No reading here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from assets.table import Table


@dataclass(frozen=True)
class RawDocument:
    """One document exactly as received."""

    document_id: Annotated[str, "Hash of the content and its URL; the key that every later table carries"]
    batch: Annotated[str, "The batch (Dagster partition) that intake put the document into"]
    source_path: Annotated[str, "Path of the file the document was read from, relative to the corpus, in POSIX form"]
    member: Annotated[
        str | None,
        "Where in a container file the document stands: line or row number, byte offset (WARC), or the path in an archive, "
        "with a colon and the place in that file where it is a container too; null if the file is the document",
    ]
    url: Annotated[str | None, "Address given with the document, if any"]
    media_type: Annotated[str, "text/plain or text/html: what `text` is"]
    encoding: Annotated[str, "Encoding the bytes were decoded with"]
    sha256: Annotated[str, "SHA-256 of `content`, in hexadecimal"]
    received_at: Annotated[datetime, "When intake first saw the document (UTC)"]
    title_hint: Annotated[str | None, "Title given beside the document (a JSON field, a column), not read off it"]
    date_hint: Annotated[str | None, "Date given with the document, as written: 2024-06, 2023-11-09T17:25+0000"]
    publisher_hint: Annotated[str | None, "Publisher given beside the document"]
    language_hint: Annotated[str | None, "Language given beside the document, as written"]
    hint_end: Annotated[int, "Characters at the start of `text` that are hint lines of the crawler, not of the page"]
    content: Annotated[bytes, "The bytes of the document as received (after decompression)"]
    text: Annotated[str, "The bytes decoded, mojibake repaired; every raw offset counts characters of this column"]
    member_position: Annotated[
        int,
        "Number of the place in a container file: line, row, byte offset (WARC), running number (archive); else 0",
    ] = 0
    crawled_at: Annotated[
        datetime | None, "When a crawler fetched the document, where it says so (WARC-Date; UTC)"
    ] = None
    flags: Annotated[
        tuple[str, ...],
        "What is odd about the bytes: mojibake (an earlier wrong decoding was repaired), wrong_charset (another encoding was "
        "declared), undecodable (some bytes became U+FFFD), nul (NUL characters did), truncated (so said the crawler)",
    ] = ()
    author_hint: Annotated[tuple[str, ...], "Authors given beside the document, as written"] = ()


DOCUMENTS = Table(
    schema="raw",
    name="documents",
    row_type=RawDocument,
    key=("document_id",),
    comment="One row is one document exactly as received",
)
