"""The row type of `translated.memory`, and how its keys are made."""

from __future__ import annotations

import hashlib
import unicodedata
from dataclasses import dataclass
from typing import Annotated

from assets.table import Table

# Marks that change how a sentence is laid out, not what it says: tatweel, zero-width and bidirectional controls.
# The joiner and non-joiner (200C, 200D) stay: Persian and Indic words differ by them.
_LAYOUT_MARKS = dict.fromkeys(
    [0x00AD, 0x0640, 0x200B, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0xFEFF]
)


@dataclass(frozen=True)
class MemoryEntry:
    """One translation of one sentence by one engine (or person)."""

    memory_id: Annotated[str, "Hash of source_key, engine, model and glossary"]
    source_key: Annotated[str, "Hash of language and normalised sentence; what a sentence is looked up by"]
    language: Annotated[str, "ISO 639-1 code of the sentence"]
    source_text: Annotated[str, "The sentence, normalised: NFC, single spaces, no layout marks"]
    english_text: Annotated[str, "The sentence in English"]
    engine: Annotated[
        str, "What translated it: firefox, openai, libretranslate, draft; human for corrections, which outrank all"
    ]
    model: Annotated[str, "Model and version the engine used; for human, where the correction came from"]
    glossary: Annotated[str, "Version of the glossary in force; empty for none"]
    quality: Annotated[float | None, "Estimated quality of the English, 0 to 1; 1 for human"]
    flags: Annotated[tuple[str, ...], "Named signs of trouble, as in `translated.segments`"]
    segment_id: Annotated[str | None, "The sentence it was first made for; null if it was imported"]


MEMORY = Table(
    schema="translated",
    name="memory",
    row_type=MemoryEntry,
    key=("memory_id",),
    comment="One row is one translation of one sentence by one engine, model and glossary, so that none is made twice",
)


def normalise_sentence(text: str) -> str:
    """The sentence as the memory knows it and the engines get it: NFC, single spaces, no layout marks."""
    return " ".join(unicodedata.normalize("NFC", text.translate(_LAYOUT_MARKS)).split())


def source_key(language: str, sentence: str) -> str:
    """What a sentence is looked up by, whatever engine translated it."""
    return _digest(language, normalise_sentence(sentence))


def memory_id(key: str, engine: str, model: str, glossary: str = "") -> str:
    """The key of a translation. A person's correction is one a sentence, wherever it came from."""
    return _digest(key, engine, "" if engine == HUMAN else model, glossary if engine != HUMAN else "")


HUMAN = "human"


def _digest(*parts: str) -> str:
    return hashlib.blake2b("\x1f".join(parts).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
