"""Which text of an HTML page is its story: by trafilatura, and by other witnesses where it seems to have missed.

Gives paragraphs as plain strings; where they stand in the page, and which of their lines are furniture all the same,
is found out in `reading.py`.
"""

from __future__ import annotations

import logging
from collections.abc import Collection, Sequence

from lxml.etree import Comment, ProcessingInstruction, strip_elements
from lxml.html import HtmlElement
from trafilatura import bare_extraction
from trafilatura.settings import Document, Extractor
from trafilatura.utils import load_html

from assets.cleaned.documents.html.metadata import Metadata
from assets.cleaned.documents.html.scanned import Block, Scanned, stream_of
from assets.cleaned.documents.language import detect_language
from assets.cleaned.documents.lines.model import KEPT, label_lines

_LEAST_BODY = 250  # characters under which the extractor is doubted
_LEAST_SHARE = 0.35  # of the prose that stands in the page's blocks, likewise
_MOST_ELEMENTS = 100_000  # of a page that the extractor is given; its time grows with their square at worst
_PROSE = 80  # characters of a block that is likely to be a paragraph
# Elements that hold no story and that trafilatura passes over too; without them each of its copies costs less.
_NO_STORY = (
    *("script", "style", "svg", "noscript", "nav", "footer", "iframe", "select", "object", "audio", "canvas", "map"),
    *("button", "input", "datalist", "dialog", "textarea", "link", "menu", "embed", "option", "head"),
    *(Comment, ProcessingInstruction),
)
_quick = Extractor(output_format="python", comments=False, tables=True, with_metadata=False, fast=True)
_thorough = Extractor(output_format="python", comments=False, tables=True, with_metadata=False)


def parsed(text: str) -> HtmlElement | None:
    """The tree of a page; None where it is no HTML at all."""
    try:
        return load_html(text)
    except Exception as error:  # lxml and trafilatura raise many things on broken input
        logging.getLogger(__name__).debug("no tree: %s", error)
        return None


def strip(tree: HtmlElement) -> None:
    """Take out of a tree what holds no story."""
    strip_elements(tree, *_NO_STORY, with_tail=False)


def find_story(
    tree: HtmlElement | None, metadata: Metadata, scanned: Scanned, title: str | None, furniture: Collection[str]
) -> tuple[list[str], str]:
    """The story's paragraphs and language, from a tree without what holds no story.

    trafilatura without its fallbacks reads most pages; with them it takes twice the time, so they are called only if
    what it found is short or little of the page's prose. Where that is so still, JSON-LD and the line model are
    heard.
    """
    found, sound = _extracted(tree, scanned)
    language = detect_language("\n".join(found))
    if sound and _suffices(found, scanned):
        return found, language
    rescued = [found, _declared(metadata, scanned), _modelled(_blocks_of(tree, scanned), title, furniture)]
    best = max(rescued, key=_length)
    # A little more text is as likely to be furniture; the extractor is believed unless it missed much.
    if _length(best) <= 1.5 * _length(found):
        return found, language
    return best, detect_language("\n".join(best))


def _extracted(tree: HtmlElement | None, scanned: Scanned) -> tuple[list[str], bool]:
    """The extractor's lines, and whether they have the shape of an article."""
    if tree is None or tree.xpath("count(//*)") > _MOST_ELEMENTS:
        return [], False
    found, sound = _read_by(tree, _quick)
    if sound and _suffices(found, scanned):
        return found, sound
    return _read_by(tree, _thorough)


def _suffices(found: Sequence[str], scanned: Scanned) -> bool:
    length = _length(found)
    return length >= _LEAST_BODY and length >= _LEAST_SHARE * sum(len(b.text) for b in scanned.blocks if _is_prose(b))


def _is_prose(block: Block) -> bool:
    return len(block.text) >= _PROSE and block.link_share < 0.3 and block.container is None


def _length(paragraphs: Sequence[str]) -> int:
    return sum(map(len, paragraphs))


def _read_by(tree: HtmlElement, options: Extractor) -> tuple[list[str], bool]:
    """What the extractor finds, and whether it has the shape of an article, not of a table or of a whole page."""
    try:
        document = bare_extraction(tree, options=options)
    except Exception as error:  # deep nesting and broken trees raise many things
        logging.getLogger(__name__).debug("trafilatura gave up: %s", error)
        return [], False
    if not isinstance(document, Document):
        return [], False
    lines = (_row_text(line.strip()) for line in (document.text or "").split("\n"))
    paragraphs = list(document.body.iter("p"))
    tables = list(document.body.iter("table"))
    # Where nothing else is left, the whole page is given as one paragraph.
    dumped = len(paragraphs) == 1 and "\n" in (paragraphs[0].text or "")
    return [line for line in lines if line], len(paragraphs) > len(tables) and not dumped


def _row_text(line: str) -> str:
    """A table's row without the bars that the extractor draws; other lines as they are."""
    if not (line.startswith("|") and line.endswith("|")):
        return line
    cells = (cell.strip() for cell in line.strip("|").split("|"))
    return " ".join(cell for cell in cells if cell.strip("-: "))


def _declared(metadata: Metadata, scanned: Scanned) -> list[str]:
    """The body that JSON-LD holds, if the page shows it too."""
    lines = [" ".join(line.split()) for line in (metadata.article_body or "").split("\n")]
    shown = [line for line in lines if line and stream_of(line) in scanned.stream]
    return shown if sum(map(len, shown)) * 2 > sum(map(len, lines)) else []


def _blocks_of(tree: HtmlElement | None, scanned: Scanned) -> list[Block]:
    """The page's blocks that stand in a tree from which regions were taken out."""
    if tree is None:
        return list(scanned.blocks)
    left, cursor = stream_of(tree.text_content()), 0
    blocks: list[Block] = []
    for block in scanned.blocks:
        at = left.find(scanned.stream[block.stream_start : block.stream_end], cursor)
        if at >= 0:
            cursor = at
            blocks.append(block)
    return blocks


def _modelled(blocks: Sequence[Block], title: str | None, furniture: Collection[str]) -> list[str]:
    """The body by the line model, with the page's blocks as lines."""
    blocks = [b for b in blocks if b.container not in ("nav", "footer", "button")]
    texts = [b.text for b in blocks]
    language = detect_language("\n".join(t for t in texts if len(t) >= 60))
    page = label_lines(texts, language, title_hint=title, furniture=furniture)
    return [b.text for b, label in zip(blocks, page.labels, strict=True) if label.kind in KEPT]
