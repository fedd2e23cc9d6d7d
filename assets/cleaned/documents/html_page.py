"""Reading a page that came as HTML: trafilatura finds the story, the scanner finds its characters in the raw text."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from lxml.html import HtmlElement

from assets.cleaned.documents.addresses import date_in_address, site_label
from assets.cleaned.documents.bylines import (
    agency_named_as_source,
    co_credited,
    find_authors,
    find_publisher,
    labelled_authors,
)
from assets.cleaned.documents.declared_authors import (
    authors_by_marks,
    credited_by_marks,
    desks_credited,
    given_authors,
    people_credited,
    without_publisher,
)
from assets.cleaned.documents.features import LineFeatures, features_of
from assets.cleaned.documents.json_body import declared_paragraphs
from assets.cleaned.documents.language import UNDETERMINED, detect_language, normalise_language
from assets.cleaned.documents.lines import KEPT, Label, PageLines, grams, label_lines, shared
from assets.cleaned.documents.metadata import Metadata, read_metadata
from assets.cleaned.documents.page import Cut, PageParts, Paragraph, Run
from assets.cleaned.documents.phrases import line_key
from assets.cleaned.documents.plain_text import received_day, shown_ages, visible_dates
from assets.cleaned.documents.publication import clue_of_hint, clue_of_stamp, clues_in_lead, is_plausible
from assets.cleaned.documents.regions import marked_standfirsts, remove_regions
from assets.cleaned.documents.scan import Block, Scanned, scan, stream_of
from assets.cleaned.documents.script_state import ScriptState, read_state
from assets.cleaned.documents.signatures import credited_in_text, signature_below, told_of_below
from assets.cleaned.documents.story import find_story, parsed, strip
from assets.cleaned.documents.titles import clean_title
from assets.raw.documents.rows import RawDocument

_LINKED = 0.85
_STORY_TAGS = frozenset({"p", "h2", "h3", "h4", "h5", "h6", "li", "blockquote", "td", "th", "dd", "dt"})
_MOST_STANDFIRST = 4
_TELLS_STORY = 0.25  # share of a standfirst's letters that the story has too
_LEAST_SHOWN, _LEAST_DECLARED = 100, 200  # characters
_LONGEST_TITLE = 30  # words
_ISLAND = 6  # blocks that were cut between a story and what is none of it
_SHORT = 14  # words of a line that the line model may overrule the extractor on
_MOST_REGION = 400  # blocks; a longer story is taken as the extractor has it
_LONGEST_CELL = 160
_SHORTEST_QUOTE, _LONGEST_QUOTE = 20, 300
_QUOTE_MARKS = "\"'“”„«»‹›‘’「」『』.,…"
_NEAR = 15  # blocks around title and body that are read closely
_REASON_OF_CONTAINER = {
    "nav": "navigation",
    "footer": "footer",
    "aside": "related_story",
    "figcaption": "caption",
    "form": "form",
    "button": "navigation",
}
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


def read_html(document: RawDocument, furniture: Collection[str] = ()) -> PageParts:
    """The parts of an HTML page. A page that the extractor cannot read goes through the line model instead."""
    scanned = scan(document.text)
    tree = parsed(document.text)
    hinted = normalise_language(document.language_hint)
    metadata = Metadata(url=document.url)
    if tree is not None:
        likely = hinted or normalise_language(tree.get("lang")) or "en"
        metadata = read_metadata(tree, document.url, likely)
        strip(tree)
        if not metadata.authors:
            metadata = replace(metadata, authors=authors_by_marks(tree, metadata.publisher, likely))
        if not metadata.authors and not metadata.credited:
            metadata = replace(metadata, credited=credited_by_marks(tree, metadata.publisher, likely))
        remove_regions(tree)
    title = _title(document, metadata, scanned)
    found, language = find_story(tree, metadata, scanned, title, furniture)
    placed = _placed(_located_all(found, scanned), scanned)
    placed = _without_furniture(placed, title, _linked_keys(scanned), furniture, language)
    # What is left of a very short page is its story.
    placed = _judged(placed, _Page(scanned, tree, metadata), title, furniture, language) or placed
    if sum(len(item.text) for item in placed) < _LEAST_SHOWN:
        # A page that shows no story until its scripts have run may hold one for machines.
        declared = declared_paragraphs(document.text)
        if sum(len(paragraph.text) for paragraph in declared) >= _LEAST_DECLARED:
            placed = [_Placed(paragraph, 0, 0) for paragraph in declared]
            language = detect_language("\n".join(item.text for item in placed))
    return _parts(document, scanned, metadata, title, placed, language, hinted)


def _title(document: RawDocument, metadata: Metadata, scanned: Scanned) -> str | None:
    declared = document.title_hint or metadata.title or _first_heading(scanned.blocks)
    if not declared:
        return None
    words = " ".join(declared.split())
    ends = (words[:8], words[-8:])
    shown = [
        block.text
        for block in scanned.blocks
        if block.tag == "h2" or (block.link_share < _LINKED and any(end in block.text for end in ends))
    ]
    sites = [name for name in (metadata.publisher, document.publisher_hint, site_label(metadata.url)) if name]
    return clean_title(declared, sites, [*metadata.headings, *shown])


def _first_heading(blocks: Sequence[Block]) -> str | None:
    return next((block.text for block in blocks if block.tag == "h1"), None)


@dataclass(frozen=True)
class _Placed:
    """A paragraph of the body, and where it stands in the stream."""

    paragraph: Paragraph
    start: int
    end: int

    @property
    def text(self) -> str:
        return self.paragraph.text


def _linked_keys(scanned: Scanned) -> set[str]:
    return {line_key(b.text) for b in scanned.blocks if b.link_share >= _LINKED and b.container != "figcaption"}


def _without_furniture(
    placed: list[_Placed], title: str | None, linked: set[str], furniture: Collection[str], language: str
) -> list[_Placed]:
    """Drop what the extractor left in: the title again, labels of other stories and what they announce."""
    kept: list[_Placed] = []
    title_key = line_key(title or "")
    after_label = False
    for i, item in enumerate(placed):
        feature = features_of(item.text, language)
        reason = "furniture" if feature.key in furniture else feature.overt_reason
        headline = feature.key == title_key or (
            feature.key.endswith(f" {title_key}") and feature.words <= _LONGEST_TITLE
        )
        if title_key and headline and len(kept) < 3:
            continue
        if reason in _CUT_FROM_STORY and not (
            reason in ("caption", "date_line", "byline", "navigation") and feature.is_prose
        ):
            after_label = reason == "related_story" and feature.words <= 5
            continue
        linked_line = feature.key in linked and not feature.ends_as_statement
        if (after_label or (linked_line and i > 0)) and not feature.is_prose:
            continue
        after_label = False
        kept.append(item)
    return kept


# Finding its characters


def _located_all(paragraphs: Sequence[str], scanned: Scanned) -> list[_Placed]:
    """Paragraphs where they stand in the page; those that stand nowhere are no text of the page and fall out."""
    found: list[_Placed] = []
    cursor = 0
    for text in paragraphs:
        text, start = _located(text, scanned.stream, cursor)
        if start >= 0:
            cursor = start + len(stream_of(text))
            found.append(_Placed(Paragraph(text, ()), start, cursor))
            continue
        runs, start, end = _piecewise(text, scanned, cursor)
        if runs:
            cursor = end
            found.append(_Placed(Paragraph(text, runs), start, end))
    return found


def _placed(located: Sequence[_Placed], scanned: Scanned) -> list[_Placed]:
    """The paragraphs as the page sets them: what the extractor joined is parted, what it changed is as written.

    A table's row stays one paragraph, and so does a paragraph whose words stand scattered.
    """
    placed: list[_Placed] = []
    starts = [block.stream_start for block in scanned.blocks]
    for item in located:
        first = max(bisect_right(starts, item.start) - 1, 0)
        touched = [b for b in scanned.blocks[first : bisect_left(starts, item.end)] if b.stream_end > item.start]
        if item.paragraph.runs and len(touched) != 1 and not _is_row(touched):
            placed += _whole_blocks(item, touched, scanned)
            continue
        if (item.paragraph.runs and len(touched) != 1) or _is_row(touched):
            runs = item.paragraph.runs or scanned.runs(item.text, item.start)
            placed.append(_Placed(Paragraph(item.text, runs), item.start, item.end))
            continue
        for block in touched:
            text, start, end = block.part(item.start, item.end)
            if text and not (placed and start < placed[-1].end and end > placed[-1].start):
                placed.append(_Placed(Paragraph(text, scanned.runs(text, start)), start, end))
    return placed


def _whole_blocks(item: _Placed, blocks: Sequence[Block], scanned: Scanned) -> list[_Placed]:
    """A paragraph whose words stand scattered over lines of the page: those of the lines that it holds most of.

    Where it holds most of none, it is left as it is.
    """
    whole: list[_Placed] = []
    for block in blocks:
        held = sum(
            min(run.raw_end, block.raw_end) - max(run.raw_start, block.raw_start)
            for run in item.paragraph.runs
            if run.raw_end > block.raw_start and run.raw_start < block.raw_end
        )
        if held * 5 >= 4 * (block.stream_end - block.stream_start):
            text, start, end = block.part(block.stream_start, block.stream_end)
            whole.append(_Placed(Paragraph(text, scanned.runs(text, start)), start, end))
    return whole or [item]


def _is_row(blocks: Sequence[Block]) -> bool:
    """Whether blocks are the cells of a table's row, not the lines of a story that is set in a table."""
    return len(blocks) > 1 and all(b.tag in ("td", "th") and len(b.text) <= _LONGEST_CELL for b in blocks)


def _located(text: str, stream: str, cursor: int) -> tuple[str, int]:
    """Where a paragraph stands, the list mark that the extractor may have put before it taken off."""
    forms = [text]
    if text[:2] in ("- ", "* ", "• ") and len(text) > 2:
        forms.append(text[2:])
    for form in forms:
        start = stream.find(stream_of(form), cursor)
        if start >= 0:
            return form, start
    for form in forms:
        start = stream.find(stream_of(form))
        if start >= 0:
            return form, start
    return forms[-1] if len(forms) > 1 and stream_of(forms[-1]) else text, -1


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


@dataclass(frozen=True)
class _Page:
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
        """The letters of some blocks, as `lines.shared` compares them."""
        return set().union(*(grams(self.scanned.blocks[i].text) for i in blocks))

    @cached_property
    def standfirsts(self) -> frozenset[str]:
        """The streams of the lines that the markup calls a standfirst."""
        return frozenset() if self.tree is None else frozenset(map(stream_of, marked_standfirsts(self.tree)))


def _judged(
    placed: list[_Placed], page_read: _Page, title: str | None, furniture: Collection[str], language: str
) -> list[_Placed]:
    """Drop short lines that the line model, seeing them among their neighbours, takes for furniture; mend small gaps.

    The extractor goes by markup and likes anything inside the story's element; the line model knows that a lone
    headline between two paragraphs, or a name below the last, is not the story. Running text is never dropped here.
    """
    scanned = page_read.scanned
    kept = _kept_blocks(scanned, placed)
    if not kept:
        return placed
    title_block = _title_block(scanned.blocks, title, kept)
    first = min(kept) if title_block is None or title_block > min(kept) else title_block
    region = [i for i in range(first, max(kept) + 1) if scanned.blocks[i].text]
    if len(region) > _MOST_REGION:
        return placed
    texts = [scanned.blocks[i].text for i in region]
    page = label_lines(texts, language, title_hint=title, furniture=furniture)
    dropped = {stream_of(texts[k]) for k in range(len(region)) if _overruled(k, page, scanned.blocks, region)}
    left = [item for item in placed if stream_of(item.text) not in dropped]
    if title_block is not None and title_block > min(kept):
        left = _from_title_on(left, scanned.blocks[title_block], language)
    left = _without_islands(_without_pull_quotes(left, scanned), scanned, language)
    while left and features_of(left[-1].text, language).announces_nothing:
        left.pop()
    gaps = [*_standfirst(page, page_read, region, kept, title_block), *_gaps(page, scanned.blocks, region, kept)]
    mended = [scanned.blocks[region[k]] for k in gaps]
    for block in mended:
        text, start, end = block.part(block.stream_start, block.stream_end)
        left.append(_Placed(Paragraph(text, scanned.runs(text, start)), start, end))
    return sorted(left, key=lambda item: item.start) if mended else left


def _without_pull_quotes(placed: list[_Placed], scanned: Scanned) -> list[_Placed]:
    """The paragraphs without those that set words of another one again in large letters. Headings may quote."""
    starts = [block.stream_start for block in scanned.blocks]
    streams = [stream_of(item.text) for item in placed]
    kept: list[_Placed] = []
    for n, item in enumerate(placed):
        block = scanned.blocks[max(bisect_right(starts, item.start) - 1, 0)]
        if len(item.text) <= _LONGEST_QUOTE and not block.tag.startswith("h"):
            words = (stream_of(block.lines[0]) if len(block.lines) > 1 else streams[n]).strip(_QUOTE_MARKS)
            others = (other for m, other in enumerate(streams) if m != n and len(other) > len(streams[n]))
            if len(words) >= _SHORTEST_QUOTE and any(words in other for other in others):
                continue
        kept.append(item)
    return kept


def _without_islands(placed: list[_Placed], scanned: Scanned, language: str) -> list[_Placed]:
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


def _from_title_on(placed: list[_Placed], title: Block, language: str) -> list[_Placed]:
    """The paragraphs without short lines above the title (the site's name, a kicker), if no prose stands there."""
    above = [item for item in placed if item.start < title.stream_start]
    if any(features_of(item.text, language).is_prose for item in above):
        return placed
    return placed[len(above) :]


def _standfirst(
    page: PageLines, read: _Page, region: Sequence[int], kept: set[int], title_block: int | None
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
        elif block.tag == "li" and page.features[k].ends_as_statement:
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
    if not broken or above.link_share < _LINKED or len(above.text) < 20:
        return False
    return shared(above.text, grams(feature.text)) >= 0.35


# Putting the parts together


def _parts(
    document: RawDocument,
    scanned: Scanned,
    metadata: Metadata,
    title: str | None,
    placed: list[_Placed],
    language: str,
    hinted: str | None,
) -> PageParts:
    body = [item.text for item in placed]
    if not body:
        language = UNDETERMINED
    if language == UNDETERMINED:
        language = hinted or normalise_language(metadata.language) or language
    kept = _kept_blocks(scanned, placed)
    title_block = _title_block(scanned.blocks, title, kept)
    near = _near(title_block, kept, len(scanned.blocks))
    features, labels = _read_closely(scanned.blocks, near, language, kept, title_block)
    by_block = {i: _whole_label(scanned.blocks[i], language, i, kept, title_block) for i in near}
    title_at = next((k for k, label in enumerate(labels) if label.kind == "title"), None)
    clues = list(metadata.clues)
    clues += [c for c in (clue_of_hint(document.date_hint, language), date_in_address(metadata.url)) if c]
    received = received_day(document)
    declared = [c for c in clues if c.basis in ("json_ld", "meta") and is_plausible(c, received)]
    if not any(clue.precision in ("day", "minute") for clue in declared):
        clues += visible_dates(features, labels, title_at)
        clues += shown_ages(features, labels, title_at, document.crawled_at)
        clues += clues_in_lead(body, language, [c for c in clues if c.precision in ("year", "month")])
    publisher = find_publisher(features, labels, metadata.url, document.publisher_hint or metadata.publisher)
    state = read_state(metadata.scripts, title) if not (metadata.authors and declared) else ScriptState()
    if not declared:
        clues += [clue for stamp in state.published if (clue := clue_of_stamp(stamp, "script", language))]
    authors = (
        given_authors(document.author_hint, publisher)
        or metadata.authors
        or find_authors(features, labels, title_at, publisher=publisher)
        or labelled_authors((scanned.blocks[i].chunks for i in _around(title_block, kept, near)), language)
        or people_credited(state.authors, publisher, language)
        or signature_below(scanned.raw, scanned.blocks, kept, language)
        or credited_in_text(body, language)
        or told_of_below(scanned.raw, scanned.blocks, kept, "\n".join(body[:-1]))
        or metadata.credited
        or desks_credited(state.authors, publisher, language)
        or find_authors(features, labels, title_at, desks=True)
        or agency_named_as_source(features, labels)
    )
    authors += co_credited(features, labels, authors)
    shown = clean_title(title, [publisher] if publisher else [], [title] if title else [])
    if title_block is None and shown != title:
        title_block = _title_block(scanned.blocks, shown, kept)
    cuts, undated = _cuts(scanned.blocks, kept, title_block, by_block)
    return PageParts(
        title=shown,
        authors=without_publisher(authors, publisher),
        publisher=publisher,
        url=metadata.url,
        language=language,
        paragraphs=tuple(item.paragraph for item in placed),
        cuts=cuts,
        clues=tuple(clues),
        undated_because=undated,
    )


def _around(title_block: int | None, kept: set[int], near: Sequence[int]) -> list[int]:
    """The blocks between headline and story, and those right around both."""
    first, last = min(kept, default=0), max(kept, default=0)
    top = first if title_block is None else min(title_block, first)
    return [i for i in near if i not in kept and (top - 3 <= i < first or last < i <= last + 3)]


def _read_closely(
    blocks: Sequence[Block], near: Sequence[int], language: str, kept: set[int], title_block: int | None
) -> tuple[list[LineFeatures], list[Label]]:
    """The lines that may tell author, date and publisher: the blocks, cut ones parted where elements touch."""
    features: list[LineFeatures] = []
    labels: list[Label] = []
    for i in near:
        block = blocks[i]
        lines = (block.text,) if i in kept or i == title_block else block.lines
        for line in lines:
            features.append(features_of(line, language))
            labels.append(_block_label(block, features[-1], i, kept, title_block))
    return features, labels


def _whole_label(block: Block, language: str, i: int, kept: set[int], title_block: int | None) -> Label:
    return _block_label(block, features_of(block.text, language), i, kept, title_block)


def _kept_blocks(scanned: Scanned, placed: Sequence[_Placed]) -> set[int]:
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


def _title_block(blocks: Sequence[Block], title: str | None, kept: set[int]) -> int | None:
    key = line_key(title or "")
    if not key:
        return None
    found = [i for i, block in enumerate(blocks) if block.key == key and i not in kept]
    headed = [i for i in found if blocks[i].tag in ("h1", "h2")]
    # The headline may stand beside the name of a section.
    around = [
        i for i, block in enumerate(blocks) if block.tag == "h1" and block.key.endswith(f" {key}") and i not in kept
    ]
    return next(iter(headed or found or around), None)


def _near(title_block: int | None, kept: set[int], count: int) -> list[int]:
    """Blocks that may tell author, date and publisher: those around title and body, and the last ones."""
    anchors = [*([title_block] if title_block is not None else []), *([min(kept), max(kept)] if kept else [])]
    if not anchors:
        return list(range(min(count, 4 * _NEAR)))
    first, last = min(anchors), max(anchors)
    around = set(range(max(first - _NEAR, 0), min(last + _NEAR, count)))
    if last - first > 12 * _NEAR:
        around -= set(range(first + 6 * _NEAR, last - _NEAR))
    return sorted(around | set(range(max(count - 5, 0), count)))


def _block_label(block: Block, feature: LineFeatures, i: int, kept: set[int], title_block: int | None) -> Label:
    if i in kept:
        return Label("body")
    if i == title_block:
        return Label("title")
    if block.container in ("nav", "footer", "aside") and not feature.is_date_line:
        reason = feature.overt_reason if block.container == "footer" else None
        return Label("drop", reason or _REASON_OF_CONTAINER[block.container])
    if block.container in ("nav", "footer", "aside"):
        return Label("drop", _REASON_OF_CONTAINER[block.container])
    return Label("drop", feature.overt_reason or _block_reason(block) or "header")


def _block_reason(block: Block) -> str | None:
    if block.container:
        return _REASON_OF_CONTAINER[block.container]
    if block.link_share >= _LINKED:
        return "related_story" if len(block.text.split()) >= 5 else "navigation"
    return None


def _cuts(
    blocks: Sequence[Block], kept: set[int], title_block: int | None, labels: dict[int, Label]
) -> tuple[tuple[Cut, ...], str | None]:
    cuts: list[Cut] = []
    undated: str | None = None
    for i, block in enumerate(blocks):
        if i in kept or i == title_block:
            continue
        label = labels.get(i)
        reason = (label.reason if label else None) or _block_reason(block) or "outside_story"
        if reason == "copyright" and undated is None and any(c.isdigit() for c in block.text):
            undated = "none: no date in markup, address or visible lines; a copyright year is no date"
        cuts.append(Cut(block.text, reason, block.raw_start, block.raw_end))
    return tuple(cuts), undated
