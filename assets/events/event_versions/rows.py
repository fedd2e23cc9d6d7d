"""The row type of `events.event_versions`: an event's columns, when they held, and what they were read from."""

from __future__ import annotations

from dataclasses import field, fields, make_dataclass
from datetime import datetime
from typing import Annotated, Any, get_type_hints

from assets.events.events.rows import EVENTS, Event
from assets.table import Table

_VERSION_COLUMNS: tuple[tuple[str, Any], ...] = (
    ("version", Annotated[int, "1 for the event as first known, one more for every change"]),
    ("valid_from", Annotated[datetime, "When it was written (UTC)"]),
    ("valid_to", Annotated[datetime | None, "When it was changed or removed (UTC); null while it holds"]),
    ("from_run", Annotated[int, "The run that wrote it, key of `ops.runs`; 0 where no run did"]),
    ("to_run", Annotated[int | None, "The run that changed or removed it; null while it holds"]),
    ("mention_ids", Annotated[tuple[str, ...], "Its mentions, in order; they may have been coded anew since"]),
    ("segment_ids", Annotated[tuple[str, ...], "The sentence of each mention"]),
    ("document_ids", Annotated[tuple[str, ...], "The page of each mention"]),
    ("mention_contents", Annotated[tuple[str, ...], "Hash of what each mention was coded as"]),
    ("example_document_id", Annotated[str | None, "Page of the mention that the coder was surest of"]),
    ("example_language", Annotated[str | None, "Its language"]),
    ("example_text", Annotated[str | None, "Its sentence, as it stood on the page"]),
    ("example_trigger", Annotated[str | None, "The words in it that made the coder see the event"]),
    (
        "example_english",
        Annotated[str | None, "The English of the sentence, where there was one that is neither poor nor a draft"],
    ),
    ("example_publisher", Annotated[str | None, "Who published the page"]),
)

VERSION_COLUMNS: tuple[str, ...] = tuple(name for name, _ in _VERSION_COLUMNS)
"""The columns that an event itself does not have."""


def _row_type() -> type:
    hints = get_type_hints(Event, include_extras=True)
    own = [(f.name, hints[f.name], field()) for f in fields(Event)]
    return make_dataclass("EventVersion", own + [(n, h, field()) for n, h in _VERSION_COLUMNS], frozen=True)


EVENT_VERSIONS = Table(
    schema=EVENTS.schema,
    name="event_versions",
    row_type=_row_type(),
    key=(),  # event_id and version tell rows apart; an index on a million of them would cost more than it serves
    comment="One row is what was known of an event from one time to another; events_as_of(time) asks for a moment",
)
