"""The row type of `cleaned.dropped_lines`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from assets.table import Table


@dataclass(frozen=True)
class DroppedLine:
    """A line (or an HTML block's line) that cleaning cut away, so that users can see and contest the cut."""

    document_id: Annotated[str, "Key of `cleaned.documents`"]
    position: Annotated[int, "Order of the line among the dropped lines of its page, from 0"]
    batch: Annotated[str, "Batch of the raw document"]
    text: Annotated[str, "The line as it stood"]
    reason: Annotated[
        str,
        "Why it was cut: ticker, related_story, caption, date_line, repeated_title, comment_form, tag, link, contact, copyright, navigation, …",
    ]
    raw_start: Annotated[int | None, "First character of the line in `raw.documents.text`, where known"]
    raw_end: Annotated[int | None, "Character after the line in `raw.documents.text` (half-open), where known"]


DROPPED_LINES = Table(
    schema="cleaned",
    name="dropped_lines",
    row_type=DroppedLine,
    key=("document_id", "position"),
    comment="One row is a line that cleaning cut away, with the reason",
    read_from={
        "document_id batch": "raw.documents.*",
        "position text reason raw_start raw_end": "raw.documents.text",
    },
)
