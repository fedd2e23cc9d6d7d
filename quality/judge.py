"""Has Great Expectations judge a frame by a list of rules. The only module that imports it, and only when it is used.

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

from quality.rules import IN_SET, MEAN, NOT_NULL, Rule

if TYPE_CHECKING:
    import pandas as pd
    from great_expectations.data_context import EphemeralDataContext

_LOCK = threading.Lock()
_WHOLE_ROWS = {"result_format": "COMPLETE", "return_unexpected_index_query": False}


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
    found = _validated(_for_pandas(frame, rules), rules)
    return [_verdict(rule, found[number], frame.height) for number, rule in enumerate(rules)]


def _verdict(rule: Rule, result: Any, height: int) -> Verdict:
    raised = result.exception_info
    if raised and (raised.get("raised_exception") or any(isinstance(v, dict) for v in raised.values())):
        raise JudgingError(f"the rule {rule.full_name} could not be judged: {raised}")
    if rule.is_about_rows:
        failing = tuple(sorted(int(number) for number in result.result.get("unexpected_index_list") or ()))
        return Verdict(rule, not failing, height, failing)
    observed = result.result["observed_value"]
    if observed is None or math.isnan(observed):
        return Verdict(rule, True, height)
    passed = bool(result.success) or height < rule.min_rows
    return Verdict(rule, passed, height, observed=float(observed) / rule.per)


def _check_columns(frame: pl.DataFrame, rules: Sequence[Rule]) -> None:
    for rule in rules:
        if missing := set(rule.columns) - set(frame.columns):
            raise JudgingError(f"the rule {rule.full_name} reads {sorted(missing)}, which its suite does not compute")


def _for_pandas(frame: pl.DataFrame, rules: Sequence[Rule]) -> pd.DataFrame:
    """The columns that rules read, in the form in which pandas judges them rightly and cheaply."""
    kinds: dict[str, set[str]] = {}
    for rule in rules:
        for column in rule.columns:
            kinds.setdefault(column, set()).add(rule.expectation)
    columns = [_for_rule(frame, column, expectations) for column, expectations in kinds.items()]
    return frame.select(columns).to_pandas() if columns else frame.select(pl.int_range(pl.len())).to_pandas()


def _for_rule(frame: pl.DataFrame, column: str, expectations: set[str]) -> pl.Expr:
    if expectations == {NOT_NULL}:  # long texts and lists need not be handed over to see whether they are there
        return pl.when(pl.col(column).is_not_null()).then(1).alias(column)
    if frame.schema[column] == pl.Boolean:
        if IN_SET in expectations and MEAN not in expectations:
            return pl.col(column).fill_null(False)
        return pl.col(column).cast(pl.Float64)
    return pl.col(column)


def _validated(frame: pd.DataFrame, rules: Sequence[Rule]) -> Mapping[int, Any]:
    context = _context()
    import great_expectations as gx
    from great_expectations.expectations.expectation_configuration import ExpectationConfiguration

    expectations = [
        ExpectationConfiguration(type=rule.expectation, kwargs=dict(rule.arguments), meta={"number": number})
        for number, rule in enumerate(rules)
    ]
    with _LOCK, _quiet():
        source = context.data_sources.add_or_update_pandas(name="batch")
        definition = source.add_dataframe_asset("frame").add_batch_definition_whole_dataframe("whole")
        suite = gx.ExpectationSuite(name="rules", expectations=expectations)
        result = definition.get_batch({"dataframe": frame}).validate(suite, result_format=_WHOLE_ROWS)
        source.delete_asset("frame")  # else the context keeps the frame alive
    configured = ((one.expectation_config, one) for one in result.results)
    return {config.meta["number"]: one for config, one in configured if config is not None and config.meta}


@lru_cache(maxsize=1)
def _context() -> EphemeralDataContext:
    os.environ["GX_ANALYTICS_ENABLED"] = "false"  # read on import; nothing is ever sent
    import great_expectations as gx
    from great_expectations.data_context.types.base import ProgressBarsConfig

    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = ProgressBarsConfig(globally=False)
    return context


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
