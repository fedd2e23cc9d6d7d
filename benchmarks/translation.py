"""How good and fast the translation engines at hand are, and how well the quality estimate tells good from damaged.

    python -m benchmarks.translation FOLDER [--engine auto] [--models FOLDER] [--limit N]
    python -m benchmarks.translation FOLDER --estimate

FOLDER holds parallel text: `*.tsv` files with the columns language, source, English (no header), or pairs of files
with one sentence a line, `NAME.LANG` beside `NAME.en` (as FLORES, WMT and Tatoeba are given out). Addresses and keys
of servers come from the same ATTACHE_* variables as everywhere. Scores need sacrebleu (pip install sacrebleu).
"""

from __future__ import annotations

import argparse
import random
import re
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path

from assets.translated.engines.available import available_engines
from assets.translated.engines.engine import Engine, EngineError, Translation
from assets.translated.segments.quality import estimate_quality
from assets.translated.segments.translate import DEFAULT_THRESHOLD
from pipelines.settings import load_settings

Pair = tuple[str, str]
_NEGATION = re.compile(r"\b(?:not|never|no) |n['’]t\b", re.IGNORECASE)
_NUMBER = re.compile(r"\d+")


def read_parallel(folder: Path) -> dict[str, list[Pair]]:
    """Language to its pairs of sentence and English reference."""
    pairs: dict[str, list[Pair]] = defaultdict(list)
    for path in sorted(folder.glob("*.tsv")):
        for line in path.read_text(encoding="utf-8").splitlines():
            cells = line.split("\t")
            if len(cells) >= 3 and all(cells[:3]):
                pairs[cells[0]].append((cells[1], cells[2]))
    for english in sorted(folder.glob("*.en")):
        references = english.read_text(encoding="utf-8").splitlines()
        for path in sorted(folder.glob(f"{english.stem}.*")):
            language = path.suffix[1:]
            if language not in ("en", "tsv"):
                sources = path.read_text(encoding="utf-8").splitlines()
                found = zip(sources, references, strict=False)
                pairs[language] += [(s, e) for s, e in found if s.strip() and e.strip()]
    return dict(pairs)


def score_engine(engine: Engine, language: str, pairs: list[Pair]) -> str:
    """One line of the table of engines."""
    if not engine.supports(language):
        return f"{engine.name:16} {language:4} {engine.why_not(language)}"
    sources = [source for source, _ in pairs]
    engine.translate(sources[:1], language)  # Loading a model is not translating.
    start = time.perf_counter()
    results = engine.translate(sources, language)
    seconds = time.perf_counter() - start
    done = [(r.text, e) for r, (_, e) in zip(results, pairs, strict=True) if isinstance(r, Translation)]
    poor = sum(
        estimate_quality(source, r.text, language).quality < DEFAULT_THRESHOLD
        for source, r in zip(sources, results, strict=True)
        if isinstance(r, Translation)
    )
    bleu, chrf = _scores([text for text, _ in done], [english for _, english in done])
    return (
        f"{engine.name:16} {language:4} {len(done):5} of {len(pairs):5}  BLEU {bleu:5.1f}  chrF {chrf:5.1f}  "
        f"{len(pairs) / seconds:7.1f} sentences/s  poor {poor / max(len(done), 1):5.1%}  {engine.model_for(language)}"
    )


def score_estimate(language: str, pairs: list[Pair]) -> Iterator[str]:
    """Lines on the quality estimate: false alarms on the references, and damage caught by kind."""
    alarms = sum(_is_poor(source, english, language) for source, english in pairs)
    yield f"{language:4} {len(pairs)} references: false alarms {alarms / len(pairs):.1%}"
    for name, damage in _DAMAGES.items():
        changed = [(s, d) for i, (s, e) in enumerate(pairs) if (d := damage(e, pairs, i)) and d != e]
        if changed:
            caught = sum(_is_poor(source, english, language) for source, english in changed)
            yield f"     {name:18} {caught / len(changed):6.1%} caught of {len(changed)}"


def _is_poor(source: str, english: str, language: str) -> bool:
    return estimate_quality(source, english, language).quality < DEFAULT_THRESHOLD


def _wrong_number(english: str, pairs: list[Pair], index: int) -> str | None:
    return _NUMBER.sub(lambda m: str(int(m.group()) * 3 + 17), english, count=1) if _NUMBER.search(english) else None


def _no_negation(english: str, pairs: list[Pair], index: int) -> str | None:
    return _NEGATION.sub("", english) if _NEGATION.search(english) else None


def _another_sentence(english: str, pairs: list[Pair], index: int) -> str | None:
    return pairs[random.Random(index).randrange(len(pairs))][1]


def _half(english: str, pairs: list[Pair], index: int) -> str | None:
    words = english.split()
    return " ".join(words[: len(words) // 2]) if len(words) >= 12 else None


def _repeated(english: str, pairs: list[Pair], index: int) -> str | None:
    words = english.split()
    return " ".join([*words, *words[-3:] * 3]) if len(words) >= 4 else None


def _untranslated(english: str, pairs: list[Pair], index: int) -> str | None:
    return pairs[index][0]


_DAMAGES: dict[str, Callable[[str, list[Pair], int], str | None]] = {
    "wrong number": _wrong_number,
    "negation dropped": _no_negation,
    "another sentence": _another_sentence,
    "second half lost": _half,
    "end repeated": _repeated,
    "left untranslated": _untranslated,
}


def _scores(texts: list[str], references: list[str]) -> tuple[float, float]:
    import sacrebleu

    if not texts:
        return 0.0, 0.0
    bleu, chrf = sacrebleu.corpus_bleu(texts, [references]), sacrebleu.corpus_chrf(texts, [references])
    return float(bleu.score), float(chrf.score)


def _engines(names: list[str], models: Path | None) -> list[Engine]:
    settings = load_settings()
    openai_key, libretranslate_key = settings.openai_api_key, settings.libretranslate_api_key
    return available_engines(
        names,
        models_folder=models or settings.models_folder,
        openai_base_url=settings.openai_base_url,
        openai_model=settings.openai_model,
        openai_api_key=openai_key.get_secret_value() if openai_key else None,
        libretranslate_url=settings.libretranslate_url,
        libretranslate_api_key=libretranslate_key.get_secret_value() if libretranslate_key else None,
        workers=settings.workers,
    )


def main(arguments: list[str]) -> int:
    """Runs the benchmark; 2 where there is nothing to measure."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.translation", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("folder", type=Path)
    parser.add_argument("--engine", action="append", help="engine to measure (default: auto); may be repeated")
    parser.add_argument("--models", type=Path, help="folder of Firefox models")
    parser.add_argument("--limit", type=int, default=1000, help="most sentences a language")
    parser.add_argument("--estimate", action="store_true", help="measure the quality estimate instead of engines")
    options = parser.parse_args(arguments)
    pairs = read_parallel(options.folder)
    if not pairs:
        sys.stderr.write(f"{options.folder} holds no parallel text: *.tsv, or NAME.LANG beside NAME.en\n")
        return 2
    engines = [] if options.estimate else _engines(options.engine or ["auto"], options.models)
    for language, found in sorted(pairs.items()):
        limited = found[: options.limit]
        if options.estimate:
            print(*score_estimate(language, limited), sep="\n")
        for engine in engines:
            try:
                print(score_engine(engine, language, limited), flush=True)
            except EngineError as error:
                print(f"{engine.name:16} {language:4} {error}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
