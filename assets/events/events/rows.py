"""The row type of `events.events`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from assets.table import Table


@dataclass(frozen=True)
class Event:
    """One event in the world, told by one or more mentions in any language."""

    event_id: Annotated[str, "Hash of the event's earliest published mention; the same for the same corpus"]
    plover_type: Annotated[str, "PLOVER type in capitals, as most mentions have it"]
    mode: Annotated[str | None, "PLOVER mode most mentions agree on, or null"]
    contexts: Annotated[tuple[str, ...], "PLOVER contexts named by any mention"]
    cameo_code: Annotated[str, "CAMEO code most mentions of that type agree on"]
    quad_class: Annotated[int, "1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict"]
    intensity: Annotated[float, "Mean of the figures that its mentions of that type have on the PLOVER scale"]
    source_country: Annotated[str | None, "Who acts: ISO 3166 alpha-3, or null"]
    source_sector: Annotated[str | None, "Who acts: PLOVER sector most mentions agree on"]
    target_country: Annotated[str | None, "Who is acted upon: ISO 3166 alpha-3, or null"]
    target_sector: Annotated[str | None, "Who is acted upon: PLOVER sector most mentions agree on"]
    event_date: Annotated[date | None, "Most precise date that the mentions agree on"]
    date_precision: Annotated[str | None, "day, month or year"]
    status: Annotated[
        str,
        "Strongest status of its mentions of that type: actual before claimed, planned, offered, hypothetical, denied",
    ]
    disputed: Annotated[bool, "Whether one mention denies what another asserts"]
    place_name: Annotated[
        str | None, "Place most mentions agree on, by its standard name in Latin letters (GeoNames, ISO 3166-2, CLDR)"
    ]
    place_country: Annotated[str | None, "Country of the place: ISO 3166 alpha-3"]
    latitude: Annotated[float | None, "Degrees north (WGS 84)"]
    longitude: Annotated[float | None, "Degrees east (WGS 84)"]
    dead_min: Annotated[int | None, "Least number killed that any mention states"]
    dead_max: Annotated[int | None, "Greatest number killed that any mention states"]
    injured_min: Annotated[int | None, "Least number hurt that any mention states"]
    injured_max: Annotated[int | None, "Greatest number hurt that any mention states"]
    mention_count: Annotated[int, "Mentions merged into the event"]
    document_count: Annotated[int, "Pages that tell it"]
    publisher_count: Annotated[int, "Publishers that tell it"]
    independent_publisher_count: Annotated[
        int, "Publishers that tell it of their own: copies of a page and stories of one wire agency count once"
    ]
    languages: Annotated[tuple[str, ...], "Languages it is told in"]
    first_seen: Annotated[date | None, "Earliest publication date among its pages"]
    last_seen: Annotated[date | None, "Latest publication date among its pages"]
    confidence: Annotated[float, "How sure the coder is of its best mention, 0 to 1"]
    source_actor_id: Annotated[
        str | None, "Who acts, as most mentions have it, a named one first; key of `events.actors`"
    ] = None
    target_actor_id: Annotated[str | None, "Who is acted upon; key of `events.actors`"] = None
    date_min: Annotated[date | None, "Earliest day that a mention gives (dates known to the day)"] = None
    date_max: Annotated[date | None, "Latest day that a mention gives"] = None
    geonames_id: Annotated[str | None, "GeoNames id of the place, a city or a first-level division"] = None
    place_admin1: Annotated[str | None, "GeoNames code of the first-level division (ML.05)"] = None
    place_precision: Annotated[str | None, "point, admin1 or country"] = None
    place_ambiguous: Annotated[bool | None, "Whether nothing told the place from others of its name"] = None
    conflicts: Annotated[
        tuple[str, ...], "In what its reports disagree: type, actors, status, date, place, dead, injured"
    ] = ()
    place_admin1_name: Annotated[str | None, "Name of the first-level division, in Latin letters (ISO 3166-2)"] = None


EVENTS = Table(
    schema="events",
    name="events",
    row_type=Event,
    key=("event_id",),
    comment="One row is one event in the world, told by one or more mentions",
    read_from={
        "event_id": "events.mentions.mention_id cleaned.documents.published",
        "plover_type mode contexts cameo_code quad_class intensity status confidence "
        "source_country source_sector source_actor_id target_country target_sector target_actor_id "
        "event_date date_precision place_name place_country place_admin1 place_admin1_name place_precision place_ambiguous "
        "latitude longitude geonames_id": "events.mentions.*",
        "disputed": "events.mentions.status",
        "dead_min dead_max": "events.mentions.dead",
        "injured_min injured_max": "events.mentions.injured",
        "mention_count": "events.mentions.mention_id",
        "document_count": "events.mentions.document_id cleaned.documents.canonical_document_id",
        "publisher_count": "cleaned.documents.publisher",
        "independent_publisher_count": (
            "cleaned.documents.publisher cleaned.documents.agency cleaned.documents.canonical_document_id"
        ),
        "languages": "events.mentions.language",
        "first_seen last_seen": "cleaned.documents.published",
        "date_min date_max": "events.mentions.event_date",
        "conflicts": (
            "events.mentions.plover_type events.mentions.source_country events.mentions.target_country "
            "events.mentions.status events.mentions.event_date events.mentions.place_name events.mentions.dead "
            "events.mentions.injured"
        ),
    },
)
