"""Copies of one story: recognised whatever their order, with one canonical page."""

from __future__ import annotations

import random
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.cleaned.documents.copies.near_duplicates import THRESHOLD, TOO_SHORT, Page, cluster, sign
from assets.cleaned.documents.copies.shingles import chunks_of_shingles, jaccard

WORDS = [f"{a}{b}{c}" for a in "bdfgklm" for b in "aeiou" for c in "nprstz"]


def _story(seed, changed=0, words=200):
    chosen = random.Random(seed).choices(WORDS, k=words)
    for i in random.Random(seed + 1000).sample(range(words), changed):
        chosen[i] = f"changed{i}"
    return " ".join(chosen)


def _sets(texts):
    return [found.of(i) for _, found in chunks_of_shingles(list(texts)) for i in range(len(found))]


STORIES = {
    "a1": (_story(1), date(2024, 5, 2)),
    "a2": (_story(1, changed=8), date(2024, 5, 1)),
    "a3": (_story(1, changed=5), None),
    "a4": (_story(1), None),
    "b1": (_story(2), None),
    "b2": (_story(2, changed=60), None),
    "c1": ("Too short to tell.", None),
    "c2": ("Too short to tell.", None),
    "d1": ("", None),
    "d2": ("", None),
}
CANONICAL = {name: name for name in STORIES} | {"a1": "a2", "a3": "a2", "a4": "a2"}


def _pages(names, canonical=None):
    signatures = sign([STORIES[name][0] for name in names])
    return [
        Page(name, STORIES[name][1], signature, canonical and canonical[name])
        for name, signature in zip(names, signatures, strict=True)
    ]


def _texts_of(names):
    return {name: STORIES[name][0] for name in names}


@given(st.permutations(list(STORIES)))
@settings(max_examples=20, deadline=None)
def test_any_order_gives_the_same(names):
    assert cluster(_pages(names), _texts_of) == CANONICAL


@given(st.permutations(list(STORIES)), st.integers(0, len(STORIES)))
@settings(max_examples=30, deadline=None)
def test_two_batches_give_the_same(names, cut):
    first = cluster(_pages(names[:cut]), _texts_of)
    second = cluster(_pages(names[cut:]), _texts_of, _pages(names[:cut], first))
    canonical = {name: second.get(stands_for, stands_for) for name, stands_for in first.items()}
    assert canonical | {name: second[name] for name in names[cut:]} == CANONICAL


def test_a_page_between_two_clusters_makes_them_one():
    left, middle, right = _story(5), _story(5, changed=10), _story(5, changed=10).split()
    for i in random.Random(9).sample(range(200), 12):
        right[i] = f"other{i}"
    texts = {"l": left, "m": middle, "r": " ".join(right)}
    a, b, c = _sets(texts.values())
    assert jaccard(a, c) < THRESHOLD <= min(jaccard(a, b), jaccard(b, c))
    signatures = dict(zip(texts, sign(list(texts.values())), strict=True))
    settled = [Page(name, None, signatures[name], name) for name in ("l", "r")]
    found = cluster([Page("m", None, signatures["m"])], lambda names: {n: texts[n] for n in names}, settled)
    assert found == {"m": "l", "r": "l"}


def test_the_threshold_holds_wherever_a_band_is_shared():
    texts = {f"x{i}": _story(i) for i in range(100)} | {f"y{i}": _story(i, changed=2 * (i % 20)) for i in range(100)}
    sets = dict(zip(texts, _sets(texts.values()), strict=True))
    pages = [Page(name, None, s) for name, s in zip(texts, sign(list(texts.values())), strict=True)]
    found = cluster(pages, lambda names: {name: texts[name] for name in names})
    for i in range(100):
        assert (found[f"y{i}"] == f"x{i}") == (jaccard(sets[f"x{i}"], sets[f"y{i}"]) >= THRESHOLD)


@pytest.mark.parametrize(
    "text", ["日本の首相は火曜日に東京で大統領と会談し防衛協力の強化について合意したと政府が発表した" * 2]
)
def test_scripts_without_blanks(text):
    pages = [Page(name, None, s) for name, s in zip("ab", sign([text, text + "。以上"]), strict=True)]
    assert cluster(pages, lambda names: {"a": text, "b": text + "。以上"}) == {"a": "a", "b": "a"}


def test_signatures_are_always_the_same():
    # A figure written down: a signature that changes must change SIGNATURE_VERSION with it.
    one, two = sign([_story(1), _story(1).upper()])
    assert one == two
    assert (one.fingerprint, one.bands[0], len(one.bands)) == FIRST_STORY
    assert sign(["", "one two three"]) == [TOO_SHORT, TOO_SHORT]


FIRST_STORY = (-5006663489000414208, 8429855714380061913, 24)
