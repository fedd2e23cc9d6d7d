"""The row type of `marts.publisher_profile`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from assets.table import Table


@dataclass(frozen=True)
class PublisherProfile:
    """What a publisher covers, tells alone, and contradicts."""

    publisher: Annotated[str, "Publisher as the pages name it; (none) for pages that name none"]
    documents: Annotated[int, "Pages"]
    copies: Annotated[int, "Pages among them that are near-duplicates of another publisher's"]
    agency_documents: Annotated[int, "Pages credited to a wire agency"]
    languages: Annotated[tuple[str, ...], "Languages of its pages"]
    first_published: Annotated[date | None, "Earliest page"]
    last_published: Annotated[date | None, "Latest page"]
    mentions: Annotated[int, "Mentions of events on its pages"]
    events: Annotated[int, "Events it tells"]
    events_alone: Annotated[int, "Events that no other independent publisher tells"]
    events_first: Annotated[int, "Events told by others too that it told on the first day"]
    disputed_events: Annotated[int, "Events it tells that somebody denies"]
    differing_claims: Annotated[
        int, "Claims of its that differ from another publisher's in date, place, figures or status"
    ]
    attributed_share: Annotated[float | None, "Share of its mentions that it attributes to somebody, 0 to 1"]
    top_countries: Annotated[tuple[str, ...], "Countries it tells of most often (at most five)"]
    top_types: Annotated[tuple[str, ...], "PLOVER types it tells of most often (at most five)"]


PUBLISHER_PROFILE = Table(
    schema="marts",
    name="publisher_profile",
    row_type=PublisherProfile,
    key=("publisher",),
    comment="One row is one publisher: what it covers, tells alone or first, and where it differs from others",
    read_from={
        "publisher": "cleaned.documents.*",
        "documents": "cleaned.documents.document_id",
        "copies": "cleaned.documents.canonical_document_id cleaned.documents.publisher",
        "agency_documents": "cleaned.documents.agency",
        "languages": "cleaned.documents.language",
        "first_published last_published": "cleaned.documents.published",
        "mentions": "events.claims.claim_id",
        "events": "events.claims.event_id",
        "events_alone": "events.events.independent_publisher_count events.events.publisher_count",
        "events_first": "events.claims.published events.events.first_seen",
        "disputed_events": "events.events.disputed",
        "differing_claims": "events.claims.differs_in",
        "attributed_share": "events.claims.stance",
        "top_countries": "events.events.source_country events.events.target_country",
        "top_types": "events.events.plover_type",
    },
)
