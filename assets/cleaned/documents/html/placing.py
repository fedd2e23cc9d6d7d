"""Where the paragraphs that an extractor found stand in the page, and how the page itself sets them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from assets.cleaned.documents.html.scanned import LINKED, Block, Scanned, stream_of
from assets.cleaned.documents.page import Cut, Paragraph, Run

_LONGEST_CELL = 160
_MOST_PLACES = 4


@dataclass(frozen=True)
class Placed:
    """A paragraph of the body, and where it stands in the stream."""

    paragraph: Paragraph
    start: int
    end: int

    @property
    def text(self) -> str:
        """The paragraph's text."""
        return self.paragraph.text


def located_all(paragraphs: Sequence[str], scanned: Scanned) -> list[Placed]:
    """Paragraphs where they stand in the page; those that stand nowhere are no text of the page and fall out."""
    found: list[Placed] = []
    cursor = 0
    for text in paragraphs:
        text, start = _located(text, scanned, cursor)
        if start >= 0:
            cursor = start + len(stream_of(text))
            found.append(Placed(Paragraph(text, ()), start, cursor))
            continue
        runs, start, end = _piecewise(text, scanned, cursor)
        if runs:
            cursor = end
            found.append(Placed(Paragraph(text, runs), start, end))
    return found


def placed_paragraphs(located: Sequence[Placed], scanned: Scanned) -> list[Placed]:
    """The paragraphs as the page sets them: what the extractor joined is parted, what it changed is as written.

    A table's row stays one paragraph, and so does a paragraph whose words stand scattered.
    """
    placed: list[Placed] = []
    starts = scanned.block_starts
    for item in located:
        first = max(bisect_right(starts, item.start) - 1, 0)
        touched = [b for b in scanned.blocks[first : bisect_left(starts, item.end)] if b.stream_end > item.start]
        if item.paragraph.runs and len(touched) != 1 and not _is_row(touched):
            placed += _whole_blocks(item, touched, scanned)
            continue
        if (item.paragraph.runs and len(touched) != 1) or _is_row(touched):
            runs = item.paragraph.runs or scanned.runs(item.text, item.start)
            placed.append(Placed(Paragraph(item.text, runs), item.start, item.end))
            continue
        for block in touched:
            text, start, end = block.part(item.start, item.end)
            if text and not (placed and start < placed[-1].end and end > placed[-1].start):
                placed.append(Placed(Paragraph(text, scanned.runs(text, start)), start, end))
    return placed


def _whole_blocks(item: Placed, blocks: Sequence[Block], scanned: Scanned) -> list[Placed]:
    """A paragraph whose words stand scattered over lines of the page: those of the lines that it holds most of.

    Where it holds most of none, it is left as it is.
    """
    whole: list[Placed] = []
    for block in blocks:
        held = sum(
            min(run.raw_end, block.raw_end) - max(run.raw_start, block.raw_start)
            for run in item.paragraph.runs
            if run.raw_end > block.raw_start and run.raw_start < block.raw_end
        )
        if held * 5 >= 4 * (block.stream_end - block.stream_start):
            text, start, end = block.part(block.stream_start, block.stream_end)
            whole.append(Placed(Paragraph(text, scanned.runs(text, start)), start, end))
    return whole or [item]


def _is_row(blocks: Sequence[Block]) -> bool:
    """Whether blocks are the cells of a table's row, not the lines of a story that is set in a table."""
    return len(blocks) > 1 and all(b.tag in ("td", "th") and len(b.text) <= _LONGEST_CELL for b in blocks)


def _located(text: str, scanned: Scanned, cursor: int) -> tuple[str, int]:
    """Where a paragraph stands, the list mark that the extractor may have put before it taken off."""
    forms = [text]
    if text[:2] in ("- ", "* ", "• ") and len(text) > 2:
        forms.append(text[2:])
    for begin in (cursor, 0):
        for form in forms:
            start = _found(stream_of(form), scanned, begin)
            if start >= 0:
                return form, start
    return forms[-1] if len(forms) > 1 and stream_of(forms[-1]) else text, -1


def _found(wanted: str, scanned: Scanned, begin: int) -> int:
    """The first place from `begin` on outside menus and links, else the first of all; -1 if there is none."""
    first = place = scanned.stream.find(wanted, begin)
    for _ in range(_MOST_PLACES):
        if place < 0 or not _is_apart(scanned, place):
            break
        place = scanned.stream.find(wanted, place + 1)
    return place if place >= 0 and not _is_apart(scanned, place) else first


def _is_apart(scanned: Scanned, place: int) -> bool:
    block = scanned.blocks[max(bisect_right(scanned.block_starts, place) - 1, 0)]
    return block.link_share >= LINKED or block.container in ("nav", "aside", "footer")


def _piecewise(text: str, scanned: Scanned, cursor: int) -> tuple[tuple[Run, ...], int, int]:
    """Word by word, for a paragraph the extractor changed: words it added have no run."""
    runs: list[Run] = []
    first = -1
    position = 0
    for word in text.split():
        at = text.index(word, position)
        position = at + len(word)
        wanted = stream_of(word)
        reach = len(scanned.stream) if first < 0 else min(cursor + 400, len(scanned.stream))
        start = scanned.stream.find(wanted, cursor, reach) if wanted else -1
        if start < 0 or (first < 0 and len(wanted) < 4):
            continue
        first = start if first < 0 else first
        cursor = start + len(wanted)
        runs += [Run(at + r.start, at + r.end, r.raw_start, r.raw_end) for r in scanned.runs(word, start)]
    return tuple(runs), first, cursor


def kept_blocks(scanned: Scanned, placed: Sequence[Placed]) -> set[int]:
    """Blocks at least half of whose characters are in the body."""
    spans = sorted((item.start, item.end) for item in placed)
    kept: set[int] = set()
    k = 0
    for i, block in enumerate(scanned.blocks):
        while k < len(spans) and spans[k][1] <= block.stream_start:
            k += 1
        covered, j = 0, k
        while j < len(spans) and spans[j][0] < block.stream_end:
            covered += min(spans[j][1], block.stream_end) - max(spans[j][0], block.stream_start)
            j += 1
        if covered * 2 >= block.stream_end - block.stream_start:
            kept.add(i)
    return kept


def left_of_kept(scanned: Scanned, placed: Sequence[Placed], kept: set[int]) -> dict[int, list[Cut]]:
    """What is not in the body of blocks that are, block by block: words that the extractor left out of a line."""
    spans = sorted((item.start, item.end) for item in placed)
    ends = [end for _, end in spans]
    found: dict[int, list[Cut]] = {}
    for i in kept:
        block = scanned.blocks[i]
        cursor = block.stream_start
        for start, end in spans[bisect_right(ends, cursor) :]:
            if start > cursor:
                found.setdefault(i, []).extend(_cut_between(scanned, block, cursor, min(start, block.stream_end)))
            cursor = max(cursor, end)
            if cursor >= block.stream_end:
                break
        if cursor < block.stream_end:
            found.setdefault(i, []).extend(_cut_between(scanned, block, cursor, block.stream_end))
    return found


def _cut_between(scanned: Scanned, block: Block, start: int, end: int) -> list[Cut]:
    text, start, end = block.part(start, end)
    runs = scanned.runs(text, start) if any(map(str.isalnum, text)) else ()
    return [Cut(text, "outside_story", runs[0].raw_start, runs[-1].raw_end)] if runs else []
