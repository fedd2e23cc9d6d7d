"""The line model: which lines of a page are its title, its body, and which are furniture, and why.

It looks at the shape of each line (`features.py`), at its neighbours, at how often it recurs in the page and across
the pages of its publisher. It knows no language beyond the phrase lists, which only help: shape decides where they
say nothing. It takes lines as plain strings and says nothing about offsets. The steps are in `marks.py`,
`titles.py`, `body.py` and `gaps.py`; all work on one `state.LinesAtWork`.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from assets.cleaned.documents.lines.body import cut_tail, keep_short_page, walk_prose
from assets.cleaned.documents.lines.features import LineFeatures
from assets.cleaned.documents.lines.gaps import fill_between, keep_subtitles
from assets.cleaned.documents.lines.marks import (
    mark_captions,
    mark_labelled_headlines,
    mark_split_bylines,
    mark_tickers,
)
from assets.cleaned.documents.lines.state import LinesAtWork
from assets.cleaned.documents.lines.titles import find_title, mark_repeated, mark_titles

KEPT = frozenset({"body", "heading", "subtitle"})


@dataclass(frozen=True)
class Label:
    """What a line is: title, subtitle, body, heading or drop; and, if dropped, why."""

    kind: str
    reason: str | None = None


@dataclass(frozen=True)
class PageLines:
    """The labelled lines of a page, one label a line, and the title as it should read."""

    labels: tuple[Label, ...]
    features: tuple[LineFeatures, ...]
    title: str | None
    title_line: int | None


def label_lines(
    lines: Sequence[str],
    language: str,
    *,
    title_hint: str | None = None,
    furniture: Collection[str] = (),
) -> PageLines:
    """Label every line of a page.

    `lines` are stripped and not empty; `furniture` holds keys (`line_key`) of lines that recur across pages of the
    same publisher; `title_hint` is a title given beside the page.
    """
    page = LinesAtWork(lines, language, furniture)
    mark_tickers(page)
    mark_split_bylines(page)
    mark_labelled_headlines(page)
    mark_captions(page)
    title_line, title = find_title(page, title_hint)
    mark_titles(page, title_line, title)
    mark_repeated(page, title_line)
    walk_prose(page, title_line)
    if not page.kinds:
        keep_short_page(page, title_line)
    cut_tail(page)
    fill_between(page)
    keep_subtitles(page, title_line)
    labels = tuple(_label(page, i, title_line) for i in range(len(page.features)))
    return PageLines(labels, page.features, title, title_line)


def _label(page: LinesAtWork, i: int, title_line: int | None) -> Label:
    if i == title_line:
        return Label("title")
    if i in page.kinds:
        return Label(page.kinds[i])
    return Label("drop", page.reasons[i] or _position_reason(page, i, title_line))


def _position_reason(page: LinesAtWork, i: int, title_line: int | None) -> str:
    accepted = page.kinds
    if accepted and i < min(accepted):
        if title_line is not None and i > title_line:
            return "header"
        return "related_story" if page.features[i].words >= 5 else "navigation"
    return "after_body"
