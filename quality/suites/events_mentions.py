"""What must hold for `events.mentions`: codes of the ontology, dates that can be true, evidence at its offsets."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import polars as pl

from assets.cleaned.spans.rows import SPANS, Span, raw_offsets
from assets.events.mentions.rows import MENTIONS
from quality.rules import Level, Rule, RuleMaker
from quality.suite import VOLUME, Suite, Surroundings, known_languages, texts_at
from quality.suites.coded import HAPPENED, coded_columns, place_rules, vocabulary_rules

_DAYS_IN_YEAR = 365.25


def _derive(frame: pl.DataFrame, surroundings: Surroundings) -> pl.DataFrame:
    references = surroundings.references
    pages = references["pages"]
    texts = dict(zip(pages["document_id"], pages["text"], strict=True))
    documents, starts = frame["document_id"].to_list(), frame["evidence_start"].to_list()
    ends = frame["evidence_end"].to_list()
    frame = frame.join(
        references["segments"], on=["segment_id", "document_id"], how="left", maintain_order="left"
    ).join(
        pages.select("document_id", "published", "received_at", "raw_characters"),
        on="document_id",
        how="left",
        maintain_order="left",
    )
    frame = frame.with_columns(
        pl.Series("evidence_found", texts_at(texts, documents, starts, ends), pl.String),
        pl.Series("actors_grounded", _actors_grounded(frame, texts), pl.Float64),
        pl.Series("traced", _traced(frame, references["spans"]), pl.Boolean),
    )
    return frame.with_columns(
        pl.col("document_id").is_in(pages["document_id"].implode()).alias("document_known"),
        pl.col("segment_start").is_not_null().alias("segment_known"),
        pl.col("evidence_found").is_not_null().alias("evidence_in_body"),
        (pl.col("evidence_found") == pl.col("evidence_text")).alias("evidence_at_offsets"),
        (
            (pl.col("evidence_start") < pl.col("segment_end")) & (pl.col("evidence_end") > pl.col("segment_start"))
        ).alias("evidence_in_segment"),
        (
            (pl.col("raw_start") >= 0)
            & (pl.col("raw_start") < pl.col("raw_end"))
            & (pl.col("raw_end") <= pl.col("raw_characters"))
        ).alias("in_raw_text"),
        *_date_columns(surroundings),
        *coded_columns(),
    )


def _date_columns(surroundings: Surroundings) -> list[pl.Expr]:
    limits = surroundings.thresholds.events.mentions
    day, basis = pl.col("event_date"), pl.col("date_basis")
    received = pl.col("received_at").dt.date()
    years_ahead = (day - received).dt.total_days() / _DAYS_IN_YEAR
    years_off = (day - pl.coalesce("published", received)).dt.total_days().abs() / _DAYS_IN_YEAR
    happened = pl.col("status").is_in(HAPPENED)
    ahead = pl.when(happened).then(day > received + timedelta(days=1)).otherwise(years_ahead > limits.max_years_ahead)
    near = pl.when(basis == "stated").then(day >= limits.earliest_event)
    return [
        (day.is_null() | ~ahead).alias("not_ahead_of_its_time"),
        (day.is_null() | near.otherwise(years_off <= limits.max_years_from_publication)).alias("dated_plausibly"),
        (day.is_null() == (basis == "none")).alias("basis_given"),
    ]


def _actors_grounded(frame: pl.DataFrame, texts: dict[str, str]) -> list[float | None]:
    """For each mention the share of its actors whose words stand in the body, or None where it names none."""
    shares: list[float | None] = []
    for document, *actors in frame.select("document_id", "source_text", "target_text").iter_rows():
        named = [actor for actor in actors if actor]
        text = texts.get(document, "")
        shares.append(sum(actor in text for actor in named) / len(named) if named else None)
    return shares


def _traced(frame: pl.DataFrame, span_frame: pl.DataFrame) -> list[bool]:
    """Whether the page's spans lead from the evidence in the body to the mention's raw offsets."""
    spans: dict[str, list[Span]] = {}
    for span in SPANS.rows(span_frame):
        spans.setdefault(span.document_id, []).append(span)
    columns = ("document_id", "evidence_start", "evidence_end", "raw_start", "raw_end")
    traced = []
    for document, start, end, raw_start, raw_end in frame.select(columns).iter_rows():
        try:
            traced.append(raw_offsets(spans.get(document, ()), start, end) == (raw_start, raw_end))
        except (ValueError, TypeError):
            traced.append(False)
    return traced


def _rules(surroundings: Surroundings) -> Sequence[Rule]:
    limits = surroundings.thresholds.events.mentions
    enough = surroundings.thresholds.general.shares_need_rows
    pages = surroundings.references["pages"].height
    references = RuleMaker(
        "references", Level.ROW, "Run the batch again from cleaned.documents, so that the tables agree."
    )
    defect = "Report the sentence in evidence_text with what is wrong: the event coder or a vocabulary has a defect."
    offsets = RuleMaker(
        "offsets",
        Level.ROW,
        "Run the batch again from cleaned.documents; if it happens again, report the rows below.",
    )
    vocabulary = RuleMaker("vocabulary", Level.ROW, defect)
    dates = RuleMaker(
        "dates",
        Level.ROW,
        "Look at evidence_text and at the page's publication date: a wrong date of the page misdates its events. "
        + defect,
    )
    dates_warn = RuleMaker(
        "dates", Level.WARN, "Give publication dates beside the documents: most events are dated by them."
    )
    actors = RuleMaker(
        "actors",
        Level.WARN,
        "Look at their source_text and target_text; names that are missing go into actors.toml of the language.",
    )
    volume = RuleMaker(
        VOLUME,
        Level.WARN,
        "Very few events: pages of other topics, or a language without vocabulary. "
        "Very many: furniture left in the bodies, or patterns that match too much.",
    )
    dated = ("event_date", "date_basis", "status", "published", "evidence_text")
    evidence = ("evidence_start", "evidence_end", "evidence_text")
    rules = [
        references.holds("document_known", "document_id is in cleaned.documents"),
        references.holds("segment_known", "segment_id is a sentence of the same page", ("segment_id",)),
        offsets.holds(
            "evidence_in_body", "evidence_start and evidence_end lie inside the body, start first", evidence
        ),
        offsets.holds("evidence_at_offsets", "evidence_text is the body's text at its offsets", evidence),
        offsets.holds("evidence_in_segment", "the evidence lies in its sentence", evidence),
        offsets.holds("in_raw_text", "raw_start and raw_end lie inside the raw text", ("raw_start", "raw_end")),
        offsets.holds(
            "traced", "the spans lead from the evidence to raw_start and raw_end", (*evidence, "raw_start", "raw_end")
        ),
        vocabulary.one_of("language", known_languages(), "language is an ISO 639-1 code or und"),
        *vocabulary_rules(vocabulary),
        *place_rules(vocabulary),
        vocabulary.within("dead", 0, limits.max_casualties),
        vocabulary.within("injured", 0, limits.max_casualties),
        vocabulary.within("size", 0, None),
        vocabulary.within("amount", 0, None),
        dates.one_of("date_precision", ("day", "month", "year")),
        dates.one_of("date_basis", ("stated", "relative", "lead", "publication", "none")),
        dates.holds("precision_given", "date_precision is given exactly where event_date is", dated),
        dates.holds("basis_given", "date_basis is none exactly where event_date is null", dated),
        dates.holds("not_ahead_of_its_time", "what is told as past is not dated after the day of receipt", dated),
        dates.holds("dated_plausibly", "a date that the text does not state is near the publication", dated),
        dates_warn.share("undated", None, limits.max_undated_share, "the share of undated mentions", enough),
        actors.share(
            "actors_unknown", None, limits.max_unknown_actors_share, "the share without any country", enough
        ),
        actors.share(
            "actors_grounded",
            limits.min_grounded_actors_share,
            None,
            "the share of actors whose words are in the body",
            enough,
        ),
    ]
    least, most = limits.events_per_page if pages >= enough else (0, None)
    return [*rules, volume.rows("events_per_page", least, most, "events a page", per=max(pages, 1))]


SUITE = Suite(
    table=MENTIONS,
    checks={
        "references": "Every mention belongs to a page and a sentence that are there",
        "offsets": "Evidence stands in the body at its offsets, and the spans lead from there to the raw text",
        "vocabulary": "Types, modes, contexts, codes, countries, sectors and statuses are of their vocabularies",
        "dates": "Event dates can be true, and say how they were found",
        "actors": "Enough actors are known, and stand in the text",
    },
    own_rules=_rules,
    derive=_derive,
    references={
        "pages": (
            "SELECT document_id, cleaned.text, published, received_at, "
            "CAST(length(raw.text) AS BIGINT) AS raw_characters "
            "FROM cleaned.documents AS cleaned JOIN raw.documents AS raw USING (document_id) WHERE cleaned.batch = $1"
        ),
        "segments": (
            "SELECT segment_id, document_id, source_start AS segment_start, source_end AS segment_end "
            "FROM translated.segments WHERE batch = $1"
        ),
        "spans": (
            "SELECT * FROM cleaned.spans WHERE batch = $1 AND document_id IN "
            "(SELECT document_id FROM events.mentions WHERE batch = $1) ORDER BY document_id, position"
        ),
    },
)
