"""What must hold for `events.pairs`: mentions and events that are there, joined ones of one event."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from assets.events.pairs.rows import PAIRS
from quality.rules import Level, Rule, RuleMaker
from quality.suite import Suite, Surroundings


def _derive(frame: pl.DataFrame, surroundings: Surroundings) -> pl.DataFrame:
    joined = pl.col("decision") == "joined"
    return frame.with_columns(
        (pl.col("mention_a") < pl.col("mention_b")).alias("in_order"),
        (joined == (pl.col("event_a") == pl.col("event_b"))).alias("decision_followed"),
        (pl.col("reasons").list.len() > 0).alias("reasons_given"),
    )


def _rules(surroundings: Surroundings) -> Sequence[Rule]:
    values = RuleMaker("values", Level.WARN, "Report the pair: merging mentions has a defect.")
    return [
        values.one_of("decision", ("joined", "apart")),
        values.within("probability", 0, 1),
        values.holds("in_order", "mention_a comes before mention_b", ("mention_a", "mention_b")),
        values.holds("decision_followed", "joined mentions are of one event, others of two", ("event_a", "event_b")),
        values.holds("reasons_given", "it has a reason"),
    ]


SUITE = Suite(
    table=PAIRS,
    checks={"values": "Decisions are followed, and have reasons"},
    own_rules=_rules,
    derive=_derive,
    of_batch="event_a IN (SELECT event_id FROM events.mentions WHERE batch = $1)",
)
