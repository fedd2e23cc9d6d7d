"""What the readers of plain text and of HTML hand over: the parts of a page, before they become rows."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from assets.cleaned.documents.rows import CleanedDocument
from assets.cleaned.dropped_lines.rows import DroppedLine
from assets.cleaned.spans.rows import Span


@dataclass(frozen=True)
class CleanedPage:
    """A page's rows: the document, where its body stands in the raw text, and what was cut away."""

    document: CleanedDocument
    spans: tuple[Span, ...]
    dropped_lines: tuple[DroppedLine, ...]


@dataclass(frozen=True)
class Run:
    """Characters `[start, end)` of a paragraph that stand unbroken at `[raw_start, raw_end)` of the raw text."""

    start: int
    end: int
    raw_start: int
    raw_end: int


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of the body and its runs in the raw text."""

    text: str
    runs: tuple[Run, ...]


@dataclass(frozen=True)
class Cut:
    """A line or block that was cut away, and why."""

    text: str
    reason: str
    raw_start: int | None = None
    raw_end: int | None = None


@dataclass(frozen=True)
class DateClue:
    """A day that may be the page's publication, and where it was found (see `publication.py`)."""

    value: date
    precision: str
    basis: str
    instant: datetime | None = None  # the moment it names, in UTC, where it names its zone
    is_local: bool = True  # whether the day is told in another zone than UTC, or in none


@dataclass(frozen=True)
class PageParts:
    """All that a reader found on a page."""

    title: str | None = None
    authors: tuple[str, ...] = ()
    publisher: str | None = None
    url: str | None = None
    language: str = "und"
    paragraphs: tuple[Paragraph, ...] = ()
    cuts: tuple[Cut, ...] = ()
    clues: tuple[DateClue, ...] = field(default_factory=tuple)
    undated_because: str | None = None
