"""Memory first, engines for what is missing, each result judged: with engines that count what they are asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import duckdb
import pytest

from assets.translated.engines.engine import Engine, EngineError, Failure, Translation, Usage
from assets.translated.memory.memory import MEMORY_QUERY, Memory, correction, source_keys
from assets.translated.memory.rows import MEMORY, MemoryEntry, memory_id, normalise_sentence, source_key
from assets.translated.segments.quality import Estimate
from assets.translated.segments.records import translate_records
from assets.translated.segments.rows import SEGMENTS, Segment
from assets.translated.segments.translate import Progress, translate_segments


class Counting:
    """An engine that prefixes its name, and keeps every sentence that it was asked for."""

    batch_size = 2

    def __init__(self, name: str = "firefox", languages: Sequence[str] = ("de", "ar"), model: str = "m1") -> None:
        self.name, self.languages, self.model = name, languages, model
        self.usage = Usage()
        self.asked: list[str] = []
        self.batches: list[list[str]] = []
        self.refuses: set[str] = set()
        self.dies_at: int | None = None

    def supports(self, language: str) -> bool:
        return language in self.languages

    def why_not(self, language: str) -> str:
        return f"{self.name}: no {language}; run: install {language}"

    def model_for(self, language: str) -> str:
        return self.model

    def translate(self, sentences: Sequence[str], language: str) -> list[Translation | Failure]:
        if self.dies_at is not None and len(self.batches) >= self.dies_at:
            raise EngineError("the server is gone")
        self.batches.append(list(sentences))
        self.asked += sentences
        return [self._one(sentence) for sentence in sentences]

    def _one(self, sentence: str) -> Translation | Failure:
        if sentence in self.refuses:
            return Failure(self.name, f"{self.name}: refused")
        return Translation(f"{self.name} {sentence}", self.name, self.model)


def fine(source: str, english: str, language: str) -> Estimate:
    return Estimate(1.0)


def segment(text: str, language: str = "de", number: int = 0) -> Segment:
    return Segment(
        segment_id=f"s{number}",
        document_id="d",
        batch="b",
        position=number,
        paragraph=0,
        language=language,
        source_text=text,
        source_start=number * 1000,
        source_end=number * 1000 + len(text),
        english_text=None,
        engine=None,
        model=None,
        status="pending",
        reason=None,
        quality=None,
        flags=(),
    )


def segments(*texts: str) -> list[Segment]:
    return [segment(text, number=number) for number, text in enumerate(texts)]


def test_alike_sentences_are_translated_once_and_a_second_run_asks_nothing() -> None:
    engine = Counting()
    assert isinstance(engine, Engine)
    wanted = segments("Er kam.", "Sie gingen heute.", " Er  kam.", "Er kam.")
    first = translate_segments(wanted, Memory(), [engine], estimate=fine)
    assert sorted(engine.asked) == ["Er kam.", "Sie gingen heute."]
    assert [s.english_text for s in first.segments] == [
        "firefox Er kam.", "firefox Sie gingen heute.", "firefox Er kam.", "firefox Er kam.",
    ]  # fmt: skip
    assert {(s.status, s.engine, s.model, s.reason) for s in first.segments} == {
        ("translated", "firefox", "m1", None)
    }
    assert len(first.new_memory_entries) == 2
    second = translate_segments(wanted, Memory(first.new_memory_entries), [engine], estimate=fine)
    assert len(engine.asked) == 2, "the second run translates nothing"
    assert second.segments == first.segments
    assert second.new_memory_entries == ()
    assert (second.report.from_memory, second.report.unique_sentences) == (2, 2)


def test_memory_survives_the_warehouse() -> None:
    engine = Counting()
    wanted = segments("Er kam.", "Sie ging.")
    done = translate_segments(wanted, Memory(), [engine], estimate=fine)
    with duckdb.connect() as connection:
        connection.execute("CREATE SCHEMA translated")
        frame = MEMORY.frame(done.new_memory_entries)  # noqa: F841 - the statement below reads it by name
        connection.execute("CREATE TABLE translated.memory AS SELECT * FROM frame")
        found = MEMORY.rows(connection.execute(MEMORY_QUERY, [source_keys(wanted)]).pl())
        assert connection.execute(MEMORY_QUERY, [source_keys(segments("Anders."))]).fetchall() == []
    assert sorted(found, key=lambda e: e.memory_id) == list(done.new_memory_entries)
    assert translate_segments(wanted, Memory(found), [engine], estimate=fine).segments == done.segments
    assert SEGMENTS.rows(SEGMENTS.frame(done.segments)) == list(done.segments)


def test_sentences_go_in_batches_of_like_length() -> None:
    engine = Counting()
    translate_segments(segments("a" * 50, "b", "c" * 51, "dd"), Memory(), [engine], estimate=fine)
    assert engine.batches == [["b", "dd"], ["a" * 50, "c" * 51]]


def test_progress_counts_all_languages_by_characters_and_ends_at_the_whole() -> None:
    told: list[Progress] = []
    wanted = [segment("Er kam.", "de", 0), segment("Sie gingen gestern.", "de", 1), segment("غادر الوفد.", "ar", 2)]
    unserved = segment("Jag gick hem.", "sv", 3)
    translate_segments([*wanted, unserved], Memory(), [Counting()], estimate=fine, on_progress=told.append)
    assert [(p.done, p.total) for p in told] == [(1, 3), (3, 3)], "what no engine takes is no work"
    assert told[0].work == pytest.approx(11 / (11 + 7 + 19))
    assert told[-1].work == 1


def test_a_new_model_translates_again_and_the_old_translation_stays() -> None:
    first = translate_segments(segments("Er kam."), Memory(), [Counting(model="m1")], estimate=fine)
    newer = Counting(model="m2")
    second = translate_segments(segments("Er kam."), Memory(first.new_memory_entries), [newer], estimate=fine)
    assert newer.asked == ["Er kam."]
    assert second.segments[0].model == "m2"
    assert first.new_memory_entries[0].memory_id != second.new_memory_entries[0].memory_id


def test_a_correction_outranks_every_engine_for_ever() -> None:
    engine = Counting()
    done = translate_segments(segments("Er kam."), Memory(), [engine], estimate=fine)
    right = correction("de", "Er  kam.", "He came.", "corrections.csv")
    memory = Memory([*done.new_memory_entries, right])
    corrected = translate_segments(segments("Er kam."), memory, [engine, Counting("openai")], estimate=fine).segments[
        0
    ]
    assert (corrected.english_text, corrected.engine, corrected.quality) == ("He came.", "human", 1.0)
    assert len(engine.asked) == 1
    again = correction("de", "Er kam.", "He has come.", "other.csv")
    assert again.memory_id == right.memory_id, "a second correction replaces the first"


def test_a_poor_translation_is_tried_again_and_the_best_is_kept() -> None:
    weak, strong = Counting("firefox"), Counting("openai")

    def judge(source: str, english: str, language: str) -> Estimate:
        if "Schwer" in english:
            return Estimate(0.3 if english.startswith("firefox") else 0.2, ("number_lost",))
        return Estimate(0.2, ("length_ratio",)) if english.startswith("firefox H") else Estimate(0.9)

    wanted, engines = segments("Leicht.", "Halb schwer.", "Schwer."), [weak, strong]
    done = translate_segments(wanted, Memory(), engines, 0.5, estimate=judge)
    assert [(s.engine, s.status, s.flags) for s in done.segments] == [
        ("firefox", "translated", ()),
        ("openai", "translated", ()),
        ("firefox", "poor", ("number_lost",)),
    ]
    assert sorted(strong.asked) == ["Halb schwer.", "Schwer."], "good ones are not asked again"
    again = translate_segments(wanted, Memory(done.new_memory_entries), engines, 0.5, estimate=judge)
    assert again.segments == done.segments
    assert (len(weak.asked), len(strong.asked)) == (3, 2), "poor results are remembered, too"
    assert (done.report.translated, done.report.poor) == (2, 1)


def test_pending_segments_explain_themselves() -> None:
    one, two = Counting("firefox", ["de"]), Counting("libretranslate", ["de"])
    done = translate_segments([segment("نعم.", "ar"), segment("Ja.", "de", 1)], Memory(), [one, two], estimate=fine)
    assert done.segments[0].status == "pending"
    assert done.segments[0].reason == "firefox: no ar; run: install ar; libretranslate: no ar; run: install ar"
    assert done.segments[1].status == "translated"
    assert done.report.pending_by_reason == {done.segments[0].reason: 1}
    off = translate_segments([segment("نعم.", "ar")], Memory(), []).segments[0]
    assert off.reason is not None
    assert "engines = none" in off.reason


def test_without_its_engine_memory_is_better_than_nothing() -> None:
    done = translate_segments(segments("Er kam."), Memory(), [Counting("openai")], estimate=fine)
    offline = translate_segments(segments("Er kam."), Memory(done.new_memory_entries), [Counting("firefox", [])])
    assert offline.segments == done.segments


def test_an_engine_that_dies_keeps_its_work_and_is_not_asked_again() -> None:
    engine, spare = Counting("openai"), Counting("firefox")
    engine.dies_at = 1
    kept: list[MemoryEntry] = []
    wanted = segments("a", "bb", "ccc", "dddd", "eeeee")
    done = translate_segments(wanted, Memory(), [engine, spare], estimate=fine, on_entries=kept.extend)
    assert [s.engine for s in done.segments] == ["openai", "openai", "firefox", "firefox", "firefox"]
    assert sorted(e.memory_id for e in kept) == [e.memory_id for e in done.new_memory_entries]
    assert done.report.troubles == ("openai: the server is gone",)
    alone = Counting("openai")
    alone.dies_at = 0
    pending = translate_segments(wanted, Memory(), [alone], estimate=fine).segments
    assert {(s.status, s.reason) for s in pending} == {("pending", "openai: the server is gone")}


def test_a_refused_sentence_is_pending_alone() -> None:
    engine = Counting()
    engine.refuses = {"bb"}
    done = translate_segments(segments("a", "bb"), Memory(), [engine], estimate=fine)
    assert [(s.status, s.reason) for s in done.segments] == [("translated", None), ("pending", "firefox: refused")]


def test_what_has_english_is_left_alone() -> None:
    english = replace(
        segment("He came.", "en"), english_text="He came.", status="source", engine="source", quality=1.0
    )
    engine = Counting()
    assert translate_segments([english], Memory(), [engine]).segments == (english,)
    assert engine.asked == []


def test_keys_tell_apart_what_must_differ() -> None:
    assert source_key("de", "Er  kam.\u200b") == source_key("de", "Er kam.")
    assert source_key("de", "e\u0301") == source_key("de", "\u00e9")
    assert source_key("de", "Er kam.") != source_key("nl", "Er kam.")
    assert source_key("de", "er kam.") != source_key("de", "Er kam.")
    assert normalise_sentence("مـــالي\u200f  هنا") == "مالي هنا"
    assert normalise_sentence("می‌رویم") == "می‌رویم", "the non-joiner is part of the spelling"
    ids = {memory_id("k", engine, model, glossary) for engine in "ab" for model in "ab" for glossary in ("", "g1")}
    assert len(ids) == 8


def test_records_come_out_in_order_with_their_sentences_in_place() -> None:
    engine = Counting()
    records = [
        {"id": 1, "lang": "de", "text": "Er kam.Sie ging.\n\nDanach  nichts.\n"},
        {"id": 2, "lang": "en", "text": "He came."},
        {"id": 3, "lang": "ar", "text": "نعم."},
        {"id": "x", "lang": "fr", "text": "Oui."},
        {"id": 5, "text": 7},
        ["nothing"],
        {"id": 6, "lang": "not a code!", "text": "Ja."},
        {"id": 7, "lang": "de", "text": ""},
        {"id": 8, "lang": "de-AT", "text": "Er kam."},
    ]
    out = list(translate_records(records, [engine], estimate=fine))
    assert [r["id"] for r in out] == [1, 2, 3, "x", 5, None, 6, 7, 8]
    assert [r["status"] for r in out] == [
        "translated", "source", "translated", "pending", "error", "error", "error", "source", "translated",
    ]  # fmt: skip
    assert out[0]["text"] == "firefox Er kam. firefox Sie ging.\n\nfirefox Danach nichts.\n"
    assert out[3]["text"] is None
    assert "run: install fr" in out[3]["reason"]
    assert "record 5" in out[4]["reason"]
    assert all(set(r) == {"id", "text", "engine", "model", "quality", "flags", "status", "reason"} for r in out)
    assert engine.asked.count("Er kam.") == 1


def test_half_of_a_surrogate_pair_stops_no_stream() -> None:
    records = [{"id": 1, "lang": "de", "text": "Er kam\ud83d."}, {"id": 2, "lang": "de", "text": "Sie ging."}]
    out = list(translate_records(records, [Counting()], estimate=fine))
    assert [r["text"] for r in out] == ["firefox Er kam\ufffd.", "firefox Sie ging."]


def test_records_are_read_in_bounded_runs() -> None:
    read = 0

    def endless():  # type: ignore[no-untyped-def]
        nonlocal read
        while True:
            read += 1
            yield {"id": read, "lang": "de", "text": "Er kam."}

    results = translate_records(endless(), [Counting()], estimate=fine)
    assert next(results)["id"] == 1
    assert read < 1000


@pytest.mark.parametrize("lang", [None, "und"])
def test_a_language_that_is_not_given_is_detected(lang: str | None) -> None:
    text = "Der Minister sagte am Montag, dass die Armee die Stadt verlassen habe."
    engine = Counting()
    assert (
        next(translate_records([{"id": 1, "lang": lang, "text": text}], [engine], estimate=fine))["status"]
        == "translated"
    )
