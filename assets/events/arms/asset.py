"""The assets `events.arms` and `events.unknown_names`: what else a batch's sentences with events tell."""

# ruff: noqa: S608 - names of tables are our own

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Any

import dagster as dg

from assets.batches import BATCHES, ONE_RUN
from assets.events.arms.rows import ARMS, Arms
from assets.events.arms.sentence import read_sentence
from assets.events.mentions.rows import MENTIONS, Mention
from assets.events.unknown_names.rows import UNKNOWN_NAMES, UnknownName
from assets.options import WAREHOUSE_POOL, Options
from assets.parallel import Failure, map_in_processes
from assets.specs import Stopwatch, table_result, table_spec
from assets.steps import each_batch
from assets.translated.segments.rows import SEGMENTS, Segment
from assets.warehouse import Warehouse

_PREVIEW = ("equipment", "supplier_country", "recipient_country", "stage", "quantity", "evidence_text")
Readable = tuple[Segment, list[Mention], date | None]


@dg.multi_asset(
    name="events_arms",
    description="Reads equipment, military cooperation and names that no vocabulary knows off a batch's sentences.",
    specs=[
        table_spec(
            ARMS,
            description="Words for equipment and stages are in the languages' `arms.toml`.",
            code=("events/arms", "vocabulary/*/arms.toml"),
            kinds={"python", "duckdb"},
            deps=[MENTIONS, SEGMENTS],
            stage="arms",
        ),
        table_spec(
            UNKNOWN_NAMES,
            description="What `events.unknown_actors` counts, so that a vocabulary grows from use.",
            code=("events/unknown_names",),
            kinds={"python", "duckdb"},
            deps=[MENTIONS, SEGMENTS],
            stage="arms",
        ),
    ],
    partitions_def=BATCHES,
    backfill_policy=ONE_RUN,
    pool=WAREHOUSE_POOL,
)
def events_arms(
    context: dg.AssetExecutionContext, warehouse: dg.ResourceParam[Warehouse], options: dg.ResourceParam[Options]
) -> Iterator[dg.MaterializeResult[Any]]:
    """Read each batch's sentences again and replace its rows."""
    yield from each_batch(context, lambda batch: _find(batch, warehouse, options, context.log))


def _find(
    batch: str, warehouse: Warehouse, options: Options, log: dg.DagsterLogManager
) -> Iterator[dg.MaterializeResult[Any]]:
    stopwatch = Stopwatch()
    with stopwatch.time("read"):
        items = _read(warehouse, batch)
    arms: dict[str, Arms] = {}
    names: dict[tuple[str, int], UnknownName] = {}
    with stopwatch.time("find"):
        results = map_in_processes(read_sentence, items, workers=options.workers)
        for item, result in zip(items, results, strict=True):
            if isinstance(result, Failure):
                log.error("sentence %s was not read for arms: %s", item[0].segment_id, result.message)
                continue
            arms.update((row.arms_id, row) for row in result[0])
            names.update(((row.document_id, row.name_start), row) for row in result[1])
    frames = {ARMS: ARMS.frame(arms.values()), UNKNOWN_NAMES: UNKNOWN_NAMES.frame(names.values())}
    with stopwatch.time("write"):
        warehouse.replace_batch(batch, frames)
    stages = Counter(row.stage for row in arms.values())
    yield table_result(ARMS, frames[ARMS], stopwatch, preview=_PREVIEW, by_stage=dict(stages.most_common()))
    yield table_result(UNKNOWN_NAMES, frames[UNKNOWN_NAMES], stopwatch)


def _read(warehouse: Warehouse, batch: str) -> list[Readable]:
    mentions: dict[str, list[Mention]] = defaultdict(list)
    rows = warehouse.read(f"SELECT * FROM {MENTIONS.qualified_name} WHERE batch = ? ORDER BY mention_id", [batch])
    for mention in MENTIONS.rows(rows):
        mentions[mention.segment_id].append(mention)
    dates = dict(
        warehouse.read("SELECT document_id, published FROM cleaned.documents WHERE batch = ?", [batch]).rows()
    )
    rows = warehouse.read("SELECT * FROM translated.segments WHERE batch = ? ORDER BY document_id, position", [batch])
    return [(s, mentions[s.segment_id], dates.get(s.document_id)) for s in SEGMENTS.rows(rows)]
