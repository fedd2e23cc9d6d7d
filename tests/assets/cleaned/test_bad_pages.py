"""Input that no one should send and everyone does. Nothing raises, and what can be read is read."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assets.cleaned.documents.clean import clean_document
from assets.cleaned.documents.html import story

STORY = "The army of Chad said on Monday that it had retaken the village of Koundou after two days of fighting. "


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   \n\t\n",
        "\x00\x01\x02PNG\x00",
        "<html>",
        "<p",
        "<" * 5000,
        "<!--" * 2000,
        "<svg>" * 3000 + "text",
        "<script>" + "x" * 1000,
        "<div>" * 20_000 + STORY + "</div>" * 20_000,
        '<a href="' * 3000,
        "&amp" * 5000,
        "<!DOCTYPE x [<!ENTITY a 'b'><!ENTITY c '&a;&a;&a;'>]><p>&c;</p>",
        '<script type="application/ld+json">' + "[" * 50_000 + "</script><p>x</p>",
        '<script type="application/ld+json">{"@type": "NewsArticle", "headline": 3, "author": [[]], "publisher": 4}'
        "</script>",
        "<meta property='og:title'><meta content='x'><time datetime=''>",
        "http://[::1",
        "\ufffe\ud800",
    ],
    ids=range(18),
)
@pytest.mark.parametrize("media_type", ["text/html", "text/plain"])
def test_survives(text, media_type, raw):
    page = clean_document(raw(text, media_type=media_type, url="http://[bad"))
    assert page.document.published is None
    assert page.document.published_basis.startswith("none: ")
    assert 0 <= page.document.dropped_share <= 1


def test_one_very_long_line(raw):
    text = STORY * 20_000
    page = clean_document(raw(text))
    assert page.document.text == text.strip()
    assert len(page.spans) == 1


def test_a_page_of_a_hundred_thousand_elements_is_read_without_the_extractor(raw, monkeypatch):
    given = []
    monkeypatch.setattr(story, "bare_extraction", lambda *_, **__: given.append(1))
    filler = "x<br>" * 100_000  # on which the time of the extractor grows with the square
    page = clean_document(
        raw(f"<h1>Koundou retaken</h1><p>{STORY * 3}</p><div>{filler}</div>", media_type="text/html")
    )
    assert not given
    assert page.document.text == (STORY * 3).strip()


def test_deeply_nested_story_is_found(raw):
    villages = ("Abéché", "Biltine", "Faya", "Goré", "Moundou")
    body = "".join(
        f"<p>{STORY}The road to {village} was open again, a local official said.</p>" for village in villages
    )
    page = clean_document(raw("<div>" * 3000 + body + "</div>" * 3000, media_type="text/html"))
    assert page.document.text.count("Koundou") == 5


def test_mojibake_is_flagged_and_kept(raw):
    wrong = (
        "Le prÃ©sident tchadien a dÃ©clarÃ© lundi que l'armÃ©e avait repris le village aprÃ¨s deux jours de combats."
    )
    page = clean_document(raw(wrong))
    assert page.document.mojibake
    assert page.document.text == wrong
    right = clean_document(raw(wrong.encode("cp1252").decode("utf-8")))
    assert not right.document.mojibake


_WORDS = st.sampled_from(
    [
        "By Jane Doe",
        "4 March 2026",
        STORY,
        "(AFP)",
        "كتب: أحمد علي",
        "来源:新华社",
        "\u200f",
        "&nbsp;",
        "Foto: X",
        "-",
    ]
)
_MARKS = st.sampled_from(["author", "byline", "date", "comments", "related", "logo", "author-bio", "entry-content"])
_TAGS = st.sampled_from(
    ["div", "p", "span", "a", "h1", "li", "td", "table", "footer", "aside", "time", "title", "meta"]
)


def _tagged(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    whole = st.builds(lambda tag, mark, text: f"<{tag} class='{mark}'>{text}</{tag}>", _TAGS, _MARKS, inner)
    torn = st.builds(lambda tag, mark, text: f"<{tag} class={mark}{text}", _TAGS, _MARKS, inner)
    return st.one_of(whole, torn, st.lists(inner, max_size=4).map("".join))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.recursive(_WORDS, _tagged, max_leaves=25))
def test_any_heap_of_tags_is_read_alike_each_time(raw, text):
    first, second = (clean_document(raw(text, media_type="text/html")).document for _ in range(2))
    assert (first.text, first.authors, first.publisher) == (second.text, second.authors, second.publisher)
    assert all(author.strip() == author != "" for author in first.authors)
