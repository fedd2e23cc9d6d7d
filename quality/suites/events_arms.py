"""What must hold for `events.arms`: words at their offsets, kinds and stages of the vocabulary, two countries."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from assets.events.arms.rows import ARMS
from assets.vocabulary.arms import load_arms_kinds
from quality.rules import Level, Rule, RuleMaker
from quality.suite import Suite, Surroundings, known_countries, texts_at

STAGES = ("offered", "negotiated", "ordered", "delivered", "used", "mentioned")
_MOST = 10_000_000  # of one kind of equipment


def _derive(frame: pl.DataFrame, surroundings: Surroundings) -> pl.DataFrame:
    pages = surroundings.references["pages"]
    texts = dict(zip(pages["document_id"], pages["text"], strict=True))
    documents, starts, ends = (frame[name].to_list() for name in ("document_id", "start", "end"))
    found = pl.Series("found", texts_at(texts, documents, starts, ends), pl.String)
    return frame.with_columns(
        (found == pl.col("equipment_text")).fill_null(False).alias("words_at_offsets"),
        (
            pl.col("supplier_country").is_null() | pl.col("supplier_country").ne_missing(pl.col("recipient_country"))
        ).alias("two_countries"),
        (pl.col("amount").is_null() == pl.col("currency").is_null()).alias("currency_given"),
    )


def _rules(surroundings: Surroundings) -> Sequence[Rule]:
    evidence = RuleMaker("evidence", Level.ROW, "Report the row: reading arms has a defect.")
    values = RuleMaker("values", Level.ROW, "Report the row: reading arms has a defect.")
    return [
        evidence.holds("words_at_offsets", "its words stand in the body at its offsets", ("start", "end")),
        values.one_of("equipment", load_arms_kinds().kinds),
        values.one_of("stage", STAGES),
        values.one_of("supplier_country", known_countries(), "supplier_country is ISO 3166 alpha-3"),
        values.one_of("recipient_country", known_countries(), "recipient_country is ISO 3166 alpha-3"),
        values.holds("two_countries", "supplier and recipient are two", ("supplier_country", "recipient_country")),
        values.within("quantity", 1, _MOST),
        values.within("amount", 0, None),
        values.holds("currency_given", "an amount has its currency", ("amount", "currency")),
    ]


SUITE = Suite(
    table=ARMS,
    checks={
        "evidence": "Words stand where the offsets say",
        "values": "Kinds, stages, countries and figures are in order",
    },
    own_rules=_rules,
    derive=_derive,
    references={
        "pages": "SELECT document_id, text FROM cleaned.documents "
        "WHERE document_id IN (SELECT document_id FROM events.arms WHERE batch = $1)"
    },
)
