"""The row type of `marts.actor_timeline`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from assets.table import Table


@dataclass(frozen=True)
class ActorMonth:
    """What an actor did, or what was done to it, in a month."""

    actor_id: Annotated[str, "Key of `events.actors`"]
    month: Annotated[date, "First day of the month"]
    side: Annotated[str, "source (it acts) or target (it is acted upon)"]
    plover_type: Annotated[str, "PLOVER type in capitals"]
    event_count: Annotated[int, "Events of any status"]
    mention_count: Annotated[int, "Mentions of them"]
    mean_intensity: Annotated[float, "Mean on the PLOVER scale, 10 to -10"]
    counterparts: Annotated[
        tuple[str, ...], "Ids of the actors on the other side, the commonest first (at most five)"
    ]


ACTOR_TIMELINE = Table(
    schema="marts",
    name="actor_timeline",
    row_type=ActorMonth,
    key=("actor_id", "month", "side", "plover_type"),
    comment="One row is one actor, month, side and type",
    read_from={
        "actor_id side counterparts": "events.events.source_actor_id events.events.target_actor_id",
        "month": "events.events.event_date",
        "plover_type mention_count": "events.events.*",
        "event_count": "events.events.event_id",
        "mean_intensity": "events.events.intensity",
    },
)
