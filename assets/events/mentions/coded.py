"""An event as the coder reads it off a sentence, before it becomes a row."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from assets.events.mentions.gazetteer import Place

STATUS_RANK = {"actual": 0, "claimed": 0, "planned": 1, "offered": 1, "hypothetical": 2, "denied": 3}
"""Statuses by how much an event of theirs says of what took place, the most first."""


@dataclass(frozen=True, slots=True)
class Party:
    """An actor of an event: ISO 3166 alpha-3, PLOVER sector (null where unknown) and the words themselves.

    `from_page` tells that no word of the sentence names the country, but the page does; `supposed`, that nothing in
    the sentence points to it either: it is the page's home, or a surname's.
    """

    country: str | None
    sector: str | None
    text: str
    from_page: bool = False
    supposed: bool = False

    @property
    def country_told(self) -> bool:
        """Whether the sentence itself tells the country, or points to where it is told."""
        return self.country is not None and not self.supposed


@dataclass(frozen=True, slots=True)
class CodedEvent:
    """One event read off one sentence. `start` and `end` are half-open character offsets of the sentence.

    `confidence` is how likely its type and countries are right, by the `cues` it was read with; `salience` is what
    orders the events of a sentence: the main one first. `backdrop` is told only as the time or reason of another.
    """

    plover_type: str
    mode: str | None
    contexts: tuple[str, ...]
    cameo_code: str
    source: Party | None
    target: Party | None
    status: str
    claimed_by: str | None
    event_date: date | None
    date_precision: str | None
    date_basis: str
    place: Place | None
    dead: int | None
    injured: int | None
    size: int | None
    amount: float | None
    currency: str | None
    confidence: float
    trigger_text: str
    start: int
    end: int
    salience: float = 0.0
    cues: tuple[float, ...] = ()
    backdrop: bool = False

    def as_record(self) -> dict[str, Any]:
        """The event as `attache code` prints it."""
        return {
            "root": self.plover_type,
            "mode": self.mode,
            "contexts": list(self.contexts),
            "cameo": self.cameo_code,
            "source": self.source.country if self.source else None,
            "target": self.target.country if self.target else None,
            "source_sector": self.source.sector if self.source else None,
            "target_sector": self.target.sector if self.target else None,
            "source_text": (self.source.text or None) if self.source else None,
            "target_text": (self.target.text or None) if self.target else None,
            "status": self.status,
            "claimed_by": self.claimed_by,
            "date": self.event_date.isoformat() if self.event_date else None,
            "date_precision": self.date_precision,
            "place": self.place.name if self.place else None,
            "dead": self.dead,
            "injured": self.injured,
            "size": self.size,
            "amount": self.amount,
            "currency": self.currency,
            "confidence": round(self.confidence, 3),
            "trigger": self.trigger_text,
            "start": self.start,
            "end": self.end,
        }
