"""The row type of `events.claims`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from assets.table import Table


@dataclass(frozen=True)
class Claim:
    """What one publisher says about an event in one sentence."""

    claim_id: Annotated[str, "Key of `events.mentions`: the sentence that says it"]
    event_id: Annotated[str, "Key of `events.events`"]
    document_id: Annotated[str, "Key of `cleaned.documents`"]
    publisher: Annotated[str | None, "Who publishes it"]
    agency: Annotated[str | None, "Wire agency that the page credits"]
    published: Annotated[date | None, "When it was published"]
    language: Annotated[str, "ISO 639-1 code of the sentence"]
    stance: Annotated[
        str, "asserted (in the publisher's own voice), attributed, denied, planned, offered or hypothetical"
    ]
    claimed_by: Annotated[str | None, "Who says so, as written, where the sentence attributes it"]
    event_date: Annotated[date | None, "When the event took place according to it"]
    date_precision: Annotated[str | None, "day, month or year"]
    place_name: Annotated[str | None, "Where, as written"]
    dead: Annotated[int | None, "People killed according to it"]
    injured: Annotated[int | None, "People hurt according to it"]
    differs_in: Annotated[
        tuple[str, ...],
        "In what it differs from other claims about the event: type, actors, status, date, place, dead, injured",
    ]


CLAIMS = Table(
    schema="events",
    name="claims",
    row_type=Claim,
    key=("claim_id",),
    comment="One row is what one sentence of one publisher says about an event, and in what it differs from others",
    read_from={
        "claim_id event_id": "events.mentions.mention_id",
        "document_id language claimed_by event_date date_precision place_name dead injured": "events.mentions.*",
        "publisher agency published": "cleaned.documents.*",
        "stance": "events.mentions.status events.mentions.claimed_by",
        "differs_in": (
            "events.mentions.plover_type events.mentions.source_country events.mentions.target_country "
            "events.mentions.status events.mentions.event_date events.mentions.place_name events.mentions.dead "
            "events.mentions.injured"
        ),
    },
)
