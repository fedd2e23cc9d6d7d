"""The row type of `events.arms`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from assets.table import Table


@dataclass(frozen=True)
class Arms:
    """Equipment or military cooperation that one sentence tells of."""

    arms_id: Annotated[str, "Hash of document and offsets of the words"]
    document_id: Annotated[str, "Key of `cleaned.documents`"]
    batch: Annotated[str, "Batch of the raw document"]
    segment_id: Annotated[str, "Key of `translated.segments`"]
    mention_id: Annotated[
        str | None, "The mention of the sentence that supplier and recipient were read with, if any"
    ]
    language: Annotated[str, "ISO 639-1 code of the sentence"]
    equipment: Annotated[
        str, "Kind: drones, artillery, training, bases …; the list is in the vocabulary's any/arms.toml"
    ]
    equipment_text: Annotated[str, "The words that name it"]
    supplier_country: Annotated[str | None, "Who gives: ISO 3166 alpha-3, or null"]
    recipient_country: Annotated[str | None, "Who gets: ISO 3166 alpha-3, or null"]
    stage: Annotated[str, "offered, negotiated, ordered, delivered, used, or mentioned"]
    stage_text: Annotated[str | None, "The words that tell the stage, or null where the event's status does"]
    quantity: Annotated[int | None, "How many, where a number stands before the words"]
    amount: Annotated[float | None, "Money, in whole units of `currency`"]
    currency: Annotated[str | None, "ISO 4217 code"]
    event_date: Annotated[date | None, "Date of the mention, else of publication"]
    start: Annotated[int, "First character of the words in `cleaned.documents.text`"]
    end: Annotated[int, "Character after them (half-open)"]
    evidence_text: Annotated[str, "The sentence"]


ARMS = Table(
    schema="events",
    name="arms",
    row_type=Arms,
    key=("arms_id",),
    comment="One row is one kind of equipment or military cooperation that a sentence tells of",
    read_from={
        "document_id batch segment_id language": "translated.segments.*",
        "mention_id": "events.mentions.*",
        "arms_id start end": (
            "translated.segments.document_id translated.segments.source_text translated.segments.source_start"
        ),
        "equipment equipment_text stage_text quantity amount currency": "translated.segments.source_text",
        "evidence_text": "translated.segments.source_text",
        "supplier_country recipient_country": (
            "translated.segments.source_text events.mentions.source_country events.mentions.target_country"
        ),
        "stage": "translated.segments.source_text events.mentions.status",
        "event_date": "events.mentions.event_date cleaned.documents.published",
    },
)
