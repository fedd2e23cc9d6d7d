"""The figures that docs/cleaning.md gives for plain-text lines hold, on pages for tuning and held-out ones."""

from __future__ import annotations

import pytest

from benchmarks.text_lines import EXTRACTORS, PAGES, Line, Score, TextPage, judge, read_pages


@pytest.mark.parametrize("folder", ["development", "held_out"])
def test_line_precision_and_recall(folder):
    _, _, extract = EXTRACTORS[0]
    total = Score()
    for page in read_pages(PAGES / folder):
        total.add(judge(page, extract(page))[0])
    assert total.precision >= 0.97
    assert total.recall >= 0.97


def test_a_line_that_stands_twice_is_judged_by_how_often_it_was_kept():
    page = TextPage("p", "en", (Line("a", "title"), Line("b", "body"), Line("b"), Line("c", "either"), Line("d")))
    assert judge(page, ["b", "c"])[0] == Score(right=1)
    assert judge(page, ["b", "b", "d"])[0] == Score(right=1, wrong=2)
    assert judge(page, [])[0] == Score(missed=1)
