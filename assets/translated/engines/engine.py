"""What an engine is: the interface, what it returns, how it fails. No engine is implemented here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol, runtime_checkable

TARGET = "en"
DRAFT = "draft"
"""The engine whose English is a gist at best; each of its translations carries a flag of this name."""


class EngineError(Exception):
    """An engine cannot go on (server gone, key refused, model broken); says what, where and what to do."""


@dataclass(frozen=True)
class Translation:
    """The English of one sentence."""

    text: str
    engine: str
    model: str


@dataclass(frozen=True)
class Failure:
    """One sentence that an engine could not translate while it could others."""

    engine: str
    reason: str


@dataclass
class Usage:
    """What an engine was asked for and did; counts grow as it works."""

    calls: int = 0
    sentences: int = 0
    characters: int = 0
    retries: int = 0
    input_tokens: int = 0
    output_tokens: int = 0


@runtime_checkable
class Engine(Protocol):
    """Translates sentences to English.

    `name` is what settings and tables call it; `batch_size` how many sentences it likes at once. `usage` counts.
    """

    name: str
    batch_size: int
    usage: Usage

    def supports(self, language: str) -> bool:
        """Whether sentences of the language (ISO 639-1, or und) can be translated now. May ask a server, once."""

    def why_not(self, language: str) -> str:
        """For a language that is not supported: why, and the command or setting that helps."""

    def model_for(self, language: str) -> str:
        """Model and version that would translate the language; part of the memory's key."""

    def translate(self, sentences: Sequence[str], language: str) -> list[Translation | Failure]:
        """One result for each sentence, in order. Raises EngineError when the engine cannot go on at all."""


@dataclass(frozen=True)
class RetryPolicy:
    """How often and how patiently a request is tried again; times in seconds."""

    attempts: int = 4
    first_wait: float = 0.5
    longest_wait: float = 30.0
    timeout: float = 120.0
    jitter: float = field(default=0.25)
