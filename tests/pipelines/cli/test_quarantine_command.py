"""`attache quarantine` on a real warehouse with rows in quarantine."""

import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pytest

from assets.cleaned.documents.rows import DOCUMENTS
from assets.events.mentions.rows import MENTIONS
from assets.table import Table
from assets.warehouse import Replace
from pipelines.warehouse import DuckDBWarehouse
from quality.quarantine import quarantine_table

Attache = Callable[..., tuple[int, str, str]]
FILL: dict[str, Any] = {"VARCHAR": "x", "BIGINT": 1, "DOUBLE": 0.5, "BOOLEAN": True, "VARCHAR[]": ["x"]}


def quarantined(table: Table, key: str, batch: str, reason: str, hour: int) -> dict[str, Any]:
    """One row in quarantine, something in every column that is no date."""
    columns = quarantine_table(table).columns
    return {column.name: FILL.get(column.duckdb_type) for column in columns} | {
        table.key[0]: key,
        "batch": batch,
        "failed_expectation": reason,
        "failed_because": f"{key} broke {reason} \x1b[2J\u202e[red]",
        "quarantined_at": datetime(2024, 6, 18, hour),
    }


@pytest.fixture
def warehouse(tmp_path: Path) -> DuckDBWarehouse:
    """Three mentions of two batches and one document in quarantine."""
    made = DuckDBWarehouse(path=str(tmp_path / "attache.duckdb"))
    made.migrate()
    rows = {
        MENTIONS: [
            quarantined(MENTIONS, "m1", "b1", "offsets.evidence", 1),
            quarantined(MENTIONS, "m2", "b1", "dates.late", 2),
            quarantined(MENTIONS, "m3", "b2", "offsets.evidence", 3),
        ],
        DOCUMENTS: [quarantined(DOCUMENTS, "d1", "b1", "body.length", 4)],
    }
    for table, taken_out in rows.items():
        target = quarantine_table(table)
        made.write([Replace(target, pl.DataFrame(taken_out, schema=target.polars_schema), "", ())])
    return made


def left(warehouse: DuckDBWarehouse) -> list[str]:
    return warehouse.read("SELECT mention_id FROM quarantine.events_mentions ORDER BY 1")["mention_id"].to_list()


def test_what_is_in_quarantine_is_listed_latest_first(attache: Attache, warehouse: DuckDBWarehouse) -> None:
    code, out, _ = attache("quarantine", "list", "--json")
    assert code == 0
    assert [(g["table"], g["batch"], g["failed_expectation"], g["rows"]) for g in json.loads(out)] == [
        ("cleaned.documents", "b1", "body.length", 1),
        ("events.mentions", "b2", "offsets.evidence", 1),
        ("events.mentions", "b1", "dates.late", 1),
        ("events.mentions", "b1", "offsets.evidence", 1),
    ]
    code, out, _ = attache("quarantine", "list", "events.mentions")
    assert code == 0 and "dates.late" in out and "2024-06-18 03:00:00" in out and "body.length" not in out
    assert "\x1b" not in out and "\u202e" not in out and "[red]" in out


def test_rows_are_shown_with_their_reason(attache: Attache, warehouse: DuckDBWarehouse) -> None:
    code, out, _ = attache("quarantine", "show", "events.mentions", "--limit", "2", "--json")
    assert code == 0 and [row["mention_id"] for row in json.loads(out)] == ["m3", "m2"]
    code, out, _ = attache(
        "quarantine", "show", "quarantine.events_mentions", "--batch", "b1", "--expectation", "offsets.evidence"
    )
    assert code == 0 and "m1 broke offsets.evidence" in out and "m2" not in out and "\x1b" not in out
    code, out, err = attache("quarantine", "show", "events.events")
    assert code == 0 and out == "" and "Nothing" in err


def test_dropping_needs_a_yes_and_takes_only_what_was_named(attache: Attache, warehouse: DuckDBWarehouse) -> None:
    code, _, err = attache("quarantine", "drop", "events.mentions", "--batch", "b1")
    assert code == 2 and "2 rows" in err and "--yes" in err
    assert left(warehouse) == ["m1", "m2", "m3"]
    code, out, _ = attache("quarantine", "drop", "events.mentions", "--expectation", "offsets.evidence", "--yes")
    assert code == 0 and out.startswith("2 rows dropped") and left(warehouse) == ["m2"]
    code, out, _ = attache("quarantine", "drop", "events.mentions", "--batch", "nosuch", "--json")
    assert code == 0 and json.loads(out) == {"dropped": 0}
    assert json.loads(attache("quarantine", "drop", "events.mentions", "--yes", "--json")[1]) == {"dropped": 1}
    assert left(warehouse) == []
    assert warehouse.read("SELECT count(*) FROM quarantine.cleaned_documents").item() == 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["list", "nosuch"], "nosuch has no quarantine; there are raw.documents"),
        (["show", "events.mentions; DROP TABLE x"], "has no quarantine"),
        (["show", "events.mentions", "--limit", "0"], "--limit"),
        (["drop", "nosuch", "--yes"], "nosuch has no quarantine"),
        (["drop", "events.events", "--batch", "b1", "--yes"], "has no batches"),
        (["list", "-w", "none.duckdb"], "none.duckdb"),
        (["list", "-w", "empty.duckdb"], "no quarantine"),
    ],
)
def test_a_mistake_with_the_quarantine_gets_one_line_and_exit_code_2(
    attache: Attache, warehouse: DuckDBWarehouse, arguments: list[str], said: str
) -> None:
    duckdb.connect("empty.duckdb").close()
    code, _, err = attache("quarantine", *arguments)
    assert code == 2
    assert said in err and err.startswith("attache: ") and len(err.splitlines()) == 1
    assert left(warehouse) == ["m1", "m2", "m3"]
