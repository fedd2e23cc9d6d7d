"""The engine that runs Firefox Translations models on this machine's processors, through fxtranslate.

Models stand in a folder, one sub-folder a pair (`ar-en/`), as `fxtranslate models add` and `attache models install`
lay them out: `model.*.bin`, `vocab.*.spm` (or `srcvocab.*.spm` and `trgvocab.*.spm`), and `lex.*.bin` where there is
one. Files may be gzipped. Nothing is downloaded here.
"""

from __future__ import annotations

import gzip
import hashlib
import importlib.util
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from assets.parallel import Failure as WorkFailure
from assets.parallel import map_in_processes
from assets.translated.engines.engine import TARGET, EngineError, Failure, Translation, Usage

NAME = "firefox"
# One language under several codes: what a detector says, what the models are called.
_ALIASES: dict[str, tuple[str, ...]] = {
    "no": ("nb", "nn"),
    "nb": ("no",),
    "zh": ("zh-Hans", "zh-Hant"),
    "iw": ("he",),
    "tl": ("fil",),
}
_PAIR_FOLDER = re.compile(r"^[a-z]{2,3}(?:-[A-Za-z]{2,8})?-[a-z]{2,3}$")
# The models cut off what exceeds their context (some 128 tokens) without a word; longer sentences go in parts.
_LONGEST_PART = 420
_LONGEST_DENSE_PART = 120
_PART_END = re.compile(r"(?<=[;؛:،,，、])\s*|(?<=\s)(?=[(–—])")
_DENSE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")


@dataclass(frozen=True)
class ModelFiles:
    """The files of one pair, each a path; `pair` is `source-target`."""

    pair: str
    model: Path
    source_vocabulary: Path
    target_vocabulary: Path
    shortlist: Path | None

    @property
    def source(self) -> str:
        """Code of the language it translates from."""
        return self.pair.rsplit("-", 1)[0]

    @property
    def target(self) -> str:
        """Code of the language it translates to."""
        return self.pair.rsplit("-", 1)[1]


class FirefoxEngine:
    """Translates with the models of a folder; where no direct pair exists, over one language between."""

    name = NAME
    # Large, since each batch starts its processes and loads the model in them anew.
    batch_size = 1024

    def __init__(self, models_folder: Path, *, workers: int = 1) -> None:
        self.usage = Usage()
        self._folder = models_folder
        self._workers = workers
        self._routes: dict[str, tuple[ModelFiles, ...]] = {}
        self._pairs: dict[str, ModelFiles] | None = None
        self._problems: dict[str, str] = {}

    def supports(self, language: str) -> bool:
        """Whether the library and the models for the language are at hand."""
        return is_installed() and bool(self._route(language))

    def why_not(self, language: str) -> str:
        """What is missing and the command that helps."""
        if not is_installed():
            return f"{NAME}: the package fxtranslate is not installed; run: pip install fxtranslate"
        if language == "und":
            return f"{NAME}: the language of the sentence could not be told"
        self._route(language)
        if problem := self._problems.get(f"{language}-{TARGET}"):
            return f"{NAME}: {problem}"
        return (
            f"{NAME}: no model from {language} to English in {self._folder}; "
            f"run: attache models install {language} --mirror ADDRESS --models-folder '{self._folder}' "
            f"(ADDRESS: a web address or folder of models), "
            f"or: fxtranslate models add {language} {TARGET} --cache-dir '{self._folder}', "
            f"or put the model's files in {self._folder / f'{language}-{TARGET}'}; see docs/translation.md"
        )

    def model_for(self, language: str) -> str:
        """Pair and hash of each model on the route."""
        return " + ".join(f"{files.pair} {_fingerprint(files.model)}" for files in self._route(language))

    def installed(self) -> dict[str, str]:
        """Model and version by language that can be translated. Raises EngineError when a folder cannot be read."""
        pairs, _ = find_models(self._folder)
        models = {
            language: self.model_for(language) for language in sorted({pair.partition("-")[0] for pair in pairs})
        }
        return {language: model for language, model in models.items() if model}

    def translate(self, sentences: Sequence[str], language: str) -> list[Translation | Failure]:
        """Translations on all workers. Raises EngineError when a model cannot be read."""
        route = self._route(language)
        if not is_installed() or not route:
            raise EngineError(self.why_not(language))
        model = self.model_for(language)
        self.usage.calls += 1
        self.usage.sentences += len(sentences)
        self.usage.characters += sum(map(len, sentences))
        # A broken model should fail here once, not in every process for every sentence.
        for files in route:
            load_translator(files)
        work = [(route, sentence) for sentence in sentences]
        results: list[Translation | Failure] = []
        for result in map_in_processes(translate_over_route, work, workers=self._workers):
            if isinstance(result, WorkFailure):
                results.append(Failure(NAME, f"{NAME}: {result.message}"))
            elif not result:
                results.append(Failure(NAME, f"{NAME}: answered an empty translation"))
            else:
                results.append(Translation(result, NAME, model))
        return results

    def _route(self, language: str) -> tuple[ModelFiles, ...]:
        if self._pairs is None:
            self._pairs, self._problems = find_models(self._folder)
        if language not in self._routes:
            self._routes[language] = find_route(self._pairs, language)
        return self._routes[language]


def is_installed() -> bool:
    """Whether the fxtranslate package is at hand."""
    return importlib.util.find_spec("fxtranslate") is not None


def find_models(folder: Path) -> tuple[dict[str, ModelFiles], dict[str, str]]:
    """The usable pairs of a folder, and of each unusable one what is wrong with it. An absent folder holds none."""
    pairs: dict[str, ModelFiles] = {}
    problems: dict[str, str] = {}
    try:
        folders = sorted(path for path in folder.iterdir() if path.is_dir() and _PAIR_FOLDER.match(path.name))
    except FileNotFoundError:
        return {}, {}
    except OSError as error:
        raise EngineError(f"{NAME}: the folder of models {folder} cannot be read: {error.strerror}") from None
    for path in folders:
        try:
            pairs[path.name] = model_files(path)
        except EngineError as error:
            problems[path.name] = str(error)
    return pairs, problems


def model_files(folder: Path) -> ModelFiles:
    """The files of one pair's folder. Raises EngineError naming what is missing or there twice."""
    model = _only(folder, "model.*")
    shared = _only(folder, "vocab.*", required=False)
    source = shared or _only(folder, "srcvocab.*")
    target = shared or _only(folder, "trgvocab.*")
    if model is None or source is None or target is None:
        raise AssertionError("unreachable: a required file that is missing raises")
    return ModelFiles(folder.name, model, source, target, _only(folder, "lex.*", required=False))


def find_route(pairs: dict[str, ModelFiles], language: str) -> tuple[ModelFiles, ...]:
    """The shortest chain of pairs from the language to English, of at most two; empty if there is none."""
    for code in (language, *_ALIASES.get(language, ())):
        if direct := pairs.get(f"{code}-{TARGET}"):
            return (direct,)
    for code in (language, *_ALIASES.get(language, ())):
        for first in sorted(pairs.values(), key=lambda files: files.pair):
            second = pairs.get(f"{first.target}-{TARGET}")
            if first.source == code and second is not None:
                return (first, second)
    return ()


def translate_over_route(work: tuple[tuple[ModelFiles, ...], str]) -> str:
    """One sentence through each model of a route in turn."""
    route, sentence = work
    for files in route:
        translator = load_translator(files)
        sentence = " ".join(" ".join(str(translator.translate(p)) for p in parts_of(sentence)).split())
    return sentence


def parts_of(sentence: str) -> list[str]:
    """The sentence, or where it is longer than a model's context its parts, cut at clause marks or else at spaces."""
    most = _LONGEST_DENSE_PART if len(_DENSE.findall(sentence)) > len(sentence) / 4 else _LONGEST_PART
    if len(sentence) <= most:
        return [sentence]
    parts: list[str] = []
    for piece in (p for p in _PART_END.split(sentence) if p and p.strip()):
        for word_run in _cut_at_spaces(piece, most):
            if parts and len(parts[-1]) + len(word_run) + 1 <= most:
                parts[-1] = f"{parts[-1]} {word_run.strip()}"
            else:
                parts.append(word_run.strip())
    return parts


@lru_cache(maxsize=4)
def load_translator(files: ModelFiles) -> Any:
    """The pair's translator, in memory. Raises EngineError when a file cannot be read or is no model."""
    from fxtranslate import Translator

    try:
        source = _read(files.source_vocabulary)
        target = source if files.target_vocabulary == files.source_vocabulary else _read(files.target_vocabulary)
        shortlist = _read(files.shortlist) if files.shortlist else None
        return Translator(_read(files.model), source, target, shortlist)
    except (OSError, EOFError, ValueError) as error:
        folder = files.model.parent
        raise EngineError(
            f"{NAME}: the model in {folder} cannot be read ({error}); delete the folder and install it again"
        ) from None


def _only(folder: Path, pattern: str, *, required: bool = True) -> Path | None:
    found = sorted(path for path in folder.glob(pattern) if path.suffix in (".bin", ".spm", ".gz"))
    if len(found) > 1:
        names = ", ".join(path.name for path in found)
        raise EngineError(f"{folder} holds more than one {pattern} ({names}); keep one")
    if not found and required:
        raise EngineError(f"{folder} holds no {pattern} file; the model is not complete")
    return found[0] if found else None


def _read(path: Path) -> bytes:
    data = path.read_bytes()
    return gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data


def _cut_at_spaces(piece: str, most: int) -> list[str]:
    runs: list[str] = []
    while len(piece) > most:
        cut = piece.rfind(" ", 1, most)
        cut = cut if cut > 0 else most
        runs.append(piece[:cut])
        piece = piece[cut:].lstrip()
    return [*runs, piece] if piece else runs


def _fingerprint(path: Path) -> str:
    try:
        status = path.stat()
        return _hash_of(path, status.st_size, status.st_mtime_ns)
    except OSError as error:
        raise EngineError(f"{NAME}: {path} cannot be read: {error.strerror}") from None


@lru_cache(maxsize=64)
def _hash_of(path: Path, size: int, modified: int) -> str:
    with path.open("rb") as file:
        return f"sha256:{hashlib.file_digest(file, 'sha256').hexdigest()[:12]}"
