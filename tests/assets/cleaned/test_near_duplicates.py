"""Copies of one story: found within a batch and across batches, whatever the order, with one canonical page."""

from __future__ import annotations

import random
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from assets.cleaned.documents.near_duplicates import cluster, shingles, signatures_of
from assets.cleaned.documents.rows import CleanedDocument

WORDS = [f"{a}{b}{c}" for a in "bdfgklm" for b in "aeiou" for c in "nprstz"]


def _document(name, text, published=None):
    return CleanedDocument(
        document_id=name,
        batch="b",
        url=None,
        title=None,
        authors=(),
        publisher=None,
        published=published,
        published_precision="day" if published else None,
        published_basis="visible" if published else "none: test",
        language="en",
        text=text,
        canonical_document_id=name,
        dropped_share=0.0,
        mojibake=False,
    )


def _story(seed, changed=0, words=200):
    chosen = random.Random(seed).choices(WORDS, k=words)
    for i in random.Random(seed + 1000).sample(range(words), changed):
        chosen[i] = "changed"
    return " ".join(chosen)


STORIES = [
    _document("a1", _story(1), date(2024, 5, 2)),
    _document("a2", _story(1, changed=8), date(2024, 5, 1)),
    _document("a3", _story(1, changed=5)),
    _document("b1", _story(2)),
    _document("b2", _story(2, changed=60)),
    _document("c1", "Too short to tell."),
    _document("c2", "Too short to tell."),
    _document("d1", ""),
    _document("d2", ""),
]
CANONICAL = {d.document_id: d.document_id for d in STORIES} | {"a1": "a2", "a3": "a2"}


@given(st.permutations(STORIES))
@settings(max_examples=20, deadline=None)
def test_one_batch_in_any_order(documents):
    result = cluster(documents)
    assert {d.document_id: d.canonical_document_id for d in result.documents} == CANONICAL
    assert [d.document_id for d in result.documents] == [d.document_id for d in documents]


@given(st.permutations(STORIES), st.integers(0, len(STORIES)), st.booleans())
@settings(max_examples=30, deadline=None)
def test_two_batches_give_the_same(documents, cut, exact):
    first = cluster(documents[:cut])
    texts = {d.document_id: d.text for d in documents}.get if exact else None
    second = cluster(documents[cut:], first.signatures, texts)
    canonical = {d.document_id: d.canonical_document_id for d in first.documents}
    canonical |= second.moved | {d.document_id: d.canonical_document_id for d in second.documents}
    assert canonical == CANONICAL


def test_a_batch_done_again_replaces_itself():
    first = cluster(STORIES)
    again = cluster(STORIES, first.signatures)
    assert again.documents == first.documents
    assert again.moved == {}


def test_the_threshold_holds():
    pairs = [(_document(f"x{i}", _story(i)), _document(f"y{i}", _story(i, changed=2 * (i % 25)))) for i in range(100)]
    found = {d.document_id: d.canonical_document_id for pair in pairs for d in cluster(pair).documents}
    for one, other in pairs:
        a, b = shingles(one.text), shingles(other.text)
        alike = len(a & b) / len(a | b) >= 0.7
        assert (found[one.document_id] == found[other.document_id]) == alike


def test_scripts_without_blanks():
    text = "日本の首相は火曜日に東京で大統領と会談し防衛協力の強化について合意したと政府が発表した" * 2
    result = cluster([_document("j1", text), _document("j2", text + "。以上")])
    assert {d.canonical_document_id for d in result.documents} == {"j1"}


def test_signatures_do_not_depend_on_the_process():
    one, two = signatures_of([shingles(_story(1))] * 2)
    assert one == two
    assert len(one) == 128
