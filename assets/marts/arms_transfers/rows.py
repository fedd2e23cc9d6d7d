"""The row type of `marts.arms_transfers`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from assets.table import Table


@dataclass(frozen=True)
class ArmsTransfer:
    """One kind of arms or military help between a supplier and a recipient in a month, at one stage."""

    supplier_country: Annotated[str, "Who gives: ISO 3166 alpha-3, or ??? where no sentence tells"]
    recipient_country: Annotated[str, "Who gets: ISO 3166 alpha-3, or ??? where no sentence tells"]
    equipment: Annotated[str, "Kind of equipment or help"]
    stage: Annotated[str, "offered, negotiated, ordered, delivered or used"]
    period: Annotated[str, "The month, such as 2026-05, or undated where neither sentence nor page tells a day"]
    month: Annotated[date | None, "First day of the month; empty where undated"]
    reports: Annotated[int, "Sentences that tell it"]
    documents: Annotated[int, "Pages that tell it, near-duplicates counted once"]
    publishers: Annotated[int, "Publishers that tell it"]
    quantity_min: Annotated[int | None, "Least number told"]
    quantity_max: Annotated[int | None, "Greatest number told"]
    amounts: Annotated[tuple[str, ...], "Sums of money told, with their currency"]
    languages: Annotated[tuple[str, ...], "Languages it is told in"]
    example: Annotated[str, "One of the sentences"]
    arms_ids: Annotated[tuple[str, ...], "Keys of `events.arms` (at most fifty)"]


ARMS_TRANSFERS = Table(
    schema="marts",
    name="arms_transfers",
    row_type=ArmsTransfer,
    key=("supplier_country", "recipient_country", "equipment", "stage", "period"),
    comment="One row is one kind of arms or military help between two countries in a month, at one stage",
    read_from={
        "supplier_country recipient_country equipment stage": "events.arms.*",
        "period month": "events.arms.event_date",
        "reports arms_ids": "events.arms.arms_id",
        "documents": "events.arms.document_id cleaned.documents.canonical_document_id",
        "publishers": "cleaned.documents.publisher",
        "quantity_min quantity_max": "events.arms.quantity",
        "amounts": "events.arms.amount events.arms.currency",
        "languages": "events.arms.language",
        "example": "events.arms.evidence_text",
    },
)
