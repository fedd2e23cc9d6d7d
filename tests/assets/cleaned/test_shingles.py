"""Shingle hashes made on arrays stand for the same shingles as a plain reading of the text, in any script."""

from __future__ import annotations

import re
import unicodedata

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.cleaned.documents.copies import shingles
from assets.cleaned.documents.copies.shingles import CHARACTERS, WORDS, chunks_of_shingles, jaccard


def _of(*texts):
    """The shingle set of every text, made together."""
    return [found.of(i) for _, found in chunks_of_shingles(texts) for i in range(len(found))]


def _plain(text):
    words = re.findall(r"[a-zäßа-я0-9]+", text.lower())
    return set(zip(words, words[1:], words[2:], strict=False))


TOKENS = ["a", "b", "ab", "ba", "Ab", "aä", "ß", "да", "ДА", "7", "--", ".", ","]
TEXTS = st.lists(st.lists(st.sampled_from(TOKENS), max_size=30).map(" ".join), max_size=5)


@given(TEXTS)
@settings(max_examples=60, deadline=None)
def test_as_many_shingles_as_a_plain_reading_finds_and_as_many_in_common(texts):
    texts = [*texts, "da steht ein Text ganz allein"]
    found, plain = _of(*texts), [_plain(text) for text in texts]
    assert [len(own) for own in found] == [len(own) for own in plain]
    for a, x in zip(found, plain, strict=True):
        for b, y in zip(found, plain, strict=True):
            assert len(np.intersect1d(a, b)) == len(x & y)
            assert jaccard(a, b) == (len(x & y) / len(x | y) if x and y else 0.0)


@given(st.lists(st.text(max_size=60), min_size=1, max_size=8), st.integers(1, 50))
@settings(max_examples=60, deadline=None)
def test_a_text_has_the_same_shingles_whatever_stands_beside_it(texts, size):
    together = _of(*texts)
    whole, shingles._MOST_CHARACTERS = shingles._MOST_CHARACTERS, size
    try:
        apart = _of(*texts)
    finally:
        shingles._MOST_CHARACTERS = whole
    assert len(together) == len(apart) == len(texts)
    for i, text in enumerate(texts):
        assert together[i].tolist() == apart[i].tolist() == _of(text)[0].tolist()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The Army, he said, “left” the town.", "the army he said left THE TOWN"),
        ("ذَهَبَ الوزيرُ إلى المدينةِ أمسِ مع الوفد", "ذهب الوزير الى المدينة امس مع الوفد"),
        ("Cafe\u0301 de la gare ouvert", "CAFE de la gare ouvert"),
        ("日本の首相は、火曜日に「東京」で会談した。", "日本の首相は火曜日に東京で会談した"),
        ("a\u200bb c\u200fd e f", "ab cd e f"),
        ("عقد الـــوزير مؤتمرا صحفيا في بغداد", "عقد الوزير مؤتمرا صحفيا في بغداد"),
        ("ﻋﻘﺪ ﺍﻟﻮﺯﻳﺮ ﻣﺆﺗﻤﺮﺍ ﺻﺤﻔﻴﺎ ﻓﻲ ﻻﻫﺎﻱ", "عقد الوزير مؤتمرا صحفيا في لاهاي"),
        ("Das Café öffnet für die Gäste", "Das Cafe offnet fur die Gaste"),
        ("Ａｎｋａｒａ ｉｓ ｔｈｅ ｃａｐｉｔａｌ", "Ankara is the capital"),
        ("the of\ufb01ce was of\ufb02ine today", "the office was offline today"),
        (unicodedata.normalize("NFD", "대통령은 화요일 서울에서 총리와"), "대통령은 화요일 서울에서 총리와"),
    ],
)
def test_writing_does_not_matter(one, other):
    a, b = _of(one, other)
    assert len(a)
    assert a.tolist() == b.tolist()


def test_scripts_without_blanks_are_read_by_characters():
    for text in ("日本の首相は火曜日に東京で会談した", "นายกรัฐมนตรีเดินทางไปประชุม", "中国外交部长周一访问了巴马科"):
        assert len(_of(text)[0]) == len(text) - CHARACTERS + 1
    assert len(_of("대통령은 화요일 서울에서 총리와 만났다")[0]) == 5 - WORDS + 1


def test_order_of_letters_and_of_words_matters():
    same = _of("one two three four", "two one three four", "oen two three four", "one two three fuor")
    assert [jaccard(same[0], other) for other in same[1:]] == [0.0, 1 / 3, 1 / 3]
