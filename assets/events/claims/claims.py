"""From the mentions of one event to claims: who says it, in what voice, and in what it differs from the others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from assets.events.claims.rows import Claim
from assets.events.events.agree import SUPPOSED, Told, parties_of

_STANCES = {"actual": "asserted", "claimed": "attributed"}


def claims_of(event_id: str, told: Sequence[Told]) -> list[Claim]:
    """One claim a mention, in the order of the mentions."""
    said: dict[str, set[Any]] = {
        "type": {m.plover_type for m in told},
        "actors": {parties for m in told if (parties := parties_of(m))},
        "status": {m.status == "denied" for m in told},
        "date": {m.event_date for m in told if _is_stated(m)},
        "place": {m.place for m in told if m.place},
        "dead": {m.dead for m in told if m.dead is not None},
        "injured": {m.injured for m in told if m.injured is not None},
    }
    return [
        Claim(
            claim_id=m.mention_id,
            event_id=event_id,
            document_id=m.document_id,
            publisher=m.publisher,
            agency=m.agency,
            published=m.published,
            language=m.language,
            stance="attributed" if m.claimed_by and m.status == "actual" else _STANCES.get(m.status, m.status),
            claimed_by=m.claimed_by,
            event_date=m.event_date,
            date_precision=m.date_precision,
            place_name=m.place_name,
            dead=m.dead,
            injured=m.injured,
            differs_in=_differences(m, said),
        )
        for m in told
    ]


def _differences(mention: Told, said: Mapping[str, set[Any]]) -> tuple[str, ...]:
    own = {
        "type": mention.plover_type,
        "actors": parties_of(mention),
        "status": mention.status == "denied",
        "date": mention.event_date if _is_stated(mention) else None,
        "place": mention.place,
        "dead": mention.dead,
        "injured": mention.injured,
    }
    return tuple(name for name, value in own.items() if value is not None and said[name] - {value})


def _is_stated(mention: Told) -> bool:
    return mention.date_precision == "day" and mention.date_basis not in SUPPOSED
