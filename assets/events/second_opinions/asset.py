"""The asset `events.second_opinions`: a second coder asked about a batch's sentences, where the settings name one."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

import dagster as dg

from assets.batches import BATCHES, ONE_RUN
from assets.events.mentions.rows import MENTIONS, Mention
from assets.events.second_opinions.agreement import UNREAD, cohens_kappa
from assets.events.second_opinions.available import second_coder
from assets.events.second_opinions.opinions import (
    Sentence,
    by_segment,
    choose,
    compare_again,
    opinions_of,
    root_pairs,
)
from assets.events.second_opinions.rows import SECOND_OPINIONS, SecondOpinion
from assets.events.second_opinions.second_coder import SecondCoder, SecondCoderError
from assets.options import WAREHOUSE_POOL, Options
from assets.progress import Progress
from assets.specs import Stopwatch, table_result, table_spec
from assets.steps import each_batch
from assets.translated.segments.rows import SEGMENTS, Segment
from assets.warehouse import Replace, Warehouse

_SILENT_SHARE = 0.2
_PORTION = 20  # sentences after which what was answered is counted as done
_PREVIEW = ("agreement", "plover_type", "source_country", "target_country", "confidence", "evidence_text")


@dg.multi_asset(
    name="events_second_opinions",
    description="Asks a second, independent coder about a sample of sentences, and compares; off unless set.",
    specs=[
        table_spec(
            SECOND_OPINIONS,
            description=(
                "Where `second_coder` is set, sentences with mentions and a share of the others are read by a "
                "language model with the codebook in its prompt; what it points to must stand in the text. Nothing "
                "of the road waits for it: events are merged from the rules' mentions alone. Answers are kept, so "
                "that no sentence is paid for twice."
            ),
            code=("events/second_opinions", "vocabulary/ontology"),
            kinds={"python", "duckdb", "polars"},
            deps=[MENTIONS, SEGMENTS],
            stage="code",
        )
    ],
    partitions_def=BATCHES,
    backfill_policy=ONE_RUN,
    pool=WAREHOUSE_POOL,
)
def events_second_opinions(
    context: dg.AssetExecutionContext,
    warehouse: dg.ResourceParam[Warehouse],
    options: dg.ResourceParam[Options],
    progress: dg.ResourceParam[Progress],
) -> Iterator[dg.MaterializeResult[Any]]:
    """Ask about each batch's sentences and replace its rows. A coder out of reach is a warning, no failure."""
    yield from each_batch(context, lambda batch: _compare(batch, warehouse, options, progress, context.log))


def _compare(
    batch: str, warehouse: Warehouse, options: Options, progress: Progress, log: dg.DagsterLogManager
) -> Iterator[dg.MaterializeResult[Any]]:
    stopwatch = Stopwatch()
    coder = second_coder(options)
    rows: list[SecondOpinion] = []
    trouble: str | None = None
    types: dict[str, str] = {}
    if coder is not None:
        with stopwatch.time("read"):
            sentences = choose(
                _sentences(warehouse, batch), most=options.second_coder_most, silent_share=_SILENT_SHARE
            )
            types = {m.mention_id: m.plover_type for s in sentences for m in s.mentions}
            earlier = _earlier(warehouse, batch, coder)
        known = [s for s in sentences if s.segment.segment_id in earlier]
        rows = [row for s in known for row in compare_again(s, earlier[s.segment.segment_id])]
        with stopwatch.time("ask"):
            asked, trouble = _ask(coder, [s for s in sentences if s.segment.segment_id not in earlier], progress)
        rows += asked
        if trouble:
            log.warning("the second coder stopped: %s; run the batch again to go on", trouble)
    frame = SECOND_OPINIONS.frame(sorted(rows, key=lambda row: row.opinion_id))
    with stopwatch.time("write"):
        warehouse.write([Replace(SECOND_OPINIONS, frame, "batch = ?", (batch,))])
    kappa = cohens_kappa(root_pairs(rows, types))
    yield table_result(
        SECOND_OPINIONS,
        frame,
        stopwatch,
        preview=_PREVIEW,
        second_coder=coder.name if coder else "none",
        model=coder.model if coder else "",
        sentences=len({row.segment_id for row in rows}),
        agreement=dict(Counter(row.agreement for row in rows).most_common()),
        cohens_kappa=dg.MetadataValue.null() if kappa is None else round(kappa, 3),
        rejected=sum(len(row.rejected) for row in rows),
        trouble=trouble or "",
    )


def _sentences(warehouse: Warehouse, batch: str) -> list[Sentence]:
    mentions: list[Mention] = MENTIONS.rows(
        warehouse.read("SELECT * FROM events.mentions WHERE batch = ? ORDER BY mention_id", [batch])
    )
    published = dict(
        warehouse.read(
            "SELECT document_id, published FROM cleaned.documents "
            "WHERE batch = ? AND published_precision IN ('day', 'minute')",
            [batch],
        ).iter_rows()
    )
    read = by_segment(mentions)
    segments: list[Segment] = SEGMENTS.rows(
        warehouse.read("SELECT * FROM translated.segments WHERE batch = ? ORDER BY segment_id", [batch])
    )
    return [Sentence(s, published.get(s.document_id), batch, read.get(s.segment_id, ())) for s in segments]


def _earlier(warehouse: Warehouse, batch: str, coder: SecondCoder) -> dict[str, list[SecondOpinion]]:
    """What this coder and model answered before, by sentence; what it could not read is asked for again."""
    frame = warehouse.read(
        "SELECT * FROM events.second_opinions WHERE batch = ? AND coder = ? AND model = ? AND agreement <> ? "
        "ORDER BY opinion_id",
        [batch, coder.name, coder.model, UNREAD],
    )
    found: dict[str, list[SecondOpinion]] = defaultdict(list)
    for row in SECOND_OPINIONS.rows(frame):
        found[row.segment_id].append(row)
    return found


def _ask(
    coder: SecondCoder, sentences: Sequence[Sentence], progress: Progress
) -> tuple[list[SecondOpinion], str | None]:
    """The rows of the sentences that were answered, and what stopped the coder, if anything did."""
    rows: list[SecondOpinion] = []
    for start in range(0, len(sentences), _PORTION):
        portion = sentences[start : start + _PORTION]
        try:
            readings = coder.read([sentence.question for sentence in portion])
        except SecondCoderError as error:
            return rows, str(error)
        for sentence, reading in zip(portion, readings, strict=True):
            rows += opinions_of(sentence, reading, coder.name, coder.model)
        progress.advance(start + len(portion), len(sentences))
    return rows, None
