"""Every PLOVER context can be told, in every language that is coded."""

import pytest

from assets.events.mentions.coder import code_text
from assets.events.mentions.contexts import contexts_of
from assets.events.mentions.language import compiled_language
from assets.events.mentions.sentence import Sentence
from assets.vocabulary.coding import coding_languages
from assets.vocabulary.contexts import ContextWords, load_context_words
from assets.vocabulary.plover import load_ontology


@pytest.mark.parametrize("language", coding_languages())
def test_every_context_is_reached_by_each_of_its_words(language: str) -> None:
    words = load_context_words(language).contexts
    assert set(words) == set(load_ontology().contexts)
    compiled = compiled_language(language)
    unread = [
        (context, pattern)
        for context, patterns in words.items()
        for pattern in patterns
        if context not in contexts_of(Sentence(pattern, compiled))
    ]
    assert not unread


@pytest.mark.parametrize(
    ("language", "text", "context"),
    [
        ("en", "Kenya and Uganda signed an accord against human trafficking.", "trafficking"),
        ("ar", "وقعت مصر والأردن اتفاقا لمكافحة المخدرات.", "illegal_drugs"),
        ("de", "Frankreich schickte Haiti nach dem Erdbeben Hilfe.", "disasters"),
        ("fr", "La France a expulsé un diplomate russe pour corruption.", "corruption"),
        ("es", "Perú acusó a Chile de un ciberataque.", "cyber"),
        ("ru", "Япония предоставила Непалу вакцины.", "health"),
        ("tr", "Türkiye, Mali'ye seçim için yardım gönderdi.", "election"),
    ],
)
def test_an_event_carries_the_contexts_of_its_sentence(language: str, text: str, context: str) -> None:
    assert any(context in event.contexts for event in code_text(text, language))


def test_a_context_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="no PLOVER context"):
        ContextWords(contexts={"sports": ("goal",)})
