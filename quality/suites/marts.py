"""What must hold for the marts: they say of the events what the events say, in counts that add up."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import polars as pl

from assets.marts.actor_timeline.rows import ACTOR_TIMELINE
from assets.marts.arms_transfers.rows import ARMS_TRANSFERS
from assets.marts.country_pair_month.rows import COUNTRY_PAIR_MONTH
from assets.marts.coverage.rows import COVERAGE
from assets.marts.publisher_profile.rows import PUBLISHER_PROFILE
from assets.table import Table
from quality.rules import Level, Rule, RuleMaker
from quality.suite import Suite, Surroundings

_DEFECT = "Make the mart again; if it happens again report it."
_TOTALS = {
    "country_pair_month": (
        "SELECT coalesce(sum(mention_count), 0)::BIGINT FROM events.events WHERE source_country IS NOT NULL "
        "AND target_country IS NOT NULL AND event_date IS NOT NULL AND ($1 = $1 OR $1 IS NULL)"
    ),
    "actor_timeline": (
        "SELECT coalesce(sum(mention_count * ((source_actor_id IS NOT NULL)::INTEGER "
        "+ (target_actor_id IS NOT NULL)::INTEGER)), 0)::BIGINT FROM events.events "
        "WHERE event_date IS NOT NULL AND ($1 = $1 OR $1 IS NULL)"
    ),
    "arms_transfers": (
        "SELECT count(*) FROM events.arms WHERE stage <> 'mentioned' "
        "AND (supplier_country IS NOT NULL OR recipient_country IS NOT NULL) AND ($1 = $1 OR $1 IS NULL)"
    ),
    "publisher_profile": "SELECT count(*) FROM cleaned.documents WHERE $1 = $1 OR $1 IS NULL",
    "coverage": "SELECT 2 * count(*) FROM cleaned.documents WHERE $1 = $1 OR $1 IS NULL",
}
_COUNTED = {
    "country_pair_month": "mention_count",
    "actor_timeline": "mention_count",
    "arms_transfers": "reports",
    "publisher_profile": "documents",
    "coverage": "documents",
}


def _suite(table: Table, positive: str, limits: Callable[[RuleMaker], list[Rule]]) -> Suite:
    def derive(frame: pl.DataFrame, surroundings: Surroundings) -> pl.DataFrame:
        total = surroundings.references["total"].item()
        agrees = int(frame[_COUNTED[table.name]].sum()) == total
        return frame.with_columns(pl.lit(agrees).alias("adds_up"))

    def rules(surroundings: Surroundings) -> Sequence[Rule]:
        totals = RuleMaker("totals", Level.BLOCK, _DEFECT)
        values = RuleMaker("values", Level.WARN, _DEFECT)
        says = f"{_COUNTED[table.name]} adds up to what the tables hold that it is made of"
        return [totals.holds("adds_up", says), values.within(positive, 0, None), *limits(values)]

    return Suite(
        table=table,
        checks={"totals": "Counts add up to those of the tables it is made of", "values": "Values are in order"},
        own_rules=rules,
        derive=derive,
        of_batch="$1 IS NOT NULL",
        references={"total": _TOTALS[table.name]},
    )


SUITES: tuple[Suite, ...] = (
    _suite(COUNTRY_PAIR_MONTH, "event_count", lambda maker: [maker.within("mean_intensity", -10, 10)]),
    _suite(ACTOR_TIMELINE, "event_count", lambda maker: [maker.one_of("side", ("source", "target"))]),
    _suite(ARMS_TRANSFERS, "documents", lambda maker: [maker.within("quantity_min", 1, None)]),
    _suite(PUBLISHER_PROFILE, "events", lambda maker: [maker.within("attributed_share", 0, 1)]),
    _suite(COVERAGE, "documents", lambda maker: [maker.within("gap_days", 0, None)]),
)
