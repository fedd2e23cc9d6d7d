"""The row type of `review.verdicts`."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated

from assets.table import Table

RIGHT, WRONG, CORRECTED = "right", "wrong", "corrected"
VERDICTS = (RIGHT, WRONG, CORRECTED)
SAMPLE, CHOSEN = "sample", "chosen"
DRAWN_FROM = (SAMPLE, "disagreements", "unsure", CHOSEN)


@dataclass(frozen=True)
class Verdict:
    """What a person says of one mention. The mention is kept as it was judged: it may be coded otherwise by now."""

    verdict_id: Annotated[str, "Hash of mention and reviewer: a reviewer's later verdict replaces the earlier"]
    mention_id: Annotated[str, "The mention that was judged; key of `events.mentions` while it is coded so"]
    segment_id: Annotated[str, "The sentence it was read from; key of `translated.segments` while the page is there"]
    document_id: Annotated[str, "The page; key of `cleaned.documents` while it is there"]
    language: Annotated[str, "ISO 639-1 code of the sentence"]
    text: Annotated[str, "The sentence"]
    published: Annotated[date | None, "Day the page was published, for relative dates"]
    plover_type: Annotated[str, "PLOVER type as it was coded"]
    mode: Annotated[str | None, "PLOVER mode as it was coded"]
    source_country: Annotated[str | None, "Source as it was coded: ISO 3166 alpha-3"]
    target_country: Annotated[str | None, "Target as it was coded: ISO 3166 alpha-3"]
    status: Annotated[str, "Status as it was coded"]
    confidence: Annotated[float, "Confidence as it was coded, 0 to 1"]
    verdict: Annotated[
        str, "right (every field), wrong (there is no such event) or corrected (an event, coded wrongly)"
    ]
    right_type: Annotated[str | None, "PLOVER type as it should be; null where wrong"]
    right_mode: Annotated[str | None, "PLOVER mode as it should be; null where there is none, or wrong"]
    right_source_country: Annotated[str | None, "Source as it should be: ISO 3166 alpha-3, or null"]
    right_target_country: Annotated[str | None, "Target as it should be: ISO 3166 alpha-3, or null"]
    right_status: Annotated[str | None, "Status as it should be; null where wrong"]
    note: Annotated[str | None, "What the reviewer remarked"]
    drawn_from: Annotated[
        str, "How the mention came to be judged: sample (drawn evenly), disagreements, unsure, or chosen by a person"
    ]
    reviewer: Annotated[str, "Who judged"]
    decided_at: Annotated[datetime, "When (UTC)"]


VERDICT_TABLE = Table(
    schema="review",
    name="verdicts",
    row_type=Verdict,
    key=("verdict_id",),
    comment="One row is one person's verdict on one mention; kept when the page is coded again or leaves",
)


def verdict_id(mention_id: str, reviewer: str) -> str:
    """The key of a reviewer's verdict on a mention."""
    return hashlib.sha256(f"{mention_id}\x1f{reviewer}".encode()).hexdigest()[:32]
