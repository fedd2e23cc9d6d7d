"""A tolerant scanner of HTML that knows, for every visible character, where it stands in the raw text.

A parser that builds a tree repairs the page and forgets the offsets; this one builds none. It finds text between
tags, decodes entities, and groups text into blocks as a browser would break lines. What belongs to the story is not
its business.
"""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from dataclasses import dataclass

from assets.cleaned.documents.page import Run

_TAG = re.compile(
    r"<!--(?:.*?-->|.*\Z)|<!\[CDATA\[(?:.*?\]\]>|.*\Z)|<[!?][^>]*>"
    r"|<(?P<close>/?)(?P<name>[a-zA-Z][^\s>/]*)(?P<attributes>(?>\"[^\"]*\"|'[^']*'|[^>\"'])*+)>"
    r"|<(?P<close2>/?)(?P<name2>[a-zA-Z][^\s>/]*)[^>]*>",
    re.DOTALL,
)
_PIECE = re.compile(r"&(?:#[0-9]+|#[xX][0-9a-fA-F]+|[a-zA-Z][a-zA-Z0-9]*);?|[^\s&]+|&")
_WORD = re.compile(r"\S+")
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
        "template",
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
_JOINERS = "\u200c\u200d"
_LONGEST_PARTED = 200
_MOST_CHARACTERS = 4_000_000


@dataclass(frozen=True)
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
    lines: tuple[str, ...] = ()  # the text parted where inline elements touch without a blank, if it is short

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
class Scanned:
    """The visible text of a page: its blocks, and the stream of its characters without blanks.

    Piece `i` holds the stream's characters from `piece_starts[i]` to the next; it stands at `pieces[i]` of the raw
    text, character for character if its third field is true, else as an entity.
    """

    raw: str
    stream: str
    piece_starts: tuple[int, ...]
    pieces: tuple[tuple[int, int, bool], ...]
    blocks: tuple[Block, ...]

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
        self.pieces: list[tuple[int, int, bool]] = []
        self.texts: list[str] = []
        self.starts: list[int] = []
        self.length = 0
        self.blocks: list[Block] = []
        self.depth = dict.fromkeys(_TRACKED, 0)
        self.chunks: list[str] = []
        self.block_start = 0
        self.block_raw: list[int] = []
        self.linked = 0
        self.tag = ""
        self.unclosed: set[str] = set()

    def scanned(self) -> Scanned:
        position = 0
        raw = self.raw
        while (match := _TAG.search(raw, position)) is not None:
            if match.start() > position:
                self._text(position, match.start())
            position = self._markup(match)
        if position < len(raw):
            self._text(position, len(raw))
        self._end_block()
        return Scanned(raw, "".join(self.texts), tuple(self.starts), tuple(self.pieces), tuple(self.blocks))

    def _markup(self, match: re.Match[str]) -> int:
        """Handle a tag; give where to go on."""
        name = match["name"] or match["name2"]
        if not name:
            return match.end()
        name = name.lower()
        closing = bool(match["close"] or match["close2"])
        if name in _HIDDEN and not closing:
            return self._skipped(name, match)
        if name not in _INLINE:
            self._end_block()
        if name in self.depth:
            if closing:
                self.depth[name] = max(self.depth[name] - 1, 0)
            elif not (match["attributes"] or "").endswith("/"):
                self.depth[name] = 1 if name == "a" else self.depth[name] + 1
        if name not in _INLINE:
            self.tag = name if not closing else ""
        return match.end()

    def _skipped(self, name: str, match: re.Match[str]) -> int:
        """Pass over a hidden element; one that never ends hides nothing, a script all."""
        if (match["attributes"] or "").endswith("/") or name in self.unclosed:
            return match.end()
        end = re.compile(rf"</{re.escape(name)}\s*>", re.IGNORECASE).search(self.raw, match.end())
        if end:
            return end.end()
        self.unclosed.add(name)
        return len(self.raw) if name in ("script", "style") else match.end()

    def _text(self, start: int, end: int) -> None:
        chunk = self.raw[start:end]
        if chunk.isspace():
            if self.chunks:
                self.chunks.append(" ")
            return
        before = self.length
        if "&" not in chunk and " ".join(chunk.split()).isprintable():
            for match in _WORD.finditer(chunk):
                self._piece(match[0], start + match.start(), start + match.end(), plain=True)
            self.chunks.append(chunk)
            self.linked += self.length - before if self.depth["a"] else 0
            return
        for match in _PIECE.finditer(chunk):
            word = match[0]
            if word[0] == "&" and len(word) > 1 and (decoded := html.unescape(word)) != word:
                self._entity(decoded, start + match.start(), start + match.end())
            elif word.isprintable():
                self._piece(word, start + match.start(), start + match.end(), plain=True)
            else:
                self._odd_word(word, start + match.start())
        if self.depth["a"]:
            self.linked += self.length - before
        self.chunks.append(html.unescape(chunk) if "&" in chunk else chunk)

    def _entity(self, decoded: str, raw_start: int, raw_end: int) -> None:
        kept = stream_of(decoded)
        if kept:
            self._piece(kept, raw_start, raw_end, plain=False)

    def _odd_word(self, word: str, raw_start: int) -> None:
        """A word that holds invisible characters: each visible one for itself."""
        for offset, character in enumerate(word):
            if keeps(character):
                self._piece(character, raw_start + offset, raw_start + offset + 1, plain=True)

    def _piece(self, text: str, raw_start: int, raw_end: int, *, plain: bool) -> None:
        if not self.block_raw:
            self.block_raw = [raw_start, raw_end]
            self.block_start = self.length
            self.block_container = next((name for name in _CONTAINERS if self.depth[name]), None)
            self.block_tag = next((h for h in ("h1", "h2", "h3", "h4", "h5", "h6", "li") if self.depth[h]), self.tag)
        self.block_raw[1] = raw_end
        self.starts.append(self.length)
        self.texts.append(text)
        self.pieces.append((raw_start, raw_end, plain))
        self.length += len(text)

    def _end_block(self) -> None:
        if self.block_raw:
            text = " ".join("".join(self.chunks).split())
            lines = _parted(self.chunks) if len(self.chunks) > 1 and len(text) <= _LONGEST_PARTED else (text,)
            share = self.linked / max(self.length - self.block_start, 1)
            self.blocks.append(
                Block(
                    text,
                    self.block_tag,
                    self.block_container,
                    share,
                    self.block_start,
                    self.length,
                    self.block_raw[0],
                    self.block_raw[1],
                    lines,
                )
            )
        self.chunks, self.block_raw, self.linked = [], [], 0


def _parted(chunks: list[str]) -> tuple[str, ...]:
    """Texts of inline elements, joined where a blank stands between them: style sheets part the others."""
    lines: list[str] = []
    glued = True
    for chunk in chunks:
        if lines and not (glued and not chunk[:1].isspace()):
            lines[-1] += chunk
        else:
            lines.append(chunk)
        glued = not chunk[-1:].isspace()
    return tuple(line for line in (" ".join(line.split()) for line in lines) if line)


def _runs(scanned: Scanned, text: str, start: int) -> tuple[Run, ...]:
    i = bisect_right(scanned.piece_starts, start) - 1
    unbroken = _one_run(scanned, text, start, i)
    if unbroken:
        return (unbroken,)
    positions = [i for i, c in enumerate(text) if keeps(c)]
    end = start + len(positions)
    runs: list[Run] = []
    while i < len(scanned.pieces) and scanned.piece_starts[i] < end:
        piece_start = scanned.piece_starts[i]
        piece_end = scanned.piece_starts[i + 1] if i + 1 < len(scanned.pieces) else len(scanned.stream)
        first, last = max(piece_start, start), min(piece_end, end)
        body = positions[first - start : last - start]
        raw_start, raw_end, plain = scanned.pieces[i]
        if plain:
            _add_plain(runs, scanned.raw, text, body, raw_start + first - piece_start)
        elif first == piece_start and last == piece_end and body[-1] - body[0] + 1 == len(body):
            runs.append(Run(body[0], body[-1] + 1, raw_start, raw_end))
        i += 1
    return tuple(runs)


def _one_run(scanned: Scanned, text: str, start: int, piece: int) -> Run | None:
    """The run of a paragraph that stands in the raw text just as it reads, as most without links do."""
    if piece < 0 or not text or not keeps(text[0]) or not keeps(text[-1]) or "&" in text:
        return None
    piece_raw, _, plain = scanned.pieces[piece]
    raw_start = piece_raw + start - scanned.piece_starts[piece]
    raw_end = raw_start + len(text)
    return Run(0, len(text), raw_start, raw_end) if plain and scanned.raw.startswith(text, raw_start) else None


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
