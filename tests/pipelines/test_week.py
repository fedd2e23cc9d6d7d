"""A week of pages that arrive every day, taken in by the schedule and the sensors, with one day that is broken."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import dagster as dg
import polars as pl
import pytest

from pipelines.definitions import build_definitions
from pipelines.instance import open_instance
from pipelines.resources import warehouse_of
from pipelines.schedules import hourly_intake
from pipelines.sensors import corpus_folder, pending_batches
from pipelines.settings import Settings, load_settings

MONDAY = date(2026, 6, 1)
BAD_DAY = 3  # counted from 0: Thursday
PAGES_A_DAY = 6
PAIRS = (
    ("Chad", "Niger"), ("Kenya", "Ghana"), ("Peru", "Chile"), ("Nepal", "Laos"), ("Oman", "Qatar"), ("Cuba", "Fiji"),
)  # fmt: skip
THINGS = ("harbour", "market", "bridge", "council", "river", "school", "border", "harvest", "railway", "clinic")
TABLES = ("raw.documents", "cleaned.documents", "translated.segments", "events.mentions", "events.events")


def story(day: int, number: int) -> str:
    """One page's line of JSON: a visit on that day between that page's two countries."""
    draw = random.Random(day * 100 + number)
    guest, host = PAIRS[number]
    things = draw.sample(THINGS, 6)
    when = MONDAY + timedelta(days=day)
    text = (
        f"The president of {guest} visited {host} on {when.day} {when:%B %Y}, officials of both countries said. "
        f"He saw the new {things[0]} and the {things[1]} beside the {things[2]}. "
        f"A road from the {things[3]} to the {things[4]} is to be built, and the {things[5]} will be repaired."
    )
    record = {"text": text, "title": f"{guest} visits {host}", "date": when.isoformat(), "publisher": "The Courier"}
    return json.dumps(record | {"url": f"https://courier.example/{day}/{number}"})


class Newsroom:
    """A corpus folder, its Dagster instance, and a daemon whose clock is turned by hand."""

    def __init__(self, folder: Path) -> None:
        self.corpus = folder / "corpus"
        self.corpus.mkdir(parents=True)
        self.settings: Settings = load_settings(
            corpus=self.corpus, warehouse=folder / "w.duckdb", workers=1, engines=["none"], home=folder / "home"
        )
        self.definitions = build_definitions(self.settings)
        self.cursor: str | None = None
        self.ran: list[tuple[str, bool]] = []

    def arrive(self, day: int, pages: list[str]) -> None:
        (self.corpus / f"{MONDAY + timedelta(days=day)}.jsonl").write_text("\n".join(pages) + "\n")

    def tick(self, instance: dg.DagsterInstance, day: int) -> list[dg.ExecuteInProcessResult]:
        """What the daemon does in a day: the schedule, the sensor of the folder, then batches until none is due."""
        clock = datetime.combine(MONDAY + timedelta(days=day), datetime.min.time(), UTC)
        scheduled = hourly_intake.evaluate_tick(dg.build_schedule_context(instance, scheduled_execution_time=clock))
        assert len(scheduled.run_requests or ()) == 1
        results = [self.run(instance, "intake", None)]
        context = dg.build_sensor_context(instance, cursor=self.cursor, resources=self.definitions.resources)
        corpus_folder(context)
        self.cursor = context.cursor
        while True:
            context = dg.build_sensor_context(instance, resources=self.definitions.resources)
            asked = pending_batches(context)
            requests = asked.run_requests if isinstance(asked, dg.SensorResult) else None
            if not requests:
                return results
            results += [self.run(instance, str(one.job_name), one.partition_key) for one in requests]

    def run(self, instance: dg.DagsterInstance, job: str, partition: str | None) -> dg.ExecuteInProcessResult:
        result = self.definitions.resolve_job_def(job).execute_in_process(
            instance=instance,
            partition_key=partition,
            raise_on_error=False,
            run_config={"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}},
        )
        self.ran.append((job, result.success))
        return result

    def counts(self) -> dict[str, int]:
        warehouse = warehouse_of(self.settings)
        return {table: warehouse.read(f"SELECT count(*) AS n FROM {table}").item() for table in TABLES}

    def events(self) -> pl.DataFrame:
        return warehouse_of(self.settings).read(
            "SELECT event_id, event_date, plover_type, source_country, target_country, status, mention_count, "
            "publisher_count FROM events.events ORDER BY ALL"
        )


@pytest.fixture
def newsroom(tmp_path: Path) -> Iterator[Newsroom]:
    yield Newsroom(tmp_path / "week")


def blocked_checks(results: list[dg.ExecuteInProcessResult]) -> list[Any]:
    return [
        event.asset_check_evaluation_data
        for result in results
        for event in result.all_events
        if event.event_type == dg.DagsterEventType.ASSET_CHECK_EVALUATION
        and not event.asset_check_evaluation_data.passed
        and event.asset_check_evaluation_data.severity == dg.AssetCheckSeverity.ERROR
    ]


def test_a_week_with_one_bad_day_ends_as_if_all_days_had_been_good(
    newsroom: Newsroom, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Days pass in seconds here: the failed batch's next turn is kept out of them however slow the machine is.
    monkeypatch.setattr("pipelines.sensors._FIRST_WAIT_SECONDS", 86_400.0)
    good = {day: [story(day, number) for number in range(PAGES_A_DAY)] for day in range(7)}
    broken = [json.dumps({"text": f"Error 50{number}.", "date": "2026-06-04"}) for number in range(PAGES_A_DAY)]
    pages = 0
    with open_instance(newsroom.settings.home) as instance:
        for day in range(7):
            newsroom.arrive(day, broken if day == BAD_DAY else good[day])
            before = newsroom.counts() if day else dict.fromkeys(TABLES, 0)
            results = newsroom.tick(instance, day)
            if day == BAD_DAY:
                # The gate stops the day before anything is made of it, and says what to look at.
                (gate,) = blocked_checks(results)
                assert ".".join(gate.asset_key.path) == "cleaned.documents" and gate.check_name == "rows_kept"
                assert "mend what the failing checks name" in str(gate.description)
                after = newsroom.counts()
                assert all(after[table] == before[table] for table in TABLES if table != "raw.documents")
                # Tried again only later: until then the sensor waits, and says for what.
                waits = pending_batches(dg.build_sensor_context(instance, resources=newsroom.definitions.resources))
                assert isinstance(waits, dg.SkipReason) and "is tried again in" in str(waits.skip_message)
                continue
            assert all(result.success for result in results), newsroom.ran
            pages += PAGES_A_DAY
            after = newsroom.counts()
            assert after["cleaned.documents"] == pages
            assert after["events.mentions"] >= before["events.mentions"] + PAGES_A_DAY
            if day == BAD_DAY + 1:
                # The crawl of Thursday is made again, and its file takes the place of the broken one.
                newsroom.arrive(BAD_DAY, good[BAD_DAY])
                assert all(result.success for result in newsroom.tick(instance, day))
                pages += PAGES_A_DAY
                assert newsroom.counts()["cleaned.documents"] == pages
        # Of Thursday's first batch nothing is left that could block it: its next turn ends well.
        (left,) = warehouse_of(newsroom.settings).read("SELECT batch FROM ops.batches WHERE status = 'pending'")[
            "batch"
        ]
        assert newsroom.run(instance, "ingest", left).success and newsroom.run(instance, "merge", None).success
    clean = Newsroom(tmp_path / "clean")
    with open_instance(clean.settings.home) as instance:
        for day in range(7):
            clean.arrive(day, good[day])
        assert all(result.success for result in clean.tick(instance, 6))
    assert newsroom.counts() == clean.counts() and newsroom.counts()["cleaned.documents"] == 7 * PAGES_A_DAY
    assert newsroom.events().equals(clean.events())
    assert set(warehouse_of(newsroom.settings).read("SELECT status FROM ops.batches")["status"]) == {"done"}
