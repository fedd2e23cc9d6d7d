"""From an exception to one line for a person and an exit code.

Exceptions are told by the names of their classes: importing the classes would load Dagster and DuckDB for commands
that need neither.
"""

from __future__ import annotations

import errno

from pipelines.cli import exit_codes

_EXIT_CODES: dict[str, int] = {
    "SettingsError": exit_codes.USAGE,
    "CorpusError": exit_codes.USAGE,
    "ThresholdsError": exit_codes.USAGE,
    "VocabularyError": exit_codes.USAGE,
    "WarehouseMissing": exit_codes.USAGE,
    "WarehouseBusy": exit_codes.BUSY,
    "HomeBusy": exit_codes.BUSY,
    "WarehouseError": exit_codes.FAILED,
    "ModelError": exit_codes.FAILED,
    "EngineError": exit_codes.FAILED,
}


def explain(error: BaseException) -> tuple[str, int]:
    """The message to show for an exception, and the exit code."""
    for kind in type(error).__mro__:
        if kind.__name__ in _EXIT_CODES:
            return str(error), _EXIT_CODES[kind.__name__]
    if isinstance(error, OSError):
        return _explain_os_error(error), exit_codes.FAILED
    if isinstance(error, MemoryError):
        return "there is not enough memory; try a smaller batch_size", exit_codes.FAILED
    name, first_line = type(error).__name__, (str(error).splitlines() or [""])[0]
    return (
        f"unforeseen error: {name}: {first_line} (run again as `attache --traceback …` and report what it shows)",
        exit_codes.FAILED,
    )


def _explain_os_error(error: OSError) -> str:
    what = error.strerror or str(error)
    if error.errno == errno.ENOSPC:
        what = "no space left on the disk; make room and run again"
    return f"{error.filename}: {what}" if error.filename else what
