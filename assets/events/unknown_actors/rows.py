"""The row type of `events.unknown_actors`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from assets.table import Table


@dataclass(frozen=True)
class UnknownActor:
    """A name to be reviewed: does it belong into a vocabulary?"""

    language: Annotated[str, "ISO 639-1 code"]
    name: Annotated[str, "The name as written"]
    times: Annotated[int, "How often it stands in a sentence that tells of an event"]
    documents: Annotated[int, "Pages it is on"]
    publishers: Annotated[int, "Publishers that name it"]
    country: Annotated[str | None, "Country of the roles beside it, where all agree: ISO 3166 alpha-3"]
    sector: Annotated[str | None, "PLOVER sector of the roles beside it, the commonest"]
    titles: Annotated[tuple[str, ...], "Role words beside it, the commonest first (at most five)"]
    examples: Annotated[tuple[str, ...], "Sentences it stands in (at most three)"]


UNKNOWN_ACTORS = Table(
    schema="events",
    name="unknown_actors",
    row_type=UnknownActor,
    key=("language", "name"),
    comment="One row is one name that no vocabulary knows, with how often it is met",
    read_from={
        "language name country sector": "events.unknown_names.*",
        "times": "events.unknown_names.name",
        "documents": "events.unknown_names.document_id",
        "publishers": "cleaned.documents.publisher",
        "titles": "events.unknown_names.title",
        "examples": "translated.segments.source_text",
    },
)
