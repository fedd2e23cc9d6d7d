"""What must hold for `events.claims`: each belongs to an event and a mention that are there.

The table has no batches: after a batch's run the claims of its mentions are judged, else the whole table.
"""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from assets.events.claims.rows import CLAIMS
from quality.rules import Level, Rule, RuleMaker
from quality.suite import Suite, Surroundings

STANCES = ("asserted", "attributed", "denied", "planned", "offered", "hypothetical")


def _derive(frame: pl.DataFrame, surroundings: Surroundings) -> pl.DataFrame:
    frame = frame.join(surroundings.references["mentions"], on="claim_id", how="left", maintain_order="left")
    return frame.with_columns(
        (pl.col("event_of_mention") == pl.col("event_id")).fill_null(False).alias("event_of_its_mention"),
        (pl.col("event_date").is_null() == pl.col("date_precision").is_null()).alias("precision_given"),
    )


def _rules(surroundings: Surroundings) -> Sequence[Rule]:
    references = RuleMaker("references", Level.ROW, "Run the batch again, so that claims agree with mentions.")
    complete = RuleMaker("references", Level.BLOCK, "Run the batch again: mentions of events have no claim.")
    values = RuleMaker("values", Level.ROW, "Report the claim: merging mentions has a defect.")
    expected = surroundings.references["expected"].item()
    return [
        references.holds(
            "event_of_its_mention", "its event is that of its mention", ("event_id", "event_of_mention")
        ),
        complete.rows("claims_there", expected, expected, "the number of mentions that have an event"),
        values.one_of("stance", STANCES),
        values.within("dead", 0, None),
        values.within("injured", 0, None),
        values.holds("precision_given", "date_precision is given exactly where event_date is"),
    ]


_OF_BATCH = (
    "claim_id IN (SELECT mention_id FROM events.mentions WHERE event_id IS NOT NULL AND (batch = $1 OR $1 IS NULL))"
)

SUITE = Suite(
    table=CLAIMS,
    checks={
        "references": "Every claim has its event and mention, and every merged mention its claim",
        "values": "Stances, figures and dates are in order",
    },
    own_rules=_rules,
    derive=_derive,
    of_batch=_OF_BATCH,
    references={
        "mentions": "SELECT mention_id AS claim_id, event_id AS event_of_mention FROM events.mentions "
        "WHERE batch = $1 OR $1 IS NULL",
        "expected": "SELECT count(*) FROM events.mentions WHERE event_id IS NOT NULL AND (batch = $1 OR $1 IS NULL)",
    },
)
