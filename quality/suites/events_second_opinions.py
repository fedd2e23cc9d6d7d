"""What must hold for `events.second_opinions`: evidence at its offsets, codes of the ontology, usable agreements."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from assets.events.second_opinions.agreement import (
    ACTORS_DIFFER,
    AGREED,
    AGREEMENTS,
    ONLY_RULES,
    TYPE_DIFFERS,
    UNREAD,
)
from assets.events.second_opinions.rows import SECOND_OPINIONS
from quality.rules import Level, Rule, RuleMaker
from quality.suite import Suite, Surroundings, texts_at
from quality.suites.coded import actor_and_type_rules, mode_of_type

_WITH_MENTION = (AGREED, TYPE_DIFFERS, ACTORS_DIFFER, ONLY_RULES)


def _derive(frame: pl.DataFrame, surroundings: Surroundings) -> pl.DataFrame:
    references = surroundings.references
    texts = dict(references["pages"].select("document_id", "text").iter_rows())
    documents, starts, ends = (frame[name].to_list() for name in ("document_id", "evidence_start", "evidence_end"))
    found = pl.Series("found", texts_at(texts, documents, starts, ends), pl.String)
    return frame.with_columns(
        pl.col("segment_id").is_in(references["segments"]["segment_id"].implode()).alias("segment_known"),
        (
            pl.col("mention_id").is_null()
            | pl.col("mention_id").is_in(references["mentions"]["mention_id"].implode())
        ).alias("mention_known"),
        (pl.col("evidence_text").is_null() | (found == pl.col("evidence_text")).fill_null(False)).alias(
            "words_at_offsets"
        ),
        mode_of_type(),
        (pl.col("mention_id").is_not_null() | ~pl.col("agreement").is_in(_WITH_MENTION)).alias("compared_with_one"),
        (pl.col("agreement") == UNREAD).alias("unread"),
    )


def _rules(surroundings: Surroundings) -> Sequence[Rule]:
    limits = surroundings.thresholds.events.second_opinions
    shares_need = surroundings.thresholds.general.shares_need_rows
    references = RuleMaker("references", Level.ROW, "Run the batch again: it was coded anew since it was compared.")
    evidence = RuleMaker("evidence", Level.ROW, "Report the row: verifying the second coder's words has a defect.")
    values = RuleMaker("vocabulary", Level.ROW, "Report the row: reading the second coder's answer has a defect.")
    usable = RuleMaker(
        "answers",
        Level.WARN,
        "The model often gives no usable answer: look at the column rejected, take a stronger model, or set "
        "second_coder to none.",
    )
    return [
        references.holds("segment_known", "segment_id is in translated.segments", ("segment_id",)),
        references.holds("mention_known", "mention_id is in events.mentions", ("mention_id",)),
        evidence.holds("words_at_offsets", "its words stand in the body at its offsets", ("evidence_start",)),
        values.one_of("agreement", AGREEMENTS),
        values.holds("compared_with_one", "what is compared names its mention", ("agreement", "mention_id")),
        *actor_and_type_rules(values),
        usable.share(
            "unread", None, limits.max_unread_share, "the share of sentences without usable answer", shares_need
        ),
    ]


SUITE = Suite(
    table=SECOND_OPINIONS,
    checks={
        "references": "Sentences and mentions that are compared exist",
        "evidence": "Words stand where the offsets say",
        "vocabulary": "Codes are of the ontology, countries of ISO 3166",
        "answers": "The second coder answers in a way that can be used",
    },
    own_rules=_rules,
    derive=_derive,
    references={
        "pages": "SELECT document_id, text FROM cleaned.documents "
        "WHERE document_id IN (SELECT document_id FROM events.second_opinions WHERE batch = $1)",
        "segments": "SELECT segment_id FROM translated.segments WHERE batch = $1",
        "mentions": "SELECT mention_id FROM events.mentions WHERE batch = $1",
    },
)
