"""Has Great Expectations judge a frame by a list of rules. It is imported only when it is used, here and nowhere else
but in `quality/expectations.py`.

Great Expectations runs on pandas, in memory, with a context that writes no file, sends no statistics and draws no
progress bar. Only the columns that rules read are handed over.
"""

from __future__ import annotations

import logging
import math
import os
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import polars as pl

from quality.rules import IN_SET, MEAN, NOT_NULL, ROW_COUNT, Rule

if TYPE_CHECKING:
    import pandas as pd
    from great_expectations.core.batch_definition import BatchDefinition

_LOCK = threading.Lock()
# Great Expectations copies a list of values dozens of times; for a longer one it judges a flag computed here.
_LONG_LIST = 16


class JudgingError(RuntimeError):
    """A rule that could not be judged, through a mistake in its suite."""


@dataclass(frozen=True)
class Verdict:
    """What one rule found. `failing`: numbers of the rows of the frame that broke it, in order."""

    rule: Rule
    passed: bool
    checked_count: int
    failing: tuple[int, ...] = ()
    observed: float | None = None

    @property
    def unexpected_count(self) -> int:
        """Rows that broke the rule; for a rule about the whole table 1 if it is broken."""
        return len(self.failing) if self.rule.is_about_rows else int(not self.passed)

    @property
    def unexpected_percent(self) -> float:
        """The same as a percentage of the rows looked at."""
        if not self.rule.is_about_rows:
            return 0.0 if self.passed else 100.0
        return 100 * len(self.failing) / self.checked_count if self.checked_count else 0.0


def judge(frame: pl.DataFrame, rules: Sequence[Rule]) -> list[Verdict]:
    """A verdict for each rule, in their order. Raises JudgingError when a rule names a column that is not there."""
    if not rules:
        return []
    _check_columns(frame, rules)
    if frame.is_empty() and all(rule.expectation != ROW_COUNT for rule in rules):
        return [Verdict(rule, True, 0) for rule in rules]  # no row breaks a rule, and there is nothing to measure
    data = _for_pandas(frame, rules)
    found = _validated(data, dict(enumerate(rules)), "BOOLEAN_ONLY")
    # Finding out which rows fail costs as much again as finding out whether any do, so it is asked of few rules.
    broken = {n: rule for n, rule in enumerate(rules) if not _holds(rule, found[n]) and rule.is_about_rows}
    found |= _validated(data, broken, "COMPLETE")
    return [_verdict(rule, found[number], frame.height) for number, rule in enumerate(rules)]


def _holds(rule: Rule, result: Any) -> bool:
    raised = result.exception_info
    if raised and (raised.get("raised_exception") or any(isinstance(value, dict) for value in raised.values())):
        raise JudgingError(f"the rule {rule.full_name} could not be judged: {raised}")
    return bool(result.success)


def _verdict(rule: Rule, result: Any, height: int) -> Verdict:
    holds = _holds(rule, result)
    if rule.is_about_rows:
        failing = tuple(sorted(int(number) for number in result.result.get("unexpected_index_list") or ()))
        return Verdict(rule, holds, height, failing)
    observed = result.result["observed_value"]
    if observed is None or math.isnan(observed):
        return Verdict(rule, True, height)
    return Verdict(rule, holds or height < rule.min_rows, height, observed=float(observed) / rule.per)


def _check_columns(frame: pl.DataFrame, rules: Sequence[Rule]) -> None:
    for rule in rules:
        if missing := set(rule.columns) - set(frame.columns):
            raise JudgingError(f"the rule {rule.full_name} reads {sorted(missing)}, which its suite does not compute")


def _for_pandas(frame: pl.DataFrame, rules: Sequence[Rule]) -> pd.DataFrame:
    """The columns that rules read, in the form in which pandas judges them rightly and cheaply."""
    kinds: dict[str, set[str]] = {}
    for rule in rules:
        for column in rule.columns:
            if not _is_long_list(rule):
                kinds.setdefault(column, set()).add(rule.expectation)
    columns = [_for_rule(frame, column, expectations) for column, expectations in kinds.items()]
    listed = [_is_listed(rule).alias(_flag(rule)) for rule in rules if _is_long_list(rule)]
    return frame.select(pl.int_range(pl.len()).alias("row"), *columns, *listed).to_pandas()


def _for_rule(frame: pl.DataFrame, column: str, expectations: set[str]) -> pl.Expr:
    if expectations == {NOT_NULL}:  # long texts and lists need not be handed over to see whether they are there
        return pl.when(pl.col(column).is_not_null()).then(1).alias(column)
    if frame.schema[column] == pl.Boolean:
        if IN_SET in expectations and MEAN not in expectations:
            return pl.col(column).fill_null(False)
        return pl.col(column).cast(pl.Float64)
    return pl.col(column)


def _is_long_list(rule: Rule) -> bool:
    return rule.expectation == IN_SET and len(rule.arguments["value_set"]) > _LONG_LIST


def _is_listed(rule: Rule) -> pl.Expr:
    column = pl.col(rule.arguments["column"])
    return column.is_null() | column.is_in(rule.arguments["value_set"])


def _flag(rule: Rule) -> str:
    return f"{rule.full_name} is listed"


def _arguments(rule: Rule) -> dict[str, Any]:
    return {"column": _flag(rule), "value_set": [True]} if _is_long_list(rule) else dict(rule.arguments)


def _validated(frame: pd.DataFrame, rules: Mapping[int, Rule], result_format: str) -> dict[int, Any]:
    """Great Expectations' results, by the rules' numbers."""
    if not rules:
        return {}
    definition = _batch_definition()
    import great_expectations as gx

    from quality.expectations import configured

    expectations = [configured(rule.expectation, _arguments(rule), number) for number, rule in rules.items()]
    detail = {"result_format": result_format, "return_unexpected_index_query": False}
    with _LOCK, _quiet():
        suite = gx.ExpectationSuite(name="rules", expectations=expectations)
        result = definition.get_batch({"dataframe": frame}).validate(suite, result_format=detail)
    judged = ((one.expectation_config, one) for one in result.results)
    return {config.meta["number"]: one for config, one in judged if config is not None and config.meta}


@lru_cache(maxsize=1)
def _batch_definition() -> BatchDefinition[Any]:
    os.environ["GX_ANALYTICS_ENABLED"] = "false"  # read on import; nothing is ever sent
    import great_expectations as gx
    from great_expectations.data_context.types.base import ProgressBarsConfig

    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = ProgressBarsConfig(globally=False)
    return (
        context.data_sources.add_pandas("batch")
        .add_dataframe_asset("frame")
        .add_batch_definition_whole_dataframe("all")
    )


@contextmanager
def _quiet() -> Iterator[None]:
    """Great Expectations' own log stays silent below errors: what it finds is told by the gate."""
    logger = logging.getLogger("great_expectations")
    before = logger.level
    logger.setLevel(logging.ERROR)
    try:
        yield
    finally:
        logger.setLevel(before)
