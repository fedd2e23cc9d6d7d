"""From pending segments to English: memory first, then the engines in order, each result judged.

Plain values in, rows out. Reading and writing the memory's table, and showing progress, are the caller's work.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from assets.parallel import Failure as WorkFailure
from assets.parallel import map_in_processes
from assets.translated.engines.available import SWITCHED_OFF
from assets.translated.engines.engine import DRAFT, Engine, EngineError, Failure, Translation
from assets.translated.glossary import Glossary
from assets.translated.memory.memory import Memory, entry
from assets.translated.memory.rows import MemoryEntry, normalise_sentence, source_key
from assets.translated.segments.quality import NO_GLOSSARY, Estimate, as_draft, estimate_quality, not_judged
from assets.translated.segments.rows import Segment

DEFAULT_THRESHOLD = 0.5

Estimator = Callable[[str, str, str], Estimate]
"""(source sentence, English, language of the source) -> quality and flags."""


@dataclass(frozen=True)
class Progress:
    """How far the work of one call is, over all languages: what engines were asked for, each sentence once.

    `total` grows where a poor translation is tried again. `work` is the share of their characters that is done, 0 to
    1, which tells the remaining time better, since short sentences come first.
    """

    engine: str
    language: str
    done: int
    total: int
    work: float


@dataclass(frozen=True)
class TranslationReport:
    """What one call did, in numbers of segments unless said otherwise."""

    segments: int = 0
    source: int = 0
    translated: int = 0
    poor: int = 0
    pending: int = 0
    unique_sentences: int = 0
    from_memory: int = 0
    engine_sentences: Mapping[str, int] = field(default_factory=dict)
    pending_by_reason: Mapping[str, int] = field(default_factory=dict)
    troubles: tuple[str, ...] = ()


@dataclass(frozen=True)
class TranslationOutcome:
    """The segments with their English, the memory's new rows, and what was done."""

    segments: tuple[Segment, ...]
    new_memory_entries: tuple[MemoryEntry, ...]
    report: TranslationReport


def translate_segments(
    segments: Sequence[Segment],
    memory: Memory,
    engines: Sequence[Engine],
    threshold: float = DEFAULT_THRESHOLD,
    *,
    glossary: Glossary = NO_GLOSSARY,
    estimate: Estimator | None = None,
    workers: int = 1,
    on_entries: Callable[[Sequence[MemoryEntry]], None] | None = None,
    on_progress: Callable[[Progress], None] | None = None,
) -> TranslationOutcome:
    """Gives every segment without English its English, or the reason why it has none.

    A person's correction comes first, then what the memory holds of the engines in their order, then the engines
    themselves, only for what is missing and once for sentences that are alike. A result below `threshold` (0 to 1)
    is tried again with the next engine; the best one is kept, with status `poor` if it is still below. Where no
    engine serves, anything that the memory holds is better than nothing. An engine that cannot go on is left out for
    the rest of the call. `glossary` is what the engines were made with: its version is part of the memory's key, and
    its terms are looked for in the English; where one is missing the engine is asked once more, with the wanted
    English put in the place of the term. `workers` processes judge what came out (`estimate` must then be
    picklable). `on_entries` gets new memory rows as each batch of an engine is done, so that a caller can keep them
    even if it is stopped.
    """
    estimate = estimate or partial(estimate_quality, glossary=glossary)
    work = _Work(memory, list(engines), threshold, glossary, estimate, workers, on_entries, on_progress)
    wanted = [segment for segment in segments if segment.english_text is None]
    results = work.run(wanted)
    done = tuple(
        segment if segment.english_text is not None else _filled(segment, results[_key(segment)], threshold)
        for segment in segments
    )
    return TranslationOutcome(done, memory.new_entries, _report(done, results, work))


@dataclass
class _Sentence:
    """One sentence to translate, for all segments that say the same."""

    key: str
    language: str
    text: str
    segment_id: str
    best: MemoryEntry | None = None
    settled: bool = False
    remembered: bool = False
    reasons: list[str] = field(default_factory=list)

    def offer(self, candidate: MemoryEntry, threshold: float, *, remembered: bool) -> None:
        """Takes a translation if it beats what is there; a good one settles the sentence."""
        quality = candidate.quality or 0.0
        if self.best is None or quality > (self.best.quality or 0.0):
            self.best, self.remembered = candidate, remembered
        self.settled = self.settled or quality >= threshold


@dataclass(frozen=True)
class _Amount:
    """So many sentences, of so many characters in all."""

    sentences: int = 0
    characters: int = 0

    def __add__(self, other: _Amount) -> _Amount:
        return _Amount(self.sentences + other.sentences, self.characters + other.characters)


def _amount(sentences: Iterable[_Sentence]) -> _Amount:
    lengths = [len(sentence.text) for sentence in sentences]
    return _Amount(len(lengths), sum(lengths))


@dataclass
class _Work:
    """One call's state: which engines still go, and what they did."""

    memory: Memory
    engines: list[Engine]
    threshold: float
    glossary: Glossary
    estimate: Estimator
    workers: int
    on_entries: Callable[[Sequence[MemoryEntry]], None] | None
    on_progress: Callable[[Progress], None] | None
    counts: Counter[str] = field(default_factory=Counter)
    troubles: dict[str, str] = field(default_factory=dict)
    done: _Amount = field(default_factory=_Amount)
    ahead: _Amount = field(
        default_factory=_Amount
    )  # what the coming languages have open, as far as an engine takes it

    def run(self, segments: Sequence[Segment]) -> dict[str, _Sentence]:
        """A result for the key of each segment."""
        sentences: dict[str, _Sentence] = {}
        for segment in segments:
            key = _key(segment)
            if key not in sentences:
                text = normalise_sentence(segment.source_text)
                sentences[key] = _Sentence(key, segment.language, text, segment.segment_id)
        for sentence in sentences.values():
            if corrected := self.memory.correction(sentence.key):
                sentence.best, sentence.settled, sentence.remembered = corrected, True, True
        by_language: dict[str, list[_Sentence]] = defaultdict(list)
        for sentence in sentences.values():
            by_language[sentence.language].append(sentence)
        coming = {
            language: _amount(sentence for sentence in found if not sentence.settled)
            for language, found in by_language.items()
            if any(self._refusal(engine, language) is None for engine in self.engines)
        }
        for language in sorted(by_language):
            coming.pop(language, None)
            self.ahead = sum(coming.values(), _Amount())
            self._language(by_language[language], language)
        return sentences

    def _language(self, sentences: list[_Sentence], language: str) -> None:
        for engine in self.engines:
            open_ones = [sentence for sentence in sentences if not sentence.settled]
            if open_ones:
                self._engine(engine, open_ones, language)
        for sentence in sentences:
            if not sentence.settled and (known := self.memory.best(sentence.key)):
                sentence.offer(known, self.threshold, remembered=True)

    def _engine(self, engine: Engine, sentences: list[_Sentence], language: str) -> None:
        reason = self._refusal(engine, language)
        if reason is not None:
            for sentence in sentences:
                sentence.reasons.append(reason)
            return
        model = engine.model_for(language)
        missing: list[_Sentence] = []
        for sentence in sentences:
            if known := self.memory.find(sentence.key, engine.name, model, self.glossary.version):
                sentence.offer(known, self.threshold, remembered=True)
            else:
                missing.append(sentence)
        # Sentences of like length together: engines pad a batch to its longest.
        missing.sort(key=lambda sentence: (len(sentence.text), sentence.key))
        for first in range(0, len(missing), engine.batch_size):
            batch = missing[first : first + engine.batch_size]
            self._batch(engine, batch, language)
            self.done += _amount(batch)
            self._tell(engine.name, language, _amount(missing[first + len(batch) :]))

    def _tell(self, engine: str, language: str, open_ones: _Amount) -> None:
        if self.on_progress:
            total = self.done + open_ones + self.ahead
            work = self.done.characters / max(total.characters, 1)
            self.on_progress(Progress(engine, language, self.done.sentences, total.sentences, work))

    def _refusal(self, engine: Engine, language: str) -> str | None:
        """Why the engine will not translate the language now; None if it will."""
        if engine.name not in self.troubles:
            try:
                if not engine.supports(language):
                    return engine.why_not(language)
                engine.model_for(language)
            except EngineError as error:
                self.troubles[engine.name] = _with_name(engine, str(error))
        return self.troubles.get(engine.name)

    def _batch(self, engine: Engine, batch: list[_Sentence], language: str) -> None:
        if engine.name not in self.troubles:
            try:
                results = engine.translate([sentence.text for sentence in batch], language)
            except EngineError as error:
                self.troubles[engine.name] = _with_name(engine, str(error))
            else:
                self._take(engine, batch, results)
                return
        for sentence in batch:
            sentence.reasons.append(self.troubles[engine.name])

    def _take(self, engine: Engine, batch: list[_Sentence], results: Sequence[Translation | Failure]) -> None:
        made: list[tuple[_Sentence, Translation]] = []
        for sentence, result in zip(batch, results, strict=True):
            if isinstance(result, Failure):
                sentence.reasons.append(result.reason)
            else:
                made.append((sentence, result))
        judged = self._with_terms(engine, self._judged(made))
        entries = [self._entry(*one) for one in judged]
        for (sentence, _, _), new in zip(judged, entries, strict=True):
            self.memory.add(new)
            self.counts[engine.name] += 1
            sentence.offer(new, self.threshold, remembered=False)
        if entries and self.on_entries:
            self.on_entries(entries)

    def _judged(self, made: Sequence[tuple[_Sentence, Translation]]) -> list[_Judged]:
        work = [(self.estimate, sentence.text, result.text, sentence.language) for sentence, result in made]
        found = map_in_processes(_estimate, work, workers=self.workers)
        estimates = [not_judged() if isinstance(estimate, WorkFailure) else estimate for estimate in found]
        return [
            (sentence, result, as_draft(estimate) if result.engine == DRAFT else estimate)
            for (sentence, result), estimate in zip(made, estimates, strict=True)
        ]

    def _with_terms(self, engine: Engine, judged: list[_Judged]) -> list[_Judged]:
        """What lost a term of the glossary, asked again with the wanted English put in, if that is better."""
        places = [i for i, (s, r, _) in enumerate(judged) if self.glossary.missing(s.text, r.text, s.language)]
        if not places:
            return judged
        sentences = [judged[place][0] for place in places]
        placed = [self.glossary.put_into(sentence.text, sentence.language) for sentence in sentences]
        try:
            results = engine.translate(placed, sentences[0].language)
        except EngineError as error:
            self.troubles[engine.name] = _with_name(engine, str(error))
            return judged
        again = [(s, r) for s, r in zip(sentences, results, strict=True) if isinstance(r, Translation)]
        by_sentence = {one[0].key: one for one in self._judged(again)}
        return [max((old, by_sentence.get(old[0].key, old)), key=lambda one: one[2].quality) for old in judged]

    def _entry(self, sentence: _Sentence, result: Translation, estimate: Estimate) -> MemoryEntry:
        return entry(
            sentence.language,
            sentence.text,
            result.text,
            result.engine,
            result.model,
            glossary=self.glossary.version,
            quality=estimate.quality,
            flags=estimate.flags,
            segment_id=sentence.segment_id or None,
        )


_Judged = tuple[_Sentence, Translation, Estimate]


def _estimate(work: tuple[Estimator, str, str, str]) -> Estimate:
    estimate, source, english, language = work
    return estimate(source, english, language)


def _key(segment: Segment) -> str:
    return source_key(segment.language, segment.source_text)


def _filled(segment: Segment, sentence: _Sentence, threshold: float) -> Segment:
    best = sentence.best
    if best is None:
        reasons = list(dict.fromkeys(sentence.reasons)) or [SWITCHED_OFF]
        return replace(segment, status="pending", reason="; ".join(reasons))
    good = (best.quality or 0.0) >= threshold
    return replace(
        segment,
        english_text=best.english_text,
        engine=best.engine,
        model=best.model,
        status="translated" if good else "poor",
        reason=None,
        quality=best.quality,
        flags=best.flags,
    )


def _report(segments: Sequence[Segment], sentences: Mapping[str, _Sentence], work: _Work) -> TranslationReport:
    statuses = Counter(segment.status for segment in segments)
    reasons = Counter(segment.reason for segment in segments if segment.status == "pending" and segment.reason)
    return TranslationReport(
        segments=len(segments),
        source=statuses["source"],
        translated=statuses["translated"],
        poor=statuses["poor"],
        pending=statuses["pending"],
        unique_sentences=len(sentences),
        from_memory=sum(sentence.remembered for sentence in sentences.values()),
        engine_sentences=dict(work.counts),
        pending_by_reason=dict(reasons),
        troubles=tuple(work.troubles.values()),
    )


def _with_name(engine: Engine, message: str) -> str:
    return message if message.startswith(engine.name) else f"{engine.name}: {message}"
