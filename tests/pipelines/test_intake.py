"""Intake over real folders and a real warehouse: what is new, changed, known, left out; what the tables then hold."""

import json
import os
import shutil
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.cleaned.documents.rows import DOCUMENTS as CLEANED
from assets.cleaned.documents.rows import CleanedDocument
from assets.raw.documents.batch import load_batch
from assets.raw.documents.source import Limits, Part
from assets.raw.documents.stores import Store
from pipelines.again import reopen_batches
from pipelines.intake import (
    Books,
    CorpusError,
    FoundFile,
    mark_done,
    mark_pending,
    pending_batches,
    plan_intake,
    take_in,
)
from pipelines.operations import FILES, Batch
from pipelines.warehouse import DuckDBWarehouse

LONG_AGO = datetime(2020, 1, 1).timestamp()


@pytest.fixture(scope="module")
def migrated(tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("template") / "w.duckdb"
    DuckDBWarehouse(path=str(path)).migrate()
    return path


@pytest.fixture
def warehouse(tmp_path: Path, migrated: Path) -> DuckDBWarehouse:
    path = tmp_path / "w.duckdb"
    shutil.copyfile(migrated, path)
    return DuckDBWarehouse(path=str(path), wait_seconds=20)


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    folder.mkdir()
    return folder


def put(corpus: Path, name: str, text: str, when: float = LONG_AGO) -> Path:
    path = corpus / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    os.utime(path, (when, when))
    return path


def lines(*texts: str) -> str:
    return "".join(json.dumps({"text": text}) + "\n" for text in texts)


def run(warehouse: DuckDBWarehouse, batches: Iterable[str]) -> None:
    """What a run does, as far as the raw tables and one later table go."""
    for batch in batches:
        warehouse.replace_batch(batch, load_batch(warehouse, batch).frames())
        raw = warehouse.read("SELECT document_id, text FROM raw.documents WHERE batch = ?", [batch])
        rows = [cleaned(i, batch, text) for i, text in raw.iter_rows()]
        warehouse.replace_batch(batch, {CLEANED: CLEANED.frame(rows)})
        mark_done(warehouse, [batch])


def cleaned(document_id: str, batch: str, text: str, canonical: str | None = None) -> CleanedDocument:
    canonical = canonical or document_id
    return CleanedDocument(
        document_id, batch, None, None, (), None, None, None, "none", "en", text, canonical, 0.0, False
    )


def texts(warehouse: DuckDBWarehouse, table: str = "raw.documents") -> list[str]:
    return sorted(warehouse.read(f"SELECT text FROM {table}")["text"].to_list())


def files(warehouse: DuckDBWarehouse) -> list[tuple[str, int, bool, str | None]]:
    frame = warehouse.read("SELECT path, version, batch IS NOT NULL, same_as FROM ops.files ORDER BY path, version")
    return frame.rows()


# --- new, known, changed ------------------------------------------------------------------------------------------


def test_a_corpus_is_taken_in_once(corpus, warehouse):
    for name in ("b.txt", "a.html", "deep/er/صفحة.txt", "deep/page.jsonl.gz"):
        put(corpus, name, name)
    first = take_in(corpus, warehouse, 3)
    assert (first.new_files, first.changed_files, first.known_files) == (4, 0, 0)
    assert len(first.batches) == 2
    assert first.batches == first.new_batches
    run(warehouse, first.batches)
    before = Path(warehouse.path).read_bytes()
    second = take_in(corpus, warehouse, 3)
    assert (second.new_files, second.changed_files, second.known_files) == (0, 0, 4)
    assert second.batches == ()
    assert Path(warehouse.path).read_bytes() == before


def test_batches_are_bounded_by_files_and_bytes_and_keep_the_order_of_paths(corpus, warehouse):
    for n in range(7):
        put(corpus, f"{n}.txt", str(n) * (1000 if n == 3 else 10))
    intake = take_in(corpus, warehouse, 3, batch_bytes=100)
    frame = warehouse.read("SELECT batch, list(path ORDER BY path) FROM ops.files GROUP BY batch ORDER BY batch")
    assert [paths for _, paths in frame.rows()] == [
        ["0.txt", "1.txt", "2.txt"],
        ["3.txt"],
        ["4.txt", "5.txt", "6.txt"],
    ]
    assert list(frame["batch"]) == sorted(intake.batches)
    sizes = warehouse.read("SELECT file_count, byte_count FROM ops.batches ORDER BY batch").rows()
    assert sizes == [(3, 30), (1, 1000), (3, 30)]


def test_the_same_corpus_gives_the_same_names_anywhere(tmp_path):
    names = []
    for place in ("here", "there"):
        corpus = tmp_path / place
        put(corpus, "a.txt", "A")
        put(corpus, "sub/b.txt", "B", when=LONG_AGO + len(place))
        warehouse = DuckDBWarehouse(path=str(tmp_path / f"{place}.duckdb"))
        warehouse.migrate()
        names.append(take_in(corpus, warehouse, 1).batches)
    assert names[0] == names[1]
    assert len(set(names[0])) == 2


def test_later_batches_sort_after_earlier_ones(corpus, warehouse):
    put(corpus, "z.txt", "first")
    first = take_in(corpus, warehouse, 10).new_batches
    put(corpus, "a.txt", "second")
    second = take_in(corpus, warehouse, 10).new_batches
    assert first < second


def test_only_what_is_new_is_batched(corpus, warehouse):
    put(corpus, "a.txt", "A")
    run(warehouse, take_in(corpus, warehouse, 10).batches)
    put(corpus, "b.txt", "B")
    intake = take_in(corpus, warehouse, 10)
    assert (intake.new_files, intake.known_files) == (1, 1)
    run(warehouse, intake.batches)
    assert texts(warehouse) == ["A", "B"]
    assert warehouse.read("SELECT count(DISTINCT batch) AS n FROM raw.documents")["n"].to_list() == [2]


def test_a_killed_run_is_resumed_by_the_next(corpus, warehouse):
    put(corpus, "a.txt", "A")
    put(corpus, "b.txt", "B")
    first = take_in(corpus, warehouse, 1)
    run(warehouse, first.batches[:1])
    again = take_in(corpus, warehouse, 1)
    assert again.new_files == 0
    assert again.batches == first.batches[1:]
    assert again.new_batches == ()
    run(warehouse, again.batches)
    assert take_in(corpus, warehouse, 1).batches == ()
    mark_pending(warehouse, first.batches[:1])
    assert pending_batches(warehouse) == pending_batches(warehouse, again.corpus) == first.batches[:1]
    assert pending_batches(warehouse, corpus / "other") == ()


def test_finished_batches_are_opened_again_by_name_or_all_of_one_corpus(tmp_path, corpus, warehouse):
    put(corpus, "a.txt", "A")
    put(corpus, "b.txt", "B")
    put(tmp_path / "other", "c.txt", "C")
    batches = take_in(corpus, warehouse, 1).batches
    strange = take_in(tmp_path / "other", warehouse, 1).batches
    run(warehouse, batches + strange)
    place = take_in(corpus, warehouse, 1).corpus

    def reopen(names):
        reopen_batches(warehouse, place, names, None, ())

    reopen(())
    for name in ("b9", *strange):
        with pytest.raises(CorpusError, match=f"no batch {name} of the corpus"):
            reopen([batches[0], name])
    assert pending_batches(warehouse) == ()
    reopen(batches[1:])
    assert take_in(corpus, warehouse, 1).batches == batches[1:]
    reopen(["all"])
    again = take_in(corpus, warehouse, 1)
    assert (again.batches, again.new_batches) == (batches, ())
    assert pending_batches(warehouse) == batches


def test_a_changed_file_is_a_new_version_and_its_old_page_leaves_the_tables(corpus, warehouse):
    put(corpus, "a.txt", "old words")
    put(corpus, "b.txt", "other page")
    run(warehouse, take_in(corpus, warehouse, 10).batches)
    put(corpus, "a.txt", "new words", when=LONG_AGO + 9)
    intake = take_in(corpus, warehouse, 10)
    assert (intake.new_files, intake.changed_files, intake.known_files) == (0, 1, 1)
    assert texts(warehouse, "cleaned.documents") == ["old words", "other page"]
    run(warehouse, intake.batches)
    assert texts(warehouse) == texts(warehouse, "cleaned.documents") == ["new words", "other page"]
    assert texts(warehouse, "raw.superseded") == ["old words"]
    assert warehouse.read("SELECT superseded_by FROM raw.superseded")["superseded_by"].to_list() == list(
        intake.batches
    )
    assert files(warehouse) == [("a.txt", 1, True, None), ("a.txt", 2, True, None), ("b.txt", 1, True, None)]


def test_a_page_in_quarantine_goes_to_history_too(corpus, warehouse):
    put(corpus, "a.txt", "old words")
    run(warehouse, take_in(corpus, warehouse, 10).batches)
    with warehouse.transaction() as connection:
        for hour in (1, 2):  # as a gate does that took the page out of two runs
            connection.execute(
                "INSERT INTO quarantine.raw_documents "
                f"SELECT *, 'check.rule', 'because', 'run', TIMESTAMP '2024-06-18 0{hour}:00:00' FROM raw.documents"
            )
        connection.execute("DELETE FROM raw.documents")
    put(corpus, "a.txt", "new words", when=LONG_AGO + 9)
    run(warehouse, take_in(corpus, warehouse, 10).batches)
    assert texts(warehouse) == ["new words"]
    assert texts(warehouse, "quarantine.raw_documents") == []
    assert texts(warehouse, "raw.superseded") == ["old words"]


def test_running_an_old_batch_again_brings_no_superseded_page_back(corpus, warehouse):
    put(corpus, "a.txt", "old words")
    put(corpus, "b.txt", "other page")
    first = take_in(corpus, warehouse, 10).batches
    run(warehouse, first)
    put(corpus, "a.txt", "new words", when=LONG_AGO + 9)
    run(warehouse, take_in(corpus, warehouse, 10).batches)
    before = texts(warehouse), texts(warehouse, "cleaned.documents"), texts(warehouse, "raw.superseded")
    run(warehouse, first)
    assert (texts(warehouse), texts(warehouse, "cleaned.documents"), texts(warehouse, "raw.superseded")) == before


def test_a_page_that_is_changed_back_comes_back(corpus, warehouse):
    for turn, words in enumerate(["first", "second", "first"]):
        put(corpus, "a.txt", words, when=LONG_AGO + 9 * turn)
        run(warehouse, take_in(corpus, warehouse, 10).batches)
        assert texts(warehouse) == texts(warehouse, "cleaned.documents") == [words]
    assert [version for _, version, _, _ in files(warehouse)] == [1, 2, 3]


def test_a_growing_container_keeps_its_old_documents_where_they_are(corpus, warehouse):
    put(corpus, "feed.jsonl", lines("one", "two"))
    first = take_in(corpus, warehouse, 10).batches
    run(warehouse, first)
    put(corpus, "feed.jsonl", lines("one", "three"), when=LONG_AGO + 9)
    second = take_in(corpus, warehouse, 10).batches
    run(warehouse, second)
    rows = dict(warehouse.read("SELECT text, batch FROM raw.documents").rows())
    assert rows == {"one": first[0], "three": second[0]}
    assert texts(warehouse, "cleaned.documents") == ["one", "three"]
    assert texts(warehouse, "raw.superseded") == ["two"]


def test_a_near_duplicate_of_a_superseded_page_gets_another_to_stand_under(corpus, warehouse):
    for n in range(3):
        put(corpus, f"{n}.txt", f"page {n}")
    (batch,) = take_in(corpus, warehouse, 10).batches
    run(warehouse, [batch])
    ids = dict(warehouse.read("SELECT text, document_id FROM raw.documents").rows())
    text = " ".join(f"word{n}" for n in range(40))
    rows = [cleaned(ids[f"page {n}"], batch, text, ids["page 0"]) for n in range(3)]
    warehouse.replace_batch(batch, {CLEANED: CLEANED.frame(rows)})
    put(corpus, "0.txt", "page 9", when=LONG_AGO + 9)
    run(warehouse, take_in(corpus, warehouse, 10).batches)
    found = warehouse.read("SELECT document_id, canonical_document_id FROM cleaned.documents ORDER BY 1").rows()
    left = min(ids["page 1"], ids["page 2"])
    assert {canonical for document, canonical in found if document in ids.values()} == {left}


# --- the same content twice ---------------------------------------------------------------------------------------


def test_the_same_content_elsewhere_is_known(corpus, warehouse):
    put(corpus, "a.txt", "A")
    put(corpus, "copy.txt", "A")
    first = take_in(corpus, warehouse, 10)
    assert (first.new_files, first.known_files) == (1, 1)
    run(warehouse, first.batches)
    put(corpus, "later.txt", "A")
    second = take_in(corpus, warehouse, 10)
    assert (second.new_files, second.known_files, second.batches) == (0, 3, ())
    assert files(warehouse) == [
        ("a.txt", 1, True, None),
        ("copy.txt", 1, False, "a.txt"),
        ("later.txt", 1, False, "a.txt"),
    ]
    assert take_in(corpus, warehouse, 10).known_files == 3


def test_a_page_stays_while_any_file_holds_it(corpus, warehouse):
    put(corpus, "a.txt", "A")
    put(corpus, "copy.txt", "A")
    run(warehouse, take_in(corpus, warehouse, 10).batches)
    put(corpus, "a.txt", "B", when=LONG_AGO + 9)
    run(warehouse, take_in(corpus, warehouse, 10).batches)
    assert texts(warehouse) == ["A", "B"]
    put(corpus, "copy.txt", "B", when=LONG_AGO + 9)
    intake = take_in(corpus, warehouse, 10)
    assert (intake.changed_files, intake.batches) == (1, ())
    assert texts(warehouse) == texts(warehouse, "cleaned.documents") == ["B"]
    assert texts(warehouse, "raw.superseded") == ["A"]


def test_content_that_moved_before_it_was_read_is_read_where_it_is(corpus, warehouse):
    put(corpus, "a.txt", "A")
    take_in(corpus, warehouse, 10)  # and the run is killed
    put(corpus, "a.txt", "B", when=LONG_AGO + 9)
    put(corpus, "b.txt", "A")
    run(warehouse, take_in(corpus, warehouse, 10).batches)
    assert texts(warehouse) == ["A", "B"]


def test_a_document_in_two_batches_is_one_row_and_two_sightings(corpus, warehouse):
    put(corpus, "monday.jsonl", lines("one", "two", "one"))
    run(warehouse, take_in(corpus, warehouse, 10).batches)
    put(corpus, "tuesday.jsonl", lines("two", "three"))
    batches = take_in(corpus, warehouse, 10).batches
    raw = load_batch(warehouse, batches[0])
    assert [d.text for d in raw.documents] == ["three"]
    assert raw.repeats == 1
    run(warehouse, batches)
    assert texts(warehouse) == ["one", "three", "two"]
    sightings = warehouse.read(
        "SELECT d.text, list(s.source_path || ':' || position ORDER BY s.source_path, position) AS at "
        "FROM raw.sightings AS s JOIN raw.documents AS d USING (document_id) GROUP BY ALL"
    )
    assert dict(sightings.rows()) == {
        "one": ["monday.jsonl:1", "monday.jsonl:3"],
        "two": ["monday.jsonl:2", "tuesday.jsonl:1"],
        "three": ["tuesday.jsonl:2"],
    }


# --- files that change or go between intake and reading -----------------------------------------------------------


def test_a_batch_that_is_run_again_without_its_files_keeps_its_rows(corpus, warehouse):
    path = put(corpus, "a.txt", "A")
    put(corpus, "b.txt", "B")
    batches = take_in(corpus, warehouse, 10).batches
    run(warehouse, batches)
    path.unlink()
    assert take_in(corpus, warehouse, 10).batches == ()
    run(warehouse, batches)
    assert texts(warehouse) == ["A", "B"]
    assert warehouse.read("SELECT * FROM raw.sightings").height == 2


def test_a_file_that_went_or_changed_before_it_was_read_is_told_of(corpus, warehouse):
    gone, changed = put(corpus, "a.txt", "A"), put(corpus, "b.txt", "B")
    batches = take_in(corpus, warehouse, 10).batches
    gone.unlink()
    put(corpus, "b.txt", "C", when=LONG_AGO + 9)
    run(warehouse, batches)
    found = dict(warehouse.read("SELECT source_path, reason FROM raw.rejected").rows())
    assert found == {"a.txt": "missing", changed.name: "changed"}
    run(warehouse, take_in(corpus, warehouse, 10).batches)
    assert texts(warehouse) == ["C"]


def test_a_file_that_was_missing_is_read_when_it_is_put_back(corpus, warehouse, tmp_path):
    path = put(corpus, "a.txt", "A")
    batches = take_in(corpus, warehouse, 10).batches
    path.rename(tmp_path / "a.txt")
    run(warehouse, batches)
    assert texts(warehouse) == []
    (tmp_path / "a.txt").rename(path)
    run(warehouse, take_in(corpus, warehouse, 10).batches)
    assert texts(warehouse) == ["A"]
    assert take_in(corpus, warehouse, 10).batches == ()


def test_a_file_that_was_renamed_before_it_was_read_is_read_under_its_new_name(corpus, warehouse):
    path = put(corpus, "a.txt", "A")
    take_in(corpus, warehouse, 10)  # and the run is killed
    path.rename(corpus / "b.txt")
    run(warehouse, take_in(corpus, warehouse, 10).batches)
    assert texts(warehouse) == ["A"]
    assert take_in(corpus, warehouse, 10).batches == ()


@pytest.mark.parametrize("moved", [True, False])
def test_a_page_that_is_pending_in_one_corpus_is_read_in_another(tmp_path, warehouse, moved):
    put(tmp_path / "here", "a.txt", "A")
    first = take_in(tmp_path / "here", warehouse, 10).batches  # and the run is killed
    (shutil.move if moved else shutil.copytree)(tmp_path / "here", tmp_path / "there")
    run(warehouse, take_in(tmp_path / "there", warehouse, 10).batches)
    assert texts(warehouse) == ["A"]
    run(warehouse, first)
    assert texts(warehouse) == ["A"]
    assert take_in(tmp_path / "there", warehouse, 10).batches == ()


@pytest.mark.parametrize("goes", [True, False])
def test_a_version_that_was_never_read_does_not_push_out_the_one_before(corpus, warehouse, goes):
    path = put(corpus, "a.txt", "first")
    run(warehouse, take_in(corpus, warehouse, 10).batches)
    put(corpus, "a.txt", "second", when=LONG_AGO + 9)
    batches = take_in(corpus, warehouse, 10).batches
    path.unlink()
    if not goes:
        put(corpus, "a.txt", "third", when=LONG_AGO + 18)
    run(warehouse, batches)
    assert texts(warehouse) == texts(warehouse, "cleaned.documents") == ["first"]
    put(corpus, "a.txt", "third", when=LONG_AGO + 18)
    run(warehouse, take_in(corpus, warehouse, 10).batches)
    assert texts(warehouse) == texts(warehouse, "cleaned.documents") == ["third"]
    assert texts(warehouse, "raw.superseded") == ["first"]


def test_a_file_that_could_not_be_read_as_a_page_is_not_tried_again(corpus, warehouse):
    put(corpus, "a.txt", "")
    run(warehouse, take_in(corpus, warehouse, 10).batches)
    assert warehouse.read("SELECT reason FROM raw.rejected")["reason"].to_list() == ["empty"]
    assert take_in(corpus, warehouse, 10).batches == ()


def test_an_unknown_batch_is_an_error_in_words(warehouse):
    with pytest.raises(LookupError, match="no batch b9"):
        load_batch(warehouse, "b9")


# --- hashing ------------------------------------------------------------------------------------------------------


def test_a_file_that_looks_unchanged_is_not_hashed_again(corpus, warehouse, monkeypatch):
    put(corpus, "a.txt", "A")
    take_in(corpus, warehouse, 10)
    hashed: list[str] = []

    def spy(store: Store, name: str) -> str:
        hashed.append(name)
        return "0" * 64

    monkeypatch.setattr("pipelines.intake.sha256_of", spy)
    assert take_in(corpus, warehouse, 10).known_files == 1
    assert hashed == []


def test_a_file_changed_just_now_is_hashed_even_if_it_looks_unchanged(corpus, warehouse):
    now = (datetime.now() + timedelta(hours=1)).timestamp()
    put(corpus, "a.txt", "A", when=now)
    take_in(corpus, warehouse, 10)
    put(corpus, "a.txt", "B", when=now)
    assert take_in(corpus, warehouse, 10).changed_files == 1


def test_a_touched_file_is_known_and_its_new_time_is_noted(corpus, warehouse):
    put(corpus, "a.txt", "A")
    take_in(corpus, warehouse, 10)
    put(corpus, "a.txt", "A", when=LONG_AGO + 60)
    assert take_in(corpus, warehouse, 10).known_files == 1
    (stored,) = FILES.rows(warehouse.read("SELECT * FROM ops.files"))
    assert stored.modified_ns == int((LONG_AGO + 60) * 1e9)
    assert stored.version == 1


# --- what a corpus may hold ---------------------------------------------------------------------------------------


def test_what_is_left_out_is_written_down(corpus, warehouse, tmp_path):
    put(corpus, "page.txt", "A")
    put(corpus, "photo.jpg", "x")
    put(corpus, ".hidden.txt", "x")
    put(corpus, ".git/page.txt", "x")
    put(tmp_path, "outside/page.txt", "outside")
    (corpus / "loop").symlink_to(corpus)
    (corpus / "out").symlink_to(tmp_path / "outside")
    (corpus / "link.txt").symlink_to(tmp_path / "outside" / "page.txt")
    (corpus / "dangling.txt").symlink_to(tmp_path / "nowhere.txt")
    os.mkfifo(corpus / "pipe.txt")
    (corpus / os.fsdecode(b"name-\xff.txt")).write_text("x")
    intake = take_in(corpus, warehouse, 10)
    assert intake.new_files == 1
    reasons = dict(warehouse.read("SELECT path, reason FROM ops.skipped_files").rows())
    assert reasons == {
        "photo.jpg": "unsupported",
        "loop": "symlink",
        "out": "symlink",
        "link.txt": "symlink",
        "dangling.txt": "symlink",
        "pipe.txt": "special",
        "name-\\xff.txt": "file_name",
    }
    before = Path(warehouse.path).read_bytes()
    assert len(take_in(corpus, warehouse, 10).skipped) == 7
    assert Path(warehouse.path).read_bytes() == before
    (corpus / "photo.jpg").unlink()
    take_in(corpus, warehouse, 10)
    assert warehouse.read("SELECT * FROM ops.skipped_files").height == 6


def test_one_file_is_a_corpus_and_the_same_file_as_in_its_folder(corpus, warehouse):
    path = put(corpus, "a.txt", "A")
    put(corpus, "b.txt", "B")
    put(corpus, "c.jpg", "C")
    alone = take_in(path, warehouse, 10)
    assert (alone.new_files, alone.corpus) == (1, corpus.resolve().as_posix())
    run(warehouse, alone.batches)
    assert texts(warehouse) == ["A"]
    assert take_in(corpus, warehouse, 10).known_files == 1
    assert take_in(path, warehouse, 10).skipped == ()
    assert warehouse.read("SELECT * FROM ops.skipped_files").height == 1


def test_two_corpora_may_use_the_same_names(tmp_path, warehouse):
    for place in ("one", "two"):
        put(tmp_path / place, "a.txt", place)
        run(warehouse, take_in(tmp_path / place, warehouse, 10).batches)
    assert texts(warehouse) == ["one", "two"]


def test_a_corpus_that_moved_is_known(tmp_path, warehouse):
    put(tmp_path / "here", "a.txt", "A")
    run(warehouse, take_in(tmp_path / "here", warehouse, 10).batches)
    (tmp_path / "here").rename(tmp_path / "there")
    intake = take_in(tmp_path / "there", warehouse, 10)
    assert (intake.known_files, intake.batches) == (1, ())


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("nowhere", "does not exist"),
        ("photo.jpg", "of a kind that is not read"),
        ("pipe", "neither a folder nor a file"),
    ],
)
def test_what_is_no_corpus_is_an_error_in_words(corpus, warehouse, name, message):
    put(corpus, "photo.jpg", "x")
    os.mkfifo(corpus / "pipe")
    with pytest.raises(CorpusError, match=message):
        take_in(corpus / name, warehouse, 10)


def test_an_empty_folder_is_a_corpus_with_no_batches(corpus, warehouse):
    intake = take_in(corpus, warehouse, 10)
    assert (intake.new_files, intake.batches, intake.skipped) == (0, (), ())


# --- the plan, for any corpus -------------------------------------------------------------------------------------

found_files = st.lists(
    st.builds(
        FoundFile,
        path=st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=5),
        size=st.integers(0, 500),
        modified_ns=st.integers(0, 10),
        sha256=st.sampled_from("abcdefgh"),
    ),
    unique_by=lambda f: f.path,
    max_size=25,
)


@given(found_files, st.integers(1, 5), st.integers(1, 800))
@settings(deadline=None)
def test_a_plan_puts_every_content_into_one_batch_within_the_bounds(found, batch_size, batch_bytes):
    now = datetime(2024, 6, 18)
    limits = Limits(batch_size, batch_bytes)

    def parts(file: FoundFile) -> list[Part]:
        return [Part(size=file.size)]

    plan = plan_intake("/c", found, Books((), frozenset(), frozenset(), 41), limits, now, parts)
    assert {f.path for f in plan.files} == {f.path for f in found}
    read = [f for f in plan.files if f.batch is not None]
    assert sorted(f.sha256 for f in read) == sorted({f.sha256 for f in found})
    assert [b.batch for b in plan.batches] == sorted({f.batch for f in read if f.batch})
    for batch in plan.batches:
        assert_within_bounds(batch, batch_size, batch_bytes)
    books = Books(plan.files, frozenset(), frozenset(b.batch for b in plan.batches), 50)
    later = plan_intake("/c", list(reversed(found)), books, limits, now, parts)
    assert (later.files, later.batches) == ((), ())


def assert_within_bounds(batch: Batch, batch_size: int, batch_bytes: int) -> None:
    assert 1 <= batch.file_count <= batch_size
    assert batch.file_count == 1 or batch.byte_count <= batch_bytes
    assert batch.batch.startswith("b0000")


# --- containers in parts, and corpora at addresses ----------------------------------------------------------------


def test_a_large_container_falls_into_parts_and_its_new_version_replaces_it_as_a_whole(corpus, warehouse):
    put(corpus, "feed.jsonl", lines(*(f"text {n}" for n in range(7))))
    first = take_in(corpus, warehouse, 3)
    assert len(first.batches) == 3
    assert first.new_files == 1
    run(warehouse, first.batches[1:2])  # a run that was stopped goes on with what is pending
    assert take_in(corpus, warehouse, 3).batches == (first.batches[0], first.batches[2])
    run(warehouse, (first.batches[0], first.batches[2]))
    assert texts(warehouse) == [f"text {n}" for n in range(7)]
    assert take_in(corpus, warehouse, 3).batches == ()

    put(corpus, "feed.jsonl", lines(*(f"text {n}" for n in range(2, 10))), when=LONG_AGO + 60)
    second = take_in(corpus, warehouse, 3)
    assert (second.changed_files, len(second.batches)) == (1, 3)
    run(warehouse, second.batches[:2])
    assert "text 0" in texts(warehouse)  # nothing leaves before the whole new version has been read
    run(warehouse, second.batches[2:])
    assert texts(warehouse) == [f"text {n}" for n in range(2, 10)]
    assert texts(warehouse, "raw.superseded") == ["text 0", "text 1"]


def test_an_address_of_fsspec_is_a_corpus(warehouse):
    import fsspec

    store = fsspec.filesystem("memory")
    store.pipe("/pages/a.txt", b"One.")
    store.pipe("/pages/deep/feed.jsonl", lines("two", "three", "four").encode())
    intake = take_in("memory://pages", warehouse, 2)
    assert (intake.corpus, intake.new_files) == ("memory://pages", 2)
    run(warehouse, intake.batches)
    assert texts(warehouse) == ["One.", "four", "three", "two"]
    assert take_in("memory://pages", warehouse, 2).known_files == 2
    store.pipe("/pages/a.txt", b"Another text.")
    run(warehouse, take_in("memory://pages", warehouse, 2).batches)
    assert texts(warehouse) == ["Another text.", "four", "three", "two"]
    store.rm("/pages", recursive=True)
