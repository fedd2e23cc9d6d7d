"""How good and fast the translation engines at hand are, and how well the quality estimate tells good from damaged.

    python -m benchmarks.translation FOLDER [--engine auto] [--models FOLDER] [--limit N] [--seconds S]
    python -m benchmarks.translation FOLDER --estimate

FOLDER (or half of it, `FOLDER:odd`, `FOLDER:even`) holds parallel text as `benchmarks.parallel_text` reads it;
`benchmarks/parallel` has some of our own.
Addresses and keys of servers come from the same ATTACHE_* variables as everywhere. Scores need sacrebleu, which the
extra `benchmarks` brings. A slow engine is bounded by `--seconds` a language: what it has done by then is scored.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator
from math import inf
from pathlib import Path

from assets.events.mentions.told import told
from assets.translated.engines.available import engines_for
from assets.translated.engines.engine import Engine, EngineError, Failure, Translation
from assets.translated.glossary import standard_glossary, terminology_score
from assets.translated.segments.quality import estimate_quality
from assets.translated.segments.translate import DEFAULT_THRESHOLD
from benchmarks.damage import KINDS, damaged
from benchmarks.parallel_text import Pair, chosen
from pipelines.settings import load_settings


def score_engine(engine: Engine, language: str, pairs: list[Pair], seconds: float = inf) -> str:
    """One line of the table of engines; no batch is begun once so many seconds have gone by."""
    if not engine.supports(language):
        return f"{engine.name:16} {language:4} {engine.why_not(language)}"
    sources = [pair.source for pair in pairs]
    engine.translate(sources[:1], language)  # Loading a model is not translating.
    start = time.perf_counter()
    results: list[Translation | Failure] = []
    while len(results) < len(sources) and time.perf_counter() - start < seconds:
        results += engine.translate(sources[len(results) : len(results) + engine.batch_size], language)
    taken = time.perf_counter() - start
    pairs = pairs[: len(results)]
    done = [(r.text, p) for r, p in zip(results, pairs, strict=True) if isinstance(r, Translation)]
    poor = sum(_is_poor(pair.source, text, language) for text, pair in done)
    kept, asked_again, terms = _terms(engine, language, done)
    bleu, chrf = _scores([text for text, _ in done], [pair.english for _, pair in done])
    return (
        f"{engine.name:16} {language:4} {len(done):5} of {len(pairs):5}  BLEU {bleu:5.1f}  chrF {chrf:5.1f}  "
        f"{len(pairs) / taken:7.1f} sentences/s  poor {poor / max(len(done), 1):5.1%}  "
        f"terms {kept}, {asked_again} with the glossary put in, of {terms}  {engine.model_for(language)}"
    )


def _terms(engine: Engine, language: str, done: list[tuple[str, Pair]]) -> tuple[int, int, int]:
    """Standard terms that came out as wanted at once, those after asking again for the rest, and all there were."""
    glossary = standard_glossary()
    first = [(language, pair.source, text) for text, pair in done]
    kept, terms = terminology_score(glossary, first)
    second = []
    for _, source, text in first:
        if glossary.missing(source, text, language):
            (again,) = engine.translate([glossary.put_into(source, language)], language)
            text = again.text if isinstance(again, Translation) else text
        second.append((language, source, text))
    return kept, terminology_score(glossary, second)[0], terms


def estimate_table(pairs: dict[str, list[Pair]]) -> Iterator[str]:
    """What the quality estimate makes of references, and of references damaged on purpose, a language a line."""
    yield f"{'':6}{'pairs':>7}{'false alarms':>14}  " + "  ".join(kind for kind in KINDS)
    tallies: dict[str, list[int]] = {kind: [0, 0] for kind in KINDS}
    alarms_in_all = 0
    for language, found in sorted(pairs.items()):
        alarms = sum(_is_poor(pair.source, pair.english, language) for pair in found)
        alarms_in_all += alarms
        cells = []
        for kind in KINDS:
            changed = damaged(kind, found)
            caught = sum(_is_poor(pair.source, english, language) for pair, english in changed)
            tallies[kind][0] += caught
            tallies[kind][1] += len(changed)
            cells.append(_share(caught, len(changed), kind))
        yield f"{language:6}{len(found):7}{alarms / len(found):14.1%}  " + "  ".join(cells)
    total = sum(map(len, pairs.values()))
    cells = [_share(*tally, kind) for kind, tally in tallies.items()]
    yield f"{'all':6}{total:7}{alarms_in_all / total:14.1%}  " + "  ".join(cells)
    caught, changed_in_all = (sum(tally[i] for tally in tallies.values()) for i in (0, 1))
    yield f"caught of all damage: {caught / max(changed_in_all, 1):.1%} of {changed_in_all}"


def _share(caught: int, of: int, kind: str) -> str:
    return (f"{caught}/{of}" if of else "-").rjust(len(kind))


def _is_poor(source: str, english: str, language: str) -> bool:
    return estimate_quality(source, english, language, read_sentence=told).quality < DEFAULT_THRESHOLD


def _scores(texts: list[str], references: list[str]) -> tuple[float, float]:
    import sacrebleu

    if not texts:
        return 0.0, 0.0
    bleu, chrf = sacrebleu.corpus_bleu(texts, [references]), sacrebleu.corpus_chrf(texts, [references])
    return float(bleu.score), float(chrf.score)


def main(arguments: list[str]) -> int:
    """Runs the benchmark; 2 where there is nothing to measure."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.translation", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("folder")
    parser.add_argument("--engine", action="append", help="engine to measure (default: auto); may be repeated")
    parser.add_argument("--models", type=Path, help="folder of Firefox models")
    parser.add_argument("--limit", type=int, default=1000, help="most sentences a language")
    parser.add_argument("--seconds", type=float, default=inf, help="begin no batch later than this, a language")
    parser.add_argument("--estimate", action="store_true", help="measure the quality estimate instead of engines")
    options = parser.parse_args(arguments)
    pairs: dict[str, list[Pair]] = {}
    for language, _, pair in chosen(options.folder):
        pairs.setdefault(language, []).append(pair)
    if not pairs:
        sys.stderr.write(f"{options.folder} holds no parallel text: *.tsv, or NAME.LANG beside NAME.en\n")
        return 2
    if options.estimate:
        for line in estimate_table({language: found[: options.limit] for language, found in pairs.items()}):
            print(line, flush=True)
        return 0
    glossary = standard_glossary()
    engines = engines_for(load_settings(engines=options.engine, models_folder=options.models), glossary)
    for language, found in sorted(pairs.items()):
        limited = found[: options.limit]
        for engine in engines:
            try:
                print(score_engine(engine, language, limited, options.seconds), flush=True)
            except EngineError as error:
                print(f"{engine.name:16} {language:4} {error}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
