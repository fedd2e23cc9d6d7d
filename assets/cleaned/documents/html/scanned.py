"""The visible text of a page, as `scan.py` finds it: blocks, the stream of its characters, and where each stands.

What is told of a place in the stream is told of the raw text, character for character.
"""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from assets.cleaned.documents.page import Run
from assets.cleaned.documents.phrases import line_key

_PIECE = re.compile(r"&(?:#[0-9]+|#[xX][0-9a-fA-F]+|[a-zA-Z][a-zA-Z0-9]*);?|[^\s&]+|&")
LINKED = 0.85  # share of a block's characters in links from which it is one
_JOINERS = "\u200c\u200d"
# Joiners tell how letters of Persian or Hindi connect, marks in which direction a line is read.
_KEPT_INVISIBLE = frozenset(f"{_JOINERS}\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_LONGEST_PARTED = 200
_JOINING = tuple(",;.)،؛。")


@dataclass(eq=False)
class Block:
    """Text that a browser sets as a line of its own. `tag` is the innermost heading, list or container tag."""

    text: str
    tag: str
    container: str | None  # nav, footer, aside, figcaption, form or button around it
    link_share: float  # share of its characters that stand in links
    stream_start: int
    stream_end: int
    raw_start: int
    raw_end: int
    chunks: tuple[str, ...] = ()  # the texts of its elements, as they follow

    @cached_property
    def key(self) -> str:
        """The block's letters alone, for comparing lines."""
        return line_key(self.text)

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """The text parted where inline elements touch without a blank, if it is short."""
        if len(self.chunks) < 2 or len(self.text) > _LONGEST_PARTED:
            return (self.text,)
        return _parted(self.chunks)

    def part(self, start: int, end: int) -> tuple[str, int, int]:
        """The block's text between two places of the stream, and where it begins and ends there.

        Joiners and marks of direction stay; other invisible characters fall out.
        """
        start, end = max(start, self.stream_start), min(end, self.stream_end)
        text = self.text
        if start > self.stream_start or end < self.stream_end:
            places = [i for i, character in enumerate(text) if keeps(character)]
            first, last = start - self.stream_start, end - self.stream_start
            text = text[places[first] : places[last - 1] + 1] if last > first else ""
        if not text.isprintable():
            text = "".join(c for c in text if c.isprintable() or c in _KEPT_INVISIBLE)
        return " ".join(text.split()).strip(_JOINERS), start, end


@dataclass(frozen=True)
class Piece:
    """Characters of the stream from `start` on that stand together in the raw text.

    They stand there character for character if `plain`, else as an entity.
    """

    start: int
    end: int
    raw_start: int
    raw_end: int
    plain: bool


@dataclass(frozen=True)
class Scanned:
    """The visible text of a page: its blocks, and the stream of its characters without blanks.

    Chunk `i` is the text between two tags at `chunks[i]` of the raw text; the stream holds its characters from
    `chunk_starts[i]` to the next. What stands where inside a chunk is worked out when it is asked for, as most of a
    page is never part of a body.
    """

    raw: str
    stream: str
    chunk_starts: tuple[int, ...]
    chunks: tuple[tuple[int, int], ...]
    blocks: tuple[Block, ...]
    _pieces: dict[int, list[Piece]] = field(default_factory=dict, repr=False, compare=False)

    @cached_property
    def block_starts(self) -> list[int]:
        """Where in the stream the blocks begin."""
        return [block.stream_start for block in self.blocks]

    def pieces(self, chunk: int) -> list[Piece]:
        """The pieces of a chunk, in order."""
        if chunk not in self._pieces:
            self._pieces[chunk] = pieces_of(self.raw, *self.chunks[chunk], self.chunk_starts[chunk])
        return self._pieces[chunk]

    def runs(self, text: str, start: int) -> tuple[Run, ...]:
        """The runs of a paragraph whose characters without blanks begin at `start` of the stream."""
        return _runs(self, text, start)


def keeps(character: str) -> bool:
    """Whether a character is part of the stream: neither blank nor invisible."""
    return character.isprintable() and not character.isspace()


def stream_of(text: str) -> str:
    """The characters of a text that a stream holds."""
    joined = "".join(text.split())
    return joined if joined.isprintable() else "".join(c for c in joined if keeps(c))


def pieces_of(raw: str, start: int, end: int, at: int) -> list[Piece]:
    """The pieces of the text between two tags, whose first character is the stream's at `at`."""
    pieces: list[Piece] = []
    for match in _PIECE.finditer(raw, start, end):
        word = match[0]
        if word[0] == "&" and len(word) > 1 and (decoded := html.unescape(word)) != word:
            kept = len(stream_of(decoded))
            if kept:
                pieces.append(Piece(at, at + kept, match.start(), match.end(), plain=False))
            at += kept
        elif word.isprintable():
            pieces.append(Piece(at, at + len(word), match.start(), match.end(), plain=True))
            at += len(word)
        else:  # a word that holds invisible characters: each visible one for itself
            for place, character in enumerate(word, match.start()):
                if keeps(character):
                    pieces.append(Piece(at, at + 1, place, place + 1, plain=True))
                    at += 1
    return pieces


def _parted(chunks: Sequence[str]) -> tuple[str, ...]:
    """Texts of inline elements, joined where a blank or a comma stands between them: style sheets part the others."""
    lines: list[str] = []
    glued = True
    for chunk in chunks:
        if lines and not (glued and not chunk[:1].isspace() and chunk[:1] not in _JOINING):
            lines[-1] += chunk
        else:
            lines.append(chunk)
        glued = not chunk[-1:].isspace()
    return tuple(line for line in (" ".join(line.split()) for line in lines) if line)


def _runs(scanned: Scanned, text: str, start: int) -> tuple[Run, ...]:
    runs: list[Run] = []
    chunk = bisect_right(scanned.chunk_starts, start) - 1
    position = 0
    while chunk < len(scanned.chunks) and position < len(text):
        begin = scanned.chunk_starts[chunk]
        whole = _whole_run(scanned, text, position, chunk) if start <= begin else None
        if whole:
            runs.append(whole)
            position = whole.end
        else:
            position = _add_pieces(runs, scanned, text, position, chunk, start)
        position = _next_kept(text, position)
        chunk += 1
    return tuple(runs)


def _whole_run(scanned: Scanned, text: str, position: int, chunk: int) -> Run | None:
    """The run of a chunk that stands in the paragraph just as it reads, as most do."""
    raw_start, raw_end = scanned.chunks[chunk]
    written = scanned.raw[raw_start:raw_end]
    shown = written.strip()
    if not shown or "&" in shown or not (keeps(shown[0]) and keeps(shown[-1])):
        return None
    position = _next_kept(text, position)
    if not text.startswith(shown, position):
        return None
    raw_start += len(written) - len(written.lstrip())
    return Run(position, position + len(shown), raw_start, raw_start + len(shown))


def _next_kept(text: str, position: int) -> int:
    while position < len(text) and not keeps(text[position]):
        position += 1
    return position


def _add_pieces(runs: list[Run], scanned: Scanned, text: str, position: int, chunk: int, start: int) -> int:
    """Add the runs of a chunk piece by piece; give where in the paragraph to go on."""
    own: list[Run] = []
    for piece in scanned.pieces(chunk):
        if piece.end <= start:
            continue
        skipped = max(start - piece.start, 0)
        body: list[int] = []
        while len(body) < piece.end - piece.start - skipped:
            position = _next_kept(text, position)
            if position == len(text):
                break
            body.append(position)
            position += 1
        if not body:
            break
        if piece.plain:
            _add_plain(own, scanned.raw, text, body, piece.raw_start + skipped)
        elif not skipped and len(body) == piece.end - piece.start == body[-1] - body[0] + 1:
            own.append(Run(body[0], body[-1] + 1, piece.raw_start, piece.raw_end))
    runs += own
    return position


def _add_plain(runs: list[Run], raw: str, text: str, body: list[int], raw_start: int) -> None:
    """Add characters that stand in the raw text one for one, joined to the last run where both go on unbroken."""
    begin = 0
    for k in range(1, len(body) + 1):
        if k < len(body) and body[k] == body[k - 1] + 1:
            continue
        run = Run(body[begin], body[k - 1] + 1, raw_start + begin, raw_start + k)
        last = runs[-1] if runs else None
        if last and last.end - last.start == last.raw_end - last.raw_start and _unbroken(last, run, raw, text):
            runs[-1] = Run(last.start, run.end, last.raw_start, run.raw_end)
        else:
            runs.append(run)
        begin = k


def _unbroken(last: Run, run: Run, raw: str, text: str) -> bool:
    gap = text[last.end : run.start]
    return (
        run.raw_start - last.raw_end == len(gap)
        and raw[last.raw_end : run.raw_start] == gap
        and "&" not in raw[last.raw_start : run.raw_end]
    )
