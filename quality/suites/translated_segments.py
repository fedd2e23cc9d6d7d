"""What must hold for `translated.segments`: sentences at their offsets, and English that keeps what was said."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from assets.translated.segments.rows import SEGMENTS
from quality.rules import Level, Rule, RuleMaker
from quality.suite import VOLUME, Suite, Surroundings, known_languages, texts_at

_STATUSES = ("source", "translated", "poor", "pending")


def _derive(frame: pl.DataFrame, surroundings: Surroundings) -> pl.DataFrame:
    pages = surroundings.references["pages"]
    texts = dict(zip(pages["document_id"], pages["text"], strict=True))
    found = texts_at(
        texts, frame["document_id"].to_list(), frame["source_start"].to_list(), frame["source_end"].to_list()
    )
    frame = frame.with_columns(pl.Series("text_found", found, pl.String))
    # A sentence that leaves the body is blamed itself, not the one after it.
    end = pl.when(pl.col("text_found").is_not_null()).then("source_end")
    frame = frame.with_columns(
        end.shift(1).over("document_id", order_by="source_start").fill_null(0).alias("end_before"),
        pl.col("position").rank("ordinal").over("document_id").cast(pl.Int64).alias("rank"),
    )
    made = pl.col("status").is_in(["translated", "poor"])
    lengths = pl.col("english_text").str.len_chars() / pl.col("source_text").str.len_chars().clip(1)
    has_words = pl.col("english_text").str.strip_chars().str.len_chars().fill_null(0) > 0
    return frame.with_columns(
        pl.col("document_id").is_in(pages["document_id"].implode()).alias("document_known"),
        pl.col("text_found").is_not_null().alias("in_body"),
        (pl.col("text_found") == pl.col("source_text")).alias("text_at_offsets"),
        (pl.col("position") == pl.col("rank") - 1).alias("numbered_in_order"),
        (pl.col("source_start") >= pl.col("end_before")).alias("after_the_one_before"),
        _status_fits(made, has_words).alias("status_fits"),
        (pl.col("status") == "pending").alias("pending"),
        (pl.col("language") == "und").alias("language_unknown"),
        pl.when(made).then(pl.col("status") == "poor").alias("poor"),
        pl.when(made).then(~pl.col("flags").list.contains("number_lost")).alias("numbers_kept"),
        pl.when(made).then(lengths).alias("length_ratio"),
    )


def _status_fits(made: pl.Expr, has_words: pl.Expr) -> pl.Expr:
    pending = pl.col("english_text").is_null() & pl.col("reason").is_not_null()
    translated = has_words & pl.col("engine").is_not_null() & pl.col("model").is_not_null()
    untouched = pl.col("english_text") == pl.col("source_text")
    return (
        pl.when(pl.col("status") == "pending")
        .then(pending)
        .when(made)
        .then(translated)
        .otherwise((pl.col("status") == "source") & untouched)
    )


def _rules(surroundings: Surroundings) -> Sequence[Rule]:
    limits = surroundings.thresholds.translated.segments
    enough = surroundings.thresholds.general.shares_need_rows
    pages = surroundings.references["pages"].height
    again = (
        "Run the batch again; if it happens again, report the sentences below: cutting into sentences has a defect."
    )
    references = RuleMaker(
        "references", Level.ROW, "Run the batch again from cleaned.documents, so that the tables agree."
    )
    offsets = RuleMaker("offsets", Level.ROW, again)
    offsets_warn = RuleMaker("offsets", Level.WARN, again)
    vocabulary = RuleMaker("vocabulary", Level.ROW, "Report the rows below: the translation stage has a defect.")
    vocabulary_warns = RuleMaker("vocabulary", Level.WARN, "Look at the sentences with language und.")
    coverage = RuleMaker(
        "translation",
        Level.WARN,
        "Events are coded all the same. To translate: the column reason of the pending sentences names the command; "
        "then run the batch again (only pending sentences are translated).",
    )
    faithful = RuleMaker(
        "translation",
        Level.WARN,
        "Look at the sentences with flags (SELECT * FROM translated.segments WHERE len(flags) > 0); "
        "another engine or model may serve this language better.",
    )
    volume = RuleMaker(VOLUME, Level.WARN, "Look at the bodies in cleaned.documents: cut too short, or not prose.")
    shown = ("source_start", "source_end", "source_text")
    rules = [
        references.holds("document_known", "document_id is in cleaned.documents"),
        offsets.holds("in_body", "source_start and source_end lie inside the body, start first", shown),
        offsets.holds("text_at_offsets", "source_text is the body's text at its offsets", shown),
        offsets_warn.holds("numbered_in_order", "positions count up from 0", ("position", *shown)),
        offsets.holds("after_the_one_before", "sentences of a page do not overlap", ("position", *shown)),
        vocabulary.one_of("language", known_languages(), "language is an ISO 639-1 code or und"),
        vocabulary.one_of("status", _STATUSES),
        vocabulary.holds(
            "status_fits", "english_text, engine and reason are as the status says", ("status", "engine", "reason")
        ),
        vocabulary.within("quality", 0, 1),
        vocabulary_warns.share(
            "language_unknown", None, limits.max_unknown_language_share, "the share of unknown languages", enough
        ),
        coverage.share("pending", None, limits.max_pending_share, "the share of sentences without translation"),
        faithful.share("poor", None, limits.max_poor_share, "the share of translations estimated to be bad", enough),
        faithful.share(
            "numbers_kept",
            limits.min_numbers_kept_share,
            None,
            "the share of translations that keep all numbers",
            enough,
        ),
        faithful.share(
            "length_ratio", *limits.length_ratio, "the mean length of the English to the source's", enough
        ),
    ]
    least, most = limits.segments_per_page if pages else (0, None)
    return [*rules, volume.rows("sentences_per_page", least, most, "sentences a page", per=max(pages, 1))]


SUITE = Suite(
    table=SEGMENTS,
    checks={
        "references": "Every sentence belongs to a page that is there",
        "offsets": "Sentences stand in the body at their offsets, in order",
        "vocabulary": "Languages and statuses are known, and the other columns fit the status",
        "translation": "Enough is translated, and the English keeps numbers and length",
    },
    own_rules=_rules,
    derive=_derive,
    references={"pages": "SELECT document_id, text FROM cleaned.documents WHERE batch = $1"},
)
