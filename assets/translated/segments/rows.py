"""The row type of `translated.segments`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from assets.table import Table
from assets.translated.engines.engine import DRAFT


@dataclass(frozen=True)
class Segment:
    """One sentence of a body beside its English."""

    segment_id: Annotated[str, "Hash of document and offset"]
    document_id: Annotated[str, "Key of `cleaned.documents`"]
    batch: Annotated[str, "Batch of the raw document"]
    position: Annotated[int, "Number of the sentence in its body, from 0"]
    paragraph: Annotated[int, "Number of the paragraph the sentence stands in, from 0"]
    language: Annotated[str, "ISO 639-1 code of the sentence, or und"]
    source_text: Annotated[str, "The sentence as it stands in the body"]
    source_start: Annotated[int, "First character of the sentence in `cleaned.documents.text`"]
    source_end: Annotated[int, "Character after the sentence in `cleaned.documents.text` (half-open)"]
    english_text: Annotated[str | None, "The sentence in English; null while pending"]
    engine: Annotated[
        str | None,
        "What translated it: firefox, openai, libretranslate, draft, human; source where the sentence is English",
    ]
    model: Annotated[str | None, "Model and version the engine used"]
    status: Annotated[
        str, "source (already English), translated, poor (translated, estimated below the threshold) or pending"
    ]
    reason: Annotated[str | None, "Why a segment is pending, with the command that helps"]
    quality: Annotated[float | None, "Estimated quality of the English, 0 to 1; null while pending"]
    flags: Annotated[
        tuple[str, ...],
        "Named signs of trouble: number_lost, length_ratio, wrong_language, untranslated, repetition, …",
    ]


def caveat(status: str | None, engine: str | None) -> str:
    """What to say beside the English wherever it is shown; nothing where it may be relied on."""
    parts = ["draft quality"] if engine == DRAFT else []
    return ", ".join([*parts, "poor translation"] if status == "poor" else parts)


SEGMENTS = Table(
    schema="translated",
    name="segments",
    row_type=Segment,
    key=("segment_id",),
    comment="One row is one sentence of a body beside its English",
    read_from={
        "document_id batch": "cleaned.documents.*",
        "segment_id": "cleaned.documents.document_id cleaned.documents.text",
        "position paragraph source_text source_start source_end": "cleaned.documents.text",
        "language english_text engine model status reason quality flags": (
            "cleaned.documents.text cleaned.documents.language"
        ),
    },
)
