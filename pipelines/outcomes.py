"""How a Dagster run ended, in words for people: the gates that blocked and the steps that failed, from its events.

Whoever runs a job (`runs`) or hears of a run that somebody else made (`sensors`) tells of it with these.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import dagster as dg

from pipelines.warehouse import WarehouseBusy


@dataclass(frozen=True)
class BlockedGate:
    """A check that stopped a run."""

    asset: str
    check: str
    message: str

    @property
    def reason(self) -> str:
        """What stopped the run, in a sentence or two."""
        return f"the gate of {self.asset} blocked ({self.check}): {self.message}"


@dataclass(frozen=True)
class FailedStep:
    """A step whose code raised an exception: its class, its message, and Dagster's account of it."""

    step: str
    error_type: str
    message: str
    detail: str

    @property
    def reason(self) -> str:
        """What stopped the run, in a sentence or two."""
        return f"{self.step}: {self.message}"


@dataclass(frozen=True)
class BatchOutcome:
    """How a batch's run ended; for a run that merges events, `batch` is the name of their table."""

    batch: str
    run_id: str
    success: bool
    blocked: tuple[BlockedGate, ...]
    failed: tuple[FailedStep, ...]

    @property
    def warehouse_busy(self) -> bool:
        """Whether the run failed because another program held the warehouse for too long."""
        return any(step.error_type == WarehouseBusy.__name__ for step in self.failed)

    @property
    def reasons(self) -> list[str]:
        """What stopped it, one sentence or two each."""
        return [*(gate.reason for gate in self.blocked), *(step.reason for step in self.failed)]


def blocked_gates(events: Iterable[dg.DagsterEvent]) -> tuple[BlockedGate, ...]:
    """The gates that blocked, among the events of a run."""
    evaluations = [
        e.asset_check_evaluation_data for e in events if e.event_type == dg.DagsterEventType.ASSET_CHECK_EVALUATION
    ]
    return tuple(
        BlockedGate(".".join(e.asset_key.path), e.check_name, e.description or "")
        for e in evaluations
        if not e.passed and e.blocking and e.severity == dg.AssetCheckSeverity.ERROR
    )


def failed_steps(events: Iterable[dg.DagsterEvent]) -> tuple[FailedStep, ...]:
    """Failures of code among the events of a run; the failure of a gate that blocked is told as such."""
    return tuple(
        _failed(event)
        for event in events
        if event.is_step_failure
        and "DagsterAssetCheckFailedError" not in event.step_failure_data.error_display_string
    )


def _failed(event: dg.DagsterEvent) -> FailedStep:
    error: Any = event.step_failure_data.error
    detail = error.to_string() if error else ""
    while error is not None and error.cause is not None:
        error = error.cause
    message = (error.message or "").strip() if error else "no reason was given"
    error_type = (error.cls_name or "") if error else ""
    plain = re.sub(rf"^(?:[\w.]+\.)?{re.escape(error_type)}: ", "", message).strip()
    return FailedStep(event.step_key or "", error_type, plain, detail)
