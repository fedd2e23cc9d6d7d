"""Turns suites into blocking Dagster asset checks: the one place where quality meets Dagster.

A table has one gate, a step that runs right after the asset in the partition (batch) of the run and reports several
named checks. A check fails with severity ERROR when a rule that blocks is broken: what depends on the asset does not
run. Where only rows went to quarantine, or a rule only warns, it fails with severity WARN and the run goes on.
"""

import warnings
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import dagster as dg

from assets.batches import BATCHES
from assets.steps import tried_again
from quality.data_docs.folder import write_data_docs
from quality.inspection import Finding, Inspection, inspect
from quality.quarantine import QuarantineWarehouse
from quality.rules import Level
from quality.suite import Suite
from quality.suites.every import SUITES, check_levels
from quality.thresholds import load_thresholds

WAREHOUSE_RESOURCE = "warehouse"
_MARKDOWN = str.maketrans({c: f"\\{c}" for c in "\\`*_{}[]()#+-.!|~:@>"} | {"<": "&lt;", "&": "&amp;"})


def gate_checks(
    thresholds_file: Path | None = None, pool: str | None = None, data_docs: Path | None = None
) -> list[dg.AssetChecksDefinition]:
    """The gates of all tables. `thresholds_file`: the user's, laid over the package's; read anew by each step.

    `pool`: the Dagster pool that serialises what writes to the warehouse. `data_docs`: folder of the Data Docs, which
    a gate that blocks writes anew, since nothing after it will.
    Raises ThresholdsError when the thresholds cannot be used.
    """
    check_levels(load_thresholds(thresholds_file))
    return [gate(suite, thresholds_file, pool, data_docs) for suite in SUITES]


def gate(
    suite: Suite,
    thresholds_file: Path | None = None,
    pool: str | None = None,
    data_docs: Path | None = None,
) -> dg.AssetChecksDefinition:
    """The gate of one table."""
    table = suite.table
    asset = dg.AssetKey([table.schema, table.name])
    partitions = BATCHES if table.is_batched else None
    with warnings.catch_warnings():
        # Checks of one partition are new in Dagster; users can do nothing about the warning, and it hides others.
        warnings.simplefilter("ignore", dg.PreviewWarning)
        specs = [
            dg.AssetCheckSpec(name, asset=asset, description=text, blocking=True, partitions_def=partitions)
            for name, text in suite.all_checks.items()
        ]

    @dg.multi_asset_check(
        name=f"gate_{table.schema}_{table.name}",
        description=f"Judges a batch of {table.qualified_name}, and sends failing rows to quarantine",
        specs=specs,
        required_resource_keys={WAREHOUSE_RESOURCE},
        pool=pool,
    )
    def check(context: dg.AssetCheckExecutionContext) -> Iterator[dg.AssetCheckResult]:
        thresholds = load_thresholds(thresholds_file)
        warehouse: QuarantineWarehouse = getattr(context.resources, WAREHOUSE_RESOURCE)
        with tried_again(context.op_execution_context):
            batches = _batches(context, suite, warehouse)
            run = context.run.run_id
            inspections = [
                inspect(warehouse, suite, batch, run, thresholds, _made_in_this_run(context, suite, batch))
                for batch in batches
            ]
        if data_docs is not None and any(inspection.blocks for inspection in inspections):
            context.log.info(f"Data Docs: {write_data_docs(warehouse, data_docs)}")
        for name in suite.all_checks:
            result = _check_result(asset, name, inspections)
            if not result.passed:
                log = context.log.error if result.severity == dg.AssetCheckSeverity.ERROR else context.log.warning
                log(f"{table.qualified_name}: {name}: {_plain_messages(name, inspections)}")
            yield result

    return check


def _batches(
    context: dg.AssetCheckExecutionContext, suite: Suite, warehouse: QuarantineWarehouse
) -> list[str | None]:
    """The batches to judge: the run's, else every batch of the table one by one; None is a table without batches."""
    if context.has_partition_key or context.has_partition_key_range:
        return list(context.partition_keys)
    if not suite.table.is_batched:
        return [None]
    found = warehouse.read(f"SELECT DISTINCT batch FROM {suite.table.qualified_name} ORDER BY batch")  # noqa: S608
    return list(found["batch"])


def _made_in_this_run(context: dg.AssetCheckExecutionContext, suite: Suite, batch: str | None) -> bool:
    """Whether this very run made the rows that are judged (else the gate runs alone, over what was left in place)."""
    key = dg.AssetKey([suite.table.schema, suite.table.name])
    partitions = [batch] if batch is not None and suite.table.is_batched else None
    records = context.instance.fetch_materializations(
        dg.AssetRecordsFilter(asset_key=key, asset_partitions=partitions), limit=1
    ).records
    return bool(records) and records[0].run_id == context.run.run_id


def _check_result(asset: dg.AssetKey, check: str, inspections: Sequence[Inspection]) -> dg.AssetCheckResult:
    findings = [(inspection, finding) for inspection in inspections for finding in inspection.of_check(check)]
    broken = [(inspection, finding) for inspection, finding in findings if not finding.verdict.passed]
    blocks = any(finding.verdict.rule.level is Level.BLOCK for _, finding in broken)
    metadata: dict[str, Any] = {
        "rows": sum(inspection.row_count for inspection in inspections),
        "rules": len(findings),
        "broken_rules": len(broken),
        "expectations": _expectations(findings),
    }
    observed = [f.verdict.observed for _, f in findings if f.verdict.observed is not None]
    if len(observed) == 1:
        metadata["observed"] = observed[0]
    if broken:
        metadata["what_to_do"] = dg.MetadataValue.md(_what_to_do(broken))
    if any(finding.samples for _, finding in broken):
        metadata["sample_rows"] = dg.MetadataValue.md(_sample_rows(broken))
    moved: dict[str, int] = {}
    for inspection in inspections if any(f.verdict.rule.level is Level.ROW for _, f in broken) else ():
        for name, count in inspection.moved.items():
            moved[name] = moved.get(name, 0) + count
    if moved:
        metadata["moved_to_quarantine"] = moved
    return dg.AssetCheckResult(
        asset_key=asset,
        check_name=check,
        passed=not broken,
        severity=dg.AssetCheckSeverity.ERROR if blocks else dg.AssetCheckSeverity.WARN,
        description=_summary(len(findings), broken),
        metadata=metadata,
    )


def _summary(rule_count: int, broken: Sequence[tuple[Inspection, Finding]]) -> str:
    if not broken:
        return f"All {rule_count} rules hold."
    return "\n".join(finding.message for _, finding in broken)  # holds no text of pages, so needs no escaping


def _plain_messages(check: str, inspections: Sequence[Inspection]) -> str:
    parts = []
    for inspection in inspections:
        for finding in inspection.of_check(check):
            if not finding.verdict.passed:
                rows = "; ".join(", ".join(f"{k}={v}" for k, v in row.items()) for row in finding.samples)
                parts.append(finding.message + (f" First rows: {rows}" if rows else ""))
    return " ".join(parts)


def _expectations(findings: Sequence[tuple[Inspection, Finding]]) -> dg.TableMetadataValue:
    records = []
    for inspection, finding in findings:
        verdict, rule = finding.verdict, finding.verdict.rule
        records.append(
            dg.TableRecord(
                {
                    "rule": rule.name,
                    "batch": inspection.batch or "",
                    "level": rule.level.value,
                    "holds": verdict.passed,
                    "expected": rule.says,
                    "rows": verdict.checked_count,
                    "failing": verdict.unexpected_count,
                    "percent": round(verdict.unexpected_percent, 2),
                    "observed": "" if verdict.observed is None else f"{verdict.observed:.4g}",
                }
            )
        )
    types = {"holds": "bool", "rows": "int", "failing": "int", "percent": "float"}
    names = ("rule", "batch", "level", "holds", "expected", "rows", "failing", "percent", "observed")
    schema = dg.TableSchema([dg.TableColumn(name, types.get(name, "string")) for name in names])
    return dg.MetadataValue.table(records, schema)


def _what_to_do(broken: Sequence[tuple[Inspection, Finding]]) -> str:
    remedies = dict.fromkeys(finding.verdict.rule.remedy for _, finding in broken)
    return "\n".join(f"- {escape_markdown(remedy)}" for remedy in remedies)


def _sample_rows(broken: Sequence[tuple[Inspection, Finding]]) -> str:
    parts = []
    for _, finding in broken:
        if finding.samples:
            names = list(finding.samples[0])
            lines = [
                f"**{escape_markdown(finding.verdict.rule.name)}**",
                "",
                _table_row(names),
                _table_row(["---"] * len(names), escaped=True),
                *(_table_row([row[name] for name in names]) for row in finding.samples),
            ]
            parts.append("\n".join(lines))
    return "\n\n".join(parts)


def _table_row(cells: Sequence[str], escaped: bool = False) -> str:
    return f"| {' | '.join(cells if escaped else map(escape_markdown, cells))} |"


def escape_markdown(text: str) -> str:
    """The text such that Markdown shows it as it stands, on one line: no markup, link, image or HTML."""
    return " ".join(text.split()).translate(_MARKDOWN)
