"""The row type of `cleaned.spans`, and the walk from body offsets back to raw offsets."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

from assets.table import Table


@dataclass(frozen=True)
class Span:
    """A run of body characters that stands unbroken in the raw text, character for character.

    In plain text a paragraph is usually one run; in HTML it breaks where a tag or an entity stands between.
    """

    document_id: Annotated[str, "Key of `cleaned.documents`"]
    position: Annotated[int, "Number of the run in the body, from 0"]
    batch: Annotated[str, "Batch of the raw document"]
    paragraph: Annotated[int, "Number of the paragraph the run belongs to, from 0"]
    start: Annotated[int, "First character of the run in the body"]
    end: Annotated[int, "Character after the run in the body (half-open)"]
    raw_start: Annotated[int, "First character of the run in `raw.documents.text`"]
    raw_end: Annotated[int, "Character after the run in `raw.documents.text` (half-open)"]


SPANS = Table(
    schema="cleaned",
    name="spans",
    row_type=Span,
    key=("document_id", "position"),
    comment="One row is a run of body characters and where it stands in the raw text",
    read_from={
        "document_id batch": "raw.documents.*",
        "position paragraph start end raw_start raw_end": "raw.documents.text",
    },
)


def raw_offsets(spans: Sequence[Span], start: int, end: int) -> tuple[int, int]:
    """Where the body characters ``[start, end)`` stand in the raw text, as half-open offsets.

    `spans` are those of one document in order of `position`. An entity stands for one body character over several
    raw ones, so a run of one body character may be longer in the raw text.
    Raises ValueError if no run touches the range.
    """
    starts = [span.start for span in spans]
    first = max(bisect_right(starts, start) - 1, 0)
    touching = [span for span in spans[first:] if span.start < end and span.end > start]
    if not touching:
        raise ValueError(f"no span covers the body characters {start} to {end}")
    head, tail = touching[0], touching[-1]
    raw_start = head.raw_start + max(start - head.start, 0)
    raw_end = tail.raw_end - max(tail.end - end, 0)
    return raw_start, raw_end
