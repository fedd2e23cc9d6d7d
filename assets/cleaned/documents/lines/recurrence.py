"""How often the lines of a batch's pages stand on their publishers' earlier pages, as the warehouse has it.

What is made of it is in `furniture.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import polars as pl

from assets.cleaned.documents.lines.furniture import KeyedPage, Recurrence

# A publisher's pages of earlier batches that are looked at: enough to tell, few enough to follow a site's new layout.
_LATEST_PAGES = 200

_LATEST = f"""
WITH latest AS (
    SELECT publisher, page, copy, lines FROM cleaned.page_lines
    WHERE batch < $1 AND publisher IN (SELECT unnest($2::VARCHAR[]))
    QUALIFY row_number() OVER (PARTITION BY publisher ORDER BY batch DESC, document_id) <= {_LATEST_PAGES}
)
"""  # noqa: S608 - made of constants
_COUNT_PAGES = """
SELECT publisher, least(count(DISTINCT page), count(DISTINCT copy)) AS pages FROM latest GROUP BY publisher
"""
_COUNT_LINES = """
SELECT publisher, line, least(count(DISTINCT page), count(DISTINCT copy)) AS pages
FROM (SELECT publisher, page, copy, unnest(lines) AS line FROM latest)
SEMI JOIN (SELECT unnest($3::BIGINT[]) AS line) AS wanted USING (line)
GROUP BY publisher, line
"""


def recurrence_before(
    read: Callable[[str, Sequence[Any]], pl.DataFrame], batch: str, pages: Sequence[KeyedPage]
) -> Recurrence:
    """What the warehouse knows from earlier batches of the publishers and lines of a batch's pages."""
    publishers = sorted({page.row.publisher for page in pages})
    lines = sorted({line for page in pages for line in page.row.lines})
    totals = read(f"{_LATEST} {_COUNT_PAGES}", [batch, publishers])
    counts = read(f"{_LATEST} {_COUNT_LINES}", [batch, publishers, lines])
    return Recurrence(
        dict(totals.iter_rows()), {(publisher, line): count for publisher, line, count in counts.iter_rows()}
    )
