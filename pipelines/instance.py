"""The Dagster instance of an installation: its folder, its configuration, the one run at a time, and runs that died.

The folder (`home` in the settings) is the DAGSTER_HOME of `attache run` and `attache ui`, so that runs and checks
made on the command line are there in the UI.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import dagster as dg
from dagster._core.instance.config import dagster_instance_config
from dagster._core.instance.ref import InstanceRef

from assets.batches import BATCHES
from assets.steps import COMMAND_LINE, LAUNCHED_BY
from pipelines import event_log

INSTANCE_CONFIG = """\
# The configuration of Attaché's Dagster instance. `attache` writes it into its home folder when there is none;
# `dagster dev` started beside workspace.yaml reads the one there. Nothing is sent anywhere.
telemetry:
  enabled: false
nux:
  enabled: false
# One run at a time writes to the warehouse, and the others wait in the queue: a step that waited for the pool inside
# its run would keep a processor busy (Dagster 1.13's in-process executor polls without a pause).
concurrency:
  pools:
    granularity: run
    default_limit: 1
# Freshness policies (the setting fresh_within_hours) are looked at by the daemon.
freshness:
  enabled: true
# Steps log through Dagster; capturing the process's own output would cost two processes a run.
compute_logs:
  module: dagster._core.storage.noop_compute_log_manager
  class: NoOpComputeLogManager
"""

# Of a home folder alone: who reads its configuration has DAGSTER_HOME set, as `attache ui` does.
STORAGE_CONFIG = f"""\
# Dagster's SQLite files in this folder, kept open between events, which makes runs several seconds shorter.
storage:
  custom:
    module: {event_log.__name__}
    class: {event_log.KeptSqliteStorage.__name__}
    config:
      base_dir:
        env: DAGSTER_HOME
"""

WORKSPACE_FILE = "workspace.yaml"
WORKSPACE = """\
# What Dagster loads: the code location of Attaché.
load_from:
  - python_module:
      module_name: pipelines.definitions
      location_name: attache
"""

_STORAGES = ("run_storage", "event_log_storage", "schedule_storage")
_POLL_SECONDS = 0.2
_DEAD_MESSAGE = "The process of this run ended before the run did; `attache run` takes its batch up again."


class HomeBusy(Exception):
    """Another `attache run` is at work on the same home folder; the message says which, and what to do."""


def prepare_home(home: Path) -> Path:
    """Make the home folder and its two files of Dagster's if need be; the folder, absolute. Raises OSError."""
    home = home.absolute()
    home.mkdir(parents=True, exist_ok=True)
    for name, content in {"dagster.yaml": INSTANCE_CONFIG + STORAGE_CONFIG, WORKSPACE_FILE: WORKSPACE}.items():
        if not (home / name).exists():
            (home / name).write_text(content, encoding="utf-8")
    return home


def open_instance(home: Path) -> dg.DagsterInstance:
    """The persistent instance of a home folder; use it as a context manager.

    Its event log is kept open (`pipelines.event_log`), unless the folder's `dagster.yaml` names another storage.
    """
    folder = str(prepare_home(home))
    config, _ = dagster_instance_config(folder)
    ours = {"module": event_log.__name__, "class": event_log.KeptSqliteStorage.__name__}
    named = config.get("storage") or {key: config[key] for key in _STORAGES if key in config}
    custom = named.get("custom") or {}
    if named and any(custom.get(key) != value for key, value in ours.items()):
        return dg.DagsterInstance.from_config(folder)
    kept = {"storage": {"custom": {**ours, "config": {"base_dir": folder}}}}
    return dg.DagsterInstance.from_ref(InstanceRef.from_dir(folder, overrides=kept))


@contextmanager
def only_run(home: Path, wait_seconds: float, tell: Callable[[str], None], name: str = "run") -> Iterator[None]:
    """Hold the home folder's lock for the command `name`, waiting for another to end; HomeBusy when time is up.

    The lock is SQLite's on a file of its own, which the operating system frees even when a process is killed.
    """
    prepare_home(home)
    connection = sqlite3.connect(home / f"{name}.lock", timeout=0, isolation_level=None)
    deadline, told = time.monotonic() + wait_seconds, False
    try:
        while not _locked(connection):
            if time.monotonic() >= deadline:
                raise HomeBusy(
                    f"Another `attache {name}` is still at work with the home folder {home} after {wait_seconds:g} "
                    "seconds. Wait for it or stop it, then run again, or set warehouse_wait_seconds higher."
                )
            if not told:
                tell(f"Waiting: another `attache {name}` is at work with the home folder {home}.")
                told = True
            time.sleep(_POLL_SECONDS)
        yield
    finally:
        connection.close()


def is_running(home: Path, name: str = "run") -> bool:
    """Whether an `attache run` (or the command `name`) is at work on the home folder at this moment."""
    if not (home / f"{name}.lock").exists():
        return False
    connection = sqlite3.connect(home / f"{name}.lock", timeout=0, isolation_level=None)
    try:
        return not _locked(connection)
    finally:
        connection.close()


def _locked(connection: sqlite3.Connection) -> bool:
    try:
        connection.execute("BEGIN EXCLUSIVE")
    except sqlite3.OperationalError:
        return False
    return True


def end_dead_runs(instance: dg.DagsterInstance) -> int:
    """Mark runs of the command line that never ended as failed; how many there were. Call under `only_run`."""
    unfinished = [dg.DagsterRunStatus.NOT_STARTED, dg.DagsterRunStatus.STARTING, dg.DagsterRunStatus.STARTED]
    dead = instance.get_runs(dg.RunsFilter(tags={LAUNCHED_BY: COMMAND_LINE}, statuses=unfinished))
    for run in dead:
        instance.report_run_failed(run, _DEAD_MESSAGE)
        with suppress(NotImplementedError):
            instance.event_log_storage.free_concurrency_slots_for_run(run.run_id)
    return len(dead)


def register_batches(instance: dg.DagsterInstance, batches: tuple[str, ...]) -> None:
    """Add the partitions of batches that the instance does not have yet."""
    known = set(instance.get_dynamic_partitions(str(BATCHES.name)))
    missing = [batch for batch in batches if batch not in known]
    if missing:
        instance.add_dynamic_partitions(str(BATCHES.name), missing)
