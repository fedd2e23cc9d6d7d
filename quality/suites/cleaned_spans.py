"""What must hold for `cleaned.spans`: every run of body characters stands at its place in the raw text.

Offsets are what evidence is traced by, so a page with one wrong span goes to quarantine whole.
"""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from assets.cleaned.spans.rows import SPANS
from quality.rules import Level, Rule, RuleMaker
from quality.suite import Suite, Surroundings, texts_at


def _derive(frame: pl.DataFrame, surroundings: Surroundings) -> pl.DataFrame:
    pages = surroundings.references["pages"]
    bodies = dict(zip(pages["document_id"], pages["body"], strict=True))
    raw_texts = dict(zip(pages["document_id"], pages["raw"], strict=True))
    documents = frame["document_id"].to_list()
    in_body = texts_at(bodies, documents, frame["start"].to_list(), frame["end"].to_list())
    in_raw = texts_at(raw_texts, documents, frame["raw_start"].to_list(), frame["raw_end"].to_list())
    frame = frame.with_columns(pl.Series("in_body", [text is not None for text in in_body], pl.Boolean))
    # A span that leaves the body is blamed itself, not the one after it.
    end = pl.when("in_body").then("end")
    ordered = frame.select(
        pl.col("position").rank("ordinal").over("document_id").cast(pl.Int64).alias("rank"),
        end.shift(1).over("document_id", order_by="start").fill_null(0).alias("end_before"),
    )
    return frame.with_columns(
        pl.col("document_id").is_in(pages["document_id"].implode()).alias("document_known"),
        pl.Series("in_raw_text", [text is not None for text in in_raw], pl.Boolean),
        pl.Series("same_characters", [_same(*pair) for pair in zip(in_body, in_raw, strict=True)], pl.Boolean),
        (pl.col("position") == ordered["rank"] - 1).alias("numbered_in_order"),
        (pl.col("start") >= ordered["end_before"]).alias("after_the_one_before"),
    )


def _same(body: str | None, raw: str | None) -> bool:
    """Alike character for character; an entity may stand for one body character over several raw ones."""
    if body is None or raw is None:
        return False
    return body == raw or len(body) == 1 < len(raw)


def _rules(surroundings: Surroundings) -> Sequence[Rule]:
    remedy = (
        "The pages of these spans went to quarantine whole, since nothing read from them could be traced. "
        "Run the batch again; if it happens again, report the page named by document_id: cleaning has a defect."
    )
    references = RuleMaker(
        "references", Level.ROW, "Run the batch again from raw.documents, so that the tables agree."
    )
    offsets = RuleMaker("offsets", Level.ROW, remedy)
    shown = ("start", "end", "raw_start", "raw_end")
    return [
        references.holds("document_known", "document_id is in cleaned.documents and raw.documents"),
        offsets.holds("in_body", "start and end lie inside the body, start first", shown),
        offsets.holds("in_raw_text", "raw_start and raw_end lie inside the raw text, raw_start first", shown),
        offsets.holds("same_characters", "the raw text at the span is the body's text there", shown),
        offsets.holds("numbered_in_order", "positions count up from 0", shown),
        offsets.holds("after_the_one_before", "spans of a page do not overlap", shown),
    ]


SUITE = Suite(
    table=SPANS,
    checks={
        "references": "Every span belongs to a page that is there",
        "offsets": "Spans lie inside both texts, in order, and hold the same characters in each",
    },
    own_rules=_rules,
    derive=_derive,
    references={
        "pages": (
            "SELECT document_id, cleaned.text AS body, raw.text AS raw FROM cleaned.documents AS cleaned "
            "JOIN raw.documents AS raw USING (document_id) WHERE cleaned.batch = $1"
        )
    },
)
