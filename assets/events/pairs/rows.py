"""The row type of `events.pairs`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from assets.table import Table


@dataclass(frozen=True)
class Pair:
    """Two mentions that were compared and found alike: joined into one event, or kept apart all the same."""

    mention_a: Annotated[str, "Key of `events.mentions`; the lesser of the two"]
    mention_b: Annotated[str, "Key of `events.mentions`"]
    event_a: Annotated[str, "The event that `mention_a` tells of"]
    event_b: Annotated[str, "The event that `mention_b` tells of"]
    decision: Annotated[
        str, "joined (one event because of this pair) or apart (alike, yet something else forbids it)"
    ]
    score: Annotated[
        float, "Sum of the reasons' weights, in bits; above 0 the two are more likely one event than not"
    ]
    probability: Annotated[float, "The score as a probability, 0 to 1"]
    reasons: Annotated[tuple[str, ...], "What speaks for and against, each with its weight in bits; why it is apart"]


PAIRS = Table(
    schema="events",
    name="pairs",
    row_type=Pair,
    key=("mention_a", "mention_b"),
    comment="One row is the reason why two mentions are one event, or why two alike are not; joined pairs span events",
    read_from={
        "mention_a mention_b event_a event_b": "events.mentions.mention_id",
        "decision score probability reasons": (
            "events.mentions.plover_type events.mentions.mode events.mentions.source_actor_id "
            "events.mentions.target_actor_id events.mentions.source_country events.mentions.target_country "
            "events.mentions.event_date events.mentions.date_precision events.mentions.geonames_id "
            "events.mentions.place_country events.mentions.dead events.mentions.injured events.mentions.size events.mentions.amount "
            "cleaned.documents.published cleaned.documents.publisher"
        ),
    },
)
