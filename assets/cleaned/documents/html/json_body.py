"""The story of a page that shows none until a script has run: the body that its JSON-LD holds, with its offsets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assets.cleaned.documents.page import Paragraph, Run

_BODY = re.compile(r'"articleBody"\s*:\s*"')
_PIECE = re.compile(
    r'(?P<plain>[^"\\<\n\r]+)|\\u(?P<hex>[0-9a-fA-F]{4})|\\(?P<escape>.)|(?P<tag><[^<>"]{0,200}>)|[<\n\r]'
)
_ESCAPES = {"n": "\n", "r": "\n", "t": " ", "b": "", "f": "\n"}
_LONGEST = 1_000_000


@dataclass(frozen=True)
class _Piece:
    """Characters of the body; `raw_start` where they stand character for character, None where they are escaped."""

    text: str
    raw_start: int | None


def declared_paragraphs(raw: str) -> tuple[Paragraph, ...]:
    """The paragraphs of the longest `articleBody` in a page's scripts; () where there is none.

    Line breaks and tags part paragraphs. A run is a stretch that the script writes as it reads.
    """
    bodies = (tuple(_paragraphs(list(_pieces(raw, match.end())))) for match in _BODY.finditer(raw))
    return max(bodies, key=lambda body: sum(len(p.text) for p in body), default=())


def _pieces(raw: str, start: int) -> Iterator[_Piece]:
    """What a JSON string that begins at `start` says, up to its closing quote."""
    position, high = start, 0
    while position < min(len(raw), start + _LONGEST) and raw[position] != '"':
        match = _PIECE.match(raw, position)
        if match is None:
            return
        position = match.end()
        if match["plain"]:
            yield _Piece(match["plain"], match.start())
        elif match["hex"]:
            unit = int(match["hex"], 16)
            if 0xD800 <= unit < 0xDC00:
                high = unit
            elif 0xDC00 <= unit < 0xE000 and high:
                yield _Piece(chr(0x10000 + ((high - 0xD800) << 10) + unit - 0xDC00), None)
            elif not 0xDC00 <= unit < 0xE000:
                yield _Piece(chr(unit), None)
        elif match["escape"]:
            yield _Piece(_ESCAPES.get(match["escape"], match["escape"]), None)
        else:  # a tag or a bare line break
            yield _Piece("\n", None)


def _paragraphs(pieces: list[_Piece]) -> Iterator[Paragraph]:
    text, runs = "", list[Run]()
    for piece in [*pieces, _Piece("\n", None)]:
        if piece.text != "\n":
            if piece.raw_start is not None:
                runs.append(
                    Run(len(text), len(text) + len(piece.text), piece.raw_start, piece.raw_start + len(piece.text))
                )
            text += piece.text
            continue
        if text.strip():
            yield _stripped(text, runs)
        text, runs = "", []


def _stripped(text: str, runs: list[Run]) -> Paragraph:
    """A paragraph without the blanks at its ends."""
    lead = len(text) - len(text.lstrip())
    bare = text.strip()
    kept = (
        Run(max(run.start - lead, 0), min(run.end - lead, len(bare)), run.raw_start + max(lead - run.start, 0), 0)
        for run in runs
        if run.end > lead and run.start - lead < len(bare)
    )
    return Paragraph(bare, tuple(Run(r.start, r.end, r.raw_start, r.raw_start + r.end - r.start) for r in kept))
