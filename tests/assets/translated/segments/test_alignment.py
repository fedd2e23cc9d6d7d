"""Words found again in the English, with the real vectors."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.translated.segments.alignment import Named, align, tells


@pytest.mark.parametrize(
    ("source", "english", "wanted"),
    [
        (
            "I ribelli hanno liberato i soldati.",
            "The soldiers were released by the rebels.",
            {"soldiers": "soldati", "rebels": "ribelli", "released": "liberato"},
        ),
        (
            "استدعت الحكومة سفيرها من طهران بعد يومين.",
            "The government recalled its ambassador from Tehran after two days.",
            {"government": "الحكومة", "ambassador": "سفيرها", "Tehran": "طهران"},
        ),
        (
            "政府召回了驻德黑兰大使。",
            "The government recalled its ambassador.",
            {"government": "政府", "ambassador": "大使"},
        ),
    ],
)
def test_words_are_linked_to_what_they_stand_for(source: str, english: str, wanted: dict[str, str]) -> None:
    alignment = align(source, english, (), ())
    found = {
        english[slice(*alignment.english_span(link.word))].strip("."): source[slice(*alignment.source_span(link))]
        for link in alignment.links
    }
    assert all(meant in found[word] for word, meant in wanted.items()), found


def test_a_shared_country_and_a_name_in_another_script_are_links() -> None:
    source, english = "Молдова вислала Щепкіна.", "Shchepkin was expelled by Chisinau."
    named = [Named(0, 7, frozenset({"MDA"}))], [Named(26, 34, frozenset({"MDA"}))]
    links = {link.word: link for link in align(source, english, *named).links}
    assert (links[4].first, links[4].last) == (0, 1)
    assert links[4].strength > align(source, english, (), ()).links[4].strength
    assert links[0].first == 2


def test_words_that_name_nobody_tell_nothing() -> None:
    assert [tells(word) for word in ("the", "rebels,", "—", "1,200")] == [False, True, False, True]


@given(st.text(max_size=50), st.text(max_size=50))
@settings(max_examples=60, deadline=None)
def test_any_two_texts_are_linked_word_by_word(source: str, english: str) -> None:
    alignment = align(source, english, (), ())
    assert [link.word for link in alignment.links] in ([], list(range(len(alignment.ours.words))))
    for link in alignment.links:
        start, end = alignment.source_span(link)
        assert 0 <= start < end <= len(source)
