"""What must hold for `raw.rejected`: few inputs that could not be read, each with a reason that a person can act on.

What a crawl brings by its nature (images, pages that were not found) is in the table, so that it can be counted, but
says nothing against the batch.
"""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from assets.raw.rejected.rows import PASSED_OVER, REJECTED
from quality.rules import Level, Rule, RuleMaker
from quality.suite import VOLUME, Suite, Surroundings


def _derive(frame: pl.DataFrame, surroundings: Surroundings) -> pl.DataFrame:
    unread = frame.filter(pl.col("reason").is_in(PASSED_OVER).not_()).height
    inputs = max(surroundings.references["read"].item() + unread, 1)
    return frame.with_columns(
        (pl.col("message").str.strip_chars().str.len_chars() > 0).alias("message_given"),
        pl.lit(unread / inputs).alias("rejected_share"),
    )


def _rules(surroundings: Surroundings) -> Sequence[Rule]:
    limits = surroundings.thresholds.raw.rejected
    reasons = RuleMaker("reasons", Level.WARN, "Report it: an input was rejected without saying why.")
    volume = RuleMaker(
        VOLUME,
        Level.WARN,
        "Read why (SELECT source_path, message FROM raw.rejected) and mend or remove the files named there.",
    )
    return [
        reasons.matches("reason", r"^[a-z][a-z0-9_]*$", "reason is a short code"),
        reasons.holds("message_given", "message says what was wrong", ("source_path", "reason", "message")),
        volume.share("rejected_share", None, limits.max_share, "the share of inputs that could not be read"),
    ]


SUITE = Suite(
    table=REJECTED,
    checks={"reasons": "Every rejected input says why it was rejected"},
    own_rules=_rules,
    derive=_derive,
    # Pages seen before were read as well.
    references={
        "read": (
            "SELECT greatest((SELECT count(*) FROM raw.documents WHERE batch = $1), "
            "(SELECT count(*) FROM raw.sightings WHERE batch = $1))"
        )
    },
)
