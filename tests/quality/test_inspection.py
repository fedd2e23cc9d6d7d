"""Every suite lets a sound batch pass and finds what was broken, in a real DuckDB warehouse."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import polars as pl
import pytest

from assets.raw.rejected.rows import RejectedInput
from quality.inspection import inspect
from quality.rules import Level
from quality.suite import Surroundings
from quality.suites.cleaned_documents import mix_shift
from quality.suites.every import SUITES, suite_of
from quality.thresholds import load_thresholds

THRESHOLDS = load_thresholds()
RECEIVED = datetime.now(UTC).replace(tzinfo=None)
TABLES = [suite.table.qualified_name for suite in SUITES]


def gate(warehouse, table, batch="b0001", run_id="run-1", thresholds=THRESHOLDS, fresh=True):
    return inspect(warehouse, suite_of(table), batch, run_id, thresholds, fresh)


def broken(inspection):
    return {f.verdict.rule.full_name for f in inspection.findings if not f.verdict.passed}


def count(warehouse, table):
    return warehouse.read(f"SELECT count(*) FROM {table}").item()


def test_a_sound_batch_passes_whole(warehouse, world):
    world.write(warehouse)
    for table in TABLES:
        found = gate(warehouse, table)
        assert broken(found) == set()
        assert found.row_count == count(warehouse, table)
        kept = warehouse.read("SELECT * FROM ops.check_results WHERE asset = ?", [table])
        assert kept.height == len(found.findings) > 2
        assert set(kept["batch"]) == {"b0001"} and kept["passed"].all()


def test_a_table_without_batches_can_be_judged_whole(warehouse, world):
    world.change("events", 0, place_country="XYZ")
    world.write(warehouse)
    found = gate(warehouse, "events.events", None)
    assert found.row_count == len(world.events) and broken(found) == {"vocabulary.place_country"}
    assert warehouse.read("SELECT DISTINCT batch FROM ops.check_results").item() == "all"


def test_empty_tables_block_nothing(warehouse):
    for table in TABLES:
        found = gate(warehouse, table)
        assert not broken(found) and found.row_count == 0


BREAKAGES = [
    ("raw.documents", "raw", {"sha256": "0" * 64}, "content.sha256_matches"),
    ("raw.documents", "raw", {"text": "\ufffd" * 30}, "content.replacement_share"),
    ("raw.documents", "raw", {"text": ""}, "content.length"),
    ("raw.documents", "raw", {"encoding": "utf-5"}, "content.encoding_known"),
    ("raw.documents", "raw", {"media_type": "image/png"}, "content.media_type"),
    ("raw.documents", "raw", {"source_path": "../../etc/passwd"}, "origin.source_path"),
    ("raw.documents", "raw", {"source_path": "a/../b"}, "origin.source_path"),
    ("cleaned.documents", "documents", {"document_id": "stray"}, "references.document_known"),
    ("cleaned.documents", "documents", {"canonical_document_id": "astray"}, "references.canonical_known"),
    ("cleaned.documents", "documents", {"text": "Too short"}, "body.length"),
    ("cleaned.documents", "documents", {"text": "Nobody has seen this. " * 100}, "body.traced_share"),
    ("cleaned.documents", "documents", {"language": "xx"}, "language.language"),
    ("cleaned.documents", "documents", {"published": date(1066, 10, 14)}, "dates.published_plausibly"),
    ("cleaned.documents", "documents", {"published_precision": None}, "dates.precision_given"),
    ("cleaned.documents", "documents", {"published_basis": "none: no date"}, "dates.basis_given"),
    (
        "cleaned.documents",
        "documents",
        {"published": date(2024, 6, 18), "published_precision": "month"},
        "dates.date_fits_precision",
    ),
    ("cleaned.spans", "spans", {"raw_start": 3, "raw_end": 58}, "offsets.same_characters"),
    ("cleaned.spans", "spans", {"end": 10_000}, "offsets.in_body"),
    ("cleaned.spans", "spans", {"position": 77}, "offsets.numbered_in_order"),
    ("cleaned.spans", "spans", {"document_id": "stray"}, "references.document_known"),
    ("translated.segments", "segments", {"source_text": "Never said."}, "offsets.text_at_offsets"),
    ("translated.segments", "segments", {"source_end": 10_000}, "offsets.in_body"),
    ("translated.segments", "segments", {"language": "english"}, "vocabulary.language"),
    ("translated.segments", "segments", {"status": "done"}, "vocabulary.status"),
    ("translated.segments", "segments", {"status": "translated", "english_text": " "}, "vocabulary.status_fits"),
    ("translated.segments", "segments", {"status": "pending"}, "vocabulary.status_fits"),
    ("translated.segments", "segments", {"quality": 1.2}, "vocabulary.quality"),
    ("translated.segments", "segments", {"document_id": "stray"}, "references.document_known"),
    ("events.mentions", "mentions", {"segment_id": "stray"}, "references.segment_known"),
    ("events.mentions", "mentions", {"evidence_start": 1}, "offsets.evidence_at_offsets"),
    ("events.mentions", "mentions", {"evidence_end": 10_000}, "offsets.evidence_in_body"),
    ("events.mentions", "mentions", {"raw_start": 0}, "offsets.traced"),
    ("events.mentions", "mentions", {"raw_end": 10_000}, "offsets.in_raw_text"),
    ("events.mentions", "mentions", {"plover_type": "Consult"}, "vocabulary.plover_type"),
    ("events.mentions", "mentions", {"mode": "drone"}, "vocabulary.mode_of_type"),
    ("events.mentions", "mentions", {"contexts": ("diplomatic", "sport")}, "vocabulary.contexts_known"),
    ("events.mentions", "mentions", {"cameo_code": "21"}, "vocabulary.cameo_code"),
    ("events.mentions", "mentions", {"quad_class": 4}, "vocabulary.quad_of_type"),
    ("events.mentions", "mentions", {"intensity": -11.0}, "vocabulary.intensity"),
    ("events.mentions", "mentions", {"source_country": "KE"}, "vocabulary.source_country"),
    ("events.mentions", "mentions", {"target_sector": "gov"}, "vocabulary.target_sector"),
    ("events.mentions", "mentions", {"status": "maybe"}, "vocabulary.status"),
    ("events.mentions", "mentions", {"confidence": 1.5}, "vocabulary.confidence"),
    ("events.mentions", "mentions", {"longitude": None}, "vocabulary.coordinates_whole"),
    ("events.mentions", "mentions", {"latitude": 91.0}, "vocabulary.latitude"),
    ("events.mentions", "mentions", {"dead": -1}, "vocabulary.dead"),
    ("events.mentions", "mentions", {"event_date": date(1994, 4, 7)}, "dates.dated_plausibly"),
    (
        "events.mentions",
        "mentions",
        {"event_date": date(1066, 10, 14), "date_basis": "stated"},
        "dates.dated_plausibly",
    ),
    ("events.mentions", "mentions", {"event_date": None}, "dates.precision_given"),
    ("events.mentions", "mentions", {"date_basis": "none"}, "dates.basis_given"),
    ("events.mentions", "mentions", {"date_precision": "week"}, "dates.date_precision"),
    ("events.events", "events", {"mention_count": 2}, "references.mentions_counted"),
    ("events.events", "events", {"publisher_count": 2}, "counts.counts_nested"),
    ("events.events", "events", {"dead_min": 5, "dead_max": 2}, "counts.dead_in_order"),
    ("events.events", "events", {"injured_min": 5}, "counts.injured_in_order"),
    ("events.events", "events", {"languages": ()}, "counts.languages_given"),
    ("events.events", "events", {"first_seen": date(2999, 1, 1)}, "dates.seen_in_order"),
    ("events.events", "events", {"place_country": "XYZ"}, "vocabulary.place_country"),
    ("events.second_opinions", "opinions", {"segment_id": "stray"}, "references.segment_known"),
    ("events.second_opinions", "opinions", {"mention_id": "stray"}, "references.mention_known"),
    ("events.second_opinions", "opinions", {"mention_id": None}, "vocabulary.compared_with_one"),
    ("events.second_opinions", "opinions", {"evidence_start": 1}, "evidence.words_at_offsets"),
    ("events.second_opinions", "opinions", {"agreement": "perhaps"}, "vocabulary.agreement"),
    ("events.second_opinions", "opinions", {"plover_type": "MEET", "mode": None}, "vocabulary.plover_type"),
    ("events.second_opinions", "opinions", {"mode": "drone"}, "vocabulary.mode_of_type"),
    ("events.second_opinions", "opinions", {"source_country": "KE"}, "vocabulary.source_country"),
    ("events.second_opinions", "opinions", {"target_country": "ML"}, "vocabulary.target_country"),
    ("events.second_opinions", "opinions", {"source_sector": "gov"}, "vocabulary.source_sector"),
    ("events.second_opinions", "opinions", {"target_sector": "gov"}, "vocabulary.target_sector"),
    ("events.second_opinions", "opinions", {"status": "maybe"}, "vocabulary.status"),
    ("events.second_opinions", "opinions", {"confidence": 1.1}, "vocabulary.confidence"),
]


@pytest.mark.parametrize("table", sorted({breakage[0] for breakage in BREAKAGES}))
def test_each_broken_row_is_found_by_its_rule_and_taken_out(warehouse, more_pages, table):
    """One row of another page is broken in each way; each rule must find its row, and no rule another's."""
    breakages = [breakage[1:] for breakage in BREAKAGES if breakage[0] == table]
    big = more_pages(pages=3 * len(breakages))
    expected = {}
    for number, (rows, values, rule) in enumerate(breakages):
        row_number = number * (len(getattr(big, rows)) // len(breakages))
        big.change(rows, row_number, **values)
        expected[_key(getattr(big, rows)[row_number], table)] = rule
    big.write(warehouse)
    before = count(warehouse, table)
    found = gate(warehouse, table)
    assert not found.blocks
    assert found.moved[table] + count(warehouse, table) == before
    quarantined = warehouse.read(f"SELECT * FROM quarantine.{table.replace('.', '_')}")
    reasons = {
        _key(SimpleNamespace(**row), table): row["failed_because"] for row in quarantined.iter_rows(named=True)
    }
    for key, rule in expected.items():
        assert rule in reasons[key]
    if table != "cleaned.spans":  # positions of spans are judged together, and their page goes whole
        assert found.taken_out == len(breakages)
    assert set(quarantined["quarantined_by"]) == {"run-1"}
    results = warehouse.read("SELECT * FROM ops.check_results WHERE NOT passed AND level = 'row'")
    names = set((results["check_name"] + "." + results["expectation"]).to_list())
    assert names >= set(expected.values())
    assert all("quarantine." in message for message in results["message"])
    again = gate(warehouse, table, run_id="run-2", fresh=False)
    assert not {f.verdict.rule.full_name for f in again.findings if f.verdict.rule.level is Level.ROW} & broken(again)


def test_a_second_coder_that_gives_no_usable_answers_is_told(warehouse, more_pages):
    big = more_pages(pages=24)
    for number in range(8):
        big.change("opinions", number, agreement="unread", mention_id=None, plover_type=None, mode=None)
    big.write(warehouse)
    found = gate(warehouse, "events.second_opinions")
    assert broken(found) == {"answers.unread"} and not found.blocks and not found.moved


def _key(row, table):
    return tuple(getattr(row, name) for name in suite_of(table).table.key)


def test_a_date_after_receipt_is_found_unless_the_event_is_only_planned(warehouse, world, tomorrow_and_more):
    world.change("documents", 0, published=tomorrow_and_more)
    world.change("mentions", 1, event_date=tomorrow_and_more)
    world.change("mentions", 2, event_date=tomorrow_and_more, status="planned")
    world.write(warehouse)
    assert broken(gate(warehouse, "events.mentions")) == {"dates.not_ahead_of_its_time"}
    taken = warehouse.read("SELECT mention_id FROM quarantine.events_mentions")
    assert taken["mention_id"].to_list() == [world.mentions[1].mention_id]
    assert broken(gate(warehouse, "cleaned.documents")) == {"dates.published_plausibly"}


def test_raw_documents_received_in_the_future_are_found(warehouse, world):
    world.change("raw", 0, received_at=world.raw[0].received_at + timedelta(days=9))
    world.write(warehouse)
    assert broken(gate(warehouse, "raw.documents")) == {"origin.received_by_now"}


def test_what_was_read_from_a_page_goes_with_it_and_its_copies_get_another_representative(warehouse, world):
    gone, kept, other = (document.document_id for document in world.documents[:3])
    world.change("documents", 0, language="xx")
    world.change("documents", 1, canonical_document_id=gone)
    world.change("documents", 2, canonical_document_id=gone)
    world.write(warehouse)
    found = gate(warehouse, "cleaned.documents")
    assert found.moved == {
        "cleaned.documents": 1,
        "cleaned.spans": 3,
        "cleaned.dropped_lines": 1,
        "translated.segments": 3,
        "events.mentions": 1,
    }
    for table in ("cleaned.spans", "cleaned.dropped_lines", "translated.segments", "events.mentions"):
        assert warehouse.read(f"SELECT count(*) FROM {table} WHERE document_id = ?", [gone]).item() == 0
        moved = warehouse.read(f"SELECT * FROM quarantine.{table.replace('.', '_')}")
        assert "out of cleaned.documents: language.language" in moved["failed_because"][0]
    heirs = warehouse.read(
        "SELECT DISTINCT canonical_document_id FROM cleaned.documents WHERE document_id IN (?, ?)", [kept, other]
    )
    assert heirs["canonical_document_id"].to_list() == [min(kept, other)]
    assert broken(gate(warehouse, "cleaned.spans")) == broken(gate(warehouse, "translated.segments")) == set()


def test_a_page_with_a_wrong_span_goes_whole(warehouse, world):
    world.change("spans", 4, raw_end=world.spans[4].raw_end - 1)
    world.write(warehouse)
    found = gate(warehouse, "cleaned.spans")
    assert found.moved["cleaned.documents"] == 1 and found.moved["cleaned.spans"] == 3
    assert count(warehouse, "cleaned.documents") == len(world.documents) - 1


def test_an_event_that_goes_leaves_its_mentions_unmerged_not_dangling(warehouse, world):
    world.change("events", 0, place_country="XYZ")
    world.write(warehouse)
    gate(warehouse, "events.events")
    dangling = "SELECT count(*) FROM events.mentions WHERE event_id NOT IN (SELECT event_id FROM events.events)"
    assert warehouse.read(dangling).item() == 0
    assert warehouse.read("SELECT count(*) FROM events.mentions WHERE event_id IS NULL").item() == 1


def test_mentions_that_point_to_no_event_block(warehouse, world):
    world.events.pop()
    world.write(warehouse)
    found = gate(warehouse, "events.events")
    assert found.blocks and broken(found) == {"references.events_there"}


def test_too_many_failing_rows_block(warehouse, world):
    for number in range(6):
        world.change("documents", number, language="xx")
    world.write(warehouse)
    found = gate(warehouse, "cleaned.documents")
    assert found.blocks and "rows_kept.taken_out" in broken(found)
    assert found.taken_out == 6
    (kept,) = found.of_check("rows_kept")
    assert len(kept.samples) == 5 and {row["failed_expectation"] for row in kept.samples} == {"language.language"}


def test_rows_that_are_shown_name_the_file_that_their_page_was_read_from(warehouse, world):
    world.change("documents", 2, language="xx")
    world.change("mentions", 4, source_country="XXX")
    world.change("mentions", 5, source_country="XXX", document_id="of no page")
    world.write(warehouse)
    (of_page,) = [row for f in gate(warehouse, "cleaned.documents").findings for row in f.samples]
    assert of_page["source_path"] == world.raw[2].source_path
    found = gate(warehouse, "events.mentions").findings
    (of_mentions,) = [f.samples for f in found if f.verdict.rule.full_name == "vocabulary.source_country"]
    assert [row["source_path"] for row in of_mentions] == [world.raw[4].source_path, "null"]


def test_what_was_taken_out_before_is_kept_until_the_table_is_made_anew(warehouse, world):
    world.change("documents", 0, language="xx")
    world.write(warehouse)
    gate(warehouse, "cleaned.documents", run_id="run-1")
    gate(warehouse, "cleaned.documents", run_id="run-2", fresh=False)
    assert count(warehouse, "quarantine.cleaned_documents") == 1
    assert count(warehouse, "quarantine.cleaned_dropped_lines") == 1
    world.change("documents", 0, language="en")
    world.write(warehouse)
    gate(warehouse, "cleaned.documents", run_id="run-3", fresh=True)
    assert count(warehouse, "quarantine.cleaned_documents") == 0
    assert count(warehouse, "quarantine.cleaned_dropped_lines") == 0
    assert count(warehouse, "cleaned.documents") == len(world.documents)


def test_a_row_that_fails_again_is_in_quarantine_once(warehouse, world):
    world.change("mentions", 0, source_country="KE")
    world.change("events", 1, place_country="XYZ")
    for run in ("run-1", "run-2"):
        world.write(warehouse)
        gate(warehouse, "events.mentions", run_id=run, fresh=False)
        gate(warehouse, "events.events", run_id=run)
        assert count(warehouse, "quarantine.events_mentions") == 1
        assert (
            count(warehouse, "quarantine.events_events") == 2
        )  # the one that is wrong, and the one left without mention


def test_a_step_run_again_in_the_same_run_replaces_its_results(warehouse, world):
    world.write(warehouse)
    gate(warehouse, "raw.documents")
    first = count(warehouse, "ops.check_results")
    gate(warehouse, "raw.documents")
    assert count(warehouse, "ops.check_results") == first
    gate(warehouse, "raw.documents", run_id="run-2")
    assert count(warehouse, "ops.check_results") == 2 * first


def test_other_batches_are_left_alone(warehouse, world, more_pages):
    other = more_pages("b0002", pages=4)
    other.change("documents", 0, language="xx")
    world.write(warehouse)
    other.write(warehouse)
    assert gate(warehouse, "cleaned.documents", "b0001").row_count == len(world.documents)
    assert count(warehouse, "cleaned.documents") == len(world.documents) + len(other.documents)
    assert gate(warehouse, "cleaned.documents", "b0002").taken_out == 1


def test_shares_are_warned_of_and_stop_nothing(warehouse, more_pages):
    big = more_pages(pages=30)
    for number in range(30):
        big.change(
            "documents",
            number,
            mojibake=True,
            published=None,
            published_precision=None,
            published_basis="none: no date",
        )
        big.change("mentions", number, source_country=None, target_country=None, source_text="Nobody named here")
    for number in range(90):
        big.change(
            "segments",
            number,
            status="pending",
            english_text=None,
            engine=None,
            quality=None,
            reason="no engine",
            language="fr",
        )
    big.write(warehouse)
    found = gate(warehouse, "cleaned.documents")
    assert broken(found) == {"body.mojibake", "dates.undated"} and not found.blocks and not found.moved
    assert broken(gate(warehouse, "translated.segments")) == {"translation.pending"}
    assert broken(gate(warehouse, "events.mentions")) == {"actors.actors_unknown", "actors.actors_grounded"}
    figures = warehouse.read("SELECT observed, maximum FROM ops.check_results WHERE expectation = 'mojibake'").row(0)
    assert figures == (1.0, THRESHOLDS.cleaned.documents.max_mojibake_share)


def test_events_that_no_mention_tells_are_taken_out(warehouse, world):
    told_by_none = world.mentions.pop().event_id
    world.write(warehouse)
    found = gate(warehouse, "events.events")
    assert broken(found) == {"references.mentions_counted", "references.pages_counted"} and not found.blocks
    assert warehouse.read("SELECT event_id FROM quarantine.events_events")["event_id"].to_list() == [told_by_none]


def test_sentences_out_of_order_are_warned_of(warehouse, world):
    world.change("segments", 0, position=44)
    world.write(warehouse)
    found = gate(warehouse, "translated.segments")
    assert "offsets.numbered_in_order" in broken(found) and not found.moved and not found.blocks


def test_lost_numbers_and_odd_lengths_are_warned_of(warehouse, more_pages):
    big = more_pages(pages=10)
    for number in range(30):
        big.change(
            "segments",
            number,
            status="translated",
            engine="firefox",
            model="x",
            english_text="Hm",
            flags=("number_lost",),
        )
    big.write(warehouse)
    assert broken(gate(warehouse, "translated.segments")) == {"translation.numbers_kept", "translation.length_ratio"}


def test_rejected_inputs_are_counted_against_those_accepted(warehouse, world):
    world.rejected += [
        RejectedInput(f"bad/{n}", 0, world.batch, "empty", "The file is empty.", None, RECEIVED) for n in range(8)
    ]
    world.write(warehouse)
    found = gate(warehouse, "raw.rejected")
    assert broken(found) == {"volume.rejected_share"} and not found.blocks
    assert [f.verdict.observed for f in found.findings if f.verdict.rule.name == "rejected_share"] == [0.5]


@pytest.mark.parametrize("reason", ["http_status", "media_type", "revisit", "unsupported"])
def test_what_a_crawl_holds_by_its_nature_says_nothing_against_it(warehouse, world, reason):
    world.rejected += [
        RejectedInput("a.warc.gz", n, world.batch, reason, "It holds no page.", None, RECEIVED) for n in range(1, 80)
    ]
    world.rejected.append(RejectedInput("a.warc.gz", 99, world.batch, "damaged", "It is cut.", None, RECEIVED))
    world.write(warehouse)
    found = gate(warehouse, "raw.rejected")
    assert broken(found) == set()
    assert [f.verdict.observed for f in found.findings if f.verdict.rule.name == "rejected_share"] == [
        pytest.approx(1 / 9)
    ]


def test_pages_that_cleaning_lost_are_warned_of(warehouse, world):
    lost = world.documents.pop().document_id
    world.spans = [span for span in world.spans if span.document_id != lost]
    world.write(warehouse)
    assert broken(gate(warehouse, "cleaned.documents")) == {"volume.pages_cleaned"}


def test_volume_is_held_against_the_batches_before(warehouse, more_pages):
    for number, rejected in enumerate((12, 12, 14, 12, 12, 1), start=1):
        batch = more_pages(f"b{number:04d}", pages=0)
        batch.rejected += [
            RejectedInput(f"bad/{n}", 0, batch.batch, "empty", "The file is empty.", None, RECEIVED)
            for n in range(rejected)
        ]
        batch.write(warehouse)
        found = gate(warehouse, "raw.rejected", batch.batch)
        assert ("volume.rows" in broken(found)) == (rejected == 1)
        assert not found.blocks
    # An early batch is held against those before it only.
    assert "volume.rows" not in broken(gate(warehouse, "raw.rejected", "b0002", run_id="run-2"))


def test_levels_of_the_thresholds_file_replace_the_rules_own(warehouse, world, tmp_path):
    file = tmp_path / "mine.toml"
    file.write_text(
        '[levels]\n"cleaned.documents.language.language" = "block"\n"cleaned.documents.body.length" = "warn"\n',
        encoding="utf-8",
    )
    world.change("documents", 0, language="xx")
    world.write(warehouse)
    found = gate(warehouse, "cleaned.documents", thresholds=load_thresholds(file))
    assert found.blocks and not found.moved
    levels = {f.verdict.rule.full_name: f.verdict.rule.level for f in found.findings}
    assert levels["body.length"] is Level.WARN


def test_samples_name_five_rows_and_shorten_long_texts(warehouse, more_pages):
    big = more_pages(pages=9)
    for number in range(9):
        big.change("mentions", number, evidence_text="long " * 100)
    big.write(warehouse)
    found = gate(warehouse, "events.mentions")
    finding = next(f for f in found.findings if f.verdict.rule.full_name == "offsets.evidence_at_offsets")
    assert len(finding.samples) == 5
    assert all(len(row["evidence_text"]) <= 160 and row["mention_id"] for row in finding.samples)
    assert finding.message.startswith("9 of 9 rows break")


@pytest.mark.parametrize(("language", "shift"), [("en", 0.0), ("fr", 2 / 3)])
def test_a_mix_unlike_that_of_the_batches_before_is_measured(language, shift):
    before = pl.DataFrame(
        {"batch": [f"b{n}" for n in range(6)], "language": ["en"] * 6, "publisher": ["p"] * 6, "pages": [30] * 6}
    )
    frame = pl.DataFrame({"language": ["en"] * 10 + [language] * 20, "publisher": ["p"] * 30})
    surroundings = Surroundings(THRESHOLDS, RECEIVED, {"mix": before})
    assert frame.select(mix_shift(frame, surroundings, "language")).item() == pytest.approx(shift)
    few = Surroundings(THRESHOLDS, RECEIVED, {"mix": before.head(2)})
    assert frame.select(mix_shift(frame, few, "language")).item() is None  # too little to hold it against


def test_a_mix_that_shifts_is_told_by_the_gate(warehouse, world):
    world.write(warehouse)
    strict = THRESHOLDS.model_copy(
        update={"general": THRESHOLDS.general.model_copy(update={"history_needs_batches": 1, "shares_need_rows": 1})}
    )
    with warehouse.transaction() as connection:
        connection.execute(
            "CREATE TEMP TABLE earlier AS SELECT * REPLACE ('e' || document_id AS document_id, 'a0001' AS batch, "
            "'zu' AS language, 'e' || canonical_document_id AS canonical_document_id) FROM cleaned.documents"
        )
        connection.execute("INSERT INTO cleaned.documents BY NAME SELECT * FROM earlier")
    found = gate(warehouse, "cleaned.documents", thresholds=strict)
    assert "drift.language_shift" in broken(found) and "drift.publisher_shift" not in broken(found)
    assert not found.blocks and not found.taken_out
