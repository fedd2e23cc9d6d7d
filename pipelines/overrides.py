"""What people decide about which mentions are one event: kept by mention, so that it outlives the events' ids.

A decision takes effect when events are merged next; the mentions it touches are marked for that here.
"""

# ruff: noqa: S608 - names of tables are our own

from __future__ import annotations

import csv
import uuid
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

import polars as pl

from assets.events.overrides.rows import OVERRIDES, Override
from pipelines.warehouse import DuckDBWarehouse

_REDO = "UPDATE events.mentions SET event_id = NULL WHERE event_id IN ({})"
_EVENTS_OF = "SELECT event_id FROM events.mentions WHERE mention_id IN (SELECT unnest(?::VARCHAR[]))"


class OverrideError(ValueError):
    """A decision that cannot be taken; the message says why and what to do."""


def merge_events(warehouse: DuckDBWarehouse, event_ids: Sequence[str], note: str | None) -> int:
    """All mentions of the events are one event from now on; how many they are. Raises OverrideError."""
    mentions = _mentions_of(warehouse, event_ids)
    label = _label()
    return decide(warehouse, dict.fromkeys((m for group in mentions.values() for m in group), label), note)


def split_event(warehouse: DuckDBWarehouse, event_id: str, mention_ids: Sequence[str], note: str | None) -> int:
    """The named mentions are an event of their own, the event's others another. Raises OverrideError."""
    (everything,) = _mentions_of(warehouse, [event_id]).values()
    strangers = sorted(set(mention_ids) - set(everything))
    if strangers:
        raise OverrideError(f"not mentions of event {event_id}: {', '.join(strangers)}")
    if set(mention_ids) == set(everything):
        raise OverrideError("nothing would be left of the event; name fewer mentions")
    taken, left = _label(), _label()
    return decide(warehouse, {m: taken if m in set(mention_ids) else left for m in everything}, note)


def import_decisions(warehouse: DuckDBWarehouse, path: Path) -> int:
    """Take in a CSV file with the columns mention_id, together and maybe note. Raises OverrideError."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        if not {"mention_id", "together"} <= set(reader.fieldnames or ()):
            raise OverrideError(f"{path} lacks the columns mention_id and together; its first line names the columns")
        rows = [row for row in reader if row["mention_id"] and row["together"]]
    by_note: dict[str | None, dict[str, str]] = {}
    for row in rows:
        by_note.setdefault(row.get("note") or None, {})[row["mention_id"]] = row["together"]
    return sum(decide(warehouse, labels, note) for note, labels in by_note.items())


def decide(warehouse: DuckDBWarehouse, labels: Mapping[str, str], note: str | None) -> int:
    """Keep a label for each mention, in place of an earlier one; how many."""
    now = datetime.now(UTC).replace(tzinfo=None)
    frame = OVERRIDES.frame(Override(mention, label, note, now) for mention, label in labels.items())
    same_label = "SELECT mention_id FROM events.overrides WHERE together IN (SELECT unnest(?::VARCHAR[]))"
    with warehouse.transaction() as connection:
        connection.register("decided", frame)
        connection.execute("INSERT OR REPLACE INTO events.overrides SELECT * FROM decided")
        connection.execute(_REDO.format(_EVENTS_OF), [list(labels)])
        connection.execute(
            _REDO.format(f"SELECT event_id FROM events.mentions WHERE mention_id IN ({same_label})"),
            [sorted(set(labels.values()))],
        )
    return len(labels)


def forget(warehouse: DuckDBWarehouse, mention_ids: Sequence[str]) -> int:
    """Take decisions back: the scores decide again about these mentions; how many decisions there were."""
    with warehouse.transaction() as connection:
        connection.execute(_REDO.format(_EVENTS_OF), [list(mention_ids)])
        gone = connection.execute(
            "DELETE FROM events.overrides WHERE mention_id IN (SELECT unnest(?::VARCHAR[]))", [list(mention_ids)]
        ).fetchone()
    return int(gone[0]) if gone else 0


def decisions(warehouse: DuckDBWarehouse) -> pl.DataFrame:
    """Every decision, with the event that the mention belongs to now."""
    return warehouse.read(
        "SELECT o.*, m.event_id FROM events.overrides AS o LEFT JOIN events.mentions AS m USING (mention_id) "
        "ORDER BY together, mention_id"
    )


def _label() -> str:
    return uuid.uuid4().hex[:12]


def _mentions_of(warehouse: DuckDBWarehouse, event_ids: Sequence[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for event_id in event_ids:
        rows = warehouse.read("SELECT mention_id FROM events.mentions WHERE event_id = ? ORDER BY 1", [event_id])
        if rows.is_empty():
            raise OverrideError(f"no mention tells of an event {event_id}; `attache sql 'FROM events'` lists events")
        found[event_id] = rows["mention_id"].to_list()
    return found
