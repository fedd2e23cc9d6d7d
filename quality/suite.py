"""What a suite is, and the rules that every table has because of what its row type says.

A suite names its checks, computes the columns that its own rules need (plain polars, so that it can be tested
without a warehouse) and lists the rules. Keys and required columns come from the table's metadata, here, once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from statistics import median

import polars as pl
import pycountry

from assets.table import Table
from quality.quarantine import QUARANTINED_FROM
from quality.rules import Level, Rule, RuleMaker
from quality.thresholds import Thresholds, ThresholdsError

KEYS = "keys"
ROWS_KEPT = "rows_kept"
VOLUME = "volume"

MISSING_COLUMNS = "missing_columns"
TAKEN_OUT = "taken_out"

_STAGE_DEFECT = (
    "The stage that makes this table has a defect, or its rows were changed by hand: "
    "run the batch again, and if it happens again report the rows below."
)


@dataclass(frozen=True)
class Surroundings:
    """What a table is judged against besides itself.

    `references`: results of the suite's reference queries. `history`: for a rule's full name the figures that earlier
    batches showed, latest first. `releases`: rows that people let through, by key, and what they may break
    (`quality.releases`). `now` is UTC without a zone.
    """

    thresholds: Thresholds
    now: datetime
    references: Mapping[str, pl.DataFrame] = field(default_factory=dict)
    history: Mapping[str, Sequence[float]] = field(default_factory=dict)
    releases: frozenset[tuple[str, str]] = frozenset()


@dataclass(frozen=True)
class Suite:
    """What must hold for one table.

    `checks`: the suite's own checks, name to description. `references`: name to a query in which ``$1`` is the batch.
    `columns` is the SELECT list and `of_batch` the condition that picks the rows of the batch ``$1``.
    """

    table: Table
    checks: Mapping[str, str]
    own_rules: Callable[[Surroundings], Sequence[Rule]]
    derive: Callable[[pl.DataFrame, Surroundings], pl.DataFrame]
    references: Mapping[str, str] = field(default_factory=dict)
    columns: str = "*"
    of_batch: str = "batch = $1"

    @property
    def all_checks(self) -> dict[str, str]:
        """Every check of the table, name to description: the ones each table has, then its own."""
        return {
            KEYS: f"The key ({', '.join(self.table.key)}) is there and unique, and no required column is empty",
            **self.checks,
            VOLUME: "The number of rows is in keeping with what came in and with the batches before",
            ROWS_KEPT: "Few enough rows had to go to quarantine",
        }

    def query(self, batch: str | None) -> str:
        """The query for the rows of one batch, or of the whole table."""
        where = "" if batch is None else f" WHERE {self.of_batch}"
        return f"SELECT {self.columns} FROM {self.table.qualified_name}{where}"  # noqa: S608 - names from row types

    def prepared(self, frame: pl.DataFrame, surroundings: Surroundings) -> pl.DataFrame:
        """The frame with every computed column that the rules read."""
        return self.derive(frame.with_columns(_missing_columns(self.table)), surroundings)

    def rules(self, surroundings: Surroundings) -> tuple[Rule, ...]:
        """Every rule of the table, at the levels that the thresholds file gives them."""
        rules = (*_metadata_rules(self.table), *self.own_rules(surroundings), _steady_volume(surroundings))
        _check_names(rules, self.table, surroundings.thresholds)
        return tuple(_levelled(rule, self.table, surroundings.thresholds) for rule in rules)

    def rows_kept_rule(self, thresholds: Thresholds) -> Rule:
        """The rule that stops the run when too much of a batch had to be taken out."""
        maker = RuleMaker(
            ROWS_KEPT,
            Level.BLOCK,
            "So many rows fail for one reason, not each for its own: mend what the failing checks name and run the "
            "batch again, or raise general.max_quarantined_share if this corpus is like that.",
        )
        enough = thresholds.general.quarantine_needs_rows
        rule = maker.share(
            TAKEN_OUT, None, thresholds.general.max_quarantined_share, "the share of rows taken out", enough
        )
        return _levelled(rule, self.table, thresholds)


def known_countries() -> frozenset[str]:
    """ISO 3166-1 alpha-3 codes, and XKX, the user-assigned code in common use for Kosovo."""
    return frozenset(country.alpha_3 for country in pycountry.countries) | {"XKX"}


@lru_cache(maxsize=1)
def known_languages() -> frozenset[str]:
    """ISO 639-1 codes, 639-3 codes of languages that have none, and und for a language that could not be told."""
    return frozenset(getattr(language, "alpha_2", language.alpha_3) for language in pycountry.languages) | {"und"}


def texts_at(
    texts: Mapping[str, str], identifiers: Sequence[str], starts: Sequence[int | None], ends: Sequence[int | None]
) -> list[str | None]:
    """The characters ``[start, end)`` of the text with each identifier, or None where text or range is not there."""
    found: list[str | None] = []
    for identifier, start, end in zip(identifiers, starts, ends, strict=True):
        text = texts.get(identifier)
        inside = text is not None and start is not None and end is not None and 0 <= start < end <= len(text)
        found.append(text[start:end] if inside and text is not None else None)
    return found


def earlier_median(surroundings: Surroundings, rule: str) -> float | None:
    """Median of the figures that earlier batches showed for a rule, or None where too few batches were judged."""
    general = surroundings.thresholds.general
    figures = list(surroundings.history.get(rule, ()))[: general.history_batches]
    return median(figures) if len(figures) >= general.history_needs_batches else None


def _metadata_rules(table: Table) -> list[Rule]:
    maker = RuleMaker(KEYS, Level.BLOCK, _STAGE_DEFECT)
    rules = [maker.present(column) for column in table.key]
    rules.append(maker.unique(table.key, "key_unique"))
    rules.append(maker.empty(MISSING_COLUMNS, "required_columns", "every column that may not be null has a value"))
    return rules


def _missing_columns(table: Table) -> pl.Expr:
    required = [column.name for column in table.columns if not column.nullable]
    names = [pl.when(pl.col(name).is_null()).then(pl.lit(name)) for name in required]
    joined = pl.concat_str(names, separator=", ", ignore_nulls=True)
    return pl.when(joined != "").then(joined).alias(MISSING_COLUMNS)


def _steady_volume(surroundings: Surroundings) -> Rule:
    maker = RuleMaker(
        VOLUME,
        Level.WARN,
        "Look whether the batch is complete, whether its pages are of another kind than before, "
        "and whether the stage that makes this table has changed.",
    )
    usual = earlier_median(surroundings, f"{VOLUME}.rows")
    if usual is None:
        return maker.rows("rows", 0, None, "the number of rows (too few earlier batches to compare)")
    least, most = (usual * ratio for ratio in surroundings.thresholds.general.volume_ratio)
    return maker.rows("rows", least, most, f"the number of rows (median of earlier batches: {usual:g})")


def _check_names(rules: Sequence[Rule], table: Table, thresholds: Thresholds) -> None:
    prefix = f"{table.qualified_name}."
    known = {f"{prefix}{rule.full_name}" for rule in rules} | {f"{prefix}{ROWS_KEPT}.{TAKEN_OUT}"}
    for name in thresholds.levels:
        if name.startswith(prefix) and name not in known:
            listed = "\n  ".join(sorted(known))
            raise ThresholdsError(f'levels."{name}" names no rule; those of {table.qualified_name} are\n  {listed}')


def _levelled(rule: Rule, table: Table, thresholds: Thresholds) -> Rule:
    name = f"{table.qualified_name}.{rule.full_name}"
    level = thresholds.levels.get(name)
    if level is None:
        return rule
    if level is Level.ROW and table not in QUARANTINED_FROM:
        raise ThresholdsError(
            f'levels."{name}" = "row": {table.qualified_name} has no quarantine; choose warn or block'
        )
    try:
        return rule.at(level)
    except ValueError as error:
        raise ThresholdsError(f'levels."{name}" = "{level.value}": {error}') from None
