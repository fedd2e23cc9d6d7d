"""Lines that recur across the pages of one publisher: menus, banners and footers that no phrase list knows."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assets.cleaned.documents.addresses import host_of
from assets.cleaned.documents.phrases import line_key
from assets.cleaned.documents.plain_text import split_lines
from assets.cleaned.documents.scan import scan
from assets.raw.documents.rows import RawDocument

_LEAST_PAGES = 4
_LEAST_SHARE = 0.3
_LONGEST_LINE = 300


@dataclass(frozen=True)
class Furniture:
    """The keys (`phrases.line_key`) of the lines that recur across the pages of one publisher."""

    keys: frozenset[str] = frozenset()


NO_FURNITURE = Furniture()


def publisher_key(document: RawDocument) -> str:
    """What pages of one publisher share: the publisher given with them, their host, or the folder they lie in."""
    if document.publisher_hint:
        return f"publisher:{line_key(document.publisher_hint)}"
    host = host_of(document.url)
    if host:
        return f"host:{host}"
    return f"folder:{document.source_path.rpartition('/')[0]}"


def find_furniture(documents: Sequence[RawDocument]) -> Mapping[str, Furniture]:
    """For every document, by its id, the lines that recur across the pages of its publisher.

    A line is furniture if it stands on at least four pages and on three in ten of the publisher's; copies of one page
    count once, so that a story syndicated to itself is not cut.
    """
    groups: dict[str, list[RawDocument]] = defaultdict(list)
    for document in documents:
        groups[publisher_key(document)].append(document)
    found: dict[str, Furniture] = {}
    for members in groups.values():
        furniture = _recurring(members) if len(members) >= _LEAST_PAGES else NO_FURNITURE
        found |= {document.document_id: furniture for document in members}
    return found


def _recurring(documents: Sequence[RawDocument]) -> Furniture:
    counts: Counter[str] = Counter()
    seen: set[tuple[str, ...]] = set()
    for document in documents:
        keys = _keys(document)
        longest = tuple(sorted(keys, key=lambda key: (len(key), key))[-5:])
        if longest in seen:
            continue  # a copy of a page already counted
        seen.add(longest)
        counts.update(key for key in keys if len(key) <= _LONGEST_LINE)
    least = max(_LEAST_PAGES, _LEAST_SHARE * len(seen))
    return Furniture(frozenset(key for key, count in counts.items() if key and count >= least))


def _keys(document: RawDocument) -> set[str]:
    if document.media_type == "text/html":
        return {line_key(block.text) for block in scan(document.text).blocks}
    return {line_key(line.text) for line in split_lines(document.text, document.hint_end)}
