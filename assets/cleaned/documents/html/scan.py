"""A tolerant scanner of HTML that knows, for every visible character, where it stands in the raw text.

A parser that builds a tree repairs the page and forgets the offsets; this one builds none. It finds text between
tags, decodes entities, and groups text into blocks as a browser would break lines. What belongs to the story is not
its business.
"""

from __future__ import annotations

import html
import re
from functools import lru_cache

from assets.cleaned.documents.html.scanned import Block, Piece, Scanned, pieces_of, stream_of

_MARKUP = re.compile(
    r"<(?:(/?)([a-zA-Z][^\s>/]*)((?>[^>\"']++|\"[^\"]*\"|'[^']*')*+)>"
    r"|!--(?:.*?-->|.*\Z)|!\[CDATA\[(?:.*?\]\]>|.*\Z)|[!?][^>]*>"
    r"|(/?)([a-zA-Z][^\s>/]*)[^>]*>)",
    re.DOTALL,
)
_ENTITY = re.compile(r"&(?:#[0-9]+|#[xX][0-9a-fA-F]+|[a-zA-Z][a-zA-Z0-9]*);?")
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
_MOST_CHARACTERS = 4_000_000


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
            kept = "".join(_kept_in(self.raw, piece) for piece in pieces_of(self.raw, start, end, 0))
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
        self.block_container, self.block_tag = None, self.tag
        for name in _CONTAINERS:
            if depth[name]:
                self.block_container = name
                break
        for name in _LINE_TAGS:
            if depth[name]:
                self.block_tag = name
                break

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
