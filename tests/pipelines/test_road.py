"""The whole road through real Dagster runs on real files: what a run makes, a second adds, a kill leaves."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import NoReturn

import dagster as dg
import polars as pl
import pytest

from assets.cleaned.spans.rows import SPANS, raw_offsets
from pipelines import runs
from pipelines.catalogue import TABLES
from pipelines.instance import open_instance
from pipelines.resources import warehouse_of
from pipelines.runs import RunOutcome, run_corpus
from pipelines.settings import Settings, load_settings

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "samples"
# Pages good and bad in two languages: enough to go every way through the road, few enough for a test.
CHOSEN = (
    "meridian-courier/2026/02",
    "meridian-courier/2026/03",
    "meridian-courier/2026/gallery-embed.html",
    "upland-post",
    "almarsa/text",
)
WIRE = (
    '{"url": "https://wire.example/1", "date": "2026-06-02", "title": "Nepal and Bhutan begin joint training", '
    '"text": "Soldiers of Nepal and Bhutan began a joint mountain rescue exercise near Thimphu on Tuesday, officials '
    "said. The two armies signed an accord on training in March. A spokesman said that both countries would repeat "
    'it next year."}\n'
    '{"url": "https://wire.example/2", "text": "cut off\n'
)
# What differs between two runs over the same corpus by nature: clocks, and Dagster's run ids.
BY_NATURE_DIFFERENT = {"received_at", "seen_at", "created_at", "done_at", "evaluated_at", "applied_at", "run_id"}
BY_NATURE_DIFFERENT |= {"quarantined_at", "quarantined_by", "modified_ns"}
BY_NATURE_DIFFERENT |= {"valid_from", "valid_to", "from_run", "to_run", "run", "made_at"}


class Recorder:
    """A reporter that remembers."""

    def __init__(self) -> None:
        self.steps: list[str] = []
        self.progress: list[tuple[int, int]] = []
        self.waits: list[str] = []
        self.resumed = 0

    def intake_done(self, intake: object, resumed: int) -> None:
        self.resumed = resumed

    def batch_started(self, batch: str, number: int, total: int) -> None:
        pass

    def merge_started(self) -> None:
        pass

    def step_started(self, description: str, number: int, total: int) -> None:
        assert number <= total
        self.steps.append(description)

    def advance(self, done: int, total: int, work: float | None = None) -> None:
        self.progress.append((done, total))

    def batch_finished(self, outcome: object) -> None:
        pass

    def waiting(self, message: str) -> None:
        self.waits.append(message)


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("road") / "corpus"
    for name in CHOSEN:
        source = SAMPLES / name
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (shutil.copytree if source.is_dir() else shutil.copy2)(source, folder / name)
    (folder / "wire.jsonl").write_text(WIRE, encoding="utf-8")
    return folder


def settings_for(corpus: Path, folder: Path, **more: object) -> Settings:
    values = {"workers": 1, "engines": ["none"], "batch_size": 5, "warehouse_wait_seconds": 5.0, **more}
    return load_settings(corpus=corpus, warehouse=folder / "w.duckdb", **values)


@pytest.fixture(scope="module")
def road(corpus: Path) -> Iterator[SimpleNamespace]:
    settings = settings_for(corpus, corpus.parent)
    reporter = Recorder()
    yield SimpleNamespace(
        settings=settings,
        reporter=reporter,
        outcome=run_corpus(settings, reporter),
        warehouse=warehouse_of(settings),
    )


def contents(settings: Settings) -> dict[str, pl.DataFrame]:
    """Every table, rows in order, without what differs by nature."""
    warehouse, found = warehouse_of(settings), {}
    for table in TABLES:
        if table.qualified_name in ("ops.check_results", "ops.merges", "ops.runs", "events.event_versions"):
            continue  # history: a killed run leaves the checks that it made, and its entry; merges go by the clock
        columns = [c.name for c in table.columns if c.name not in BY_NATURE_DIFFERENT]
        names = ", ".join(f'"{name}"' for name in columns)
        found[table.qualified_name] = warehouse.read(f"SELECT {names} FROM {table.qualified_name} ORDER BY ALL")
    return found


def assert_same(one: dict[str, pl.DataFrame], other: dict[str, pl.DataFrame]) -> None:
    assert one.keys() == other.keys()
    for name, frame in one.items():
        assert frame.equals(other[name]), name


def test_every_batch_comes_through_and_is_entered_in_the_books(road: SimpleNamespace) -> None:
    outcome: RunOutcome = road.outcome
    assert [b.success for b in outcome.batches] == [True] * len(outcome.batches), outcome.batches
    assert len(outcome.batches) > 1
    assert set(road.warehouse.read("SELECT status FROM ops.batches")["status"]) == {"done"}
    assert {"reading files", "cleaning pages", "translating", "coding events", "merging events"} <= set(
        road.reporter.steps
    )
    assert any(done == total for done, total in road.reporter.progress)
    summary = outcome.summary
    assert summary.rows["cleaned.documents"] > 5 and summary.rows["events.mentions"] > 5
    assert set(summary.documents_by_language) >= {"en", "ar"}
    assert summary.rejected["bad_json"] == 1 and summary.rejected["empty"] == 1
    assert summary.checks.passed > 50 and summary.checks.blocked == 0


def test_each_page_gets_its_sentences_and_each_mention_its_event(road: SimpleNamespace) -> None:
    read = road.warehouse.read
    assert read("SELECT * FROM cleaned.documents ANTI JOIN translated.segments USING (document_id)").is_empty()
    assert read("SELECT * FROM events.mentions ANTI JOIN events.events USING (event_id)").is_empty()
    counts = read(
        "SELECT mention_count, count(*) AS there FROM events.events JOIN events.mentions USING (event_id) "
        "GROUP BY event_id, mention_count"
    )
    assert counts["mention_count"].to_list() == counts["there"].to_list()


def test_every_mention_leads_back_to_the_characters_of_its_page(road: SimpleNamespace) -> None:
    mentions = road.warehouse.read(
        "SELECT m.*, d.text AS body, r.text AS page FROM events.mentions m "
        "JOIN cleaned.documents d USING (document_id) JOIN raw.documents r USING (document_id)"
    )
    assert mentions.height > 5
    for row in mentions.iter_rows(named=True):
        start, end = row["evidence_start"], row["evidence_end"]
        assert row["body"][start:end] == row["evidence_text"]
        spans = SPANS.rows(
            road.warehouse.read(
                "SELECT * FROM cleaned.spans WHERE document_id = ? ORDER BY position", [row["document_id"]]
            )
        )
        assert raw_offsets(spans, start, end) == (row["raw_start"], row["raw_end"])
        for span in spans:
            if span.start < end and span.end > start and span.end - span.start == span.raw_end - span.raw_start:
                in_page = row["page"][span.raw_start : span.raw_end]
                assert in_page.split() == row["body"][span.start : span.end].split()
        # The first and last words of the sentence stand at the ends of the characters that the mention names.
        words, in_page = row["evidence_text"].split(), row["page"][row["raw_start"] : row["raw_end"]]
        assert in_page.startswith(words[0][:2]) and in_page.endswith(words[-1][-1:])


def test_the_runs_and_their_gates_are_kept_for_the_ui(road: SimpleNamespace) -> None:
    with open_instance(road.settings.home) as instance:
        for batch in road.outcome.batches:
            run = instance.get_run_by_id(batch.run_id)
            assert run is not None and run.status == dg.DagsterRunStatus.SUCCESS and run.job_name == "ingest"
            events = instance.all_logs(batch.run_id, of_type=dg.DagsterEventType.ASSET_CHECK_EVALUATION)
            judged = {".".join(e.dagster_event.asset_check_evaluation_data.asset_key.path) for e in events}  # type: ignore[union-attr]
            assert judged >= {"raw.documents", "cleaned.documents", "translated.segments", "events.mentions"}
        merge = road.outcome.merges[-1]
        merged = instance.get_run_by_id(merge.run_id)
        assert merged is not None and merged.status == dg.DagsterRunStatus.SUCCESS and merged.job_name == "merge"
        events = instance.all_logs(merge.run_id, of_type=dg.DagsterEventType.ASSET_CHECK_EVALUATION)
        judged = {".".join(e.dagster_event.asset_check_evaluation_data.asset_key.path) for e in events}  # type: ignore[union-attr]
        assert judged >= {"events.events", "marts.coverage"}
        latest = instance.get_latest_materialization_event(dg.AssetKey(["events", "mentions"]))
        assert latest is not None and latest.asset_materialization is not None
        metadata = latest.asset_materialization.metadata
        assert {"dagster/row_count", "preview", "seconds_code", "by_type"} <= set(metadata)
        assert set(instance.get_dynamic_partitions("batches")) == {b.batch for b in road.outcome.batches}


def test_a_second_run_writes_nothing(road: SimpleNamespace) -> None:
    before, written = contents(road.settings), road.settings.warehouse.stat().st_mtime_ns
    outcome = run_corpus(road.settings, Recorder())
    assert outcome.nothing_new and outcome.intake.new_files == 0
    assert road.settings.warehouse.stat().st_mtime_ns == written
    assert_same(contents(road.settings), before)


def test_events_of_a_page_that_left_without_a_batch_are_made_anew(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    visit = "The president of {} visited the president of {} in {} on 4 June 2026, officials of both countries said."
    story, other = visit.format("Chad", "Niger", "Niamey"), visit.format("Kenya", "Ghana", "Accra")
    filler = " Reporters waited at the airport for most of the morning, and the streets were quiet until noon."
    (corpus / "a.txt").write_text(story + filler * 3)
    (corpus / "b.txt").write_text(other + filler * 4)
    settings = settings_for(corpus, tmp_path)
    first = run_corpus(settings, Recorder())
    assert [batch.success for batch in first.batches] == [True]
    read = warehouse_of(settings).read
    before = read("SELECT count(*) AS n FROM events.events")["n"][0]
    (corpus / "a.txt").write_text((corpus / "b.txt").read_text())
    outcome = run_corpus(settings, Recorder())
    assert outcome.batches == () and not outcome.nothing_new
    assert outcome.merge is not None and outcome.merge.success
    after = read("SELECT count(*) AS n FROM events.events")["n"][0]
    assert 0 < after < before
    assert read("SELECT * FROM events.events ANTI JOIN events.mentions USING (event_id)").is_empty()
    assert run_corpus(settings, Recorder()).nothing_new
    again = run_corpus(settings, Recorder(), again=["all"])
    assert [(b.batch, b.success) for b in again.batches] == [(first.batches[0].batch, True)]
    assert read("SELECT count(*) AS n FROM events.events")["n"][0] == after


def test_a_killed_run_is_taken_up_and_ends_in_the_same_tables(
    road: SimpleNamespace, corpus: Path, tmp_path: Path
) -> None:
    settings = settings_for(corpus, tmp_path)
    command = [
        sys.executable,
        "-m",
        "pipelines",
        "run",
        str(corpus),
        "-w",
        str(settings.warehouse),
        "--batch-size",
        "5",
    ]
    command += ["--workers", "1", "--engine", "none"]
    process = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    with open_instance(settings.home) as instance:
        while instance.get_latest_materialization_event(dg.AssetKey(["raw", "documents"])) is None:
            assert process.poll() is None, "the run ended before it made anything"
            time.sleep(0.02)
    os.kill(process.pid, signal.SIGKILL)  # the pages are read and not cleaned yet
    process.wait()
    statuses = warehouse_of(settings).read("SELECT DISTINCT status FROM ops.batches")["status"]
    assert "pending" in set(statuses), "the run was over before it was killed"
    reporter = Recorder()
    outcome = run_corpus(settings, reporter)
    assert all(batch.success for batch in outcome.batches), outcome.batches
    assert reporter.resumed == 1
    assert_same(contents(settings), contents(road.settings))
    known = warehouse_of(settings).read("FROM events_as_of(now()::TIMESTAMP) ORDER BY ALL")
    assert known.equals(warehouse_of(road.settings).read("FROM events ORDER BY ALL"))


def test_a_run_that_was_stopped_before_the_merge_is_taken_up_there(
    road: SimpleNamespace, corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = settings_for(corpus, tmp_path)

    def stopped(*_: object) -> NoReturn:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(runs._Runner, "merge", stopped)
        with pytest.raises(KeyboardInterrupt):
            run_corpus(settings, Recorder())
    warehouse = warehouse_of(settings)
    assert set(warehouse.read("SELECT status FROM ops.batches")["status"]) == {"done"}
    assert warehouse.read("SELECT * FROM events.events").is_empty()
    outcome = run_corpus(settings, Recorder())
    assert outcome.batches == () and [merge.success for merge in outcome.merges] == [True]
    assert_same(contents(settings), contents(road.settings))
    assert run_corpus(settings, Recorder()).nothing_new


def test_a_long_intake_merges_in_between(
    road: SimpleNamespace, corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = settings_for(corpus, tmp_path)
    monkeypatch.setattr(runs.Rhythm, "is_due", lambda self: True)
    outcome = run_corpus(settings, Recorder())
    assert len(outcome.merges) == len(outcome.batches) > 1 and all(run.success for run in outcome.runs)
    assert_same(contents(settings), contents(road.settings))
    for made in (settings, road.settings):
        books = warehouse_of(made).read("SELECT (SELECT sum(batches) FROM ops.merges) = count(*) FROM ops.batches")
        assert books.item()


def test_a_gate_that_blocks_stops_its_batch_and_leaves_it_pending(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    for number in range(
        6
    ):  # bodies too short to be pages: the gate of cleaned.documents takes them for a broken crawl
        (corpus / f"{number}.txt").write_text(f"Page {number}.")
    settings = settings_for(corpus, tmp_path, batch_size=100)
    (batch,) = run_corpus(settings, Recorder()).batches
    assert not batch.success and not batch.failed
    assert {gate.asset for gate in batch.blocked} == {"cleaned.documents"}
    warehouse = warehouse_of(settings)
    assert warehouse.read("SELECT status FROM ops.batches")["status"].to_list() == ["pending"]
    assert warehouse.read("SELECT count(*) AS n FROM translated.segments")["n"].to_list() == [0]
