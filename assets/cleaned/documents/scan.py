"""A tolerant scanner of HTML that knows, for every visible character, where it stands in the raw text.

A parser that builds a tree repairs the page and forgets the offsets; this one builds none. It finds text between
tags, decodes entities, and groups text into blocks as a browser would break lines. What belongs to the story is not
its business.
"""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from assets.cleaned.documents.page import Run
from assets.cleaned.documents.phrases import line_key

_MARKUP = re.compile(
    r"<(?:(/?)([a-zA-Z][^\s>/]*)((?>[^>\"']++|\"[^\"]*\"|'[^']*')*+)>"
    r"|!--(?:.*?-->|.*\Z)|!\[CDATA\[(?:.*?\]\]>|.*\Z)|[!?][^>]*>"
    r"|(/?)([a-zA-Z][^\s>/]*)[^>]*>)",
    re.DOTALL,
)
_ENTITY = re.compile(r"&(?:#[0-9]+|#[xX][0-9a-fA-F]+|[a-zA-Z][a-zA-Z0-9]*);?")
_PIECE = re.compile(r"&(?:#[0-9]+|#[xX][0-9a-fA-F]+|[a-zA-Z][a-zA-Z0-9]*);?|[^\s&]+|&")
_INLINE = frozenset(
    [
        "a",
        "abbr",
        "acronym",
        "b",
        "bdi",
        "bdo",
        "big",
        "cite",
        "code",
        "data",
        "del",
        "dfn",
        "em",
        "font",
        "i",
        "ins",
        "kbd",
        "label",
        "mark",
        "nobr",
        "q",
        "s",
        "samp",
        "small",
        "span",
        "strike",
        "strong",
        "sub",
        "sup",
        "time",
        "tt",
        "u",
        "var",
        "wbr",
        "img",
        "amp-img",
        "picture",
        "source",
    ]
)
_HIDDEN = frozenset(
    [
        "script",
        "style",
        "noscript",
        "svg",
        "title",
        "iframe",
        "textarea",
        "object",
        "audio",
        "video",
        "math",
        "select",
        "canvas",
        "map",
    ]
)
_TRACKED = frozenset(
    [
        "a",
        "nav",
        "footer",
        "header",
        "aside",
        "figcaption",
        "form",
        "button",
        "li",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "time",
        "table",
    ]
)
_CONTAINERS = ("nav", "footer", "aside", "figcaption", "form", "button")
_LINE_TAGS = ("h1", "h2", "h3", "h4", "h5", "h6", "li")
# What a tag does: nothing, end a line, be counted while it is open, or hide what it holds.
_PLAIN_INLINE, _BLOCK, _COUNTED, _SKIPPED = 0, 1, 2, 4
_COMMON = (
    "div",
    "p",
    "ul",
    "ol",
    "section",
    "article",
    "main",
    "br",
    "tr",
    "td",
    "th",
    "tbody",
    "meta",
    "link",
    "figure",
)
_KINDS = (
    dict.fromkeys(_COMMON, _BLOCK)
    | dict.fromkeys(_INLINE - _TRACKED, _PLAIN_INLINE)
    | dict.fromkeys(_INLINE & _TRACKED, _COUNTED)
    | dict.fromkeys(_TRACKED - _INLINE, _BLOCK | _COUNTED)
    | dict.fromkeys(_HIDDEN, _SKIPPED)
)
LINKED = 0.85  # share of a block's characters in links from which it is one
_JOINERS = "\u200c\u200d"
_LONGEST_PARTED = 200
_JOINING = tuple(",;.)،؛。")
_MOST_CHARACTERS = 4_000_000


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

        Joiners that tell how letters of Persian or Hindi connect stay; other invisible characters fall out.
        """
        start, end = max(start, self.stream_start), min(end, self.stream_end)
        text = self.text
        if start > self.stream_start or end < self.stream_end:
            places = [i for i, character in enumerate(text) if keeps(character)]
            first, last = start - self.stream_start, end - self.stream_start
            text = text[places[first] : places[last - 1] + 1] if last > first else ""
        if not text.isprintable():
            text = "".join(c for c in text if c.isprintable() or c in _JOINERS)
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
            self._pieces[chunk] = _pieces(self.raw, *self.chunks[chunk], self.chunk_starts[chunk])
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


def scan(raw: str) -> Scanned:
    """Scan a page. Linear in its length, whatever its faults; what exceeds four million characters is not read."""
    return _Scanner(raw[:_MOST_CHARACTERS]).scanned()


class _Scanner:
    def __init__(self, raw: str) -> None:
        self.raw = raw
        self.stream: list[str] = []
        self.starts: list[int] = []
        self.chunks: list[tuple[int, int]] = []
        self.length = 0
        self.blocks: list[Block] = []
        self.depth = dict.fromkeys(_TRACKED, 0)
        self.texts: list[str] = []  # of the block at work
        self.block_start = 0
        self.block_raw = -1  # where its first chunk stands; -1 while it has none
        self.linked = 0
        self.tag = ""
        self.unclosed: set[str] = set()

    def scanned(self) -> Scanned:
        raw, search, kinds = self.raw, _MARKUP.search, _KINDS
        position = 0
        while (match := search(raw, position)) is not None:
            start, end = match.span()
            if start > position:
                self._text(position, start)
            position = end
            name = match[2] or match[5]
            if name:
                kind = kinds.get(name)
                if kind is None:
                    name = name.lower()
                    kind = kinds.get(name, _BLOCK)
                if kind != _PLAIN_INLINE:
                    position = self._tag(name, kind, match)
        if position < len(raw):
            self._text(position, len(raw))
        self._end_block()
        return Scanned(raw, "".join(self.stream), tuple(self.starts), tuple(self.chunks), tuple(self.blocks))

    def _tag(self, name: str, kind: int, match: re.Match[str]) -> int:
        """Handle a tag that is more than a mark inside a line; give where to go on."""
        closing = bool(match[1] or match[4])
        if kind == _SKIPPED:
            if not closing:
                return self._skipped(name, match)
            self._end_block()
            self.tag = ""
            return match.end()
        if kind & _BLOCK:
            if self.texts:
                self._end_block()
            self.tag = "" if closing else name
        if kind & _COUNTED:
            if closing:
                self.depth[name] = max(self.depth[name] - 1, 0)
            elif not (match[3] or "").endswith("/"):
                self.depth[name] = 1 if name == "a" else self.depth[name] + 1
        return match.end()

    def _skipped(self, name: str, match: re.Match[str]) -> int:
        """Pass over a hidden element; one that never ends hides nothing, a script all."""
        if (match[3] or "").endswith("/") or name in self.unclosed:
            return match.end()
        end = _ends_of(name).search(self.raw, match.end())
        if end:
            return end.end()
        self.unclosed.add(name)
        return len(self.raw) if name in ("script", "style") else match.end()

    def _text(self, start: int, end: int) -> None:
        chunk = self.raw[start:end]
        words = chunk.split()
        if not words:
            if self.texts:
                self.texts.append(" ")
            return
        kept = "".join(words)
        if "&" in chunk or not kept.isprintable():
            kept = "".join(_kept_in(self.raw, piece) for piece in _pieces(self.raw, start, end, 0))
            chunk = _ENTITY.sub(_decoded, chunk)
        self.texts.append(chunk)
        if not kept:
            return
        if self.block_raw < 0:
            self._begin_block(start)
        self.starts.append(self.length)
        self.stream.append(kept)
        self.chunks.append((start, end))
        self.length += len(kept)
        if self.depth["a"]:
            self.linked += len(kept)

    def _begin_block(self, start: int) -> None:
        depth = self.depth
        self.block_raw = start
        self.block_start = self.length
        self.block_container = next((name for name in _CONTAINERS if depth[name]), None)
        self.block_tag = next((name for name in _LINE_TAGS if depth[name]), self.tag)

    def _end_block(self) -> None:
        if self.block_raw >= 0:
            raw_start, raw_end = _without_blanks(self.raw, self.block_raw, self.chunks[-1][1])
            self.blocks.append(
                Block(
                    " ".join("".join(self.texts).split()),
                    self.block_tag,
                    self.block_container,
                    self.linked / max(self.length - self.block_start, 1),
                    self.block_start,
                    self.length,
                    raw_start,
                    raw_end,
                    tuple(self.texts),
                )
            )
            self.block_raw, self.linked = -1, 0
        if self.texts:
            self.texts = []


@lru_cache(maxsize=64)
def _ends_of(name: str) -> re.Pattern[str]:
    return re.compile(rf"</{re.escape(name)}\s*>", re.IGNORECASE)


def _without_blanks(raw: str, start: int, end: int) -> tuple[int, int]:
    """A stretch of the raw text without the blanks at its ends."""
    while raw[start].isspace():
        start += 1
    while raw[end - 1].isspace():
        end -= 1
    return start, end


def _decoded(match: re.Match[str]) -> str:
    return html.unescape(match[0])


def _kept_in(raw: str, piece: Piece) -> str:
    text = raw[piece.raw_start : piece.raw_end]
    return text if piece.plain else stream_of(html.unescape(text))


def _pieces(raw: str, start: int, end: int, at: int) -> list[Piece]:
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
