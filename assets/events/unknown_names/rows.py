"""The row type of `events.unknown_names`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from assets.table import Table


@dataclass(frozen=True)
class UnknownName:
    """A name that no vocabulary knows, in a sentence whose event lacks an actor or knows it by role alone."""

    document_id: Annotated[str, "Key of `cleaned.documents`"]
    name_start: Annotated[int, "First character of the name in `cleaned.documents.text`"]
    name_end: Annotated[int, "Character after it (half-open)"]
    batch: Annotated[str, "Batch of the raw document"]
    segment_id: Annotated[str, "Key of `translated.segments`"]
    language: Annotated[str, "ISO 639-1 code of the sentence"]
    name: Annotated[str, "The name as written"]
    title: Annotated[str | None, "The role word beside it, as written"]
    country: Annotated[str | None, "Country of the role beside it: ISO 3166 alpha-3"]
    sector: Annotated[str | None, "PLOVER sector of the role beside it"]


UNKNOWN_NAMES = Table(
    schema="events",
    name="unknown_names",
    row_type=UnknownName,
    key=("document_id", "name_start"),
    comment="One row is one unknown name in a sentence that tells of an event",
    read_from={
        "document_id batch segment_id language": "translated.segments.*",
        "name_start name_end": "translated.segments.source_text translated.segments.source_start",
        "name title country sector": "translated.segments.source_text events.mentions.source_text events.mentions.target_text",
    },
)
