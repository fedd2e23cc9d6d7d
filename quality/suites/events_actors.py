"""What must hold for `events.actors`: known codes, counts in order, every actor of a mention there."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from assets.events.actors.rows import ACTORS
from assets.vocabulary.plover import load_ontology
from quality.rules import Level, Rule, RuleMaker
from quality.suite import Suite, Surroundings, known_countries

KINDS = ("country", "sector", "organisation", "group", "person")


def _derive(frame: pl.DataFrame, surroundings: Surroundings) -> pl.DataFrame:
    events = pl.col("event_count")
    return frame.with_columns(
        (
            (pl.col("mention_count") >= events)
            & (events >= pl.max_horizontal("as_source", "as_target"))
            & (events <= pl.col("as_source") + pl.col("as_target"))
        ).alias("counts_in_order"),
        (pl.col("first_event").is_null() | (pl.col("first_event") <= pl.col("last_event"))).alias("dates_in_order"),
    )


def _rules(surroundings: Surroundings) -> Sequence[Rule]:
    values = RuleMaker(
        "values", Level.WARN, "Look at the vocabulary that names the actor; its file is checked by name."
    )
    complete = RuleMaker(
        "references", Level.BLOCK, "Make events.actors again: mentions name actors that are not there."
    )
    expected = surroundings.references["expected"].item()
    return [
        complete.rows("actors_there", expected, expected, "the number of actors that mentions name"),
        values.one_of("kind", KINDS),
        values.one_of("country", known_countries(), "country is ISO 3166 alpha-3"),
        values.one_of("sector", load_ontology().sectors),
        values.matches("wikidata_id", r"^Q[1-9][0-9]*$", "wikidata_id is an item of Wikidata"),
        values.within("mention_count", 1, None),
        values.holds("counts_in_order", "mentions, events and sides agree", ("mention_count", "event_count")),
        values.holds("dates_in_order", "first_event is not after last_event", ("first_event", "last_event")),
    ]


SUITE = Suite(
    table=ACTORS,
    checks={"references": "Every actor that a mention names is there", "values": "Codes and counts are in order"},
    own_rules=_rules,
    derive=_derive,
    of_batch="$1 IS NOT NULL",
    references={
        "expected": (
            "SELECT count(*) FROM (SELECT source_actor_id FROM events.mentions WHERE source_actor_id IS NOT NULL "
            "AND ($1 = $1 OR $1 IS NULL) UNION "
            "SELECT target_actor_id FROM events.mentions WHERE target_actor_id IS NOT NULL)"
        )
    },
)
