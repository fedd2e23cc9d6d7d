"""The assets `events.actors` and `events.unknown_actors`: who is named, and which names no vocabulary knows yet."""

from collections.abc import Iterator
from typing import Any

import dagster as dg
import polars as pl

from assets.events.actors.describe import describe
from assets.events.actors.rows import ACTORS
from assets.events.events.rows import EVENTS
from assets.events.mentions.rows import MENTIONS
from assets.events.unknown_actors.rows import UNKNOWN_ACTORS
from assets.events.unknown_names.rows import UNKNOWN_NAMES
from assets.options import WAREHOUSE_POOL
from assets.specs import Stopwatch, table_result, table_spec
from assets.steps import whole_table
from assets.warehouse import Replace, Warehouse

# Ids, spellings and languages are counted by mention; an event counts for an actor that any of its mentions names.
# Words that less than four times of five stand for one country ("the two countries") are no spelling of anybody.
_COUNTED = """
WITH sides AS (
    SELECT source_actor_id AS actor_id, 'source' AS side, source_text AS text, mention_id, event_id, language,
        coalesce(source_country, source_actor_id) AS whose
    FROM events.mentions WHERE source_actor_id IS NOT NULL
    UNION ALL
    SELECT target_actor_id, 'target', target_text, mention_id, event_id, language,
        coalesce(target_country, target_actor_id)
    FROM events.mentions WHERE target_actor_id IS NOT NULL
), named AS (
    SELECT text, whose FROM sides WHERE text <> '' GROUP BY text, whose
    QUALIFY count(*) >= 0.8 * sum(count(*)) OVER (PARTITION BY text)
), spelled AS (
    SELECT actor_id, text, count(*) AS n FROM sides SEMI JOIN named USING (text, whose) GROUP BY actor_id, text
    QUALIFY row_number() OVER (PARTITION BY actor_id ORDER BY n DESC, text) <= 10
), spellings AS (
    SELECT actor_id, list(text ORDER BY n DESC, text) AS spellings FROM spelled GROUP BY actor_id
)
SELECT
    s.actor_id,
    coalesce(any_value(p.spellings), []) AS spellings,
    list(DISTINCT s.language ORDER BY s.language) AS languages,
    count(DISTINCT mention_id) AS mention_count,
    count(DISTINCT s.event_id) AS event_count,
    count(DISTINCT s.event_id) FILTER (side = 'source') AS as_source,
    count(DISTINCT s.event_id) FILTER (side = 'target') AS as_target,
    min(e.event_date) AS first_event,
    max(e.event_date) AS last_event
FROM sides AS s LEFT JOIN spellings AS p USING (actor_id) LEFT JOIN events.events AS e ON e.event_id = s.event_id
GROUP BY s.actor_id ORDER BY s.actor_id
"""
_UNKNOWN = """
WITH named AS (
    SELECT n.*, d.publisher, s.source_text AS sentence
    FROM events.unknown_names AS n
    LEFT JOIN cleaned.documents AS d USING (document_id)
    LEFT JOIN translated.segments AS s ON s.segment_id = n.segment_id
), titled AS (
    SELECT language, name, title, count(*) AS n FROM named WHERE title IS NOT NULL GROUP BY language, name, title
    QUALIFY row_number() OVER (PARTITION BY language, name ORDER BY n DESC, title) <= 5
), titles AS (SELECT language, name, list(title ORDER BY n DESC, title) AS titles FROM titled GROUP BY ALL)
SELECT
    n.language,
    n.name,
    count(*) AS times,
    count(DISTINCT document_id) AS documents,
    count(DISTINCT publisher) AS publishers,
    CASE WHEN count(DISTINCT country) = 1 THEN min(country) END AS country,
    mode(sector ORDER BY sector) FILTER (sector IS NOT NULL) AS sector,
    coalesce(any_value(titles), []) AS titles,
    coalesce(list_slice(list(DISTINCT sentence ORDER BY sentence) FILTER (sentence IS NOT NULL), 1, 3), [])
        AS examples
FROM named AS n LEFT JOIN titles AS t ON t.language = n.language AND t.name = n.name
GROUP BY n.language, n.name ORDER BY times DESC, n.language, n.name
"""


@dg.multi_asset(
    name="events_actors",
    description="Counts the actors that mentions name, and the names that no vocabulary knows.",
    specs=[
        table_spec(
            ACTORS,
            description="Known by codes or by the name in the vocabularies, the same in every language.",
            code=("events/actors", "vocabulary/any/wikidata.toml"),
            kinds={"duckdb"},
            deps=[MENTIONS, EVENTS],
            stage="actors",
        ),
        table_spec(
            UNKNOWN_ACTORS,
            description="To be reviewed: `attache actors unknown` writes stubs for a vocabulary.",
            code=("events/actors",),
            kinds={"duckdb"},
            deps=[UNKNOWN_NAMES],
            stage="actors",
        ),
    ],
    pool=WAREHOUSE_POOL,
)
def events_actors(
    context: dg.AssetExecutionContext, warehouse: dg.ResourceParam[Warehouse]
) -> Iterator[dg.MaterializeResult[Any]]:
    """Make both tables anew."""
    yield from whole_table(context, _count(warehouse))


def _count(warehouse: Warehouse) -> Iterator[dg.MaterializeResult[Any]]:
    stopwatch = Stopwatch()
    with stopwatch.time("read"):
        counted = warehouse.read(_COUNTED)
        unknown = UNKNOWN_ACTORS.fitted(warehouse.read(_UNKNOWN))
    with stopwatch.time("describe"):
        described = [describe(actor_id) for actor_id in counted["actor_id"]]
        texts = {
            name: pl.Series(name, [getattr(d, name) for d in described], pl.String)
            for name in ("name", "kind", "country", "sector", "wikidata_id")
        }
        actors = ACTORS.fitted(counted.with_columns(**texts))
    with stopwatch.time("write"):
        warehouse.write([Replace(ACTORS, actors), Replace(UNKNOWN_ACTORS, unknown)])
    yield table_result(ACTORS, actors.sort("event_count", descending=True), stopwatch)
    yield table_result(UNKNOWN_ACTORS, unknown, stopwatch, preview=("language", "name", "times", "titles"))
