"""What must hold for `raw.rejected`: few inputs, each with a reason that a person can act on."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from assets.raw.rejected.rows import REJECTED
from quality.rules import Level, Rule, RuleMaker
from quality.suite import VOLUME, Suite, Surroundings


def _derive(frame: pl.DataFrame, surroundings: Surroundings) -> pl.DataFrame:
    return frame.with_columns((pl.col("message").str.strip_chars().str.len_chars() > 0).alias("message_given"))


def _rules(surroundings: Surroundings) -> Sequence[Rule]:
    limits = surroundings.thresholds.raw.rejected
    accepted = surroundings.references["accepted"].item()
    rejected = surroundings.references["rejected"].item()
    reasons = RuleMaker("reasons", Level.WARN, "Report it: an input was rejected without saying why.")
    volume = RuleMaker(
        VOLUME,
        Level.WARN,
        "Read why (SELECT source_path, message FROM raw.rejected) and mend or remove the files named there.",
    )
    inputs = max(accepted + rejected, 1)
    return [
        reasons.matches("reason", r"^[a-z][a-z0-9_]*$", "reason is a short code"),
        reasons.holds("message_given", "message says what was wrong", ("source_path", "reason", "message")),
        volume.rows(
            "rejected_share", None, limits.max_share, "the share of inputs that could not be read", per=inputs
        ),
    ]


SUITE = Suite(
    table=REJECTED,
    checks={"reasons": "Every rejected input says why it was rejected"},
    own_rules=_rules,
    derive=_derive,
    references={
        "accepted": "SELECT count(*) FROM raw.documents WHERE batch = $1",
        "rejected": "SELECT count(*) FROM raw.rejected WHERE batch = $1",
    },
)
