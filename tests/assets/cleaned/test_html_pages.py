"""HTML pages of several layouts: the story, its metadata, and every character's way back to the raw text."""

from __future__ import annotations

import html
import tomllib
from pathlib import Path

import pytest

from assets.cleaned.documents.clean import clean_document
from assets.cleaned.spans.rows import raw_offsets

PAGES = Path(__file__).parent / "pages"
EXPECTED = tomllib.loads((PAGES / "expected_html.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_page(name, raw):
    expected = EXPECTED[name]
    text = (PAGES / f"{name}.html").read_text(encoding="utf-8")
    given = "https://basin-post.example/index.php?id=7" if "url" in expected else None
    page = clean_document(raw(text, media_type="text/html", url=given))
    document = page.document
    assert document.title == expected["title"]
    assert list(document.authors) == expected["authors"]
    assert str(document.published) == expected["published"]
    assert document.published_basis == expected["basis"]
    assert document.language == expected["language"]
    assert document.url == expected.get("url")
    if "publisher" in expected:
        assert document.publisher == expected["publisher"]
    paragraphs = document.text.split("\n")
    assert len(paragraphs) == len(expected["starts"]), paragraphs
    for paragraph, start in zip(paragraphs, expected["starts"], strict=True):
        assert paragraph.startswith(start)
    for phrase in expected["must_not"]:
        assert phrase not in document.text
        assert phrase in "".join(line.text for line in page.dropped_lines)
    covered = set()
    for span in page.spans:
        assert html.unescape(text[span.raw_start : span.raw_end]) == document.text[span.start : span.end]
        covered |= set(range(span.start, span.end))
    assert all(i in covered for i, c in enumerate(document.text) if not c.isspace())
    for line in page.dropped_lines:
        shown = html.unescape(text[line.raw_start : line.raw_end])
        assert shown.split()[0].startswith(line.text.split()[0][:1])


def test_offsets_lead_back_over_entities(raw):
    text = (PAGES / "en-entities.html").read_text(encoding="utf-8")
    page = clean_document(raw(text, media_type="text/html"))
    start = page.document.text.index("N'Djamena")
    raw_start, raw_end = raw_offsets(page.spans, start, start + len("N'Djamena"))
    assert text[raw_start:raw_end] == "N&#39;Djamena"


def test_words_left_out_of_a_line_are_told_as_cut(raw):
    story = "The army of Chad said on Monday that it had retaken the village of Koundou after two days of fighting."
    asked = "Subscribe to the morning letter"
    text = (
        f"<h1>Koundou is retaken</h1><p>{story} {story[:-1]} again.</p>"
        f"<p>{story[:-1]}, a spokesman said. <span class='newsletter'>{asked}</span></p><p>{story[:-1]} for good.</p>"
    )
    page = clean_document(raw(text, media_type="text/html"))
    assert asked not in page.document.text
    assert [(cut.text, cut.reason, text[cut.raw_start : cut.raw_end]) for cut in page.dropped_lines] == [
        (asked, "outside_story", asked)
    ]
