"""From a mention and what a person says of it to a verdict; a judgement that cannot be meant is refused in words."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import pycountry

from assets.review.verdicts.rows import CHOSEN, CORRECTED, DRAWN_FROM, VERDICTS, WRONG, Verdict, verdict_id
from assets.vocabulary.coding import STATUSES
from assets.vocabulary.plover import load_ontology

FIELDS = ("type", "mode", "source", "target", "status")
"""What a correction may name, as the command line and verdict files call it."""


@dataclass(frozen=True)
class JudgedMention:
    """What of a mention a verdict is about."""

    mention_id: str
    segment_id: str
    document_id: str
    language: str
    text: str
    published: date | None
    plover_type: str
    mode: str | None
    source_country: str | None
    target_country: str | None
    status: str
    confidence: float


@dataclass(frozen=True)
class Judgement:
    """What a person says: a verdict, and the fields that should be otherwise (an empty value stands for none)."""

    verdict: str
    corrections: dict[str, str] = field(default_factory=dict)
    note: str | None = None
    drawn_from: str = CHOSEN


def judge(mention: JudgedMention, judgement: Judgement, reviewer: str, now: datetime) -> Verdict:
    """The verdict. Raises ValueError with what is wrong with the judgement and what is allowed."""
    verdict = judgement.verdict.strip().lower()
    if verdict not in VERDICTS:
        raise ValueError(f"{judgement.verdict!r} is no verdict; allowed are {', '.join(VERDICTS)}")
    if judgement.drawn_from not in DRAWN_FROM:
        raise ValueError(f"{judgement.drawn_from!r} is no way of drawing; allowed are {', '.join(DRAWN_FROM)}")
    if not reviewer.strip():
        raise ValueError("a verdict needs the name of its reviewer")
    if judgement.corrections and verdict != CORRECTED:
        raise ValueError(f"fields are given ({', '.join(judgement.corrections)}), so the verdict must be {CORRECTED}")
    right: dict[str, Any] = dict.fromkeys(FIELDS)
    if verdict != WRONG:
        right = _as_coded(mention) | _checked(mention, judgement.corrections)
    if verdict == CORRECTED and right == _as_coded(mention):
        raise ValueError("nothing is corrected: say what type, mode, source, target or status should be, or `right`")
    return Verdict(
        verdict_id=verdict_id(mention.mention_id, reviewer.strip()),
        mention_id=mention.mention_id,
        segment_id=mention.segment_id,
        document_id=mention.document_id,
        language=mention.language,
        text=mention.text,
        published=mention.published,
        plover_type=mention.plover_type,
        mode=mention.mode,
        source_country=mention.source_country,
        target_country=mention.target_country,
        status=mention.status,
        confidence=mention.confidence,
        verdict=verdict,
        right_type=right["type"],
        right_mode=right["mode"],
        right_source_country=right["source"],
        right_target_country=right["target"],
        right_status=right["status"],
        note=(judgement.note or "").strip() or None,
        drawn_from=judgement.drawn_from,
        reviewer=reviewer.strip(),
        decided_at=now,
    )


def _as_coded(mention: JudgedMention) -> dict[str, str | None]:
    return {
        "type": mention.plover_type,
        "mode": mention.mode,
        "source": mention.source_country,
        "target": mention.target_country,
        "status": mention.status,
    }


def _checked(mention: JudgedMention, corrections: dict[str, str]) -> dict[str, str | None]:
    unknown = [name for name in corrections if name not in FIELDS]
    if unknown:
        raise ValueError(f"{', '.join(unknown)} cannot be corrected; allowed are {', '.join(FIELDS)}")
    right: dict[str, str | None] = {name: value.strip() or None for name, value in corrections.items()}
    ontology = load_ontology()
    if "type" in right:
        right["type"] = (right["type"] or "").upper()
        if right["type"] not in ontology.types:
            raise ValueError(
                f"{right['type'] or 'nothing'} is no PLOVER type; allowed are {', '.join(ontology.types)}"
            )
    plover_type = right.get("type") or mention.plover_type
    modes = ontology.types[plover_type].modes
    if right.get("mode") and right["mode"] not in modes:
        raise ValueError(f"{right['mode']} is no mode of {plover_type}; allowed are {', '.join(modes) or 'none'}")
    if "mode" not in right and mention.mode not in modes:
        right["mode"] = None  # the old type's mode goes with the old type
    for role in ("source", "target"):
        if right.get(role):
            right[role] = _country(right[role] or "")
    if "status" in right:
        right["status"] = (right["status"] or "").lower()
        if right["status"] not in STATUSES:
            raise ValueError(f"{right['status'] or 'nothing'} is no status; allowed are {', '.join(STATUSES)}")
    return right


def _country(value: str) -> str:
    """The ISO 3166 alpha-3 code for a code or an English name; XKX is Kosovo's code in common use."""
    if value.upper() == "XKX":
        return "XKX"
    try:
        return str(pycountry.countries.lookup(value).alpha_3)
    except LookupError:
        raise ValueError(f"{value} is no country; give an ISO 3166 alpha-3 code such as MLI, or nothing") from None
