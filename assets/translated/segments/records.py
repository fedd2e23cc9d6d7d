"""Records through translation, each a text of any length: what `attache translate` reads and writes.

Nothing of files or streams is here; records come as JSON gives them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from assets.cleaned.documents.language import UNDETERMINED, detect_language, normalise_language
from assets.translated.engines.engine import Engine
from assets.translated.glossary import Glossary
from assets.translated.memory.memory import Memory
from assets.translated.segments.quality import NO_GLOSSARY
from assets.translated.segments.rows import Segment
from assets.translated.segments.segment import SOURCE_ENGINE, new_segment, sentence_spans
from assets.translated.segments.translate import DEFAULT_THRESHOLD, Estimator, translate_segments

# Records held at a time: enough for full batches, bounded whatever comes in.
_RECORDS_AT_ONCE = 256
# Half of a surrogate pair, which JSON can escape; no engine takes it.
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_WORST_FIRST = ("pending", "poor", "translated", "source")


def translate_records(
    records: Iterable[Any],
    engines: Sequence[Engine],
    threshold: float = DEFAULT_THRESHOLD,
    *,
    memory: Memory | None = None,
    glossary: Glossary = NO_GLOSSARY,
    estimate: Estimator | None = None,
    workers: int = 1,
) -> Iterator[dict[str, Any]]:
    """`{id, lang, text}` in, `{id, text, engine, model, quality, flags, status, reason}` out, in the same order.

    A text may hold many sentences and paragraphs; what stands between its sentences is kept. `quality` and `status`
    are the worst of its sentences' (pending, then poor, translated, source), and `text` is null while any sentence is
    pending. Without `lang` the language is detected. What is no such record comes out with status `error` and the
    reason. Records are read in bounded runs; the memory of what was translated grows with the distinct sentences.
    """
    memory = memory or Memory()
    stream = iter(records)
    number = 0
    while run := list(islice(stream, _RECORDS_AT_ONCE)):
        read = [_read_record(record, number + offset) for offset, record in enumerate(run, 1)]
        number += len(run)
        segments = [segment for record in read for segment in record.segments]
        outcome = translate_segments(
            segments, memory, engines, threshold, glossary=glossary, estimate=estimate, workers=workers
        )
        done = iter(outcome.segments)
        for record in read:
            yield _written(record, list(islice(done, len(record.segments))))


@dataclass(frozen=True)
class _Record:
    """One record of the filter, cut into sentences; `error` says why it cannot be used."""

    identifier: Any
    text: str = ""
    segments: tuple[Segment, ...] = ()
    error: str | None = None


def _read_record(record: Any, number: int) -> _Record:
    if not isinstance(record, Mapping):
        return _Record(None, error=f"record {number} is not a JSON object; expected id, lang and text")
    identifier, text, lang = record.get("id"), record.get("text"), record.get("lang")
    if not isinstance(text, str):
        found = "no text" if text is None else f"a text that is {type(text).__name__}"
        return _Record(identifier, error=f"record {number} has {found}; expected a string under the key text")
    if lang is not None and not isinstance(lang, str):
        return _Record(identifier, error=f"record {number} has a lang that is no string; expected a code such as ar")
    text = _SURROGATE.sub("\ufffd", text)
    language = normalise_language(lang)
    if lang and language is None and lang != UNDETERMINED:
        return _Record(
            identifier, error=f"record {number}: {lang[:20]!r} is no language code; expected one such as ar"
        )
    if language is None or language == UNDETERMINED:
        language = detect_language(text)
    segments = tuple(
        new_segment(text, span, language=language, position=position)
        for position, span in enumerate(sentence_spans(text, language))
    )
    return _Record(identifier, text, segments)


def _written(record: _Record, segments: Sequence[Segment]) -> dict[str, Any]:
    row: dict[str, Any] = {"id": record.identifier, "text": None, "engine": None, "model": None, "quality": None}
    if record.error is not None:
        return {**row, "flags": [], "status": "error", "reason": record.error}
    if not segments:
        return {**row, "text": record.text, "engine": SOURCE_ENGINE, "flags": [], "status": "source", "reason": None}
    statuses = {segment.status for segment in segments}
    status = next(name for name in _WORST_FIRST if name in statuses)
    working = [segment for segment in segments if segment.engine != SOURCE_ENGINE] or list(segments)
    reasons = dict.fromkeys(segment.reason for segment in segments if segment.reason)
    row |= {
        "engine": _joined(segment.engine for segment in working),
        "model": _joined(segment.model for segment in working),
        "flags": sorted({flag for segment in segments for flag in segment.flags}),
        "status": status,
        "reason": "; ".join(reasons) or None,
    }
    if status != "pending":
        row["quality"] = min(segment.quality or 0.0 for segment in segments)
        row["text"] = _assembled(record.text, segments)
    return row


def _joined(names: Iterable[str | None]) -> str | None:
    return ", ".join(dict.fromkeys(name for name in names if name)) or None


def _assembled(text: str, segments: Sequence[Segment]) -> str:
    """The text with each sentence replaced by its English, and a space where sentences had none between them."""
    parts: list[str] = []
    position = 0
    for segment in segments:
        between = text[position : segment.source_start]
        parts += [between or (" " if position else ""), segment.english_text or ""]
        position = segment.source_end
    return "".join(parts) + text[position:]
