"""Which of the paragraphs that an extractor found are furniture all the same, and which lines between them it lost.

The extractor goes by markup; here the words of a line, its neighbours and its likeness to others are heard.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property

from lxml.html import HtmlElement

from assets.cleaned.documents.html.metadata import Metadata
from assets.cleaned.documents.html.placing import Placed, kept_blocks
from assets.cleaned.documents.html.regions import marked_standfirsts
from assets.cleaned.documents.html.scanned import LINKED, Block, Scanned, stream_of
from assets.cleaned.documents.lines.features import LineFeatures, features_of
from assets.cleaned.documents.lines.grams import grams, shared
from assets.cleaned.documents.lines.model import KEPT, PageLines, label_lines
from assets.cleaned.documents.page import Paragraph
from assets.cleaned.documents.phrases import line_key

_STORY_TAGS = frozenset({"p", "h2", "h3", "h4", "h5", "h6", "li", "blockquote", "td", "th", "dd", "dt"})
_MOST_STANDFIRST = 4
_TELLS_STORY = 0.25  # share of a standfirst's letters that the story has too
_LONGEST_TITLE = 30  # words
_ISLAND = 6  # blocks that were cut between a story and what is none of it
_SHORT = 14  # words of a line that the line model may overrule the extractor on
_MOST_REGION = 400  # blocks; a longer story is taken as the extractor has it
_SHORTEST_QUOTE, _LONGEST_QUOTE = 20, 300
_SHORTEST_COPY = 60
_WITHIN_PAGE = re.compile(r"<a\s[^>]*?href\s*=\s*[\"']?#", re.I)
_LONGEST_TAG = 300
_SUBHEADS = ("h2", "h3", "h4", "h5")
_NOT_PROSE = ("caption", "date_line", "byline", "navigation")  # reasons that running text is not cut for
_LEAST_STORY = 250  # characters above the comments
_QUOTE_MARKS = "\"'“”„«»‹›‘’「」『』.,…"
# Furniture that the extractor may leave in a story. Other reasons are too weak against its judgement.
_CUT_FROM_STORY = frozenset(
    [
        "related_story",
        "comment_form",
        "social",
        "newsletter",
        "cookie",
        "advertisement",
        "copyright",
        "link",
        "image",
        "tag",
        "reading_time",
        "symbol",
        "furniture",
        "paywall",
        "byline",
        "date_line",
        "caption",
        "navigation",
    ]
)


def linked_keys(scanned: Scanned, among: Collection[str]) -> set[str]:
    """Those keys among some that are lines of the page that link to other pages, and no captions."""
    shortest = min(map(len, among), default=0)  # a key is no longer than its line, and most links are short
    lines = (b for b in scanned.blocks if len(b.text) >= shortest)
    links = (b for b in lines if b.link_share >= LINKED and b.container != "figcaption")
    return {b.key for b in links if b.key in among and not _leads_within_page(scanned.raw, b)}


def _leads_within_page(raw: str, block: Block) -> bool:
    """Whether a line is a link to a place of its own page, as in the list of a live blog's entries."""
    before = raw[max(block.raw_start - _LONGEST_TAG, 0) : block.raw_start]
    return _WITHIN_PAGE.match(before, max(before.rfind("<a "), 0)) is not None


def without_furniture(
    placed: list[Placed], title: str | None, linked: set[str], furniture: Collection[str], language: str
) -> list[Placed]:
    """Drop what the extractor left in: the title again, labels of other stories and what they announce."""
    kept: list[Placed] = []
    title_key = line_key(title or "")
    after_label = told = False  # whether running text has begun
    for i, item in enumerate(placed):
        feature = features_of(item.text, language)
        reason = "furniture" if feature.key in furniture else feature.overt_reason
        headline = feature.key == title_key or (
            feature.key.endswith(f" {title_key}") and feature.words <= _LONGEST_TITLE
        )
        if not told and not feature.is_prose and item.text.rstrip().endswith("|"):
            continue  # a byline whose date the extractor left out
        if title_key and ((headline and (len(kept) < 3 or not told)) or feature.key == title_key):
            continue
        if reason in _CUT_FROM_STORY and not (
            reason in _NOT_PROSE and feature.is_prose and not feature.credits_picture
        ):
            after_label = reason == "related_story" and feature.words <= 5
            continue
        linked_line = feature.key in linked and not feature.ends_as_statement
        if (after_label or (linked_line and i > 0)) and not feature.is_prose:
            continue
        after_label = False
        told = told or feature.is_prose
        kept.append(item)
    return _without_repeats(kept)


def _without_repeats(placed: list[Placed]) -> list[Placed]:
    """The paragraphs without the copy of the story that pages hold for narrow screens, its headings with it."""
    seen: set[str] = set()
    again: list[bool] = []
    for item in placed:
        stream = stream_of(item.text)
        again.append(stream in seen)
        seen.add(stream)
    copied = [repeated and len(item.text) >= _SHORTEST_COPY for repeated, item in zip(again, placed, strict=True)]
    beside = [False, *copied, False]
    return [item for n, item in enumerate(placed) if not (copied[n] or (again[n] and (beside[n] or beside[n + 2])))]


@dataclass(frozen=True)
class ReadPage:
    """A page as scanned, its tree without what holds no story, and what it declares."""

    scanned: Scanned
    tree: HtmlElement | None
    metadata: Metadata

    @cached_property
    def story(self) -> str:
        """The stream of what is left of the tree."""
        return "" if self.tree is None else stream_of(self.tree.text_content())

    @cached_property
    def declared(self) -> str:
        """The stream of the body that JSON-LD holds."""
        return stream_of(self.metadata.article_body or "")

    def grams_of(self, blocks: Collection[int]) -> set[str]:
        """The letters of some blocks, as `grams.shared` compares them."""
        return set().union(*(grams(self.scanned.blocks[i].text) for i in blocks))

    @cached_property
    def standfirsts(self) -> frozenset[str]:
        """The streams of the lines that the markup calls a standfirst."""
        return frozenset() if self.tree is None else frozenset(map(stream_of, marked_standfirsts(self.tree)))


def judged(
    placed: list[Placed], page_read: ReadPage, title: str | None, furniture: Collection[str], language: str
) -> list[Placed]:
    """Drop short lines that the line model, seeing them among their neighbours, takes for furniture; mend small gaps.

    The extractor goes by markup and likes anything inside the story's element; the line model knows that a lone
    headline between two paragraphs, or a name below the last, is not the story. Running text is never dropped here.
    """
    scanned = page_read.scanned
    kept = kept_blocks(scanned, placed)
    title_block = title_block_of(scanned.blocks, title, kept)
    if kept and title_block is not None and title_block > min(kept):
        placed = _from_title_on(placed, scanned.blocks[title_block], language)
        kept = kept_blocks(scanned, placed)
    if not kept:
        return placed
    first = min(kept) if title_block is None or title_block > min(kept) else title_block
    region = [i for i in range(first, max(kept) + 1) if scanned.blocks[i].text]
    if len(region) > _MOST_REGION:
        return placed
    texts = [scanned.blocks[i].text for i in region]
    page = label_lines(texts, language, title_hint=title, furniture=furniture)
    dropped = {stream_of(texts[k]) for k in range(len(region)) if _overruled(k, page, scanned.blocks, region)}
    left = [item for item in placed if stream_of(item.text) not in dropped]
    left = _above_comments(left, scanned, language)
    left = _without_islands(_without_pull_quotes(left, scanned), scanned, language)
    while left and features_of(left[-1].text, language).announces_nothing:
        left.pop()
    gaps = [*_standfirst(page, page_read, region, kept, title_block), *_gaps(page, scanned.blocks, region, kept)]
    mended = [scanned.blocks[region[k]] for k in gaps]
    for block in mended:
        text, start, end = block.part(block.stream_start, block.stream_end)
        left.append(Placed(Paragraph(text, scanned.runs(text, start)), start, end))
    return sorted(left, key=lambda item: item.start) if mended else left


def _without_pull_quotes(placed: list[Placed], scanned: Scanned) -> list[Placed]:
    """The paragraphs without those that set words of another one again in large letters. Headings may quote."""
    starts = [block.stream_start for block in scanned.blocks]
    streams = [stream_of(item.text) for item in placed]
    kept: list[Placed] = []
    for n, item in enumerate(placed):
        block = scanned.blocks[max(bisect_right(starts, item.start) - 1, 0)]
        if len(item.text) <= _LONGEST_QUOTE and not block.tag.startswith("h"):
            words = (stream_of(block.lines[0]) if len(block.lines) > 1 else streams[n]).strip(_QUOTE_MARKS)
            others = (other for m, other in enumerate(streams) if m != n and len(other) > len(streams[n]))
            if len(words) >= _SHORTEST_QUOTE and any(words in other for other in others):
                continue
        kept.append(item)
    return kept


def _above_comments(placed: list[Placed], scanned: Scanned, language: str) -> list[Placed]:
    """The paragraphs above the heading of what readers wrote, where enough stands above it to be a story."""
    end = max((item.end for item in placed), default=0)
    for block in scanned.blocks:
        if block.stream_start >= end:
            break
        if block.tag not in _SUBHEADS or features_of(block.text, language).overt_reason != "comment_form":
            continue
        above = [item for item in placed if item.end <= block.stream_start]
        if sum(len(item.text) for item in above) >= _LEAST_STORY:
            return above
    return placed


def _without_islands(placed: list[Placed], scanned: Scanned, language: str) -> list[Placed]:
    """The paragraphs without short lines far below the last running text: tables and lists beside the story."""
    last = next((n for n in range(len(placed) - 1, -1, -1) if features_of(placed[n].text, language).is_prose), None)
    if last is None:
        return placed
    ends = [block.stream_end for block in scanned.blocks]
    for n in range(last + 1, len(placed)):
        between = bisect_right(ends, placed[n].start) - bisect_left(ends, placed[n - 1].end)
        if between > _ISLAND:
            return placed[:n]
    return placed


def _from_title_on(placed: list[Placed], title: Block, language: str) -> list[Placed]:
    """The paragraphs without short lines above the title (the site's name, a kicker), if no prose stands there."""
    above = [item for item in placed if item.start < title.stream_start]
    if any(features_of(item.text, language).is_prose for item in above):
        return placed
    return [item for item in placed if item.start >= title.stream_start]  # they may come in another order


def _standfirst(
    page: PageLines, read: ReadPage, region: Sequence[int], kept: set[int], title_block: int | None
) -> list[int]:
    """The sentence or two between headline and story that the extractor lost."""
    if title_block is None or title_block > min(kept):
        return []
    found: list[int] = []
    for k, i in enumerate(region):
        block, feature = read.scanned.blocks[i], page.features[k]
        if i >= min(kept) or len(found) == _MOST_STANDFIRST:
            break
        if i <= title_block or block.container or block.link_share >= 0.3 or feature.overt_reason:
            continue
        stream = read.scanned.stream[block.stream_start : block.stream_end]
        marked = len(block.text) >= 15 and any(stream in standfirst for standfirst in read.standfirsts)
        marked = marked and shared(block.text, read.grams_of(kept)) >= _TELLS_STORY
        told = len(block.text) >= 40 and stream in read.declared
        if marked or told or (feature.words >= 4 and page.labels[k].kind in KEPT and stream in read.story):
            found.append(k)
    return found


def _gaps(page: PageLines, blocks: Sequence[Block], region: Sequence[int], kept: set[int]) -> list[int]:
    """Headings and items of lists, between kept paragraphs, that the extractor lost and the line model keeps."""
    gaps: list[int] = []
    for k, i in enumerate(region):
        if i in kept or page.labels[k].kind not in KEPT or page.features[k].overt_reason:
            continue
        block = blocks[i]
        if block.container or block.link_share >= 0.3 or not (0 < k < len(region) - 1):
            continue
        if block.tag in ("h2", "h3", "h4"):
            below = next((j for j in range(k + 1, len(region)) if page.labels[j].kind != "drop"), k)
            if region[below] in kept and page.features[below].is_prose and page.features[k].words <= _SHORT:
                gaps.append(k)
        elif block.tag == "li" and (page.features[k].ends_as_statement or page.features[k].ends_with_comma):
            above = region[k - 1]
            if above in kept or k - 1 in gaps or blocks[above].tag == "li":
                gaps.append(k)
    return gaps


def _overruled(k: int, page: PageLines, blocks: Sequence[Block], region: Sequence[int]) -> bool:
    """Whether the line model's word against a block counts more than the markup's for it."""
    feature, label, block = page.features[k], page.labels[k], blocks[region[k]]
    if (k and _is_teaser(feature, blocks[region[k - 1]])) or _is_dated_link(feature, block):
        return True
    if label.kind != "drop" or feature.is_prose or not (feature.words <= _SHORT or feature.overt_reason):
        return False
    if feature.overt_reason or block.link_share >= 0.5 or block.tag not in _STORY_TAGS:
        return True
    above = page.features[k - 1].overt_reason if k else None
    return above == "related_story" or not any(f.is_prose for f in page.features[k + 1 :])


def _is_dated_link(feature: LineFeatures, block: Block) -> bool:
    """Whether a line is a linked headline and the date of its story, set side by side."""
    if block.link_share < 0.5 or len(block.lines) < 2:
        return False
    parts = [features_of(line, feature.language) for line in block.lines]
    return any(part.is_date_line or part.is_age for part in parts)


def _is_teaser(feature: LineFeatures, above: Block) -> bool:
    """Whether a text sums up the linked headline above it and breaks off."""
    broken = feature.text.rstrip().endswith(("…", "...", "[…]", "[...]"))
    if not broken or above.link_share < LINKED or len(above.text) < 20:
        return False
    return shared(above.text, grams(feature.text)) >= 0.35


def title_block_of(blocks: Sequence[Block], title: str | None, kept: set[int]) -> int | None:
    """The block that shows the headline, one marked as a heading first; None where none does."""
    key = line_key(title or "")
    if not key:
        return None
    # A key is no longer than its line: those of a page's many short ones need not be made.
    long = [(i, block) for i, block in enumerate(blocks) if len(block.text) >= len(key) and i not in kept]
    found = [i for i, block in long if block.key == key]
    headed = [i for i in found if blocks[i].tag in ("h1", "h2")]
    # The headline may stand beside the name of a section.
    around = [i for i, block in long if block.tag == "h1" and block.key.endswith(f" {key}")]
    return next(iter(headed or found or around), None)
