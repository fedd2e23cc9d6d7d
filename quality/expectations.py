"""Great Expectations' own expectations, made cheaper to judge: nothing here changes what one of them finds.

Great Expectations (1.24) writes an expectation's configuration out anew each time one of its metrics asks for it,
some forty times an expectation, which is half of what judging a batch costs. Here it is written once. And of an
expectation about the whole table the figure that it saw is always told, so that one pass over a suite is enough.
Only `quality/judge.py` imports this module, since to import it is to load Great Expectations.
"""

from __future__ import annotations

import types
from collections.abc import Iterable
from typing import Any

import great_expectations.expectations as gxe
from great_expectations.compatibility import pydantic
from great_expectations.core import ExpectationValidationResult
from great_expectations.expectations.expectation import Expectation
from great_expectations.expectations.expectation_configuration import ExpectationConfiguration

_PREFIX = "kept_"


class _Kept(Expectation):
    """Writes out its configuration once: the values of an expectation are not changed after it is made."""

    _written: ExpectationConfiguration | None = pydantic.PrivateAttr(None)

    @property
    def configuration(self) -> ExpectationConfiguration:
        """Type and arguments, as Great Expectations hands them about."""
        if self._written is None:
            self._written = super().configuration
        return self._written


class _Figure(_Kept):
    """An expectation about the whole table; it tells the figure even where rows are only said to hold or not."""

    def metrics_validate(
        self, metrics: dict[Any, Any], runtime_configuration: dict[str, Any] | None = None, *more: Any, **others: Any
    ) -> ExpectationValidationResult:
        """Great Expectations' verdict from the metrics, with the figure that was observed."""
        complete = {**(runtime_configuration or {}), "result_format": "COMPLETE"}
        return super().metrics_validate(metrics, complete, *more, **others)


def _keep(names: Iterable[str], manner: type[Any]) -> None:
    """Make the cheaper form of Great Expectations' classes; to make one enters it in the list that it judges by."""
    for name in names:
        types.new_class(f"Kept{name}", (manner, getattr(gxe, name)))


_keep(
    (
        "ExpectColumnValuesToNotBeNull",
        "ExpectColumnValuesToBeNull",
        "ExpectColumnValuesToBeUnique",
        "ExpectCompoundColumnsToBeUnique",
        "ExpectColumnValuesToBeInSet",
        "ExpectColumnValuesToBeBetween",
        "ExpectColumnValuesToMatchRegex",
    ),
    _Kept,
)
_keep(("ExpectColumnMeanToBeBetween", "ExpectTableRowCountToBeBetween"), _Figure)


def configured(expectation: str, arguments: dict[str, Any], number: int) -> ExpectationConfiguration:
    """The configuration of one of Great Expectations' expectations, by its own name; `number` tells results apart."""
    return ExpectationConfiguration(type=f"{_PREFIX}{expectation}", kwargs=arguments, meta={"number": number})
