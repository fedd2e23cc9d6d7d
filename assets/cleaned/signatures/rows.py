"""The row type of `cleaned.signatures`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from assets.table import Table


@dataclass(frozen=True)
class PageSignature:
    """What a page's near-duplicates are found by; see `cleaned/documents/copies/near_duplicates.py`."""

    document_id: Annotated[str, "Key of `cleaned.documents`"]
    batch: Annotated[str, "Batch of the raw document"]
    version: Annotated[str, "How the signature was made; those of another version are made anew"]
    fingerprint: Annotated[
        int, "The same for texts of the same shingles, that is copies word by word; 0 for a text too short to compare"
    ]
    bands: Annotated[
        tuple[int, ...],
        "Hashes of the bands of the MinHash signature: pages that share one are compared; none for a text too short",
    ]


SIGNATURES = Table(
    schema="cleaned",
    name="signatures",
    row_type=PageSignature,
    key=("document_id",),
    comment="One row is the MinHash signature of a page, by which its copies in any batch are recognised",
    read_from={
        "document_id batch": "raw.documents.*",
        "fingerprint bands": "raw.documents.text",
        "version": "",
    },
)
