"""The row type of `raw.superseded`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from assets.raw.documents.rows import RawDocument
from assets.table import Table


@dataclass(frozen=True, kw_only=True)
class SupersededDocument(RawDocument):
    """A document that no file of the corpus holds any more, because its file was changed."""

    superseded_by: Annotated[str, "The batch whose newer version of the file replaced it"]
    superseded_at: Annotated[datetime, "When it was replaced (UTC)"]


SUPERSEDED = Table(
    schema="raw",
    name="superseded",
    row_type=SupersededDocument,
    key=("document_id", "superseded_at"),
    comment="One row is a document whose file now says something else, kept as it was received",
)
