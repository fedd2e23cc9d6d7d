"""Questions about characters, which are asked at the speed of C, have the answers that Python gives."""

import sys

from assets.cleaned.documents.characters import has_digit
from assets.cleaned.documents.phrases import fold, line_key


def test_a_digit_is_what_python_calls_one():
    assert [c for c in map(chr, range(sys.maxunicode + 1)) if has_digit(c) != c.isdigit()] == []


def test_folding_is_the_same_for_a_line_and_for_its_parts():
    lines = ("KOMMENTARE (0)", "Kommentare\u00a0’n", "أخبار ذات صلة", "संबंधित ख़बरें 3", "ข่าวที่เกี่ยวข้อง", "İLGİLİ")
    for line in lines:
        assert fold(line) == "".join(map(fold, line))
        assert line_key(f"{line} plain") == f"{line_key(line)} plain"


def test_a_key_is_never_longer_than_its_line():
    assert [c for c in map(chr, range(sys.maxunicode + 1)) if len(line_key(c)) > 1] == []
