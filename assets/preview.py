"""A few rows of a table as Markdown for the Dagster UI. Text of pages is untrusted: it must show, and do nothing."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import Any

import polars as pl

PREVIEW_ROWS = 5
CELL_CHARACTERS = 80


def markdown_preview(frame: pl.DataFrame, columns: Sequence[str] | None = None, rows: int = PREVIEW_ROWS) -> str:
    """The first `rows` rows of a frame as a Markdown table of code spans, long cells cut short.

    Inside a code span Markdown, HTML, links and images are dead text; what could end span or cell is replaced.
    """
    shown = frame.select([c for c in columns or frame.columns if c in frame.columns]).head(rows)
    if shown.is_empty():
        return "*No rows.*"
    lines = [f"| {' | '.join(shown.columns)} |", f"|{' --- |' * len(shown.columns)}"]
    lines += [f"| {' | '.join(_cell(value) for value in row)} |" for row in shown.iter_rows()]
    return "\n".join(lines)


def visible(text: str) -> str:
    """The text on one line, control and layout characters shown as their code points, so that none of them acts."""
    return "".join(_visible(c) for c in " ".join(text.split()))


def _visible(character: str) -> str:
    if unicodedata.category(character) in ("Cc", "Cf", "Cs") and character not in "\u200c\u200d":
        return f"\\u{ord(character):04x}"
    return character


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bytes):
        return f"`{len(value)} bytes`"
    if isinstance(value, float):
        value = f"{value:.4g}"
    if isinstance(value, list):
        value = ", ".join(str(v) for v in value)
    text = visible(str(value))
    if len(text) > CELL_CHARACTERS:
        text = text[: CELL_CHARACTERS - 1] + "…"
    text = text.replace("`", "ˋ").replace("|", "¦").replace("\\", "⧵").strip()
    return f"`{text}`" if text else ""
