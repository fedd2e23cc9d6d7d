"""What follows what by itself, and how old the final tables may get: conditions and freshness policies of the assets.

The sensor `stages` acts on the conditions; it is off at first. With it on, a batch that intake registered is taken
through the road, and whatever was made anew (by hand, by a backfill, or because code or vocabulary changed) is
followed by what is made of it, once no gate before it blocks. `pending_batches` runs whole batches and merges, and
tries again what failed; where both are on it leaves to `stages` what has not waited for long.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta
from functools import partial
from typing import Any

import dagster as dg

from assets.events.claims.rows import CLAIMS
from assets.events.events.rows import EVENTS
from assets.events.pairs.rows import PAIRS
from assets.specs import asset_key
from assets.warehouse import Unavailable, Warehouse
from pipelines.operations import BATCHES as BATCH_BOOK
from pipelines.settings import Settings
from pipelines.warehouse import WarehouseMissing
from quality.results import WHOLE_TABLE

_AC: Any = dg.AutomationCondition
_RESOLVED = tuple(asset_key(table) for table in (EVENTS, CLAIMS, PAIRS))
_MARTS = "marts"
_WARN_AFTER = 0.75  # of the time after which a table counts as too old

_BLOCKED = """
SELECT asset, batch FROM ops.check_results WHERE asset IN (SELECT unnest(?::VARCHAR[]))
QUALIFY rank() OVER (PARTITION BY asset, batch ORDER BY evaluated_at DESC) = 1 AND NOT passed AND level = 'block'
"""


class GatesOpen(dg.AutomationCondition[dg.AssetKey]):
    """True for the batches that no gate of these tables blocked when it last judged them; the books are asked.

    Dagster's own condition on checks holds for such as passed alone: a check that sent single rows to quarantine, or
    only warns, would stop everything after it.
    """

    def __init__(self, warehouse: Warehouse, tables: Collection[str]) -> None:
        self._warehouse, self._tables = warehouse, sorted(tables)

    @property
    def name(self) -> str:
        """What the UI calls it."""
        return "gates_open"

    @property
    def description(self) -> str:
        """What the UI says of it."""
        return f"No gate blocked in {', '.join(self._tables)}"

    def evaluate(self, context: dg.AutomationContext) -> dg.AutomationResult[dg.AssetKey]:
        """The candidates without those that are blocked; none while another program holds the warehouse."""
        candidates: Any = context.candidate_subset
        if candidates.is_empty:
            return dg.AutomationResult(context, candidates)
        try:
            blocked = set(self._warehouse.read(_BLOCKED, [self._tables])["batch"])
        except WarehouseMissing:
            blocked = set()
        except Unavailable:
            return dg.AutomationResult(context, context.get_empty_subset())
        if candidates.partitions_def is None:
            open_ones = context.get_empty_subset() if WHOLE_TABLE in blocked else candidates
        else:
            asked = candidates.expensively_compute_partition_keys()
            open_ones = candidates.compute_intersection_with_partition_keys(asked - blocked)
        return dg.AutomationResult(context, open_ones)


def automated(spec: dg.AssetSpec, settings: Settings, warehouse: Warehouse) -> dg.AssetSpec:
    """The spec with the condition under which its asset follows by itself and, of a final table, its freshness."""
    condition = _condition(spec, warehouse)
    is_final = spec.key == asset_key(EVENTS) or spec.key.path[0] == _MARTS
    policy = freshness(settings.fresh_within_hours) if is_final else None
    return spec.replace_attributes(automation_condition=condition, freshness_policy=policy)


def freshness(hours: float | None) -> dg.FreshnessPolicy | None:
    """Too old after so many hours, and nearly so after three quarters of them; None: as old as it likes."""
    if hours is None:
        return None
    return dg.FreshnessPolicy.time_window(timedelta(hours=hours), timedelta(hours=hours * _WARN_AFTER))


def _condition(spec: dg.AssetSpec, warehouse: Warehouse) -> dg.AutomationCondition[Any]:
    recoded = _AC.code_version_changed().since_last_handled().with_label("code or vocabulary changed")
    missing = (_AC.missing() & ~_AC.execution_failed()).since_last_handled()
    missing = missing.with_label("never made, and no run of it failed")
    # Asked first: a table that a run makes during the tick would else count as missing, and then as free.
    free = ~_AC.in_progress()
    if spec.key in _RESOLVED:
        of_books = partial(_AC.asset_matches, asset_key(BATCH_BOOK))
        closed = of_books(_AC.newly_updated()).since_last_handled().with_label("a batch came through")
        return (free & ~of_books(_AC.in_progress()) & (recoded | closed)).with_label("merge")
    if spec.partitions_def is None:
        # All tables of the whole are made with the events: some are made of tables with batches alone, and would
        # else wait for batches that a gate keeps back.
        of_events = partial(_AC.asset_matches, asset_key(EVENTS))
        with_events = of_events(_AC.will_be_requested())
        newer = of_events(_AC.newly_updated() & ~_AC.executed_with_root_target()) | with_events
        ready = (~of_events(_AC.missing()) & GatesOpen(warehouse, [EVENTS.qualified_name])) | with_events
        due = missing | recoded | newer.since_last_handled().with_label("events are newer")
        return (free & ~of_events(_AC.in_progress()) & due & ready).with_label("follow the events")
    due = missing | recoded
    deps = [".".join(dep.asset_key.path) for dep in spec.deps]
    if deps:
        due = due | _AC.any_deps_updated().since_last_handled().with_label("made of something newer")
        judged_now = _AC.any_deps_match(_AC.will_be_requested())
        due = ~_AC.any_deps_in_progress() & due & ~_AC.any_deps_missing() & (GatesOpen(warehouse, deps) | judged_now)
    return (free & due).with_label("follow")


stages = dg.AutomationConditionSensorDefinition(
    "stages",
    target=dg.AssetSelection.all(),
    minimum_interval_seconds=30,
    # The condition on gates asks the books, which Dagster's daemon could not.
    use_user_code_server=True,
    description=(
        "Takes new batches through the road, and lets what was made anew, or by other code, be followed by what is "
        "made of it, once no gate before it blocks."
    ),
)
