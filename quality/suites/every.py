"""Every suite, in the order in which the tables are made."""

from __future__ import annotations

from quality.suite import Suite
from quality.suites import (
    cleaned_documents,
    cleaned_spans,
    events_actors,
    events_arms,
    events_claims,
    events_events,
    events_mentions,
    events_pairs,
    events_second_opinions,
    marts,
    raw_documents,
    raw_rejected,
    translated_segments,
)
from quality.thresholds import Thresholds, ThresholdsError

SUITES: tuple[Suite, ...] = (
    raw_documents.SUITE,
    raw_rejected.SUITE,
    cleaned_documents.SUITE,
    cleaned_spans.SUITE,
    translated_segments.SUITE,
    events_mentions.SUITE,
    events_events.SUITE,
    events_claims.SUITE,
    events_pairs.SUITE,
    events_arms.SUITE,
    events_actors.SUITE,
    events_second_opinions.SUITE,
    *marts.SUITES,
)


def suite_of(qualified_name: str) -> Suite:
    """The suite of the table called ``schema.name``. Raises KeyError with the names there are."""
    for suite in SUITES:
        if suite.table.qualified_name == qualified_name:
            return suite
    raise KeyError(f"no suite for {qualified_name}; there are {', '.join(s.table.qualified_name for s in SUITES)}")


def check_levels(thresholds: Thresholds) -> None:
    """Raise ThresholdsError when the levels name a table that no suite judges."""
    tables = [suite.table.qualified_name for suite in SUITES]
    for name in thresholds.levels:
        if not any(name.startswith(f"{table}.") for table in tables):
            raise ThresholdsError(f'levels."{name}" names no judged table; they are {", ".join(tables)}')
