"""The scanner: every visible character leads back to the raw text, whatever the page is made of."""

from __future__ import annotations

import html

from hypothesis import given, settings
from hypothesis import strategies as st

from assets.cleaned.documents.clean import clean_document
from assets.cleaned.documents.html.scan import scan
from assets.cleaned.documents.html.scanned import keeps, stream_of

WORDS = st.text(
    alphabet=st.one_of(
        st.sampled_from("abcéßñжيش漢😀 \t\n\u200b\u00a0\u0301"), st.characters(exclude_categories=["Cs"])
    ),
    max_size=30,
)
PIECES = st.one_of(
    WORDS.map(html.escape),
    st.sampled_from(
        [
            "&amp;",
            "&eacute;",
            "&#8217;",
            "&#x1F600;",
            "&nbsp;",
            "AT&T",
            "&notin x",
            "&bogus;",
            "&",
            "<",
            "a<b",
            "&lt;p&gt;",
        ]
    ),
    st.sampled_from(
        [
            "<p>",
            "</p>",
            "<b>",
            "</b>",
            "<a href='x>y'>",
            "</a>",
            "<br>",
            "<!-- hidden -->",
            "<script>var a='<p>';</script>",
        ]
    ),
    st.sampled_from(
        ['<div class="a', "<style>", "<h1>", "</h1>", "<li>", "<![CDATA[x]]>", "<svg>", "</svg>", "<!doctype>"]
    ),
)


@given(st.lists(PIECES, max_size=40).map("".join))
@settings(max_examples=300, deadline=None)
def test_pieces_lead_back(text):
    scanned = scan(text)
    at = 0
    for piece in (piece for chunk in range(len(scanned.chunks)) for piece in scanned.pieces(chunk)):
        assert piece.start == at
        at = piece.end
        shown, raw = scanned.stream[piece.start : piece.end], text[piece.raw_start : piece.raw_end]
        assert shown == (raw if piece.plain else stream_of(html.unescape(raw)))
        assert all(map(keeps, shown))
    assert at == len(scanned.stream)
    for block in scanned.blocks:
        assert stream_of(block.text) == scanned.stream[block.stream_start : block.stream_end]


@given(st.lists(PIECES, max_size=40).map("".join))
@settings(max_examples=150, deadline=None)
def test_runs_of_a_block_are_its_characters(text):
    scanned = scan(text)
    for block in scanned.blocks:
        for run in scanned.runs(block.text, block.stream_start):
            assert html.unescape(text[run.raw_start : run.raw_end]) == block.text[run.start : run.end]


@given(st.lists(PIECES, min_size=5, max_size=60).map("".join))
@settings(max_examples=60, deadline=None)
def test_spans_of_any_page(raw, text):
    page = clean_document(raw(text, media_type="text/html"))
    for span in page.spans:
        assert html.unescape(text[span.raw_start : span.raw_end]) == page.document.text[span.start : span.end]


@given(st.lists(WORDS, max_size=30).map("\n".join))
@settings(max_examples=150, deadline=None)
def test_spans_of_any_text(raw, text):
    page = clean_document(raw(text))
    for span in page.spans:
        assert text[span.raw_start : span.raw_end] == page.document.text[span.start : span.end]
    for line in page.dropped_lines:
        assert text[line.raw_start : line.raw_end] == line.text


def test_scripts_and_comments_are_not_visible():
    scanned = scan("<script>if (a < b) alert('x')</script><!-- <p>no</p> --><p>yes <b>and</b> no&shy;w</p>")
    assert [block.text for block in scanned.blocks] == ["yes and no\u00adw"]
    assert scanned.stream == "yesandnow"


def test_blocks_know_their_container_and_links():
    scanned = scan("<nav><a href='/'>Home page</a></nav><p>Read <a href='/x'>this</a> now</p>")
    assert [(b.container, round(b.link_share, 2)) for b in scanned.blocks] == [("nav", 1.0), (None, 0.36)]
