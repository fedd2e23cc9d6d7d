"""The row type of `ops.check_results`: one row for every expectation that a gate has judged.

Rows are only ever added (a step that is run again inside the same run replaces its own), so that quality over time
is a SQL query. What to expect stands in `quality/suites`; who runs it, in `quality/gates.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from assets.table import Table

WHOLE_TABLE = "all"
"""What `batch` says where a table has no batches and is judged as a whole."""


@dataclass(frozen=True)
class CheckResult:
    """What one expectation found in one batch of one table."""

    run_id: Annotated[str, "The Dagster run that judged the table"]
    batch: Annotated[str, "The batch that was judged; 'all' for a table that has no batches"]
    asset: Annotated[str, "The table that was judged, as schema.name"]
    check_name: Annotated[str, "The asset check the expectation belongs to: keys, references, offsets, vocabulary, …"]
    expectation: Annotated[str, "Short stable name of the expectation inside its check"]
    level: Annotated[str, "What a failure does: row (to quarantine), warn (told only) or block (stops the run)"]
    passed: Annotated[bool, "Whether the expectation held"]
    checked_count: Annotated[int, "Rows that the expectation looked at"]
    unexpected_count: Annotated[int, "Rows that broke it; for an expectation about the whole table 0 or 1"]
    unexpected_percent: Annotated[float, "The same as a percentage of the rows looked at, 0 to 100"]
    observed: Annotated[float | None, "The figure that was measured (a share, mean or count), where there is one"]
    minimum: Annotated[float | None, "The least that the figure may be, where there is a bound"]
    maximum: Annotated[float | None, "The most that the figure may be, where there is a bound"]
    message: Annotated[str, "What was found, and what to do where it did not hold, in a sentence or two"]
    evaluated_at: Annotated[datetime, "When it was judged (UTC)"]
    expected: Annotated[str | None, "What must hold of every row, or of the table, in words; null before version 14"]
    expectation_type: Annotated[str | None, "The Great Expectations expectation that judged it"]
    sample_rows: Annotated[str | None, "The first five rows that broke it, as a JSON list of objects; null if none"]


CHECK_RESULTS = Table(
    schema="ops",
    name="check_results",
    row_type=CheckResult,
    key=("run_id", "batch", "asset", "check_name", "expectation"),
    comment="One row is what one expectation found in one batch of one table in one run",
)
