"""What the markup sets apart from a story goes; what it only names after a region stays."""

from __future__ import annotations

import pytest

from assets.cleaned.documents.clean import clean_document
from assets.cleaned.documents.html.regions import marks_of

STORY = [
    f"Paragraph {i}: the ministry of transport said on Tuesday that bridge number {i} over the river opens in June."
    for i in range(8)
]
REMARK = "I drove over the old bridge every day for thirty years and never saw anybody repair it, what a shame."


def body_of(raw, inside, *, head="<h1>Bridge over the Narew opens in June</h1>"):
    text = f"<html lang=en><body>{head}<div class='text'>{inside}</div></body></html>"
    return clean_document(raw(text, media_type="text/html")).document.text.split("\n")


def paragraphs(lines):
    return "".join(f"<p>{line}</p>" for line in lines)


@pytest.mark.parametrize(
    ("names", "marks"),
    [
        ("related-posts", {"other_stories"}),
        ("relatedPosts wide", {"other_stories"}),
        ("yorumlar", {"comments"}),
        ("kommentarliste", {"comments"}),
        ("post has-comments", set()),
        ("comments-open", set()),
        ("commentary", set()),
        ("article-body", set()),
    ],
)
def test_words_of_classes(names, marks):
    assert marks_of(names) & {"other_stories", "comments", "caption"} == marks


@pytest.mark.parametrize("name", ["yorumlar", "comment-list", "kommentare", "comentarios", "reacties"])
def test_what_readers_write_goes(raw, name):
    assert body_of(raw, f"{paragraphs(STORY)}<div class='{name}'><p>{REMARK}</p><p>{REMARK} Yes.</p></div>") == STORY


@pytest.mark.parametrize("name", ["legende", "img-desc", "pie-de-foto", "photo_description", "mediaCaption"])
def test_captions_go(raw, name):
    caption = f"<p class='{name}'>Workers on the bridge over the Narew in the early morning of Tuesday.</p>"
    assert body_of(raw, paragraphs(STORY[:2]) + caption + paragraphs(STORY[2:])) == STORY


def test_hidden_copies_go(raw):
    hidden = (
        "<div style='display:none'><p>Only for machines: the bridge opens in June and cheap loans are here.</p></div>"
    )
    assert body_of(raw, paragraphs(STORY) + hidden) == STORY


@pytest.mark.parametrize("name", ["content-sidebar-wrap related", "comments", "newsletter-page"])
def test_a_region_that_holds_the_story_stays(raw, name):
    page = f"<div class='{name}'><h1>Bridge over the Narew opens in June</h1>{paragraphs(STORY)}</div>"
    assert body_of(raw, page, head="") == STORY


def test_a_standfirst_that_the_extractor_lost_is_kept(raw):
    standfirst = "The bridge over the river opens in June, the ministry of transport said"
    head = f"<h1>Bridge over the Narew opens in June</h1><div class='chapo'>{standfirst}</div>"
    body = f"<header>{head}</header><div class='article-body'>{paragraphs(STORY)}</div>"
    text = f"<html lang=en><body>{body}</body></html>"
    assert clean_document(raw(text, media_type="text/html")).document.text.split("\n") == [standfirst, *STORY]


def test_a_story_in_one_cell_is_parted_at_its_line_breaks(raw):
    rows = "<tr><td>Menu<br>News<br>Sport</td><td><b>Bridge over the Narew opens in June</b><br><br>"
    page = f"<table>{rows}{'<br><br>'.join(STORY)}</td></tr></table>"
    assert body_of(raw, page, head="<title>Bridge over the Narew opens in June</title>") == STORY


def test_a_table_beside_the_story_goes(raw):
    links = "".join(f"<div><a href=/{i}>Another story of the day number {i}</a></div>" for i in range(8))
    table = "<table><tr><td>Club</td><td>Points</td></tr><tr><td>Rovers</td><td>34</td></tr></table>"
    assert body_of(raw, f"{paragraphs(STORY)}</div><div class='col'>{links}{table}") == STORY
