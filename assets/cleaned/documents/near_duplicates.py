"""Near-duplicates and syndication: which pages tell the same text, and which of them stands for the rest.

MinHash signatures over runs of three words, banded so that only likely pairs are compared. New pages are compared
with each other and with the signatures of all earlier ones; the result does not depend on their order.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from rensa import RMinHash

from assets.cleaned.documents.rows import CleanedDocument

# Two pages are near-duplicates from this share of common shingles (Jaccard) on.
THRESHOLD = 0.7
# Version 2 of rensa's R-MinHash; signatures of another version or seed cannot be compared.
SIGNATURE_VERSION = "rminhash2-128-42"
_PERMUTATIONS = 128
_SEED = 42
_BAND = 4  # rows a band: a pair at the threshold shares one of the 32 bands with probability above 0.999
_WORD = re.compile(r"[^\W_]+")
_SHINGLE_CHARACTERS = 6
_LEAST_SHINGLES = 12  # shorter texts (a caption, a paywall's sentence) are alike by chance
_WORTH_READING = 0.55  # estimated share from which an earlier page's text is fetched and compared


@dataclass(frozen=True)
class Signature:
    """What is kept of a page to recognise its copies. `slots` is empty for a text too short to compare."""

    document_id: str
    canonical_document_id: str
    published: date | None
    slots: tuple[int, ...]


@dataclass(frozen=True)
class Clustering:
    """The result for one batch.

    `documents` are the batch's, with `canonical_document_id` set; `signatures` theirs, to be kept for later batches;
    `moved` tells, for earlier pages whose canonical page has changed, the new one.
    """

    documents: tuple[CleanedDocument, ...]
    signatures: tuple[Signature, ...]
    moved: Mapping[str, str]


def cluster(
    documents: Sequence[CleanedDocument],
    known: Iterable[Signature] = (),
    text_of: Callable[[str], str | None] | None = None,
) -> Clustering:
    """Set the canonical page of every page of a batch, against each other and the pages known from earlier batches.

    `text_of` gives the body of an earlier page by its id, so that a likely pair can be compared exactly; without it
    (or where it gives None) the signatures' estimate decides, which errs near the threshold.
    The canonical page of a cluster is its earliest published one, undated ones last, then the one of smallest id.
    """
    new = {document.document_id for document in documents}
    earlier = {s.document_id: s for s in known if s.document_id not in new}
    shingled = [shingles(document.text) for document in documents]
    slots = signatures_of(shingled)
    published = {s.document_id: s.published for s in earlier.values()}
    published |= {d.document_id: d.published for d in documents}
    clusters = _Clusters(published)
    for signature in earlier.values():
        if signature.canonical_document_id in earlier:
            clusters.join(signature.document_id, signature.canonical_document_id)
    buckets = _buckets(earlier.values())
    own = {d.document_id: i for i, d in enumerate(documents)}
    for i, document in enumerate(documents):
        bands = _bands(slots[i])
        for other in _candidates(bands, buckets):
            j = own.get(other)
            if j is not None:
                similarity = _jaccard(shingled[i], shingled[j])
            else:
                similarity = _similarity(shingled[i], slots[i], earlier[other], text_of)
            if similarity >= THRESHOLD:
                clusters.join(document.document_id, other)
        _insert(document.document_id, bands, buckets)
    canonical = clusters.canonical()
    updated = tuple(replace(d, canonical_document_id=canonical[d.document_id]) for d in documents)
    return Clustering(
        documents=updated,
        signatures=tuple(
            Signature(d.document_id, d.canonical_document_id, d.published, s)
            for d, s in zip(updated, slots, strict=True)
        ),
        moved={
            s.document_id: canonical[s.document_id]
            for s in earlier.values()
            if canonical[s.document_id] != s.canonical_document_id
        },
    )


def shingles(text: str) -> frozenset[str]:
    """The runs of three words of a text in small letters; of six characters in scripts that do not part words."""
    words = _WORD.findall(text.lower())
    if len(text) > 14 * max(len(words), 1):
        joined = "".join(words)
        return frozenset(joined[i : i + _SHINGLE_CHARACTERS] for i in range(len(joined) - _SHINGLE_CHARACTERS + 1))
    return frozenset(map(" ".join, zip(words, words[1:], words[2:], strict=False)))


def signatures_of(shingled: Sequence[frozenset[str]]) -> list[tuple[int, ...]]:
    """MinHash signatures of sets of shingles; () for a set too small to compare."""
    large = [list(s) for s in shingled if len(s) >= _LEAST_SHINGLES]
    digests = iter(RMinHash.digests_from_token_sets(large, _PERMUTATIONS, _SEED) if large else ())
    return [tuple(next(digests)) if len(s) >= _LEAST_SHINGLES else () for s in shingled]


# One table a band, from the band's bytes to the documents that share it.
_Buckets = list[dict[bytes, list[str]]]


def _bands(slots: tuple[int, ...]) -> list[bytes]:
    packed = array("Q", slots).tobytes()
    size = 8 * _BAND
    return [packed[start : start + size] for start in range(0, len(packed), size)]


def _insert(document_id: str, bands: list[bytes], buckets: _Buckets) -> None:
    for table, band in zip(buckets, bands, strict=False):
        table.setdefault(band, []).append(document_id)


def _buckets(signatures: Iterable[Signature]) -> _Buckets:
    buckets: _Buckets = [{} for _ in range(_PERMUTATIONS // _BAND)]
    for signature in signatures:
        _insert(signature.document_id, _bands(signature.slots), buckets)
    return buckets


def _candidates(bands: list[bytes], buckets: _Buckets) -> list[str]:
    found = {o for table, band in zip(buckets, bands, strict=False) if band in table for o in table[band]}
    return sorted(found)


def _jaccard(one: frozenset[str], other: frozenset[str]) -> float:
    common = len(one & other)
    return common / (len(one) + len(other) - common) if common else 0.0


def _similarity(
    own: frozenset[str], slots: tuple[int, ...], other: Signature, text_of: Callable[[str], str | None] | None
) -> float:
    estimate = _estimate(slots, other.slots)
    text = text_of(other.document_id) if text_of is not None and estimate >= _WORTH_READING else None
    return estimate if text is None else _jaccard(own, shingles(text))


def _estimate(one: tuple[int, ...], other: tuple[int, ...]) -> float:
    if len(one) != len(other) or not one:
        return 0.0
    return sum(a == b for a, b in zip(one, other, strict=True)) / len(one)


class _Clusters:
    """Disjoint sets of document ids."""

    def __init__(self, published: Mapping[str, date | None]) -> None:
        self._parent = {document_id: document_id for document_id in published}
        self._published = published

    def _root(self, document_id: str) -> str:
        while self._parent[document_id] != document_id:
            self._parent[document_id] = self._parent[self._parent[document_id]]
            document_id = self._parent[document_id]
        return document_id

    def join(self, one: str, other: str) -> None:
        a, b = self._root(one), self._root(other)
        if a != b:
            first, second = sorted((a, b), key=self._order)
            self._parent[second] = first

    def canonical(self) -> dict[str, str]:
        """The canonical member of every document's set: the root, since joins keep the first in order as root."""
        return {document_id: self._root(document_id) for document_id in self._parent}

    def _order(self, document_id: str) -> tuple[date, str]:
        return self._published[document_id] or date.max, document_id
