"""The row type of `cleaned.page_lines`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from assets.table import Table


@dataclass(frozen=True)
class PageLines:
    """The lines of one page as hashes; see `cleaned/documents/lines/furniture.py`."""

    document_id: Annotated[str, "Key of `raw.documents`"]
    batch: Annotated[str, "Batch of the raw document"]
    publisher: Annotated[
        str, "What pages of one publisher share: the publisher given with them, their host, or their folder"
    ]
    page: Annotated[
        int, "Hash of the page's address, or of its longest lines where it has none: a page crawled again counts once"
    ]
    copy: Annotated[int, "Hash of the page's longest lines: copies under other addresses count once"]
    lines: Annotated[tuple[int, ...], "Hashes of the lines that are short enough to be furniture, each once"]


PAGE_LINES = Table(
    schema="cleaned",
    name="page_lines",
    row_type=PageLines,
    key=("document_id",),
    comment="One row holds a page's lines as hashes, by which lines that recur on a publisher's pages are known in later batches",
    read_from={
        "document_id batch": "raw.documents.*",
        "publisher": "raw.documents.publisher_hint raw.documents.url raw.documents.source_path",
        "page": "raw.documents.url raw.documents.text",
        "copy lines": "raw.documents.text",
    },
)
