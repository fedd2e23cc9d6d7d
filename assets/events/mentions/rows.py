"""The row type of `events.mentions`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from assets.table import Table


@dataclass(frozen=True)
class Mention:
    """One coded event in one sentence, with the characters it was read from."""

    mention_id: Annotated[str, "Hash of document, evidence offsets, type and actors"]
    document_id: Annotated[str, "Key of `cleaned.documents`"]
    batch: Annotated[str, "Batch of the raw document"]
    segment_id: Annotated[str, "The sentence the event was read from; key of `translated.segments`"]
    language: Annotated[str, "ISO 639-1 code of the sentence"]
    plover_type: Annotated[str, "PLOVER type in capitals: AGREE, CONSULT, … ASSAULT"]
    mode: Annotated[str | None, "PLOVER mode of the type, or null"]
    contexts: Annotated[tuple[str, ...], "PLOVER contexts"]
    cameo_code: Annotated[str, "CAMEO code, two to four digits"]
    quad_class: Annotated[int, "1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict"]
    intensity: Annotated[float, "PLOVER scale from 10 (most cooperative) to -10 (most conflictual)"]
    source_country: Annotated[str | None, "Who acts: ISO 3166 alpha-3, or null"]
    source_sector: Annotated[str | None, "Who acts: PLOVER sector code (GOV, MIL, REB, …), or null"]
    source_text: Annotated[str | None, "Who acts, as written"]
    target_country: Annotated[str | None, "Who is acted upon: ISO 3166 alpha-3, or null"]
    target_sector: Annotated[str | None, "Who is acted upon: PLOVER sector code, or null"]
    target_text: Annotated[str | None, "Who is acted upon, as written"]
    event_date: Annotated[date | None, "Day (or first day of the month or year) of the event itself"]
    date_precision: Annotated[str | None, "day, month or year: how much of `event_date` is known"]
    date_basis: Annotated[
        str, "How the date was found: stated, relative, lead (the day of the page's main event), publication, or none"
    ]
    status: Annotated[str, "actual, planned, offered, denied, claimed or hypothetical"]
    claimed_by: Annotated[str | None, "Who says so, as written, where the text attributes it"]
    place_name: Annotated[str | None, "Place of the event as written"]
    place_country: Annotated[str | None, "Country of the place: ISO 3166 alpha-3"]
    latitude: Annotated[float | None, "Degrees north (WGS 84)"]
    longitude: Annotated[float | None, "Degrees east (WGS 84)"]
    geonames_id: Annotated[str | None, "GeoNames id of the place, a city or a first-level division"]
    dead: Annotated[int | None, "People killed, the least that the sentence states"]
    injured: Annotated[int | None, "People hurt, the least that the sentence states"]
    confidence: Annotated[float, "Probability that type and countries are right, 0 to 1"]
    trigger_text: Annotated[str, "The words that made the coder see the event"]
    evidence_text: Annotated[str, "The sentence the event was read from"]
    evidence_start: Annotated[int, "First character of the evidence in `cleaned.documents.text`"]
    evidence_end: Annotated[int, "Character after the evidence in `cleaned.documents.text` (half-open)"]
    raw_start: Annotated[int, "First character of the evidence in `raw.documents.text`"]
    raw_end: Annotated[int, "Character after the evidence in `raw.documents.text` (half-open)"]
    event_id: Annotated[str | None, "The event in `events.events` that this mention tells of; null until merged"]
    source_actor_id: Annotated[str | None, "Who acts; key of `events.actors`"] = None
    target_actor_id: Annotated[str | None, "Who is acted upon; key of `events.actors`"] = None
    place_admin1: Annotated[str | None, "GeoNames code of the first-level division, country before it (ML.05)"] = None
    place_precision: Annotated[str | None, "point, admin1 or country: how exactly the place is known"] = None
    place_ambiguous: Annotated[
        bool | None, "Whether other places of a size bear the name and nothing told them apart"
    ] = None
    size: Annotated[int | None, "People who took part, or were arrested, expelled, released: the number stated"] = (
        None
    )
    amount: Annotated[float | None, "Sum of money that the sentence states, in whole units of `currency`"] = None
    currency: Annotated[str | None, "Currency of the sum: ISO 4217 code"] = None
    place_admin1_name: Annotated[str | None, "Name of the first-level division, in Latin letters (ISO 3166-2)"] = None
    source_from_page: Annotated[
        bool | None, "Whether the page tells the source's country, not the sentence: its home, or a name's elsewhere"
    ] = None
    target_from_page: Annotated[bool | None, "The same of the target's country"] = None


MENTIONS = Table(
    schema="events",
    name="mentions",
    row_type=Mention,
    key=("mention_id",),
    comment="One row is one coded event in one sentence",
    read_from={
        "document_id batch": "cleaned.documents.*",
        "segment_id language": "translated.segments.*",
        "mention_id": (
            "cleaned.documents.document_id translated.segments.source_text translated.segments.source_start"
        ),
        "plover_type mode contexts cameo_code quad_class intensity status claimed_by trigger_text confidence "
        "source_country source_sector source_text source_actor_id "
        "target_country target_sector target_text target_actor_id "
        "place_name place_country place_admin1 place_admin1_name place_precision place_ambiguous latitude longitude geonames_id "
        "dead injured size amount currency source_from_page target_from_page": "translated.segments.source_text translated.segments.language",
        "event_date date_precision date_basis": (
            "translated.segments.source_text cleaned.documents.published cleaned.documents.published_precision"
        ),
        "evidence_text": "translated.segments.source_text",
        "evidence_start": "translated.segments.source_start",
        "evidence_end": "translated.segments.source_end",
        "raw_start raw_end": (
            "translated.segments.source_start translated.segments.source_end "
            "cleaned.spans.start cleaned.spans.end cleaned.spans.raw_start cleaned.spans.raw_end"
        ),
        "event_id": "",  # written later, by what makes the events
    },
)
