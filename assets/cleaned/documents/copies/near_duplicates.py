"""Near-duplicates and syndication: which pages tell the same text, and which of them stands for the rest.

Two pages are near-duplicates if their sets of shingles (`shingles.py`) have a Jaccard share of `THRESHOLD` at least;
a cluster is what such pairs hold together. MinHash signatures, cut into bands, say which pairs are worth comparing,
and every pair that is joined has been compared exactly. So the clusters are a property of the pages alone: neither
their order nor the batches they came in have a say. A translated copy shares no shingles and is no near-duplicate.

Plain values in and out; what is read from and written to the warehouse is in `clusters.py`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain

import numpy as np
import numpy.typing as npt
from rensa import RMinHash

from assets.cleaned.documents.copies.shingles import Hashes, chunks_of_shingles, jaccard

# Two pages are near-duplicates from this share of common shingles (Jaccard) on.
THRESHOLD = 0.7
_PERMUTATIONS = 96
_SEED = 42
# Slots a band: a pair at the threshold shares one of the 24 bands with probability 1 - (1 - 0.7**4)**24 = 0.9986.
_BAND = 4
# Signatures of another version cannot be compared: raise it with any change of shingles, permutations or bands.
SIGNATURE_VERSION = "shingles3-rminhash2-96x4-42"
_LEAST_SHINGLES = 12  # shorter texts (a caption, a paywall's sentence) are alike by chance
_TEXTS_AT_ONCE = 1000


@dataclass(frozen=True)
class Signature:
    """What is kept of a text to recognise its copies.

    Texts of one `fingerprint` have the same shingles; texts that share one of the `bands` are worth comparing. Both
    are 64-bit and signed, as a warehouse keeps them. A text too short to compare has no bands, and 0 for fingerprint.
    """

    fingerprint: int
    bands: tuple[int, ...]


TOO_SHORT = Signature(0, ())


@dataclass(frozen=True)
class Page:
    """A page to be clustered. `canonical_document_id` is None until it has been; then it names its cluster."""

    document_id: str
    published: date | None
    signature: Signature
    canonical_document_id: str | None = None


def sign(texts: Sequence[str]) -> list[Signature]:
    """The signatures of texts."""
    return [
        Signature(fingerprint, tuple(bands)) if bands else TOO_SHORT
        for fingerprints, matrix in _signed(texts)
        for fingerprint, bands in zip(fingerprints, matrix, strict=True)
    ]


def cluster(
    pages: Sequence[Page], texts_of: Callable[[Sequence[str]], Mapping[str, str]], settled: Sequence[Page] = ()
) -> dict[str, str]:
    """The canonical page of every page of `pages`, and of every settled cluster whose canonical page has changed.

    `settled` are pages that have been clustered before and may be alike one of `pages`, and the canonical pages of
    their clusters. `texts_of` gives the texts of some pages by id; it is asked only for pages that share a band. Of a
    page whose text it does not give, only word-by-word copies are recognised.

    The canonical page of a cluster is its earliest published one, undated ones last, then the one of smallest id.
    """
    everyone = [*pages, *settled]
    clusters = _Clusters(everyone)
    clusters.join_settled(settled)
    clusters.join_copies()
    buckets = list(_buckets(everyone, len(pages), clusters))
    comparison = _Comparison([page.document_id for page in everyone], texts_of, buckets)
    for bucket in buckets:
        clusters.join_alike(bucket, len(pages), comparison.alike)
    return clusters.canonical(len(pages))


def _signed(texts: Sequence[str]) -> Iterator[tuple[list[int], list[list[int]]]]:
    """Fingerprints and bands, a chunk of texts at a time; no bands for texts too short to compare."""
    for start, shingles in chunks_of_shingles(texts):
        sets = [shingles.of(i) for i in range(len(shingles))]
        long = [i for i, own in enumerate(sets) if len(own) >= _LEAST_SHINGLES]
        fingerprints, bands = [0] * len(sets), [list[int]()] * len(sets)
        if long:
            offsets = np.cumsum([0, *(len(sets[i]) for i in long)])
            flat = np.concatenate([sets[i] for i in long])
            of_long = _fingerprints(flat, offsets).tolist()
            for i, fingerprint, row in zip(long, of_long, _bands(flat, offsets).tolist(), strict=True):
                fingerprints[i], bands[i] = fingerprint, row
        assert start + len(sets) <= len(texts)
        yield fingerprints, bands


def _fingerprints(sets: Hashes, offsets: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """One number, not 0, for every set of shingles: the `i`th is `sets[offsets[i]:offsets[i + 1]]`, none is empty."""
    sums = np.add.reduceat(sets, offsets[:-1]).view(np.int64)
    return np.where(sums == 0, 1, sums)


def _bands(sets: Hashes, offsets: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """A row of band hashes for every set of shingles; the place of the band is part of its hash."""
    bounds = offsets.astype(np.uint64)
    digests = RMinHash.digest_matrix_from_flat_token_hashes(sets, bounds, _PERMUTATIONS, _SEED)
    slots = np.array(digests.to_rows(), dtype=np.uint64).reshape(len(bounds) - 1, -1, _BAND)
    hashes = np.broadcast_to(np.arange(1, slots.shape[1] + 1, dtype=np.uint64), slots.shape[:2]).copy()
    for place in range(_BAND):
        hashes = (hashes ^ slots[:, :, place]) * np.uint64(0x9E3779B97F4A7C15)
        hashes ^= hashes >> np.uint64(32)
    return hashes.view(np.int64)


def _buckets(everyone: Sequence[Page], active: int, clusters: _Clusters) -> Iterator[list[int]]:
    """Groups of pages that share a band, one of the first `active` among them, copies of one text counted once."""
    firsts = clusters.firsts()
    counts = [len(everyone[i].signature.bands) for i in firsts]
    if not sum(counts):
        return
    bands = np.fromiter(chain.from_iterable(everyone[i].signature.bands for i in firsts), np.int64, sum(counts))
    owners = np.repeat(np.array(firsts), counts)
    order = np.argsort(bands, kind="stable")
    bands, owners = bands[order], owners[order]
    edges = np.concatenate(([0], np.flatnonzero(bands[1:] != bands[:-1]) + 1, [len(bands)]))
    seen: set[bytes] = set()
    for place in np.flatnonzero(np.diff(edges) > 1):
        members = owners[edges[place] : edges[place + 1]]
        if members[0] < active and (key := members.tobytes()) not in seen:
            seen.add(key)
            yield members.tolist()


class _Comparison:
    """Compares pages exactly; the texts of all that may have to be compared are fetched some at a time."""

    def __init__(
        self,
        document_ids: Sequence[str],
        texts_of: Callable[[Sequence[str]], Mapping[str, str]],
        buckets: Sequence[Sequence[int]],
    ) -> None:
        self._sets: dict[int, Hashes] = {}
        self._verdicts: dict[tuple[int, int], bool] = {}
        wanted = sorted({i for bucket in buckets for i in bucket})
        for start in range(0, len(wanted), _TEXTS_AT_ONCE):
            numbers = wanted[start : start + _TEXTS_AT_ONCE]
            texts = texts_of([document_ids[i] for i in numbers])
            given = [i for i in numbers if document_ids[i] in texts]
            for first, shingles in chunks_of_shingles([texts[document_ids[i]] for i in given]):
                self._sets |= {given[first + i]: shingles.of(i) for i in range(len(shingles))}

    def alike(self, one: int, other: int) -> bool:
        """Whether two pages are near-duplicates."""
        pair = (one, other) if one < other else (other, one)
        if pair not in self._verdicts:
            a, b = self._sets.get(one), self._sets.get(other)
            self._verdicts[pair] = a is not None and b is not None and jaccard(a, b) >= THRESHOLD
        return self._verdicts[pair]


class _Clusters:
    """Disjoint sets of pages, by their numbers. The root of a set is its canonical page."""

    def __init__(self, pages: Sequence[Page]) -> None:
        self._pages = pages
        self._parent = list(range(len(pages)))

    def root(self, i: int) -> int:
        """The canonical page of a page's set."""
        while self._parent[i] != i:
            self._parent[i] = self._parent[self._parent[i]]
            i = self._parent[i]
        return i

    def join(self, one: int, other: int) -> None:
        """Make two pages' sets one."""
        a, b = self.root(one), self.root(other)
        if a != b:
            first, second = sorted((a, b), key=self._order)
            self._parent[second] = first

    def _order(self, i: int) -> tuple[date, str]:
        return self._pages[i].published or date.max, self._pages[i].document_id

    def join_settled(self, settled: Sequence[Page]) -> None:
        """Join pages that have been clustered with their canonical pages."""
        start = len(self._pages) - len(settled)
        numbers = {page.document_id: start + i for i, page in enumerate(settled)}
        for i, page in enumerate(settled, start):
            canonical = numbers.get(page.canonical_document_id or page.document_id)
            if canonical is not None:
                self.join(i, canonical)

    def join_copies(self) -> None:
        """Join the pages of one fingerprint."""
        first_of: dict[int, int] = {}
        for i, page in enumerate(self._pages):
            if page.signature.fingerprint:
                self.join(first_of.setdefault(page.signature.fingerprint, i), i)

    def firsts(self) -> list[int]:
        """The first page of every fingerprint, in order."""
        first_of: dict[int, int] = {}
        for i, page in enumerate(self._pages):
            if page.signature.fingerprint:
                first_of.setdefault(page.signature.fingerprint, i)
        return list(first_of.values())

    def join_alike(self, bucket: Sequence[int], active: int, alike: Callable[[int, int], bool]) -> None:
        """Join the sets of a bucket's pages wherever two pages, one of them active, are alike.

        Pages of one set need no comparison, so that a bucket full of copies costs one comparison a page.
        """
        for member in (i for i in bucket if i < active):
            sets: dict[int, list[int]] = defaultdict(list)
            for other in bucket:
                # Two active pages meet once, from the later of them.
                if (other < member or other >= active) and (root := self.root(other)) != self.root(member):
                    sets[root].append(other)
            for others in sets.values():
                hit = next((other for other in others if alike(member, other)), None)
                if hit is not None:
                    self.join(member, hit)

    def canonical(self, active: int) -> dict[str, str]:
        """The canonical page of the first `active` pages, and of the canonical pages of settled ones that moved."""
        names = [page.document_id for page in self._pages]
        found = {names[i]: names[self.root(i)] for i in range(active)}
        for i in range(active, len(self._pages)):
            canonical = names[self.root(i)]
            before = self._pages[i].canonical_document_id or names[i]
            if before != canonical:
                found[before] = canonical
        return found
