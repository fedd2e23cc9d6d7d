"""The row type of `cleaned.signatures`, and how a signature is packed into it."""

from __future__ import annotations

import sys
from array import array
from dataclasses import dataclass
from typing import Annotated

from assets.table import Table


@dataclass(frozen=True)
class PageSignature:
    """The MinHash signature of one page."""

    document_id: Annotated[str, "Key of `cleaned.documents`"]
    batch: Annotated[str, "Batch of the raw document"]
    version: Annotated[str, "How the signature was made; those of another version cannot be compared"]
    slots: Annotated[bytes, "The signature: unsigned 64-bit numbers, little-endian; empty for a text too short"]


SIGNATURES = Table(
    schema="cleaned",
    name="signatures",
    row_type=PageSignature,
    key=("document_id",),
    comment="One row is the MinHash signature of a page, by which its copies in later batches are recognised",
)


def pack_slots(slots: tuple[int, ...]) -> bytes:
    """A signature as the table keeps it."""
    return _little_endian(array("Q", slots)).tobytes()


def unpack_slots(packed: bytes) -> tuple[int, ...]:
    """The signature that `pack_slots` packed."""
    return tuple(_little_endian(array("Q", packed)))


def _little_endian(numbers: array[int]) -> array[int]:
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers
