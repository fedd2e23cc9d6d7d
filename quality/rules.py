"""What a rule is: one Great Expectations expectation, what a failure does, and what the reader is told.

Rules are plain data, so that writing a suite, reading thresholds or listing rules never imports Great Expectations.
They are judged in `quality/judge.py`; which rules a table has stands in `quality/suites`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from math import ceil, floor
from typing import Any


class Level(StrEnum):
    """What happens when a rule is broken."""

    ROW = "row"
    """The failing rows go to quarantine, the rest goes on."""
    WARN = "warn"
    """It is told; everything goes on."""
    BLOCK = "block"
    """Everything downstream stops in this run."""

    @property
    def outcome(self) -> str:
        """The word for what a broken rule of this level led to, the same wherever results are shown."""
        return {Level.ROW: "quarantined", Level.WARN: "warning", Level.BLOCK: "blocked"}[self]


@dataclass(frozen=True)
class Rule:
    """One expectation about a table.

    `says` completes "every row: …" or "the table: …"; `remedy` is what the reader should do when it is broken.
    A figure (`observed`) is divided by `per` before it is shown; with fewer rows than `min_rows` it is not judged.
    """

    check: str
    name: str
    level: Level
    expectation: str
    arguments: Mapping[str, Any]
    says: str
    remedy: str
    shows: tuple[str, ...] = ()
    min_rows: int = 0
    per: float = 1.0

    def __post_init__(self) -> None:
        if self.level is Level.ROW and not self.is_about_rows:
            raise ValueError(
                f"{self.full_name} is about the whole table, so it has no rows to take out: warn or block"
            )

    @property
    def full_name(self) -> str:
        """``check.name``, unique inside a suite."""
        return f"{self.check}.{self.name}"

    @property
    def is_about_rows(self) -> bool:
        """Whether single rows can break it (else only the table as a whole)."""
        return self.expectation not in (MEAN, ROW_COUNT)

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that the expectation reads."""
        single = [self.arguments[key] for key in ("column", "column_A", "column_B") if key in self.arguments]
        return tuple(single) + tuple(self.arguments.get("column_list", ()))

    @property
    def minimum(self) -> float | None:
        """The least that the figure may be, in the unit it is shown in."""
        return self._bound("min_value")

    @property
    def maximum(self) -> float | None:
        """The most that the figure may be, in the unit it is shown in."""
        return self._bound("max_value")

    def named(self, name: str) -> Rule:
        """The same rule under another name."""
        return replace(self, name=name)

    def at(self, level: Level) -> Rule:
        """The same rule at another level."""
        return replace(self, level=level)

    def _bound(self, key: str) -> float | None:
        bound = self.arguments.get(key)
        return None if bound is None else float(bound) / self.per


NOT_NULL = "expect_column_values_to_not_be_null"
NULL = "expect_column_values_to_be_null"
UNIQUE = "expect_column_values_to_be_unique"
UNIQUE_TOGETHER = "expect_compound_columns_to_be_unique"
IN_SET = "expect_column_values_to_be_in_set"
BETWEEN = "expect_column_values_to_be_between"
REGEX = "expect_column_values_to_match_regex"
MEAN = "expect_column_mean_to_be_between"
ROW_COUNT = "expect_table_row_count_to_be_between"


@dataclass(frozen=True)
class RuleMaker:
    """Makes the rules of one check (one named group of rules) at one level, so that a suite reads as a list."""

    check: str
    level: Level
    remedy: str

    def present(self, column: str) -> Rule:
        """No null in the column."""
        return self._rule(f"{column}_present", NOT_NULL, {"column": column}, f"{column} is not null")

    def unique(self, columns: tuple[str, ...], name: str) -> Rule:
        """No two rows alike in these columns."""
        says = f"no other row has the same {', '.join(columns)}"
        if len(columns) == 1:
            return self._rule(name, UNIQUE, {"column": columns[0]}, says)
        return self._rule(name, UNIQUE_TOGETHER, {"column_list": list(columns)}, says)

    def empty(self, column: str, name: str, says: str) -> Rule:
        """The column, which names what is wrong with the row, is null."""
        return self._rule(name, NULL, {"column": column}, says, (column,))

    def one_of(self, column: str, values: Iterable[Any], says: str = "") -> Rule:
        """The column holds one of the values, or null."""
        allowed = sorted(values)
        return self._rule(
            column, IN_SET, {"column": column, "value_set": allowed}, says or f"{column} is a known value"
        )

    def within(self, column: str, least: float | None, most: float | None, says: str = "", name: str = "") -> Rule:
        """The column is null or lies between the bounds, both included."""
        arguments = {"column": column, "min_value": least, "max_value": most}
        return self._rule(name or column, BETWEEN, arguments, says or f"{column} is {_range(least, most)}")

    def matches(self, column: str, regex: str, says: str) -> Rule:
        """The column is null or matches the regular expression."""
        return self._rule(column, REGEX, {"column": column, "regex": regex}, says)

    def holds(self, column: str, says: str, shows: tuple[str, ...] = ()) -> Rule:
        """The computed boolean column is true (null counts as false); `shows` are the columns that tell why."""
        return self._rule(column, IN_SET, {"column": column, "value_set": [True]}, says, shows)

    def share(self, column: str, least: float | None, most: float | None, says: str, min_rows: int = 0) -> Rule:
        """The mean of a column of figures or of true and false lies between the bounds."""
        arguments = {"column": column, "min_value": least, "max_value": most}
        says = f"{says} is {_range(least, most)}"
        return self._rule(column, MEAN, arguments, says, min_rows=min_rows)

    def rows(self, name: str, least: float | None, most: float | None, says: str, per: float = 1.0) -> Rule:
        """The number of rows, divided by `per`, lies between the bounds."""
        arguments = {  # in whole rows, which is what Great Expectations makes of them
            "min_value": None if least is None else ceil(least * per),
            "max_value": None if most is None else floor(most * per),
        }
        return self._rule(name, ROW_COUNT, arguments, f"{says} is {_range(least, most)}", per=per)

    def _rule(
        self,
        name: str,
        expectation: str,
        arguments: Mapping[str, Any],
        says: str,
        shows: tuple[str, ...] = (),
        min_rows: int = 0,
        per: float = 1.0,
    ) -> Rule:
        level = self.level
        return Rule(self.check, name, level, expectation, arguments, says, self.remedy, shows, min_rows, per)


def _range(least: float | None, most: float | None) -> str:
    if least is None and most is None:
        return "anything"
    if least is None:
        return f"at most {most:g}"
    if most is None:
        return f"at least {least:g}"
    return f"between {least:g} and {most:g}"
