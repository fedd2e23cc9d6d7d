"""Lines that recur across the pages of one publisher: menus, banners and footers that no phrase list knows.

A line is judged by the pages of the batch it is in and by the publisher's latest pages of earlier batches, never of
later ones. So a batch that is cleaned again gives what it gave before, however many batches have come since; and a
page that came when little was known of its publisher stays as it was until its batch is cleaned again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b

from assets.cleaned.documents.addresses import host_of
from assets.cleaned.documents.html.scan import scan
from assets.cleaned.documents.phrases import line_key
from assets.cleaned.documents.plain_text import split_lines
from assets.cleaned.page_lines.rows import PageLines
from assets.raw.documents.rows import RawDocument

_LEAST_PAGES = 4
_LEAST_SHARE = 0.3
_LONGEST_LINE = 300
_LONGEST_LINES = 5  # by which copies of a page are known


@dataclass(frozen=True)
class Furniture:
    """The keys (`phrases.line_key`) of the lines that recur across the pages of one publisher."""

    keys: frozenset[str] = frozenset()


NO_FURNITURE = Furniture()


@dataclass(frozen=True)
class Recurrence:
    """How many pages of earlier batches a publisher has, and on how many of them each line stands.

    `pages` by publisher, `lines` by publisher and hash of the line. Copies of a page count once.
    """

    pages: Mapping[str, int]
    lines: Mapping[tuple[str, int], int]


NOTHING_BEFORE = Recurrence({}, {})


def publisher_key(document: RawDocument) -> str:
    """What pages of one publisher share: the publisher given with them, their host, or the folder they lie in."""
    if document.publisher_hint:
        return f"publisher:{line_key(document.publisher_hint)}"
    host = host_of(document.url)
    if host:
        return f"host:{host}"
    return f"folder:{document.source_path.rpartition('/')[0]}"


@dataclass(frozen=True)
class KeyedPage:
    """A page's row of `cleaned.page_lines`, and the keys that its line hashes stand for."""

    row: PageLines
    keys: Mapping[int, str]


def keyed_page(document: RawDocument) -> KeyedPage:
    """The lines of a page as keys and hashes."""
    keys = _keys(document)
    longest = _hash("\n".join(sorted(keys, key=lambda key: (len(key), key))[-_LONGEST_LINES:]))
    hashed = {_hash(key): key for key in keys if 0 < len(key) <= _LONGEST_LINE}
    address = _hash(document.url.partition("#")[0].partition("?")[0]) if document.url else longest
    row = PageLines(
        document.document_id, document.batch, publisher_key(document), address, longest, tuple(sorted(hashed))
    )
    return KeyedPage(row, hashed)


def find_furniture(pages: Sequence[KeyedPage], before: Recurrence = NOTHING_BEFORE) -> Mapping[str, Furniture]:
    """For every page of a batch, by its document, the lines that recur across the pages of its publisher.

    A line is furniture if it stands on at least four pages and on three in ten of the publisher's.
    """
    groups: dict[str, list[KeyedPage]] = defaultdict(list)
    for page in pages:
        groups[page.row.publisher].append(page)
    found: dict[str, Furniture] = {}
    for publisher, members in groups.items():
        total = _distinct(page.row for page in members) + before.pages.get(publisher, 0)
        furniture = _recurring(publisher, members, before, total) if total >= _LEAST_PAGES else NO_FURNITURE
        found |= {page.row.document_id: furniture for page in members}
    return found


def _recurring(publisher: str, pages: Sequence[KeyedPage], before: Recurrence, total: int) -> Furniture:
    bearers: dict[int, list[PageLines]] = defaultdict(list)
    keys: dict[int, str] = {}
    for page in pages:
        keys |= page.keys
        for line in page.row.lines:
            bearers[line].append(page.row)
    least = max(_LEAST_PAGES, _LEAST_SHARE * total)
    return Furniture(
        frozenset(
            keys[line]
            for line, rows in bearers.items()
            if len(rows) + (earlier := before.lines.get((publisher, line), 0)) >= least
            and _distinct(rows) + earlier >= least
        )
    )


def _distinct(rows: Iterable[PageLines]) -> int:
    """How many pages these are, pages of one address or of one text counted once."""
    pairs = [(row.page, row.copy) for row in rows]
    return min(len({page for page, _ in pairs}), len({copy for _, copy in pairs}))


def _hash(text: str) -> int:
    return int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big", signed=True)


def _keys(document: RawDocument) -> set[str]:
    if document.media_type == "text/html":
        return {line_key(block.text) for block in scan(document.text).blocks}
    return {line_key(line.text) for line in split_lines(document.text, document.hint_end)}
