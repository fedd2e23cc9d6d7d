"""What must hold for `raw.documents`: bytes as hashed, decoded sensibly, of a size that a page can have."""

from __future__ import annotations

import codecs
from collections.abc import Sequence
from datetime import timedelta

import polars as pl

from assets.raw.documents.rows import DOCUMENTS
from quality.rules import Level, Rule, RuleMaker
from quality.suite import Suite, Surroundings

_RELATIVE_PATH = r"^(?!/)(?![A-Za-z]:)(?!(?:.*/)?\.\.(?:/|$)).+"


def _derive(frame: pl.DataFrame, surroundings: Surroundings) -> pl.DataFrame:
    known = [name for name in frame["encoding"].unique().drop_nulls() if _is_encoding(name)]
    characters = pl.col("text").str.len_chars().cast(pl.Int64)
    return frame.with_columns(
        characters.alias("characters"),
        (pl.col("text").str.count_matches("\ufffd", literal=True) / characters.clip(1)).alias("replacement_share"),
        pl.col("encoding").is_in(known).alias("encoding_known"),
        pl.col("hint_end").is_between(0, characters).alias("hint_inside"),
        (pl.col("received_at") <= surroundings.now + timedelta(days=1)).alias("received_by_now"),
    )


def _rules(surroundings: Surroundings) -> Sequence[Rule]:
    limits = surroundings.thresholds.raw.documents
    content = RuleMaker(
        "content",
        Level.ROW,
        "Look at the file named by source_path: it is damaged, binary, or in an encoding that was not recognised. "
        "Mend or remove it; the next run takes the mended file in as a new version.",
    )
    origin = RuleMaker("origin", Level.ROW, "Look at how intake recorded the file, and at the clock of this machine.")
    return [
        content.holds("sha256_matches", "sha256 is that of content", ("source_path", "sha256")),
        content.within("characters", limits.min_characters, limits.max_characters, name="length"),
        content.within(
            "replacement_share", None, limits.max_replacement_share, "the share of undecodable characters is low"
        ),
        content.one_of("media_type", ("text/plain", "text/html")),
        content.holds("encoding_known", "encoding is one that Python can decode", ("source_path", "encoding")),
        content.holds("hint_inside", "hint_end lies inside the text", ("source_path", "hint_end")),
        origin.matches("source_path", _RELATIVE_PATH, "source_path is relative and stays inside the corpus"),
        origin.holds("received_by_now", "received_at is not in the future", ("source_path", "received_at")),
    ]


def _is_encoding(name: str) -> bool:
    try:
        codecs.lookup(name)
    except (LookupError, ValueError):
        return False
    return True


SUITE = Suite(
    table=DOCUMENTS,
    checks={
        "content": "Content is what its hash says, and reads as text of a sensible length",
        "origin": "Where and when the document was received is told in a way that can be true",
    },
    own_rules=_rules,
    derive=_derive,
    # The bytes stay in the warehouse: their hash is compared there, and only their number is read.
    columns="* REPLACE (octet_length(content) AS content), sha256(content) = lower(sha256) AS sha256_matches",
)
