"""What a second coder is: the interface, what it is asked, what it answers. No coder is implemented here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from assets.events.mentions.coded import CodedEvent


class SecondCoderError(Exception):
    """A second coder cannot go on (server gone, key refused); says what, where and what to do."""


@dataclass(frozen=True)
class Question:
    """One text to be read: a sentence as a rule. `published` is the day of publication, for relative dates."""

    text: str
    language: str | None
    published: date | None


@dataclass(frozen=True)
class Reading:
    """What a coder read in one text: events, best first, with offsets in that text; and what was not let through.

    `rejected` says in words which events of the answer were thrown away, and why. `error` is set where the coder
    could not read this text at all while it could others.
    """

    events: tuple[CodedEvent, ...] = ()
    rejected: tuple[str, ...] = ()
    error: str | None = None


class SecondCoder(Protocol):
    """Codes texts as the rules do: the same events come out (`assets.events.mentions.coded.CodedEvent`).

    `name` is what tables call it, `model` the model and the version of its instructions.
    """

    name: str
    model: str

    def read(self, questions: Sequence[Question]) -> list[Reading]:
        """One reading for each question, in order. Raises SecondCoderError when the coder cannot go on at all."""
