"""The row type of `events.overrides`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from assets.table import Table


@dataclass(frozen=True)
class Override:
    """A person's word on a mention: with which others it tells of one event."""

    mention_id: Annotated[str, "Key of `events.mentions`; kept when the mention is gone, for it may come back"]
    together: Annotated[str, "Label: mentions of one label are one event, mentions of two labels never are"]
    note: Annotated[str | None, "Why, in the words of who decided it"]
    decided_at: Annotated[datetime, "When it was decided (UTC)"]


OVERRIDES = Table(
    schema="events",
    name="overrides",
    row_type=Override,
    key=("mention_id",),
    comment="One row is a person's decision on which event a mention belongs to; it outranks every score",
)
