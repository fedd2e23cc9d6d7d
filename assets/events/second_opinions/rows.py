"""The row type of `events.second_opinions`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from assets.table import Table


@dataclass(frozen=True)
class SecondOpinion:
    """What a second coder says of one event of a sentence, beside what the rules say; or that both see none."""

    opinion_id: Annotated[str, "Hash of sentence, coder, model and the event's place in the answer"]
    document_id: Annotated[str, "Key of `cleaned.documents`"]
    batch: Annotated[str, "Batch of the raw document"]
    segment_id: Annotated[str, "The sentence that was read; key of `translated.segments`"]
    language: Annotated[str, "ISO 639-1 code of the sentence"]
    coder: Annotated[str, "Second coder that was asked, as the setting names it"]
    model: Annotated[str, "Its model, and the version of the codebook in its instructions"]
    agreement: Annotated[
        str,
        "agreed; type_differs, actors_differ; only_rules (the second coder sees no such event), only_second (the rules "
        "see none); neither (no event in the sentence); unread (the coder gave no usable answer)",
    ]
    mention_id: Annotated[str | None, "The mention it is compared with; null where the rules see none"]
    plover_type: Annotated[str | None, "The second coder's PLOVER type; null where it sees no event"]
    mode: Annotated[str | None, "Its PLOVER mode"]
    source_country: Annotated[str | None, "Its source: ISO 3166 alpha-3"]
    source_sector: Annotated[str | None, "Its source: PLOVER sector"]
    source_text: Annotated[str | None, "Its source, as written in the sentence"]
    target_country: Annotated[str | None, "Its target: ISO 3166 alpha-3"]
    target_sector: Annotated[str | None, "Its target: PLOVER sector"]
    target_text: Annotated[str | None, "Its target, as written in the sentence"]
    status: Annotated[str | None, "Its status: actual, planned, offered, denied, claimed or hypothetical"]
    event_date: Annotated[date | None, "Its day of the event"]
    confidence: Annotated[float | None, "How sure the second coder says it is, 0 to 1; not calibrated"]
    evidence_text: Annotated[str | None, "The words it points to, verified to stand in the sentence"]
    evidence_start: Annotated[int | None, "First character of these words in `cleaned.documents.text`"]
    evidence_end: Annotated[int | None, "Character after them in `cleaned.documents.text` (half-open)"]
    rejected: Annotated[tuple[str, ...], "Events of its answer that were thrown away, and why; on the first row"]


SECOND_OPINIONS = Table(
    schema="events",
    name="second_opinions",
    row_type=SecondOpinion,
    key=("opinion_id",),
    comment="One row is one event that a second coder and the rules were compared on; empty unless one is asked",
    read_from={
        "document_id batch segment_id language": "translated.segments.*",
        "opinion_id": "translated.segments.segment_id",
        "plover_type mode source_country source_sector source_text target_country target_sector target_text status "
        "confidence evidence_text rejected": "translated.segments.source_text",
        "event_date": "translated.segments.source_text cleaned.documents.published",
        "evidence_start evidence_end": "translated.segments.source_text translated.segments.source_start",
        "mention_id": "events.mentions.*",
        "agreement": (
            "translated.segments.source_text events.mentions.plover_type events.mentions.source_country "
            "events.mentions.target_country"
        ),
        "coder model": "",
    },
)
