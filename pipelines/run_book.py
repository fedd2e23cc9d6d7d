"""The book of runs: which there were, with which code and vocabulary, and what they made.

It is kept inside the transactions that the runs write with. A run of the command line has its number from the start;
a run that Dagster started elsewhere (UI, sensor, schedule) is entered when it first writes a table.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assets.code_versions import version_of
from assets.events.event_versions.keep import RUN_VARIABLE
from assets.steps import COMMAND_LINE
from assets.warehouse import Change, Replace

if TYPE_CHECKING:
    import duckdb

RUN_TAG = "attache/run"
"""The tag of a Dagster run that tells the number of the run it belongs to."""
DAGSTER = "dagster"
RUNNING = "running"
STOPPED = "stopped"


@dataclass(frozen=True)
class Rules:
    """What a process works with: code versions by table, and every file of code, vocabulary and thresholds."""

    code_versions: Mapping[str, str]
    files: Mapping[str, str]

    @property
    def name(self) -> str:
        """A hash that stands for all of it."""
        return version_of(self.files)


_known: dict[str, Rules] = {}


def know_rules(rules: Rules) -> str:
    """Keep the rules for as long as the process lives; the name by which `known_rules` gives them back.

    Dagster makes resources anew from plain values, and a few hundred files are too much of a value.
    """
    _known[rules.name] = rules
    return rules.name


def known_rules(name: str) -> Rules | None:
    """The rules that this process keeps under a name."""
    return _known.get(name)


@dataclass(frozen=True)
class AtWork:
    """The Dagster run that a process writes for; `number` is known where the command line started it."""

    dagster_run: str
    number: int | None
    rules: Rules


def open_run(
    connection: duckdb.DuckDBPyConnection,
    rules: Rules,
    *,
    started_by: str,
    corpus: str | None = None,
    batches: Sequence[str] = (),
    dagster_runs: Sequence[str] = (),
) -> int:
    """Enter a run that begins now; its number."""
    connection.execute(
        "INSERT OR IGNORE INTO ops.rule_files SELECT ?, unnest(?::VARCHAR[]), unnest(?::VARCHAR[])",
        [rules.name, list(rules.files), list(rules.files.values())],
    )
    outcome = RUNNING if started_by == COMMAND_LINE else None
    found = connection.execute(
        "INSERT INTO ops.runs SELECT (SELECT coalesce(max(run), 0) + 1 FROM ops.runs), now()::TIMESTAMP, "
        "now()::TIMESTAMP, ?, ?, ?, ?, ?, ? RETURNING run",
        [started_by, corpus, list(batches), list(dagster_runs), rules.name, outcome],
    ).fetchall()
    return int(found[0][0])


def close_run(connection: duckdb.DuckDBPyConnection, number: int, outcome: str, dagster_runs: Sequence[str]) -> None:
    """Enter how a run of the command line ended."""
    connection.execute(
        "UPDATE ops.runs SET outcome = ?, dagster_runs = ?, ended_at = now()::TIMESTAMP WHERE run = ?",
        [outcome, list(dagster_runs), number],
    )


def close_dead_runs(connection: duckdb.DuckDBPyConnection) -> None:
    """Enter that runs of the command line which never ended were stopped. Call while none is at work."""
    connection.execute("UPDATE ops.runs SET outcome = ? WHERE outcome = ?", [STOPPED, RUNNING])


def sign_in(connection: duckdb.DuckDBPyConnection, at_work: AtWork | None) -> None:
    """Let what a transaction writes bear the number of the run at work, and enter that it wrote."""
    number = _number(connection, at_work) if at_work else None
    if number is None:
        connection.execute(f"RESET VARIABLE {RUN_VARIABLE}")
        return
    connection.execute(f"SET VARIABLE {RUN_VARIABLE} = {number:d}")
    connection.execute("UPDATE ops.runs SET ended_at = now()::TIMESTAMP WHERE run = ?", [number])


def note_made(connection: duckdb.DuckDBPyConnection, at_work: AtWork | None, changes: Sequence[Change]) -> None:
    """Enter which tables, or batches of tables, the changes make anew, and by which code."""
    if at_work is None:
        return
    made = sorted({key for change in changes if (key := _made_by(change, at_work.rules.code_versions))})
    if not made:
        return
    number = _number(connection, at_work)
    if number is None:
        number = open_run(connection, at_work.rules, started_by=DAGSTER, dagster_runs=[at_work.dagster_run])
        sign_in(connection, at_work)
    versions = [at_work.rules.code_versions[table] for table, _ in made]
    connection.execute(
        "INSERT OR REPLACE INTO ops.made SELECT unnest(?::VARCHAR[]), unnest(?::VARCHAR[]), unnest(?::VARCHAR[]), "
        "?, ?, now()::TIMESTAMP",
        [[table for table, _ in made], [batch for _, batch in made], versions, at_work.rules.name, number],
    )
    connection.execute(
        "UPDATE ops.runs SET batches = list_sort(list_distinct(list_concat(batches, ?::VARCHAR[]))) "
        "WHERE run = ? AND NOT list_has_all(batches, ?::VARCHAR[])",
        [batches := sorted({batch for _, batch in made if batch}), number, batches],
    )


def _made_by(change: Change, code_versions: Mapping[str, str]) -> tuple[str, str] | None:
    """Table and batch of a change that makes a batch of it, or rows of a table without batches, anew."""
    name = change.table.qualified_name
    if not isinstance(change, Replace) or name not in code_versions:
        return None
    if not change.table.is_batched:
        return name, ""
    return (name, change.parameters[0]) if change.where == "batch = ?" else None


def _number(connection: duckdb.DuckDBPyConnection, at_work: AtWork) -> int | None:
    if at_work.number is not None:
        return at_work.number
    found = connection.execute(
        "SELECT run FROM ops.runs WHERE list_contains(dagster_runs, ?)", [at_work.dagster_run]
    ).fetchall()
    return int(found[0][0]) if found else None
