"""Previews in the UI show text of pages and let none of it act."""

from datetime import date
from unicodedata import category

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from assets.preview import PREVIEW_ROWS, markdown_preview, visible


@given(st.lists(st.text(), min_size=1, max_size=8))
def test_every_cell_is_one_code_span_on_one_line_whatever_the_text(texts: list[str]) -> None:
    lines = markdown_preview(pl.DataFrame({"text": texts})).split("\n")
    assert len(lines) == 2 + min(len(texts), PREVIEW_ROWS)
    for line in lines[2:]:
        assert line.startswith("| ") and line.endswith(" |")
        cell = line[2:-2]
        assert "|" not in cell and "\\" not in cell
        assert cell == "" or (cell[0] == cell[-1] == "`" and "`" not in cell[1:-1])
        assert not any(category(c) in ("Cc", "Cf", "Cs") and c not in "\u200c\u200d" for c in cell)


def test_values_of_every_kind_are_shown() -> None:
    frame = pl.DataFrame({"n": [None], "b": [b"abc"], "f": [0.123456], "l": [["a", "b"]], "d": [date(2024, 6, 18)]})
    assert markdown_preview(frame).split("\n")[-1] == "|  | `3 bytes` | `0.1235` | `a, b` | `2024-06-18` |"
    assert markdown_preview(frame.clear()) == "*No rows.*"


def test_what_a_terminal_or_reader_obeys_is_made_visible() -> None:
    assert visible("a\x1b[2J\u202eb\nc") == "a\\u001b[2J\\u202eb c"
