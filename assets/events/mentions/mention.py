"""From a coded event to its row: identity, offsets into the raw text, figures of the ontology."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from assets.cleaned.documents.rows import CleanedDocument
from assets.cleaned.spans.rows import Span, raw_offsets
from assets.events.mentions.coded import CodedEvent
from assets.events.mentions.identities import actor_id
from assets.events.mentions.rows import Mention
from assets.translated.segments.rows import Segment
from assets.vocabulary.plover import load_ontology


def mention_of(
    document: CleanedDocument, segment: Segment, language: str, spans: Sequence[Span], event: CodedEvent
) -> Mention:
    """The row of `events.mentions` for one event of one sentence."""
    ontology = load_ontology()
    raw_start, raw_end = raw_offsets(spans, segment.source_start, segment.source_end)
    claimed_by = event.claimed_by or (document.publisher if event.status == "claimed" else None)
    source, target, place = event.source, event.target, event.place
    identity = (
        document.document_id,
        segment.source_start,
        segment.source_end,
        event.plover_type,
        event.mode,
        source.country if source else None,
        source.sector if source else None,
        target.country if target else None,
        target.sector if target else None,
        event.trigger_text,
    )
    return Mention(
        mention_id=hashlib.sha256(repr(identity).encode()).hexdigest()[:32],
        document_id=document.document_id,
        batch=document.batch,
        segment_id=segment.segment_id,
        language=language,
        plover_type=event.plover_type,
        mode=event.mode,
        contexts=event.contexts,
        cameo_code=event.cameo_code,
        quad_class=ontology.types[event.plover_type].quad,
        intensity=ontology.scale(event.plover_type, event.mode),
        source_country=source.country if source else None,
        source_sector=source.sector if source else None,
        source_text=(source.text or None) if source else None,
        target_country=target.country if target else None,
        target_sector=target.sector if target else None,
        target_text=(target.text or None) if target else None,
        event_date=event.event_date,
        date_precision=event.date_precision,
        date_basis=event.date_basis,
        status=event.status,
        claimed_by=claimed_by,
        place_name=place.name if place else None,
        place_country=place.country if place else None,
        latitude=place.latitude if place else None,
        longitude=place.longitude if place else None,
        geonames_id=place.geonames_id if place else None,
        dead=event.dead,
        injured=event.injured,
        size=event.size,
        amount=event.amount,
        currency=event.currency,
        confidence=round(event.confidence, 4),
        trigger_text=event.trigger_text,
        evidence_text=segment.source_text,
        evidence_start=segment.source_start,
        evidence_end=segment.source_end,
        raw_start=raw_start,
        raw_end=raw_end,
        event_id=None,
        source_actor_id=actor_id(language, source.text, source.country, source.sector) if source else None,
        target_actor_id=actor_id(language, target.text, target.country, target.sector) if target else None,
        place_admin1=place.admin1 if place else None,
        place_precision=place.precision if place else None,
        place_ambiguous=place.ambiguous if place else None,
        place_admin1_name=place.admin1_name if place else None,
        source_from_page=source.from_page if source and source.country else None,
        target_from_page=target.from_page if target and target.country else None,
    )
