"""What must hold for `events.events`: counts that agree with the mentions, codes of the ontology, dates in order.

The table has no batches: after a batch's run the events that its mentions tell of are judged (and those that
none tells of), else the whole table.
"""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from assets.events.events.rows import EVENTS
from quality.rules import Level, Rule, RuleMaker
from quality.suite import Suite, Surroundings
from quality.suites.coded import coded_columns, place_rules, vocabulary_rules


def _derive(frame: pl.DataFrame, surroundings: Surroundings) -> pl.DataFrame:
    frame = frame.join(surroundings.references["mentions"], on="event_id", how="left", maintain_order="left")
    mentions, pages = pl.col("mention_count"), pl.col("document_count")
    publishers, independent = pl.col("publisher_count"), pl.col("independent_publisher_count")
    return frame.with_columns(
        (mentions == pl.col("mentions_there").fill_null(0)).alias("mentions_counted"),
        (pages == pl.col("pages_there").fill_null(0)).alias("pages_counted"),
        ((mentions >= pages) & (pages >= publishers) & (publishers >= independent)).alias("counts_nested"),
        (pl.col("languages").list.len() > 0).alias("languages_given"),
        (pl.col("first_seen").is_null() | (pl.col("first_seen") <= pl.col("last_seen"))).alias("seen_in_order"),
        _ordered("dead").alias("dead_in_order"),
        _ordered("injured").alias("injured_in_order"),
        *coded_columns(),
    )


def _ordered(name: str) -> pl.Expr:
    least, most = pl.col(f"{name}_min"), pl.col(f"{name}_max")
    return (least.is_null() & most.is_null()) | ((least >= 0) & (least <= most))


def _rules(surroundings: Surroundings) -> Sequence[Rule]:
    limits = surroundings.thresholds.events.events
    enough = surroundings.thresholds.general.shares_need_rows
    references = RuleMaker(
        "references", Level.ROW, "Run the batch again, so that events.events agrees with events.mentions."
    )
    complete = RuleMaker(
        "references", Level.BLOCK, "Run the batch again: mentions point to events that are not there."
    )
    counts = RuleMaker("counts", Level.ROW, "Report the event: merging mentions has a defect.")
    counts_warn = RuleMaker("counts", Level.WARN, "Look at the event's mentions: they may be of different events.")
    vocabulary = RuleMaker("vocabulary", Level.ROW, "Report the event: merging mentions has a defect.")
    dates = RuleMaker("dates", Level.ROW, "Report the event: merging mentions has a defect.")
    dates_warn = RuleMaker(
        "dates", Level.WARN, "Give publication dates beside the documents: most events are dated by them."
    )
    actors = RuleMaker("actors", Level.WARN, "Names that are missing go into actors.toml of the language.")
    expected = surroundings.references["expected"].item()
    counted = ("mention_count", "mentions_there", "document_count", "pages_there", "publisher_count")
    return [
        references.holds("mentions_counted", "mention_count is the number of mentions that point to it", counted),
        references.holds("pages_counted", "document_count is the number of pages that its mentions are on", counted),
        complete.rows(
            "events_there", expected, expected, "the number of events that mentions point to, or none does,"
        ),
        counts.holds(
            "counts_nested",
            "mentions, pages, publishers and independent publishers each at most the one before",
            counted,
        ),
        counts.within("mention_count", 1, None),
        counts_warn.within("mention_count", None, limits.max_mentions, name="mentions_few_enough"),
        counts.holds("dead_in_order", "dead_min is at most dead_max", ("dead_min", "dead_max")),
        counts.holds("injured_in_order", "injured_min is at most injured_max", ("injured_min", "injured_max")),
        counts.holds("languages_given", "it is told in some language"),
        *vocabulary_rules(vocabulary),
        *place_rules(vocabulary),
        dates.one_of("date_precision", ("day", "month", "year")),
        dates.holds(
            "precision_given", "date_precision is given exactly where event_date is", ("event_date", "date_precision")
        ),
        dates.holds("seen_in_order", "first_seen is not after last_seen", ("first_seen", "last_seen")),
        dates_warn.share("undated", None, limits.max_undated_share, "the share of undated events", enough),
        actors.share(
            "actors_unknown", None, limits.max_unknown_actors_share, "the share without any country", enough
        ),
    ]


# Of the whole table where no batch is named ($1 is null). Events that went to quarantine before, or that no mention
# tells of, are judged again by whatever batch comes next: merging may have brought them back.
_OF_BATCH = "(SELECT event_id FROM events.mentions WHERE batch = $1 OR $1 IS NULL)"
_OF_NONE = "event_id NOT IN (SELECT event_id FROM events.mentions WHERE event_id IS NOT NULL)"
_TAKEN_OUT = "event_id IN (SELECT event_id FROM quarantine.events_events)"
_JUDGED = f"event_id IN {_OF_BATCH} OR {_OF_NONE} OR {_TAKEN_OUT}"

SUITE = Suite(
    table=EVENTS,
    checks={
        "references": "Every event has its mentions, and every mention its event",
        "counts": "Counts of mentions, pages, publishers and casualties are in order",
        "vocabulary": "Types, modes, contexts, codes, countries, sectors and statuses are of their vocabularies",
        "dates": "Dates are in order",
        "actors": "Enough actors are known",
    },
    own_rules=_rules,
    derive=_derive,
    of_batch=_JUDGED,
    references={
        "mentions": (
            "SELECT event_id, count(*) AS mentions_there, count(DISTINCT document_id) AS pages_there "  # noqa: S608
            "FROM events.mentions WHERE event_id IN (SELECT event_id FROM events.events WHERE " + _JUDGED + ") "
            "GROUP BY event_id"
        ),
        "expected": (
            "SELECT count(*) FROM (SELECT event_id FROM events.mentions "  # noqa: S608
            "WHERE event_id IS NOT NULL AND (batch = $1 OR $1 IS NULL) "
            "UNION SELECT event_id FROM events.events WHERE " + _OF_NONE + " OR " + _TAKEN_OUT + ")"
        ),
    },
)
