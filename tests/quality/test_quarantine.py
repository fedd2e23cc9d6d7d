"""Listing, showing and dropping what is in quarantine."""

from __future__ import annotations

from datetime import datetime

import pytest

from quality.inspection import inspect
from quality.quarantine import drop_quarantined, list_quarantine, release_quarantined, show_quarantine
from quality.suites.every import suite_of
from quality.thresholds import load_thresholds


@pytest.fixture
def judged(warehouse, world):
    """A warehouse whose gates took out two raw documents for one reason, one for another, and an event."""
    for number in (0, 1):
        world.change("raw", number, sha256="0" * 64)
    world.change("raw", 2, media_type="image/png")
    world.change("events", 5, place_country="XYZ")
    world.write(warehouse)
    thresholds = load_thresholds()
    inspect(warehouse, suite_of("raw.documents"), "b0001", "run-1", thresholds)
    inspect(warehouse, suite_of("events.events"), None, "run-1", thresholds)
    return warehouse


def test_the_list_counts_rows_by_table_batch_and_reason(judged):
    groups = {(g.table, g.batch, g.failed_expectation): g.rows for g in list_quarantine(judged)}
    assert groups[("raw.documents", "b0001", "content.sha256_matches")] == 2
    assert groups[("raw.documents", "b0001", "content.media_type")] == 1
    assert {g.failed_expectation for g in list_quarantine(judged, "raw.documents")} == {
        "content.sha256_matches",
        "content.media_type",
    }
    with pytest.raises(KeyError, match=r"raw\.documents"):
        list_quarantine(judged, "raw.documints; DROP TABLE raw.documents")


def test_rows_are_shown_with_the_reason_and_without_bytes(judged):
    rows = show_quarantine(judged, "raw.documents", expectation="content.media_type")
    assert [row["media_type"] for row in rows] == ["image/png"]
    assert rows[0]["failed_because"].startswith("content.media_type does not hold") and "content" not in rows[0]
    assert len(show_quarantine(judged, "raw.documents", batch="b0001", limit=2)) == 2
    assert show_quarantine(judged, "raw.documents", batch="b0002") == []
    assert any(row["place_country"] == "XYZ" for row in show_quarantine(judged, "events.events", limit=10))
    with pytest.raises(ValueError, match="no batches"):
        show_quarantine(judged, "events.events", batch="b0001")


def test_dropping_drops_what_is_named_and_nothing_else(judged):
    assert drop_quarantined(judged, "raw.documents", expectation="content.sha256_matches") == 2
    assert {group.failed_expectation for group in list_quarantine(judged, "raw.documents")} == {"content.media_type"}
    assert drop_quarantined(judged, "raw.documents", batch="b0002") == 0


def test_a_released_row_is_let_through_for_that_expectation_alone(judged):
    (row,) = show_quarantine(judged, "raw.documents", expectation="content.media_type")
    now = datetime(2026, 1, 1)
    released = release_quarantined(judged, "raw.documents", "Ada", now, expectation="content.media_type")
    assert (released.rows, released.batches, released.along) == (1, ("b0001",), 0)
    suite = suite_of("raw.documents")
    with judged.transaction() as connection:
        names = ", ".join(f'"{name}"' for name in suite.table.column_names)
        connection.execute(
            f"INSERT INTO raw.documents ({names}) SELECT {names} FROM quarantine.raw_documents WHERE document_id = ?",
            [row["document_id"]],
        )
    inspection = inspect(judged, suite, "b0001", "run-2", load_thresholds())
    assert inspection.taken_out == 0
    (finding,) = [f for f in inspection.findings if f.verdict.rule.full_name == "content.media_type"]
    assert finding.verdict.passed

    with judged.transaction() as connection:
        connection.execute(
            "UPDATE raw.documents SET sha256 = repeat('0', 64) WHERE document_id = ?", [row["document_id"]]
        )
    again = inspect(judged, suite, "b0001", "run-3", load_thresholds())
    assert again.taken_out == 1  # what else is wrong with it counts as ever
