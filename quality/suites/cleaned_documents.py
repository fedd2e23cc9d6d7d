"""What must hold for `cleaned.documents`: a body of sensible length, a date that can be true, a known language."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import polars as pl

from assets.cleaned.documents.rows import DOCUMENTS
from quality.rules import Level, Rule, RuleMaker
from quality.suite import VOLUME, Suite, Surroundings, known_languages

_MARKUP = r"(?i)<(?:/?(?:p|div|span|a|img|script|style|table|tr|td|li|ul|br|iframe|figure|meta|link)\b[^>\n]*|!--)"


def _derive(frame: pl.DataFrame, surroundings: Surroundings) -> pl.DataFrame:
    limits = surroundings.thresholds.cleaned.documents
    references = surroundings.references
    known = references["canonical"]["document_id"]
    received = references["raw"].select("document_id", "received_at", pl.lit(True).alias("document_known"))
    frame = frame.join(received, on="document_id", how="left", maintain_order="left")
    frame = frame.join(references["traced"], on="document_id", how="left", maintain_order="left")
    body = pl.col("text")
    characters = body.str.len_chars().cast(pl.Int64)
    breaks = body.str.count_matches("\n", literal=True).cast(pl.Int64)
    dated = pl.col("published").is_not_null()
    tomorrow = pl.col("received_at").dt.date() + timedelta(days=1)
    return frame.with_columns(
        characters.alias("body_characters"),
        (characters < limits.short_body_characters).alias("short_body"),
        (~body.str.contains(_MARKUP)).alias("free_of_markup"),
        (~body.str.contains(r"(?:^|\n)\s*(?:\n|$)")).alias("paragraphs_whole"),
        pl.col("canonical_document_id").is_in(known.implode()).alias("canonical_known"),
        (pl.col("canonical_document_id") != pl.col("document_id")).alias("duplicate"),
        (pl.col("traced_characters").fill_null(0) / (characters - breaks).clip(1)).clip(0, 1).alias("traced_share"),
        (~dated | pl.col("published").is_between(limits.earliest_published, tomorrow)).alias("published_plausibly"),
        (dated == pl.col("published_precision").is_not_null()).alias("precision_given"),
        (dated != pl.col("published_basis").str.starts_with("none")).alias("basis_given"),
        _date_fits_precision().alias("date_fits_precision"),
        (~dated).alias("undated"),
        (pl.col("language") == "und").alias("language_unknown"),
        _paragraph_languages_fit().alias("paragraph_languages_fit"),
        mix_shift(frame, surroundings, "language").alias("language_shift"),
        mix_shift(frame, surroundings, "publisher").alias("publisher_shift"),
    )


def _paragraph_languages_fit() -> pl.Expr:
    """Whether there is a known code for each paragraph; pages of earlier versions have none for any."""
    told, body = pl.col("paragraph_languages"), pl.col("text")
    paragraphs = pl.when(body == "").then(0).otherwise(body.str.count_matches("\n", literal=True) + 1)
    known = told.list.eval(pl.element().is_in(sorted(known_languages()))).list.all()
    return (told.list.len() == 0) | ((told.list.len() == paragraphs) & known)


def _date_fits_precision() -> pl.Expr:
    precision, published = pl.col("published_precision"), pl.col("published")
    first_of_month = published.dt.day() == 1
    first_of_year = first_of_month & (published.dt.month() == 1)
    fits = pl.when(precision == "year").then(first_of_year).when(precision == "month").then(first_of_month)
    return fits.otherwise(True)


def mix_shift(frame: pl.DataFrame, surroundings: Surroundings, column: str) -> pl.Expr:
    """How far the batch's mix of `column` is from that of the batches before: total variation distance, 0 to 1.

    It is the share of pages that would have to be of another kind to make the mixes equal. Null where there are too
    few batches before.
    """
    general = surroundings.thresholds.general
    before = surroundings.references["mix"]
    batches = before["batch"].unique().sort(descending=True)[: general.history_batches]
    if batches.len() < general.history_needs_batches or not frame.height:
        return pl.lit(None, pl.Float64)
    then = before.filter(pl.col("batch").is_in(batches.implode())).group_by(column).agg(pl.col("pages").sum())
    now = frame.group_by(column).agg(pl.len().alias("pages_now"))
    both = now.join(then, on=column, how="full", nulls_equal=True).select(
        (pl.col("pages_now").fill_null(0) / frame.height - pl.col("pages").fill_null(0) / then["pages"].sum()).abs()
    )
    return pl.lit(both.to_series().sum() / 2, pl.Float64)


def _rules(surroundings: Surroundings) -> Sequence[Rule]:
    limits = surroundings.thresholds.cleaned.documents
    enough = surroundings.thresholds.general.shares_need_rows
    pages = surroundings.references["raw"].height
    references = RuleMaker(
        "references", Level.ROW, "Run the batch again from raw.documents, so that both tables agree."
    )
    body = RuleMaker(
        "body",
        Level.ROW,
        "Compare the page with what was cut away: SELECT * FROM cleaned.dropped_lines WHERE document_id = '…'. "
        "An empty page can be left where it is; a story cut away is a defect of cleaning to report.",
    )
    body_warns = RuleMaker("body", Level.WARN, body.remedy)
    dates = RuleMaker(
        "dates",
        Level.ROW,
        "See published_basis for where the date was read; give the right date beside the document "
        "(a date field, or a hint line) if the page's own is wrong.",
    )
    dates_warn = RuleMaker(
        "dates",
        Level.WARN,
        "Read why (SELECT published_basis, count(*) FROM documents WHERE published IS NULL GROUP BY ALL) and give "
        "right dates beside the documents where the pages do not state them.",
    )
    language = RuleMaker(
        "language", Level.ROW, "Report the page: its language was told as something that is no language."
    )
    language_warns = RuleMaker(
        "language", Level.WARN, "Look at the pages with language und: too short, mixed, or no prose."
    )
    duplicates = RuleMaker(
        "duplicates",
        Level.WARN,
        "Look whether one crawl was delivered twice; copies count once in independent_publisher_count.",
    )
    drift = RuleMaker(
        "drift",
        Level.WARN,
        "Look whether a crawl lost or gained a source: SELECT publisher, language, count(*) FROM documents "
        "WHERE batch = '…' GROUP BY ALL. If it is meant, the next batches make it the rule.",
    )
    volume = RuleMaker(VOLUME, Level.WARN, "Run the batch again: raw documents are missing from cleaned.documents.")
    shown = ("url", "published", "published_precision", "published_basis")
    return [
        references.holds("document_known", "document_id is in raw.documents"),
        references.holds(
            "canonical_known", "canonical_document_id is in cleaned.documents", ("canonical_document_id",)
        ),
        body.within("body_characters", limits.min_body_characters, limits.max_body_characters, name="length"),
        body.within("traced_share", limits.min_traced_share, None, "the body can be walked back to the raw text"),
        body.within("dropped_share", 0, 1),
        body_warns.holds("free_of_markup", "the body holds no HTML tags", ("title",)),
        body_warns.holds("paragraphs_whole", "no paragraph of the body is blank", ("title",)),
        body_warns.share("short_body", None, limits.max_short_share, "the share of short bodies", enough),
        body_warns.share(
            "mojibake", None, limits.max_mojibake_share, "the share of bodies with signs of a wrong decoding", enough
        ),
        body_warns.share(
            "dropped_share", None, limits.max_mean_dropped_share, "the mean share cut away", enough
        ).named("mean_dropped"),
        dates.holds("published_plausibly", "published is neither long past nor after the day of receipt", shown),
        dates.one_of("published_precision", ("year", "month", "day", "minute")),
        dates.holds("precision_given", "published_precision is given exactly where published is", shown),
        dates.holds("basis_given", "published_basis begins with none exactly where published is null", shown),
        dates.holds("date_fits_precision", "a year or month is given as its first day", shown),
        dates_warn.share("undated", None, limits.max_undated_share, "the share of undated pages", enough),
        language.one_of("language", known_languages(), "language is an ISO 639-1 code or und"),
        language.holds(
            "paragraph_languages_fit", "each paragraph has an ISO 639-1 code or und", ("paragraph_languages",)
        ),
        language_warns.share(
            "language_unknown", None, limits.max_unknown_language_share, "the share of unknown languages", enough
        ),
        duplicates.share("duplicate", None, limits.max_duplicate_share, "the share of near-duplicates", enough),
        drift.share("language_shift", None, limits.max_language_shift, "the shift of the mix of languages", enough),
        drift.share(
            "publisher_shift", None, limits.max_publisher_shift, "the shift of the mix of publishers", enough
        ),
        volume.rows("pages_cleaned", min(pages, 1), None, "rows for every raw document", per=max(pages, 1)),
    ]


SUITE = Suite(
    table=DOCUMENTS,
    checks={
        "references": "Every page comes from a raw document, and its cluster's representative exists",
        "body": "Bodies are of sensible length, free of markup and mojibake, and can be walked back to the raw text",
        "dates": "Publication dates can be true and say how they were found",
        "language": "Languages are known codes",
        "drift": "The mix of languages and publishers is like that of the batches before",
        "duplicates": "Not too much of the batch is near-copies",
    },
    own_rules=_rules,
    derive=_derive,
    references={
        "raw": (
            "SELECT document_id, received_at FROM raw.documents WHERE batch = $1 AND document_id NOT IN "
            "(SELECT document_id FROM quarantine.cleaned_documents WHERE batch = $1 AND document_id NOT IN "
            "(SELECT document_id FROM cleaned.documents WHERE batch = $1))"
        ),
        "canonical": (
            "SELECT document_id FROM cleaned.documents WHERE document_id IN "
            "(SELECT canonical_document_id FROM cleaned.documents WHERE batch = $1)"
        ),
        "mix": (
            "SELECT batch, language, publisher, count(*) AS pages FROM cleaned.documents WHERE batch IN ("
            "SELECT DISTINCT batch FROM cleaned.documents WHERE batch < $1 ORDER BY batch DESC LIMIT 1000"
            ") GROUP BY ALL"
        ),
        "traced": (
            'SELECT document_id, CAST(sum("end" - start) AS BIGINT) AS traced_characters '
            "FROM cleaned.spans WHERE batch = $1 GROUP BY document_id"
        ),
    },
)
