"""A run as it goes, on stderr: what `attache run` and `attache overrides` show while they work."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.text import Text

from pipelines.cli.text import harmless

if TYPE_CHECKING:
    from pipelines.intake import Intake
    from pipelines.outcomes import BatchOutcome


_SECONDS_BEFORE_A_GUESS = 5.0
_LEAST_SHARE = 0.02


class Display:
    """Shows a run on stderr: a moving line on a terminal, else one line a batch. It is the run's reporter."""

    def __init__(self, err: Console, verbose: bool) -> None:
        self._err = err
        self._moving = err.is_terminal and not verbose
        self._progress = Progress(
            SpinnerColumn(),
            TextColumn("{task.description}", markup=False),
            BarColumn(bar_width=24),
            MofNCompleteColumn(),
            TextColumn("{task.fields[items]}", markup=False),
            TimeElapsedColumn(),
            console=err,
            disable=not self._moving,
            transient=True,
        )
        self._task = self._progress.add_task("looking at the corpus", total=None, items="")
        self._batch = ""
        self._step_began = time.monotonic()

    def __enter__(self) -> Display:
        self._progress.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._progress.stop()

    def intake_done(self, intake: Intake, resumed: int) -> None:
        """Tell what is new."""
        from pipelines.jobs import tell_intake

        if resumed:
            self._say("An earlier run was stopped; what it had not finished is taken up again.")
        self._say(tell_intake(intake))

    def batch_started(self, batch: str, number: int, total: int) -> None:
        """Begin the line of a batch."""
        self._batch = f"batch {number} of {total}"

    def merge_started(self) -> None:
        """Begin the line of a merge."""
        self._batch = "all batches"

    def step_started(self, description: str, number: int, total: int) -> None:
        """Say what the run is doing."""
        self._step_began = time.monotonic()
        text = f"{self._batch}: {description}" if self._batch else description
        self._progress.update(self._task, description=text, completed=number - 1, total=total, items="")

    def advance(self, done: int, total: int, work: float | None = None) -> None:
        """Say how far the step is, and how long it still takes, once there is enough to tell."""
        share = done / max(total, 1) if work is None else work
        left = remaining(time.monotonic() - self._step_began, share)
        self._progress.update(self._task, items=f"{done:,}/{total:,}{left}")

    def batch_finished(self, outcome: BatchOutcome) -> None:
        """Say how a batch ended."""
        ending = "done" if outcome.success else "stopped by a gate" if outcome.blocked else "failed"
        self._say(f"{self._batch} ({outcome.batch}): {ending}")

    def waiting(self, message: str) -> None:
        """Say what the run waits for."""
        self._say(message)

    def _say(self, message: str) -> None:
        self._progress.console.print(Text(harmless(message)), soft_wrap=True)


def remaining(seconds: float, share: float) -> str:
    """ " · about 3 min left", from the seconds that a share (0 to 1) of a step took; empty where it is too early."""
    if seconds < _SECONDS_BEFORE_A_GUESS or not _LEAST_SHARE <= share < 1:
        return ""
    left = seconds * (1 - share) / share
    if left < 60:
        return " · less than a minute left"
    return f" · about {left / 60:.0f} min left" if left < 5400 else f" · about {left / 3600:.0f} h left"
