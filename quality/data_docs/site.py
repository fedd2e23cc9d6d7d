"""Makes the pages of the Data Docs from results of checks. Plain values in, HTML out.

Great Expectations' own Data Docs load scripts and styles from other hosts, and show the names of computed columns
where our rules say in words what must hold. These pages hold everything they need, and tell what happened over time.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from jinja2 import Environment, PackageLoader, StrictUndefined, Template, select_autoescape
from markupsafe import Markup

from quality.data_docs.trend import trend
from quality.results import CheckResult
from quality.rules import Level
from quality.suite import Suite

INDEX = "index.html"
_HOLDS = "holds"
_STATES = (_HOLDS, *(level.outcome for level in (Level.WARN, Level.ROW, Level.BLOCK)))


@dataclass(frozen=True)
class Expectation:
    """One expectation over the batches: its latest result, and the figures that it measured, oldest first."""

    latest: CheckResult
    trend: Markup


@dataclass(frozen=True)
class BatchResults:
    """What the gate of one table found in one batch."""

    batch: str
    results: tuple[CheckResult, ...]

    @property
    def state(self) -> str:
        """The worst that happened: holds, warning, quarantined or blocked."""
        return max((state_of(result) for result in self.results), key=_STATES.index, default=_HOLDS)

    @property
    def broken(self) -> list[CheckResult]:
        """The expectations that did not hold."""
        return [result for result in self.results if not result.passed]

    @property
    def evaluated_at(self) -> datetime:
        """When the gate judged the batch (UTC)."""
        return max(result.evaluated_at for result in self.results)

    @property
    def run_id(self) -> str:
        """The Dagster run that judged it."""
        return self.results[0].run_id


@dataclass(frozen=True)
class TableDocs:
    """Everything that the pages tell about the gate of one table; batches latest first."""

    suite: Suite
    batches: tuple[BatchResults, ...]

    @property
    def name(self) -> str:
        """The table as schema.name."""
        return self.suite.table.qualified_name

    @property
    def page(self) -> str:
        """File name of the table's page."""
        return page_of(self.name)

    @property
    def state(self) -> str:
        """How the latest batch stands; 'not judged' if none was."""
        return self.batches[0].state if self.batches else "not judged"

    @property
    def checks(self) -> dict[str, tuple[str, list[Expectation]]]:
        """For each check its description and expectations."""
        by_name = {check: (description, list[Expectation]()) for check, description in self.suite.all_checks.items()}
        for (check, _), results in self._over_time().items():
            if check in by_name:
                by_name[check][1].append(Expectation(results[0], trend(list(reversed(results)))))
        return by_name

    def _over_time(self) -> dict[tuple[str, str], list[CheckResult]]:
        found = defaultdict[tuple[str, str], list[CheckResult]](list)
        for batch in self.batches:
            for result in batch.results:
                found[result.check_name, result.expectation].append(result)
        return found


def page_of(table: str) -> str:
    """File name of the page of the table called ``schema.name``."""
    return f"{table}.html"


def data_docs(suites: Sequence[Suite], results: Iterable[CheckResult], now: datetime) -> dict[str, str]:
    """The pages, by file name. `results`: the latest of every expectation in every batch to show; `now` is UTC."""
    by_table: dict[str, dict[str, list[CheckResult]]] = defaultdict(lambda: defaultdict(list))
    for result in results:
        by_table[result.asset][result.batch].append(result)
    tables = [_table_docs(suite, by_table.get(suite.table.qualified_name, {})) for suite in suites]
    names = sorted({batch.batch for table in tables for batch in table.batches}, reverse=True)
    grid = {table.name: {batch.batch: batch for batch in table.batches} for table in tables}
    common = {"tables": tables, "now": now, "state_of": state_of, "rows_of": rows_of}
    pages = {INDEX: _template("index.html.j2").render(**common, batches=names, grid=grid, table=None)}
    for table in tables:
        pages[table.page] = _template("table.html.j2").render(**common, table=table)
    return pages


def state_of(result: CheckResult) -> str:
    """What the result came to: holds, warning, quarantined or blocked."""
    return _HOLDS if result.passed else Level(result.level).outcome


def rows_of(result: CheckResult) -> list[dict[str, str]]:
    """The rows that the result shows; none where none was kept."""
    return list(json.loads(result.sample_rows)) if result.sample_rows else []


def _table_docs(suite: Suite, by_batch: Mapping[str, Sequence[CheckResult]]) -> TableDocs:
    batches = (BatchResults(name, tuple(found)) for name, found in by_batch.items())
    return TableDocs(suite, tuple(sorted(batches, key=lambda b: (b.batch, b.evaluated_at), reverse=True)))


@lru_cache(maxsize=1)
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("quality.data_docs", "templates"),
        autoescape=select_autoescape(default=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _template(name: str) -> Template:
    return _environment().get_template(name)
