"""The row type of `raw.rejected`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from assets.table import Table

PASSED_OVER = ("http_status", "media_type", "revisit", "unsupported")
"""Reasons that are the nature of a crawl or an archive: sound inputs that hold no page to read."""


@dataclass(frozen=True)
class RejectedInput:
    """One input that could not be read as a document."""

    source_path: Annotated[str, "Path of the file, relative to the corpus, in POSIX form"]
    position: Annotated[
        int,
        "Place in the file: byte offset (WARC), line or row number, running number (archive); 0 for the whole file",
    ]
    batch: Annotated[str, "The batch that the file was put into"]
    reason: Annotated[
        str,
        "Short stable code of the reason: empty, bad_json, bad_row, no_text, truncated, damaged, binary, media_type, …",
    ]
    message: Annotated[str, "What was wrong, where, and what to do, in a sentence"]
    sha256: Annotated[str | None, "SHA-256 of the input's bytes where they could be read"]
    received_at: Annotated[datetime, "When intake saw the input (UTC)"]
    member: Annotated[str | None, "Where in a container file the input stands, as in raw.documents"] = None


REJECTED = Table(
    schema="raw",
    name="rejected",
    row_type=RejectedInput,
    key=("source_path", "position", "batch"),
    comment="One row is one input that could not be read, with the reason",
)
