"""The row type of `events.actors`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from assets.table import Table


@dataclass(frozen=True)
class KnownActor:
    """An actor that at least one mention names."""

    actor_id: Annotated[
        str, "Country and sector codes (MLI-MIL, MLI, REB), or the known name in small letters (wagner-group)"
    ]
    name: Annotated[str, "Name in English"]
    kind: Annotated[str, "country, sector (of a country or of none known), organisation, group or person"]
    country: Annotated[str | None, "ISO 3166 alpha-3, or null"]
    sector: Annotated[str | None, "PLOVER sector code, or null"]
    wikidata_id: Annotated[str | None, "Wikidata item, where the vocabulary knows it for certain"]
    spellings: Annotated[
        tuple[str, ...],
        "As written in the pages, the commonest first (at most ten), without words that stand for several countries",
    ]
    languages: Annotated[tuple[str, ...], "Languages in which it is named"]
    mention_count: Annotated[int, "Mentions that name it"]
    event_count: Annotated[int, "Events that it has a part in"]
    as_source: Annotated[int, "Events in which it acts"]
    as_target: Annotated[int, "Events in which it is acted upon"]
    first_event: Annotated[date | None, "Date of its earliest event"]
    last_event: Annotated[date | None, "Date of its latest event"]


ACTORS = Table(
    schema="events",
    name="actors",
    row_type=KnownActor,
    key=("actor_id",),
    comment="One row is one actor, whatever the languages and spellings it is named in",
    read_from={
        "actor_id name kind country sector wikidata_id": (
            "events.mentions.source_actor_id events.mentions.target_actor_id"
        ),
        "spellings": "events.mentions.source_text events.mentions.target_text",
        "languages": "events.mentions.language",
        "mention_count": "events.mentions.mention_id",
        "event_count": "events.mentions.event_id",
        "as_source": "events.mentions.event_id events.mentions.source_actor_id",
        "as_target": "events.mentions.event_id events.mentions.target_actor_id",
        "first_event last_event": "events.events.event_date",
    },
)
