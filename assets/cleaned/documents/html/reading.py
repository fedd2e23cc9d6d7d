"""Reading a page that came as HTML: trafilatura finds the story, the scanner finds its characters in the raw text."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from assets.cleaned.documents.addresses import date_in_address, site_label
from assets.cleaned.documents.characters import has_digit
from assets.cleaned.documents.credits.agency_credits import (
    agency_beside_place,
    agency_named_as_source,
    co_credited,
    source_beside,
)
from assets.cleaned.documents.credits.author_marks import marked_authors
from assets.cleaned.documents.credits.bylines import find_authors, labelled_authors, settled
from assets.cleaned.documents.credits.declared import (
    authors_by_marks,
    credited_by_marks,
    desks_credited,
    given_authors,
    people_credited,
    shown_with,
    without_publisher,
)
from assets.cleaned.documents.credits.publishers import find_publisher
from assets.cleaned.documents.credits.signatures import (
    credited_in_text,
    initials_in_text,
    signature_above,
    signature_below,
    told_of_below,
)
from assets.cleaned.documents.dates.publication import clue_of_hint, clue_of_stamp, clues_in_lead, is_plausible
from assets.cleaned.documents.html.json_body import declared_paragraphs
from assets.cleaned.documents.html.judging import ReadPage, judged, linked_keys, title_block_of, without_furniture
from assets.cleaned.documents.html.metadata import Metadata, read_metadata
from assets.cleaned.documents.html.placing import Placed, kept_blocks, left_of_kept, located_all, placed_paragraphs
from assets.cleaned.documents.html.regions import remove_regions
from assets.cleaned.documents.html.scan import scan
from assets.cleaned.documents.html.scanned import LINKED, Block, Scanned
from assets.cleaned.documents.html.script_state import ScriptState, read_state
from assets.cleaned.documents.html.story import find_story, parsed, strip
from assets.cleaned.documents.language import UNDETERMINED, detect_language, normalise_language
from assets.cleaned.documents.lines.features import LineFeatures, features_of
from assets.cleaned.documents.lines.model import Label
from assets.cleaned.documents.page import Cut, PageParts
from assets.cleaned.documents.phrases import fold, line_key
from assets.cleaned.documents.plain_text import masthead_dates, received_day, shown_ages, visible_dates
from assets.cleaned.documents.titles import clean_title
from assets.raw.documents.rows import RawDocument

_LEAST_SHOWN, _LEAST_DECLARED = 100, 200  # characters
# Pages of before style sheets; the day in the head of such a page is its issue's, not that of the reader's visit.
_SET_BY_FONTS = re.compile(r"<font\b[^>]*\bsize\b|<body\b[^>]*\bbgcolor\b", re.I)
_NEAR = 15  # blocks around title and body that are read closely
_REASON_OF_CONTAINER = {
    "nav": "navigation",
    "footer": "footer",
    "aside": "related_story",
    "figcaption": "caption",
    "form": "form",
    "button": "navigation",
}


def read_html(document: RawDocument, furniture: Collection[str] = ()) -> PageParts:
    """The parts of an HTML page. A page that the extractor cannot read goes through the line model instead."""
    scanned = scan(document.text)
    tree = parsed(document.text)
    hinted = normalise_language(document.language_hint)
    metadata = Metadata(url=document.url)
    if tree is not None:
        likely = hinted or normalise_language(tree.get("lang")) or "en"
        metadata = read_metadata(tree, document.url, likely)
        marked = list(marked_authors(tree))
        if metadata.authors:
            shown = shown_with(metadata.authors, marked, metadata.publisher, likely)
            metadata = replace(metadata, authors=shown) if shown != metadata.authors else metadata
        else:
            metadata = replace(metadata, authors=authors_by_marks(marked, metadata.publisher, likely))
        if not metadata.authors and not metadata.credited:
            metadata = replace(metadata, credited=credited_by_marks(marked, metadata.publisher, likely))
        strip(tree)
        remove_regions(tree)
    title = _title(document, metadata, scanned)
    found, language = find_story(tree, metadata, scanned, title, furniture)
    placed = placed_paragraphs(located_all(found, scanned), scanned)
    linked = linked_keys(scanned, {line_key(item.text) for item in placed})
    placed = without_furniture(placed, title, linked, furniture, language)
    # What is left of a very short page is its story.
    placed = judged(placed, ReadPage(scanned, tree, metadata), title, furniture, language) or placed
    if sum(len(item.text) for item in placed) < _LEAST_SHOWN:
        # A page that shows no story until its scripts have run may hold one for machines.
        declared = declared_paragraphs(document.text)
        if sum(len(paragraph.text) for paragraph in declared) >= _LEAST_DECLARED:
            placed = [Placed(paragraph, 0, 0) for paragraph in declared]
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
        if block.tag == "h2" or (block.link_share < LINKED and any(end in block.text for end in ends))
    ]
    sites = [name for name in (metadata.publisher, document.publisher_hint, site_label(metadata.url)) if name]
    return clean_title(declared, sites, [*metadata.headings, *shown])


def _first_heading(blocks: Sequence[Block]) -> str | None:
    return next((block.text for block in blocks if block.tag == "h1"), None)


# Putting the parts together


def _parts(
    document: RawDocument,
    scanned: Scanned,
    metadata: Metadata,
    title: str | None,
    placed: list[Placed],
    language: str,
    hinted: str | None,
) -> PageParts:
    body = [item.text for item in placed]
    if not body:
        language = UNDETERMINED
    if language == UNDETERMINED:
        language = hinted or normalise_language(metadata.language) or language
    kept = kept_blocks(scanned, placed)
    title_block = title_block_of(scanned.blocks, title, kept)
    near = _near(title_block, kept, len(scanned.blocks))
    features, labels = _read_closely(scanned.blocks, near, language, kept, title_block)
    by_block = {i: _whole_label(scanned.blocks[i], language, i, kept, title_block) for i in near}
    title_at = next((k for k, label in enumerate(labels) if label.kind == "title"), None)
    clues = list(metadata.clues)
    clues += [c for c in (clue_of_hint(document.date_hint, language), date_in_address(metadata.url)) if c]
    received = received_day(document)
    declared = [c for c in clues if c.basis in ("json_ld", "meta") and is_plausible(c, received)]
    if declared and not all(clue.is_local for clue in declared):
        clues += visible_dates(features, labels, title_at, updates=False)
    if not any(clue.precision in ("day", "minute") for clue in declared):
        clues += visible_dates(features, labels, title_at)
        if not any(clue.precision in ("day", "minute") for clue in clues) and _SET_BY_FONTS.search(scanned.raw):
            clues += masthead_dates(features, title_at)
        clues += shown_ages(features, labels, title_at, document.crawled_at)
        clues += clues_in_lead(body, language, [c for c in clues if c.precision in ("year", "month")])
    publisher = find_publisher(features, labels, metadata.url, document.publisher_hint or metadata.publisher)
    state = read_state(metadata.scripts, title) if not (metadata.authors and declared) else ScriptState()
    if not declared:
        clues += [clue for stamp in state.published if (clue := clue_of_stamp(stamp, "script", language))]
    slug = agency_beside_place(features, labels, title_at, "\n".join(body))
    town = slug[1:] if slug else None  # which may be written as a name is
    authors = (
        given_authors(document.author_hint, publisher)
        or settled(metadata.authors if metadata.authors != town else (), features, labels, title_at, publisher)
        or (found if (found := find_authors(features, labels, title_at, publisher=publisher)) != town else ())
        or labelled_authors((scanned.blocks[i].chunks for i in _around(title_block, kept, near)), language)
        or people_credited(state.authors, publisher, language)
        or signature_below(scanned.raw, scanned.blocks, kept, language)
        or credited_in_text(body, language)
        or signature_above(scanned.raw, scanned.blocks, kept, language)
        or told_of_below(scanned.raw, scanned.blocks, kept, "\n".join(body[:-1]))
        or initials_in_text(body)
        or (slug[:1] if slug else ())
        or metadata.credited
        or desks_credited(state.authors, publisher, language)
    )
    told: tuple[str, ...] = ()  # as the page shows it: beside others, the house's own name counts
    if not authors:
        told = find_authors(features, labels, title_at, desks=True) or agency_named_as_source(features, labels)
        authors = told
    captions = {line for i in near if scanned.blocks[i].container == "figcaption" for line in scanned.blocks[i].lines}
    authors += co_credited(features, labels, authors) or source_beside(features, labels, title_at, authors, captions)
    if title and title_block is not None and fold(scanned.blocks[title_block].text) == fold(title):
        title = scanned.blocks[title_block].text  # in capitals, say, as the reader sees it
    shown = clean_title(title, [publisher] if publisher else [], [title] if title else [])
    if title_block is None and shown != title:
        title_block = title_block_of(scanned.blocks, shown, kept)
    cuts, undated = _cuts(scanned.blocks, kept, title_block, by_block, left_of_kept(scanned, placed, kept))
    return PageParts(
        title=shown,
        authors=authors if told and len(authors) > 1 else without_publisher(authors, publisher),
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
    if block.link_share >= LINKED:
        return "related_story" if len(block.text.split()) >= 5 else "navigation"
    return None


def _cuts(
    blocks: Sequence[Block],
    kept: set[int],
    title_block: int | None,
    labels: dict[int, Label],
    left: Mapping[int, Sequence[Cut]],
) -> tuple[tuple[Cut, ...], str | None]:
    cuts: list[Cut] = []
    undated: str | None = None
    for i, block in enumerate(blocks):
        if i in kept or i == title_block:
            cuts += left.get(i, ())
            continue
        label = labels.get(i)
        reason = (label.reason if label else None) or _block_reason(block) or "outside_story"
        if reason == "copyright" and undated is None and has_digit(block.text):
            undated = "none: no date in markup, address or visible lines; a copyright year is no date"
        cuts.append(Cut(block.text, reason, block.raw_start, block.raw_end))
    return tuple(cuts), undated
