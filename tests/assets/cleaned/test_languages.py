"""Languages of texts, of a page's paragraphs, and of hints."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assets.cleaned.documents.clean import clean_document
from assets.cleaned.documents.language import (
    UNDETERMINED,
    detect_language,
    normalise_language,
    paragraph_languages,
)
from assets.translated.segments.segment import segment_document
from quality.suite import known_languages

SENTENCES = {
    "de": "Der Minister reiste am Dienstag nach Niamey und sprach dort mit der Regierung über den Abzug der Truppen.",
    "fr": "« Nous demandons le retrait immédiat de toutes les troupes étrangères », écrit le gouvernement du Niger.",
    "en": "The foreign ministry said that it had received the letter and would answer it before the end of the week.",
    "ar": "وقال المتحدث باسم الحكومة إن الوزير سيعود إلى العاصمة يوم الخميس",
    "ru": "Министр заявил, что войска покинут базу до конца месяца, и поблагодарил принимающую сторону.",
    "ko": "정부는 4일 접경지역에서 실시해 온 방송을 중단하기로 결정했다.",
    "pl": "Rząd zdecydował we wtorek, że granica pozostanie zamknięta do końca miesiąca i oskarżył opozycję.",
    "ckb": "حکوومەتی هەرێمی کوردستان ڕایگەیاند کە دانوستانەکان لەگەڵ بەغدا بەردەوام دەبن و ڕێککەوتنێک نزیکە.",
}


@pytest.mark.parametrize(("language", "text"), SENTENCES.items(), ids=SENTENCES)
def test_a_sentence_is_told(language, text):
    assert detect_language(text) == language


@pytest.mark.parametrize(
    "text", ["", "12.10.2024 – 14:30", "NATO - EU", "Xi Jinping", "https://example.org/a-b", "\ud800"]
)
def test_what_says_too_little_is_undetermined(text):
    assert detect_language(text) == UNDETERMINED


@pytest.mark.parametrize("page", SENTENCES)
@pytest.mark.parametrize("other", SENTENCES)
def test_each_paragraph_has_its_own_language(page, other):
    assert paragraph_languages([SENTENCES[page], SENTENCES[other]], page) == (page, other)


def test_names_and_short_lines_are_the_pages_and_numbers_are_nobodys():
    lines = ["Bamako, Niamey, Ouagadougou", "Worum geht es?", "14 : 2", "Emmanuel Macron"]
    told = paragraph_languages(lines, "de")
    assert told[1:3] == ("de", UNDETERMINED)
    assert {told[0], told[3]} <= {"de", UNDETERMINED}
    assert paragraph_languages(lines, UNDETERMINED) == (UNDETERMINED,) * 4


@given(st.lists(st.text()), st.sampled_from(["de", "ar", "zh", "xx", UNDETERMINED]))
@settings(deadline=None)  # the first call in a language compiles its patterns
def test_any_text_gives_a_known_code_or_the_pages(paragraphs, language):
    told = paragraph_languages(paragraphs, language)
    assert len(told) == len(paragraphs)
    assert set(told) <= known_languages() | {language}


def test_a_french_paragraph_of_a_german_page_is_read_as_french(raw):
    text = "\n".join(
        ["Streit um den Abzug aus Niamey", "12.03.2025", SENTENCES["de"], SENTENCES["fr"], SENTENCES["de"][4:]]
    )
    document = clean_document(raw(text)).document
    assert document.language == "de"
    assert document.paragraph_languages == ("de", "fr", "de")
    assert [segment.language for segment in segment_document(document)] == ["de", "fr", "de"]


@pytest.mark.parametrize(
    ("hint", "language"),
    [
        ("de-AT", "de"),
        ("en_US", "en"),
        (" AR ", "ar"),
        ("deu", "de"),
        ("ger", "de"),
        ("ckb", "ckb"),
        ("sr-Latn", "sr"),
    ],
)
def test_hints(hint, language):
    assert normalise_language(hint) == language


@pytest.mark.parametrize("hint", [None, "", "x", "xx", "qqq", "german", "12", "日本"])
def test_hints_that_name_no_language(hint):
    assert normalise_language(hint) is None
